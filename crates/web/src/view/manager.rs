//! What a manager sees: what will be late if nothing changes, and why; and the children for whom
//! something is missing today. Lateness is counted by cause, never by officer.

use askama::Template;
use jiff::civil::Date;

use super::officer::By;
use super::parts::Days;
use super::{Frame, Kind, Link, filters};

/// `/forecast`
#[derive(Clone, Debug, Template)]
#[template(path = "manager_forecast.html")]
pub struct Forecast {
    /// What stands around the page.
    pub frame: Frame,
    /// Today.
    pub today: Date,
    /// How many children there are.
    pub children: u32,
    /// How many officers.
    pub officers: u32,
    /// How many dates have passed already, and where they are listed.
    pub late: (u32, String),
    /// The causes, in the order of the bars; five at most, the last for all others.
    pub causes: Vec<String>,
    /// In two, four and six weeks: running totals.
    pub spans: Vec<Span>,
    /// The first to be late, by date.
    pub first: Vec<FirstToGo>,
    /// Where all of them are.
    pub all_first: Option<Link>,
    /// The work of each officer, in order of name.
    pub load: Vec<Load>,
    /// Children for whom something is missing today.
    pub gaps: u32,
}

/// A count with its name.
#[derive(Clone, Debug)]
pub struct Count {
    /// What is counted.
    pub name: String,
    /// How many.
    pub many: i64,
    /// How many of them are not done yet.
    pub open: i64,
}

/// `/breaches`: what was late in the whole area.
#[derive(Clone, Debug, Template)]
#[template(path = "manager_breaches.html")]
pub struct Breaches {
    /// What stands around the page.
    pub frame: Frame,
    /// The first day that it counts.
    pub from: Date,
    /// Today.
    pub today: Date,
    /// How many months back.
    pub months: u8,
    /// How many can be asked for.
    pub spans: Vec<u8>,
    /// All that was late.
    pub total: Count,
    /// By duty, most first.
    pub by_duty: Vec<Count>,
    /// By what held it up, most first.
    pub by_cause: Vec<Count>,
    /// By month, oldest first.
    pub by_month: Vec<Count>,
    /// Refusals in that time.
    pub refusals: i64,
    /// How many went with a doubt.
    pub went_on: i64,
    /// By doubt, most first.
    pub doubts: Vec<Count>,
}

/// What will have become late within a span.
#[derive(Clone, Debug)]
pub struct Span {
    /// How many weeks.
    pub weeks: u32,
    /// Its last day.
    pub by: Date,
    /// How many of each cause, in the order of the causes.
    pub counts: Vec<u32>,
}

impl Span {
    fn total(&self) -> u32 {
        self.counts.iter().sum()
    }
}

/// A date that is about to be missed.
#[derive(Clone, Debug)]
pub struct FirstToGo {
    /// The child, and the case.
    pub child: Link,
    /// What is due ("Final plan").
    pub what: String,
    /// By when.
    pub by: By,
    /// What holds it up.
    pub held_up: String,
}

/// The work of one officer.
#[derive(Clone, Debug)]
pub struct Load {
    /// Their name.
    pub name: String,
    /// How many children are with them.
    pub children: u32,
    /// How many lines fall due in two weeks.
    pub due: u32,
    /// Where the lines can be shared; none where there is nothing to.
    pub share: Option<String>,
}

/// One part of a drawn bar.
struct Piece {
    look: usize,
    x: u32,
    width: u32,
    count: u32,
}

/// One drawing of the bars; there are two, so that letters on a phone stay readable.
struct Drawing {
    class: &'static str,
    width: u32,
}

/// Where the bars start, and what is left at their end for the total.
const LEFT: u32 = 84;
const ROOM: u32 = 40;

impl Drawing {
    fn room(&self) -> u32 {
        self.width - LEFT - ROOM
    }
}

impl Forecast {
    /// The running totals of one cause.
    fn of_cause(&self, cause: &usize) -> Vec<u32> {
        self.spans.iter().filter_map(|span| span.counts.get(*cause).copied()).collect()
    }

    fn widest(&self) -> u32 {
        self.spans.iter().map(Span::total).max().unwrap_or(0).max(1)
    }

    fn drawings() -> [Drawing; 2] {
        [
            Drawing { class: "s-drawn--slim", width: 340 },
            Drawing { class: "s-drawn--wide", width: 540 },
        ]
    }

    /// The pieces of one bar, left to right; a part of nought is not drawn.
    fn pieces(&self, drawing: &Drawing, span: &Span) -> Vec<Piece> {
        let scale = |count: u32| count * drawing.room() / self.widest();
        let mut before = 0;
        let mut pieces = Vec::new();
        for (look, count) in span.counts.iter().copied().enumerate().filter(|(_, count)| *count > 0)
        {
            let x = LEFT + scale(before);
            before += count;
            pieces.push(Piece { look, x, width: (LEFT + scale(before)).saturating_sub(x), count });
        }
        pieces
    }

    fn end(&self, drawing: &Drawing, span: &Span) -> u32 {
        LEFT + span.total() * drawing.room() / self.widest()
    }

    fn largest(&self) -> u32 {
        self.load.iter().map(|one| one.due).max().unwrap_or(0).max(1)
    }

    /// The finding, for those who hear the drawing.
    fn finding(&self) -> String {
        let parts = self.spans.iter().map(|span| {
            let causes = self
                .causes
                .iter()
                .zip(&span.counts)
                .filter(|(_, count)| **count > 0)
                .map(|(cause, count)| format!("{count} {cause}"))
                .collect::<Vec<_>>()
                .join(", ");
            format!("In {} weeks {}: {causes}.", span.weeks, span.total())
        });
        parts.collect::<Vec<_>>().join(" ")
    }
}

/// `/gaps`
#[derive(Clone, Debug, Template)]
#[template(path = "manager_gaps.html")]
pub struct Gaps {
    /// What stands around the page.
    pub frame: Frame,
    /// Children without full-time education, longest first.
    pub without_education: Vec<Gap>,
    /// Children without a school or setting.
    pub without_setting: Vec<Gap>,
    /// Cases without an officer.
    pub without_officer: Vec<Gap>,
    /// Cases offered and not yet answered.
    pub offered: Vec<Gap>,
}

impl Gap {
    /// Whether a list has a column for since when.
    fn any_since(gaps: &[Self]) -> bool {
        gaps.iter().any(|gap| gap.since.is_some())
    }
}

/// A child for whom something is missing.
#[derive(Clone, Debug)]
pub struct Gap {
    /// The child, and the case.
    pub child: Link,
    /// Age and reference.
    pub about: String,
    /// Since when.
    pub since: Option<Date>,
    /// For how many days.
    pub days: Option<Days>,
    /// What is known ("Permanently excluded; nothing is arranged").
    pub line: String,
    /// The officer; none while nobody has the case.
    pub officer: Option<String>,
    /// What to do about it.
    pub act: Option<Link>,
}
