//! A window without a screen: frames are laid out and tessellated, and timed; nothing is drawn.

use std::time::{Duration, Instant};

use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect,
    TouchPhase, Ui, Vec2,
};

pub const SIZE: Vec2 = Vec2::new(1280.0, 800.0);

/// What is done to the window, a frame at a time.
pub struct Driver {
    pub ctx: Context,
    frames: u64,
    pub events: Vec<Event>,
}

impl Driver {
    pub fn new() -> Driver {
        Driver { ctx: Context::default(), frames: 0, events: Vec::new() }
    }

    /// One frame; answers how long its layout and tessellation took.
    pub fn frame(&mut self, draw: impl FnMut(&mut Ui)) -> Duration {
        self.frames += 1;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.frames as f64 / 60.0),
            predicted_dt: 1.0 / 60.0,
            events: std::mem::take(&mut self.events),
            focused: true,
            ..RawInput::default()
        };
        let begun = Instant::now();
        let output = self.ctx.run_ui(input, draw);
        let primitives = self.ctx.tessellate(output.shapes, output.pixels_per_point);
        let took = begun.elapsed();
        std::hint::black_box(primitives);
        took
    }

    pub fn point(&mut self, at: Pos2) {
        self.events.push(Event::PointerMoved(at));
    }

    pub fn press(&mut self, at: Pos2, pressed: bool) {
        let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
        self.events.push(Event::PointerButton { pos: at, button, pressed, modifiers });
    }

    pub fn key(&mut self, key: Key) {
        let key = |pressed| Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        self.events.extend([key(true), key(false)]);
    }

    pub fn wheel(&mut self, by: f32) {
        self.events.push(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            delta: Vec2::new(0.0, by),
            phase: TouchPhase::Move,
            source: MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
    }
}

/// What a hand does with a map: drags it to and fro, and turns the wheel.
pub fn play(driver: &mut Driver, frame: u64, middle: Pos2) {
    let step = frame % 120;
    let at = |step: u64| {
        let turn = step as f32 / 40.0 * std::f32::consts::TAU;
        middle + Vec2::new(160.0 * turn.sin(), 100.0 * (1.0 - turn.cos()))
    };
    match step {
        0 => {
            driver.point(middle);
            driver.press(middle, true);
        }
        1..80 => driver.point(at(step)),
        80 => driver.press(at(80), false),
        81..100 => driver.wheel(6.0),
        _ => driver.wheel(-6.0 * 19.0 / 20.0),
    }
}

/// Median and 99th percentile, milliseconds.
pub fn quantiles(mut times: Vec<Duration>) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    (at(0.5), at(0.99))
}

/// How often something is done, and what it took.
pub struct Times {
    times: Vec<Duration>,
    processor: Duration,
}

impl Times {
    /// Times what `frame` answers, a number of times.
    pub fn of(count: u64, frame: impl FnMut(u64) -> Duration) -> Times {
        let begun = processor();
        let times = (0..count).map(frame).collect();
        Times { times, processor: processor().saturating_sub(begun) }
    }

    pub fn median(&self) -> f64 {
        quantiles(self.times.clone()).0
    }

    /// Where other programs take the processor in turns, the clock tells more of them than of this one; the processor's
    /// own time, which Linux counts, does not.
    pub fn told(&self) -> String {
        let (median, late) = quantiles(self.times.clone());
        let own = self.processor.as_secs_f64() * 1e3 / self.times.len() as f64;
        format!(
            "median {median:.2} ms, 99th percentile {late:.2} ms; {own:.2} ms of the processor on average"
        )
    }
}

/// Time that this thread has had of the processor.
fn processor() -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|field| field.parse().ok());
    Duration::from_nanos(nanoseconds.unwrap_or(0))
}

/// A figure that Linux keeps of this program's memory, MB.
pub fn memory(what: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) * 1024.0 / 1e6
}
