//! How a rulebook is looked into fast: a hash for short names, and the kinds that tests of
//! exceptions read.

use std::hash::Hasher;

/// A hash for the short names of a closed list, none of them anybody's data: FNV-1a.
pub(crate) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }
}

/// Kinds of fact that the tests of exceptions read, where the rulebook has them.
#[derive(Debug, Default)]
pub(crate) struct Told {
    pub(crate) relied_on: Option<u16>,
    pub(crate) advice_requested: Option<u16>,
    pub(crate) information_requested: Option<u16>,
    pub(crate) absent: Option<u16>,
    pub(crate) appointment_missed: Option<u16>,
}
