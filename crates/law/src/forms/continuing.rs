//! A duty without end: it binds until an event, or an age, ends it.

use super::cite;
use crate::NEVER;
use crate::answer::{Obligation, Standing};
use crate::day::{birthday, short, words};
use crate::evaluate::{Asked, Why};

pub(crate) fn work_out(asked: &Asked<'_>) -> Obligation {
    let mut obligation = asked.blank();
    let mut why = asked.why();
    let seen = asked.seen;
    obligation.opens_as = Standing::Continuing;
    obligation.closed_as = Standing::Void;
    obligation.act_by = NEVER;
    why.day(seen.fact.on, || {
        said!("{} on {} (event {}).", asked.title(seen), words(seen.fact.on), seen.fact.id)
    });
    if let Some(later) = asked.telling().find(|later| later.is_any(&asked.rule.ended_by)) {
        obligation.closed_on = later.fact.on;
        why.day(later.fact.on, || {
            said!("Ended: {} on {}.", asked.title(later), words(later.fact.on))
        });
    }
    if let Some(age) = asked.rule.ends_at_age {
        ends_at_age(asked, age, &mut obligation, &mut why);
    }
    obligation.standing = obligation.standing_on(asked.question.as_at);
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

fn ends_at_age(asked: &Asked<'_>, age: i32, obligation: &mut Obligation, why: &mut Why) {
    match asked.case.born.map(|born| birthday(born, age)) {
        Some(day) if day < obligation.closed_on => {
            obligation.closed_on = day;
            why.day(day, || {
                said!("It ends at the latest on the {age}th birthday, {}.", short(day))
            });
        }
        Some(_) => {}
        None => why.line(|| {
            said!("It ends at the latest on the {age}th birthday; the date of birth is not given.")
        }),
    }
}
