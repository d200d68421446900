//! A right: it may be used up to a day, and then its time has passed. It is never overdue.

use super::{cite, count, other_limits, readings, safe_line};
use crate::answer::{Obligation, Standing};
use crate::day::{add_days, between, words};
use crate::evaluate::{Asked, Why};
use crate::limit::Worked;
use crate::search::act_matches;
use crate::view::Seen;

pub(crate) fn work_out(asked: &Asked<'_>) -> Obligation {
    let mut obligation = asked.blank();
    let mut why = asked.why();
    ends(asked, &mut obligation, &mut why);
    let used = asked
        .telling()
        .find(|later| asked.rule.acts.iter().any(|act| act_matches(act, asked.seen, later)));
    match used {
        Some(later) => use_it(asked, later, &mut obligation, &mut why),
        None => unused(asked, &mut obligation, &mut why),
    }
    obligation.standing = obligation.standing_on(asked.question.as_at);
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// The last day on which it can be used.
fn ends(asked: &Asked<'_>, obligation: &mut Obligation, why: &mut Why) {
    let (seen, start) = (asked.seen, asked.served());
    why.day(seen.fact.on, || {
        said!("{} on {} (event {}).", asked.title(seen), words(seen.fact.on), seen.fact.id)
    });
    obligation.trigger.on = start;
    let worked = asked.limit().map(|limit| count(asked, limit, start, why));
    match worked {
        Some(Worked::Day(ended)) => {
            asked.set_due(obligation, ended.last);
            (obligation.closed_on, obligation.closed_as) =
                (add_days(ended.last, 1), Standing::Void);
            safe_line(asked, obligation, why);
            readings(asked, start, &ended, obligation);
        }
        Some(Worked::Unclear(missing)) => {
            obligation.opens_as = Standing::Unclear;
            obligation.missing = missing;
        }
        Some(Worked::NoNumber) | None => why.line(|| "It has no last day.".to_owned()),
    }
    other_limits(asked, start, obligation);
}

fn use_it(asked: &Asked<'_>, later: &Seen<'_>, obligation: &mut Obligation, why: &mut Why) {
    let on = later.fact.on;
    let late = obligation.due.filter(|due| on > *due);
    obligation.done_on = Some(on);
    obligation.closed_on = on;
    obligation.closed_as = match late {
        _ if !obligation.missing.is_empty() => Standing::Unclear,
        Some(_) => Standing::MetLate,
        None => Standing::Met,
    };
    if let Some(due) = late {
        // Its time had passed before it was used after all.
        obligation.days_late = Some(between(due, on));
        obligation.turns_on = add_days(due, 1);
        obligation.turns_into = Standing::Void;
    }
    why.day(on, || said!("Used on {}: {}.", words(on), asked.title(later)));
    if let (Some(_), Some(note)) = (late, &asked.rule.late_note) {
        why.line(|| note.clone());
    }
}

/// Not used: until its last day, or until a later notice gives it anew.
fn unused(asked: &Asked<'_>, obligation: &mut Obligation, why: &mut Why) {
    let next = asked.next.and_then(|next| asked.view.facts.get(next));
    let replaced = next.filter(|later| obligation.due.is_none_or(|due| later.fact.on <= due));
    if let Some(later) = replaced {
        obligation.closed_on = later.fact.on;
        obligation.closed_as = Standing::Void;
        obligation.missing.clear();
        why.day(later.fact.on, || {
            said!(
                "{} on {}: the right now runs from that notice.",
                asked.title(later),
                words(later.fact.on)
            )
        });
    } else if obligation.due.is_some_and(|due| asked.question.as_at > due)
        && let Some(note) = &asked.rule.passed_note
    {
        why.line(|| note.clone());
    }
}
