//! Page checks in a real browser: each script of ui/check that asks for a demo gets one of its own.
//! The scripts say what a page must be; this only builds, starts, runs and counts.

pub mod demo;
mod modules;
mod script;

use std::path::Path;
use std::process::Command;

use crate::machine::{self, Tool};
use crate::shell;
use crate::tally::Tally;
use crate::test::required;
use demo::Demo;
use script::Script;

/// Runs the page checks, or one of them by name, and prints the closing line.
#[must_use]
pub fn run(only: Option<&str>) -> bool {
    let tally = check(only);
    println!("{tally}");
    tally.is_good()
}

/// As [`run`], giving the count that the scripts gave.
#[must_use]
pub fn check(only: Option<&str>) -> Tally {
    match prepare(only) {
        Ok(Ready { browser, node, scripts }) => {
            let mut sum = Tally::default();
            for script in &scripts {
                println!("\n-- {}", script.name);
                sum += play(script, &browser, &node);
            }
            sum
        }
        Err(tally) => tally,
    }
}

struct Ready {
    browser: std::path::PathBuf,
    node: std::path::PathBuf,
    scripts: Vec<Script>,
}

/// Everything that the scripts need, or the count that stands for not having it.
fn prepare(only: Option<&str>) -> Result<Ready, Tally> {
    let needs = "the page checks";
    let node = Tool::Node.ensure().ok_or_else(|| Tool::Node.missing(needs))?;
    let npm = Tool::Npm.ensure().ok_or_else(|| Tool::Npm.missing(needs))?;
    let browser = Tool::Chromium.ensure().ok_or_else(|| Tool::Chromium.missing(needs))?;
    let told = |why: String| {
        println!("{why}");
        Tally::one(false)
    };
    let mut scripts = script::all(&shell::root().join("ui/check")).map_err(told)?;
    scripts.retain(|script| only.is_none_or(|name| script.name == name));
    if scripts.is_empty() {
        return Err(told("There is no such check in ui/check.".to_owned()));
    }
    modules::install(&npm).map_err(told)?;
    let mut build = shell::cargo(&["build", "--locked", "--package", "sendero"]);
    if !shell::succeeds(required(&mut build)) {
        return Err(told("The program does not build, so no page can be looked at.".to_owned()));
    }
    Ok(Ready { browser, node, scripts })
}

/// One script against a demo of its own, so that what one changes no other sees.
fn play(script: &Script, browser: &Path, node: &Path) -> Tally {
    let demo = match Demo::start(&script.name, &script.demo_words) {
        Ok(demo) => demo,
        Err(why) => {
            println!("{why}");
            return Tally::one(false);
        }
    };
    let greeting = demo.greeting();
    let roles = serde_json::json!(greeting.roles).to_string();
    let mut command = Command::new(node);
    command
        .arg(&script.path)
        .current_dir(shell::root())
        .env("SENDERO_ADDRESS", &greeting.address)
        .env("SENDERO_ROLES", roles)
        .env("SENDERO_MODULES", modules::folder())
        .env("SENDERO_SCREENS", shell::target().join("screens").join(&script.name))
        .env("SENDERO_CHROMIUM", browser);
    let mut counted = None;
    let went_well = shell::streams(&mut command, |line| {
        counted = Tally::from_closing_line(line).or(counted);
    });
    if !went_well {
        println!("The demo's own log is {}", demo.log().display());
    }
    judge(counted, went_well)
}

/// A script that stops without its closing line, or says that it failed, has failed; what it left
/// out counts as this machine counts skips.
fn judge(counted: Option<Tally>, went_well: bool) -> Tally {
    let Some(mut tally) = counted else { return Tally::one(false) };
    if !went_well && tally.is_good() {
        tally += Tally::one(false);
    }
    if machine::is_ci() {
        tally.failed += std::mem::take(&mut tally.skipped);
    }
    tally
}
