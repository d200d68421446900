//! The rules drawn out as tables: who may do what, for review by people who read neither Cedar nor Rust.
//! The tables are worked out by asking, so they show what the policies do, not what they were meant to do.

use std::fmt::{self, Write};

use crate::act::Act;
use crate::asker::{Asker, Role, Subject, Tie};
use crate::policies::Policies;

const OWN: &str = "own";
const OTHER: &str = "other";

/// How an asker may stand to a child: a column of a table.
#[derive(Clone, Copy)]
enum Standing {
    NoTie,
    Tied(Tie),
    /// Every tie there is, and a child of another authority.
    ElsewhereWithEveryTie,
}

impl Standing {
    fn all() -> impl Iterator<Item = Self> {
        let tied = Tie::ALL.into_iter().map(Self::Tied);
        std::iter::once(Self::NoTie).chain(tied).chain([Self::ElsewhereWithEveryTie])
    }

    const fn heading(self) -> &'static str {
        match self {
            Self::NoTie => "no tie",
            Self::Tied(tie) => tie.word(),
            Self::ElsewhereWithEveryTie => "another authority",
        }
    }

    fn subject(self) -> Subject {
        let (authority, ties) = match self {
            Self::NoTie => (OWN, Vec::new()),
            Self::Tied(tie) => (OWN, vec![tie]),
            Self::ElsewhereWithEveryTie => (OTHER, Tie::ALL.to_vec()),
        };
        Subject { authority: authority.to_owned(), child: "child".to_owned(), ties }
    }
}

/// For each role a table: a row for each of `acts` under its label, a column for each way to stand to a
/// child, `yes` or a dash. What is asked of an office has one answer whatever the tie, and none elsewhere.
/// A person with several ties may do what any one of them allows, save that a tie of family takes from staff
/// what their other ties give.
#[must_use]
pub fn matrix_for(acts: &[(String, Act)]) -> String {
    written(|out| Role::ALL.into_iter().try_for_each(|role| role_table(out, role, acts)))
}

/// The lists that each role may ask for, and which children they may hold.
#[must_use]
pub fn scopes() -> String {
    written(scope_table)
}

fn written(write: impl FnOnce(&mut String) -> fmt::Result) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail; a table cut short would fail its comparison.
    let _: fmt::Result = write(&mut out);
    out
}

fn role_table(out: &mut String, role: Role, acts: &[(String, Act)]) -> fmt::Result {
    let labels: Vec<String> = acts.iter().map(|(label, _)| label.replace('|', "\\|")).collect();
    let width = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    writeln!(out, "## {}\n", role.word())?;
    write!(out, "| {:width$} |", "")?;
    Standing::all().try_for_each(|standing| write!(out, " {} |", standing.heading()))?;
    write!(out, "\n|{:-<1$}|", "", width + 2)?;
    Standing::all()
        .try_for_each(|standing| write!(out, "{:-<1$}|", "", standing.heading().len() + 2))?;
    for (label, (_, act)) in labels.iter().zip(acts) {
        write!(out, "\n| {label:width$} |")?;
        for standing in Standing::all() {
            let answer = if permits(role, *act, standing) { "yes" } else { "–" };
            write!(out, " {answer:<0$} |", standing.heading().len())?;
        }
    }
    writeln!(out, "\n")
}

fn permits(role: Role, act: Act, standing: Standing) -> bool {
    let policies = Policies::embedded();
    let asker = asker(role);
    if act.is_of_office() {
        let here = !matches!(standing, Standing::ElsewhereWithEveryTie);
        here && policies.may_office(&asker, act).is_ok()
    } else {
        policies.may(&asker, act, &standing.subject()).is_ok()
    }
}

fn scope_table(out: &mut String) -> fmt::Result {
    let policies = Policies::embedded();
    let asked =
        |act: &Act| Role::ALL.iter().any(|role| policies.may_office(&asker(*role), *act).is_ok());
    let acts: Vec<Act> = Act::ALL.into_iter().filter(asked).collect();
    write!(out, "| {:13} |", "")?;
    acts.iter().try_for_each(|act| write!(out, " {:13} |", act.word()))?;
    write!(out, "\n|{:-<15}|", "")?;
    acts.iter().try_for_each(|_| write!(out, "{:-<15}|", ""))?;
    for role in Role::ALL {
        write!(out, "\n| {:13} |", role.word())?;
        for act in &acts {
            let list = policies.may_office(&asker(role), *act);
            let answer = list.map_or("–", |list| list.scope().word());
            write!(out, " {answer:13} |")?;
        }
    }
    writeln!(out)
}

fn asker(role: Role) -> Asker {
    Asker { person: "asker".to_owned(), authority: OWN.to_owned(), role }
}
