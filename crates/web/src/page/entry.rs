//! An entry of the Local Offer as a form: its fields with their words, from what stands there, what
//! was proposed or what was typed.

use sendero_app::house::offer::keep::{
    FIELDS, Fields, Kind, PLACE_PARTS, PLACES, TIMES, fields_of, place_fields, time_fields, whole,
};
use sendero_app::house::offer::{Status, built_in, facet_of, term_of};
use sendero_app::{KeptEntry, Tried};

use super::offer::checked;
use super::{Answer, Shown, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Frame;
use crate::view::form::{Filled, Pick};
use crate::view::keep::{ChangeRow, KeepForm, PlaceFields, TimeFields};
use crate::view::officer::Field;
use crate::words::word;

/// Empty places in a form.
const EMPTY_PLACES: usize = 2;
/// Days of the week in the letters of calendars.
const DAYS: [&str; 7] = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// What a whole form sent.
pub(super) fn typed_fields(typed: &Typed) -> Fields {
    whole(typed.fields())
}

/// What is beside the fields of an entry's form.
pub(super) struct Around {
    /// What stands around the page.
    pub(super) frame: Frame,
    /// Whether the area itself writes: then nothing waits for leave.
    pub(super) office: bool,
    /// What was just done, in its word.
    pub(super) done: Option<String>,
}

/// The form of a whole entry, for whoever keeps it or for the area.
pub(super) fn entry_form(
    web: &Web,
    visitor: &Visitor,
    entry: &KeptEntry,
    around: Around,
    shown: Shown,
) -> Answer {
    let Around { frame, office, done } = around;
    let service = &entry.stands.service;
    let (base, back) = if office {
        (format!("/entries/{}/edit", service.id), format!("/entries/{}", service.id))
    } else {
        (format!("/keep/{}", service.id), "/keep".to_owned())
    };
    let waiting = entry.keep.waiting.as_ref().filter(|_| !office);
    page_as(
        shown.status,
        &KeepForm {
            frame,
            base,
            back,
            name: service.name.clone(),
            public: service.is_shown().then(|| format!("/offer/service/{}", service.id)),
            checked: checked(service, web.app.now().today),
            waiting: waiting.map(|waits| waits.on),
            turned_down: entry.keep.turned_down.clone().filter(|_| !office),
            done,
            office,
            nowhere: nowhere_of(entry),
            hidden: [visitor.hidden(web, None), shown.hidden],
            fields: FIELDS.iter().map(|(name, kind)| field(&shown.filled, name, *kind)).collect(),
            times: times(&shown.filled),
            places: places(&shown.filled),
            filled: shown.filled,
        },
    )
}

/// What a change would make of an entry, a row a field and a row a place.
pub(super) fn changes(entry: &KeptEntry) -> Vec<ChangeRow> {
    let Some(waiting) = &entry.keep.waiting else { return Vec::new() };
    let stand = fields_of(&entry.stands);
    let mut after = stand.clone();
    after.extend(waiting.fields.clone());
    let is_of_place = |name: &str| PLACE_PARTS.contains(&bare(name));
    let alone = waiting.fields.iter().filter(|(name, _)| !is_of_place(name));
    let mut rows: Vec<ChangeRow> = alone
        .map(|(name, values)| ChangeRow {
            name: name_of(name),
            now: stand.get(name).map(|values| said(name, values)).unwrap_or_default(),
            then: said(name, values),
        })
        .collect();
    let changed =
        |row: &usize| place_fields(*row).iter().any(|name| waiting.fields.contains_key(name));
    rows.extend((1..=PLACES).filter(changed).map(|row| ChangeRow {
        name: format!("{} {row}", label("a-place")),
        now: place_said(&stand, row),
        then: place_said(&after, row),
    }));
    rows
}

/// A place as a person reads it.
fn place_said(fields: &Fields, row: usize) -> String {
    let names = place_fields(row);
    let values = names.each_ref().map(|name| fields.get(name).map_or(&[][..], Vec::as_slice));
    let [name, street, town, postcode, access, secret, away] = values;
    if !away.is_empty() {
        return word("entry-place", "is-away");
    }
    let address = [name, street, town, postcode].concat().join(", ");
    let ways = access.join("\n");
    let secret = if secret.is_empty() { String::new() } else { word("entry-place", "is-secret") };
    let lines = [address, ways, secret].into_iter().filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// A form that holds these fields.
pub(super) fn filled_with(fields: &Fields) -> Filled {
    fields.iter().fold(Filled::default(), |filled, (name, values)| {
        values.iter().fold(filled, |filled, value| filled.with(name, value))
    })
}

/// The times of the form: one more than there are, since a form of empty boxes is read by nobody.
fn times(filled: &Filled) -> Vec<TimeFields> {
    let used = (1..=TIMES).rev().find(|row| holds(filled, &time_fields(*row)));
    let rows = 1..=used.unwrap_or(0).saturating_add(1).min(TIMES);
    rows.map(|row| {
        let [days_at, opens, closes, words] = time_fields(row);
        TimeFields {
            days: days(filled, &days_at, &label("days")),
            rest: [
                part(filled, &opens, "opens", &label("opens")),
                part(filled, &closes, "closes", &label("closes")),
                part(filled, &words, "times", &label("times")),
            ],
        }
    })
    .collect()
}

/// The places of the form, and as many empty ones as are ever wanted at once, folded away.
fn places(filled: &Filled) -> Vec<PlaceFields> {
    let used = (1..=PLACES).rev().find(|row| holds(filled, &place_fields(*row))).unwrap_or(0);
    let place = |row: usize| {
        let names = place_fields(row);
        let used = holds(filled, &names);
        let asked = names.iter().zip(PLACE_PARTS);
        // Nobody leaves a place that is not there.
        let asked = asked.filter(|(_, of)| used || *of != "away");
        let fields = asked.map(|(name, of)| part(filled, name, of, &label(of)));
        PlaceFields { fields: fields.collect(), used }
    };
    (1..=PLACES.min(used + EMPTY_PLACES)).map(place).collect()
}

fn holds(filled: &Filled, names: &[String]) -> bool {
    names.iter().any(|name| !filled.value(name).trim().is_empty())
}

/// Some of the fields alone.
pub(super) fn some_of_form(filled: &Filled, wanted: &Fields) -> Vec<Field> {
    let known = FIELDS.iter().filter(|(name, _)| wanted.contains_key(*name));
    let mut fields: Vec<Field> = known.map(|(name, kind)| field(filled, name, *kind)).collect();
    let rows = (1..=TIMES).flat_map(time_fields).chain((1..=PLACES).flat_map(place_fields));
    let rows = rows.filter(|name| wanted.contains_key(name));
    // Several may be there: each says which time or place it is of.
    fields.extend(rows.map(|name| part(filled, &name, bare(&name), &name_of(&name))));
    fields
}

/// One field of a time or of a place.
fn part(filled: &Filled, name: &str, of: &str, label: &str) -> Field {
    match of {
        "days" => days(filled, name, label),
        "secret" | "away" => {
            let text = word("entry-place", of);
            Field::Choices(filled.any(name, label, "", &[("yes", text.as_str())]))
        }
        "access" => Field::Text(filled.lines(name, label, &hint(of), 3)),
        "opens" | "closes" | "postcode" => Field::Text(filled.short(name, label, &hint(of))),
        _ => Field::Text(filled.line(name, label, &hint(of))),
    }
}

/// The name of a field without the number of its time or place.
fn bare(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit())
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
            Field::Choices(filled.any(name, label, &hint, &terms))
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

fn days(filled: &Filled, name: &str, label: &str) -> Field {
    let said = DAYS.map(|day| (day, word("entry-day", day)));
    let list = said.each_ref().map(|(value, text)| (*value, text.as_str()));
    Field::Choices(filled.any(name, label, "", &list))
}

/// What a field holds, as a person reads it.
fn said(name: &str, values: &[String]) -> String {
    let kind = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let words: Vec<String> = match (kind, bare(name)) {
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
fn name_of(name: &str) -> String {
    let bare = bare(name);
    match name.strip_prefix(bare) {
        Some("") | None => label(bare),
        Some(number) => format!("{} ({number})", label(bare)),
    }
}

/// Addresses of an entry that lead nowhere.
fn nowhere_of(entry: &KeptEntry) -> Vec<String> {
    let bad = entry.tried.iter().filter(|one| one.leads_nowhere());
    let still = bad.filter(|one| is_still(entry, one));
    still.map(|one| one.address.clone()).collect()
}

/// Whether the entry still has this address.
pub(super) fn is_still(entry: &KeptEntry, one: &Tried) -> bool {
    sendero_app::addresses_of(&entry.stands.service).contains(&one.address.as_str())
}
