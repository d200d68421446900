//! What the law makes of a child's live record. The rulebook knows more duties than the record can
//! follow: one whose end nobody could record would stand open for ever, so it is left out here.
//! `docs/rulebook.md` lists those that a record could start, each with why it is left out, and a test
//! holds that list. A case file shows every duty.

use jiff::civil::Date;
use sendero_law::{Case, Duty, Outlined, Question, Rulebook, Timeline, evaluate, outline};
use sendero_record::Record;

use crate::AreaLaw;

/// The facts of a record that were known by a day, with the terms of the child's school.
pub(crate) fn case_of(law: &AreaLaw, record: &Record, known_at: Date) -> Case {
    let mut case = record.case(known_at);
    let school = record.setting().and_then(|setting| setting.name);
    case.terms = law.terms(school.as_deref());
    case
}

/// The obligations that the record can follow to their end.
pub(crate) fn timeline_of(law: &AreaLaw, record: &Record, question: Question) -> Timeline {
    let rulebook = law.rulebook;
    let mut timeline = evaluate(rulebook, &case_of(law, record, question.known_at), question);
    timeline.obligations.retain(|found| {
        rulebook.duty(&found.duty).is_some_and(|duty| is_followed(record, duty, found.trigger.on))
    });
    timeline
}

/// The same without explanations, as rows hold it: in the same order.
pub(crate) fn outlined<'a>(
    rulebook: &'a Rulebook,
    record: &Record,
    case: &'a Case,
    question: Question,
) -> Outlined<'a> {
    let mut outlined = outline(rulebook, case, question);
    outlined.duties.retain(|found| is_followed(record, found.duty, found.on()));
    outlined.duties.sort_by_key(|found| {
        let due = found.due().unwrap_or(sendero_law::NEVER);
        (due, found.duty.id.as_str(), found.on(), found.event())
    });
    outlined
}

fn is_followed(record: &Record, duty: &Duty, started: Date) -> bool {
    // Once a child has moved away, what the new authority owes is followed there and not here.
    duty.followed && !(duty.owner == "new-authority" && record.moved_by(started))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use jiff::civil::date;
    use sendero_law::{Question, Rulebook};
    use sendero_record::{Event, Said};
    use serde_json::Value;

    use super::timeline_of;
    use crate::AreaLaw;
    use crate::sample::{law_with, record_of};

    /// The duties in force that a fact of a live record can start and that are not followed in it.
    fn left_out(law: &Rulebook) -> BTreeSet<String> {
        let published = law.published();
        let files = published["files"].as_object().into_iter().flatten();
        let rows = files.filter_map(|(_, file)| file["duty"].as_array()).flatten();
        let starts = rows.filter(|row| {
            let kinds = row["starts"]["on"].as_array().into_iter().flatten();
            kinds
                .filter_map(Value::as_str)
                .any(|kind| law.kind(kind).is_some_and(|kind| kind.recordable))
        });
        starts
            .filter_map(|row| law.duty(row["id"].as_str()?))
            .filter(|duty| !duty.followed)
            .map(|duty| duty.id.clone())
            .collect()
    }

    /// What the law makes, on 20 October 2026, of a permanent exclusion on Monday the 5th.
    fn excluded(law: &AreaLaw) -> Option<(Option<String>, Vec<String>)> {
        let born = Some(date(2015, 5, 4));
        let excluded = Event::PermanentlyExcluded(Said { words: String::new() });
        let record = record_of(born, date(2026, 10, 5), excluded);
        let timeline = timeline_of(law, &record, Question::today(date(2026, 10, 20)));
        let one = timeline.obligations.into_iter().find(|one| one.duty == "ex-6th-pex")?;
        Some((one.due.map(|due| due.to_string()), one.missing))
    }

    #[test]
    fn school_days_are_counted_in_the_terms_of_the_area_and_never_guessed() {
        let none = AreaLaw { rulebook: Rulebook::embedded(), years: Arc::default() };
        let (due, missing) = excluded(&none).unwrap_or_default();
        assert_eq!(due, None);
        assert!(missing.iter().any(|what| what.contains("term dates")), "{missing:?}");
        let told = |closed: &str| {
            let term = "[[term]]\nfrom = 2026-09-02\nlast = 2026-10-23\n";
            excluded(&law_with(&format!("{term}closed = [{closed}]\n")))?.0
        };
        assert_eq!(told(""), Some("2026-10-12".to_owned()));
        assert_eq!(told("2026-10-08"), Some("2026-10-13".to_owned()));
    }

    #[test]
    fn what_a_live_record_leaves_out_is_what_the_docs_say() {
        let docs = include_str!("../../../docs/rulebook.md");
        let (_, section) = docs.split_once("## What a live record leaves out").unwrap_or_default();
        let section = section.split("\n## ").next().unwrap_or_default();
        let told: BTreeSet<String> = section
            .lines()
            .filter_map(|line| line.strip_prefix("| `")?.split_once('`'))
            .map(|(id, _)| id.to_owned())
            .collect();
        let found = left_out(Rulebook::embedded());
        assert!(!found.is_empty(), "the rulebook was not read");
        assert_eq!(found, told);
    }
}
