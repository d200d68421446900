//! Marks of the wording of refusals: the same letter about two children leaves the same marks, and
//! from a mark nothing can be read.

use std::collections::BTreeSet;

use sendero_record::{Command, Event, PersonTied, Refusal, Relation, Sending, USED_BEFORE, marks};

use crate::story::{Story, answers, person, recorded, sending};

const LETTER: &str = "Idris is making steady progress with the help he has at school. The \
    educational psychologist visited him on 12 March and found that his needs are understood. We \
    therefore think that the school can go on with what it does now.";
const OTHER: &str = "Mei is making steady progress with the help she has at school. The \
    educational psychologist visited her on 4 October and found that her needs are understood. We \
    therefore think that the school can go on with what it does now.";

fn named(name: &str) -> Story {
    let tied = PersonTied {
        person: person("p9"),
        name: sendero_record::Name::new(name, "Harrowgate"),
        relation: Relation::Mother,
        parental_responsibility: None,
        body: None,
        adviser: None,
        contact: None,
    };
    Story::requested().does(&recorded(Event::PersonTied(tied), "2026-09-14"))
}

fn marks_of(reasons: &str) -> BTreeSet<String> {
    // Both children's names are on the record, as each has its own on its own.
    marks(reasons, &named("Mei").record()).into_iter().map(|one| one.mark).collect()
}

#[test]
fn names_figures_and_he_or_she_make_no_difference() {
    let marks = marks_of(LETTER);
    assert!(marks.len() > 8, "{marks:?}");
    assert_eq!(marks, marks_of(OTHER));
    assert!(marks.iter().all(|mark| mark.len() == 16), "{marks:?}");
}

#[test]
fn a_long_run_that_two_letters_share_is_found_and_a_short_one_is_not() {
    let shared = "the school can go on with what it does now and nothing more is needed";
    let one = format!("Lola paints every day and hates the bell. We think that {shared}.");
    let two = format!("At home he reads to his sister. In our view {shared}, as far as we see.");
    assert!(!marks_of(&one).is_disjoint(&marks_of(&two)));
    let three = "We think that he paints every day, and the school can go on helping him read.";
    assert!(marks_of(&one).is_disjoint(&marks_of(three)));
    assert!(marks_of("Too short to compare.").is_empty());
}

#[test]
fn the_passage_is_the_sentence_in_which_the_run_stands() {
    let found = marks(LETTER, &named("Mei").record());
    let passages: BTreeSet<&str> = found.iter().map(|one| one.passage.as_str()).collect();
    assert!(passages.iter().any(|said| said.starts_with("We therefore think")), "{passages:?}");
}

#[test]
fn words_used_for_other_children_go_only_when_somebody_goes_on_with_them() {
    let refuse = |went_on: &[&str]| Command::RefuseToAssess {
        answers: answers(false, false),
        sending: Sending {
            reasons: LETTER.to_owned(),
            went_on: went_on.iter().map(|id| (*id).to_owned()).collect(),
            ..sending("assessment-refused")
        },
    };
    let mut story = Story::requested();
    story.in_others = 2;
    assert!(story.decide(&refuse(&[])).is_ok());
    story.in_others = 38;
    let doubts = vec![USED_BEFORE.to_owned()];
    assert_eq!(story.decide(&refuse(&[])), Err(Refusal::ReasonsDoubted { doubts: doubts.clone() }));
    let record = story.does(&refuse(&[USED_BEFORE])).record();
    let entry = record.last_of(&["assessment-refused"]).unwrap();
    assert_eq!(entry.event.notice().unwrap().went_on, doubts);
}
