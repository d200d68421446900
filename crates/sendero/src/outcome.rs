//! How a command ends other than well: one plain sentence on standard error, and a code that says
//! whose fault it is.

use std::io::Write as _;

use sendero_app::Problem;

/// Why a command failed.
#[derive(Debug)]
pub(crate) enum Failure {
    /// What it was given is wrong, or fails a check: 1.
    Given(String),
    /// It was used wrongly: 2.
    Use(String),
    /// A fault of ours or the machine's: 3.
    Ours(String),
}

impl Failure {
    /// The exit code.
    pub(crate) const fn code(&self) -> u8 {
        match self {
            Self::Given(_) => 1,
            Self::Use(_) => 2,
            Self::Ours(_) => 3,
        }
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        match problem {
            Problem::Invalid(faults) => Self::Given(
                faults
                    .iter()
                    .map(|fault| format!("{}: {}", fault.field, fault.fault))
                    .collect::<Vec<_>>()
                    .join("; "),
            ),
            Problem::NotFound => Self::Given("there is nothing by that name".to_owned()),
            other => Self::Ours(other.to_string()),
        }
    }
}

/// Says on standard error what went wrong.
pub(crate) fn report(failure: &Failure) {
    let (Failure::Given(text) | Failure::Use(text) | Failure::Ours(text)) = failure;
    let _ = writeln!(std::io::stderr(), "sendero: {text}");
}

/// Writes lines to standard output. A reader that has gone away is not our fault.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
