//! Numbers of one width. A column is an array of a fixed length, and what a loop takes from it is known
//! to be a column or a constant when it is compiled: then the loop has no branch in it, and the compiler
//! takes several rows at a time.

use std::ops::{BitAnd, BitOr, Not};

use fearless_simd::Level;

use super::{CHUNK, NEVER};

/// Rows of one loop: their number is known when it is compiled, so it need not count every few of them.
pub(super) const BLOCK: usize = 128;
const BLOCKS: usize = CHUNK / BLOCK;

/// One number a row.
pub(super) type Lanes<L> = [[L; BLOCK]; BLOCKS];

/// A column that changes places with another without being copied.
pub(super) type Own<L> = Box<Lanes<L>>;

/// A width of numbers.
pub(super) trait Lane:
    Copy
    + Ord
    + BitAnd<Output = Self>
    + BitOr<Output = Self>
    + Not<Output = Self>
    + Send
    + Sync
    + 'static
{
    /// A column of nothing.
    const NOTHING: &'static Lanes<Self>;

    /// A day that fits, or never.
    fn day(day: i32) -> Self;
    /// A number of days, a standing or a truth, if it fits.
    fn number(number: i32) -> Self;
    /// The day that it is.
    fn to_day(self) -> i32;
    /// The number that it is.
    fn to_number(self) -> i32;
    /// So many days later; never stays never.
    fn later(self, days: Self) -> Self;
    /// All bits where it is true.
    fn truth(is: bool) -> Self;

    /// Takes days. Where one does not fit, bits of [`ODD`] are left over.
    fn days(days: &[i32], into: &mut [Self]) -> i32;
    /// Takes numbers, likewise.
    fn numbers(numbers: &[i32], into: &mut [Self]) -> i32;
    /// Takes truths, all of which fit.
    #[inline(always)]
    fn truths(bytes: &[u8], into: &mut [Self]) {
        for (byte, into) in bytes.iter().zip(into) {
            *into = Self::truth(*byte != 0);
        }
    }
}

/// See [`Lane::days`].
pub(super) const ODD: i32 = 0x7fff_8000;

impl Lane for i32 {
    const NOTHING: &'static Lanes<Self> = &[[0; BLOCK]; BLOCKS];

    #[inline(always)]
    fn day(day: i32) -> Self {
        day
    }

    #[inline(always)]
    fn number(number: i32) -> Self {
        number
    }

    #[inline(always)]
    fn to_day(self) -> i32 {
        self
    }

    #[inline(always)]
    fn to_number(self) -> i32 {
        self
    }

    #[inline(always)]
    fn later(self, days: Self) -> Self {
        self.saturating_add(days)
    }

    #[inline(always)]
    fn truth(is: bool) -> Self {
        -Self::from(is)
    }

    #[inline(always)]
    fn days(days: &[i32], into: &mut [Self]) -> i32 {
        for (day, into) in days.iter().zip(into) {
            *into = *day;
        }
        0
    }

    #[inline(always)]
    fn numbers(numbers: &[i32], into: &mut [Self]) -> i32 {
        Self::days(numbers, into)
    }
}

/// The days that are left free between the last day that 16 bits may be given and the last that they
/// can hold, for periods that are counted from it: eight years.
const FREE: i32 = 3_000;
/// The first and the last day that 16 bits may be given: in 1961 and in 2051.
pub(super) const NARROW: (i32, i32) = (-1 - FREE, i16::MAX as i32 - 1 - FREE);
/// Numbers that are no days, and may be given, are at most so many.
pub(super) const NUMBERS: i32 = 255;

impl Lane for i16 {
    const NOTHING: &'static Lanes<Self> = &[[0; BLOCK]; BLOCKS];

    #[inline(always)]
    fn day(day: i32) -> Self {
        // What is too large becomes the largest, which is never.
        day.clamp(Self::MIN.into(), Self::MAX.into()) as Self
    }

    #[inline(always)]
    fn number(number: i32) -> Self {
        Self::day(number)
    }

    #[inline(always)]
    fn to_day(self) -> i32 {
        if self == Self::MAX { NEVER } else { self.into() }
    }

    #[inline(always)]
    fn to_number(self) -> i32 {
        self.into()
    }

    #[inline(always)]
    fn later(self, days: Self) -> Self {
        self.saturating_add(days)
    }

    #[inline(always)]
    fn truth(is: bool) -> Self {
        -Self::from(is)
    }

    /// So many days later, days that may be given have none of the upper bits; and never, to which one
    /// cannot add, has the uppermost alone.
    #[inline(always)]
    fn days(days: &[i32], into: &mut [Self]) -> i32 {
        let mut odd = 0;
        for (day, into) in days.iter().zip(into) {
            odd |= day.wrapping_add(1 + FREE);
            *into = Self::day(*day);
        }
        odd
    }

    #[inline(always)]
    fn numbers(numbers: &[i32], into: &mut [Self]) -> i32 {
        let mut odd = 0;
        for (number, into) in numbers.iter().zip(into) {
            odd |= number.wrapping_add(1) & !NUMBERS;
            *into = Self::day(*number);
        }
        if odd == 0 { 0 } else { ODD }
    }
}

/// A row: the block and where in it.
pub(super) type Row = (usize, usize);

/// A value of every row.
pub(super) trait Each<L>: Copy {
    fn at(self, row: Row) -> L;
}

impl<L: Lane> Each<L> for &Lanes<L> {
    #[inline(always)]
    fn at(self, (block, row): Row) -> L {
        // Neither can be more: so the compiler need not look.
        self[block % BLOCKS][row % BLOCK]
    }
}

/// A column, or the same in every row.
#[derive(Clone, Copy)]
pub(super) enum Value<'a, L> {
    Each(&'a Lanes<L>),
    Always(L),
}

impl<L: Lane> Each<L> for Value<'_, L> {
    #[inline(always)]
    fn at(self, row: Row) -> L {
        match self {
            Self::Each(lanes) => lanes.at(row),
            Self::Always(lane) => lane,
        }
    }
}

/// The same in every row.
#[derive(Clone, Copy)]
pub(super) struct Always<L>(pub(super) L);

impl<L: Lane> Each<L> for Always<L> {
    #[inline(always)]
    fn at(self, _: Row) -> L {
        self.0
    }
}

/// A day, so many days later.
#[derive(Clone, Copy)]
pub(super) struct Moved<A, L>(pub(super) A, pub(super) L);

impl<L: Lane, A: Each<L>> Each<L> for Moved<A, L> {
    #[inline(always)]
    fn at(self, row: Row) -> L {
        self.0.at(row).later(self.1)
    }
}

/// Whether one day lies before another.
#[derive(Clone, Copy)]
pub(super) struct Before<A, B>(pub(super) A, pub(super) B);

impl<L: Lane, A: Each<L>, B: Each<L>> Each<L> for Before<A, B> {
    #[inline(always)]
    fn at(self, row: Row) -> L {
        L::truth(self.0.at(row) < self.1.at(row))
    }
}

/// Two values joined.
#[derive(Clone, Copy)]
pub(super) struct Joined<A, B, F>(pub(super) A, pub(super) B, pub(super) F);

impl<L: Lane, A: Each<L>, B: Each<L>, F: Fn(L, L) -> L + Copy> Each<L> for Joined<A, B, F> {
    #[inline(always)]
    fn at(self, row: Row) -> L {
        (self.2)(self.0.at(row), self.1.at(row))
    }
}

/// Of two values the first where a truth is true, else the second.
#[derive(Clone, Copy)]
pub(super) struct Picked<W, A, B>(pub(super) W, pub(super) A, pub(super) B);

impl<L: Lane, W: Each<L>, A: Each<L>, B: Each<L>> Each<L> for Picked<W, A, B> {
    #[inline(always)]
    fn at(self, row: Row) -> L {
        let which = self.0.at(row);
        (which & self.1.at(row)) | (!which & self.2.at(row))
    }
}

/// Fills the first rows of a column, to the end of a block.
pub(super) fn fill<L: Lane>(
    (machine, rows): (Machine, usize),
    out: &mut Lanes<L>,
    from: impl Each<L>,
) {
    machine.run(
        #[inline(always)]
        move || fill_blocks(rows.div_ceil(BLOCK), out, from),
    );
}

/// A function by itself, which holds what it reads: no loop has to look for it again.
#[inline(always)]
fn fill_blocks<L: Lane>(blocks: usize, out: &mut Lanes<L>, from: impl Each<L>) {
    for (block, out) in out.iter_mut().enumerate().take(blocks) {
        *out = std::array::from_fn(
            #[inline(always)]
            |row| from.at((block, row)),
        );
    }
}

/// The processor that this runs on. The program is built for any; where this one takes more rows at a
/// time than any can, loops are run as they were compiled for such.
#[derive(Clone, Copy, Debug)]
pub(super) struct Machine(Level);

impl Default for Machine {
    fn default() -> Self {
        Self(Level::new())
    }
}

impl Machine {
    /// Runs a loop; what is called in it must be inlined to be compiled for this processor.
    #[inline(always)]
    pub(super) fn run<R>(self, work: impl FnOnce() -> R) -> R {
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        {
            if let Some(avx512) = self.0.as_avx512() {
                return fearless_simd::Simd::vectorize(avx512, work);
            }
            if let Some(avx2) = self.0.as_avx2() {
                return fearless_simd::Simd::vectorize(avx2, work);
            }
        }
        work()
    }
}
