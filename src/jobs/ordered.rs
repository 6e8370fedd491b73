//! Work on many threads whose results come out in the order in which the work went in.
//! Workers take the next input and a place in the queue of results in one step; the queue is bounded,
//! so however long the input and however slow one piece of work, only a few results wait in memory.

use std::any::Any;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::model::Problem;

/// How many results may wait for each thread.
const AHEAD: usize = 8;

/// Hands every input to `work` on one of `threads` threads, and all that it gives to `emit` in the order of the
/// inputs, on the calling thread. Ends early when `cancel` becomes true or `emit` breaks; what it broke with is
/// returned. Neither `inputs` nor `work` may panic: see [`guarded`].
pub(super) fn in_order<I, T: Send, B>(
    inputs: impl Iterator<Item = I> + Send,
    threads: NonZeroUsize,
    cancel: &AtomicBool,
    work: impl Fn(I, &mut dyn FnMut(T)) + Sync,
    mut emit: impl FnMut(T) -> ControlFlow<B>,
) -> Option<B> {
    let work = &work;
    let (queue, results) = sync_channel(threads.get() * AHEAD);
    let source = Arc::new(Mutex::new(Source { inputs, queue, ended: false }));
    thread::scope(|scope| {
        for _ in 0..threads.get() {
            let source = Arc::clone(&source);
            scope.spawn(move || {
                while !cancel.load(Ordering::Relaxed) {
                    let next = source.lock().unwrap_or_else(PoisonError::into_inner).next();
                    let Some((input, result)) = next else { return };
                    // Nobody awaits the result any more when the run was broken off.
                    work(input, &mut |made| drop(result.send(made)));
                }
            });
        }
        // The queue ends when the last worker drops its share of the source.
        drop(source);
        for result in results {
            if cancel.load(Ordering::Relaxed) {
                break;
            }
            // A sender that was dropped unused belongs to a worker that was cancelled.
            for made in Receiver::iter(&result) {
                if let ControlFlow::Break(reason) = emit(made) {
                    return Some(reason);
                }
            }
        }
        // Leaving drops the queue's receiver, at which workers end.
        None
    })
}

/// What a fault costs an article that is known.
const AS_BEFORE: &str = "this article stays as it was";

/// Does something with articles by their numbers on `threads` threads, and hands what comes of it to `emit` in the order
/// of the numbers, on the calling thread; an article of which nothing comes is passed over. Ends early when `cancel`
/// becomes true or `emit` breaks; what it broke with is returned. A fault in one article becomes a problem in its place.
///
/// ```
/// use std::num::NonZeroUsize;
/// use std::ops::ControlFlow;
/// use std::sync::atomic::AtomicBool;
/// let (mut squares, threads) = (Vec::new(), NonZeroUsize::MIN);
/// dateline::jobs::by_number::<_, ()>(
///     0..5,
///     threads,
///     &AtomicBool::new(false),
///     |number| (number != 3).then_some(number * number),
///     |_, square| {
///         squares.extend(square);
///         ControlFlow::Continue(())
///     },
/// );
/// assert_eq!(squares, [0, 1, 4, 16]);
/// ```
pub fn by_number<T: Send, B>(
    articles: impl Iterator<Item = u32> + Send,
    threads: NonZeroUsize,
    cancel: &AtomicBool,
    work: impl Fn(u32) -> Option<T> + Sync,
    mut emit: impl FnMut(u32, Result<T, Problem>) -> ControlFlow<B>,
) -> Option<B> {
    let work = |number: u32, give: &mut dyn FnMut((u32, Result<T, Problem>))| {
        let made = guarded(&format!("article {}", number + 1), AS_BEFORE, || work(number));
        if let Some(made) = made.transpose() {
            give((number, made));
        }
    };
    in_order(articles, threads, cancel, work, |(number, made)| emit(number, made))
}

/// Where the workers take their inputs from, one at a time.
struct Source<I, T> {
    inputs: I,
    /// Takes the receiving end of each result, in input order.
    queue: SyncSender<Receiver<T>>,
    ended: bool,
}

impl<I: Iterator, T> Source<I, T> {
    /// The next input and where its result is awaited; `None` at the end.
    fn next(&mut self) -> Option<(I::Item, Sender<T>)> {
        if self.ended {
            return None;
        }
        let Some(input) = self.inputs.next() else {
            self.ended = true;
            return None;
        };
        let (result, awaited) = channel();
        self.queue.send(awaited).ok()?;
        Some((input, result))
    }
}

/// Does what is done for one article, so that a fault in it costs no other. `consequence` says what it costs.
pub(super) fn guarded<T>(place: &str, consequence: &str, work: impl FnOnce() -> T) -> Result<T, Problem> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| fault(place, &*panic, consequence))
}

/// A fault of the program itself, with what it said of it.
fn fault(place: &str, panic: &(dyn Any + Send), consequence: &str) -> Problem {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("no reason given");
    let reason = format!("a fault in Dateline ({said}), please report it; {consequence}");
    Problem { place: place.to_owned(), reason }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn articles_come_in_order_and_a_fault_costs_one() {
        let mut seen = Vec::new();
        let work = |number: u32| {
            assert!(number != 3, "on purpose");
            (number != 5).then_some(number * 2)
        };
        let threads = NonZeroUsize::new(3).unwrap();
        let broken: Option<()> = by_number(0..40, threads, &AtomicBool::new(false), work, |number, made| {
            seen.push((number, made.map_err(|problem| format!("{}: {}", problem.place, problem.reason))));
            ControlFlow::Continue(())
        });
        assert_eq!(broken, None);
        let numbers: Vec<u32> = seen.iter().map(|(number, _)| *number).collect();
        assert_eq!(numbers, (0..40).filter(|&number| number != 5).collect::<Vec<_>>());
        let fault =
            "article 4: a fault in Dateline (on purpose), please report it; this article stays as it was";
        assert_eq!(seen[3].1, Err(fault.to_owned()));
        assert_eq!(seen[4].1, Ok(8));
    }
}
