//! The order in which the same facts were keyed never changes what the law makes of them.

use proptest::prelude::*;
use sendero_law::{Question, Rulebook, evaluate};
use sendero_record::{Event, Fresh};

use crate::samples::samples;
use crate::story::{Story, day};

/// Facts of law on days of two years. One of a kind a day: two facts of one kind and one day are
/// told apart by nothing but the order of keying.
fn facts() -> impl Strategy<Value = Vec<(Event, i32)>> {
    let facts: Vec<Event> =
        samples().into_iter().filter(|event| event.fact_fields().is_some()).collect();
    let fact = (0..facts.len(), 0..730_i32);
    proptest::collection::btree_set(fact, 1..14).prop_map(move |chosen| {
        chosen.into_iter().map(|(which, offset)| (facts[which].clone(), offset)).collect()
    })
}

/// What the law says of them, without the ids that follow the order of keying.
fn said(facts: &[(Event, i32)], as_at: i32) -> Vec<String> {
    let from = day("2026-01-05");
    let on = |offset: i32| from.saturating_add(jiff::Span::new().days(offset));
    let mut story = Story::on("2028-06-01");
    for (event, offset) in facts {
        let on = on(*offset);
        story.keep(Fresh { event: event.clone(), on, known_on: on, supersedes: None });
    }
    let question = Question { as_at: on(as_at), known_at: on(as_at), explain: false };
    let case = story.record().case(on(as_at));
    let mut said: Vec<String> = evaluate(Rulebook::embedded(), &case, question)
        .obligations
        .into_iter()
        .map(|found| {
            let trigger = (&found.trigger.kind, found.trigger.on);
            format!(
                "{} {trigger:?} {:?} {:?} {:?}",
                found.duty, found.due, found.standing, found.done_on
            )
        })
        .collect();
    said.sort();
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn the_order_of_recording_does_not_matter(
        (facts, shuffled) in facts().prop_flat_map(|facts| {
            (Just(facts.clone()), Just(facts).prop_shuffle())
        }),
        as_at in 0..900_i32,
    ) {
        prop_assert_eq!(said(&facts, as_at), said(&shuffled, as_at));
    }
}
