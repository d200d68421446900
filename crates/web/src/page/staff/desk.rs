//! What the pages of a case share beyond opening it: the people around the child, the days
//! of a duty, and a notice put together from its parts.

use jiff::civil::Date;
use sendero_app::CaseFile;
use sendero_app::house::law::Obligation;
use sendero_app::house::record::{
    Doubt, Event, Record, Refusal, Relation, USED_BEFORE, doubt, doubts,
};

use super::{Open, short_cite};
use crate::draw::date_words;
use crate::server::Web;
use crate::view::clock::days;
use crate::view::form::Filled;
use crate::view::officer::{By, DoubtRow, Letter, NoticePart, SheetPart, Withheld};
use crate::view::parts::Days;
use crate::words;

/// The child's whole name.
pub(crate) fn full_name(record: &Record) -> String {
    record.registered().map(|child| child.name.full()).unwrap_or_default()
}

/// The people of the family who are tied to the child now: id, name, and who they are.
pub(crate) fn family(file: &CaseFile) -> Vec<(String, String)> {
    file.record
        .people()
        .into_iter()
        .filter(|tied| tied.relation != Relation::Adviser)
        .filter(|tied| tied.until.is_none_or(|until| until > file.now.today))
        .map(|tied| {
            let relation = words::word("relation", tied.relation.word());
            (tied.person.as_str().to_owned(), format!("{}, {relation}", tied.name.full()))
        })
        .collect()
}

/// To whom a notice goes: the family, or who asked while nobody is tied yet.
fn addressee(file: &CaseFile) -> String {
    let people = family(file);
    if people.is_empty() {
        let asker = file.record.unmatched_asker().map(|asker| asker.name.full());
        return asker.unwrap_or_else(|| words::word("letter", "family"));
    }
    people.into_iter().map(|(_, name)| name).collect::<Vec<_>>().join("; ")
}

/// The last day of a duty, and the days to it.
pub(crate) fn due_of(law: &Obligation, today: Date) -> (By, Days) {
    if let Some(due) = law.due {
        return (By::day(due, law.due_safe.unwrap_or(due), today), left(due, today));
    }
    match &law.keeps {
        // Our own day is never late: it only leaves no room any more.
        Some(keeps) if keeps.day < today => {
            (By::day(keeps.day, keeps.safe, today), Days::Passed(days(keeps.day, today)))
        }
        Some(keeps) => (By::day(keeps.day, keeps.safe, today), left(keeps.day, today)),
        None if law.missing.is_empty() => {
            (By::AtOnce, Days::Open(days(law.trigger.on, today).max(0)))
        }
        None => (By::Unclear, Days::Words(words::word("letter", "unclear"))),
    }
}

fn left(due: Date, today: Date) -> Days {
    if due < today { Days::Late(days(due, today)) } else { Days::Left(days(today, due)) }
}

/// The parts that the law asks of a notice that is this event, and whether each is there.
pub(crate) fn parts_of(web: &Web, event: &Event, filled: &Filled) -> Vec<NoticePart> {
    let fields = event.fact_fields().unwrap_or_default();
    let notice = web.app.rulebook().notice_for(event.kind(), &fields);
    let parts = notice.map(|notice| notice.parts.as_slice()).unwrap_or_default();
    parts
        .iter()
        .map(|part| {
            let own_field = part.id == "reasons";
            let field = if own_field { "reasons".to_owned() } else { format!("part-{}", part.id) };
            NoticePart {
                code: part.code.clone(),
                id: part.id.clone(),
                title: part.words.clone(),
                cite: short_cite(&part.cite),
                there: !filled.value(&field).trim().is_empty(),
                own_field,
            }
        })
        .collect()
}

/// What the reasons say that points to a test which the law does not know, to be gone on with or
/// not.
pub(crate) fn doubted(open: &Open<'_>, kept: &Filled) -> Vec<DoubtRow> {
    let seen = kept.values.get("went-on");
    let row = |doubt: &Doubt, passage: String, others: usize| DoubtRow {
        id: doubt.id.clone(),
        title: doubt.title.clone(),
        passage,
        others,
        law: doubt.law.clone(),
        cite: doubt.cite.clone(),
        went_on: seen.is_some_and(|seen| seen.contains(&doubt.id)),
    };
    let stood = open
        .stood
        .as_ref()
        .and_then(|stood| Some(row(doubt(USED_BEFORE)?, stood.passage.clone(), stood.others)));
    let found = doubts(kept.value("reasons")).into_iter();
    found.map(|found| row(found.doubt, found.passage, 0)).chain(stood).collect()
}

/// A notice as it will be read: its heading, the officer's own words if any, and its parts.
pub(crate) fn letter(file: &CaseFile, what: &str, parts: &[NoticePart], filled: &Filled) -> Letter {
    let how = filled.value("how");
    let mut sheet = vec![
        SheetPart::Text(date_words(file.now.today)),
        SheetPart::Heading(format!("{}: {}", words::word("letter", what), full_name(&file.record))),
    ];
    let reasons = filled.value("reasons").trim();
    if !reasons.is_empty() {
        sheet.push(SheetPart::Said(reasons.to_owned()));
    }
    for part in parts.iter().filter(|part| !part.own_field) {
        let field = part.field();
        sheet.push(if part.there {
            SheetPart::Text(filled.value(&field).trim().to_owned())
        } else {
            SheetPart::Gap { text: part.title.clone(), mend: None }
        });
    }
    Letter {
        to: addressee(file),
        how: if how.is_empty() {
            words::word("letter", "no-channel")
        } else {
            words::word("channel", how)
        },
        parts: sheet,
    }
}

/// A refusal as something to be mended before anything leaves.
pub(crate) fn must(refusal: &Refusal) -> Withheld {
    Withheld { text: words::refusal(refusal), mend: None }
}
