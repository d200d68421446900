//! The machine's clock and chance, and the clock of a demonstration, whose day can be set.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use jiff::civil::Date;
use rand::TryRng as _;
use sendero_app::{Chance, Clock, Now};

/// The machine's own clock.
pub(crate) struct Wall {
    started: Instant,
}

impl Wall {
    pub(crate) fn new() -> Self {
        Self { started: Instant::now() }
    }
}

/// The moment, by the machine.
#[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
fn wall() -> Now {
    Now::at(jiff::Timestamp::now())
}

/// Today in London, for commands that are given no date.
pub(crate) fn today() -> Date {
    wall().today
}

impl Clock for Wall {
    fn now(&self) -> Now {
        wall()
    }

    fn seconds(&self) -> u64 {
        self.started.elapsed().as_secs()
    }
}

/// A clock whose day can be set; the time of day is the machine's.
pub(crate) struct Settable {
    started: Instant,
    day: Mutex<Option<Date>>,
}

impl Settable {
    /// Stands on `day`, or on the machine's own day.
    pub(crate) fn on(day: Option<Date>) -> Arc<Self> {
        Arc::new(Self { started: Instant::now(), day: Mutex::new(day) })
    }
}

impl Clock for Settable {
    fn now(&self) -> Now {
        let now = wall();
        let day = self.day.lock().ok().and_then(|day| *day);
        match day {
            Some(day) => Now::on(day, now.time.0, now.time.1),
            None => now,
        }
    }

    fn seconds(&self) -> u64 {
        self.started.elapsed().as_secs()
    }

    fn set(&self, to: Date) -> bool {
        match self.day.lock() {
            Ok(mut day) => {
                *day = Some(to);
                true
            }
            Err(_) => false,
        }
    }

    fn can_be_set(&self) -> bool {
        true
    }
}

/// Random bytes from the machine.
pub(crate) struct Machine;

impl Chance for Machine {
    fn bytes(&self) -> [u8; 32] {
        let mut bytes = [0; 32];
        // A machine that cannot give random bytes cannot keep anything safe: better to stop.
        if rand::rngs::SysRng.try_fill_bytes(&mut bytes).is_err() {
            std::process::abort();
        }
        bytes
    }
}
