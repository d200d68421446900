//! What areas say for themselves: their standards, held against the law, and their school terms. Read
//! from a folder that has one for each area, of TOML, in which terms may also stand as a table of commas.

use std::collections::BTreeMap;
use std::path::Path;

use sendero_law::{Duty, Rulebook, SourceFile};

use crate::command::{CASE_BYTES_MAX, read};
use crate::outcome::{Failure, say};

/// By code of an area: the law inside the program with what that area says beside it. It
/// stands in a folder that is called by the code.
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
    for folder in std::fs::read_dir(dir).map_err(|error| unreadable(dir, &error))? {
        let folder = folder.map_err(|error| unreadable(dir, &error))?;
        let table = folder.path().join(TERMS);
        if table.is_file() {
            let text = terms(&read(&table, CASE_BYTES_MAX)?);
            let file = SourceFile { name: format!("local/{TERMS}"), text };
            areas.entry(folder.file_name().display().to_string()).or_default().push(file);
        }
    }
    if areas.is_empty() {
        let none = format!("{} holds neither .toml files nor {TERMS}", dir.display());
        return Err(Failure::Given(none));
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

/// The table of school terms: `from,last,closed`, a term a line, closed days parted by spaces.
const TERMS: &str = "terms.csv";

/// The table as the rulebook reads it. A line of one is a line of the other, so that what is wrong is
/// named by its line in the table.
fn terms(table: &str) -> String {
    let row = |line: &str| {
        let mut fields = line.split(',').map(|field| field.trim().trim_matches('"'));
        let mut next = || fields.next().unwrap_or_default().to_owned();
        let (from, last) = (next(), next());
        let closed = next().split_whitespace().collect::<Vec<_>>().join(", ");
        if line.trim().is_empty() {
            return String::new();
        }
        format!("{{ from = {from}, last = {last}, closed = [{closed}] }},")
    };
    let rows: Vec<String> = table.trim_end().lines().skip(1).map(row).collect();
    format!("term = [\n{}]\n", rows.join("\n"))
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
        for term in law.terms() {
            let last = term.to.yesterday().unwrap_or(term.to);
            say(&format!("{area:<12} school term  {} to {last}", term.from));
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
    for entry in std::fs::read_dir(dir).map_err(|error| unreadable(dir, &error))? {
        let path = entry.map_err(|error| unreadable(dir, &error))?.path();
        if path.is_dir() {
            toml_files(root, &path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            files.push(SourceFile { name, text: read(&path, CASE_BYTES_MAX)? });
        }
    }
    Ok(())
}

fn unreadable(dir: &Path, error: &std::io::Error) -> Failure {
    Failure::Given(format!("{} cannot be read: {error}", dir.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(table: &str) -> Result<Rulebook, String> {
        let file = SourceFile { name: format!("local/{TERMS}"), text: terms(table) };
        Rulebook::with_local(&[file])
            .map_err(|faults| faults.first().map(ToString::to_string).unwrap_or_default())
    }

    #[test]
    fn a_table_of_terms_is_read_line_for_line() {
        let table = "from,last,closed\n2026-09-02,2026-10-23,2026-10-08\n\n\
                     \"2026-11-02\",2026-12-18,\n";
        assert_eq!(read(table).map(|book| book.terms().len()), Ok(3));
        for (from, to, expected) in [
            ("2026-12-18", "2026-10-18", "local/terms.csv line 4: a term that ends before"),
            ("2026-12-18", "Christmas", "local/terms.csv line 4"),
            ("2026-10-08", "2026-10-30", "local/terms.csv line 2: a closed day outside"),
        ] {
            let fault = read(&table.replace(from, to)).err().unwrap_or_default();
            assert!(fault.starts_with(expected), "{fault}");
        }
    }
}
