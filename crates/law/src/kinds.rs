//! Sets of kinds of fact, as bits: asking whether a fact is of one of them is one shift.

/// The most kinds of fact that one rulebook can hold.
pub(crate) const KINDS_MAX: usize = 512;
const WORDS: usize = KINDS_MAX / 64;

/// A set of kinds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct KindSet([u64; WORDS]);

impl KindSet {
    pub(crate) fn add(&mut self, kind: u16) {
        if let Some(word) = self.0.get_mut(usize::from(kind) / 64) {
            *word |= 1 << (kind % 64);
        }
    }

    #[inline]
    pub(crate) fn has(&self, kind: u16) -> bool {
        // The remainder spares a check of bounds: no rulebook has more kinds.
        self.0.get(usize::from(kind) / 64 % WORDS).is_some_and(|word| word >> (kind % 64) & 1 == 1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    #[must_use]
    pub(crate) fn and_also(mut self, other: Self) -> Self {
        for (word, more) in self.0.iter_mut().zip(other.0) {
            *word |= more;
        }
        self
    }

    /// The kinds in it, in order.
    pub(crate) const fn iter(self) -> Kinds {
        Kinds { set: self, word: 0 }
    }
}

/// The kinds of a set, lowest first.
pub(crate) struct Kinds {
    set: KindSet,
    word: u16,
}

impl Iterator for Kinds {
    type Item = u16;

    #[inline]
    fn next(&mut self) -> Option<u16> {
        loop {
            let bits = self.set.0.get_mut(usize::from(self.word))?;
            if *bits != 0 {
                let kind = self.word * 64 + bits.trailing_zeros() as u16;
                *bits &= *bits - 1;
                return Some(kind);
            }
            self.word += 1;
        }
    }
}

impl FromIterator<u16> for KindSet {
    fn from_iter<T: IntoIterator<Item = u16>>(kinds: T) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.add(kind));
        set
    }
}
