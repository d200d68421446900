//! The page checks of ui/check: every script that says in a comment what demo it wants.
//! `// demo: --on 2026-11-20 --children 60` in its first lines makes a file a check.

use std::path::{Path, PathBuf};

/// How far down a script its demo line may stand.
const HEAD_LINES_MAX: usize = 12;
const MARK: &str = "// demo:";

/// One check.
#[derive(Debug)]
pub(super) struct Script {
    /// The file's name without its ending, as `--only` takes it.
    pub(super) name: String,
    pub(super) path: PathBuf,
    /// The words after `sendero demo` that it asks for.
    pub(super) demo_words: Vec<String>,
}

/// The checks of a folder by name; other files beside them are libraries and are passed over.
pub(super) fn all(folder: &Path) -> Result<Vec<Script>, String> {
    let cannot = |what: &Path, error| format!("Cannot read {}: {error}", what.display());
    let mut scripts = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(|error| cannot(folder, error))? {
        let path = entry.map_err(|error| cannot(folder, error))?.path();
        if path.extension().is_none_or(|ending| ending != "mjs") {
            continue;
        }
        let text = std::fs::read_to_string(&path).map_err(|error| cannot(&path, error))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if let Some(demo_words) = demo_words(&text) {
            scripts.push(Script { name, path, demo_words });
        }
    }
    scripts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(scripts)
}

fn demo_words(text: &str) -> Option<Vec<String>> {
    let line = text.lines().take(HEAD_LINES_MAX).find_map(|line| line.strip_prefix(MARK))?;
    Some(line.split_whitespace().map(str::to_owned).collect())
}

#[cfg(test)]
mod tests {
    use super::demo_words;

    fn check(text: &str, expected: Option<&[&str]>) {
        let words = demo_words(text);
        let words: Option<Vec<&str>> =
            words.as_ref().map(|words| words.iter().map(String::as_str).collect());
        assert_eq!(words.as_deref(), expected, "{text}");
    }

    #[test]
    fn a_script_says_what_demo_it_wants() {
        check("// Looks.\n// demo: --on 2026-11-20\nimport x", Some(&["--on", "2026-11-20"]));
        check("// demo:\n", Some(&[]));
        check("// A library.\nexport const a = 1", None);
        check(&format!("{}// demo: --seed 1", "\n".repeat(40)), None);
    }
}
