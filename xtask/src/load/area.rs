//! The large area of the load test: made once by `sendero demo`, as people would have made it, checked
//! by `sendero verify`, and kept until the rulebook changes or a week has gone by.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::shell;

/// An area older than this is made anew: its cases would have stood still too long.
const KEPT_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);
/// The authority of every made-up area.
const AUTHORITY: &str = "ald";

/// An area that is there.
#[derive(Debug)]
pub(super) struct Area {
    folder: PathBuf,
    rulebook: String,
    about: String,
}

impl Area {
    /// Finds the area of so many children, or makes it.
    pub(super) fn ready(children: u32, talk: u32) -> Result<Self, String> {
        let law = answer(Command::new(program()).args(["law", "list", "--json"]))?;
        let law: Value = serde_json::from_str(&law).map_err(|error| error.to_string())?;
        let rulebook = law.get("rulebook").and_then(Value::as_str).unwrap_or_default().to_owned();
        let short = rulebook.get(..12).ok_or("the rulebook has no hash")?.to_owned();
        let folder = shell::target().join(format!("load/{children}-{talk}-{short}"));
        let made = folder.join("about.txt");
        let age = made.metadata().and_then(|about| about.modified()).map(|at| at.elapsed());
        if !age.is_ok_and(|age| age.is_ok_and(|age| age < KEPT_FOR)) {
            make(&folder, children, talk)?;
            let about = about(&folder, children, talk)?;
            std::fs::write(&made, about).map_err(|error| error.to_string())?;
        }
        let about = std::fs::read_to_string(&made).map_err(|error| error.to_string())?;
        Ok(Self { folder, rulebook: short, about })
    }

    /// Where its database is.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The beginning of the hash of the rulebook that it was made under.
    pub(super) fn rulebook(&self) -> &str {
        &self.rulebook
    }

    /// What it holds, in a sentence.
    pub(super) fn about(&self) -> &str {
        &self.about
    }

    /// A fresh link for each person of a role.
    pub(super) fn links(&self, role: &str, most: Option<&str>) -> Result<String, String> {
        let mut command = Command::new(program());
        command.args(["person", "links", "--role", role, "--authority", AUTHORITY, "--data"]);
        command.arg(&self.folder);
        answer(command.args(most.into_iter().flat_map(|most| ["--most", most])))
    }
}

/// The release build.
pub(super) fn program() -> PathBuf {
    shell::target().join("release/sendero")
}

/// Makes the area: `demo` prints its address once everything is there, and is then not needed.
fn make(folder: &Path, children: u32, talk: u32) -> Result<(), String> {
    println!("Making an area of {children} children, which takes a while");
    // A half-made area of an earlier run would be taken for a whole one.
    let _ = std::fs::remove_dir_all(folder);
    std::fs::create_dir_all(folder).map_err(|error| error.to_string())?;
    let begun = Instant::now();
    let mut demo = Command::new(program())
        .args(["demo", "--port", "0", "--children", &children.to_string()])
        .args(["--talk", &talk.to_string(), "--data"])
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let output = demo.stdout.take().map(BufReader::new);
    let ready = output.and_then(|output| output.lines().map_while(Result::ok).next());
    let _ = demo.kill();
    let _ = demo.wait();
    match ready {
        Some(line) if line.starts_with("http://") => {
            println!("Made in {:.0} seconds", begun.elapsed().as_secs_f64());
            Ok(())
        }
        _ => Err("The area could not be made; what went wrong stands above".to_owned()),
    }
}

/// Checks the area whole and says what is in it.
fn about(folder: &Path, children: u32, talk: u32) -> Result<String, String> {
    let mut verify = Command::new(program());
    let found = answer(verify.args(["verify", "--json", "--data"]).arg(folder))?;
    let found: Value = serde_json::from_str(&found).map_err(|error| error.to_string())?;
    let areas = found.get("areas").and_then(Value::as_array);
    let events: u64 = areas
        .into_iter()
        .flatten()
        .filter_map(|area| area.get("events").and_then(Value::as_u64))
        .sum();
    let bytes = folder.join("sendero.sqlite").metadata().map_or(0, |file| file.len());
    Ok(format!(
        "{children} children with {events} events ({} each), SQLite at synchronous=FULL, a file of \
         {} MB; made act by act through the use cases, with {talk} more exchanges of messages about each \
         child than a demonstration has; `sendero verify` passed",
        events / u64::from(children.max(1)),
        bytes / 1_000_000,
    ))
}

fn answer(command: &mut Command) -> Result<String, String> {
    let said = command.stderr(Stdio::inherit()).output().map_err(|error| error.to_string())?;
    if said.status.success() {
        Ok(String::from_utf8_lossy(&said.stdout).into_owned())
    } else {
        Err(format!("{} failed", command.get_program().display()))
    }
}
