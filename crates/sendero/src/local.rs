//! Areas' own standards: read from a folder that has one for each area, held against the law, and
//! listed.

use std::collections::BTreeMap;
use std::path::Path;

use sendero_law::{Duty, Rulebook, SourceFile};

use crate::command::{CASE_BYTES_MAX, read};
use crate::outcome::{Failure, say};

/// By code of an area: the law inside the program with that area's own standards beside it. They
/// stand in a folder that is called by the code.
pub(crate) fn standards(dir: &Path) -> Result<BTreeMap<String, Rulebook>, Failure> {
    let mut files = Vec::new();
    toml_files(dir, dir, &mut files)?;
    let mut areas: BTreeMap<String, Vec<SourceFile>> = BTreeMap::new();
    for mut file in files {
        let Some((area, name)) = file.name.split_once('/') else {
            return Err(Failure::Given(format!(
                "{} is no area's: put it in a folder that is called by the code of its area, such \
                 as {}",
                dir.join(&file.name).display(),
                dir.join("aldermere").join(&file.name).display()
            )));
        };
        let area = area.to_owned();
        file.name = format!("local/{name}");
        areas.entry(area).or_default().push(file);
    }
    if areas.is_empty() {
        return Err(Failure::Given(format!("{} holds no .toml files", dir.display())));
    }
    areas
        .into_iter()
        .map(|(area, files)| match Rulebook::with_local(&files) {
            Ok(book) => Ok((area, book)),
            Err(faults) => {
                let lines: Vec<String> =
                    faults.iter().map(|fault| format!("{area}: {fault}")).collect();
                Err(Failure::Given(lines.join("\n")))
            }
        })
        .collect()
}

/// Lists them, each with the duty of law beside which it stands.
pub(crate) fn list(dir: &Path) -> Result<(), Failure> {
    for (area, law) in standards(dir)? {
        for standard in law.duties().iter().filter(|duty| duty.force == "local") {
            let beside = law.duty(standard.of_law());
            let period = |duty: Option<&Duty>| {
                duty.and_then(|duty| duty.period.clone()).unwrap_or_else(|| "no number".to_owned())
            };
            say(&format!(
                "{area:<12} {:<18} {}: {}, beside {} ({} in law)  ({})",
                standard.id,
                standard.title,
                period(Some(standard)),
                standard.of_law(),
                period(beside),
                standard.cite
            ));
        }
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
