//! An entry as the fields of a form, and back. What a form does not have, and what was not typed
//! otherwise, stays as it is, so that an entry goes through unharmed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::places::{self, Entry, PLACES, place_fields, put_places};
use super::times::{self, TIMES, put_times, time_fields};
use crate::ids::derived_id;
use crate::model::{Cost, Phone, Service, ServiceArea, Status, Step, Wait};
use crate::terms::term_of;

/// What stands in a form, by field: one value, or any number of a choice of many; '' is no value.
pub type Fields = BTreeMap<String, Vec<String>>;

/// Something that is wrong with a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field.
    pub field: String,
    /// What is wrong.
    pub fault: &'static str,
    /// A value that the sentence names, or ''.
    pub detail: String,
}

impl Fault {
    /// A fault without detail.
    #[must_use]
    pub fn of(field: &str, fault: &'static str) -> Self {
        Self { field: field.to_owned(), fault, detail: String::new() }
    }
}

/// How a field is filled in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// One line of at most so many letters.
    Line(usize),
    /// Lines of at most so many letters in all.
    Lines(usize),
    /// Few figures or letters.
    Short,
    /// Any number of the terms of this taxonomy of ours.
    Terms(&'static str),
    /// One of the states that an entry can be in.
    Status,
}

/// The fields of a form in their order; those of the times and the places are beside it.
pub const FIELDS: [(&str, Kind); 26] = [
    ("name", Kind::Line(200)),
    ("about", Kind::Lines(3_000)),
    ("status", Kind::Status),
    ("alert", Kind::Line(500)),
    ("next", Kind::Line(200)),
    ("phones", Kind::Lines(600)),
    ("ask-for", Kind::Line(200)),
    ("email", Kind::Line(254)),
    ("url", Kind::Line(500)),
    ("easy-read", Kind::Line(500)),
    ("bsl", Kind::Line(500)),
    ("who", Kind::Lines(1_000)),
    ("youngest", Kind::Short),
    ("oldest", Kind::Short),
    ("need", Kind::Terms("need")),
    ("route", Kind::Terms("route")),
    ("open", Kind::Terms("open")),
    ("delivery", Kind::Terms("delivery")),
    ("language", Kind::Terms("language")),
    ("areas", Kind::Lines(1_000)),
    ("wait", Kind::Short),
    ("price", Kind::Short),
    ("fees", Kind::Line(500)),
    ("steps", Kind::Lines(3_000)),
    ("decides", Kind::Lines(1_000)),
    ("complain", Kind::Lines(1_000)),
];

/// The most phone numbers, steps or ways in.
pub(super) const LINES_MOST: usize = 20;
/// The greatest age that is meant.
const AGE_MOST: u8 = 120;
/// The most weeks of waiting: more than ten years is a slip.
const WEEKS_MOST: u16 = 520;
/// The highest price in pence that a form takes.
const PENCE_MOST: u64 = 10_000_000;

/// The fields of an entry as they stand.
#[must_use]
pub fn fields_of(entry: &Entry) -> Fields {
    let service = &entry.service;
    let mut fields = Fields::new();
    for (name, kind) in FIELDS {
        let values = match kind {
            Kind::Terms(taxonomy) => service.words_of(taxonomy).map(str::to_owned).collect(),
            _ => vec![value_of(service, name)],
        };
        fields.insert(name.to_owned(), plain(values));
    }
    times::put_fields(service, &mut fields);
    places::put_fields(entry, &mut fields);
    fields
}

fn value_of(service: &Service, name: &str) -> String {
    let number = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
    match name {
        "name" => service.name.clone(),
        "about" => service.description.clone(),
        "status" => service.status.word().to_owned(),
        "alert" => service.alert.clone(),
        "next" => service.next_step.clone(),
        "phones" => {
            let lines = service.phones.iter().map(|phone| match phone.about.as_str() {
                "" => phone.number.clone(),
                about => format!("{}, {about}", phone.number),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        "ask-for" => service.ask_for.clone(),
        "email" => service.email.clone(),
        "url" => service.url.clone(),
        "easy-read" => service.easy_read.clone(),
        "bsl" => service.bsl.clone(),
        "areas" => {
            let names = service.areas.iter().map(|area| area.name.as_str());
            names.collect::<Vec<_>>().join("\n")
        }
        "who" => service.who_for.clone(),
        "youngest" => number(service.youngest),
        "oldest" => number(service.oldest),
        "wait" => service.wait.map(|wait| wait.weeks.to_string()).unwrap_or_default(),
        "price" => price_of(service),
        "fees" => service.fees.clone(),
        "steps" => {
            let lines = service.steps.iter().map(|step| match step.rest.as_str() {
                "" => step.lead.clone(),
                rest => format!("{} | {rest}", step.lead),
            });
            lines.collect::<Vec<_>>().join("\n")
        }
        "decides" => service.decided_by.clone(),
        "complain" => service.complaints.clone(),
        _ => String::new(),
    }
}

/// Pounds, where there is one price; several are not for this form.
fn price_of(service: &Service) -> String {
    match service.costs.as_slice() {
        [Cost { pence: Some(pence), .. }] if pence % 100 == 0 => (pence / 100).to_string(),
        [Cost { pence: Some(pence), .. }] => format!("{}.{:02}", pence / 100, pence % 100),
        _ => String::new(),
    }
}

/// What a whole form sent, with a place for every field: a box that is not ticked sends nothing.
#[must_use]
pub fn whole(sent: &Fields) -> Fields {
    let names = FIELDS.iter().map(|(name, _)| (*name).to_owned());
    let names = names.chain((1..=TIMES).flat_map(time_fields));
    let names = names.chain((1..=PLACES).flat_map(place_fields));
    names
        .map(|name| {
            let values = plain(sent.get(&name).cloned().unwrap_or_default());
            (name, values)
        })
        .collect()
}

/// Values without spaces around them and without empty ones.
pub(super) fn plain(values: Vec<String>) -> Vec<String> {
    let values = values.iter().map(|value| value.trim().to_owned());
    values.filter(|value| !value.is_empty()).collect()
}

/// The fields that are otherwise than they stand, in whatever order boxes were ticked.
#[must_use]
pub fn changed(entry: &Entry, typed: &Fields) -> Fields {
    let stand = fields_of(entry);
    let sorted = |values: &Vec<String>| {
        let mut values = plain(values.clone());
        values.sort_unstable();
        values
    };
    let differs = |(name, values): &(&String, &Vec<String>)| {
        stand.get(*name).is_some_and(|stands| sorted(stands) != sorted(values))
    };
    let otherwise = typed.iter().filter(differs);
    otherwise.map(|(name, values)| (name.clone(), plain(values.clone()))).collect()
}

/// The entry with these fields in place of what stands there.
///
/// # Errors
/// Every field that cannot be so.
pub fn edited(entry: &Entry, typed: &Fields, today: Date) -> Result<Entry, Vec<Fault>> {
    let (fields, stand) = (changed(entry, typed), fields_of(entry));
    let mut whole = entry.clone();
    let after = &mut whole.service;
    let mut faults = Vec::new();
    for (name, kind) in FIELDS {
        let Some(values) = fields.get(name) else { continue };
        let done = match kind {
            Kind::Terms(taxonomy) => put_terms(after, taxonomy, values),
            Kind::Line(most) | Kind::Lines(most) => {
                let value = values.first().map_or("", String::as_str);
                fits(value, most).and_then(|()| put(after, name, value, today))
            }
            Kind::Short | Kind::Status => {
                put(after, name, values.first().map_or("", String::as_str), today)
            }
        };
        faults.extend(done.err().map(|wrong| wrong.at(name)));
    }
    let ages = fields.contains_key("youngest") || fields.contains_key("oldest");
    if let (Some(youngest), Some(oldest)) = (after.youngest, after.oldest)
        && ages
        && youngest > oldest
    {
        faults.push(Fault::of("oldest", "entry-ages"));
    }
    put_times(&stand, after, &fields, &mut faults);
    put_places(&stand, &mut whole, &fields, &mut faults);
    if faults.is_empty() { Ok(whole) } else { Err(faults) }
}

/// What is wrong with a value, and what its sentence names.
pub(super) struct Wrong(pub(super) &'static str, pub(super) String);

impl Wrong {
    pub(super) fn at(self, field: &str) -> Fault {
        Fault { field: field.to_owned(), fault: self.0, detail: self.1 }
    }
}

pub(super) fn wrong<T>(fault: &'static str) -> Result<T, Wrong> {
    Err(Wrong(fault, String::new()))
}

pub(super) fn fits(value: &str, most: usize) -> Result<(), Wrong> {
    if value.chars().count() > most {
        return Err(Wrong("too-long", most.to_string()));
    }
    Ok(())
}

fn put(service: &mut Service, name: &str, value: &str, today: Date) -> Result<(), Wrong> {
    let text = value.to_owned();
    match name {
        "name" | "about" if text.is_empty() => return wrong("needed"),
        "name" => service.name = text,
        "about" => service.description = text,
        "status" => match Status::from_word(value) {
            Some(status) => service.status = status,
            None => return wrong("choose"),
        },
        "alert" => service.alert = text,
        "next" => service.next_step = text,
        "phones" => service.phones = phones(value)?,
        "ask-for" => service.ask_for = text,
        "email" if !text.is_empty() && !is_mail(value) => return wrong("not-an-address"),
        "email" => service.email = text,
        "url" | "easy-read" | "bsl" if !text.is_empty() && !is_web(value) => {
            return wrong("entry-web");
        }
        "url" => service.url = text,
        "easy-read" => service.easy_read = text,
        "bsl" => service.bsl = text,
        "areas" => service.areas = areas(service, value)?,
        "who" => service.who_for = text,
        "youngest" => service.youngest = age(value)?,
        "oldest" => service.oldest = age(value)?,
        "wait" => service.wait = wait(value, today)?,
        "price" => put_price(service, value)?,
        "fees" => service.fees = text,
        "steps" => service.steps = steps(value)?,
        "decides" => service.decided_by = text,
        "complain" => service.complaints = text,
        _ => {}
    }
    Ok(())
}

/// The areas whose families a service is for, one a line; those that were there keep their ids.
fn areas(service: &Service, value: &str) -> Result<Vec<ServiceArea>, Wrong> {
    let lines: Vec<&str> = lines_of(value).collect();
    if lines.len() > LINES_MOST {
        return Err(Wrong("entry-lines", LINES_MOST.to_string()));
    }
    let area = |name: &&str| {
        let stands = service.areas.iter().find(|area| area.name == *name).cloned();
        stands.unwrap_or_else(|| ServiceArea {
            id: derived_id(&[&service.id, "area", name]),
            name: (*name).to_owned(),
            uri: String::new(),
        })
    };
    Ok(lines.iter().map(area).collect())
}

/// The lines of a text that say something.
pub(super) fn lines_of(value: &str) -> impl Iterator<Item = &str> {
    value.lines().map(str::trim).filter(|line| !line.is_empty())
}

fn is_mail(value: &str) -> bool {
    let two = value.split_once('@');
    two.is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'))
        && !value.contains(char::is_whitespace)
}

fn is_web(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| rest.contains('.') && !rest.starts_with('.'))
        && !value.contains(char::is_whitespace)
}

fn age(value: &str) -> Result<Option<u8>, Wrong> {
    match value.parse() {
        _ if value.is_empty() => Ok(None),
        Ok(age) if age <= AGE_MOST => Ok(Some(age)),
        _ => wrong("figure"),
    }
}

fn wait(value: &str, today: Date) -> Result<Option<Wait>, Wrong> {
    match value.parse() {
        _ if value.is_empty() => Ok(None),
        Ok(weeks) if weeks <= WEEKS_MOST => Ok(Some(Wait { weeks, as_of: today })),
        _ => wrong("figure"),
    }
}

fn phones(value: &str) -> Result<Vec<Phone>, Wrong> {
    let lines: Vec<&str> = lines_of(value).collect();
    if lines.len() > LINES_MOST {
        return Err(Wrong("entry-lines", LINES_MOST.to_string()));
    }
    let phone = |line: &&str| {
        let (number, about) = line.split_once(',').unwrap_or((line, ""));
        let figures = number.chars().filter(char::is_ascii_digit).count();
        let sound = |c: char| c.is_ascii_digit() || " +()-".contains(c);
        if !(3..=15).contains(&figures) || !number.chars().all(sound) {
            return wrong("entry-phone");
        }
        Ok(Phone { number: number.trim().to_owned(), about: about.trim().to_owned() })
    };
    lines.iter().map(phone).collect()
}

fn steps(value: &str) -> Result<Vec<Step>, Wrong> {
    let lines: Vec<&str> = lines_of(value).collect();
    if lines.len() > LINES_MOST {
        return Err(Wrong("entry-lines", LINES_MOST.to_string()));
    }
    let step = |line: &&str| {
        let (lead, rest) = line.split_once('|').unwrap_or((line, ""));
        Step { lead: lead.trim().to_owned(), rest: rest.trim().to_owned() }
    };
    Ok(lines.iter().map(step).collect())
}

fn put_price(service: &mut Service, value: &str) -> Result<(), Wrong> {
    if value.is_empty() {
        service.costs.clear();
        return Ok(());
    }
    let (pounds, pence) = value.trim_start_matches('£').split_once('.').unwrap_or((value, "00"));
    let figures = |text: &str| text.chars().all(|c| c.is_ascii_digit());
    let pounds = pounds.trim_start_matches('£');
    if pounds.is_empty() || pence.len() != 2 || !figures(pounds) || !figures(pence) {
        return wrong("entry-price");
    }
    let whole: Option<u64> = pounds.parse().ok();
    let pence: Option<u64> = pence.parse().ok();
    let sum =
        whole.zip(pence).and_then(|(pounds, pence)| pounds.checked_mul(100)?.checked_add(pence));
    let Some(sum) = sum.filter(|sum| *sum <= PENCE_MOST) else { return wrong("entry-price") };
    let id = derived_id(&[&service.id, "cost"]);
    service.costs =
        vec![Cost { id, option: String::new(), pence: Some(sum), words: String::new() }];
    Ok(())
}

/// Puts the chosen terms of one taxonomy; those that were there keep their place.
fn put_terms(service: &mut Service, taxonomy: &str, words: &[String]) -> Result<(), Wrong> {
    let facets: Vec<String> = words.iter().map(|word| format!("{taxonomy}/{word}")).collect();
    if facets.iter().any(|facet| term_of(facet).is_none()) {
        return wrong("choose");
    }
    let of_it = |facet: &str| facet.split_once('/').is_some_and(|(of, _)| of == taxonomy);
    service.facets.retain(|facet| !of_it(facet) || facets.contains(facet));
    for facet in facets {
        if !service.facets.contains(&facet) {
            service.facets.push(facet);
        }
    }
    Ok(())
}
