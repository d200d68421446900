//! A case as a JSON file, and a timeline as JSON: the shapes that scripts rely on. Read strictly,
//! with every fault found, each naming its event.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Map, Value as Json, json};

use crate::answer::{Obligation, Timeline};
use crate::check::{HEADER, unknown_field, unknown_kind, wrong_type};
use crate::day::month;
use crate::fact::{Case, Closure, Fact, Term, Value};
use crate::fault::{CaseFault, choices};
use crate::rulebook::{Field, FieldType, Rulebook};
use crate::say::{Voice, say};
use crate::story::{
    answers_before_requests, call_changes_by_name, end_what_says_its_end,
    say_what_names_the_next_place, say_what_was_agreed,
};
use crate::what_if::Hypothetical;

/// The largest case file, in bytes.
pub const BYTES_MAX: usize = 5_000_000;
/// The most events in a case file.
pub const EVENTS_MAX: usize = 2_000;
/// A case with the name its file gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFile {
    /// Its number or name.
    pub name: String,
    /// The case.
    pub case: Case,
}

/// Reads a case file under the rulebook inside the program.
///
/// # Errors
/// Every fault found, each naming its event.
pub fn read(text: &str) -> Result<CaseFile, Vec<CaseFault>> {
    read_with(Rulebook::embedded(), text)
}

/// Reads a case file under a given rulebook.
///
/// # Errors
/// Every fault found, each naming its event.
pub fn read_with(book: &Rulebook, text: &str) -> Result<CaseFile, Vec<CaseFault>> {
    read_over(book, text, Vec::new())
}

/// Reads a case file with `facts` in it that it does not hold, so that they are read as people say
/// them, as its own are: a final plan sent where one was there is a changed plan.
///
/// # Errors
/// Every fault found, each naming its event.
pub fn read_over(
    book: &Rulebook,
    text: &str,
    facts: Vec<Fact>,
) -> Result<CaseFile, Vec<CaseFault>> {
    if text.len() > BYTES_MAX {
        return Err(vec![CaseFault::whole(
            format!("the file has {} bytes, more than {BYTES_MAX}", text.len()),
            "Put each case in a file of its own",
        )]);
    }
    let json = crate::json::read(text).map_err(|error| {
        vec![CaseFault::whole(
            format!("this is not JSON: {error}"),
            "docs/case-files.md shows the shape of a case file",
        )]
    })?;
    let Json::Object(members) = json else {
        return Err(vec![CaseFault::whole(
            "a case file is one JSON object",
            "Begin it with { \"case\": 1, \"events\": [",
        )]);
    };
    let mut reader = Reader { book, faults: Vec::new() };
    let mut file = reader.file(&members);
    file.case.facts.extend(facts);
    let mut faults = reader.faults;
    if faults.is_empty() {
        faults.extend(book.check_case(&file.case));
        faults.extend(answers_before_requests(book, &file.case));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    say_what_was_agreed(book, &mut file.case);
    call_changes_by_name(book, &mut file.case);
    say_what_names_the_next_place(book, &mut file.case);
    end_what_says_its_end(book, &mut file.case);
    Ok(file)
}

struct Reader<'a> {
    book: &'a Rulebook,
    faults: Vec<CaseFault>,
}

impl Reader<'_> {
    fn file(&mut self, members: &Map<String, Json>) -> CaseFile {
        const MEMBERS: [&str; 6] = ["case", "born", "setting", "closures", "terms", "events"];
        self.only(None, members, &MEMBERS);
        let name = match members.get("case") {
            Some(Json::String(name)) => name.clone(),
            Some(Json::Number(number)) => number.to_string(),
            _ => {
                self.whole("`case` must be there, a number or words", "Add \"case\": 1");
                String::new()
            }
        };
        let mut case = Case {
            born: members.get("born").and_then(|value| self.date(None, "born", value)),
            ..Case::default()
        };
        match members.get("setting") {
            Some(Json::String(setting)) => case.setting = Some(setting.clone()),
            None => {}
            Some(_) => self.whole("`setting` has the wrong type", "Write one word in quotes"),
        }
        let spans = self.spans(members, "closures", "the first closed day, and the day it opens");
        case.closures = spans.into_iter().map(|(from, to)| Closure { from, to }).collect();
        let spans =
            self.spans(members, "terms", "the first school day, and the day after the last");
        case.terms = spans.into_iter().map(|(from, to)| Term { from, to }).collect();
        match members.get("events") {
            Some(Json::Array(list)) if list.len() > EVENTS_MAX => {
                self.whole(
                    format!("{} events, more than {EVENTS_MAX}", list.len()),
                    "Put each case in a file of its own",
                );
            }
            Some(Json::Array(list)) => {
                case.facts = list
                    .iter()
                    .enumerate()
                    .filter_map(|(index, value)| self.event(index, value))
                    .collect();
            }
            _ => self.whole("`events` must be there, a list", "Add \"events\": []"),
        }
        CaseFile { name, case }
    }

    fn whole(&mut self, what: impl Into<String>, cure: impl Into<String>) {
        self.faults.push(CaseFault::whole(what, cure));
    }

    fn only(&mut self, event: Option<&str>, members: &Map<String, Json>, known: &[&str]) {
        for name in members.keys().filter(|name| !known.contains(&name.as_str())) {
            self.faults.push(CaseFault {
                event: event.map(str::to_owned),
                what: format!("unknown member `{name}`"),
                cure: format!("Use {}", choices(known.iter().copied())),
            });
        }
    }

    fn date(&mut self, event: Option<&str>, name: &str, value: &Json) -> Option<Date> {
        let found = match value {
            Json::String(text) => date(text),
            _ => Err("a day is written in quotes".to_owned()),
        };
        match found {
            Ok(date) => Some(date),
            Err(what) => {
                self.faults.push(CaseFault {
                    event: event.map(str::to_owned),
                    what: format!("`{name}`: {what}"),
                    cure: day_cure(value).to_owned(),
                });
                None
            }
        }
    }

    /// The half-open spans of one member; `days` says what its two days are.
    fn spans(&mut self, members: &Map<String, Json>, name: &str, days: &str) -> Vec<(Date, Date)> {
        match members.get(name) {
            Some(Json::Array(list)) => {
                list.iter().filter_map(|value| self.span(value, name, days)).collect()
            }
            None => Vec::new(),
            Some(_) => {
                self.whole(
                    format!("`{name}` has the wrong type"),
                    "Write a list of {\"from\", \"to\"}",
                );
                Vec::new()
            }
        }
    }

    fn span(&mut self, value: &Json, name: &str, days: &str) -> Option<(Date, Date)> {
        let Json::Object(members) = value else {
            self.whole(
                format!("one of `{name}` has the wrong type"),
                "Write {\"from\": \"2026-07-23\", \"to\": \"2026-09-02\"}",
            );
            return None;
        };
        self.only(None, members, &["from", "to"]);
        let (Some(from), Some(to)) = (members.get("from"), members.get("to")) else {
            self.whole(format!("`{name}` needs `from` and `to`"), format!("Add {days}"));
            return None;
        };
        let from = self.date(None, &format!("{name} from"), from)?;
        Some((from, self.date(None, &format!("{name} to"), to)?))
    }

    fn event(&mut self, index: usize, value: &Json) -> Option<Fact> {
        let place = format!("number {}", index + 1);
        let Json::Object(members) = value else {
            self.faults.push(CaseFault::of(
                &place,
                "an event has the wrong type",
                "Write an object",
            ));
            return None;
        };
        let id = match members.get("id") {
            Some(Json::String(id)) if !id.is_empty() => id.clone(),
            Some(Json::Number(id)) => id.to_string(),
            _ => {
                self.faults.push(CaseFault::of(
                    &place,
                    "`id` must be there",
                    "Give each event its own id",
                ));
                return None;
            }
        };
        let words = |name: &str| members.get(name).and_then(Json::as_str).map(str::to_owned);
        let Some(kind) = words("kind") else {
            self.faults.push(CaseFault::of(
                &id,
                "`kind` must be there",
                "`sendero law kinds` lists every kind",
            ));
            return None;
        };
        let Some(on) = members.get("on") else {
            self.faults.push(CaseFault::of(&id, "`on` must be there", "Add the day it happened"));
            return None;
        };
        let on = self.date(Some(&id), "on", on);
        let known_on = match members.get("known_on") {
            Some(value) => self.date(Some(&id), "known_on", value),
            None => on,
        };
        if members.get("supersedes").is_some_and(|value| !value.is_string()) {
            self.faults.push(CaseFault::of(
                &id,
                "`supersedes` has the wrong type",
                "Write the id of the event that it corrects",
            ));
        }
        let fields = self.fields(&id, &kind, members);
        Some(Fact {
            kind,
            on: on?,
            known_on: known_on?,
            supersedes: words("supersedes"),
            fields,
            id,
        })
    }

    fn fields(
        &mut self,
        id: &str,
        kind: &str,
        members: &Map<String, Json>,
    ) -> BTreeMap<String, Value> {
        let mut fields = BTreeMap::new();
        let Some(known) = self.book.kind(kind) else {
            self.faults.push(unknown_kind(self.book, id, kind));
            return fields;
        };
        for (name, value) in members.iter().filter(|(name, _)| !HEADER.contains(&name.as_str())) {
            match known.field(name) {
                None => self.faults.push(unknown_field(id, known, name)),
                Some(field) if field.holds == FieldType::Date => {
                    if let Some(day) = self.date(Some(id), name, value) {
                        fields.insert(name.clone(), Value::Date(day));
                    }
                }
                Some(field) => match field_from_json(field, value) {
                    Some(value) => {
                        fields.insert(name.clone(), value);
                    }
                    None => self.faults.push(wrong_type(id, field)),
                },
            }
        }
        fields
    }
}

/// What to write in place of a day that is none.
fn day_cure(value: &Json) -> &'static str {
    match value.as_str().map(|text| text.split('-').map(str::len).collect::<Vec<_>>()).as_deref() {
        Some([4, 2] | [4]) => {
            "Where only the month is known, write one file with its first day and one with its last"
        }
        _ => "Write a day that exists, such as 2026-09-14",
    }
}

fn field_from_json(field: &Field, value: &Json) -> Option<Value> {
    match (field.holds, value) {
        (FieldType::Text | FieldType::Choice, Json::String(text)) => {
            Some(Value::Text(text.clone()))
        }
        (FieldType::Flag, Json::Bool(flag)) => Some(Value::Flag(*flag)),
        (FieldType::Number, Json::Number(number)) => number.as_i64().map(Value::Number),
        (FieldType::List, Json::Array(list)) => list
            .iter()
            .map(|word| word.as_str().map(str::to_owned))
            .collect::<Option<Vec<_>>>()
            .map(Value::List),
        _ => None,
    }
}

/// A field's value from one word, as examples write it.
pub(crate) fn field_from_text(field: &Field, text: &str) -> Result<Value, String> {
    match field.holds {
        FieldType::Text | FieldType::Choice => Ok(Value::Text(text.to_owned())),
        FieldType::Flag => {
            text.parse().map(Value::Flag).map_err(|_| format!("`{text}` is not true or false"))
        }
        FieldType::Number => {
            text.parse().map(Value::Number).map_err(|_| format!("`{text}` is no number"))
        }
        FieldType::Date => date(text).map(Value::Date),
        FieldType::List => Ok(Value::List(text.split(',').map(str::to_owned).collect())),
    }
}

/// A day from "2026-09-14", or why it is none: "September has 30 days".
pub(crate) fn date(text: &str) -> Result<Date, String> {
    let shape = || format!("`{text}` is not a day written like 2026-09-14");
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month_number, day] = parts.as_slice() else { return Err(shape()) };
    let digits =
        |part: &str, n: usize| part.len() == n && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(year, 4) && digits(month_number, 2) && digits(day, 2)) {
        return Err(shape());
    }
    let (Ok(year), Ok(number), Ok(day)) =
        (year.parse::<i16>(), month_number.parse::<i8>(), day.parse::<i8>())
    else {
        return Err(shape());
    };
    if !(1..=12).contains(&number) {
        return Err(format!("`{text}` has no month {number}"));
    }
    let last = Date::new(year, number, 1).map_err(|_| shape())?.last_of_month().day();
    let name =
        if number == 2 { format!("{} {year}", month(number)) } else { month(number).to_owned() };
    Date::new(year, number, day).map_err(|_| format!("`{text}` is no day: {name} has {last} days"))
}

/// A timeline as JSON.
#[must_use]
pub fn timeline_json(book: &Rulebook, timeline: &Timeline) -> Json {
    let obligations: Vec<Json> =
        timeline.obligations.iter().map(|found| obligation_json(book, found)).collect();
    json!({
        "as_at": timeline.as_at.to_string(),
        "known_at": timeline.known_at.to_string(),
        "rulebook": book.hash(),
        "as_if_law": book.is_preview(),
        "holds_until": timeline.holds_until.to_string(),
        "obligations": obligations,
    })
}

/// The duties that bind at all times on a day. They have no trigger, no date and no standing.
#[must_use]
pub fn standing_json(book: &Rulebook, on: Date) -> Json {
    let duties = book.standing_on(on).map(|duty| {
        json!({
            "duty": duty.id, "title": duty.title, "owner": duty.owner, "owed_to": duty.owed_to,
            "cite": duty.cite, "force": duty.force, "form": duty.form, "remedies": duty.remedies,
        })
    });
    Json::Array(duties.collect())
}

/// A hypothetical timeline as JSON, stamped as what it is.
#[must_use]
pub fn hypothetical_json(book: &Rulebook, what_if: &Hypothetical) -> Json {
    let mut json = timeline_json(book, what_if.timeline());
    if let Json::Object(members) = &mut json {
        members.insert("hypothetical".to_owned(), Json::Bool(true));
    }
    json
}

fn obligation_json(book: &Rulebook, found: &Obligation) -> Json {
    let day = |date: Option<Date>| date.map(|date| date.to_string());
    let duty = book.duty(&found.duty);
    let others: Vec<Json> = found
        .other_readings
        .iter()
        .map(|other| json!({ "reading": other.reading, "due": day(other.due) }))
        .collect();
    let why: Vec<&str> = found.why.iter().map(|step| step.text).collect();
    let mut trigger = json!({
        "event": found.trigger.event,
        "kind": found.trigger.kind,
        "on": found.trigger.on.to_string(),
    });
    if let Json::Object(members) = &mut trigger {
        for (name, value) in [("body", &found.trigger.body), ("adviser", &found.trigger.adviser)] {
            if let Some(value) = value {
                members.insert(name.to_owned(), json!(value));
            }
        }
    }
    json!({
        "duty": found.duty,
        "title": duty.map(|duty| &duty.title),
        "owner": duty.map(|duty| &duty.owner),
        "owed_to": duty.map(|duty| &duty.owed_to),
        "cite": duty.map(|duty| &duty.cite),
        "force": found.force,
        "form": duty.map(|duty| &duty.form),
        "trigger": trigger,
        "due": day(found.due),
        "due_safe": day(found.due_safe),
        "other_readings": others,
        "standing": found.standing.word(),
        "done_on": day(found.done_on),
        "done_by": day(found.done_by),
        "days_late": found.days_late,
        "excuse": found.excuse.as_ref().map(|excuse| json!({
            "ground": excuse.ground, "event": excuse.event, "state": excuse.state.word(),
        })),
        "act_by": found.act_by.to_string(),
        "turns_on": found.turns_on.to_string(),
        "keeps": found.keeps.as_ref().map(|keeps| json!({
            "day": keeps.day.to_string(), "safe": keeps.safe.to_string(),
            "duty": keeps.duty, "due": keeps.due.to_string(),
        })),
        "missing": found.missing,
        "say": say(book, found, Voice::Parent),
        "why": why,
        "remedies": remedies(book, found),
    })
}

/// The duty's remedies, and those that its answer opened.
fn remedies<'a>(book: &'a Rulebook, found: &'a Obligation) -> Vec<&'a str> {
    let own = book.duty(&found.duty).map_or(&[][..], |duty| &duty.remedies);
    let mut remedies: Vec<&str> = own.iter().map(String::as_str).collect();
    for opened in &found.opened {
        if !remedies.contains(&opened.as_str()) {
            remedies.push(opened);
        }
    }
    remedies
}
