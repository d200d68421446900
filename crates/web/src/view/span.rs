//! A duty's time drawn as one line, for every duty of the rulebook: a period with its weeks or
//! months, one counted back from a day, one without a number, and one that never ends.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::clock::days;
use super::filters;

/// How a duty's time runs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Runs {
    /// From a day to a last day.
    On {
        /// The day it starts.
        from: Date,
        /// The last day.
        last: Date,
    },
    /// Back from a day that is known ahead.
    Back {
        /// The last day to act.
        last: Date,
        /// The day ahead.
        from: Date,
    },
    /// From a day on, without a number of days.
    Open,
    /// As long as something lasts.
    Lasts,
    /// At all times.
    Always,
}

/// A duty's line, with the same in words.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/span.html")]
pub struct Span {
    /// How it runs.
    pub runs: Runs,
    /// What starts it ("A request for an EHC needs assessment was received"); may be empty.
    pub starts: String,
    /// The period in words ("6 weeks"); may be empty.
    pub period: String,
    /// What ends it; may be empty.
    pub ends: String,
}
impl HtmlSafe for Span {}

/// Where things stand in a drawing of one width.
struct Layout {
    class: &'static str,
    width: i32,
    left: i32,
    right: i32,
    ticks: Vec<i32>,
}

const EDGE: i32 = 10;
/// Beyond so many weeks, months are drawn.
const WEEKS_MAX: i32 = 30;
/// Beyond so many months, neither.
const MONTHS_MAX: i32 = 40;

impl Span {
    fn layouts(&self) -> [Layout; 2] {
        [self.layout("s-drawn--slim", 300), self.layout("s-drawn--wide", 600)]
    }

    fn layout(&self, class: &'static str, width: i32) -> Layout {
        let (left, right) = (EDGE, width - EDGE);
        let ticks = match self.runs {
            Runs::On { from, last } | Runs::Back { last: from, from: last } => {
                ticks(days(from, last), right - left).into_iter().map(|x| left + x).collect()
            }
            Runs::Open | Runs::Lasts | Runs::Always => Vec::new(),
        };
        Layout { class, width, left, right, ticks }
    }

    fn has_days(&self) -> bool {
        matches!(self.runs, Runs::On { .. } | Runs::Back { .. })
    }
}

/// Where weeks end, or months where there are too many weeks.
fn ticks(length: i32, inner: i32) -> Vec<i32> {
    let (many, each) = match (length / 7, length * 12 / 365) {
        (weeks, _) if weeks <= WEEKS_MAX => (weeks, 84),
        (_, months) if months <= MONTHS_MAX => (months, 365),
        _ => return Vec::new(),
    };
    // In twelfths of a day, so that a month is 365 of them.
    (1..=many).map(|at| at * each * inner / (length.max(1) * 12)).filter(|x| *x < inner).collect()
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn weeks_are_drawn_and_then_months_and_then_neither() {
        for (length, many) in [(42, 5), (15, 2), (210, 29), (366, 12), (365 * 3, 35), (9000, 0)] {
            assert_eq!(ticks(length, 280).len(), many, "{length} days");
        }
        assert_eq!(ticks(42, 280).first(), Some(&46));
    }
}
