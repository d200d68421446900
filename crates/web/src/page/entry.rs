//! An entry of the Local Offer as a form: its fields with their words, from what stands there, what
//! was proposed or what was typed.

use sendero_app::house::offer::keep::{FIELDS, Fields, Kind, TIMES};
use sendero_app::house::offer::{Status, built_in, facet_of, term_of};
use sendero_app::{KeptEntry, Tried};

use crate::session::Typed;
use crate::view::form::{Filled, Pick};
use crate::view::keep::TimeFields;
use crate::view::officer::Field;
use crate::words::word;

/// Days of the week in the letters of calendars.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What a form sent.
pub(super) fn typed_fields(typed: &Typed) -> Fields {
    typed.fields().clone()
}

/// A form that holds these fields.
pub(super) fn filled_with(fields: &Fields) -> Filled {
    fields.iter().fold(Filled::default(), |filled, (name, values)| {
        values.iter().fold(filled, |filled, value| filled.with(name, value))
    })
}

/// The fields of the whole form, in their order.
pub(super) fn whole_form(filled: &Filled) -> (Vec<Field>, Vec<TimeFields>) {
    let fields = FIELDS.iter().map(|(name, kind)| field(filled, name, *kind)).collect();
    // One time more than there are: a form of empty boxes is read by nobody.
    let used = (1..=TIMES).rev().find(|row| {
        let names = ["days", "opens", "closes", "times"].map(|part| format!("{part}{row}"));
        names.iter().any(|name| !filled.value(name).trim().is_empty())
    });
    let times = (1..=used.unwrap_or(0).saturating_add(1).min(TIMES)).map(|row| TimeFields {
        days: days(filled, &format!("days{row}")),
        rest: [
            time(filled, &format!("opens{row}"), "opens"),
            time(filled, &format!("closes{row}"), "closes"),
            Field::Text(filled.line(format!("times{row}"), label("times"), &hint("times"))),
        ],
    });
    (fields, times.collect())
}

/// Some of the fields alone.
pub(super) fn some_of_form(filled: &Filled, wanted: &Fields) -> Vec<Field> {
    let known = FIELDS.iter().filter(|(name, _)| wanted.contains_key(*name));
    let mut fields: Vec<Field> = known.map(|(name, kind)| field(filled, name, *kind)).collect();
    for row in 1..=TIMES {
        for part in ["days", "opens", "closes", "times"] {
            let name = format!("{part}{row}");
            if wanted.contains_key(&name) {
                fields.push(match part {
                    "days" => days(filled, &name),
                    "times" => Field::Text(filled.line(&name, label("times"), &hint("times"))),
                    _ => time(filled, &name, part),
                });
            }
        }
    }
    fields
}

fn label(name: &str) -> String {
    word("entry", name)
}

fn hint(name: &str) -> String {
    word("entry-hint", name)
}

fn field(filled: &Filled, name: &str, kind: Kind) -> Field {
    let (label, hint) = (label(name), hint(name));
    match kind {
        Kind::Line(_) => Field::Text(filled.line(name, label, &hint)),
        Kind::Lines(_) => Field::Text(filled.lines(name, label, &hint, 4)),
        Kind::Short => Field::Text(filled.short(name, &label, &hint)),
        Kind::Terms(taxonomy) => {
            let terms = terms_of(taxonomy);
            let list: Vec<(&str, &str)> =
                terms.iter().map(|(value, text)| (value.as_str(), text.as_str())).collect();
            Field::Choices(filled.any(name, label, &hint, &list))
        }
        Kind::Status => {
            let all =
                [Status::Active, Status::TemporarilyClosed, Status::Inactive, Status::Defunct];
            let said = all.map(|status| (status.word(), word("entry-status", status.word())));
            let list = said.each_ref().map(|(value, text)| (*value, text.as_str()));
            Field::Choices(filled.one(name, label, &hint, &list).drawn(Pick::One))
        }
    }
}

/// The words of one of our taxonomies, each with its name.
pub(super) fn terms_of(taxonomy: &str) -> Vec<(String, String)> {
    let terms = built_in().iter().flat_map(|taxonomy| &taxonomy.terms);
    terms
        .filter_map(|term| {
            let (of, word) = facet_of(&term.id)?.split_once('/')?;
            (of == taxonomy).then(|| (word.to_owned(), term.name.clone()))
        })
        .collect()
}

fn days(filled: &Filled, name: &str) -> Field {
    let said = DAYS.map(|day| (day, word("entry-day", day)));
    let list = said.each_ref().map(|(value, text)| (*value, text.as_str()));
    Field::Choices(filled.any(name, label("days"), "", &list))
}

fn time(filled: &Filled, name: &str, part: &str) -> Field {
    Field::Text(filled.short(name, &label(part), &hint(part)))
}

/// What a field holds, as a person reads it.
pub(super) fn said(name: &str, values: &[String]) -> String {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let kind = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let words: Vec<String> = match (kind, bare) {
        (Some(Kind::Terms(taxonomy)), _) => values
            .iter()
            .map(|value| {
                let term = term_of(&format!("{taxonomy}/{value}"));
                term.map_or_else(|| value.clone(), |term| term.name.clone())
            })
            .collect(),
        (Some(Kind::Status), _) => values.iter().map(|value| word("entry-status", value)).collect(),
        (None, "days") => values.iter().map(|value| word("entry-day", value)).collect(),
        _ => values.to_vec(),
    };
    words.join(", ")
}

/// The field in words, with the number of a time.
pub(super) fn name_of(name: &str) -> String {
    let bare = name.trim_end_matches(|c: char| c.is_ascii_digit());
    match name.strip_prefix(bare) {
        Some("") | None => label(bare),
        Some(number) => format!("{} ({number})", label(bare)),
    }
}

/// Addresses of an entry that lead nowhere.
pub(super) fn nowhere_of(entry: &KeptEntry) -> Vec<String> {
    let bad = entry.tried.iter().filter(|one| one.leads_nowhere());
    let still = bad.filter(|one| is_still(entry, one));
    still.map(|one| one.address.clone()).collect()
}

/// Whether the entry still has this address.
pub(super) fn is_still(entry: &KeptEntry, one: &Tried) -> bool {
    sendero_app::addresses_of(&entry.service).contains(&one.address.as_str())
}
