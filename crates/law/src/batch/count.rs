//! Counts by authority, duty and standing.

use std::collections::BTreeMap;

use super::{STANDINGS, standing_of};
use crate::answer::Standing;
use crate::rulebook::Rulebook;

/// How many obligations stand how. Counts of parts of a file add up to those of the whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    authorities: usize,
    duties: usize,
    counts: Vec<u64>,
    /// How many the evaluator of one case worked out, and no column program.
    pub(super) alone: u64,
}

impl Counts {
    pub(super) fn new(authorities: usize, duties: usize) -> Self {
        let counts = vec![0; authorities * duties * STANDINGS.len()];
        Self { authorities, duties, counts, alone: 0 }
    }

    #[inline]
    pub(super) fn one(&mut self, authority: usize, duty: u16, standing: i32) {
        let at = (authority * self.duties + usize::from(duty)) * STANDINGS.len();
        let standing = usize::try_from(standing).unwrap_or_default();
        if let Some(count) = self.counts.get_mut(at + standing) {
            *count += 1;
        }
    }

    /// Adds the counts of another part of the same file.
    pub fn add(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.alone += other.alone;
    }

    /// How many of them the evaluator of one case worked out, and no column program.
    #[must_use]
    pub const fn alone(&self) -> u64 {
        self.alone
    }

    /// All obligations together.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().sum()
    }

    /// What is counted, without what is nought: the place of the authority, the id of the duty, the
    /// standing, and how many.
    pub fn iter<'a>(
        &'a self,
        book: &'a Rulebook,
    ) -> impl Iterator<Item = (usize, &'a str, Standing, u64)> {
        let per_authority = self.duties * STANDINGS.len();
        self.counts.iter().enumerate().filter(|(_, count)| **count > 0).filter_map(
            move |(at, count)| {
                let (authority, rest) = (at / per_authority, at % per_authority);
                let duty = book.duties().get(rest / STANDINGS.len())?;
                let code = i32::try_from(rest % STANDINGS.len()).ok()?;
                Some((authority, duty.id.as_str(), standing_of(code), *count))
            },
        )
    }

    /// All authorities together: by duty and standing.
    #[must_use]
    pub fn by_duty<'a>(&self, book: &'a Rulebook) -> BTreeMap<(&'a str, Standing), u64> {
        let mut sums = BTreeMap::new();
        let per_authority = self.duties * STANDINGS.len();
        for (at, count) in self.counts.iter().enumerate().filter(|(_, count)| **count > 0) {
            let rest = at % per_authority.max(1);
            let code = i32::try_from(rest % STANDINGS.len()).unwrap_or_default();
            if let Some(duty) = book.duties().get(rest / STANDINGS.len()) {
                *sums.entry((duty.id.as_str(), standing_of(code))).or_default() += count;
            }
        }
        sums
    }

    /// How many authorities are counted apart.
    #[must_use]
    pub const fn authorities(&self) -> usize {
        self.authorities
    }
}
