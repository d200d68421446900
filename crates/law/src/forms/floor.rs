//! A floor: at least so long must be given before something else may happen.

use super::{begin_line, cite, readings, safe_line};
use crate::answer::Standing;
use crate::day::{Day, words};
use crate::evaluate::Asked;
use crate::limit::{Ended, Worked};
use crate::line::{Tell, put};
use crate::outcome::Outcome;

pub(crate) fn work_out<'a, T: Tell>(asked: &Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    let (seen, sent) = (asked.seen, asked.seen.on);
    begin_line(asked, why);
    let served = if seen.text("how") == Some("post") { asked.served } else { sent };
    outcome.start = served;
    match (last(asked, served), last(asked, asked.posted())) {
        (Ok(last), Ok(if_posted)) => {
            let known = !asked.rule.from_service || seen.text("how").is_some();
            close(asked, served, &last, (!known).then_some(&if_posted), outcome, why);
        }
        (Err(missing), _) | (_, Err(missing)) => {
            outcome.opens_as = Standing::Unclear;
            outcome.standing = Standing::Unclear;
            outcome.set_missing(missing);
        }
    }
    cite(asked, outcome, why);
}

/// The last day of the time that must be given, counted from `day`.
fn last(asked: &Asked<'_>, day: Day) -> Result<Ended, Vec<String>> {
    let itself = Ended { from: day, last: day, corresponding: true, which: 0 };
    match asked.limit().map(|limit| limit.end(asked, day, |_, _| ())) {
        Some(Worked::Day(ended)) => Ok(ended),
        Some(Worked::Unclear(missing)) => Err(missing),
        Some(Worked::NoNumber) | None => Ok(itself),
    }
}

/// Works out when it closes, and how; with two possible days where nobody recorded how it was sent.
fn close<'a, T: Tell>(
    asked: &Asked<'a>,
    served: Day,
    ended: &Ended,
    if_posted: Option<&Ended>,
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    let one = end(asked, ended.last);
    (outcome.closed_on, outcome.closed_as) = one;
    let mut decides = ended;
    if let Some(posted) = if_posted {
        two_ends(outcome, one, end(asked, posted.last));
        decides = posted;
        why.line(|to| {
            put!(to, "How it was sent is not recorded: by portal, email or hand it was served on ");
            put!(to, words(served), ", by post on ", words(posted.from), ".");
        });
    } else {
        let how = asked.seen.text("how").unwrap_or("sent");
        why.day(served, |to| put!(to, "Served on ", words(served), " (", how, ")."));
        if let Some(period) = asked.limit().and_then(|limit| limit.of.get(ended.which)) {
            why.day(ended.last, |to| period.end.line(ended.from, ended.last, to));
        }
    }
    outcome.standing = outcome.standing_on(asked.view.as_at);
    if outcome.standing == Standing::Unclear {
        outcome.more().missing.push(asked.field_words("how"));
        return;
    }
    asked.set_due(outcome, decides.last);
    readings::<T>(asked, decides.from, decides, outcome);
    safe_line(asked, outcome, why);
    kept_line(asked, outcome, decides.last, why);
}

fn kept_line<T: Tell>(asked: &Asked<'_>, outcome: &Outcome<'_>, due: Day, why: &mut T) {
    let closed = outcome.closed_on;
    why.day(closed, |to| match outcome.closed_as {
        Standing::Broken => {
            put!(to, asked.book.titles(asked.rule.broken_by.kinds), " on ", words(closed));
            put!(to, ", not after ", words(due), ": too early.");
        }
        Standing::Void => put!(to, "It fell away on ", words(closed), "."),
        _ if closed <= due => {
            put!(to, "The family had answered and agreed, so what was done on ", words(closed));
            put!(to, " was not too early.");
        }
        _ => put!(to, "Kept from ", words(closed), ", the day after the last day."),
    });
}

/// The day on which it closes, and how, if its last day is `last`.
fn end(asked: &Asked<'_>, last: Day) -> (Day, Standing) {
    let rule = asked.rule;
    let mut agreed = false;
    for later in asked.telling() {
        let on = later.on;
        if on > last {
            break;
        }
        if rule.unless.as_ref().is_some_and(|unless| later.matches(unless)) {
            agreed = true;
        } else if later.is_any(&rule.broken_by) {
            return (on, if agreed { Standing::Met } else { Standing::Broken });
        } else if later.is_any(&rule.void_by) || later.is_in(&rule.start_kinds) {
            return (on, Standing::Void);
        }
    }
    (last.plus(1), Standing::Met)
}

/// Two possible ends, where a fact is missing: unclear from where they part to where they meet.
fn two_ends(outcome: &mut Outcome<'_>, one: (Day, Standing), two: (Day, Standing)) {
    let (first, last) = (one.0.min(two.0), one.0.max(two.0));
    outcome.turns_into = Standing::Unclear;
    if one.1 == two.1 {
        outcome.turns_on = if first < last { first } else { Day::NEVER };
        (outcome.closed_on, outcome.closed_as) = (last, one.1);
    } else {
        outcome.turns_on = first;
        outcome.closed_on = Day::NEVER;
    }
}
