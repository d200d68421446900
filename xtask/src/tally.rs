//! How many checks passed, failed and were skipped, and the one line that says so.
//! Every runner that a chore starts is read by its own closing lines and summed here.

use std::fmt;
use std::ops::AddAssign;

/// A sum of checks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks that ran and held.
    pub passed: u64,
    /// Checks that ran and did not hold, or could not be run where they must be.
    pub failed: u64,
    /// Checks that were left out, each with a reason printed.
    pub skipped: u64,
}

impl Tally {
    /// One check that either held or did not.
    #[must_use]
    pub fn one(held: bool) -> Self {
        Self { passed: u64::from(held), failed: u64::from(!held), skipped: 0 }
    }

    /// One check left out.
    #[must_use]
    pub fn one_skipped() -> Self {
        Self { skipped: 1, ..Self::default() }
    }

    /// Whether nothing failed.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.failed == 0
    }

    /// Reads one of cargo's `test result:` lines, of which there is one a test binary.
    #[must_use]
    pub fn from_cargo_line(line: &str) -> Option<Self> {
        let counts = line.trim().strip_prefix("test result: ")?.split_once(". ")?.1;
        Some(Self {
            passed: count_before(counts, "passed")?,
            failed: count_before(counts, "failed")?,
            skipped: count_before(counts, "ignored")?,
        })
    }

    /// Reads the closing line that this type itself writes, as the page checks do too.
    #[must_use]
    pub fn from_closing_line(line: &str) -> Option<Self> {
        let mut parts = line.trim().split(", ");
        let tally = Self {
            passed: exact_count(parts.next()?, "passed")?,
            failed: exact_count(parts.next()?, "failed")?,
            skipped: parts.next().map_or(Some(0), |part| exact_count(part, "skipped"))?,
        };
        parts.next().is_none().then_some(tally)
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

fn count_before(counts: &str, word: &str) -> Option<u64> {
    counts.split(';').find_map(|part| exact_count(part.trim(), word))
}

fn exact_count(part: &str, word: &str) -> Option<u64> {
    part.strip_suffix(word)?.trim_end().parse().ok()
}
