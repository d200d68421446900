//! What an area says for itself, from files in `local/`: its school terms, in which school days are
//! counted, and its standards, which are what it has promised beyond the law. A standard stands beside
//! a duty of law, under its own label and with a shorter time, and is a duty of its own in every
//! answer. One that would give more time than the law anywhere is refused by name.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::compile::{duty_files, each};
use crate::compile_duty::duty;
use crate::evaluate::evaluate;
use crate::examples::case;
use crate::fact::{Case, Question, Term};
use crate::fault::Fault;
use crate::names::{Names, unique};
use crate::rulebook::{Duty, Rulebook, SourceFile};
use crate::source::{Name, RawChecked, RawDuty, RawInForce, RawWithin};

/// The folder of a rulebook in which local standards stand.
pub(crate) const FOLDER: &str = "local/";
/// Their force.
pub(crate) const FORCE: &str = "local";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalFile {
    #[serde(default)]
    standard: Vec<RawStandard>,
    #[serde(default)]
    term: Vec<RawTerm>,
}

/// A school term of an area.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTerm {
    /// The first school day.
    from: Spanned<Datetime>,
    /// The last school day.
    last: Spanned<Datetime>,
    /// Days in it on which no child is taught.
    #[serde(default)]
    closed: Vec<Spanned<Datetime>>,
}

/// Lays the school terms of `local/` beside the law. A term is cut where it is closed.
pub(crate) fn terms(book: &mut Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for (file, read) in each::<LocalFile>(files, FOLDER, &mut Vec::new()) {
        let mut names = Names::new(file, faults);
        for raw in read.term {
            let (Some(from), Some(last)) = (names.date(&raw.from), names.date(&raw.last)) else {
                continue;
            };
            let Some(to) = last.tomorrow().ok().filter(|to| *to > from) else {
                names.fault(raw.last.span(), "a term that ends before it begins", "Turn its days");
                continue;
            };
            let own = &mut book.terms;
            if own.iter().any(|other| other.from < to && from < other.to) {
                let what = "two terms on the same days";
                names.fault(raw.from.span(), what, "Keep each day in one term");
                continue;
            }
            let mut from = from;
            for closed in &raw.closed {
                let Some(day) = names.date(closed) else { continue };
                let Some(next) = day.tomorrow().ok().filter(|_| from <= day && day < to) else {
                    let what = "a closed day outside its term, or out of order";
                    names.fault(closed.span(), what, "Give the closed days of a term in order");
                    continue;
                };
                own.push(Term { from, to: day });
                from = next;
            }
            own.push(Term { from, to });
            own.retain(|term| term.from < term.to);
        }
    }
    book.terms.sort_by_key(|term| term.from);
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct RawStandard {
    id: Name,
    title: String,
    /// Its own label: where the area has said so.
    cite: String,
    /// The duty of law beside which it stands.
    beside: Name,
    within: Spanned<RawWithin>,
    from: Spanned<Datetime>,
    /// For families.
    words: Name,
    lead_days: Option<Spanned<i32>>,
    /// Exceptions that lift it, and nothing else.
    #[serde(default)]
    lifted_by: Vec<Name>,
}

/// Adds the standards of `local/` to the duties, each after its duty of law.
pub(crate) fn standards(
    book: &mut Rulebook,
    files: &[SourceFile],
    ids: &[String],
    faults: &mut Vec<Fault>,
) {
    for (file, read) in each::<LocalFile>(files, FOLDER, faults) {
        let mut names = Names::new(file, faults);
        unique(&mut names, &read.standard.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>());
        for standard in read.standard {
            if ids.contains(standard.id.get_ref()) {
                let what = format!("`{}` is a duty of law", standard.id.get_ref());
                names.fault(standard.id.span(), what, "Give the standard an id of its own");
                continue;
            }
            let beside = standard.beside.get_ref().clone();
            let law = book.duties.iter().position(|duty| duty.id == beside);
            // Read anew: a row is used up when it is compiled.
            let row = duty_files(files, &mut Vec::new())
                .into_iter()
                .flat_map(|(_, file)| file.duty)
                .find(|row| *row.id.get_ref() == beside);
            let (Some(at), Some(row)) = (law, row) else {
                names.find(&standard.beside, "duty", ids.iter().map(String::as_str));
                continue;
            };
            if row.form.get_ref() != "deadline" {
                let what = format!("`{beside}` is no deadline, so nothing can be shorter");
                names.fault(standard.beside.span(), what, "Name a duty with a last day");
                continue;
            }
            if let Some(duty) = duty(book, ids, &mut names, row_of(standard, row)) {
                book.insert(at + 1, duty);
            }
        }
    }
}

/// The ids of all standards, which a claim of an exception may name.
pub(crate) fn ids(files: &[SourceFile]) -> impl Iterator<Item = String> {
    each::<LocalFile>(files, FOLDER, &mut Vec::new())
        .into_iter()
        .flat_map(|(_, read)| read.standard)
        .map(|standard| standard.id.into_inner())
}

/// The row of the law with what the standard says in its place. What the law knows of exceptions,
/// readings and earlier versions is about its own number. An exception of the standard is harmless
/// to the law: the standard is a duty of its own, and lifting it leaves the law's number as it is.
fn row_of(standard: RawStandard, law: RawDuty) -> RawDuty {
    let span = standard.id.span();
    let name = |text: &str| Name::new(span.clone(), text.to_owned());
    let rule = (name("rule"), standard.words);
    RawDuty {
        id: standard.id,
        title: standard.title,
        cite: standard.cite,
        code: None,
        force: name(FORCE),
        guidance_for: None,
        remedies: vec![name("ask-again"), name("complaint")],
        remedies_after: BTreeMap::new(),
        lead_days: standard.lead_days.or(law.lead_days),
        clock: None,
        readings: Vec::new(),
        notice: None,
        also_as_soon_as_practicable: false,
        within: Some(standard.within),
        limits: None,
        other_limits: Vec::new(),
        version: Vec::new(),
        rolls: None,
        conceded: None,
        keeps: None,
        lifted_by: standard.lifted_by,
        note: None,
        late_note: None,
        passed_note: None,
        in_force: vec![RawInForce { from: standard.from, to: None }],
        checked: RawChecked {
            by: name("not yet"),
            r#where: name("the area’s own setting"),
            lawyer: "not yet".to_owned(),
        },
        say: BTreeMap::from([rule]),
        example: Vec::new(),
        beside: Some(standard.beside.into_inner()),
        ..law
    }
}

/// So many days are tried after those of each example: every month's end, and a leap day.
const DAYS_TRIED: i64 = 800;
/// And every so many of them, so that a start takes no time.
const STEP: usize = 3;

/// Refuses a standard that would give more time than its duty of law, from any day.
pub(crate) fn stricter(book: &Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for standard in &book.duties {
        let Some(law) = standard.beside.as_deref().and_then(|id| book.duty(id)) else { continue };
        let Some((from, theirs, laws)) = weakened(book, standard, law) else { continue };
        let file = files.iter().find(|file| {
            file.name.contains(FOLDER) && file.text.contains(&format!("\"{}\"", standard.id))
        });
        let at = file.and_then(|file| file.text.find(&format!("\"{}\"", standard.id)));
        faults.push(Fault {
            file: file.map(|file| file.name.clone()).unwrap_or_default(),
            line: file.zip(at).map_or(1, |(file, at)| crate::names::line(&file.text, at)),
            what: format!(
                "`{}` would weaken the law, “{}” ({}): counted from {from} it would end on {theirs}, \
                 and the law ends on {laws}",
                standard.id, law.title, law.cite
            ),
            cure: "Give fewer days than the law, or leave the standard out".to_owned(),
        });
    }
}

/// A day from which the standard ends no earlier than the law, with both last days.
fn weakened(book: &Rulebook, standard: &Duty, law: &Duty) -> Option<(Date, Date, Date)> {
    let from = standard.in_force.first()?.from;
    law.worked.iter().filter_map(|example| case(book, example).ok()).find_map(|case| {
        (0..DAYS_TRIED).step_by(STEP).find_map(|days| {
            let case = begun(&case, from, days)?;
            let question = Question { as_at: crate::NEVER, known_at: crate::NEVER, explain: false };
            let found = evaluate(book, &case, question).obligations;
            let due = |id: &str, event: &str| {
                let same = |one: &&crate::Obligation| one.duty == id && one.trigger.event == event;
                found.iter().find(same).and_then(|one| one.due)
            };
            found.iter().filter(|one| one.duty == standard.id.as_str()).find_map(|one| {
                let laws = due(&law.id, &one.trigger.event)?;
                let theirs = due(&standard.id, &one.trigger.event)?;
                (theirs >= laws).then_some((one.trigger.on, theirs, laws))
            })
        })
    })
}

/// The case as if its first fact had happened so many days after `from`.
fn begun(case: &Case, from: Date, days: i64) -> Option<Case> {
    let first = case.facts.iter().map(|fact| fact.on).min()?;
    let ahead = first.until(from).ok()?.get_days();
    let by = jiff::Span::new().days(i64::from(ahead) + days);
    let mut case = case.clone();
    for fact in &mut case.facts {
        fact.on = fact.on.saturating_add(by);
        fact.known_on = fact.known_on.saturating_add(by);
    }
    Some(case)
}
