//! Published decisions replayed: the facts of each as a case file, and what the decision leads us
//! to expect. Lateness is not fault: only dates and standings are compared.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::replay::{Run, check};

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

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/ombudsman")
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
        for run in &expected.run {
            check(&folder().join(&run.file), run);
        }
        decisions += 1;
    }
    assert!(decisions >= 26 && files >= decisions, "{decisions} decisions, {files} case files");
}
