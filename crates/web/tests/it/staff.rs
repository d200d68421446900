//! What staff pages must and must not say in states that matter: nothing leaves while a part is
//! missing, nothing is drawn that cannot be done, and numbers add up.

use crate::examples;

/// A page, what must be on it, and what must not.
fn check(page: &str, says: &[&str], never: &[&str]) {
    let pages = examples::all();
    let found = pages.iter().find(|(name, _)| *name == page).map(|(_, html)| html.as_str());
    assert!(found.is_some(), "there is no example {page}");
    let html = found.unwrap_or_default();
    for words in says {
        assert!(html.contains(words), "{page} does not say {words}");
    }
    for words in never {
        assert!(!html.contains(words), "{page} says {words}");
    }
}

#[test]
fn a_notice_with_a_missing_part_cannot_be_sent() {
    let held = "value=\"see\" disabled";
    check("staff-decide-refuse", &[held, "2 of 6 parts are missing", "s-gap"], &[]);
    check("staff-decide-ready", &["value=\"see\">"], &[held, "missing</b>", "s-gap"]);
    check("staff-send-draft", &[held, "1 of 5 parts is missing", "Section B is blank"], &[]);
    check("staff-send-draft-ready", &["value=\"see\">"], &[held, "Cannot be sent"]);
    check("staff-preview", &["value=\"send\">Send notice"], &["disabled"]);
    check("staff-preview-advice", &["value=\"send\" disabled", "Send all 2"], &[]);
}

#[test]
fn the_words_of_a_missing_part_stand_open() {
    check("staff-decide-refuse", &["<details class=\"s-details\" open><summary>The words of"], &[]);
    check("staff-decide-ready", &[], &["open><summary>The words of"]);
}

#[test]
fn the_test_is_unanswered_at_first() {
    let answers = ["name=\"needs\" type=\"radio\"", "name=\"necessary\" type=\"radio\""];
    check("staff-decide", &answers, &[" checked"]);
    check("staff-decide", &["Nothing is answered yet"], &["is a refusal"]);
    check("staff-decide-refuse", &["is a refusal to assess", "Decide to assess instead"], &[]);
    check("staff-decide-plan", &["Record: a plan is necessary"], &["See before sending"]);
}

#[test]
fn only_what_can_be_done_is_drawn() {
    check("staff-case-new", &["/record\">"], &["/exception\">", "/plan\">Draft plan"]);
    check("staff-case", &["/exception\">", "/plan\">Draft plan"], &["Check who they are"]);
    check("staff-people", &["Offer it"], &["Give it now"]);
    check("staff-people-manager", &["Give it now"], &["Offer it"]);
}

#[test]
fn a_correction_keeps_both_versions_and_what_is_taken_back_stays() {
    let both = ["Born 2 March 2019", "<s>Born 3 February 2019</s>", "The first entry is kept"];
    check("staff-case", &both, &[]);
    check("staff-case", &["<s>School answered the consultation</s>", "Known to us on"], &[]);
}

#[test]
fn an_empty_list_says_why_it_is_empty() {
    check(
        "staff-today-empty",
        &["Nothing is due before Tuesday 8\u{a0}December 2026"],
        &["<table"],
    );
    check(
        "staff-today-filter",
        &["final plans of the whole office", "href=\"/today\""],
        &["<table"],
    );
    check("staff-children-none", &["Nobody is found for “Tomsz Wiśniewski”"], &["<table"]);
}

#[test]
fn the_forecast_says_in_words_what_it_draws() {
    let finding = "In 2 weeks 14: 7 Psychology advice not in, 3 Health advice not in, 3 Our drafting, 1 Other.";
    check("manager-forecast", &[finding, "<b>52</b>"], &[]);
}
