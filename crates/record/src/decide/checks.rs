//! What holds for every command: days that can be meant, and words that fit their field.
//! Nothing here asks whether an act was lawful; only whether it can be.

use jiff::civil::Date;

use super::Deciding;
use crate::event::Event;
use crate::ids::Name;
use crate::limits::{NAME_LETTERS_MAX, SECTION_LETTERS_MAX, WORDS_LETTERS_MAX};
use crate::plan::{PlanText, Section};
use crate::refusal::Refusal;
use crate::words::Channel;

/// The words of a field that must be filled.
pub(super) fn words(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = optional(field, text)?;
    if text.is_empty() { Err(Refusal::Empty { field }) } else { Ok(text) }
}

/// The words of a field that may be empty.
pub(super) fn optional(field: &'static str, text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > WORDS_LETTERS_MAX {
        return Err(Refusal::TooLong { field, max: WORDS_LETTERS_MAX });
    }
    Ok(text.to_owned())
}

/// The earliest day that any fact of a living record can bear, and the latest for a planned one.
const EARLIEST: Date = jiff::civil::date(1990, 1, 1);
const LATEST: Date = jiff::civil::date(2100, 12, 31);

/// Refuses a day on which the event cannot have happened. Only a move may lie ahead.
pub(super) fn day_fits(
    with: Deciding<'_>,
    event: &Event,
    on: Date,
    known_on: Date,
) -> Result<(), Refusal> {
    for day in [on, known_on] {
        if !(EARLIEST..=LATEST).contains(&day) {
            return Err(Refusal::CannotBeMeant { on: day });
        }
    }
    if known_on > with.today {
        return Err(Refusal::NotYet { on: known_on });
    }
    let may_lie_ahead = matches!(event, Event::MovedArea(_));
    if on > with.today && !may_lie_ahead {
        return Err(Refusal::NotYet { on });
    }
    let registered = match event {
        Event::ChildRegistered(registered) => Some(registered),
        _ => with.record.registered(),
    };
    if let Some(born) = registered.and_then(|registered| registered.born) {
        if born > with.today {
            return Err(Refusal::NotYet { on: born });
        }
        if on < born && event.fact_fields().is_some() {
            return Err(Refusal::BeforeBirth { on });
        }
    }
    let told = match event {
        Event::PlanTransferred(passed) => [passed.last_reviewed, passed.made_on],
        _ => [None, None],
    };
    // What is told of a plan's past lies before it came.
    if let Some(late) = told.into_iter().flatten().find(|day| *day > on) {
        return Err(Refusal::Reversed { from: late, to: on });
    }
    let span = match event {
        Event::ChildAbsent(away) => Some((away.from, away.to)),
        Event::ClosureNoted(closed) => Some((closed.from, closed.to)),
        _ => None,
    };
    match span {
        Some((from, to)) if to <= from => Err(Refusal::Reversed { from, to }),
        Some((from, to)) if from < EARLIEST || to > LATEST => {
            Err(Refusal::CannotBeMeant { on: if from < EARLIEST { from } else { to } })
        }
        _ => Ok(()),
    }
}

/// Refuses words and names that are longer than they can be.
pub(super) fn letters_fit(event: &Event) -> Result<(), Refusal> {
    let name_fits = |name: &Name| {
        if name.full().chars().count() > NAME_LETTERS_MAX {
            Err(Refusal::TooLong { field: "name", max: NAME_LETTERS_MAX })
        } else if name.given.is_empty() && name.family.is_empty() {
            Err(Refusal::Empty { field: "name" })
        } else {
            Ok(())
        }
    };
    match event {
        Event::ChildRegistered(registered) => name_fits(&registered.name),
        Event::PersonTied(tied) => name_fits(&tied.name),
        Event::AskerNamed(asker) => name_fits(&asker.name),
        Event::OwnWordsGiven(given) => words("words", &given.words).map(drop),
        Event::Told(told) => words("words", &told.words).map(drop),
        Event::NeedNoted(need) => words("words", &need.words).map(drop),
        Event::MessageWritten(message) => words("words", &message.words).map(drop),
        Event::CallNoted(call) => {
            words("with", &call.with)?;
            words("words", &call.words).map(drop)
        }
        Event::OutOfEducation(out) => optional("words", &out.words).map(drop),
        Event::RepresentationsMade(said) => optional("words", &said.words).map(drop),
        _ if event.plan().is_none() && event.content().len() > 16 * WORDS_LETTERS_MAX => {
            Err(Refusal::TooLong { field: "words", max: WORDS_LETTERS_MAX })
        }
        _ => event.plan().map_or(Ok(()), sections_fit),
    }
}

pub(super) fn sections_fit(plan: &PlanText) -> Result<(), Refusal> {
    let too_long = |section: &Section| plan.section(*section).chars().count() > SECTION_LETTERS_MAX;
    if Section::ALL.iter().any(too_long) {
        return Err(Refusal::TooLong { field: "section", max: SECTION_LETTERS_MAX });
    }
    Ok(())
}

/// Refuses a notice that is said to have been served by talking.
pub(super) fn served(event: &Event) -> Result<(), Refusal> {
    match event.how() {
        Some(Channel::Phone | Channel::InPerson) => Err(Refusal::NotServed),
        _ => Ok(()),
    }
}

/// Refuses a claim about a duty that no rulebook knows: a slip, of which the law could say nothing.
/// Whether the duty binds in this case is not asked of what has happened.
pub(super) fn duty_is_known(with: Deciding<'_>, event: &Event) -> Result<(), Refusal> {
    match event {
        Event::ExceptionReliedOn(claim) if with.rulebook.duty(&claim.duty).is_none() => {
            Err(Refusal::DutyNotHere { duty: claim.duty.clone() })
        }
        _ => Ok(()),
    }
}
