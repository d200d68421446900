//! Where the project is, and how a chore runs another program.
//! A program's output goes straight through, so that nothing is hidden from who is watching.

use std::ffi::OsStr;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder that holds the workspace's `Cargo.toml`.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_path_buf()
}

/// The folder that cargo builds into, which `CARGO_TARGET_DIR` may have moved.
#[must_use]
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| root().join("target"), |dir| root().join(dir))
}

/// A cargo command in the workspace, by the same cargo that runs the chore.
#[must_use]
pub fn cargo(words: &[&str]) -> Command {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command.args(words).current_dir(root());
    for (name, _) in std::env::vars_os().filter(|(name, _)| describes_us(name)) {
        command.env_remove(name);
    }
    command
}

/// What `cargo run` tells a chore about the chore's own package. Passed on, it would look to some
/// build scripts (ring's is one) like a change, and every chore would build them again.
fn describes_us(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    ["CARGO_PKG_", "CARGO_MANIFEST_"].iter().any(|start| name.starts_with(start))
}

/// The commit that is checked out, and whether something was changed since.
#[must_use]
pub fn commit() -> String {
    let git = |words: &[&str]| {
        let said = Command::new("git").args(words).current_dir(root()).output();
        said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default()
    };
    let changed = !git(&["status", "--porcelain", "--", "crates", "law", "Cargo.lock"]).is_empty();
    let commit = git(&["rev-parse", "--short=10", "HEAD"]);
    if changed { format!("{commit} with changes not yet committed") } else { commit }
}

/// Runs a command to its end; false when it failed or could not be started, which is then said.
pub fn succeeds(command: &mut Command) -> bool {
    match command.status() {
        Ok(status) => status.success(),
        Err(error) => {
            println!("Cannot run {}: {error}", command.get_program().display());
            false
        }
    }
}

/// Runs a command to its end, printing each line of its output and handing it to `each`.
pub fn streams(command: &mut Command, mut each: impl FnMut(&str)) -> bool {
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(error) => {
            println!("Cannot run {}: {error}", command.get_program().display());
            return false;
        }
    };
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            println!("{line}");
            each(&line);
        }
    }
    child.wait().is_ok_and(|status| status.success())
}
