//! The house rules, kept by the house: any finding in this project fails here.
//! `cargo xtask tidy` prints the same.

use xtask::{shell, tidy};

#[test]
fn the_house_is_tidy() {
    let lines = tidy::lines(&shell::root()).expect("the project can be read");
    assert!(lines.is_empty(), "\n{}\n", lines.join("\n"));
}
