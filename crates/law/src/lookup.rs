//! How a rulebook is looked into fast: a hash for short names, and the kinds that tests of
//! exceptions read.

use std::hash::Hasher;

/// A hash for the short names of a closed list, none of them anybody's data: of how they begin, how
/// they end and how long they are.
#[derive(Default)]
pub(crate) struct Short(u64);

/// The fractional part of the golden ratio: it spreads what is multiplied by it.
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

impl Short {
    /// The hash of a name, with some bits of every byte left out of account.
    #[inline]
    pub(crate) fn of(bytes: &[u8], but: u8) -> u64 {
        let eight = |bytes: [u8; 8]| u64::from_le_bytes(bytes) | u64::from_le_bytes([but; 8]);
        let all = if let (Some(first), Some(last)) = (bytes.first_chunk(), bytes.last_chunk()) {
            eight(*first) ^ eight(*last).rotate_left(29)
        } else {
            bytes.iter().fold(0, |all, byte| (all << 8) | u64::from(byte | but))
        };
        let all = (all ^ bytes.len() as u64).wrapping_mul(SPREAD);
        all ^ (all >> 32)
    }
}

impl Hasher for Short {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = self.0.rotate_left(29) ^ Self::of(bytes, 0);
    }

    fn write_u8(&mut self, end: u8) {
        // What a string ends with is the same for all.
        let _ = end;
    }
}

/// Kinds of fact that the tests of exceptions read, where the rulebook has them, and whether it has
/// a ground that lifts a number without anybody's claim.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) relied_on: Option<u16>,
    pub(crate) advice_requested: Option<u16>,
    pub(crate) information_requested: Option<u16>,
    pub(crate) absent: Option<u16>,
    pub(crate) appointment_missed: Option<u16>,
    pub(crate) without_claim: bool,
}
