//! Benchmark S1 beside pandas, DuckDB and Polars, which run on the same bytes in the same run. They come
//! from a Python environment under `target`, made here; none of them is a dependency.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::read;
use crate::shell;

const PACKAGES: [&str; 5] = ["numpy", "pyarrow", "pandas", "duckdb", "polars"];
/// A file that tells that the columns were made whole.
const LAST_MADE: &str = "requests.parquet";

/// Measures; where there is no Python or no network, says so in place of numbers.
pub(super) fn measure(release: &Path, folder: &Path) -> Result<String, String> {
    let scripts = shell::root().join("bench/s1");
    let requests = folder.join("s1");
    let Some(python) = python(folder) else {
        return Ok("Not measured: the requests are drawn by Python's NumPy, and this machine has \
                   no Python with venv, or no network to fetch NumPy and the other engines.\n"
            .to_owned());
    };
    let drawn = requests.join(LAST_MADE).is_file()
        || shell::succeeds(Command::new(&python).arg(scripts.join("generate.py")).arg(&requests));
    if !drawn {
        return Err("The requests of S1 could not be drawn".to_owned());
    }
    let result = folder.join("s1.md");
    let mut law = Command::new(release.join("examples/law"));
    law.arg("s1").args([&scripts, &requests, &python, &result]);
    if !shell::succeeds(&mut law) {
        return Err("S1 gave another answer, or could not be measured".to_owned());
    }
    read(&result)
}

/// The Python of the environment with every engine, made if it is not there yet.
fn python(folder: &Path) -> Option<PathBuf> {
    let environment = folder.join("venv");
    let python = environment.join("bin/python");
    let has_all = |python: &Path| {
        let imports = format!("import {}", PACKAGES.join(", "));
        let said = Command::new(python).args(["-c", &imports]).output();
        said.is_ok_and(|said| said.status.success())
    };
    if has_all(&python) {
        return Some(python);
    }
    println!("Making a Python environment with {}", PACKAGES.join(", "));
    let made = shell::succeeds(Command::new("python3").args(["-m", "venv"]).arg(&environment));
    let fetched = made
        && shell::succeeds(
            Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PACKAGES),
        );
    (fetched && has_all(&python)).then_some(python)
}
