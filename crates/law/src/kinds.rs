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

    pub(crate) fn has(&self, kind: u16) -> bool {
        self.0.get(usize::from(kind) / 64).is_some_and(|word| word >> (kind % 64) & 1 == 1)
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

    /// The kinds in both.
    #[must_use]
    pub(crate) fn shared(mut self, other: &Self) -> Self {
        for (word, also) in self.0.iter_mut().zip(other.0) {
            *word &= also;
        }
        self
    }

    /// The kinds in it, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = u16> {
        self.0.into_iter().zip((0_u16..).step_by(64)).flat_map(|(word, first)| {
            Bits(word).map(move |bit| first + u16::try_from(bit).unwrap_or(u16::MAX))
        })
    }
}

/// The places of the set bits of a word, lowest first.
pub(crate) struct Bits(pub(crate) u64);

impl Iterator for Bits {
    type Item = u32;

    #[inline]
    fn next(&mut self) -> Option<u32> {
        let place = (self.0 != 0).then(|| self.0.trailing_zeros());
        self.0 &= self.0.wrapping_sub(1);
        place
    }
}

impl FromIterator<u16> for KindSet {
    fn from_iter<T: IntoIterator<Item = u16>>(kinds: T) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.add(kind));
        set
    }
}
