//! The machine that figures are measured on, as far as a reader needs it to compare: how many cores,
//! how much memory, how long its disk takes to keep a write, and how busy it was already.

use std::fmt;
use std::fs::{File, read_to_string, remove_file};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

/// Writes kept one after the other, to time the disk.
const FLUSHES: usize = 200;
/// With more tasks than this at work already, the figures are of the other work too.
const BUSY: f64 = 0.5;
/// The size of each: a page of a database.
const BYTES: usize = 4096;

/// What was seen just before measuring.
#[derive(Debug)]
pub(crate) struct Machine {
    cores: usize,
    /// In GB; 0 where the system does not say.
    memory: u64,
    /// Half of the flushes took less, and all but one in a hundred.
    flush: Option<(Duration, Duration)>,
    /// Tasks that ran or waited over the last minute, where the system says so.
    busy: Option<f64>,
}

impl Machine {
    /// Looks at the machine; the folder is on the disk that is timed, and `busy` what `busy_now` said
    /// before anything was built for the measurement.
    pub(crate) fn look(folder: &Path, busy: Option<f64>) -> Self {
        let memory = read_to_string("/proc/meminfo").unwrap_or_default();
        let memory = memory.lines().find_map(|line| {
            line.strip_prefix("MemTotal:")?.trim().trim_end_matches(" kB").parse::<u64>().ok()
        });
        Self {
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: memory.unwrap_or_default() / 1_000_000,
            flush: flushes(folder).ok(),
            busy,
        }
    }
}

/// Tasks that ran or waited over the last minute, where the system says so.
pub(crate) fn busy_now() -> Option<f64> {
    read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

fn flushes(folder: &Path) -> std::io::Result<(Duration, Duration)> {
    let path = folder.join("flush.tmp");
    let mut file = File::create(&path)?;
    let mut took = Vec::with_capacity(FLUSHES);
    for _ in 0..FLUSHES {
        let begun = Instant::now();
        file.write_all(&[7; BYTES])?;
        file.sync_data()?;
        took.push(begun.elapsed());
    }
    remove_file(&path)?;
    took.sort();
    let at = |place: usize| took.get(place).copied().unwrap_or_default();
    Ok((at(FLUSHES / 2), at(FLUSHES * 99 / 100)))
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cores for all that ran", self.cores)?;
        if self.memory > 0 {
            write!(f, ", {} GB of memory", self.memory)?;
        }
        if let Some((half, most)) = self.flush {
            let ms = |time: Duration| time.as_secs_f64() * 1000.0;
            let (half, most) = (ms(half), ms(most));
            write!(f, "; a write is on the disk in {half:.1} ms (99 in 100 in {most:.1} ms)")?;
        }
        if let Some(busy) = self.busy {
            write!(f, "; load average before anything was built: {busy:.2}")?;
            if busy > BUSY {
                write!(
                    f,
                    ". **The machine was busy with other work: measure again when it is not**"
                )?;
            }
        }
        Ok(())
    }
}
