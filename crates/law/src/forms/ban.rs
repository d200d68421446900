//! A ban: what must not be done until an event, or a day, lifts it.

use super::{begin_line, cite, count, safe_line};
use crate::answer::Standing;
use crate::day::{Day, words};
use crate::evaluate::Asked;
use crate::limit::Worked;
use crate::line::{Tell, put};
use crate::outcome::Outcome;

pub(crate) fn work_out<'a, T: Tell>(asked: &Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    let start = asked.served;
    outcome.opens_as = Standing::Continuing;
    outcome.act_by = Day::NEVER;
    outcome.start = start;
    begin_line(asked, why);
    match asked.limit().map(|limit| count(asked, limit, start, why)) {
        Some(Worked::Day(ended)) => {
            asked.set_due(outcome, ended.last);
            outcome.act_by = Day::NEVER;
            safe_line(asked, outcome, why);
        }
        Some(Worked::Unclear(missing)) => {
            outcome.opens_as = Standing::Unclear;
            outcome.set_missing(missing);
        }
        Some(Worked::NoNumber) | None => {}
    }
    (outcome.closed_on, outcome.closed_as) = closes(asked, outcome.due, why);
    outcome.standing = outcome.standing_on(asked.view.as_at);
    if outcome.standing != Standing::Unclear {
        outcome.set_missing(Vec::new());
    }
    cite(asked, outcome, why);
}

/// The day on which it closes, and how: broken by what it forbids, or lifted by an event or by the
/// day after `due`, unless something holds it past that day.
fn closes<T: Tell>(asked: &Asked<'_>, due: Option<Day>, why: &mut T) -> (Day, Standing) {
    let rule = asked.rule;
    let mut held = false;
    for later in asked.telling() {
        let on = later.on;
        if !held && due.is_some_and(|due| on > due) {
            break;
        }
        if later.is_any(&rule.ended_by) {
            why.day(on, |to| put!(to, "Lifted: ", asked.title(later), " on ", words(on), "."));
            return (on, Standing::Met);
        }
        if later.is_any(&rule.broken_by) {
            why.day(on, |to| {
                put!(to, asked.title(later), " on ", words(on), ", while it was forbidden.");
            });
            return (on, Standing::Broken);
        }
        if rule.held_by.as_ref().is_some_and(|held| held.is(later)) {
            why.day(on, |to| {
                put!(to, asked.title(later), " on ", words(on));
                put!(to, ": no day lifts it until that has ended.");
            });
            held = true;
        }
    }
    match due {
        Some(due) if !held => (due.plus(1), Standing::Met),
        _ => (Day::NEVER, Standing::Met),
    }
}
