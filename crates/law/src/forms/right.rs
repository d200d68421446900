//! A right: it may be used up to a day, and then its time has passed. It is never overdue.

use super::{begin_line, cite, count, other_limits, readings, safe_line};
use crate::answer::Standing;
use crate::day::words;
use crate::evaluate::Asked;
use crate::limit::Worked;
use crate::line::{Tell, put};
use crate::outcome::Outcome;
use crate::search::act_matches;
use crate::view::Seen;

pub(crate) fn work_out<'a, T: Tell>(asked: &Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    ends(asked, outcome, why);
    let used = asked
        .telling()
        .find(|later| asked.rule.acts.iter().any(|act| act_matches(act, asked.seen, later)));
    match used {
        Some(later) => use_it(asked, later, outcome, why),
        None => unused(asked, outcome, why),
    }
    outcome.standing = outcome.standing_on(asked.as_at);
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

/// Not used: until its last day, or until a later notice gives it anew.
fn unused<T: Tell>(asked: &Asked<'_>, outcome: &mut Outcome<'_>, why: &mut T) {
    let next = asked.next.and_then(|next| asked.view.facts.get(next));
    let replaced = next.filter(|later| outcome.due.is_none_or(|due| later.on <= due));
    if let Some(later) = replaced {
        outcome.closed_on = later.on;
        outcome.closed_as = Standing::Void;
        outcome.set_missing(Vec::new());
        why.day(later.on, |to| {
            put!(to, asked.title(later), " on ", words(later.on));
            put!(to, ": the right now runs from that notice.");
        });
    } else if outcome.due.is_some_and(|due| asked.as_at > due)
        && let Some(note) = &asked.rule.passed_note
    {
        why.line(|to| to.push_str(note));
    }
}
