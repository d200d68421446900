//! What this machine has of the tools that tests need, and how to get what it has not.
//! On Debian as root missing tools are installed; elsewhere the command to do so is printed and
//! what needs them is skipped aloud. With `CI=true` a skip is a failure.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use crate::shell;
use crate::tally::Tally;

/// A tool that some tests need and a plain Rust machine may lack.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tool {
    /// The browser that page checks look at pages with.
    Chromium,
    /// The server binaries from which store tests make a throwaway cluster.
    PostgreSql,
    /// Node.js, which runs the page checks.
    Node,
    /// npm, which brings GOV.UK Frontend at build time and the page checks' two libraries.
    Npm,
}

impl Tool {
    /// Where the tool is, installing it first where that is this machine's way.
    #[must_use]
    pub fn ensure(self) -> Option<PathBuf> {
        self.find().or_else(|| {
            if !(is_debian() && is_root()) {
                return None;
            }
            install(self.package()).then(|| self.find()).flatten()
        })
    }

    /// Where the tool is, or nothing.
    #[must_use]
    pub fn find(self) -> Option<PathBuf> {
        match self {
            Self::Chromium => std::env::var_os("SENDERO_CHROMIUM")
                .map(PathBuf::from)
                .filter(|path| path.is_file())
                .or_else(|| on_path("chromium"))
                .or_else(|| on_path("chromium-browser"))
                .or_else(|| on_path("google-chrome")),
            Self::PostgreSql => postgres_programs(),
            Self::Node => on_path("node"),
            Self::Npm => on_path("npm"),
        }
    }

    /// A failed or skipped check for a tool that is not to be had, with how to get it, said aloud.
    #[must_use]
    pub fn missing(self, what_needs_it: &str) -> Tally {
        let package = self.package();
        println!(
            "SKIPPED {what_needs_it}: this machine has no {package}. On Debian or Ubuntu: \
             sudo apt-get install --no-install-recommends {package}"
        );
        skipped()
    }

    fn package(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::PostgreSql => "postgresql",
            Self::Node => "nodejs",
            Self::Npm => "npm",
        }
    }
}

/// Whether this run is an unattended one, in which nothing may be left out.
#[must_use]
pub fn is_ci() -> bool {
    std::env::var("CI").is_ok_and(|value| value == "true")
}

/// What one skipped check counts as: a failure where nothing may be left out.
#[must_use]
pub fn skipped() -> Tally {
    if is_ci() { Tally::one(false) } else { Tally::one_skipped() }
}

fn on_path(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(program)).find(|file| file.is_file())
}

/// The folder that holds all the programs of a server: on the PATH, or where Debian keeps them, one
/// folder a version.
fn postgres_programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path: Vec<PathBuf> = std::env::split_paths(&path).collect();
    let versions = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let debian = versions.map(|version| version.path().join("bin"));
    let is_whole = |folder: &PathBuf| {
        let programs = ["initdb", "pg_ctl", "postgres", "createdb", "psql"];
        programs.iter().all(|program| folder.join(program).is_file())
    };
    on_path.into_iter().chain(debian).find(is_whole)
}

fn is_debian() -> bool {
    std::fs::read_to_string("/etc/os-release")
        .is_ok_and(|text| text.lines().any(|line| line == "ID=debian"))
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|said| said.stdout.trim_ascii() == b"0")
}

fn install(package: &str) -> bool {
    static LISTS_ARE_FRESH: OnceLock<bool> = OnceLock::new();
    println!("Installing {package} with apt-get");
    let fresh = *LISTS_ARE_FRESH.get_or_init(|| apt_get(&["update", "--quiet"]));
    fresh && apt_get(&["install", "--yes", "--quiet", "--no-install-recommends", package])
}

fn apt_get(words: &[&str]) -> bool {
    shell::succeeds(
        Command::new("apt-get")
            .args(words)
            .env("DEBIAN_FRONTEND", "noninteractive")
            .current_dir(Path::new("/")),
    )
}
