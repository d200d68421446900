//! The rulebook inside the program: whole, faultless, and its worked examples come out.

use std::collections::BTreeSet;
use std::path::Path;

use sendero_law::{Question, Rulebook, STAGES, SourceFile, Status, evaluate};

pub(crate) fn law_files() -> Vec<SourceFile> {
    fn walk(dir: &Path, prefix: &str, files: &mut Vec<SourceFile>) {
        let mut entries: Vec<_> =
            std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap()).collect();
        entries.sort_by_key(|entry| entry.file_name());
        for entry in entries {
            let name = format!("{prefix}/{}", entry.file_name().into_string().unwrap());
            if entry.path().is_dir() {
                walk(&entry.path(), &name, files);
            } else if name.ends_with(".toml") {
                files.push(SourceFile {
                    text: std::fs::read_to_string(entry.path()).unwrap(),
                    name,
                });
            }
        }
    }
    let mut files = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../law"), "law", &mut files);
    files
}

#[test]
fn the_files_read_without_fault() {
    if let Err(faults) = Rulebook::parse(&law_files()) {
        panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    }
}

#[test]
fn no_file_is_left_out_of_the_program() {
    let from_disk = Rulebook::parse(&law_files()).unwrap();
    assert_eq!(from_disk.hash(), Rulebook::embedded().hash());
    assert_eq!(from_disk.hash().len(), 64);
}

#[test]
fn every_worked_example_comes_out() {
    let failures = Rulebook::embedded().run_examples();
    assert!(
        failures.is_empty(),
        "{}",
        failures.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    );
    let examples: usize =
        Rulebook::embedded().duties().iter().map(|duty| duty.examples.len()).sum();
    assert!(examples > 550, "only {examples} examples");
}

/// Rows by stage, of which some are no law. A row that is lost or gained shows here.
#[test]
fn the_whole_law_is_there() {
    let book = Rulebook::embedded();
    let ids: BTreeSet<&str> = book.duties().iter().map(|duty| duty.id.as_str()).collect();
    assert_eq!(ids.len(), book.duties().len());
    let rows: Vec<(&str, usize)> = STAGES
        .into_iter()
        .map(|stage| (stage, book.duties().iter().filter(|duty| duty.stage == stage).count()))
        .collect();
    assert_eq!(
        rows,
        [
            ("request", 6),
            ("assessment", 5),
            ("plan", 18),
            ("review", 15),
            ("phase-transfer", 3),
            ("reassessment", 5),
            ("ceasing", 6),
            ("moving", 7),
            ("mediation", 9),
            ("appeal", 8),
            ("after-appeal", 21),
            ("budget", 4),
            ("detained", 7),
            ("out-of-school", 3),
            ("exclusion", 9),
            ("school", 16),
            ("care", 12),
            ("area", 21),
            ("information", 20),
            ("future", 2),
        ]
    );
    let not_law: Vec<&str> = book
        .duties()
        .iter()
        .filter(|duty| duty.status != Status::InForce)
        .map(|duty| duty.id.as_str())
        .collect();
    assert_eq!(not_law, ["fut-cwsa-reg", "fut-efa"]);
}

/// A deadline or a right with a number shows the day itself: an example as at the last day, or done
/// on it, and three examples or more.
#[test]
fn every_clock_has_its_boundary_day() {
    let book = Rulebook::embedded();
    for duty in book.duties().iter().filter(|duty| duty.period.is_some()) {
        assert!(duty.examples.len() >= 3, "{} has few examples", duty.id);
        let at_the_edge = book.worked(&duty.id).into_iter().any(|worked| {
            let question = Question { known_at: worked.known_at, ..Question::today(worked.as_at) };
            evaluate(book, &worked.case, question).obligations.iter().any(|found| {
                found.duty == *duty.id
                    && (found.due == Some(worked.as_at)
                        || found.done_on.is_some() && found.done_on == found.due)
            })
        });
        assert!(at_the_edge, "{} has no example of its last day", duty.id);
    }
}

/// Every row says to a family what it asks, in sentences that are not long, with no sentence unfinished.
#[test]
fn every_row_speaks_to_families() {
    for duty in Rulebook::embedded().duties() {
        assert!(duty.say.contains_key("rule"), "{} does not say what it asks", duty.id);
        for text in duty.say.values().filter(|text| text.contains('.')) {
            for sentence in text.split(['.', ':', ';', '?']) {
                let words = sentence.split_whitespace().count();
                assert!(words <= 28, "{}: {words} words in \"{sentence}\"", duty.id);
            }
        }
        assert_eq!(duty.checked.lawyer, "not yet", "{}", duty.id);
    }
}
