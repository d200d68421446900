//! From TOML to a rulebook: every name is looked up in its closed list, and what is in none is a
//! fault with its line. Reading goes on after a fault, so that all are reported together.

use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;

use crate::calendar::Calendar;
use crate::compile_duty::{duty, example, templates};
use crate::compile_limit::one_of;
use crate::fault::{Fault, choices};
use crate::kinds::KINDS_MAX;
use crate::names::{Names, line, unique};
use crate::rulebook::{
    Effect, EventKind, Field, FieldType, Ground, GroundTest, Notice, NoticePart, Outcome, Party,
    Reading, Remedy, Round, Rulebook, SourceFile, Status,
};
use crate::say::Phrases;
use crate::situation::{SituationFile, situations};
use crate::source::{
    CalendarFile, DutyFile, EventFile, ExampleFile, GroundFile, LaterFile, Name, NoticeFile,
    PartyFile, RawPart, ReadingFile, RemedyFile, RoundFile, Worded, WordsFile,
};
use crate::word::Word;
use crate::{local, say, whole};

pub(crate) const HOW_TO: &str = "See docs/rulebook.md";

/// Reads every file, in the order in which names are needed.
pub(crate) fn rulebook(files: &[SourceFile]) -> Result<Rulebook, Vec<Fault>> {
    read(files, &[])
}

/// Reads the files with those of a pack in place of their namesakes, and takes the pack's rows that
/// are not law as if they were.
pub(crate) fn preview(files: &[SourceFile], pack: &[SourceFile]) -> Result<Rulebook, Vec<Fault>> {
    let kept =
        files.iter().filter(|file| !pack.iter().any(|new| tail(&new.name) == tail(&file.name)));
    let all: Vec<SourceFile> = kept.chain(pack).cloned().collect();
    let as_if: Vec<&str> = pack.iter().map(|file| file.name.as_str()).collect();
    let mut book = read(&all, &as_if)?;
    book.preview = true;
    Ok(book)
}

/// Reads every file; the rows of those in `as_if_law` count whatever their status.
fn read(files: &[SourceFile], as_if_law: &[&str]) -> Result<Rulebook, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut book = Rulebook::empty(hash(files), files);
    let mut later = BTreeSet::new();
    // Duties name everything else and one another, so their ids come before the kinds of fact,
    // whose field `duty` lists them.
    let duties = duty_files(files, &mut faults);
    words_of_parties(&mut book, files, &mut faults);
    remedies(&mut book, files, &mut faults);
    readings(&mut book, files, &mut faults);
    grounds(&mut book, files, &mut faults);
    notices(&mut book, files, &mut faults);
    for (file, read) in each::<LaterFile>(files, "later.toml", &mut faults) {
        for id in unique(&mut Names::new(file, &mut faults), &read.ids) {
            later.insert(id);
        }
    }
    let duty_ids: Vec<String> = duties
        .iter()
        .flat_map(|(_, read)| read.duty.iter().map(|duty| duty.id.get_ref().clone()))
        .chain(later)
        .chain(local::ids(files))
        .collect();
    kinds(&mut book, files, &duty_ids, &mut faults);
    shown_by(&mut book, files, &mut faults);
    round(&mut book, files, &mut faults);
    calendar(&mut book, files, &mut faults);
    standing_words(&mut book, files, &mut faults);
    for (file, read) in each::<SituationFile>(files, SITUATIONS, &mut faults) {
        let mut names = Names::new(file, &mut faults);
        book.situations.extend(situations(&book, &duty_ids, &mut names, read));
    }
    let own: Vec<String> = duties
        .iter()
        .flat_map(|(_, read)| read.duty.iter().map(|duty| duty.id.get_ref().clone()))
        .collect();
    let mut seen = BTreeSet::new();
    for (file, read) in duties {
        for raw in read.duty {
            let mut names = Names::new(file, &mut faults);
            if !seen.insert(raw.id.get_ref().clone()) {
                names.fault(
                    raw.id.span(),
                    format!("two duties are called `{}`", raw.id.get_ref()),
                    "Give each its own id",
                );
            }
            if let Some(mut duty) = duty(&book, &own, &mut names, raw) {
                if as_if_law.contains(&file.name.as_str()) {
                    duty.status = Status::InForce;
                }
                book.duties.push(duty);
            }
        }
    }
    local::terms(&mut book, files, &mut faults);
    local::standards(&mut book, files, &own, &mut faults);
    examples(&mut book, files, &mut faults);
    if faults.is_empty() {
        whole::check(&book, files, &mut faults);
    }
    unknown_files(files, &mut faults);
    book.index();
    if faults.is_empty() {
        local::stricter(&book, files, &mut faults);
    }
    if faults.is_empty() { Ok(book) } else { Err(faults) }
}

/// SHA-256 over names and texts, in the order of names, each with its length before it.
fn hash(files: &[SourceFile]) -> String {
    let sorted: BTreeMap<&str, &str> =
        files.iter().map(|file| (tail(&file.name), file.text.as_str())).collect();
    let mut hasher = Sha256::new();
    for (name, text) in sorted {
        for part in [name, text] {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part.as_bytes());
        }
    }
    hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The name under the rulebook's folder: `duties/plan.toml`, `events.toml`.
fn tail(name: &str) -> &str {
    let file = name.rfind('/').map_or(0, |at| at + 1);
    let folder = FOLDERS
        .into_iter()
        .find(|folder| name.get(..file).is_some_and(|before| before.ends_with(folder)));
    name.get(file - folder.map_or(0, str::len)..).unwrap_or(name)
}

/// A rulebook may do without it.
const SITUATIONS: &str = "situations.toml";
/// Folders whose files are all read.
const FOLDERS: [&str; 4] = ["duties/", "calendars/", "examples/", local::FOLDER];

const SINGLE: [&str; 9] = [
    "parties.toml",
    "events.toml",
    "remedies.toml",
    "readings.toml",
    "exceptions.toml",
    "notices.toml",
    "rounds.toml",
    "words.toml",
    "later.toml",
];

fn unknown_files(files: &[SourceFile], faults: &mut Vec<Fault>) {
    for file in files {
        let name = tail(&file.name);
        let known = SINGLE.contains(&name)
            || name == SITUATIONS
            || FOLDERS.iter().any(|folder| name.starts_with(folder));
        if !known {
            faults.push(Fault {
                file: file.name.clone(),
                line: 1,
                what: "nothing reads a file of this name".to_owned(),
                cure: format!(
                    "Use {}, or a file in `duties/`, `examples/`, `calendars/` or `local/`",
                    choices(SINGLE)
                ),
            });
        }
    }
    for name in SINGLE {
        if !files.iter().any(|file| tail(&file.name) == name) {
            faults.push(Fault {
                file: name.to_owned(),
                line: 1,
                what: "the file is missing".to_owned(),
                cure: HOW_TO.to_owned(),
            });
        }
    }
}

pub(crate) fn each<'a, T: DeserializeOwned>(
    files: &'a [SourceFile],
    name: &str,
    faults: &mut Vec<Fault>,
) -> Vec<(&'a SourceFile, T)> {
    let mut read = Vec::new();
    for file in files.iter().filter(|file| {
        let tail = tail(&file.name);
        if name.ends_with('/') { tail.starts_with(name) } else { tail == name }
    }) {
        match toml::from_str(&file.text) {
            Ok(value) => read.push((file, value)),
            Err(error) => faults.push(Fault {
                file: file.name.clone(),
                line: error.span().map_or(1, |span| line(&file.text, span.start)),
                what: error.message().replace('\n', " "),
                cure: cure(error.message()),
            }),
        }
    }
    read
}

/// What to do about what the reader of TOML says.
fn cure(message: &str) -> String {
    match message.strip_prefix("missing field `").and_then(|rest| rest.split_once('`')) {
        Some((name, _)) => format!("Add `{name}`; see docs/rulebook.md"),
        None => HOW_TO.to_owned(),
    }
}

/// Examples that stand apart from their duties.
fn examples(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<ExampleFile>(files, "examples/", faults) {
        let mut names = Names::new(file, faults);
        for raw in &read.example {
            let found = match &raw.duty {
                Some(name) => {
                    names.find(name, "duty", book.duties.iter().map(|duty| duty.id.as_str()))
                }
                None => {
                    names.fault(raw.name.span(), "an example of no duty", "Add `duty`");
                    None
                }
            };
            let example = example(&mut names, raw);
            if let (Some(duty), Some(example)) =
                (found.and_then(|found| book.duties.get_mut(found)), example)
            {
                duty.examples.push(example.name.clone());
                duty.worked.push(example);
            }
        }
    }
}

pub(crate) fn duty_files<'a>(
    files: &'a [SourceFile],
    faults: &mut Vec<Fault>,
) -> Vec<(&'a SourceFile, DutyFile)> {
    each(files, "duties/", faults)
}

fn words_of_parties(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    let party = |raw: Worded| Party { id: raw.id.into_inner(), words: raw.words };
    for (file, read) in each::<PartyFile>(files, "parties.toml", faults) {
        let mut names = Names::new(file, faults);
        unique(&mut names, &read.party.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>());
        unique(&mut names, &read.body.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>());
        book.parties.extend(read.party.into_iter().map(party));
        book.bodies.extend(read.body.into_iter().map(party));
    }
}

fn remedies(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<RemedyFile>(files, "remedies.toml", faults) {
        let ids: Vec<Name> = read.remedy.iter().map(|raw| raw.id.clone()).collect();
        unique(&mut Names::new(file, faults), &ids);
        book.remedies.extend(read.remedy.into_iter().map(|raw| Remedy {
            id: raw.id.into_inner(),
            title: raw.title,
            words: raw.words,
        }));
    }
}

const EFFECTS: [(&str, Effect); 9] = [
    ("trigger-day-counted", Effect::TriggerDayCounted),
    ("trigger-day-not-counted", Effect::TriggerDayNotCounted),
    ("next-working-day", Effect::NextWorkingDay),
    ("served-when-sent", Effect::ServedWhenSent),
    ("no-corresponding-day", Effect::NoCorrespondingDay),
    ("from-agreement", Effect::FromAgreement),
    ("clear-period", Effect::ClearPeriod),
    ("by-the-day", Effect::ByTheDay),
    ("tribunal-time", Effect::TribunalTime),
];

fn readings(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<ReadingFile>(files, "readings.toml", faults) {
        let mut names = Names::new(file, faults);
        unique(&mut names, &read.reading.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>());
        for raw in read.reading {
            let effect = raw
                .effect
                .as_ref()
                .and_then(|name| names.find(name, "effect", EFFECTS.map(|(word, _)| word)))
                .and_then(|index| EFFECTS.get(index))
                .map(|(_, effect)| *effect);
            book.readings.push(Reading {
                id: raw.id.into_inner(),
                point: raw.point,
                default: raw.default,
                other: raw.other,
                effect,
            });
        }
    }
}

const TESTS: [(&str, GroundTest); 4] = [
    ("closure", GroundTest::Closure),
    ("absence", GroundTest::Absence),
    ("appointment", GroundTest::Appointment),
    ("judgement", GroundTest::Judgement),
];

fn grounds(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<GroundFile>(files, "exceptions.toml", faults) {
        let (mut names, mut over) = (Names::new(file, faults), Vec::new());
        unique(&mut names, &read.ground.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>());
        for raw in read.ground {
            let asked_of =
                names.known(&raw.asked_of, "body", book.bodies.iter().map(|body| body.id.as_str()));
            let Some((_, test)) = names
                .find(&raw.test, "test", TESTS.map(|(word, _)| word))
                .and_then(|index| TESTS.get(index))
            else {
                continue;
            };
            book.grounds.push(Ground {
                id: raw.id.into_inner(),
                title: raw.title,
                cite: raw.cite,
                words: raw.words,
                test: *test,
                asked_of,
                outcome: raw
                    .outcome
                    .as_ref()
                    .and_then(|name| one_of(&mut names, name, "outcome", &OUTCOMES))
                    .unwrap_or(Outcome::Lifts),
                over: raw.over.iter().map(|name| name.get_ref().clone()).collect(),
                // Kinds of fact are read later, since they name grounds: see `shown_by`.
                shown_by: None,
                days: raw.days.as_ref().map(|days| *days.get_ref()),
                without_claim: raw.without_claim,
            });
            over.extend(raw.over);
        }
        names.known(&over, "ground", book.grounds.iter().map(|ground| ground.id.as_str()));
    }
}

/// The kinds of fact that show the circumstances of grounds.
fn shown_by(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<GroundFile>(files, "exceptions.toml", faults) {
        let mut names = Names::new(file, faults);
        for raw in read.ground {
            let kind = raw.shown_by.as_ref().and_then(|name| names.kind(book, name));
            let ground = book.grounds.iter_mut().find(|ground| ground.id == *raw.id.get_ref());
            if let Some(ground) = ground {
                ground.shown_by = kind;
            }
        }
    }
}

const OUTCOMES: [(&str, Outcome); 2] =
    [("lifts", Outcome::Lifts), ("another-day", Outcome::AnotherDay)];

fn notices(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<NoticeFile>(files, "notices.toml", faults) {
        let mut names = Names::new(file, faults);
        unique(&mut names, &read.notice.iter().map(|raw| raw.code.clone()).collect::<Vec<_>>());
        let codes = contents(&mut names, &read);
        for raw in read.notice {
            unique(&mut names, &raw.parts.iter().map(|part| part.id.clone()).collect::<Vec<_>>());
            let part = |part: RawPart| NoticePart {
                code: codes.get(part.id.get_ref()).cloned().unwrap_or_default(),
                id: part.id.into_inner(),
                words: part.words,
                cite: part.asks.unwrap_or_else(|| raw.cite.clone()),
            };
            let parts = raw.parts.into_iter().map(part).collect();
            book.notices.push(Notice {
                code: raw.code.into_inner(),
                title: raw.title,
                cite: raw.cite,
                parts,
            });
        }
    }
}

/// The code of each part. Every part has one, each stands for one part, and none for nothing.
fn contents(names: &mut Names<'_>, read: &NoticeFile) -> BTreeMap<String, String> {
    unique(names, &read.contents.values().cloned().collect::<Vec<_>>());
    let parts = || read.notice.iter().flat_map(|raw| raw.parts.iter().map(|part| &part.id));
    for part in parts() {
        let known = read.contents.values().map(|id| id.get_ref().as_str());
        names.find(part, "part of a notice", known);
    }
    for (code, id) in &read.contents {
        let number = code.get_ref().strip_prefix('N').unwrap_or_default();
        if number.is_empty()
            || number.starts_with('0')
            || !number.bytes().all(|b| b.is_ascii_digit())
        {
            names.fault(
                code.span(),
                format!("`{code}` is no code", code = code.get_ref()),
                "Write N and a number",
            );
        }
        if parts().all(|part| part.get_ref() != id.get_ref()) {
            let text = format!("no notice holds `{}`", id.get_ref());
            names.fault(code.span(), text, "Take the code out, or add the part to a notice");
        }
    }
    let pair = |(code, id): (&Name, &Name)| (id.get_ref().clone(), code.get_ref().clone());
    read.contents.iter().map(pair).collect()
}

fn kinds(book: &mut Rulebook, files: &[SourceFile], duties: &[String], faults: &mut Vec<Fault>) {
    for (file, read) in each::<EventFile>(files, "events.toml", faults) {
        let mut names = Names::new(file, faults);
        unique(&mut names, &read.event.iter().map(|raw| raw.kind.clone()).collect::<Vec<_>>());
        if let Some(extra) = read.event.get(KINDS_MAX) {
            names.fault(
                extra.kind.span(),
                format!("more than {KINDS_MAX} kinds"),
                "Raise KINDS_MAX with its type",
            );
        }
        book.settings = read.values.get("setting").cloned().unwrap_or_default();
        for raw in read.event.into_iter().take(KINDS_MAX) {
            let mut fields = Vec::new();
            for field in raw.fields {
                let (holds, values) = match field.is.get_ref().as_str() {
                    "text" => (FieldType::Text, Vec::new()),
                    "flag" => (FieldType::Flag, Vec::new()),
                    "number" => (FieldType::Number, Vec::new()),
                    "date" => (FieldType::Date, Vec::new()),
                    "duty" => (FieldType::Choice, duties.to_vec()),
                    "ground" => (
                        FieldType::Choice,
                        book.grounds.iter().map(|ground| ground.id.clone()).collect(),
                    ),
                    list => {
                        let lists = read.values.keys().map(String::as_str);
                        names.find(&field.is, "list of values", lists);
                        let holds = if field.many { FieldType::List } else { FieldType::Choice };
                        (holds, read.values.get(list).cloned().unwrap_or_default())
                    }
                };
                let words =
                    field.words.unwrap_or_else(|| format!("the {}", field.name.replace('-', " ")));
                let required = field.required;
                fields.push(Field { name: field.name, holds, words, values, required });
            }
            let sent = raw.notice.iter().chain(raw.notice_by.iter().flat_map(|by| by.of.values()));
            for notice in sent {
                let known = book.notices.iter().map(|notice| notice.code.as_str());
                names.find(notice, "notice", known);
            }
            if let Some(by) = &raw.notice_by {
                let field = fields.iter().find(|field| field.name == *by.field.get_ref());
                names.find(&by.field, "field", field.map(|field| field.name.as_str()));
                let values = field.map(|field| field.values.as_slice()).unwrap_or_default();
                for (value, notice) in by.of.iter().filter(|(value, _)| !values.contains(value)) {
                    let cure = format!("Use {}", choices(values.iter().map(String::as_str)));
                    names.fault(notice.span(), format!("no value `{value}`"), cure);
                }
            }
            let name = raw.kind.into_inner();
            let number = u16::try_from(book.kinds.len()).unwrap_or(u16::MAX);
            book.kind_index.insert(name.clone(), number);
            let has = |wanted: &str| fields.iter().any(|field: &Field| field.name == wanted);
            book.kinds.push(EventKind {
                title: raw.title,
                recordable: raw.recordable,
                notice: raw.notice.map(Spanned::into_inner),
                notice_by: raw.notice_by.map(|by| {
                    let of = by.of.into_iter();
                    let of = of.map(|(value, notice)| (value, notice.into_inner())).collect();
                    (by.field.into_inner(), of)
                }),
                body_field: ["from", "to", "with"].into_iter().find(|field| {
                    fields.iter().any(|known: &Field| {
                        known.name == *field && known.holds == FieldType::Choice
                    })
                }),
                has_adviser: has("adviser"),
                word: Word::from(name.as_str()),
                fields,
                name,
            });
        }
    }
}

fn round(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<RoundFile>(files, "rounds.toml", faults) {
        let mut names = Names::new(file, faults);
        for raw in read.round {
            names.find(&raw.id, "round", ["assessment"]);
            let opens = names.kinds(book, &raw.opens);
            let closes = names.kinds(book, &raw.closes);
            let reopens = raw
                .reopens
                .iter()
                .filter_map(|pair| names.kind(book, &pair.event).zip(names.kind(book, &pair.after)))
                .collect();
            book.round = Round::new(opens, closes, reopens);
        }
    }
}

fn calendar(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    let mut days = Vec::new();
    for (file, read) in each::<CalendarFile>(files, "calendars/", faults) {
        let mut names = Names::new(file, faults);
        if read.source.is_empty() {
            names.fault(0..0, "no source is given", "Say where the days were published");
        }
        for raw in &read.days {
            if raw.name.is_empty() {
                names.fault(raw.on.span(), "a bank holiday without a name", "Name it");
            }
            days.extend(names.date(&raw.on));
        }
    }
    book.calendar = Calendar::new(&days);
}

/// A phrase that takes the place of a placeholder, which it holds itself.
fn phrase(names: &mut Names<'_>, raw: &Name, hole: &str) -> String {
    if say::holes(raw.get_ref()) != [hole] {
        names.fault(
            raw.span(),
            "a phrase without what it is put round",
            format!("Put `{{{hole}}}`"),
        );
    }
    raw.get_ref().clone()
}

fn standing_words(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<WordsFile>(files, "words.toml", faults) {
        let mut names = Names::new(file, faults);
        let parent = templates(&mut names, &read.parent, &say::STATES);
        let officer = templates(&mut names, &read.officer, &say::STATES);
        for state in say::STATES {
            if !parent.contains_key(state) || !officer.contains_key(state) {
                names.fault(0..0, format!("no words for `{state}`"), "Add them for both voices");
            }
        }
        book.words = [parent, officer];
        book.phrases = Phrases {
            done_by: phrase(&mut names, &read.phrase.done_by, "done_on"),
            at_least: phrase(&mut names, &read.phrase.at_least, "days_late"),
        };
    }
}
