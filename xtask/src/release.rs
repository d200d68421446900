//! `cargo xtask release`: an optimised program and, beside it, the list of all that is in it.
//! The list is CycloneDX 1.5 JSON, written from the lock file by the tool cargo-cyclonedx.

use std::path::Path;

use crate::shell;

const TOOL_VERSION: &str = "0.5.9";
/// The tool writes beside each manifest of a program; the one of the chores is not shipped.
const WRITTEN: &str = "crates/sendero/sendero_bin.cdx.json";
const WRITTEN_IN_VAIN: &str = "xtask/xtask_bin.cdx.json";

/// Makes `target/release/sendero` and `target/release/sendero.cdx.json`; true when both are there.
#[must_use]
pub fn run() -> bool {
    // Known before the long build rather than after it.
    if !shell::succeeds(&mut shell::cargo(&["cyclonedx", "--version"])) {
        println!("First: cargo install --locked cargo-cyclonedx@{TOOL_VERSION}");
        return false;
    }
    let mut build = shell::cargo(&["build", "--release", "--locked", "--package", "sendero"]);
    // What ships is dressed: without npm a release is an error, not a plain page.
    if !shell::succeeds(build.env("SENDERO_REQUIRE_GOVUK", "1")) {
        return false;
    }
    match list(&shell::root(), &shell::target()) {
        Ok(said) => println!("{said}"),
        Err(why) => {
            println!("{why}");
            return false;
        }
    }
    true
}

fn list(root: &Path, target: &Path) -> Result<String, String> {
    let words = ["cyclonedx", "--manifest-path", "crates/sendero/Cargo.toml", "--format", "json"];
    let mut command = shell::cargo(&words);
    // What only builds need is in the lock file and not in the program.
    command.args(["--spec-version", "1.5", "--describe", "binaries", "--no-build-deps"]);
    if !shell::succeeds(&mut command) {
        return Err("The list of dependencies could not be written".to_owned());
    }
    let cannot = |path: &Path, error| format!("Cannot move {}: {error}", path.display());
    let (written, shipped) = (root.join(WRITTEN), target.join("release/sendero.cdx.json"));
    let text = std::fs::read_to_string(&written).map_err(|error| cannot(&written, error))?;
    let text = without_place(&text, root);
    std::fs::write(&shipped, text).map_err(|error| cannot(&shipped, error))?;
    for path in [written, root.join(WRITTEN_IN_VAIN)] {
        std::fs::remove_file(&path).map_err(|error| cannot(&path, error))?;
    }
    Ok(format!("{}\n{}", target.join("release/sendero").display(), shipped.display()))
}

/// Our own crates are named by the folder they were built in, which is nobody's business and
/// differs from machine to machine.
fn without_place(text: &str, root: &Path) -> String {
    text.replace(&format!("path+file://{}", root.display()), "path+file:///sendero")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::without_place;

    #[test]
    fn the_list_does_not_say_where_it_was_made() {
        let text = r#"{"bom-ref": "path+file:///home/a/sendero/crates/law#sendero-law@0.1.0"}"#;
        let expected = r#"{"bom-ref": "path+file:///sendero/crates/law#sendero-law@0.1.0"}"#;
        assert_eq!(without_place(text, Path::new("/home/a/sendero")), expected);
    }
}
