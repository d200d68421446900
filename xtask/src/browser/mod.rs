//! Page checks in a real browser: each script of ui/check gets what it looks at.
//! The scripts say what a page must be; this only builds, starts, runs and counts.

pub mod demo;
mod modules;
mod script;

use std::path::PathBuf;
use std::process::Command;

use crate::machine::{self, Tool};
use crate::shell;
use crate::tally::Tally;
use crate::test::required;
use demo::{Demo, Greeting};
use script::{LooksAt, Script};

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
    let ready = match prepare(only) {
        Ok(ready) => ready,
        Err(tally) => return tally,
    };
    let mut sum = Tally::default();
    for script in &ready.scripts {
        println!("\n-- {}", script.name);
        sum += play(script, &ready).unwrap_or_else(|why| {
            println!("{why}");
            Tally::one(false)
        });
    }
    sum
}

struct Ready {
    browser: PathBuf,
    node: PathBuf,
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
    Ok(Ready { browser, node, scripts })
}

/// One script against what it looks at, which is its own, so that what one changes no other sees.
fn play(script: &Script, ready: &Ready) -> Result<Tally, String> {
    let mut command = Command::new(&ready.node);
    command
        .arg(&script.path)
        .current_dir(shell::root())
        .env("SENDERO_MODULES", modules::folder())
        .env("SENDERO_SCREENS", shell::target().join("screens").join(&script.name))
        .env("SENDERO_CHROMIUM", &ready.browser);
    match &script.looks_at {
        LooksAt::Gallery => {
            command.env("SENDERO_GALLERY", draw_gallery()?);
            Ok(count(&mut command))
        }
        LooksAt::Demo(words) => {
            build()?;
            let demo = Demo::start(&script.name, words)?;
            let Greeting { address, roles } = demo.greeting();
            command.env("SENDERO_ADDRESS", address);
            command.env("SENDERO_ROLES", serde_json::json!(roles).to_string());
            command.env("SENDERO_DATA", demo.data());
            let tally = count(&mut command);
            if !tally.is_good() {
                println!("The demo's own log is {}", demo.log().display());
            }
            Ok(tally)
        }
    }
}

/// Every page in every state, as files.
fn draw_gallery() -> Result<PathBuf, String> {
    let folder = shell::root().join("target/gallery");
    // A page that is no longer drawn must not be looked at.
    let _ = std::fs::remove_dir_all(&folder);
    build()?;
    let mut gallery = Command::new(shell::target().join("debug/examples/gallery"));
    if shell::succeeds(gallery.current_dir(shell::root())) {
        return Ok(folder);
    }
    Err("The gallery of pages was not drawn, so none of its pages can be looked at.".to_owned())
}

/// Builds every program there is to look at with the features that the tests were built with, so that
/// after them there is nothing left to build.
fn build() -> Result<(), String> {
    let words = ["build", "--locked", "--workspace", "--bins", "--examples"];
    if shell::succeeds(required(&mut shell::cargo(&words))) {
        return Ok(());
    }
    Err(format!("cargo {} failed, so no page can be looked at.", words.join(" ")))
}

/// Runs a script and reads its closing line. One that stops without it, or says that it failed, has
/// failed; what it left out counts as this machine counts skips.
fn count(command: &mut Command) -> Tally {
    let mut counted = None;
    let went_well = shell::streams(command, |line| {
        counted = Tally::from_closing_line(line).or(counted);
    });
    let Some(mut tally) = counted else { return Tally::one(false) };
    if !went_well && tally.is_good() {
        tally += Tally::one(false);
    }
    if machine::is_ci() {
        tally.failed += std::mem::take(&mut tally.skipped);
    }
    tally
}
