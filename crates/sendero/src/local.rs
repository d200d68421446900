//! What an area says for itself: its standards, held against the law, and its school terms. Read from
//! a folder of TOML, in which terms may also stand as a table of commas.

use std::path::Path;

use sendero_law::{Rulebook, SourceFile};

use crate::command::{CASE_BYTES_MAX, read};
use crate::outcome::{Failure, say};

/// The law inside the program with the area's own standards beside it.
pub(crate) fn rulebook(dir: &Path) -> Result<Rulebook, Failure> {
    let mut files = Vec::new();
    toml_files(dir, dir, &mut files)?;
    let table = dir.join(TERMS);
    if table.is_file() {
        let text = terms(&read(&table, CASE_BYTES_MAX)?);
        files.push(SourceFile { name: TERMS.to_owned(), text });
    }
    if files.is_empty() {
        let none = format!("{} holds neither .toml files nor {TERMS}", dir.display());
        return Err(Failure::Given(none));
    }
    for file in &mut files {
        file.name = format!("local/{}", file.name);
    }
    Rulebook::with_local(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Given(lines.join("\n"))
    })
}

/// The table of school terms: `area,from,last,closed`, a term a line, closed days parted by spaces.
const TERMS: &str = "terms.csv";

/// The table as the rulebook reads it. A line of one is a line of the other, so that what is wrong is
/// named by its line in the table.
fn terms(table: &str) -> String {
    let row = |line: &str| {
        let mut fields = line.split(',').map(|field| field.trim().trim_matches('"'));
        let mut next = || fields.next().unwrap_or_default().to_owned();
        let (area, from, last) = (next(), next(), next());
        let closed = next().split_whitespace().collect::<Vec<_>>().join(", ");
        if line.trim().is_empty() {
            return String::new();
        }
        format!("{{ area = {area:?}, from = {from}, last = {last}, closed = [{closed}] }},")
    };
    let rows: Vec<String> = table.trim_end().lines().skip(1).map(row).collect();
    format!("term = [\n{}]\n", rows.join("\n"))
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
    for (area, terms) in law.terms() {
        for term in terms {
            let last = term.to.yesterday().unwrap_or(term.to);
            say(&format!("{area} school term  {} to {last}", term.from));
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
        let table = "area,from,last,closed\nALD,2026-09-02,2026-10-23,2026-10-08\n\n\
                     \"ALD\", 2026-11-02,2026-12-18,\n";
        assert_eq!(read(table).map(|book| book.terms_of("ALD").len()), Ok(3));
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
