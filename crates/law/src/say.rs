//! Sentences for families and officers, filled from the rulebook's own templates. No wording lives
//! here: only which template fits, and what its placeholders stand for.

use crate::answer::{Obligation, Standing};
use crate::day::short;
use crate::rulebook::Rulebook;

/// The states that have a template.
pub(crate) const STATES: [&str; 11] = [
    "pending",
    "pending-no-date",
    "met",
    "met-late",
    "overdue",
    "excused",
    "void",
    "unclear",
    "continuing",
    "broken",
    "standing",
];

/// What a duty may say in general: what it asks, what ends it, and what can be done now.
pub(crate) const GENERAL: [&str; 3] = ["rule", "ends", "now"];

/// What a template may leave open.
pub(crate) const HOLES: [&str; 11] = [
    "owner",
    "title",
    "due",
    "due_safe",
    "days_late",
    "done_on",
    "body",
    "adviser",
    "trigger_on",
    "missing",
    "keeps",
];

/// What stands in place of a day and of a number that are not known to the day.
#[derive(Clone, Debug, Default)]
pub(crate) struct Phrases {
    /// Round the day by which it was done.
    pub(crate) done_by: String,
    /// Round the least number of days.
    pub(crate) at_least: String,
}

/// Who is spoken to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// The parent or young person.
    Parent,
    /// The authority's officer.
    Officer,
}

/// One sentence on where an obligation stands.
#[must_use]
pub fn say(book: &Rulebook, obligation: &Obligation, voice: Voice) -> String {
    let state = match (obligation.standing, obligation.due) {
        (Standing::Pending, None) => "pending-no-date",
        (standing, _) => standing.word(),
    };
    let duty = book.duty(&obligation.duty);
    let [parent, officer] = &book.words;
    let own = match voice {
        Voice::Parent => duty.and_then(|duty| duty.say.get(state)),
        Voice::Officer => None,
    };
    let shared = match voice {
        Voice::Parent => parent,
        Voice::Officer => officer,
    };
    // "0 days late" and "no fixed day" never reach a reader: without its number or its day the plain
    // words are used. A floor that was kept was done on no day; its time is over, which the words
    // for that say.
    let fits = |text: &&String| {
        (obligation.days_late.is_some() || !text.contains("{days_late}"))
            && (obligation.done_on.or(obligation.done_by).is_some() || !text.contains("{done_on}"))
            && (obligation.due.is_some() || !text.contains("{due}"))
    };
    let template = own
        .filter(fits)
        .or_else(|| shared.get(state).filter(|text| state != "met" || fits(text)))
        .or_else(|| shared.get("void"));
    template.map_or_else(String::new, |text| capital(&fill(book, obligation, text)))
}

fn fill(book: &Rulebook, obligation: &Obligation, template: &str) -> String {
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((hole, after)) = after.split_once('}') else { break };
        out.push_str(&value(book, obligation, hole));
        rest = after;
        // "1 days late" reads badly, so the word after a single day loses its s.
        if hole == "days_late"
            && obligation.days_late == Some(1)
            && let Some(after) = rest.strip_prefix(" days")
        {
            out.push_str(" day");
            rest = after;
        }
    }
    out.push_str(rest);
    out
}

fn value(book: &Rulebook, obligation: &Obligation, hole: &str) -> String {
    let duty = book.duty(&obligation.duty);
    let day = |date: Option<crate::Date>| {
        date.map_or_else(|| "no fixed day".to_owned(), |date| short(date).to_string())
    };
    match hole {
        "owner" => duty
            .and_then(|duty| book.party(&duty.owner))
            .map_or_else(String::new, |party| party.words.clone()),
        "title" => duty.map_or_else(String::new, |duty| duty.title.clone()),
        "due" => day(obligation.due),
        "due_safe" => day(obligation.due_safe),
        "done_on" => match obligation.done_by {
            Some(by) => book.phrases.done_by.replace("{done_on}", &day(Some(by))),
            None => day(obligation.done_on),
        },
        "trigger_on" => day(Some(obligation.trigger.on)),
        "keeps" => day(obligation.keeps.as_ref().map(|keeps| keeps.day)),
        "days_late" => {
            let days = obligation.days_late.unwrap_or(0).to_string();
            if obligation.late_at_least() {
                book.phrases.at_least.replace("{days_late}", &days)
            } else {
                days
            }
        }
        "body" => obligation
            .trigger
            .body
            .as_deref()
            .and_then(|id| book.body(id))
            .map_or_else(|| "the body that was asked".to_owned(), |body| body.words.clone()),
        "adviser" => obligation.trigger.adviser.clone().unwrap_or_else(|| "the adviser".to_owned()),
        "missing" => obligation.missing.join("; "),
        _ => String::new(),
    }
}

pub(crate) fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The names inside braces.
pub(crate) fn holes(template: &str) -> Vec<&str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(hole, _)| hole))
        .collect()
}
