//! The access matrix, held against the copy that people review. SENDERO_BLESS=1 writes it anew: read the
//! difference before committing it, since each changed cell is someone gaining or losing sight of a child.

use std::path::Path;

use sendero_access::{Act, matrix_for, scopes};

const HEAD: &str = "\
# Who may do what to a child's record

Generated from the policies in `crates/access/policies`; do not edit. After a change there, run
`SENDERO_BLESS=1 cargo test -p sendero-access` and read the difference.

One table a role. A row is an act; a column is how the person stands to the child today. A person with several
ties may do what any one of them allows; a member of staff who is of the child's own family may do nothing as
staff, whatever other ties they have. The last column is a child of another authority, whatever the ties.
What is asked of a whole office (`list-own`, `list-office`, `forecast`) does not depend on a tie.
A `provider` keeps entries of the Local Offer and reaches no child.

";

const LISTS: &str = "\
## Lists

Which children a list may hold. Each row of it is then opened, or not, by the tables above.

";

fn document() -> String {
    let acts: Vec<(String, Act)> =
        Act::ALL.into_iter().map(|act| (act.word().to_owned(), act)).collect();
    format!("{HEAD}{}{LISTS}{}", matrix_for(&acts), scopes())
}

#[test]
fn the_reviewed_matrix_is_what_the_policies_do() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/access-matrix.md");
    let drawn = document();
    if std::env::var_os("SENDERO_BLESS").is_some_and(|bless| bless == "1") {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &drawn).unwrap();
    }
    let reviewed = std::fs::read_to_string(&path).unwrap_or_else(|error| {
        panic!("docs/access-matrix.md: {error}; SENDERO_BLESS=1 writes it")
    });
    for (number, (reviewed, drawn)) in reviewed.lines().zip(drawn.lines()).enumerate() {
        assert_eq!(reviewed, drawn, "docs/access-matrix.md line {}", number + 1);
    }
    assert_eq!(
        reviewed.lines().count(),
        drawn.lines().count(),
        "docs/access-matrix.md is cut short"
    );
}

#[test]
fn a_matrix_has_a_row_for_each_label_in_each_role() {
    let routes =
        [("GET /children/{child}".to_owned(), Act::ListOwn), ("a | b".to_owned(), Act::Decide)];
    let drawn = matrix_for(&routes);
    // Whoever keeps entries of the Local Offer has a table too, and no list in it.
    for (row, roles) in [("| GET /children/{child} | yes", 5), ("| a \\| b ", 6)] {
        assert_eq!(drawn.matches(row).count(), roles, "{row} in\n{drawn}");
    }
    // Deciding is for an officer and their manager, at every standing within the authority but the family's.
    let decide: Vec<usize> = drawn
        .lines()
        .filter(|line| line.starts_with("| a "))
        .map(|line| line.matches("yes").count())
        .collect();
    assert_eq!(decide, [0, 0, 4, 0, 4, 0]);
}
