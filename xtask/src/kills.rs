//! `cargo xtask kills`: processes killed amid their writes, on each database, many times over.
//! The tests of every run do this a few times; here they do it often, and docs/results/kills.md says
//! what came of it.

use crate::machine::Tool;
use crate::shell;

/// Kills on each database, unless another number is asked for.
pub const TIMES: u32 = 20;
const RESULT: &str = "docs/results/kills.md";
/// What each story says at its end begins so.
const SAID: &str = "kills: ";

/// Each story: its package, and the name under which its tests run.
const STORIES: [(&str, &str); 2] = [("sendero-store", "crash::"), ("sendero", "kills::")];

/// Kills so many times on each database; true when nothing was lost.
#[must_use]
pub fn run(times: u32) -> bool {
    if Tool::PostgreSql.ensure().is_none() {
        return Tool::PostgreSql.missing("the kills on PostgreSQL").is_good();
    }
    let mut said = Vec::new();
    let mut went_well = true;
    for (package, story) in STORIES {
        let words = ["test", "--locked", "--package", package, "--test", "it", story];
        let mut command = shell::cargo(&words);
        command.args(["--", "--nocapture"]).env("SENDERO_KILLS", times.to_string());
        went_well &= shell::streams(&mut command, |line| {
            // The runner's own words may stand before ours on a line.
            if let Some((_, story)) = line.split_once(SAID) {
                said.push(format!("- {story}"));
            }
        });
    }
    said.sort();
    if went_well && times >= TIMES {
        let text = format!(
            "# Kills amid writes\n\n\
             Written by `cargo xtask kills`, which anyone can run, at commit {}. Two stories, each on \
             both databases. In the first a process writes to the store from several tasks at once, \
             and is killed; in the second officers send forms to a running `sendero serve`, and the \
             server is killed. After each kill everything that was acknowledged is looked for, and \
             every hash is computed again.\n\n\
             The process is killed, not the machine and not PostgreSQL's own server: that a flushed write \
             outlives a power cut is the database's promise (SQLite at synchronous=FULL) and the \
             disk's.\n\n{}\n",
            shell::commit(),
            said.join("\n")
        );
        let path = shell::root().join(RESULT);
        if let Err(error) = std::fs::write(&path, text) {
            println!("Cannot write {}: {error}", path.display());
            return false;
        }
        println!("{RESULT} is written");
    }
    went_well
}
