//! From TOML to a rulebook: every name is looked up in its closed list, and what is in none is a
//! fault with its line. Reading goes on after a fault, so that all are reported together.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};
use toml::Spanned;
use toml::value::Datetime;

use crate::calendar::Calendar;
use crate::examples::{Example, Expect};
use crate::fault::{Fault, choices};
use crate::rule::{
    Act, Conceded, Filter, Form, Instance, KINDS_MAX, Match, Rule, Scope, Unit, Within,
};
use crate::rulebook::{
    Checked, Duty, Effect, EventKind, Field, FieldType, Ground, GroundTest, InForce, Notice,
    NoticePart, Party, Reading, Remedy, Round, Rulebook, SourceFile,
};
use crate::say;
use crate::source::{
    CalendarFile, DutyFile, EventFile, GroundFile, LaterFile, Name, NoticeFile, PartyFile, RawAct,
    RawDuty, RawExample, RawStarts, RawWithin, ReadingFile, RemedyFile, RoundFile, Worded,
    WordsFile,
};

const STAGES: [&str; 5] = ["request", "assessment", "plan", "review", "appeal"];
const FORCES: [&str; 5] = ["statute", "rule", "guidance", "policy", "local"];
/// Acts of a duty and parties it is owed to are bits of one number.
const ACTS_MAX: usize = 30;
const HOW_TO: &str = "See docs/rulebook.md";

/// Reads every file, in the order in which names are needed.
pub(crate) fn rulebook(files: &[SourceFile]) -> Result<Rulebook, Vec<Fault>> {
    let mut faults = Vec::new();
    let mut book = empty(hash(files));
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
        .collect();
    kinds(&mut book, files, &duty_ids, &mut faults);
    round(&mut book, files, &mut faults);
    calendar(&mut book, files, &mut faults);
    standing_words(&mut book, files, &mut faults);
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
            if let Some(duty) = duty(&book, &own, &mut names, raw) {
                book.duties.push(duty);
            }
        }
    }
    unknown_files(files, &mut faults);
    if faults.is_empty() { Ok(book) } else { Err(faults) }
}

fn empty(hash: String) -> Rulebook {
    Rulebook {
        hash,
        duties: Vec::new(),
        kinds: Vec::new(),
        kind_index: BTreeMap::new(),
        parties: Vec::new(),
        bodies: Vec::new(),
        remedies: Vec::new(),
        readings: Vec::new(),
        grounds: Vec::new(),
        notices: Vec::new(),
        settings: Vec::new(),
        round: Round::default(),
        calendar: Calendar::default(),
        words: [BTreeMap::new(), BTreeMap::new()],
    }
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
    let folder = ["duties/", "calendars/"]
        .into_iter()
        .find(|folder| name.get(..file).is_some_and(|before| before.ends_with(folder)));
    name.get(file - folder.map_or(0, str::len)..).unwrap_or(name)
}

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
        let known =
            SINGLE.contains(&name) || name.starts_with("duties/") || name.starts_with("calendars/");
        if !known {
            faults.push(Fault {
                file: file.name.clone(),
                line: 1,
                what: "nothing reads a file of this name".to_owned(),
                cure: format!("Use {}, or a file in `duties/` or `calendars/`", choices(SINGLE)),
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

fn each<'a, T: DeserializeOwned>(
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
                cure: HOW_TO.to_owned(),
            }),
        }
    }
    read
}

fn duty_files<'a>(
    files: &'a [SourceFile],
    faults: &mut Vec<Fault>,
) -> Vec<(&'a SourceFile, DutyFile)> {
    each(files, "duties/", faults)
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Looks names up in closed lists, and keeps the faults of one file.
struct Names<'a> {
    file: &'a SourceFile,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Names<'a> {
    const fn new(file: &'a SourceFile, faults: &'a mut Vec<Fault>) -> Self {
        Self { file, faults }
    }

    fn fault(&mut self, span: Range<usize>, what: impl Into<String>, cure: impl Into<String>) {
        self.faults.push(Fault {
            file: self.file.name.clone(),
            line: line(&self.file.text, span.start),
            what: what.into(),
            cure: cure.into(),
        });
    }

    /// The place of `name` in `list`, or a fault that shows the list.
    fn find<'b>(
        &mut self,
        name: &Name,
        what: &str,
        list: impl IntoIterator<Item = &'b str> + Clone,
    ) -> Option<usize> {
        let found = list.clone().into_iter().position(|known| known == name.get_ref());
        if found.is_none() {
            self.fault(
                name.span(),
                format!("unknown {what} `{}`", name.get_ref()),
                format!("Use one of {}", choices(list)),
            );
        }
        found
    }

    fn known<'b>(
        &mut self,
        names: &[Name],
        what: &str,
        list: impl IntoIterator<Item = &'b str> + Clone,
    ) -> Vec<String> {
        names
            .iter()
            .filter(|name| self.find(name, what, list.clone()).is_some())
            .map(|name| name.get_ref().clone())
            .collect()
    }

    fn kind(&mut self, book: &Rulebook, name: &Name) -> Option<u8> {
        self.find(name, "event", book.kinds.iter().map(|kind| kind.name.as_str()))
            .and_then(|index| u8::try_from(index).ok())
    }

    fn kinds(&mut self, book: &Rulebook, names: &[Name]) -> u128 {
        names.iter().filter_map(|name| self.kind(book, name)).fold(0, |set, kind| set | 1 << kind)
    }

    /// Conditions on fields: every kind of the set must have the field, and its values must be
    /// among those that the field allows.
    fn filters(
        &mut self,
        book: &Rulebook,
        kinds: u128,
        raw: &BTreeMap<Name, Vec<Name>>,
    ) -> Vec<Filter> {
        let mut filters = Vec::new();
        for (field, values) in raw {
            self.fields_exist(book, kinds, std::slice::from_ref(field));
            let allowed: Vec<&str> = book
                .kinds
                .iter()
                .enumerate()
                .filter(|(index, _)| kinds >> index & 1 == 1)
                .filter_map(|(_, kind)| kind.field(field.get_ref()))
                .flat_map(|known| match known.holds {
                    FieldType::Flag => vec!["true", "false"],
                    _ => known.values.iter().map(String::as_str).collect(),
                })
                .collect();
            let values = self.known(values, "value", allowed.iter().copied());
            filters.push(Filter { field: field.get_ref().clone(), values });
        }
        filters
    }

    fn fields_exist(&mut self, book: &Rulebook, kinds: u128, names: &[Name]) -> Vec<String> {
        for name in names {
            for (index, kind) in book.kinds.iter().enumerate() {
                if kinds >> index & 1 == 1 && kind.field(name.get_ref()).is_none() {
                    self.fault(
                        name.span(),
                        format!("`{}` has no field `{}`", kind.name, name.get_ref()),
                        format!(
                            "Use {}",
                            choices(kind.fields.iter().map(|field| field.name.as_str()))
                        ),
                    );
                }
            }
        }
        names.iter().map(|name| name.get_ref().clone()).collect()
    }

    fn date(&mut self, raw: &Spanned<Datetime>) -> Option<Date> {
        let value = raw.get_ref();
        let found = match (value.date, value.time, value.offset) {
            (Some(date), None, None) => i16::try_from(date.year)
                .ok()
                .zip(i8::try_from(date.month).ok().zip(i8::try_from(date.day).ok()))
                .and_then(|(year, (month, day))| Date::new(year, month, day).ok()),
            _ => None,
        };
        if found.is_none() {
            self.fault(raw.span(), format!("`{value}` is not a day"), "Write it as 2026-09-14");
        }
        found
    }
}

fn unique(names: &mut Names<'_>, ids: &[Name]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.get_ref().clone()) {
            names.fault(id.span(), format!("`{}` stands here twice", id.get_ref()), "Keep one");
        }
    }
    ids.iter().map(|id| id.get_ref().clone()).collect()
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

const EFFECTS: [(&str, Effect); 6] = [
    ("trigger-day-counted", Effect::TriggerDayCounted),
    ("trigger-day-not-counted", Effect::TriggerDayNotCounted),
    ("next-working-day", Effect::NextWorkingDay),
    ("served-when-sent", Effect::ServedWhenSent),
    ("no-corresponding-day", Effect::NoCorrespondingDay),
    ("from-agreement", Effect::FromAgreement),
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
        let mut names = Names::new(file, faults);
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
            });
        }
    }
}

fn notices(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<NoticeFile>(files, "notices.toml", faults) {
        let mut names = Names::new(file, faults);
        unique(&mut names, &read.notice.iter().map(|raw| raw.code.clone()).collect::<Vec<_>>());
        for raw in read.notice {
            unique(&mut names, &raw.parts.iter().map(|part| part.id.clone()).collect::<Vec<_>>());
            book.notices.push(Notice {
                code: raw.code.into_inner(),
                title: raw.title,
                cite: raw.cite,
                parts: raw
                    .parts
                    .into_iter()
                    .map(|part| NoticePart { id: part.id.into_inner(), words: part.words })
                    .collect(),
            });
        }
    }
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
                fields.push(Field { name: field.name, holds, values, required: field.required });
            }
            if let Some(notice) = &raw.notice {
                let known = book.notices.iter().map(|notice| notice.code.as_str());
                names.find(notice, "notice", known);
            }
            let name = raw.kind.into_inner();
            book.kind_index.insert(name.clone(), book.kinds.len());
            book.kinds.push(EventKind {
                name,
                title: raw.title,
                recordable: raw.recordable,
                notice: raw.notice.map(Spanned::into_inner),
                fields,
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
            book.round = Round { opens, closes, reopens };
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

fn standing_words(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<WordsFile>(files, "words.toml", faults) {
        let mut names = Names::new(file, faults);
        let parent = templates(&mut names, &read.parent);
        let officer = templates(&mut names, &read.officer);
        for state in say::STATES {
            if !parent.contains_key(state) || !officer.contains_key(state) {
                names.fault(0..0, format!("no words for `{state}`"), "Add them for both voices");
            }
        }
        book.words = [parent, officer];
    }
}

fn templates(names: &mut Names<'_>, raw: &BTreeMap<Name, Name>) -> BTreeMap<String, String> {
    for (state, text) in raw {
        names.find(state, "state", say::STATES);
        for hole in say::holes(text.get_ref()) {
            if !say::HOLES.contains(&hole) {
                names.fault(
                    text.span(),
                    format!("unknown placeholder `{{{hole}}}`"),
                    format!("Use one of {}", choices(say::HOLES)),
                );
            }
        }
    }
    raw.iter().map(|(state, text)| (state.get_ref().clone(), text.get_ref().clone())).collect()
}

fn duty(book: &Rulebook, ids: &[String], names: &mut Names<'_>, raw: RawDuty) -> Option<Duty> {
    let rule = rule(book, ids, names, &raw);
    names.find(&raw.stage, "stage", STAGES);
    names.find(&raw.force, "force", FORCES);
    let parties = book.parties.iter().map(|party| party.id.as_str());
    names.find(&raw.owner, "party", parties.clone());
    let remedy_ids = book.remedies.iter().map(|remedy| remedy.id.as_str());
    let mut remedies_after = BTreeMap::new();
    for (kind, list) in &raw.remedies_after {
        names.kind(book, kind);
        remedies_after
            .insert(kind.get_ref().clone(), names.known(list, "remedy", remedy_ids.clone()));
    }
    if let Some(notice) = &raw.notice {
        names.find(notice, "notice", book.notices.iter().map(|notice| notice.code.as_str()));
    }
    let in_force: Vec<InForce> = raw
        .in_force
        .iter()
        .filter_map(|span| {
            Some(InForce {
                from: names.date(&span.from)?,
                to: match &span.to {
                    Some(to) => Some(names.date(to)?),
                    None => None,
                },
            })
        })
        .collect();
    if raw.example.is_empty() || in_force.is_empty() {
        names.fault(
            raw.id.span(),
            "a duty without an example or without its days in force",
            HOW_TO,
        );
    }
    let worked: Vec<Example> =
        raw.example.iter().filter_map(|example| self::example(names, example)).collect();
    Some(Duty {
        owed_to: names.known(&raw.owed_to, "party", parties),
        remedies: names.known(&raw.remedies, "remedy", remedy_ids),
        remedies_after,
        lead_days: *raw.lead_days.get_ref(),
        lifted_by: names.known(
            &raw.lifted_by,
            "ground",
            book.grounds.iter().map(|ground| ground.id.as_str()),
        ),
        readings: raw.readings.iter().map(|name| name.get_ref().clone()).collect(),
        notice: raw.notice.map(Spanned::into_inner),
        say: templates(names, &raw.say),
        checked: Checked { by: raw.checked.by, lawyer: raw.checked.lawyer },
        in_force,
        examples: worked.iter().map(|example| example.name.clone()).collect(),
        worked,
        id: raw.id.into_inner(),
        title: raw.title,
        stage: raw.stage.into_inner(),
        cite: raw.cite,
        code: raw.code,
        force: raw.force.into_inner(),
        form: raw.form.into_inner(),
        owner: raw.owner.into_inner(),
        period: rule.as_ref().and_then(|rule| rule.within).map(Within::words),
        rule: rule?,
    })
}

const FORMS: [(&str, Form); 4] = [
    ("deadline", Form::Deadline),
    ("floor", Form::Floor),
    ("right", Form::Right),
    ("continuing", Form::Continuing),
];

const INSTANCES: [(&str, Instance); 4] = [
    ("round-opening", Instance::RoundOpening),
    ("first-in-round", Instance::FirstInRound),
    ("each", Instance::Each),
    ("until-ended", Instance::UntilEnded),
];

const SCOPES: [(&str, Scope); 3] =
    [("round", Scope::Round), ("next-trigger", Scope::NextTrigger), ("case", Scope::Case)];

fn rule(book: &Rulebook, ids: &[String], names: &mut Names<'_>, raw: &RawDuty) -> Option<Rule> {
    let form = names
        .find(&raw.form, "form", FORMS.map(|(word, _)| word))
        .and_then(|index| FORMS.get(index))
        .map(|(_, form)| *form);
    let scope = names
        .find(&raw.scope, "scope", SCOPES.map(|(word, _)| word))
        .and_then(|index| SCOPES.get(index))
        .map(|(_, scope)| *scope);
    if let Some(name) = &raw.counts_from {
        names.find(name, "place to count acts from", ["round-opening"]);
    }
    if let Some(name) = &raw.rolls {
        names.find(name, "way to roll", ["tribunal-start"]);
    }
    let (starts, instance, except) = starts(book, names, &raw.starts);
    let acts: Vec<Act> = raw.done.iter().map(|act| self::act(book, names, act)).collect();
    if acts.len() > ACTS_MAX || raw.owed_to.len() > ACTS_MAX {
        names.fault(raw.id.span(), format!("more than {ACTS_MAX} acts or parties"), HOW_TO);
    }
    if raw.to_all && acts.len() != 1 {
        names.fault(raw.id.span(), "`to-all` goes with exactly one act in `done`", HOW_TO);
    }
    let matching = |names: &mut Names<'_>, event: &Name, filter: &BTreeMap<Name, Vec<Name>>| {
        let kinds = names.kinds(book, std::slice::from_ref(event));
        Match { kinds, filters: names.filters(book, kinds, filter) }
    };
    let for_good = raw
        .void_for_good
        .iter()
        .map(|void| (matching(names, &void.event, &void.filter), void.why.clone()))
        .collect();
    let unless = raw.unless.as_ref().map(|unless| matching(names, &unless.event, &unless.filter));
    Some(Rule {
        form: form?,
        start_kinds: starts.iter().fold(0, |set, start| set | start.kinds),
        starts,
        instance: instance?,
        except,
        reaching: raw.starts.reaching.as_ref().map(|name| name.get_ref().clone()),
        from_service: raw.starts.day.is_some(),
        scope: scope?,
        acts_from_round: raw.counts_from.is_some(),
        practicable: raw.also_as_soon_as_practicable,
        within: raw.within.as_ref().and_then(|within| self::within(names, within)),
        or_later: raw
            .or_later
            .as_ref()
            .and_then(|later| names.kind(book, &later.event).map(|kind| (kind, later.months))),
        tribunal_roll: raw.rolls.is_some(),
        conceded: conceded(book, names, raw),
        keeps: raw.keeps.as_ref().and_then(|keeps| {
            names
                .find(&keeps.duty, "duty", ids.iter().map(String::as_str))
                .map(|index| (index, keeps.days))
        }),
        acts,
        to_all: raw.to_all,
        before: names.kinds(book, &raw.before),
        void_by: names.kinds(book, &raw.void_by),
        for_good,
        implied_by: names.kinds(book, &raw.implied_by),
        ended_by: names.kinds(book, &raw.ended_by),
        ends_at_age: raw.ends_at_age.as_ref().map(|age| *age.get_ref()),
        broken_by: names.kinds(book, &raw.broken_by),
        unless,
        guidance_for: guidance(book, names, raw),
        effects: effects(book, names, raw),
        note: raw.note.clone(),
        late_note: raw.late_note.clone(),
        passed_note: raw.passed_note.clone(),
    })
}

fn starts(
    book: &Rulebook,
    names: &mut Names<'_>,
    raw: &RawStarts,
) -> (Vec<Match>, Option<Instance>, Vec<Filter>) {
    let kinds = names.kinds(book, &raw.on);
    let mut starts = vec![Match { kinds, filters: Vec::new() }];
    if let Some(or) = &raw.or {
        let kinds = names.kinds(book, std::slice::from_ref(&or.event));
        starts.push(Match { kinds, filters: names.filters(book, kinds, &or.filter) });
    }
    let instance = names
        .find(&raw.instance, "instance", INSTANCES.map(|(word, _)| word))
        .and_then(|index| INSTANCES.get(index))
        .map(|(_, instance)| *instance);
    if let Some(name) = &raw.day {
        names.find(name, "day", ["served"]);
    }
    if let Some(name) = &raw.reaching {
        names.find(name, "party", book.parties.iter().map(|party| party.id.as_str()));
    }
    (starts, instance, names.filters(book, kinds, &raw.except))
}

fn act(book: &Rulebook, names: &mut Names<'_>, raw: &RawAct) -> Act {
    let kinds = names.kinds(book, &raw.any_of);
    Act {
        what: Match { kinds, filters: names.filters(book, kinds, &raw.filter) },
        same: names.fields_exist(book, kinds, &raw.same),
        same_if_both: names.fields_exist(book, kinds, &raw.same_if_both),
        words: raw.words.clone(),
    }
}

fn within(names: &mut Names<'_>, raw: &RawWithin) -> Option<Within> {
    const COUNTING: [&str; 2] = ["trigger-day-excluded", "trigger-day-included"];
    let counting = names.find(&raw.counting, "way of counting", COUNTING)?;
    let given: Vec<(&Spanned<i32>, Unit)> =
        [(&raw.days, Unit::Days), (&raw.weeks, Unit::Weeks), (&raw.months, Unit::Months)]
            .into_iter()
            .filter_map(|(n, unit)| n.as_ref().map(|n| (n, unit)))
            .collect();
    match given.as_slice() {
        [(n, unit)] if (1..=520).contains(n.get_ref()) => {
            Some(Within { n: *n.get_ref(), unit: *unit, trigger_day_counts: counting == 1 })
        }
        _ => {
            names.fault(
                raw.counting.span(),
                "a period needs one of days, weeks and months, from 1 to 520",
                "Write `within = { weeks = 6, counting = \"trigger-day-excluded\" }`",
            );
            None
        }
    }
}

fn conceded(book: &Rulebook, names: &mut Names<'_>, raw: &RawDuty) -> Option<Conceded> {
    let raw = raw.conceded.as_ref()?;
    let known = book.readings.iter().map(|reading| reading.id.as_str());
    names.find(&raw.reading, "reading", known);
    Some(Conceded {
        after: names.kind(book, &raw.after)?,
        by: names.kind(book, &raw.by)?,
        weeks: raw.weeks,
        reading: raw.reading.get_ref().clone(),
    })
}

fn guidance(
    book: &Rulebook,
    names: &mut Names<'_>,
    raw: &RawDuty,
) -> Option<(String, Vec<String>, String)> {
    let raw = raw.guidance_for.as_ref()?;
    names.find(&raw.field, "field", ["from"]);
    names.find(&raw.reading, "reading", book.readings.iter().map(|reading| reading.id.as_str()));
    let values = names.known(&raw.values, "body", book.bodies.iter().map(|body| body.id.as_str()));
    Some((raw.field.get_ref().clone(), values, raw.reading.get_ref().clone()))
}

fn effects(book: &Rulebook, names: &mut Names<'_>, raw: &RawDuty) -> Vec<(String, Effect)> {
    raw.readings
        .iter()
        .filter_map(|name| {
            names
                .find(name, "reading", book.readings.iter().map(|reading| reading.id.as_str()))
                .and_then(|index| book.readings.get(index))
                .and_then(|reading| reading.effect.map(|effect| (reading.id.clone(), effect)))
        })
        .collect()
}

fn example(names: &mut Names<'_>, raw: &RawExample) -> Option<Example> {
    let line = line(&names.file.text, raw.name.span().start);
    let mut date = |given: &Option<Spanned<Datetime>>| match given {
        Some(value) => names.date(value),
        None => None,
    };
    let expect = Expect {
        due: date(&raw.expect.due),
        no_due: raw.expect.no_due,
        due_safe: date(&raw.expect.due_safe),
        standing: raw.expect.standing.as_ref().map(|name| name.get_ref().clone()),
        done_on: date(&raw.expect.done_on),
        days_late: raw.expect.days_late,
        excuse: raw.expect.excuse.as_ref().map(|name| name.get_ref().clone()),
        force: raw.expect.force.as_ref().map(|name| name.get_ref().clone()),
        trigger: date(&raw.expect.trigger),
        keeps: date(&raw.expect.keeps),
        keeps_safe: date(&raw.expect.keeps_safe),
        other: raw
            .expect
            .other
            .as_ref()
            .map(|other| other.iter().map(|name| name.get_ref().clone()).collect()),
    };
    let born = date(&raw.born);
    let as_at = names.date(&raw.as_at)?;
    Some(Example {
        name: raw.name.get_ref().clone(),
        file: names.file.name.clone(),
        line,
        born,
        closures: raw.closures.iter().map(|text| text.get_ref().clone()).collect(),
        given: raw.given.iter().map(|text| text.get_ref().clone()).collect(),
        as_at,
        expect,
    })
}
