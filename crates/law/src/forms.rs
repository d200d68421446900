//! How each form of duty works its days out: deadlines, floors, rights, and duties without end.

use jiff::civil::Date;

use crate::NEVER;
use crate::answer::{Obligation, Standing};
use crate::day::{add_days, add_months, between, birthday, count, short, words};
use crate::evaluate::{Asked, Why, other};
use crate::excuse;
use crate::rule::{Ended, Unit, Within};
use crate::rulebook::Effect;
use crate::search::{Found, Search, act_matches};
use crate::view::Seen;

pub(crate) fn deadline(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>) -> Obligation {
    let rule = &asked.duty.rule;
    let mut obligation = asked.blank(seen);
    let mut why = asked.why();
    count_period(asked, seen, &mut obligation, &mut why);
    let (found, conceded) = Search::new(asked, trigger, seen).run();
    if let (Some(on), Some(practice)) = (conceded, &rule.conceded) {
        let due = add_days(on, practice.weeks * 7);
        other(&mut obligation, &practice.reading, due);
        why.day(on, || {
            format!(
                "The decision was taken back on {} without a direction of the Tribunal, so the \
                limit still runs from the first request; by the Ombudsman's practice it would be \
                {} from that day, {}.",
                words(on),
                count(practice.weeks, "week"),
                words(due)
            )
        });
    }
    let excuse = excuse::claimed(asked, seen, obligation.due, &mut why);
    obligation.turns_into =
        if excuse::holds(excuse.as_ref()) { Standing::Excused } else { Standing::Overdue };
    let late = match &found {
        Found::Open { .. } => obligation.due.is_some_and(|due| asked.question.as_at > due),
        Found::Done(on) => obligation.due.is_some_and(|due| *on > due),
        _ => false,
    };
    settle(asked, trigger, seen, found, &mut obligation, &mut why);
    obligation.excuse = match obligation.closed_as {
        Standing::Met | Standing::Void if obligation.closed_on < NEVER => None,
        _ => excuse,
    };
    obligation.standing = obligation.standing_on(asked.question.as_at);
    if late {
        let until = obligation.done_on.unwrap_or(asked.question.as_at);
        obligation.days_late = obligation.due.map(|due| between(due, until));
    }
    if obligation.standing == Standing::Overdue && obligation.excuse.is_none() {
        obligation.excuse = excuse::never_claimed(asked, seen, obligation.due, &mut why);
    }
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// Works out the last day, its other readings, and the lines that say how.
fn count_period(asked: &Asked<'_>, seen: &Seen<'_>, obligation: &mut Obligation, why: &mut Why) {
    let start = seen.fact.on;
    why.day(start, || {
        format!("{} on {} (event {}).", asked.title(seen), words(start), seen.fact.id)
    });
    let Some(within) = asked.duty.rule.within else {
        let elapsed = between(start, asked.question.as_at);
        why.line(|| {
            format!(
                "The law gives no number of days: it must be done as soon as practicable. {} \
            passed by {}.",
                passed(elapsed),
                words(asked.question.as_at)
            )
        });
        return;
    };
    let ended = within.end(start);
    asked.set_due(obligation, ended.last);
    why.day(ended.last, || period_line(within, start, &ended));
    why.line(|| {
        "Weekends, bank holidays and school holidays fall inside the period and count; \
    nothing rolls forward."
            .to_owned()
    });
    if asked.duty.rule.practicable {
        why.line(|| {
            "That is the outer limit: it must be done as soon as practicable before it.".to_owned()
        });
    }
    safe_line(asked, obligation, why);
    for (reading, effect) in &asked.duty.rule.effects {
        let due = match effect {
            Effect::TriggerDayCounted
                if within.unit == Unit::Weeks && !within.trigger_day_counts =>
            {
                add_days(ended.last, -1)
            }
            Effect::TriggerDayNotCounted => add_days(ended.last, 1),
            Effect::NextWorkingDay => asked.book.calendar.first_working_day_on_or_after(ended.last),
            Effect::NoCorrespondingDay if within.trigger_day_counts && !ended.corresponding => {
                add_days(ended.last, -1)
            }
            _ => continue,
        };
        other(obligation, reading, due);
    }
    if let Some((_, _, reading)) = &asked.duty.rule.guidance_for
        && obligation.force == "guidance"
    {
        why.line(|| {
            format!(
                "For this body the limit is the Code of Practice's (guidance), not \
        the regulation's (reading {reading})."
            )
        });
    }
}

fn passed(days: i32) -> String {
    if days == 1 { "1 day had".to_owned() } else { format!("{days} days had") }
}

fn period_line(within: Within, start: Date, ended: &Ended) -> String {
    let counted = if within.trigger_day_counts {
        "that day counted as the first"
    } else {
        "that day not counted"
    };
    let days = match within.unit {
        Unit::Weeks => format!(" ({} days)", within.n * 7),
        _ => String::new(),
    };
    format!("{}{days}, {counted}: from {} to {}.", within.words(), words(start), words(ended.last))
}

fn safe_line(asked: &Asked<'_>, obligation: &Obligation, why: &mut Why) {
    let (Some(due), Some(safe)) = (obligation.due, obligation.due_safe) else { return };
    let computed = if asked.book.calendar.is_computed(due) {
        " Bank holidays of that year are computed, not published."
    } else {
        ""
    };
    why.day(safe, || {
        if due == safe {
            format!("The last day is {}, a working day.{computed}", words(due))
        } else {
            format!(
                "The last day is {}, not a working day; the last working day before it is {}.{computed}",
                words(due), words(safe)
            )
        }
    });
}

/// Turns what was found into days of change.
fn settle(
    asked: &Asked<'_>,
    trigger: usize,
    seen: &Seen<'_>,
    found: Found<'_>,
    obligation: &mut Obligation,
    why: &mut Why,
) {
    let turns = obligation.due.map_or(NEVER, |due| add_days(due, 1));
    match found {
        Found::Done(on) => {
            let late = match obligation.due {
                Some(due) => on > due,
                None => decided_before(asked, trigger, seen, on),
            };
            obligation.turns_on = turns;
            obligation.done_on = Some(on);
            obligation.closed_on = on;
            obligation.closed_as = if late { Standing::MetLate } else { Standing::Met };
            why.day(on, || match (late, obligation.due) {
                (true, Some(due)) => {
                    format!("Done on {}, {} late.", words(on), count(between(due, on), "day"))
                }
                (true, None) => {
                    format!("Done on {}, after the decision that it should come before.", words(on))
                }
                (false, _) => format!("Done on {}.", words(on)),
            });
        }
        Found::Void { by, because } => {
            let on = by.fact.on;
            obligation.turns_on = turns;
            obligation.closed_on = on;
            obligation.closed_as = Standing::Void;
            why.day(on, || format!("{} on {}: {because}.", asked.title(by), words(on)));
        }
        Found::Implied { by, missing } => {
            obligation.opens_as = Standing::Unclear;
            why.day(by.fact.on, || {
                format!(
                    "{} on {}, which shows that this must have been done; the record does not say: {}.",
                    asked.title(by),
                    words(by.fact.on),
                    missing.join("; ")
                )
            });
            obligation.missing = missing;
        }
        Found::Open { missing } => {
            obligation.turns_on = turns;
            why.line(|| match obligation.due {
                Some(due) if asked.question.as_at > due => format!(
                    "Still open on {}, {} past the last day: {}.",
                    words(asked.question.as_at),
                    count(between(due, asked.question.as_at), "day"),
                    missing.join("; ")
                ),
                _ => format!(
                    "Still to come by {}: {}.",
                    words(asked.question.as_at),
                    missing.join("; ")
                ),
            });
        }
    }
}

/// Whether a step that this duty should come before was taken on an earlier day than `done`.
fn decided_before(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>, done: Date) -> bool {
    asked
        .view
        .span(trigger + 1, asked.scope_end(trigger, seen))
        .any(|(_, later)| later.is_in(asked.duty.rule.before) && later.fact.on < done)
}

fn cite(asked: &Asked<'_>, obligation: &Obligation, why: &mut Why) {
    if let Some(note) = &asked.duty.rule.note {
        why.line(|| note.clone());
    }
    for reading in &obligation.other_readings {
        if let (Some(due), Some(known)) = (reading.due, asked.book.reading(&reading.reading)) {
            why.day(due, || {
                format!("Another reading ({}) gives {}: {}", known.id, words(due), known.other)
            });
        }
    }
    why.line(|| format!("Source: {}.", asked.duty.cite));
}

/// A right: it may be used up to a day, and then its time has passed. It is never overdue.
pub(crate) fn right(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>) -> Obligation {
    let mut obligation = asked.blank(seen);
    let mut why = asked.why();
    let end = asked.scope_end(trigger, seen);
    let due = right_ends(asked, trigger, seen, &mut why);
    asked.set_due(&mut obligation, due);
    safe_line(asked, &obligation, &mut why);
    let used = asked
        .view
        .span(trigger + 1, end)
        .find(|(_, later)| asked.duty.rule.acts.iter().any(|act| act_matches(act, seen, later)));
    let next = asked.next_trigger(trigger).and_then(|next| asked.view.facts.get(next));
    (obligation.closed_on, obligation.closed_as) = (add_days(due, 1), Standing::Void);
    if let Some((_, later)) = used {
        let (on, late) = (later.fact.on, later.fact.on > due);
        obligation.done_on = Some(on);
        obligation.closed_on = on;
        obligation.closed_as = if late { Standing::MetLate } else { Standing::Met };
        obligation.days_late = late.then(|| between(due, on));
        if late {
            // Its time had passed before it was used after all.
            obligation.turns_on = add_days(due, 1);
            obligation.turns_into = Standing::Void;
        }
        why.day(on, || format!("Used on {}: {}.", words(on), asked.title(later)));
        if let (true, Some(note)) = (late, &asked.duty.rule.late_note) {
            why.line(|| note.clone());
        }
    } else if let Some(later) = next.filter(|later| later.fact.on <= due) {
        obligation.closed_on = later.fact.on;
        why.day(later.fact.on, || {
            format!(
                "{} on {}: the right now runs from that notice.",
                asked.title(later),
                words(later.fact.on)
            )
        });
    } else if asked.question.as_at > due
        && let Some(note) = &asked.duty.rule.passed_note
    {
        why.line(|| note.clone());
    }
    obligation.standing = obligation.standing_on(asked.question.as_at);
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// The last day on which a right can be used.
fn right_ends(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>, why: &mut Why) -> Date {
    let rule = &asked.duty.rule;
    let start = seen.fact.on;
    why.day(start, || {
        format!(
            "{} on {} (event {}). Time runs from the day it was sent.",
            asked.title(seen),
            words(start),
            seen.fact.id
        )
    });
    let mut last = start;
    if let Some(within) = rule.within {
        let ended = within.end(start);
        last = ended.last;
        why.day(last, || period_line(within, start, &ended));
    }
    if let Some((kind, months)) = rule.or_later {
        let certificate = asked
            .view
            .span(trigger + 1, asked.scope_end(trigger, seen))
            .filter(|(_, later)| later.kind == kind)
            .last();
        if let Some((_, later)) = certificate {
            let (day, _) = add_months(later.fact.on, months);
            why.day(day, || {
                let which = if day > last {
                    "later, so it decides"
                } else {
                    "not later, so it does not help"
                };
                format!(
                    "{} from {} ({}) is {}: {which}.",
                    count(months, "month"),
                    words(later.fact.on),
                    asked.title(later),
                    words(day)
                )
            });
            last = last.max(day);
        }
    }
    if rule.tribunal_roll {
        let rolled = asked.book.calendar.roll_start_of_proceedings(last);
        if rolled != last {
            why.day(rolled, || {
                format!(
                    "Time to start proceedings that ends on {} is in time on \
            the first working day after: {}.",
                    words(last),
                    words(rolled)
                )
            });
            last = rolled;
        }
    }
    last
}

/// A duty without end: it binds until an event, or an age, ends it.
pub(crate) fn continuing(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>) -> Obligation {
    let mut obligation = asked.blank(seen);
    let mut why = asked.why();
    obligation.opens_as = Standing::Continuing;
    obligation.closed_as = Standing::Void;
    obligation.act_by = NEVER;
    why.day(seen.fact.on, || {
        format!("{} on {} (event {}).", asked.title(seen), words(seen.fact.on), seen.fact.id)
    });
    let ended = asked
        .view
        .span(trigger + 1, asked.scope_end(trigger, seen))
        .find(|(_, later)| later.is_in(asked.duty.rule.ended_by));
    if let Some((_, later)) = ended {
        obligation.closed_on = later.fact.on;
        why.day(later.fact.on, || {
            format!("Ended: {} on {}.", asked.title(later), words(later.fact.on))
        });
    }
    if let Some(age) = asked.duty.rule.ends_at_age {
        match asked.case.born.map(|born| birthday(born, age)) {
            Some(day) if day < obligation.closed_on => {
                obligation.closed_on = day;
                why.day(day, || {
                    format!("It ends at the latest on the {age}th birthday, {}.", short(day))
                });
            }
            Some(_) => {}
            None => why.line(|| {
                format!(
                    "It ends at the latest on the {age}th birthday; the date of birth is not given."
                )
            }),
        }
    }
    obligation.standing = obligation.standing_on(asked.question.as_at);
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// How long after sending a draft counts as served by post: the second working day (reading A11).
const POST_WORKING_DAYS: u32 = 2;

/// A floor: at least so long must be given before something else may happen.
pub(crate) fn floor(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>) -> Obligation {
    let mut obligation = asked.blank(seen);
    let mut why = asked.why();
    let sent = seen.fact.on;
    let posted = asked.book.calendar.add_working_days(sent, POST_WORKING_DAYS);
    let how = seen.text("how");
    let served = match how {
        Some("post") if asked.duty.rule.from_service => posted,
        _ => sent,
    };
    let last = |day: Date| asked.duty.rule.within.map_or(day, |within| within.end(day).last);
    why.day(sent, || format!("{} on {} (event {}).", asked.title(seen), words(sent), seen.fact.id));
    let end = floor_end(asked, trigger, seen, last(served));
    obligation.trigger.on = served;
    obligation.turns_on = NEVER;
    (obligation.closed_on, obligation.closed_as) = (end.0, end.1);
    let mut due = last(served);
    if how.is_none() && asked.duty.rule.from_service {
        let other_end = floor_end(asked, trigger, seen, last(posted));
        two_ends(&mut obligation, end, other_end);
        due = last(posted);
        why.line(|| {
            format!(
                "How it was sent is not recorded: by portal, email or hand it was \
        served on {}, by post on {}.",
                words(sent),
                words(posted)
            )
        });
    } else {
        why.day(served, || format!("Served on {} ({}).", words(served), how.unwrap_or("sent")));
        if let Some(within) = asked.duty.rule.within {
            why.day(due, || period_line(within, served, &within.end(served)));
        }
    }
    obligation.standing = obligation.standing_on(asked.question.as_at);
    if obligation.standing == Standing::Unclear {
        obligation.missing.push("how the draft plan was sent".to_owned());
    } else {
        asked.set_due(&mut obligation, due);
        floor_readings(asked, &mut obligation, due, last(sent));
        safe_line(asked, &obligation, &mut why);
        floor_line(&obligation, due, &mut why);
    }
    cite(asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

fn floor_line(obligation: &Obligation, due: Date, why: &mut Why) {
    let closed = obligation.closed_on;
    why.day(closed, || match obligation.closed_as {
        Standing::Broken => format!(
            "The final plan was sent on {}, not after {}: too early.",
            words(closed),
            words(due)
        ),
        Standing::Void => format!("It fell away on {}.", words(closed)),
        _ if closed <= due => format!(
            "The family had answered and agreed, so the final plan of {} was not too early.",
            words(closed)
        ),
        _ => format!("Kept from {}, the day after the last day.", words(closed)),
    });
}

fn floor_readings(asked: &Asked<'_>, obligation: &mut Obligation, due: Date, when_sent: Date) {
    for (reading, effect) in &asked.duty.rule.effects {
        match effect {
            Effect::TriggerDayNotCounted => other(obligation, reading, add_days(due, 1)),
            Effect::ServedWhenSent => other(obligation, reading, when_sent),
            _ => {}
        }
    }
}

/// The day on which a floor closes, and how, if its last day is `last`.
fn floor_end(asked: &Asked<'_>, trigger: usize, seen: &Seen<'_>, last: Date) -> (Date, Standing) {
    let rule = &asked.duty.rule;
    let mut agreed = false;
    for (_, later) in asked.view.span(trigger + 1, asked.scope_end(trigger, seen)) {
        let on = later.fact.on;
        if on > last {
            break;
        }
        if rule.unless.as_ref().is_some_and(|unless| later.matches(unless)) {
            agreed = true;
        } else if later.is_in(rule.broken_by) {
            return (on, if agreed { Standing::Met } else { Standing::Broken });
        } else if later.is_in(rule.void_by | rule.start_kinds) {
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
