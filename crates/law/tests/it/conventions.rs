//! Every convention of counting, in duties made up for it: `tests/conventions` is read together with
//! the rulebook's own files, and its worked examples run.

use sendero_law::{Case, Fact, Question, Rulebook, SourceFile, Status, evaluate};

use crate::rulebook::law_files;

const EVENTS: &str = include_str!("../conventions/events.toml");
const DUTIES: &str = include_str!("../conventions/duties.toml");
/// A reading that only these duties name, where the rulebook does not have it yet.
const READINGS: [(&str, &str); 4] =
    [("A3", "by-the-day"), ("A15", ""), ("A16", "clear-period"), ("A11", "served-when-sent")];

/// The rulebook's files with the kinds, readings and duties of this test.
pub(crate) fn files() -> Vec<SourceFile> {
    let mut files = law_files();
    for file in &mut files {
        match file.name.as_str() {
            "law/events.toml" => file.text.push_str(EVENTS),
            "law/readings.toml" => {
                for (id, effect) in READINGS {
                    if file.text.contains(&format!("id = \"{id}\"")) {
                        continue;
                    }
                    file.text.push_str(&format!(
                        "\n[[reading]]\nid = \"{id}\"\npoint = \"p\"\ndefault = \"d\"\nother = \"o\"\n"
                    ));
                    if !effect.is_empty() {
                        file.text.push_str(&format!("effect = \"{effect}\"\n"));
                    }
                }
            }
            _ => {}
        }
    }
    files.push(SourceFile { name: "law/duties/test.toml".to_owned(), text: DUTIES.to_owned() });
    files
}

fn book() -> Rulebook {
    Rulebook::parse(&files()).unwrap_or_else(|faults| {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

#[test]
fn every_convention_counts_as_worked_out_by_hand() {
    let failures = book().run_examples();
    assert!(
        failures.is_empty(),
        "{}",
        failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
}

#[test]
fn what_is_not_law_or_has_no_trigger_is_in_no_timeline() {
    let book = book();
    let start = jiff::civil::date(2026, 9, 14);
    let fact = Fact {
        id: "a".to_owned(),
        kind: "test-started".to_owned(),
        on: start,
        known_on: start,
        supersedes: None,
        fields: std::collections::BTreeMap::new(),
    };
    let case = Case { facts: vec![fact], ..Case::default() };
    let timeline = evaluate(&book, &case, Question::today(start));
    let has = |id: &str| timeline.obligations.iter().any(|found| found.duty == id);
    assert!(has("t-working-days"));
    assert!(!has("t-proposed") && !has("t-standing"));
    assert_eq!(book.duty("t-proposed").map(|duty| duty.status), Some(Status::Proposed));
    assert!(book.standing_on(start).any(|duty| duty.id == "t-standing"));
    let before = jiff::civil::date(2014, 8, 31);
    assert!(!book.standing_on(before).any(|duty| duty.id == "t-standing"));
}
