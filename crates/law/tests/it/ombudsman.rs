//! Published decisions replayed: the facts of each as a case file, and what the decision leads us
//! to expect. Lateness is not fault: only dates and standings are compared.

use std::path::{Path, PathBuf};

use sendero_law::{Date, Question, Rulebook, casefile, evaluate};
use serde::Deserialize;
use toml::value::Datetime;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    body: String,
    source: String,
    found: String,
    #[serde(default)]
    note: String,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Run {
    file: String,
    as_at: Datetime,
    expect: Vec<Expect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expect {
    duty: String,
    #[serde(default)]
    absent: bool,
    due: Option<Datetime>,
    standing: Option<String>,
    days_late: Option<i32>,
    reading: Option<String>,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/ombudsman")
}

fn check(run: &Run) {
    let text = std::fs::read_to_string(folder().join(&run.file)).unwrap();
    let case =
        casefile::read(&text).unwrap_or_else(|faults| panic!("{}: {faults:?}", run.file)).case;
    let as_at: Date = run.as_at.to_string().parse().unwrap();
    let timeline = evaluate(Rulebook::embedded(), &case, Question::today(as_at));
    for expect in &run.expect {
        let place = format!("{} as at {as_at}: {}", run.file, expect.duty);
        let found = timeline.obligations.iter().find(|found| found.duty == expect.duty);
        let Some(found) = found else {
            assert!(expect.absent, "{place} is missing");
            continue;
        };
        assert!(!expect.absent, "{place} should not be there");
        if let Some(due) = &expect.due {
            assert_eq!(found.due.map(|due| due.to_string()), Some(due.to_string()), "{place} due");
        }
        if let Some(standing) = &expect.standing {
            assert_eq!(found.standing.word(), standing, "{place} standing");
        }
        if expect.days_late.is_some() {
            assert_eq!(found.days_late, expect.days_late, "{place} days late");
        }
        if let Some(reading) = &expect.reading {
            let shown = found
                .other_readings
                .iter()
                .any(|other| *reading == format!("{} {}", other.reading, other.due.unwrap()));
            assert!(shown, "{place}: {reading} is not among {:?}", found.other_readings);
        }
    }
}

#[test]
fn published_decisions_come_out() {
    let mut decisions = 0;
    let mut files = 0;
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            files += 1;
            continue;
        }
        let expected: Expected = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert!(expected.source.starts_with("https://"), "{}", path.display());
        assert!(
            !expected.body.is_empty()
                && !expected.found.is_empty()
                && (expected.note.is_empty() || expected.note.ends_with('.'))
        );
        expected.run.iter().for_each(check);
        decisions += 1;
    }
    assert!(decisions >= 13 && files >= decisions, "{decisions} decisions, {files} case files");
}
