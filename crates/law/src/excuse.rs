//! Exceptions: what was claimed, what the dates say of it, and what nobody claimed. A claim helps
//! while nothing on the record disproves its conditions; the words of judgement stay with people.

use crate::answer::ExcuseState;
use crate::day::{Day, words};
use crate::evaluate::Asked;
use crate::line::{Tell, put};
use crate::outcome::Claim;
use crate::rule::Rule;
use crate::rulebook::{Ground, GroundTest, Outcome};
use crate::view::Seen;

/// Four weeks: the least that a closure must last.
const FOUR_WEEKS: i32 = 28;
/// The window for asking a closed school runs a week before the closure, both days in.
pub(crate) const WINDOW_LEAD: i32 = 7;

/// Whether an exception lifts the number.
pub(crate) fn holds(excuse: Option<&Claim<'_>>) -> bool {
    excuse.is_some_and(|excuse| excuse.state == ExcuseState::Claimed)
}

/// The best of the claims made for this duty in this round, each with its line.
pub(crate) fn claimed<'a, T: Tell>(
    asked: &Asked<'a>,
    due: Option<Day>,
    why: &mut T,
) -> Option<Claim<'a>> {
    let mut best: Option<Claim<'a>> = None;
    if !asked.view.has_claim(&asked.duty.id) {
        return None;
    }
    for claim in round(asked, asked.book.told.relied_on) {
        let Some(ground) = claim.text("ground") else { continue };
        let about_other_body =
            claim.text("from").is_some_and(|body| Some(body) != asked.seen.text("from"));
        if claim.text("duty") != Some(asked.duty.id.as_str()) || about_other_body {
            continue;
        }
        let verdict = test(asked, due, ground);
        let state = match &verdict {
            Ok(_) => ExcuseState::Claimed,
            Err(_) => ExcuseState::ConditionsNotMet,
        };
        why.day(claim.on, |to| {
            let title = asked.book.ground(ground).map_or(ground, |ground| &ground.title);
            put!(to, "Exception relied on, on ", words(claim.on), ": ", title, ". ");
            match &verdict {
                Ok(reason) => put!(
                    to,
                    reason,
                    " It lifts the number; acting as soon as practicable stays. Whether it made \
                     the limit impractical is for the authority to show."
                ),
                Err(reason) => {
                    put!(to, reason, " The conditions are not met, so the limit stands.");
                }
            }
        });
        let better = match &best {
            None => true,
            Some(held) if held.state == state => goes_before(asked, ground, held.ground),
            Some(held) => held.state != ExcuseState::Claimed && state == ExcuseState::Claimed,
        };
        if better {
            best = Some(Claim { ground, by: claim, state });
        }
    }
    best
}

fn goes_before(asked: &Asked<'_>, one: &str, other: &str) -> bool {
    asked.book.ground(one).is_some_and(|ground| ground.over.iter().any(|over| over == other))
}

/// The day that a claim sets in place of the limit, where its ground does that and it says which.
pub(crate) fn another_day(asked: &Asked<'_>, excuse: Option<&Claim<'_>>) -> Option<Day> {
    let excuse = excuse.filter(|excuse| excuse.state == ExcuseState::Claimed)?;
    asked.book.ground(excuse.ground).filter(|ground| ground.outcome == Outcome::AnotherDay)?;
    excuse.by.date("until")
}

/// A circumstance on the record that would lift the number, had anybody relied on it.
pub(crate) fn never_claimed<'a, T: Tell>(
    asked: &Asked<'a>,
    due: Option<Day>,
    why: &mut T,
) -> Option<Claim<'a>> {
    let due = due?;
    for ground in asked.lifting() {
        if let Some(fact) = shown(asked, ground, due, |absence| absence.date("to").is_some()) {
            why.day(fact.on, |to| {
                put!(
                    to,
                    "The record shows a circumstance that could be relied on (",
                    ground.title,
                    "), but nobody has relied on it."
                );
            });
            let state = ExcuseState::NeverClaimed;
            return Some(Claim { ground: &ground.id, by: fact, state });
        }
    }
    None
}

/// A circumstance on the record that lifts the number by itself, where the rulebook knows such.
pub(crate) fn without_claim<'a, T: Tell>(
    asked: &Asked<'a>,
    due: Option<Day>,
    why: &mut T,
) -> Option<Claim<'a>> {
    let due = due.filter(|_| asked.book.told.without_claim)?;
    let found = asked
        .lifting()
        .filter(|ground| ground.without_claim)
        .find_map(|ground| shown(asked, ground, due, |_| true).map(|fact| (ground, fact)));
    let (ground, fact) = found?;
    why.day(fact.on, |to| {
        put!(to, "The record shows a circumstance that lifts the number (", ground.title, ").");
    });
    Some(Claim { ground: &ground.id, by: fact, state: ExcuseState::Claimed })
}

/// The fact that shows the circumstance of a ground; of absences only those that `counts`.
fn shown<'a>(
    asked: &Asked<'a>,
    ground: &'a Ground,
    due: Day,
    counts: impl Fn(&Seen<'_>) -> bool,
) -> Option<&'a Seen<'a>> {
    match ground.test {
        GroundTest::Closure => asking_in_window(asked, ground),
        GroundTest::Absence => absences(asked, ground)
            .find(|absence| counts(absence) && away_enough(asked, ground, absence, due)),
        GroundTest::Appointment => {
            appointments(asked).find(|missed| missed_here(missed, asked.seen, due))
        }
        GroundTest::Judgement => None,
    }
}

/// What the dates say of a claim: why it is not disproved, or what fails.
fn test(asked: &Asked<'_>, due: Option<Day>, ground: &str) -> Result<String, String> {
    let Some(due) = due else {
        return Err("This duty has no number to lift.".to_owned());
    };
    let Some(ground) = asked.lifting().find(|lifting| lifting.id == ground) else {
        return Err("The law does not know this ground for this duty.".to_owned());
    };
    match ground.test {
        GroundTest::Judgement => Ok("No date can disprove it.".to_owned()),
        GroundTest::Closure => closure(asked, ground),
        GroundTest::Absence => {
            let mut recorded = absences(asked, ground).peekable();
            if recorded.peek().is_none() {
                return Ok("No absence is recorded, so nothing disproves it.".to_owned());
            }
            recorded
                .find(|absence| away_enough(asked, ground, absence, due))
                .map(|absence| {
                    format!(
                        "Away from {} for at least {} days inside the period.",
                        words(absence.date("from").unwrap_or(absence.on)),
                        absence_days(asked.rule, ground)
                    )
                })
                .ok_or_else(|| {
                    let days = absence_days(asked.rule, ground);
                    format!("No recorded absence has {days} days inside the period.")
                })
        }
        GroundTest::Appointment => {
            let mut recorded = appointments(asked).peekable();
            if recorded.peek().is_none() {
                return Ok("No missed appointment is recorded, so nothing disproves it.".to_owned());
            }
            recorded
                .find(|missed| missed_here(missed, asked.seen, due))
                .map(|missed| {
                    format!("An appointment with this body was missed on {}.", words(missed.on))
                })
                .ok_or_else(|| {
                    "No appointment with this body was missed inside the period.".to_owned()
                })
        }
    }
}

/// The facts of one kind in the round, from the day of the trigger on.
fn round<'a>(asked: &Asked<'a>, kind: Option<u16>) -> impl Iterator<Item = &'a Seen<'a>> {
    let (from, to) = asked.view.round_span(asked.seen.round);
    let since = asked.since;
    asked.view.of_one(kind, from, to).filter(move |later| later.on >= since)
}

fn closure(asked: &Asked<'_>, ground: &Ground) -> Result<String, String> {
    let mut asks = asks(asked, ground).peekable();
    if asks.peek().is_none() {
        return Err(
            "It was not asked for advice or information, and asking is a condition.".to_owned()
        );
    }
    if asked.view.case.closures.is_empty() {
        return Ok(
            "It was asked; when it was closed is not given, so nothing disproves it.".to_owned()
        );
    }
    if !long_closures(asked, ground).any(|_| true) {
        return Err(format!("No closure lasted {} days.", closed_days(ground)));
    }
    match asking_in_window(asked, ground) {
        Some(ask) => Ok(format!(
            "It was asked on {}, inside the window of a closure of at least {} days.",
            words(ask.on),
            closed_days(ground)
        )),
        None => Err("It was asked outside the window, which runs from 7 days before the first \
        closed day to 7 days before it opens again."
            .to_owned()),
    }
}

fn asks<'a>(asked: &Asked<'a>, ground: &'a Ground) -> impl Iterator<Item = &'a Seen<'a>> {
    round(asked, asked.book.told.advice_requested)
        .chain(round(asked, asked.book.told.information_requested))
        .filter(|ask| {
            ask.text("from").is_some_and(|body| ground.asked_of.iter().any(|of| of == body))
        })
}

fn asking_in_window<'a>(asked: &Asked<'a>, ground: &'a Ground) -> Option<&'a Seen<'a>> {
    asks(asked, ground)
        .find(|ask| long_closures(asked, ground).any(|(from, to)| in_window(ask.on, from, to)))
}

fn in_window(ask: Day, from: Day, to: Day) -> bool {
    from.plus(-WINDOW_LEAD) <= ask && ask <= to.plus(-WINDOW_LEAD)
}

/// The least days that a closure must last.
pub(crate) fn closed_days(ground: &Ground) -> i32 {
    ground.days.unwrap_or(FOUR_WEEKS)
}

/// The least days that an absence must have inside the period.
pub(crate) fn absence_days(rule: &Rule, ground: &Ground) -> i32 {
    ground.days.unwrap_or(rule.absence_days)
}

/// The closures that lasted long enough: first closed day, and the day it opened again.
fn long_closures(asked: &Asked<'_>, ground: &Ground) -> impl Iterator<Item = (Day, Day)> {
    let least = closed_days(ground);
    asked
        .view
        .case
        .closures
        .iter()
        .map(|closure| (Day::from(closure.from), Day::from(closure.to)))
        .filter(move |(from, to)| from.until(*to) >= least)
}

/// Absences that touch the round at all, whenever they began.
fn absences<'a>(asked: &Asked<'a>, ground: &Ground) -> impl Iterator<Item = &'a Seen<'a>> {
    let (_, end) = asked.view.round_span(asked.seen.round);
    let since = asked.since;
    asked
        .view
        .of_one(ground.shown_by.or(asked.book.told.absent), 0, end)
        .filter(move |fact| fact.date("to").is_none_or(|to| to > since))
}

/// Whether an absence has days enough between the trigger and the last day. One whose end is not
/// recorded may still have them.
fn away_enough(asked: &Asked<'_>, ground: &Ground, absence: &Seen<'_>, due: Day) -> bool {
    let after = due.plus(1);
    let from = absence.date("from").unwrap_or(absence.on).max(asked.since);
    let to = absence.date("to").unwrap_or(after).min(after);
    from.until(to) >= absence_days(asked.rule, ground)
}

fn appointments<'a>(asked: &Asked<'a>) -> impl Iterator<Item = &'a Seen<'a>> {
    round(asked, asked.book.told.appointment_missed)
}

fn missed_here(missed: &Seen<'_>, seen: &Seen<'_>, due: Day) -> bool {
    missed.text("with") == seen.text("from") && missed.on <= due
}
