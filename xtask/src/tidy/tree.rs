//! The project's text files and crates, read once for all rules.
//! What is built, fetched or kept out of version control is left out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, MetadataCommand};

/// Folders that hold nothing of ours, wherever they stand.
const NOT_OURS: [&str; 3] = ["target", "node_modules", ".git"];
/// A demo's database, when someone keeps one in the project's folder.
const DEMO_DATA: &str = "data";
const TEXT: [&str; 15] = [
    "rs", "toml", "md", "html", "txt", "mjs", "js", "css", "json", "sql", "cedar", "snap", "csv",
    "lock", "xml",
];

/// Every text file of the project, and its crates.
#[derive(Debug, Default)]
pub struct Tree {
    /// Where it stands.
    pub root: PathBuf,
    /// In the order of their paths.
    pub files: Vec<File>,
    /// By package name.
    pub crates: BTreeMap<String, Crate>,
}

/// One text file.
#[derive(Debug)]
pub struct File {
    /// From the root, with forward slashes.
    pub path: String,
    /// The whole text.
    pub text: String,
}

/// One crate of the workspace.
#[derive(Debug, Default)]
pub struct Crate {
    /// Packages it stands on when built.
    pub needs: Vec<String>,
    /// Packages that only its tests need.
    pub test_needs: Vec<String>,
}

impl Tree {
    /// Reads the project at `root`.
    ///
    /// # Errors
    /// A sentence, when a file, a folder or cargo's metadata cannot be read.
    pub fn read(root: &Path) -> Result<Self, String> {
        let mut files = Vec::new();
        gather(root, root, &mut files)?;
        files.sort_by(|a, b| a.path.cmp(&b.path));
        Ok(Self { root: root.to_path_buf(), files, crates: crates(root)? })
    }

    /// The text of one file, or nothing.
    #[must_use]
    pub fn text(&self, path: &str) -> Option<&str> {
        self.files.iter().find(|file| file.path == path).map(|file| file.text.as_str())
    }

    /// The files under a folder (with its slash) whose name ends so.
    pub fn under<'a>(&'a self, folder: &str, ending: &str) -> impl Iterator<Item = &'a File> {
        self.files
            .iter()
            .filter(move |file| file.path.starts_with(folder) && file.path.ends_with(ending))
    }
}

impl File {
    /// Lines with their numbers from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &str)> {
        self.text.lines().enumerate().map(|(at, line)| (at + 1, line))
    }

    /// Lines of Rust that run in the shipped program: no comments, and nothing from the test module
    /// on, which stands last in a file by convention.
    pub fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines: Vec<&str> = self.text.lines().collect();
        let opens_tests = |pair: &[&str]| match pair {
            [mark, opening] => mark.trim() == "#[cfg(test)]" && opening.trim_end().ends_with('{'),
            _ => false,
        };
        let end = lines.windows(2).position(opens_tests).unwrap_or(lines.len());
        self.lines().take(end).filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

/// Whether a line names a thing: `word` with no letter, digit or underscore running on from it.
#[must_use]
pub fn names(line: &str, word: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|rest| rest.chars().next_back());
        let after = line.get(at + word.len()..).and_then(|rest| rest.chars().next());
        let runs_on = |edge: Option<char>, inner: Option<char>| {
            edge.is_some_and(part_of_name) && inner.is_some_and(part_of_name)
        };
        !runs_on(before, word.chars().next()) && !runs_on(after, word.chars().next_back())
    })
}

fn gather(root: &Path, folder: &Path, files: &mut Vec<File>) -> Result<(), String> {
    let cannot = |what: &Path, error| format!("Cannot read {}: {error}", what.display());
    for entry in std::fs::read_dir(folder).map_err(|error| cannot(folder, error))? {
        let path = entry.map_err(|error| cannot(folder, error))?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_dir() {
            let is_demo_data = folder == root && name == DEMO_DATA;
            if !NOT_OURS.contains(&name.as_str()) && !is_demo_data {
                gather(root, &path, files)?;
            }
        } else if is_text(&path) {
            let text = std::fs::read_to_string(&path).map_err(|error| cannot(&path, error))?;
            let path = path.strip_prefix(root).unwrap_or(&path);
            files.push(File { path: path.to_string_lossy().replace('\\', "/"), text });
        }
    }
    Ok(())
}

fn is_text(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    ending.is_some_and(|ending| TEXT.contains(&ending)) || path.ends_with(".ci/run")
}

fn crates(root: &Path) -> Result<BTreeMap<String, Crate>, String> {
    let metadata =
        MetadataCommand::new().manifest_path(root.join("Cargo.toml")).no_deps().exec().map_err(
            |error| format!("Cannot read cargo's metadata of {}: {error}", root.display()),
        )?;
    let mut crates = BTreeMap::new();
    for package in metadata.packages {
        let mut entry = Crate::default();
        for dependency in package.dependencies {
            let list = match dependency.kind {
                DependencyKind::Development => &mut entry.test_needs,
                _ => &mut entry.needs,
            };
            list.push(dependency.name);
        }
        crates.insert(package.name.to_string(), entry);
    }
    Ok(crates)
}
