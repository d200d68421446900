//! The whole rulebook over a nation.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use sendero_law::batch::{Batch, Columns, Counts};
use sendero_law::{Question, Rulebook, Standing, outline};

use crate::Outcome;

/// Cases that a thread takes at a time.
const PART: usize = 8_192;
/// How often the whole run is timed.
const TIMES: usize = 7;
/// Children on whom both evaluators are compared, and the seed that draws them.
const COMPARED: usize = 100_000;
const SEED: u64 = 20_140_901;
/// What was promised: seconds with the loading, and megabytes at the most.
const SECONDS: f64 = 3.0;
const MEGABYTES: u64 = 3_000;

/// Measures, and says what was found as the lines of a document.
pub(crate) fn measure(file: &Path, on: Date) -> Outcome<String> {
    let book = Rulebook::embedded();
    let question = Question { as_at: on, known_at: on, explain: false };
    let mut took = Vec::with_capacity(TIMES);
    let mut loading = Vec::with_capacity(TIMES);
    let mut counts = None;
    for _ in 0..TIMES {
        let begun = Instant::now();
        let bytes = load(file)?;
        let columns = Columns::read(&bytes)?;
        loading.push(begun.elapsed());
        counts = Some(count(&Batch::new(book, &columns, question), columns.cases()));
        took.push(begun.elapsed());
    }
    // Before anything is compared: that takes memory of its own.
    let memory = peak_megabytes();
    took.sort_unstable();
    loading.sort_unstable();
    let counts = counts.ok_or("nothing was counted")?;
    let bytes = load(file)?;
    let columns = Columns::read(&bytes)?;
    let rows = compare(book, &columns, question)?;
    let middle = took[TIMES / 2].as_secs_f64();
    let kept = |kept: bool| if kept { "kept" } else { "**not kept**" };
    let mut text = format!(
        "{} children in {} areas, {} facts, {} MB of columns; asked of {on}: {} obligations, \
         of which {} were worked out one by one and all others as columns.\n\n\
         | from the file to the counts | |\n|---|---|\n",
        thousands(columns.cases() as u64),
        columns.authorities().len(),
        thousands(columns.events() as u64),
        bytes.len() / 1_000_000,
        thousands(counts.total()),
        thousands(counts.alone()),
    );
    let range = |all: &[Duration]| -> String {
        let seconds = |at: usize| all.get(at).map_or(0.0, Duration::as_secs_f64);
        format!("{:.2} s ({:.2} to {:.2})", seconds(TIMES / 2), seconds(0), seconds(TIMES - 1))
    };
    writeln!(
        text,
        "| the whole run, middle of {TIMES} | {}: limit {SECONDS} s, {} |",
        range(&took),
        kept(middle <= SECONDS)
    )?;
    writeln!(text, "| of it reading the file and seeing that it is whole | {} |", range(&loading))?;
    writeln!(
        text,
        "| most memory held | {memory} MB: limit {MEGABYTES} MB, {} |",
        kept(memory <= MEGABYTES)
    )?;
    writeln!(
        text,
        "| both evaluators on {} children drawn by seed {SEED} | \
         every standing and last day of {} obligations the same |",
        thousands(COMPARED.min(columns.cases()) as u64),
        thousands(rows),
    )?;
    writeln!(text, "\n| standing | obligations |\n|---|---|")?;
    let mut by_standing: BTreeMap<Standing, u64> = BTreeMap::new();
    for ((_, standing), count) in counts.by_duty(book) {
        *by_standing.entry(standing).or_default() += count;
    }
    for (standing, count) in by_standing {
        writeln!(text, "| {} | {} |", standing.word(), thousands(count))?;
    }
    Ok(text)
}

/// Reads the file, a part on each of two threads: more than half of reading is making room.
fn load(path: &Path) -> Outcome<Vec<u8>> {
    let file = File::open(path)?;
    let length = usize::try_from(file.metadata()?.len())?;
    let mut bytes = vec![0; length];
    let (first, second) = bytes.split_at_mut(length / 2);
    let start = first.len() as u64;
    std::thread::scope(|scope| {
        let other = scope.spawn(|| file.read_exact_at(second, start));
        file.read_exact_at(first, 0)?;
        other.join().map_err(|_| "reading failed")??;
        Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
    })?;
    Ok(bytes)
}

/// Counts everything on two threads.
fn count(batch: &Batch<'_>, cases: usize) -> Counts {
    let next = AtomicUsize::new(0);
    let mut all = batch.counts(0..0);
    std::thread::scope(|scope| {
        let work = || {
            let mut counts = batch.counts(0..0);
            batch.count_parts(&mut counts, || {
                let from = next.fetch_add(PART, Ordering::Relaxed);
                (from < cases).then(|| from..(from + PART).min(cases))
            });
            counts
        };
        let other = scope.spawn(work);
        all.add(&work());
        if let Ok(counts) = other.join() {
            all.add(&counts);
        }
    });
    all
}

/// Duty, the fact that started it, standing and last day.
type Line = (String, String, Standing, Option<Date>);

/// Compares both evaluators; how many obligations were compared.
fn compare(book: &Rulebook, columns: &Columns<'_>, question: Question) -> Outcome<u64> {
    let drawn = drawn(columns.cases());
    let batch = Batch::new(book, columns, question);
    let next = AtomicUsize::new(0);
    let faults: Mutex<Vec<String>> = Mutex::new(Vec::new());
    let work = || {
        let mut rows = 0;
        loop {
            let from = next.fetch_add(PART, Ordering::Relaxed);
            if from >= columns.cases() {
                return rows;
            }
            let cases = from..(from + PART).min(columns.cases());
            let mut found: BTreeMap<usize, Vec<Line>> =
                cases.clone().filter(|case| drawn[*case]).map(|case| (case, Vec::new())).collect();
            batch.each(cases, |answer| {
                if let Some(found) = found.get_mut(&answer.case) {
                    let event = format!("{:05}", answer.event);
                    found.push((answer.duty.id.clone(), event, answer.standing, answer.due()));
                }
            });
            for (case, mut found) in found {
                let Some(alone) = columns.case(case) else { continue };
                let outlines = outline(book, &alone, question);
                let mut wanted: Vec<_> = outlines
                    .duties
                    .iter()
                    .map(|one| {
                        (one.duty.id.clone(), one.event().to_owned(), one.standing, one.due())
                    })
                    .collect();
                found.sort();
                wanted.sort();
                rows += wanted.len() as u64;
                if found != wanted
                    && let Ok(mut faults) = faults.lock()
                {
                    faults.push(format!("case {case}: {found:?} is not {wanted:?}"));
                }
            }
        }
    };
    let rows = std::thread::scope(|scope| {
        let other = scope.spawn(work);
        work() + other.join().unwrap_or_default()
    });
    let faults = faults.into_inner().map_err(|_| "comparing failed")?;
    match faults.first() {
        Some(first) => Err(format!("{} children differ, the first: {first}", faults.len()).into()),
        None => Ok(rows),
    }
}

/// The children that are compared: the draws that are no child, or one twice, are drawn again.
fn drawn(cases: usize) -> Vec<bool> {
    let mut drawn = vec![false; cases];
    let (mut left, mut state) = (COMPARED.min(cases), SEED);
    while left > 0 {
        state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut word = (state ^ (state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let at = ((word ^ (word >> 31)) % cases as u64) as usize;
        if !drawn[at] {
            drawn[at] = true;
            left -= 1;
        }
    }
    drawn
}

/// The most memory that this process ever held.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.and_then(|kb| kb.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1_000
}

/// "1 234 567" as English writes it.
fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
