//! Made-up cases of the types that the Ombudsman publishes, worked out by hand from the legislation
//! before the engine was asked: several matters at once, recorded out of order, corrected, half known.

use std::path::Path;

use serde::Deserialize;

use crate::replay::{Run, check};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MadeUp {
    kind: String,
    about: String,
    law: String,
    file: String,
    run: Vec<Run>,
}

#[test]
fn made_up_cases_come_out_as_worked_out_by_hand() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/made-up");
    let mut cases = 0;
    for entry in std::fs::read_dir(&folder).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        let case: MadeUp = toml::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        assert_eq!(case.kind, "made up", "{}", path.display());
        assert!(case.about.ends_with('.') && case.law.ends_with('.'), "{}", path.display());
        assert!(!case.run.is_empty(), "{}", path.display());
        for run in &case.run {
            check(&folder.join(&case.file), run);
        }
        cases += 1;
    }
    assert!(cases >= 313, "{cases}");
}
