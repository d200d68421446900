//! A floor: at least so long must be given before something else may happen.

use jiff::civil::Date;

use super::{cite, readings, safe_line};
use crate::NEVER;
use crate::answer::{Obligation, Standing};
use crate::day::{add_days, words};
use crate::evaluate::{Asked, Why};
use crate::limit::{Ended, Worked};

pub(crate) fn work_out(asked: &Asked<'_>) -> Obligation {
    let mut obligation = asked.blank();
    let mut why = asked.why();
    let (seen, sent) = (asked.seen, asked.seen.fact.on);
    why.day(sent, || said!("{} on {} (event {}).", asked.title(seen), words(sent), seen.fact.id));
    let served = if seen.text("how") == Some("post") { asked.served() } else { sent };
    obligation.trigger.on = served;
    match (last(asked, served), last(asked, asked.posted())) {
        (Ok(last), Ok(if_posted)) => {
            let known = !asked.rule.from_service || seen.text("how").is_some();
            close(asked, served, &last, (!known).then_some(&if_posted), &mut obligation, &mut why);
        }
        (Err(missing), _) | (_, Err(missing)) => {
            obligation.opens_as = Standing::Unclear;
            obligation.standing = Standing::Unclear;
            obligation.missing = missing;
        }
    }
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// The last day of the time that must be given, counted from `day`.
fn last(asked: &Asked<'_>, day: Date) -> Result<Ended, Vec<String>> {
    let itself = Ended { from: day, last: day, corresponding: true, which: 0 };
    match asked.limit().map(|limit| limit.end(asked, day, |_, _| ())) {
        Some(Worked::Day(ended)) => Ok(ended),
        Some(Worked::Unclear(missing)) => Err(missing),
        Some(Worked::NoNumber) | None => Ok(itself),
    }
}

/// Works out when it closes, and how; with two possible days where nobody recorded how it was sent.
fn close(
    asked: &Asked<'_>,
    served: Date,
    ended: &Ended,
    if_posted: Option<&Ended>,
    obligation: &mut Obligation,
    why: &mut Why,
) {
    let one = end(asked, ended.last);
    (obligation.closed_on, obligation.closed_as) = one;
    let mut decides = ended;
    if let Some(posted) = if_posted {
        two_ends(obligation, one, end(asked, posted.last));
        decides = posted;
        why.line(|| {
            said!(
                "How it was sent is not recorded: by portal, email or hand it was served on {}, \
                 by post on {}.",
                words(served),
                words(posted.from)
            )
        });
    } else {
        let how = asked.seen.text("how").unwrap_or("sent");
        why.day(served, || said!("Served on {} ({how}).", words(served)));
        if let Some(period) = asked.limit().and_then(|limit| limit.of.get(ended.which)) {
            why.day(ended.last, || period.end.line(ended.from, ended.last));
        }
    }
    obligation.standing = obligation.standing_on(asked.question.as_at);
    if obligation.standing == Standing::Unclear {
        obligation.missing.push(asked.field_words("how"));
        return;
    }
    asked.set_due(obligation, decides.last);
    readings(asked, decides.from, decides, obligation);
    safe_line(asked, obligation, why);
    kept_line(asked, obligation, decides.last, why);
}

fn kept_line(asked: &Asked<'_>, obligation: &Obligation, due: Date, why: &mut Why) {
    let closed = obligation.closed_on;
    why.day(closed, || match obligation.closed_as {
        Standing::Broken => said!(
            "{} on {}, not after {}: too early.",
            asked.book.titles(asked.rule.broken_by.kinds),
            words(closed),
            words(due)
        ),
        Standing::Void => said!("It fell away on {}.", words(closed)),
        _ if closed <= due => said!(
            "The family had answered and agreed, so what was done on {} was not too early.",
            words(closed)
        ),
        _ => said!("Kept from {}, the day after the last day.", words(closed)),
    });
}

/// The day on which it closes, and how, if its last day is `last`.
fn end(asked: &Asked<'_>, last: Date) -> (Date, Standing) {
    let rule = asked.rule;
    let mut agreed = false;
    for later in asked.telling() {
        let on = later.fact.on;
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
    (add_days(last, 1), Standing::Met)
}

/// Two possible ends, where a fact is missing: unclear from where they part to where they meet.
fn two_ends(obligation: &mut Obligation, one: (Date, Standing), two: (Date, Standing)) {
    let (first, last) = (one.0.min(two.0), one.0.max(two.0));
    obligation.turns_into = Standing::Unclear;
    if one.1 == two.1 {
        obligation.turns_on = if first < last { first } else { NEVER };
        (obligation.closed_on, obligation.closed_as) = (last, one.1);
    } else {
        obligation.turns_on = first;
        obligation.closed_on = NEVER;
    }
}
