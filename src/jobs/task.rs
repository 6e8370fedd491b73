//! One piece of work with one answer, for what takes longer than a frame and has no progress to tell.
//! Dropping it does not wait: the work runs to its end, and its answer goes nowhere.

use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::thread;

/// Work on a thread of its own whose answer is awaited.
#[derive(Debug)]
pub struct Task<T>(Receiver<T>);

/// How a [`Task`] stands.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer<T> {
    /// It goes on.
    Awaited,
    /// It has come to its end.
    Here(T),
    /// It failed, or its answer was taken before.
    Lost,
}

impl<T: Send + 'static> Task<T> {
    /// Begins the work; `wake` is called on its thread when the answer is there.
    pub fn start(wake: impl FnOnce() + Send + 'static, work: impl FnOnce() -> T + Send + 'static) -> Task<T> {
        let (sender, receiver) = channel();
        thread::spawn(move || {
            let answer = work();
            // Whoever asked may have gone by now.
            let _ = sender.send(answer);
            wake();
        });
        Task(receiver)
    }

    /// The answer, if it is there; never waits.
    pub fn poll(&self) -> Answer<T> {
        match self.0.try_recv() {
            Ok(answer) => Answer::Here(answer),
            Err(TryRecvError::Empty) => Answer::Awaited,
            Err(TryRecvError::Disconnected) => Answer::Lost,
        }
    }
}

/// Lets go of something behind the window: to free a large collection, or to wait for a job's end, takes
/// longer than a frame.
pub fn let_go<T: Send + 'static>(gone: T) {
    // Without a thread it is let go of at once.
    let _ = thread::Builder::new().spawn(move || drop(gone));
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn end<T: Send + 'static>(task: &Task<T>) -> Answer<T> {
        loop {
            match task.poll() {
                Answer::Awaited => thread::sleep(Duration::from_millis(1)),
                answer => return answer,
            }
        }
    }

    #[test]
    fn an_answer_comes_once() {
        let task = Task::start(|| {}, || 7);
        assert_eq!(end(&task), Answer::Here(7));
        assert_eq!(end(&task), Answer::Lost);
    }

    #[test]
    fn a_fault_is_told_from_waiting() {
        assert_eq!(end(&Task::<u8>::start(|| {}, || panic!("a fault of the work"))), Answer::Lost);
    }
}
