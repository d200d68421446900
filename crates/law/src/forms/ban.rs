//! A ban: what must not be done until an event, or a day, lifts it.

use jiff::civil::Date;

use super::{cite, count, safe_line};
use crate::NEVER;
use crate::answer::{Obligation, Standing};
use crate::day::{add_days, words};
use crate::evaluate::{Asked, Why};
use crate::limit::Worked;

pub(crate) fn work_out(asked: &Asked<'_>) -> Obligation {
    let mut obligation = asked.blank();
    let mut why = asked.why();
    let (seen, start) = (asked.seen, asked.served());
    obligation.opens_as = Standing::Continuing;
    obligation.act_by = NEVER;
    obligation.trigger.on = start;
    why.day(seen.fact.on, || {
        said!("{} on {} (event {}).", asked.title(seen), words(seen.fact.on), seen.fact.id)
    });
    match asked.limit().map(|limit| count(asked, limit, start, &mut why)) {
        Some(Worked::Day(ended)) => {
            asked.set_due(&mut obligation, ended.last);
            obligation.act_by = NEVER;
            safe_line(asked, &obligation, &mut why);
        }
        Some(Worked::Unclear(missing)) => {
            obligation.opens_as = Standing::Unclear;
            obligation.missing = missing;
        }
        Some(Worked::NoNumber) | None => {}
    }
    (obligation.closed_on, obligation.closed_as) = closes(asked, obligation.due, &mut why);
    obligation.standing = obligation.standing_on(asked.question.as_at);
    if obligation.standing != Standing::Unclear {
        obligation.missing.clear();
    }
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// The day on which it closes, and how: broken by what it forbids, or lifted by an event or by the
/// day after `due`, unless something holds it past that day.
fn closes(asked: &Asked<'_>, due: Option<Date>, why: &mut Why) -> (Date, Standing) {
    let rule = asked.rule;
    let mut held = false;
    for later in asked.telling() {
        let on = later.fact.on;
        if !held && due.is_some_and(|due| on > due) {
            break;
        }
        if later.is_any(&rule.ended_by) {
            why.day(on, || said!("Lifted: {} on {}.", asked.title(later), words(on)));
            return (on, Standing::Met);
        }
        if later.is_any(&rule.broken_by) {
            why.day(on, || {
                said!("{} on {}, while it was forbidden.", asked.title(later), words(on))
            });
            return (on, Standing::Broken);
        }
        if rule.held_by.as_ref().is_some_and(|what| later.matches(what)) {
            why.day(on, || {
                said!(
                    "{} on {}: no day lifts it until that has ended.",
                    asked.title(later),
                    words(on)
                )
            });
            held = true;
        }
    }
    match due {
        Some(due) if !held => (add_days(due, 1), Standing::Met),
        _ => (NEVER, Standing::Met),
    }
}
