//! What came of one duty and one fact that started it, as the engine works with it: days and
//! places, no words of anybody's. It becomes an obligation once everything is known.

use std::ops::Range;
use std::sync::Arc;

use crate::answer::{
    Excuse, ExcuseState, Keeps, Obligation, OtherReading, Outline, Standing, Steps, TriggeredBy,
    stands,
};
use crate::day::Day;
use crate::fact::Case;
use crate::line::Written;
use crate::rulebook::{Duty, Rulebook};
use crate::view::Seen;
use crate::word::Word;

/// One duty as it binds in a case, in days.
pub(crate) struct Outcome<'a> {
    pub(crate) duty: u16,
    /// What started it, and the day that the clock is counted from.
    pub(crate) seen: &'a Seen<'a>,
    pub(crate) start: Day,
    /// Only the Code binds the body that was asked.
    pub(crate) guided: bool,
    pub(crate) due: Option<Day>,
    pub(crate) safe: Option<Day>,
    pub(crate) act_by: Day,
    pub(crate) standing: Standing,
    pub(crate) opens_as: Standing,
    pub(crate) turns_on: Day,
    pub(crate) turns_into: Standing,
    pub(crate) closed_on: Day,
    /// Whether it closes with an age and by no fact.
    pub(crate) outgrown: bool,
    pub(crate) closed_as: Standing,
    pub(crate) done_on: Option<Day>,
    pub(crate) done_by: Option<Day>,
    pub(crate) days_late: Option<i32>,
    pub(crate) excuse: Option<Claim<'a>>,
    pub(crate) keeps: Option<Kept>,
    pub(crate) more: Option<Box<More>>,
    /// Its lines among those of the case, and those added once all was known.
    pub(crate) lines: Range<usize>,
    pub(crate) added: Range<usize>,
}

/// What few outcomes have.
#[derive(Default)]
pub(crate) struct More {
    pub(crate) other_readings: Vec<OtherReading>,
    pub(crate) opened: Vec<Word>,
    pub(crate) missing: Vec<String>,
}

/// An exception relied on, or one that could have been.
#[derive(Clone, Copy)]
pub(crate) struct Claim<'a> {
    pub(crate) ground: &'a str,
    pub(crate) by: &'a Seen<'a>,
    pub(crate) state: ExcuseState,
}

/// Our own working day that keeps a later legal date, and the duty whose date it is.
#[derive(Clone, Copy)]
pub(crate) struct Kept {
    pub(crate) day: Day,
    pub(crate) safe: Day,
    pub(crate) duty: usize,
    pub(crate) due: Day,
}

impl Outcome<'_> {
    pub(crate) fn more(&mut self) -> &mut More {
        self.more.get_or_insert_default()
    }

    /// Whether the record lacks something that decides.
    pub(crate) fn lacks(&self) -> bool {
        self.more.as_ref().is_some_and(|more| !more.missing.is_empty())
    }

    /// What the record lacks, in words; nothing where that no longer matters.
    pub(crate) fn set_missing(&mut self, missing: Vec<String>) {
        if self.lacks() || !missing.is_empty() {
            self.more().missing = missing;
        }
    }

    /// Another last day takes the place of the one that other readings were told of.
    pub(crate) fn forget_readings(&mut self) {
        if let Some(more) = &mut self.more {
            more.other_readings.clear();
        }
    }

    /// See [`Obligation::standing_on`].
    pub(crate) fn standing_on(&self, day: Day) -> Standing {
        let closed = (self.closed_on, self.closed_as);
        stands(day, self.opens_as, (self.turns_on, self.turns_into), closed)
    }

    /// Its days alone.
    pub(crate) fn outline<'b>(&self, book: &'b Rulebook, case: &'b Case) -> Option<Outline<'b>> {
        Some(Outline {
            duty: book.duties.get(usize::from(self.duty))?,
            fact: case.facts.get(self.seen.index)?,
            standing: self.standing,
            opens_as: self.opens_as,
            turns_into: self.turns_into,
            closed_as: self.closed_as,
            kind: book.kinds.get(usize::from(self.seen.kind))?,
            start: self.start,
            due: self.due,
            safe: self.safe,
            turns_on: self.turns_on,
            closed_on: self.closed_on,
            outgrown: self.outgrown,
            done_on: self.done_on,
            act_by: self.act_by,
        })
    }

    /// The obligation that it is.
    pub(crate) fn obligation(
        &mut self,
        book: &Rulebook,
        written: Option<&Arc<Written>>,
    ) -> Option<Obligation> {
        let duty = book.duties.get(usize::from(self.duty))?;
        let more = self.more.take().map_or_else(More::default, |more| *more);
        Some(Obligation {
            duty: duty.word.clone(),
            trigger: self.trigger(book)?,
            force: if self.guided { book.guidance.clone() } else { duty.force_word.clone() },
            due: self.due.map(Day::date),
            due_safe: self.safe.map(Day::date),
            other_readings: more.other_readings,
            standing: self.standing,
            opens_as: self.opens_as,
            turns_on: self.turns_on.date(),
            turns_into: self.turns_into,
            closed_on: self.closed_on.date(),
            closed_as: self.closed_as,
            done_on: self.done_on.map(Day::date),
            done_by: self.done_by.map(Day::date),
            days_late: self.days_late,
            excuse: self.excuse.map(|excuse| Excuse {
                ground: excuse.ground.to_owned(),
                event: excuse.by.id.to_owned(),
                state: excuse.state,
            }),
            act_by: self.act_by.date(),
            keeps: self.keeps.and_then(|kept| {
                Some(Keeps {
                    day: kept.day.date(),
                    safe: kept.safe.date(),
                    duty: book.duties.get(kept.duty)?.word.clone(),
                    due: kept.due.date(),
                })
            }),
            opened: more.opened,
            missing: more.missing,
            why: Steps::new(written.cloned(), self.lines.clone(), self.added.clone()),
        })
    }

    fn trigger(&self, book: &Rulebook) -> Option<TriggeredBy> {
        let kind = book.kinds.get(usize::from(self.seen.kind))?;
        Some(TriggeredBy {
            event: self.seen.id.to_owned(),
            kind: kind.word.clone(),
            on: self.start.date(),
            body: kind.body_of(self.seen.fields).map(str::to_owned),
            adviser: kind.adviser_of(self.seen.fields).map(str::to_owned),
        })
    }

    /// Sets the last day, its safe day and when to act on it.
    pub(crate) fn set_due(&mut self, book: &Rulebook, duty: &Duty, due: Day) {
        let safe = book.calendar.working_day_before(due);
        self.due = Some(due);
        self.safe = Some(safe);
        self.act_by = safe.plus(-duty.lead_days);
    }
}
