//! The rulebook inside the program: whole, faultless, and its worked examples come out.

use std::collections::BTreeSet;
use std::path::Path;

use sendero_law::{Rulebook, SourceFile};

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
    assert!(examples > 70, "only {examples} examples");
}

#[test]
fn names_are_unique_and_the_fourteen_duties_are_there() {
    let book = Rulebook::embedded();
    let ids: BTreeSet<&str> = book.duties().iter().map(|duty| duty.id.as_str()).collect();
    let expected = [
        "ap-start",
        "ar-12m",
        "as-advice-6w",
        "as-seek",
        "la-resp",
        "md-contact",
        "no-plan-16w",
        "plan-20w",
        "plan-draft",
        "plan-meeting",
        "plan-reps-15d",
        "rq-6w",
        "rq-consult",
        "rq-notify-bodies",
    ];
    assert!(expected.iter().all(|id| ids.contains(id)), "{ids:?}");
    assert_eq!(ids.len(), book.duties().len());
}
