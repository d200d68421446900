//! Seeded chance: every draw of a made-up area comes from here. A stream is named by the seed and by
//! what is drawn, so that one child's draws never depend on how many others are asked for.

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};

/// What a stream of draws is for.
#[derive(Clone, Copy)]
pub(crate) enum Stream {
    /// Whether two neighbours in the count are siblings, and who their parents are.
    Family = 1,
    /// Who the child is.
    Profile = 2,
    /// What happens, and what is said.
    Course = 3,
}

/// One stream of draws.
pub(crate) struct Dice(StdRng);

impl Dice {
    /// The stream of `kind` for number `index` under `seed`.
    pub(crate) fn new(seed: u64, kind: Stream, index: u32) -> Self {
        let mut key = [0_u8; 32];
        let parts = [seed, kind as u64, u64::from(index), 0x5e4d_e205_a1de_3e3e];
        for (slot, part) in key.chunks_exact_mut(8).zip(parts) {
            slot.copy_from_slice(&part.to_le_bytes());
        }
        Self(StdRng::from_seed(key))
    }

    /// True with this chance in a thousand.
    pub(crate) fn chance(&mut self, in_thousand: u32) -> bool {
        self.0.random_range(0..1000) < in_thousand
    }

    /// A whole number from `low` to `high`, both in.
    pub(crate) fn between(&mut self, low: i32, high: i32) -> i32 {
        if low >= high { low } else { self.0.random_range(low..=high) }
    }

    /// A number from 0 up to and without 1.
    pub(crate) fn unit(&mut self) -> f64 {
        self.0.random()
    }

    /// Days of waiting with a long tail: `typical` in the middle, never more than `most`.
    pub(crate) fn wait(&mut self, typical: f64, most: i32) -> i32 {
        let drawn = -typical * (1.0 - self.unit()).ln() / std::f64::consts::LN_2;
        #[expect(clippy::cast_possible_truncation, reason = "a few hundred days at most")]
        let days = drawn as i32;
        days.clamp(0, most)
    }

    /// One of a list, or nothing of an empty one.
    pub(crate) fn one<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        if list.is_empty() { None } else { list.get(self.0.random_range(0..list.len())) }
    }

    /// One text of a list; empty of an empty one.
    pub(crate) fn text(&mut self, list: &[&'static str]) -> &'static str {
        self.one(list).copied().unwrap_or_default()
    }

    /// One of a list by weight; `last` if the weights are used up.
    pub(crate) fn weighted<T: Copy>(&mut self, list: &[(u32, T)], last: T) -> T {
        let total: u32 = list.iter().map(|(weight, _)| weight).sum();
        if total == 0 {
            return last;
        }
        let mut left = self.0.random_range(0..total);
        for (weight, value) in list {
            if left < *weight {
                return *value;
            }
            left -= weight;
        }
        last
    }

    /// Up to `count` different ones of a list, in the list's order.
    pub(crate) fn some<'a, T>(&mut self, list: &'a [T], count: usize) -> Vec<&'a T> {
        let mut left = count.min(list.len());
        let mut chosen = Vec::with_capacity(left);
        for (at, value) in list.iter().enumerate() {
            let remaining = list.len() - at;
            if left > 0 && self.0.random_range(0..remaining) < left {
                chosen.push(value);
                left -= 1;
            }
        }
        chosen
    }
}
