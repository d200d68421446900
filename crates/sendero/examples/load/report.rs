//! What was measured, beside its limits, as a table that a document can hold.

use std::fmt;
use std::time::Duration;

use crate::drive::{Answered, Ask, Run};

/// The limits: half of all answers, and all but one in a hundred, come sooner than this.
const MEDIAN: Duration = Duration::from_millis(10);
const NINETY_NINTH: Duration = Duration::from_millis(25);

/// Everything that was measured.
pub(crate) struct Report {
    pub(crate) on: jiff::civil::Date,
    pub(crate) offered: Run,
    pub(crate) fastest: Vec<(&'static str, Run)>,
}

impl Report {
    /// Whether every limit was kept and every answer was 200.
    pub(crate) fn is_good(&self) -> bool {
        let took = sorted(&self.offered, |_| true);
        let runs = self.fastest.iter().map(|(_, run)| run).chain([&self.offered]);
        let failures: usize = runs.map(failures).sum();
        at(&took, 500) < MEDIAN && at(&took, 990) < NINETY_NINTH && failures == 0
    }
}

fn sorted(run: &Run, which: impl Fn(&Answered) -> bool) -> Vec<Duration> {
    let mut took: Vec<Duration> =
        run.answered.iter().filter(|one| which(one)).map(|one| one.took).collect();
    took.sort();
    took
}

/// The time within which so many in a thousand came.
fn at(sorted: &[Duration], in_thousand: usize) -> Duration {
    let place = (sorted.len() * in_thousand).div_ceil(1000).saturating_sub(1);
    sorted.get(place).copied().unwrap_or(Duration::MAX)
}

fn failures(run: &Run) -> usize {
    run.answered.iter().filter(|one| !one.is_well()).count()
}

fn a_second(run: &Run) -> f64 {
    let well = run.answered.iter().filter(|one| one.is_well()).count();
    well as f64 / run.took.as_secs_f64()
}

fn kilobytes(run: &Run, which: impl Fn(&Answered) -> bool) -> f64 {
    let sizes: Vec<usize> =
        run.answered.iter().filter(|one| which(one)).map(|one| one.bytes).collect();
    sizes.iter().sum::<usize>() as f64 / 1024.0 / sizes.len().max(1) as f64
}

fn ms(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1000.0)
}

fn verdict(kept: bool) -> &'static str {
    if kept { "kept" } else { "NOT KEPT" }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let run = &self.offered;
        let all = sorted(run, |_| true);
        let (median, ninety_ninth) = (at(&all, 500), at(&all, 990));
        writeln!(
            f,
            "On {}, {} requests were offered, {:.1} a second, each timed from when it was due.\n",
            self.on,
            run.answered.len(),
            run.answered.len() as f64 / run.took.as_secs_f64()
        )?;
        writeln!(f, "| | measured | limit | |\n|---|---|---|---|")?;
        let kept = verdict(median < MEDIAN);
        writeln!(f, "| half came within | {} | {} | {kept} |", ms(median), ms(MEDIAN))?;
        let kept = verdict(ninety_ninth < NINETY_NINTH);
        let limit = ms(NINETY_NINTH);
        writeln!(f, "| 99 in 100 came within | {} | {limit} | {kept} |", ms(ninety_ninth))?;
        let failed = failures(run);
        writeln!(f, "| answers other than 200 | {failed} | 0 | {} |\n", verdict(failed == 0))?;

        writeln!(f, "| page | requests | median | 95th | 99th | slowest | KB sent |")?;
        writeln!(f, "|---|---|---|---|---|---|---|")?;
        for kind in ["all", Ask::CASE, Ask::CHILD, Ask::TODAY] {
            let which = |one: &Answered| kind == "all" || one.kind == kind;
            let took = sorted(run, which);
            let [half, most, nearly, last] = [500, 950, 990, 1000].map(|n| ms(at(&took, n)));
            let (count, size) = (took.len(), kilobytes(run, which));
            writeln!(f, "| {kind} | {count} | {half} | {most} | {nearly} | {last} | {size:.1} |")?;
        }

        let plain = self.fastest.first().map_or(f64::MAX, |(_, run)| a_second(run));
        writeln!(f, "\n| as fast as it comes | a second | share of plain | median | not 200 |")?;
        writeln!(f, "|---|---|---|---|---|")?;
        for (name, run) in &self.fastest {
            let (pace, failed) = (a_second(run), failures(run));
            let (share, half) = (100.0 * pace / plain, ms(at(&sorted(run, |_| true), 500)));
            writeln!(f, "| {name} | {pace:.0} | {share:.0}% | {half} | {failed} |")?;
        }
        Ok(())
    }
}
