//! What the access policies do, asked from outside. Most tests here run over every case there is, since there
//! are few enough.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod cases;
mod closed_lists;
mod every_case;
mod matrix;
mod policy_files;

use sendero_access::{Asker, Role, Subject, Tie};

const OWN: &str = "E10000001";
const OTHER: &str = "E10000002";

fn asker(role: Role) -> Asker {
    Asker { person: "person-1".to_owned(), authority: OWN.to_owned(), role }
}

fn child(authority: &str, ties: &[Tie]) -> Subject {
    Subject { authority: authority.to_owned(), child: "child-1".to_owned(), ties: ties.to_vec() }
}

/// Every set of ties, from none to all.
fn tie_sets() -> impl Iterator<Item = Vec<Tie>> {
    (0..1_u32 << Tie::ALL.len()).map(|bits| {
        let held = |(bit, _): &(usize, Tie)| bits >> bit & 1 == 1;
        Tie::ALL.into_iter().enumerate().filter(held).map(|(_, tie)| tie).collect()
    })
}
