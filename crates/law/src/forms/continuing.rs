//! A duty without end: it binds until an event, or an age, ends it.

use super::{begin_line, cite};
use crate::answer::Standing;
use crate::day::{Day, birthday, short, words};
use crate::evaluate::Asked;
use crate::line::{Tell, put};
use crate::outcome::Outcome;

pub(crate) fn work_out<'a, T: Tell>(asked: &Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    outcome.opens_as = Standing::Continuing;
    outcome.closed_as = Standing::Void;
    outcome.act_by = Day::NEVER;
    begin_line(asked, why);
    if let Some(later) = asked.telling().find(|later| later.is_any(&asked.rule.ended_by)) {
        outcome.closed_on = later.on;
        why.day(later.on, |to| {
            put!(to, "Ended: ", asked.title(later), " on ", words(later.on), ".");
        });
    }
    if let Some(age) = asked.rule.ends_at_age {
        ends_at_age(asked, age, outcome, why);
    }
    outcome.standing = outcome.standing_on(asked.view.as_at);
    cite(asked, outcome, why);
}

fn ends_at_age<T: Tell>(asked: &Asked<'_>, age: i32, outcome: &mut Outcome<'_>, why: &mut T) {
    match asked.view.case.born.map(|born| Day::from(birthday(born, age))) {
        Some(day) if day < outcome.closed_on => {
            outcome.closed_on = day;
            why.day(day, |to| {
                put!(to, "It ends at the latest on the ", age, "th birthday, ", short(day), ".");
            });
        }
        Some(_) => {}
        None => why.line(|to| {
            put!(to, "It ends at the latest on the ", age);
            put!(to, "th birthday; the date of birth is not given.");
        }),
    }
}
