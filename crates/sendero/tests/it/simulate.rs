//! `sendero simulate` as scripts use it.

use std::path::Path;
use std::process::{Command, Output};

fn simulate(seed: &str, out: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sendero"))
        .args(["simulate", "--children", "8", "--years", "2", "--on", "2026-11-23"])
        .args(["--seed", seed, "--out"])
        .arg(out)
        .output()
        .unwrap()
}

/// How many events the area has, once everything in it has been found sound.
fn events(out: &Path) -> u64 {
    let verified = Command::new(env!("CARGO_BIN_EXE_sendero"))
        .args(["verify", "--json", "--data"])
        .arg(out)
        .output()
        .unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    let found: serde_json::Value = serde_json::from_slice(&verified.stdout).unwrap();
    found["areas"][0]["events"].as_u64().unwrap()
}

#[test]
fn one_seed_makes_one_area_and_nothing_is_written_over() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    for (seed, name) in [("5", "a"), ("5", "b"), ("6", "c")] {
        let made = simulate(seed, &at(name));
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        assert_eq!(
            String::from_utf8_lossy(&made.stdout).trim(),
            at(name).join("sendero.sqlite").display().to_string()
        );
    }
    assert_eq!(events(&at("a")), events(&at("b")));
    assert_ne!(events(&at("a")), events(&at("c")));

    let again = simulate("5", &at("a"));
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("is there already"));
}

#[test]
fn what_is_missing_is_named() {
    let bare = Command::new(env!("CARGO_BIN_EXE_sendero")).arg("simulate").output().unwrap();
    assert_eq!(bare.status.code(), Some(2));
    let said = String::from_utf8_lossy(&bare.stderr);
    assert!(said.contains("--children") && said.contains("--out"), "{said}");
}

#[test]
fn areas_as_columns_are_made_without_a_database() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name);
    let made = |areas: &str, to: &Path| {
        Command::new(env!("CARGO_BIN_EXE_sendero"))
            .args(["simulate", "--children", "9", "--years", "2", "--on", "2026-11-23"])
            .args(["--seed", "5", "--areas", areas, "--columns"])
            .arg(to)
            .output()
            .unwrap()
    };
    let first = made("2", &file("a"));
    assert!(first.status.success(), "{}", String::from_utf8_lossy(&first.stderr));
    assert!(made("2", &file("b")).status.success());
    let bytes = std::fs::read(file("a")).unwrap();
    assert_eq!(bytes, std::fs::read(file("b")).unwrap());
    let columns = sendero_law::batch::Columns::read(&bytes).unwrap();
    assert_eq!((columns.cases(), columns.authorities().len()), (9, 2));
    assert!(columns.events() > 9);

    let many = Command::new(env!("CARGO_BIN_EXE_sendero"))
        .args(["simulate", "--children", "200001", "--years", "2", "--seed", "5", "--out"])
        .arg(file("c"))
        .output()
        .unwrap();
    assert_eq!(many.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&many.stderr).contains("200000 children"));
}
