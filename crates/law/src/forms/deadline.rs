//! A deadline: something to be done by a day, or as soon as practicable where the law has no number.

use jiff::civil::Date;

use super::{cite, count, holidays_line, other_limits, readings, safe_line};
use crate::NEVER;
use crate::answer::{Obligation, Standing};
use crate::day::{add_days, between, count as count_of, words};
use crate::evaluate::{Asked, Why, other};
use crate::excuse;
use crate::limit::Worked;
use crate::rule::Decides;
use crate::search::{Found, Search};

pub(crate) fn work_out(mut asked: Asked<'_>) -> Obligation {
    let mut obligation = asked.blank();
    let mut why = asked.why();
    begin(&asked, &mut why);
    work_out_limit(&asked, &mut obligation, &mut why);
    change_of_law(&mut asked, &mut obligation, &mut why);
    let (found, conceded) = Search::new(&asked).run();
    taken_back(&asked, conceded, &mut obligation, &mut why);
    let excuse = excuse::claimed(&asked, obligation.due, &mut why);
    obligation.turns_into =
        if excuse::holds(excuse.as_ref()) { Standing::Excused } else { Standing::Overdue };
    if let Some(day) = excuse::another_day(&asked, excuse.as_ref()) {
        asked.set_due(&mut obligation, day);
        obligation.other_readings.clear();
        obligation.turns_into = Standing::Overdue;
        why.day(day, || said!("It sets another day in place of the limit: {}.", words(day)));
    }
    let late = match &found {
        Found::Open { .. } => obligation.due.is_some_and(|due| asked.question.as_at > due),
        Found::Done(on) => obligation.due.is_some_and(|due| *on > due),
        _ => false,
    };
    settle(&asked, found, &mut obligation, &mut why);
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
        obligation.excuse = excuse::never_claimed(&asked, obligation.due, &mut why);
    }
    cite(&asked, &obligation, &mut why);
    obligation.why = why.steps;
    obligation
}

/// The trigger, and the day on which it was served where that is what counts.
fn begin(asked: &Asked<'_>, why: &mut Why) {
    let seen = asked.seen;
    why.day(seen.fact.on, || {
        said!("{} on {} (event {}).", asked.title(seen), words(seen.fact.on), seen.fact.id)
    });
    let served = asked.served();
    if served != seen.fact.on {
        why.day(served, || said!("By post it counts as served on {}.", words(served)));
    }
}

/// Works out the last day, its other readings, and the lines that say how.
fn work_out_limit(asked: &Asked<'_>, obligation: &mut Obligation, why: &mut Why) {
    let start = asked.served();
    obligation.trigger.on = start;
    let worked = asked.limit().map(|limit| count(asked, limit, start, why));
    match worked {
        Some(Worked::Day(ended)) => {
            asked.set_due(obligation, ended.last);
            holidays_line(asked, &ended, why);
            if asked.rule.practicable {
                why.line(|| {
                    "That is the outer limit: it must be done as soon as practicable before it."
                        .to_owned()
                });
            }
            safe_line(asked, obligation, why);
            readings(asked, start, &ended, obligation);
        }
        Some(Worked::Unclear(missing)) => {
            why.line(|| {
                said!(
                    "The last day cannot be told: the record does not say {}.",
                    missing.join("; ")
                )
            });
            obligation.missing = missing;
        }
        Some(Worked::NoNumber) | None => {
            let elapsed = between(asked.since, asked.question.as_at);
            why.line(|| {
                let passed =
                    if elapsed == 1 { "1 day had".to_owned() } else { said!("{elapsed} days had") };
                said!(
                    "The law gives no number of days: it must be done as soon as practicable. \
                     {passed} passed by {}.",
                    words(asked.question.as_at)
                )
            });
        }
    }
    other_limits(asked, start, obligation);
    if let Some((_, _, reading)) = &asked.rule.guidance_for
        && obligation.force == "guidance"
    {
        why.line(|| {
            said!(
                "For this body the limit is the Code of Practice's (guidance), not the \
                 regulation's (reading {reading})."
            )
        });
    }
}

/// A version of the rule that catches limits already running.
fn change_of_law(asked: &mut Asked<'_>, obligation: &mut Obligation, why: &mut Why) {
    let Some(due) = obligation.due.filter(|_| asked.version.is_none()) else { return };
    let since = asked.since;
    let caught = asked
        .rule
        .versions
        .iter()
        .find(|version| version.decides == Decides::Running && version.touches(since, due));
    let Some(version) = caught else { return };
    asked.version = Some(version);
    why.day(version.from, || {
        let to =
            version.to.map_or_else(String::new, |to| said!(" until {}", words(add_days(to, -1))));
        said!("From {}{to} another rule held, which this period touches.", words(version.from))
    });
    if version.limit.is_some() || version.no_number {
        (obligation.due, obligation.due_safe) = (None, None);
        obligation.other_readings.clear();
        work_out_limit(asked, obligation, why);
    }
}

/// A decision taken back without a direction: another reading by the Ombudsman's practice.
fn taken_back(
    asked: &Asked<'_>,
    conceded: Option<Date>,
    obligation: &mut Obligation,
    why: &mut Why,
) {
    let (Some(on), Some(practice)) = (conceded, &asked.rule.conceded) else { return };
    let due = add_days(on, practice.weeks * 7);
    other(obligation, &practice.reading, due);
    why.day(on, || {
        said!(
            "The decision was taken back on {} without a direction of the Tribunal, so the limit \
             still runs from the first request; by the Ombudsman's practice it would be {} from \
             that day, {}.",
            words(on),
            count_of(practice.weeks, "week"),
            words(due)
        )
    });
}

/// Turns what was found into days of change.
fn settle(asked: &Asked<'_>, found: Found<'_>, obligation: &mut Obligation, why: &mut Why) {
    let turns = obligation.due.map_or(NEVER, |due| add_days(due, 1));
    let unclear = !obligation.missing.is_empty();
    if unclear {
        obligation.opens_as = Standing::Unclear;
    }
    match found {
        Found::Done(on) => {
            obligation.turns_on = turns;
            obligation.done_on = Some(on);
            obligation.closed_on = on;
            done(asked, on, unclear, obligation, why);
        }
        Found::Void { by, because } => {
            let on = by.fact.on.max(asked.since);
            obligation.turns_on = turns;
            obligation.closed_on = on;
            obligation.closed_as = Standing::Void;
            obligation.missing.clear();
            why.day(on, || said!("{} on {}: {because}.", asked.title(by), words(on)));
        }
        Found::Implied { by, missing } => {
            obligation.opens_as = Standing::Unclear;
            why.day(by.fact.on, || {
                said!(
                    "{} on {}, which shows that this must have been done; the record does not say: {}.",
                    asked.title(by),
                    words(by.fact.on),
                    missing.join("; ")
                )
            });
            obligation.missing.extend(missing);
        }
        Found::Open { missing } => {
            obligation.turns_on = turns;
            why.line(|| match obligation.due {
                Some(due) if asked.question.as_at > due => said!(
                    "Still open on {}, {} past the last day: {}.",
                    words(asked.question.as_at),
                    count_of(between(due, asked.question.as_at), "day"),
                    missing.join("; ")
                ),
                _ => said!(
                    "Still to come by {}: {}.",
                    words(asked.question.as_at),
                    missing.join("; ")
                ),
            });
        }
    }
}

/// How it closed: in time, late, or on a day of which nobody can tell whether it was late.
fn done(asked: &Asked<'_>, on: Date, unclear: bool, obligation: &mut Obligation, why: &mut Why) {
    let late = match obligation.due {
        Some(due) => on > due,
        None => decided_before(asked, on),
    };
    obligation.closed_as = match (unclear, late) {
        (true, _) => Standing::Unclear,
        (false, true) => Standing::MetLate,
        (false, false) => Standing::Met,
    };
    why.day(on, || match (late, obligation.due) {
        (true, Some(due)) => {
            said!("Done on {}, {} late.", words(on), count_of(between(due, on), "day"))
        }
        (true, None) => {
            said!("Done on {}, after the decision that it should come before.", words(on))
        }
        (false, _) => said!("Done on {}.", words(on)),
    });
}

/// Whether a step that this duty should come before was taken on an earlier day than `done`.
fn decided_before(asked: &Asked<'_>, done: Date) -> bool {
    asked.telling().any(|later| later.is_in(&asked.rule.before) && later.fact.on < done)
}
