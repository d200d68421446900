//! A right: it may be used up to a day, and then its time has passed. It is never overdue.

use super::{begin_line, cite, count, other_limits, readings, safe_line};
use crate::answer::Standing;
use crate::day::words;
use crate::evaluate::Asked;
use crate::limit::Worked;
use crate::line::{Tell, put};
use crate::matters::{self, Use};
use crate::outcome::Outcome;
use crate::places::Done;
use crate::view::Seen;

pub(crate) fn work_out<'a, T: Tell>(
    asked: &Asked<'a>,
    done: &[Done],
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    ends(asked, outcome, why);
    match matters::used(asked, done) {
        Use::Used(later) => use_it(asked, later, outcome, why),
        Use::Unsaid(later, what) => perhaps(asked, (later, what), outcome, why),
        Use::Ended(later, because) => end_it(asked, (later, because), outcome, why),
        Use::Unused => unused(asked, outcome, why),
    }
    outcome.standing = outcome.standing_on(asked.view.as_at);
    cite(asked, outcome, why);
}

/// The last day on which it can be used.
fn ends<'a, T: Tell>(asked: &Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    let start = asked.served;
    begin_line(asked, why);
    outcome.start = start;
    match asked.limit().map(|limit| count(asked, limit, start, why)) {
        Some(Worked::Day(ended)) => {
            asked.set_due(outcome, ended.last);
            (outcome.closed_on, outcome.closed_as) = (ended.last.plus(1), Standing::Void);
            safe_line(asked, outcome, why);
            readings::<T>(asked, start, &ended, outcome);
        }
        Some(Worked::Unclear(missing)) => {
            outcome.opens_as = Standing::Unclear;
            outcome.set_missing(missing);
        }
        Some(Worked::NoNumber) | None => why.line(|to| to.push_str("It has no last day.")),
    }
    other_limits::<T>(asked, start, outcome);
}

fn use_it<T: Tell>(asked: &Asked<'_>, later: &Seen<'_>, outcome: &mut Outcome<'_>, why: &mut T) {
    let on = later.on;
    let late = outcome.due.filter(|due| on > *due);
    outcome.done_on = Some(on);
    outcome.closed_on = on;
    outcome.closed_as = match late {
        _ if outcome.lacks() => Standing::Unclear,
        Some(_) => Standing::MetLate,
        None => Standing::Met,
    };
    if let Some(due) = late {
        // Its time had passed before it was used after all.
        outcome.days_late = Some(due.until(on));
        outcome.turns_on = due.plus(1);
        outcome.turns_into = Standing::Void;
    }
    why.day(on, |to| put!(to, "Used on ", words(on), ": ", asked.title(later), "."));
    if let (Some(_), Some(note)) = (late, &asked.rule.late_note) {
        why.line(|to| to.push_str(note));
    }
}

/// An act that may have used it, or another right like it.
fn perhaps<'a, T: Tell>(
    asked: &Asked<'a>,
    (later, what): (&Seen<'_>, String),
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    (outcome.closed_on, outcome.closed_as) = (later.on, Standing::Unclear);
    why.day(later.on, |to| {
        put!(
            to,
            asked.title(later),
            " on ",
            words(later.on),
            ", while more than one such right was "
        );
        put!(to, "open. The record does not say ", what, ".");
    });
    outcome.more().missing.push(what);
}

/// What it is about has changed, or was decided anew.
fn end_it<'a, T: Tell>(
    asked: &Asked<'a>,
    (later, because): (&Seen<'_>, &str),
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    if outcome.due.is_some_and(|due| later.on > due) {
        return unused(asked, outcome, why);
    }
    (outcome.closed_on, outcome.closed_as) = (later.on, Standing::Void);
    outcome.set_missing(Vec::new());
    why.day(later.on, |to| {
        put!(to, asked.title(later), " on ", words(later.on), ": ", because, ".");
    });
}

/// Not used: until its last day.
fn unused<T: Tell>(asked: &Asked<'_>, outcome: &Outcome<'_>, why: &mut T) {
    if outcome.due.is_some_and(|due| asked.view.as_at > due)
        && let Some(note) = &asked.rule.passed_note
    {
        why.line(|to| to.push_str(note));
    }
}
