//! The page checks of ui/check: every script that says in a comment what it looks at.
//! `// demo: --on 2026-11-20 --children 60` or `// gallery` in its first lines makes it a check.

use std::path::{Path, PathBuf};

/// How far down a script that line may stand.
const HEAD_LINES_MAX: usize = 12;
const DEMO_MARK: &str = "// demo:";
const GALLERY_MARK: &str = "// gallery";

/// One check.
#[derive(Debug)]
pub(super) struct Script {
    /// The file's name without its ending, as `--only` takes it.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) looks_at: LooksAt,
}

/// What a check looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum LooksAt {
    /// A running demo of its own, started with these words.
    Demo(Vec<String>),
    /// Every page in every state, drawn from examples without a server.
    Gallery,
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
        if let Some(looks_at) = looks_at(&text) {
            scripts.push(Script { name, path, looks_at });
        }
    }
    scripts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(scripts)
}

fn looks_at(text: &str) -> Option<LooksAt> {
    text.lines().take(HEAD_LINES_MAX).find_map(|line| {
        if line.trim_end() == GALLERY_MARK {
            return Some(LooksAt::Gallery);
        }
        let words = line.strip_prefix(DEMO_MARK)?;
        Some(LooksAt::Demo(words.split_whitespace().map(str::to_owned).collect()))
    })
}

#[cfg(test)]
mod tests {
    use super::{LooksAt, looks_at};

    fn check(text: &str, expected: Option<&LooksAt>) {
        assert_eq!(looks_at(text).as_ref(), expected, "{text}");
    }

    #[test]
    fn a_script_says_what_it_looks_at() {
        let words =
            |words: &[&str]| LooksAt::Demo(words.iter().map(|word| (*word).to_owned()).collect());
        let dated = words(&["--on", "2026-11-20"]);
        check("// Looks.\n// demo: --on 2026-11-20\nimport x", Some(&dated));
        check("// demo:\n", Some(&words(&[])));
        check("// Looks.\n// gallery\n", Some(&LooksAt::Gallery));
        check("// A gallery of things.\nexport const a = 1", None);
        check(&format!("{}// demo: --seed 1", "\n".repeat(40)), None);
    }
}
