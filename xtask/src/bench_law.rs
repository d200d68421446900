//! `cargo xtask bench-law`: the law over a nation. The nation is made once, as `sendero simulate --columns`
//! makes it, kept under `target/bench-law`, and made again when the rulebook has changed.
//! What was measured goes to docs/results/law-batch.md.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::shell;

mod s1;

/// Two nations: one of as many children as have a plan or ask for one, and one of as many as it takes
/// for thirty million facts.
const NATIONS: [&str; 2] = ["650000", "1800000"];
/// The areas that the children live in, the years of requests behind the day, the seed, and the day.
const AREAS: &str = "153";
const YEARS: &str = "12";
const SEED: &str = "20140901";
const ON: &str = "2026-01-15";
const RESULT: &str = "docs/results/law-batch.md";

/// Measures, and writes the document; true when it could be measured and the evaluators agree.
#[must_use]
pub fn run() -> bool {
    told(measure())
}

/// Measures S1 alone, to see whether a change helps; writes no document.
#[must_use]
pub fn run_s1() -> bool {
    told(built().and_then(|(release, folder)| s1::measure(&release, &folder)).map(|_| ()))
}

fn told(measured: Result<(), String>) -> bool {
    match measured {
        Ok(()) => true,
        Err(why) => {
            println!("{why}");
            false
        }
    }
}

/// Builds the measuring program: where it is, and where what it measures is kept.
fn built() -> Result<(PathBuf, PathBuf), String> {
    let words = ["build", "--release", "--locked", "--package", "sendero-world"];
    if !shell::succeeds(shell::cargo(&words).args(["--example", "law"])) {
        return Err("The release could not be built".to_owned());
    }
    let release = shell::target().join("release");
    let folder = shell::target().join("bench-law");
    std::fs::create_dir_all(&folder)
        .map_err(|error| format!("Cannot make {}: {error}", folder.display()))?;
    Ok((release, folder))
}

fn measure() -> Result<(), String> {
    let busy = busy_now();
    let (release, folder) = built()?;
    let rulebook = rulebook(&release)?;
    let mut text = format!(
        "# The law over a nation\n\n\
         Written by `cargo xtask bench-law`, which anyone can run. A nation is made as `sendero \
         simulate --columns` makes it: {AREAS} pretend areas with seeds from {SEED} on and \
         {YEARS} years of requests, whose acts are those of an area with a database, each decided \
         by the record. Two threads count; everything from opening the file to the last count is \
         timed.\n\n\
         - Commit {}, rulebook `{}`, {}\n- {}\n",
        shell::commit(),
        rulebook.get(..12).unwrap_or(&rulebook),
        today(),
        machine(busy),
    );
    for children in NATIONS {
        let nation = nation(&release, &folder, &rulebook, children)?;
        let part = folder.join("nation.md");
        let mut law = Command::new(release.join("examples/law"));
        if !shell::succeeds(law.arg("nation").arg(&nation).arg(ON).arg(&part)) {
            return Err("A nation could not be measured".to_owned());
        }
        let (about, measured) = (read(&nation.with_extension("about"))?, read(&part)?);
        let _ = write!(text, "\n## {children} children\n\n{about}\n\n{measured}");
    }
    let _ = write!(text, "\n## Benchmark S1\n\n{}", s1::measure(&release, &folder)?);
    write(&shell::root().join(RESULT), &text)?;
    println!("{RESULT} is written");
    Ok(())
}

/// The file of the nation, made if there is none for this rulebook.
fn nation(
    release: &Path,
    folder: &Path,
    rulebook: &str,
    children: &str,
) -> Result<PathBuf, String> {
    let file = folder.join(format!("nation-{children}.columns"));
    let made_with = file.with_extension("made");
    let wanted = format!("{AREAS} {YEARS} {SEED} {ON} {rulebook}");
    if file.is_file() && read(&made_with).is_ok_and(|with| with == wanted) {
        return Ok(file);
    }
    println!("Making a nation of {children} children, which takes some minutes");
    let mut make = Command::new(release.join("examples/law"));
    make.arg("make").arg(&file).args([children, AREAS, YEARS, SEED, ON]);
    if !shell::succeeds(&mut make) {
        return Err("The nation could not be made".to_owned());
    }
    write(&made_with, &wanted)?;
    Ok(file)
}

/// The hash of the rulebook inside the program.
fn rulebook(release: &Path) -> Result<String, String> {
    let said = Command::new(release.join("examples/law")).arg("rulebook").output();
    let said = said.map_err(|error| format!("The measuring program does not run: {error}"))?;
    Ok(String::from_utf8_lossy(&said.stdout).trim().to_owned())
}

fn machine(busy: Option<f64>) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("a processor", |(_, model)| model);
    let busy = busy.map_or_else(String::new, |busy| {
        let warning = if busy > 0.5 { " (**busy with other work: measure again**)" } else { "" };
        format!("; load average before anything was built: {busy:.2}{warning}")
    });
    format!("{cores} cores of {model}{busy}")
}

/// Tasks that ran or waited over the last minute.
fn busy_now() -> Option<f64> {
    std::fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

fn today() -> String {
    let said = Command::new("date").args(["-u", "+%Y-%m-%d"]).output();
    said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default()
}

fn read(path: &Path) -> Result<String, String> {
    std::fs::read_to_string(path)
        .map_err(|error| format!("Cannot read {}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    std::fs::write(path, text).map_err(|error| format!("Cannot write {}: {error}", path.display()))
}
