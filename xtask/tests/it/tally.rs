//! Closing lines of runners, as counts.
//! The lines are those that cargo and the page checks print.

use xtask::tally::Tally;

fn check(read: fn(&str) -> Option<Tally>, line: &str, expected: Option<(u64, u64, u64)>) {
    let expected = expected.map(|(passed, failed, skipped)| Tally { passed, failed, skipped });
    assert_eq!(read(line), expected, "{line}");
}

#[test]
fn cargo_lines_are_counted() {
    let ends = "measured; 0 filtered out; finished in 0.01s";
    let line = format!("test result: ok. 12 passed; 0 failed; 1 ignored; 0 {ends}");
    check(Tally::from_cargo_line, &line, Some((12, 0, 1)));
    let line = format!("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 {ends}");
    check(Tally::from_cargo_line, &line, Some((3, 2, 0)));
    check(Tally::from_cargo_line, "test tally::it_works ... ok", None);
    check(Tally::from_cargo_line, "test result: nothing", None);
}

#[test]
fn closing_lines_are_counted() {
    check(Tally::from_closing_line, "31 passed, 2 failed, 4 skipped", Some((31, 2, 4)));
    check(Tally::from_closing_line, "31 passed, 0 failed", Some((31, 0, 0)));
    check(Tally::from_closing_line, "31 passed", None);
    check(Tally::from_closing_line, "31 passed, 0 failed, 1 skipped, 2 late", None);
    check(Tally::from_closing_line, "all passed, 0 failed, 1 skipped", None);
}

#[test]
fn what_is_written_is_read_back() {
    let tally = Tally { passed: 5, failed: 1, skipped: 2 };
    assert_eq!(Tally::from_closing_line(&tally.to_string()), Some(tally));
}
