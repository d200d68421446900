//! Lines of an explanation. A case has hundreds, so they are written one after another into one
//! text, piece by piece and without a formatter between.

use std::sync::Arc;

use jiff::civil::Date;

use crate::day::Day;

/// Something that can be a piece of a line.
pub(crate) trait Put {
    fn put(&self, to: &mut String);
}

/// Writes the pieces of one line.
macro_rules! put {
    ($to:expr, $($piece:expr),+ $(,)?) => {{
        let to: &mut String = $to;
        $(crate::line::Put::put(&$piece, to);)+
    }};
}
pub(crate) use put;

impl Put for str {
    #[inline]
    fn put(&self, to: &mut String) {
        to.push_str(self);
    }
}

impl Put for String {
    #[inline]
    fn put(&self, to: &mut String) {
        to.push_str(self);
    }
}

impl Put for i32 {
    fn put(&self, to: &mut String) {
        use std::fmt::Write;
        if let Ok(digit @ 0..10) = u8::try_from(*self) {
            to.push(char::from(b'0' + digit));
        } else {
            let _ = write!(to, "{self}");
        }
    }
}

/// "3 days", "1 day".
pub(crate) struct Counted(pub(crate) i32, pub(crate) &'static str);

impl Put for Counted {
    fn put(&self, to: &mut String) {
        let Self(n, one) = self;
        put!(to, n, " ", *one, if *n == 1 { "" } else { "s" });
    }
}

/// Pieces with something between them.
pub(crate) struct Joined<'a>(pub(crate) &'a [String], pub(crate) &'static str);

impl Put for Joined<'_> {
    fn put(&self, to: &mut String) {
        for (place, piece) in self.0.iter().enumerate() {
            if place > 0 {
                to.push_str(self.1);
            }
            to.push_str(piece);
        }
    }
}

impl<T: Put + ?Sized> Put for &T {
    #[inline]
    fn put(&self, to: &mut String) {
        (**self).put(to);
    }
}

/// One line: the day that it arrives at, and where its words end in the text.
pub(crate) type Line = (Option<Date>, u32);

/// How much of an answer is wanted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Depth {
    /// Days and standings.
    Days,
    /// Also what goes with them: other readings, remedies opened, what is missing.
    Answered,
    /// Also why.
    Explained,
}

/// What an answer is told to. How much of it is wanted is known when this is compiled, so what is not
/// wanted costs nothing.
pub(crate) trait Tell {
    const DEPTH: Depth;

    /// A line of the explanation.
    #[inline(always)]
    fn line(&mut self, write: impl FnOnce(&mut String)) {
        let _ = write;
    }

    /// A line that arrives at a day.
    #[inline(always)]
    fn day(&mut self, on: Day, write: impl FnOnce(&mut String)) {
        let _ = (on, write);
    }

    /// How many lines there are so far.
    #[inline(always)]
    fn count(&self) -> usize {
        0
    }
}

/// Wants days and standings.
pub(crate) struct OnlyDays;

impl Tell for OnlyDays {
    const DEPTH: Depth = Depth::Days;
}

/// Wants answers without reasons.
pub(crate) struct Answers;

impl Tell for Answers {
    const DEPTH: Depth = Depth::Answered;
}

/// The explanations of one case under way.
pub(crate) struct Why {
    text: String,
    lines: Vec<Line>,
}

/// About how long the explanations of one case are, and of how many lines.
const TEXT: usize = 32 * 1024;
const LINES: usize = 400;

impl Why {
    pub(crate) fn new() -> Self {
        Self { text: String::with_capacity(TEXT), lines: Vec::with_capacity(LINES) }
    }

    fn end(&mut self, on: Option<Date>) {
        self.lines.push((on, u32::try_from(self.text.len()).unwrap_or(u32::MAX)));
    }

    /// The lines as answers share them.
    pub(crate) fn done(self) -> Arc<Written> {
        Arc::new(Written { text: self.text, lines: self.lines })
    }
}

impl Tell for Why {
    const DEPTH: Depth = Depth::Explained;

    #[inline]
    fn line(&mut self, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.end(None);
    }

    #[inline]
    fn day(&mut self, on: Day, write: impl FnOnce(&mut String)) {
        write(&mut self.text);
        self.end(Some(on.date()));
    }

    fn count(&self) -> usize {
        self.lines.len()
    }
}

/// The finished explanations of one case.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Written {
    text: String,
    lines: Vec<Line>,
}

impl Written {
    /// A line by its place.
    pub(crate) fn line(&self, place: usize) -> Option<(Option<Date>, &str)> {
        let (on, end) = *self.lines.get(place)?;
        let start = match place.checked_sub(1) {
            Some(before) => self.lines.get(before)?.1,
            None => 0,
        };
        Some((on, self.text.get(start as usize..end as usize)?))
    }
}
