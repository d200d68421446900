//! A deadline: something to be done by a day, or as soon as practicable where the law has no number.

use super::{begin_line, cite, count, holidays_line, other_limits, readings, safe_line};
use crate::answer::Standing;
use crate::day::{Day, words};
use crate::evaluate::{Asked, other};
use crate::excuse;
use crate::limit::Worked;
use crate::line::{Counted, Depth, Joined, Tell, put};
use crate::outcome::Outcome;
use crate::places::Done;
use crate::rule::Decides;
use crate::search::{Found, Proof, Search};
use crate::view::Seen;

pub(crate) fn work_out<'a, T: Tell>(
    asked: &mut Asked<'a>,
    done: &[Done],
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    begin(asked, why);
    work_out_limit(asked, outcome, why);
    change_of_law(asked, outcome, why);
    let mut search = Search::new(asked);
    let (found, end) = search.run(done);
    if T::DEPTH > Depth::Days {
        taken_back(asked, search.conceded(end), outcome, why);
    }
    let excuse = match excuse::claimed(asked, outcome.due, why) {
        claim if excuse::holds(claim.as_ref()) => claim,
        claim => excuse::without_claim(asked, outcome.due, why).or(claim),
    };
    outcome.turns_into =
        if excuse::holds(excuse.as_ref()) { Standing::Excused } else { Standing::Overdue };
    if let Some(day) = excuse::another_day(asked, excuse.as_ref()) {
        asked.set_due(outcome, day);
        outcome.forget_readings();
        outcome.turns_into = Standing::Overdue;
        why.day(day, |to| {
            put!(to, "It sets another day in place of the limit: ", words(day), ".");
        });
    }
    let late = match found {
        Found::Open => outcome.due.is_some_and(|due| asked.view.as_at > due),
        Found::Done(on) => outcome.due.is_some_and(|due| on > due),
        _ => false,
    };
    settle(asked, (found, &search), outcome, why);
    leave_school(asked, outcome, why);
    let closed = outcome.closed_on <= asked.view.as_at;
    outcome.excuse = match outcome.closed_as {
        Standing::Met | Standing::Void if closed => None,
        _ => excuse,
    };
    outcome.standing = outcome.standing_on(asked.view.as_at);
    if late && outcome.standing != Standing::Void {
        let until = outcome.done_on.unwrap_or(asked.view.as_at);
        outcome.days_late = outcome.due.map(|due| due.until(until));
    }
    let more = T::DEPTH > Depth::Days;
    if more && outcome.standing == Standing::Overdue && outcome.excuse.is_none() {
        outcome.excuse = excuse::never_claimed(asked, outcome.due, why);
    }
    cite(asked, outcome, why);
}

/// The trigger, and the day on which it was served where that is what counts.
fn begin<T: Tell>(asked: &Asked<'_>, why: &mut T) {
    begin_line(asked, why);
    let shown = asked.rule.shown.as_ref().filter(|shown| asked.seen.is_in(&shown.by));
    if let Some(shown) = shown.filter(|shown| !asked.seen.is_in(&shown.itself)) {
        why.line(|to| to.push_str(&shown.why));
    }
    let served = asked.served;
    if served != asked.seen.on {
        why.day(served, |to| put!(to, "By post it counts as served on ", words(served), "."));
    }
}

/// Works out the last day, its other readings, and the lines that say how.
fn work_out_limit<'a, T: Tell>(asked: &Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    let start = asked.served;
    outcome.start = start;
    match asked.limit().map(|limit| count(asked, limit, start, why)) {
        Some(Worked::Day(ended)) => {
            asked.set_due(outcome, ended.last);
            holidays_line(asked, &ended, why);
            if asked.rule.practicable {
                why.line(|to| {
                    put!(
                        to,
                        "That is the outer limit: it must be done as soon as practicable before it."
                    );
                });
            }
            safe_line(asked, outcome, why);
            readings::<T>(asked, start, &ended, outcome);
        }
        Some(Worked::Unclear(missing)) => {
            why.line(|to| {
                put!(to, "The last day cannot be told: the record does not say ");
                put!(to, Joined(&missing, "; "), ".");
            });
            outcome.set_missing(missing);
        }
        Some(Worked::NoNumber) | None => why.line(|to| {
            let elapsed = asked.since.until(asked.view.as_at);
            put!(to, "The law gives no number of days: it must be done as soon as practicable.");
            if elapsed > 0 {
                put!(to, " ", Counted(elapsed, "day"), " had passed by ");
                put!(to, words(asked.view.as_at), ".");
            }
        }),
    }
    other_limits::<T>(asked, start, outcome);
    if let Some((_, _, reading)) = &asked.rule.guidance_for
        && (outcome.guided || asked.duty.force == "guidance")
    {
        why.line(|to| {
            put!(to, "For this body the limit is the Code of Practice's (guidance), not the ");
            put!(to, "regulation's (reading ", reading, ").");
        });
    }
}

/// A version of the rule that catches limits already running.
fn change_of_law<'a, T: Tell>(asked: &mut Asked<'a>, outcome: &mut Outcome<'a>, why: &mut T) {
    let Some(due) = outcome.due.filter(|_| asked.version.is_none()) else { return };
    let since = asked.since;
    let caught = asked
        .rule
        .versions
        .iter()
        .find(|version| version.decides == Decides::Running && version.touches(since, due));
    let Some(version) = caught else { return };
    asked.version = Some(version);
    why.day(version.from, |line| {
        put!(line, "From ", words(version.from));
        if let Some(to) = version.to {
            put!(line, " until ", words(to.plus(-1)));
        }
        put!(line, " another rule held, which this period touches.");
    });
    if version.limit.is_some() || version.no_number {
        (outcome.due, outcome.safe) = (None, None);
        outcome.forget_readings();
        work_out_limit(asked, outcome, why);
    }
}

/// A decision taken back without a direction: another reading by the Ombudsman's practice.
fn taken_back<'a, T: Tell>(
    asked: &Asked<'a>,
    conceded: Option<Day>,
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    let (Some(on), Some(practice)) = (conceded, &asked.rule.conceded) else { return };
    let due = on.plus(practice.weeks * 7);
    other(outcome, &practice.reading, due);
    why.day(on, |to| {
        put!(to, "The decision was taken back on ", words(on), " without a direction of the ");
        put!(to, "Tribunal, so the limit still runs from the first request; by the Ombudsman's ");
        put!(to, "practice it would be ", Counted(practice.weeks, "week"), " from that day, ");
        put!(to, words(due), ".");
    });
}

/// Turns what was found into days of change.
fn settle<T: Tell>(
    asked: &Asked<'_>,
    (found, search): (Found<'_>, &Search<'_>),
    outcome: &mut Outcome<'_>,
    why: &mut T,
) {
    let turns = outcome.due.map_or(Day::NEVER, |due| due.plus(1));
    let unclear = outcome.lacks();
    if unclear {
        outcome.opens_as = Standing::Unclear;
    }
    match found {
        Found::Done(on) => {
            outcome.turns_on = turns;
            outcome.done_on = Some(on);
            outcome.closed_on = on;
            done(asked, on, unclear, outcome, why);
        }
        Found::Void { by, because } => {
            let on = by.on.max(asked.since);
            outcome.turns_on = turns;
            outcome.closed_on = on;
            outcome.closed_as = Standing::Void;
            outcome.set_missing(Vec::new());
            why.day(on, |to| {
                put!(to, asked.title(by), " on ", words(on), ": ", because, ".");
            });
        }
        Found::Implied { by, proof } => {
            let settled =
                proof.filter(|_| !unclear).is_some_and(|proof| proved(asked, proof, outcome, why));
            if !settled {
                implied(asked, (by, proof), search, outcome, why);
            }
        }
        Found::Open => {
            outcome.turns_on = turns;
            why.line(|to| {
                match outcome.due {
                    Some(due) if asked.view.as_at > due => {
                        put!(to, "Still open on ", words(asked.view.as_at), ", ");
                        put!(
                            to,
                            Counted(due.until(asked.view.as_at), "day"),
                            " past the last day: "
                        );
                    }
                    _ => put!(to, "Still to come by ", words(asked.view.as_at), ": "),
                }
                put!(to, Joined(&search.missing(), "; "), ".");
            });
        }
    }
}

/// It ends with compulsory school age, where it is owed to children of that age alone.
fn leave_school<T: Tell>(asked: &Asked<'_>, outcome: &mut Outcome<'_>, why: &mut T) {
    let ages = asked.view.school_ages(asked.rule);
    let Some((_, after)) = ages.filter(|(_, after)| *after <= outcome.closed_on) else { return };
    (outcome.closed_on, outcome.closed_as, outcome.done_on) = (after, Standing::Void, None);
    outcome.outgrown = true;
    if after <= asked.view.as_at {
        outcome.set_missing(Vec::new());
    }
    why.day(after, |to| {
        put!(to, "Compulsory school age ends on ", words(after.plus(-1)), "; after it this ");
        put!(to, "is no longer owed.");
    });
}

/// Whether the days tell if it was in time, though nobody recorded when it was done: in time where the
/// step that proves it came by the last day, late where a part of it, or what must come first, did not.
fn proved<T: Tell>(
    asked: &Asked<'_>,
    proof: Proof<'_>,
    outcome: &mut Outcome<'_>,
    why: &mut T,
) -> bool {
    let Some(due) = outcome.due else { return false };
    let on = proof.by.on.max(asked.since);
    let late = proof.needs.filter(|needs| needs.on > due);
    if late.is_none() && on > due {
        return false;
    }
    outcome.turns_on = due.plus(1);
    outcome.done_by = Some(on);
    outcome.closed_on = on;
    outcome.closed_as = if late.is_some() { Standing::MetLate } else { Standing::Met };
    outcome.days_late = late.map(|needs| due.until(needs.on));
    why.day(on, |to| {
        put!(to, "The record does not say on which day this was done. ", asked.title(proof.by));
        put!(to, " on ", words(proof.by.on), ", which comes after it");
        match late {
            Some(needs) => {
                put!(to, ". Without this it was not done: ", asked.title(needs), " on ");
                put!(to, words(needs.on), ", past the last day. So it was at least ");
                put!(to, Counted(due.until(needs.on), "day"), " late.");
            }
            None => put!(to, ". So it was done by then, in time."),
        }
    });
    true
}

/// A later step speaks for its having been done, and the days do not tell whether that was in time.
fn implied<T: Tell>(
    asked: &Asked<'_>,
    (by, proof): (&Seen<'_>, Option<Proof<'_>>),
    search: &Search<'_>,
    outcome: &mut Outcome<'_>,
    why: &mut T,
) {
    outcome.opens_as = Standing::Unclear;
    if T::DEPTH == Depth::Days {
        return;
    }
    let missing = search.missing();
    let by = proof.map_or(by, |proof| proof.by);
    why.day(by.on, |to| {
        put!(to, asked.title(by), " on ", words(by.on), ", which ");
        match proof {
            Some(_) => put!(to, "shows that this must have been done by then; "),
            None => put!(to, "does not settle whether this was done before; "),
        }
        put!(to, "the record does not say: ", Joined(&missing, "; "), ".");
    });
    outcome.more().missing.extend(missing);
}

/// How it closed: in time, late, or on a day of which nobody can tell whether it was late.
fn done<T: Tell>(
    asked: &Asked<'_>,
    on: Day,
    unclear: bool,
    outcome: &mut Outcome<'_>,
    why: &mut T,
) {
    let late = match outcome.due {
        Some(due) => on > due,
        None => decided_before(asked, on),
    };
    outcome.closed_as = match (unclear, late) {
        (true, _) => Standing::Unclear,
        (false, true) => Standing::MetLate,
        (false, false) => Standing::Met,
    };
    why.day(on, |to| {
        put!(to, "Done on ", words(on));
        match (late, outcome.due) {
            (true, Some(due)) => put!(to, ", ", Counted(due.until(on), "day"), " late."),
            (true, None) => put!(to, ", after the decision that it should come before."),
            (false, _) => put!(to, "."),
        }
    });
}

/// Whether a step that this duty should come before was taken on an earlier day than `done`.
fn decided_before(asked: &Asked<'_>, done: Day) -> bool {
    asked.steps(&asked.rule.roles.before).any(|(_, later)| later.on < done)
}
