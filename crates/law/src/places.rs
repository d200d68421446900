//! Places of facts in a case as bits, 64 to a word: which of them do what to a duty, and the facts that
//! stand there, from either end.

use crate::view::{Seen, View};

/// Places of one word by what the facts there do to a duty.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) acts: u64,
    pub(crate) ends_for_good: u64,
    pub(crate) voids: u64,
    pub(crate) reopens: u64,
    pub(crate) implies: u64,
    pub(crate) ends_matter: u64,
}

impl Done {
    #[inline]
    pub(crate) const fn anything(&self) -> bool {
        self.acts | self.ends_for_good | self.voids | self.reopens | self.implies != 0
    }

    /// Whether nothing is done to the duty that an obligation under it could heed.
    #[inline]
    pub(crate) const fn nothing(&self) -> bool {
        !self.anything() && self.ends_matter == 0
    }
}

/// The bit of a place in its word.
#[inline]
pub(crate) const fn bit(place: usize) -> u64 {
    1 << (place % 64)
}

/// The places of a word from `from` up to `to`, as bits.
#[inline]
pub(crate) fn between(word: usize, from: usize, to: usize) -> u64 {
    let first = word * 64;
    below(to.saturating_sub(first)) & !below(from.saturating_sub(first))
}

/// The lowest so many bits.
#[inline]
const fn below(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// The bits that are set, lowest first.
pub(crate) struct Bits(pub(crate) u64);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let at = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(at)
    }
}

/// Some of the facts in a span of places, a word at a time from either end.
pub(crate) struct Places<'v, 'a, F> {
    view: &'v View<'a>,
    /// The places that are wanted, as bits of a word.
    wanted: F,
    from: usize,
    to: usize,
    /// The words that are being read at the front and at the back, and what is left of them.
    front: (usize, u64),
    back: (usize, u64),
}

impl<'v, 'a, F: Fn(usize) -> u64> Places<'v, 'a, F> {
    #[inline]
    pub(crate) fn new(view: &'v View<'a>, (from, to): (usize, usize), wanted: F) -> Self {
        let to = to.min(view.facts.len());
        let (first, last) = (from / 64, to.max(from + 1).div_ceil(64) - 1);
        let mut places = Self { view, wanted, from, to, front: (first, 0), back: (last, 0) };
        places.front.1 = places.of_word(first);
        if first != last {
            places.back.1 = places.of_word(last);
        }
        places
    }

    #[inline]
    fn of_word(&self, word: usize) -> u64 {
        (self.wanted)(word) & between(word, self.from, self.to)
    }

    #[inline]
    fn fact(&self, word: usize, at: u32) -> Option<(usize, &'v Seen<'a>)> {
        let place = word * 64 + at as usize;
        self.view.facts.get(place).map(|seen| (place, seen))
    }
}

impl<'v, 'a, F: Fn(usize) -> u64> Iterator for Places<'v, 'a, F> {
    type Item = (usize, &'v Seen<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.front.1 == 0 {
            if self.front.0 >= self.back.0 {
                return None;
            }
            self.front.0 += 1;
            self.front.1 = if self.front.0 == self.back.0 {
                std::mem::take(&mut self.back.1)
            } else {
                self.of_word(self.front.0)
            };
        }
        let (word, bits) = self.front;
        self.front.1 = bits & (bits - 1);
        self.fact(word, bits.trailing_zeros())
    }
}

impl<F: Fn(usize) -> u64> DoubleEndedIterator for Places<'_, '_, F> {
    #[inline]
    fn next_back(&mut self) -> Option<Self::Item> {
        while self.back.0 > self.front.0 {
            let (word, bits) = self.back;
            if bits != 0 {
                let at = bits.ilog2();
                self.back.1 = bits ^ 1 << at;
                return self.fact(word, at);
            }
            self.back.0 -= 1;
            self.back.1 = if self.back.0 > self.front.0 { self.of_word(self.back.0) } else { 0 };
        }
        let (word, bits) = self.front;
        let at = bits.checked_ilog2()?;
        self.front.1 = bits ^ 1 << at;
        self.fact(word, at)
    }
}
