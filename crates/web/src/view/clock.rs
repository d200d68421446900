//! The drawn clock: days laid out on a line, twice, for a phone and for a desk, so that its letters
//! never shrink. Beside it the same is always said in words.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::filters;

/// A time that is drawn but still counts (a school holiday).
#[derive(Clone, Debug)]
pub struct Rest {
    /// Its first day.
    pub from: Date,
    /// The first day after it.
    pub to: Date,
    /// What it is ("half term").
    pub name: String,
}

/// A clock to draw.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/drawn.html")]
pub struct Drawn {
    /// The day it started.
    pub from: Date,
    /// What happened then, in a word ("asked").
    pub from_word: String,
    /// The last day.
    pub due: Date,
    /// The period, in words ("6 weeks").
    pub period: String,
    /// Today.
    pub today: Date,
    /// Holidays within.
    pub rests: Vec<Rest>,
}
impl HtmlSafe for Drawn {}

/// Where things stand in a drawing of one width.
struct Layout {
    class: &'static str,
    width: i32,
    due: i32,
    today: i32,
    end: i32,
    weeks: Vec<i32>,
    rests: Vec<(i32, i32, String)>,
    late: i32,
    due_anchor: &'static str,
    today_anchor: &'static str,
}

const EDGE: i32 = 10;

impl Drawn {
    fn layouts(&self) -> [Layout; 2] {
        [self.layout("s-drawn--slim", 300), self.layout("s-drawn--wide", 600)]
    }

    fn layout(&self, class: &'static str, width: i32) -> Layout {
        let last = self.due.max(self.today);
        let span = days(self.from, last).max(1);
        let inner = width - 2 * EDGE;
        let at = |day: Date| EDGE + days(self.from, day).clamp(0, span) * inner / span;
        let weeks = (1..)
            .map(|week| week * 7)
            .take_while(|day| *day < days(self.from, self.due))
            .map(|day| EDGE + day * inner / span)
            .collect();
        let (due, today) = (at(self.due), at(self.today));
        Layout {
            class,
            width,
            due,
            today,
            end: at(last),
            weeks,
            rests: self
                .rests
                .iter()
                .filter(|rest| rest.to > self.from && rest.from < last)
                .map(|rest| (at(rest.from), at(rest.to) - at(rest.from), rest.name.clone()))
                .collect(),
            late: days(self.due, self.today).max(0),
            due_anchor: if due > width / 2 { "end" } else { "start" },
            today_anchor: match today {
                x if x > width - 60 => "end",
                x if x < 60 => "start",
                _ => "middle",
            },
        }
    }
}

/// Whole days from one date to another; nought where they cannot be counted.
pub(crate) fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// One week of a law page's calendar, Monday first.
#[derive(Clone, Debug)]
pub struct Week {
    /// Its days; none before the first and after the last.
    pub days: Vec<Option<CalendarDay>>,
}

/// One day of a law page's calendar.
#[derive(Clone, Debug)]
pub struct CalendarDay {
    /// The date.
    pub date: Date,
    /// Whether the month is written under the day: on the first day, the last and the 1st.
    pub names_month: bool,
    /// Whether the period starts here, so that it is not counted.
    pub is_first: bool,
    /// Whether it is the last day.
    pub is_last: bool,
}

/// The weeks from the first day to the last. Longer than thirty weeks is not drawn day by day.
#[must_use]
pub fn weeks(first: Date, last: Date) -> Vec<Week> {
    const MOST: i32 = 30 * 7;
    let length = days(first, last);
    if !(0..=MOST).contains(&length) {
        return Vec::new();
    }
    let lead = usize::try_from(first.weekday().to_monday_zero_offset()).unwrap_or(0);
    let mut cells: Vec<Option<CalendarDay>> = vec![None; lead];
    cells.extend(first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last).map(
        |date| {
            let (is_first, is_last) = (date == first, date == last);
            Some(CalendarDay {
                date,
                names_month: is_first || is_last || date.day() == 1,
                is_first,
                is_last,
            })
        },
    ));
    cells.chunks(7).map(|days| Week { days: days.to_vec() }).collect()
}

impl Week {
    /// How many places are left after the last day, for the words beside it.
    pub(crate) fn left(&self) -> usize {
        7_usize.saturating_sub(self.days.len())
    }

    pub(crate) fn ends(&self) -> bool {
        self.days.iter().flatten().any(|day| day.is_last)
    }
}
