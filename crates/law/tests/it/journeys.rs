//! The journeys of made-up families, each a case file with what every day of it should show.

use std::path::Path;

use serde::Deserialize;

use crate::replay::{Run, check};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Journey {
    file: String,
    run: Vec<Run>,
}

#[test]
fn journeys_come_out() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/journeys");
    for name in ["j1", "j2", "j3", "j5", "j5-without", "j6", "j7", "j8", "j12"] {
        let text = std::fs::read_to_string(folder.join(format!("{name}.toml"))).unwrap();
        let journey: Journey = toml::from_str(&text).unwrap();
        assert!(!journey.run.is_empty(), "{name}");
        for run in &journey.run {
            check(&folder.join(&journey.file), run);
        }
    }
}
