//! `cargo xtask release`: an optimised program and, beside it, the list of all that is in it.
//! The list is CycloneDX 1.5 JSON, written from the lock file by the tool cargo-cyclonedx, to which
//! we add what npm brings into the pages. It may name an optional part that was not built in, never
//! fewer than there are.

use std::path::Path;

use serde_json::{Value, json};

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
    let text = with_pages(&without_place(&text, root), &pages_lock(root)?)?;
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

fn pages_lock(root: &Path) -> Result<String, String> {
    let path = root.join("ui/package-lock.json");
    std::fs::read_to_string(&path)
        .map_err(|error| format!("Cannot read {}: {error}", path.display()))
}

/// The list with npm's packages that end up in the program: those of the lock file that are not
/// there for tests alone.
fn with_pages(list: &str, lock: &str) -> Result<String, String> {
    let read = |text: &str, what: &str| {
        serde_json::from_str::<Value>(text).map_err(|error| format!("Cannot read {what}: {error}"))
    };
    let (mut list, lock) = (read(list, "the list")?, read(lock, "npm's lock file")?);
    let packages = lock.get("packages").and_then(Value::as_object);
    let packages = packages.ok_or("npm's lock file names no packages")?;
    let shipped = packages.iter().filter_map(|(place, package)| {
        let name = place.strip_prefix("node_modules/")?;
        (package.get("dev") != Some(&Value::Bool(true))).then(|| component(name, package))
    });
    let components = list.get_mut("components").and_then(Value::as_array_mut);
    components.ok_or("The list names no components")?.extend(shipped);
    serde_json::to_string_pretty(&list).map_err(|error| format!("Cannot write the list: {error}"))
}

fn component(name: &str, package: &Value) -> Value {
    let version = package.get("version").and_then(Value::as_str).unwrap_or_default();
    let place = format!("pkg:npm/{}@{version}", name.replace('@', "%40"));
    let mut component = json!({
        "type": "library", "bom-ref": place, "purl": place,
        "name": name, "version": version, "scope": "required",
    });
    if let (Some(fields), Some(licence)) = (component.as_object_mut(), package.get("license")) {
        fields.insert("licenses".to_owned(), json!([{ "expression": licence }]));
    }
    component
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use serde_json::{Value, json};

    use super::{with_pages, without_place};

    #[test]
    fn the_list_does_not_say_where_it_was_made() {
        let text = r#"{"bom-ref": "path+file:///srv/a/sendero/crates/law#sendero-law@0.1.0"}"#;
        let expected = r#"{"bom-ref": "path+file:///sendero/crates/law#sendero-law@0.1.0"}"#;
        assert_eq!(without_place(text, Path::new("/srv/a/sendero")), expected);
    }

    #[test]
    fn what_npm_brings_is_listed_and_what_only_tests_need_is_not() {
        let lock = json!({"packages": {
            "": {"name": "ui"},
            "node_modules/govuk-frontend": {"version": "6.6.0", "license": "MIT"},
            "node_modules/axe-core": {"version": "4.14.1", "dev": true},
        }});
        let text = with_pages(r#"{"components": [{"name": "axum"}]}"#, &lock.to_string());
        let list: Value = serde_json::from_str(&text.unwrap()).unwrap();
        let names: Vec<&Value> =
            list["components"].as_array().unwrap().iter().map(|part| &part["name"]).collect();
        assert_eq!(names, ["axum", "govuk-frontend"]);
        assert_eq!(list["components"][1]["purl"], "pkg:npm/govuk-frontend@6.6.0");
        assert!(with_pages("{}", &lock.to_string()).is_err());
    }
}
