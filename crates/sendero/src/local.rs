//! An area's own standards: read from a folder, held against the law, and listed.

use std::path::Path;

use sendero_law::{Rulebook, SourceFile};

use crate::command::{CASE_BYTES_MAX, read};
use crate::outcome::{Failure, say};

/// The law inside the program with the area's own standards beside it.
pub(crate) fn rulebook(dir: &Path) -> Result<Rulebook, Failure> {
    let mut files = Vec::new();
    toml_files(dir, dir, &mut files)?;
    if files.is_empty() {
        return Err(Failure::Given(format!("{} holds no .toml files", dir.display())));
    }
    for file in &mut files {
        file.name = format!("local/{}", file.name);
    }
    Rulebook::with_local(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Given(lines.join("\n"))
    })
}

/// Lists them, each with the duty of law beside which it stands.
pub(crate) fn list(dir: &Path) -> Result<(), Failure> {
    let law = rulebook(dir)?;
    for standard in law.duties().iter().filter(|duty| duty.force == "local") {
        let beside = standard.beside.as_deref().and_then(|id| law.duty(id));
        let period = |duty: Option<&sendero_law::Duty>| {
            duty.and_then(|duty| duty.period.clone()).unwrap_or_else(|| "no number".to_owned())
        };
        say(&format!(
            "{:<18} {}: {}, beside {} ({} in law)  ({})",
            standard.id,
            standard.title,
            period(Some(standard)),
            standard.beside.as_deref().unwrap_or_default(),
            period(beside),
            standard.cite
        ));
    }
    Ok(())
}

/// The TOML files in a folder and those within it.
pub(crate) fn toml_files(
    root: &Path,
    dir: &Path,
    files: &mut Vec<SourceFile>,
) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::Given(format!("{} cannot be read: {error}", dir.display()))
    };
    for entry in std::fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() {
            toml_files(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            files.push(SourceFile { name, text: read(&path, CASE_BYTES_MAX)? });
        }
    }
    Ok(())
}
