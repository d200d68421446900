//! `cargo xtask load`: many people at once on a large area, served in earnest by a release build.
//! The area is made once and kept under `target/load`; what was measured goes to docs/results/load.md.

mod area;
pub(crate) mod machine;
mod server;

use std::path::Path;

use crate::shell;
use machine::Machine;

/// Children of the area that the figures are promised for.
pub const CHILDREN: u32 = 20_000;
/// Further exchanges of messages about each child, which bring the area to a million events.
const TALK: u32 = 9;
/// Parents who are signed in; of officers, all.
const PARENTS: &str = "1000";
const RESULT: &str = "docs/results/load.md";

/// Runs the load test on an area of so many children; true when every limit was kept. The document
/// is written only for an area of the promised size.
#[must_use]
pub fn run(children: u32) -> bool {
    match measure(children) {
        Ok(kept) => kept,
        Err(why) => {
            println!("{why}");
            false
        }
    }
}

fn measure(children: u32) -> Result<bool, String> {
    let busy = machine::busy_now();
    let words = ["build", "--release", "--locked", "--package", "sendero", "--bin", "sendero"];
    if !shell::succeeds(shell::cargo(&words).args(["--example", "load"])) {
        return Err("The release could not be built".to_owned());
    }
    let area = area::Area::ready(children, TALK)?;
    let links = area.folder().join("links.txt");
    let mut lines = area.links("officer", None)?;
    lines.push_str(&area.links("parent", Some(PARENTS))?);
    write(&links, &lines)?;

    let machine = Machine::look(area.folder(), busy);
    println!("{machine}");
    let server = server::Server::start(area.folder())?;
    let result = area.folder().join("result.md");
    let mut load = std::process::Command::new(shell::target().join("release/examples/load"));
    let kept = shell::succeeds(load.arg(server.address()).args([&links, &result]));
    drop(server);
    let measured = std::fs::read_to_string(&result)
        .map_err(|error| format!("Cannot read {}: {error}", result.display()))?;
    if children == CHILDREN {
        let text = document(&area, &machine, &measured);
        write(&shell::root().join(RESULT), &text)?;
        println!("{RESULT} is written");
    }
    Ok(kept)
}

fn document(area: &area::Area, machine: &Machine, measured: &str) -> String {
    format!(
        "# The load test\n\n\
         Written by `cargo xtask load`, which anyone can run. It serves a made-up area with \
         `sendero serve` from a release build, signs in every officer and {PARENTS} parents, and \
         sends what they would: of ten requests five are an officer's case page (a case of their \
         own, drawn anew each time), two a family's, and three an officer's list for today. Access \
         is asked for each, the law is asked afresh, and the trace of the reading is on the disk \
         before a page goes out.\n\n\
         - Commit {}, rulebook {}\n- {}\n- {machine}\n\n{measured}",
        shell::commit(),
        area.rulebook(),
        area.about(),
    )
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let cannot = |error| format!("Cannot write {}: {error}", path.display());
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(cannot)?;
    }
    std::fs::write(path, text).map_err(cannot)
}
