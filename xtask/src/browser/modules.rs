//! The two libraries of the page checks, playwright-core and axe-core, in the build folder.
//! They come from the lock file of ui/ and never stand in the source tree.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell;

/// Where `node_modules` is.
pub(super) fn folder() -> PathBuf {
    shell::target().join("ui-check")
}

/// Installs what the lock file says, unless it stands there already.
pub(super) fn install(npm: &Path) -> Result<(), String> {
    let (from, to) = (shell::root().join("ui"), folder());
    let read = |path: &Path| {
        std::fs::read(path).map_err(|error| format!("Cannot read {}: {error}", path.display()))
    };
    let lock = read(&from.join("package-lock.json"))?;
    let package = read(&from.join("package.json"))?;
    // Written last, so that it marks a whole installation.
    let done = to.join("installed-lock.json");
    if std::fs::read(&done).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    let write = |name: &str, bytes: &[u8]| {
        let path = to.join(name);
        std::fs::write(&path, bytes)
            .map_err(|error| format!("Cannot write {}: {error}", path.display()))
    };
    std::fs::create_dir_all(&to)
        .map_err(|error| format!("Cannot make {}: {error}", to.display()))?;
    write("package.json", &package)?;
    write("package-lock.json", &lock)?;
    let mut command = Command::new(npm);
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(&to);
    if !shell::succeeds(&mut command) {
        return Err(format!(
            "npm could not install the page checks' libraries in {}",
            to.display()
        ));
    }
    write("installed-lock.json", &lock)
}
