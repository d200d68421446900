//! Random cases for the property tests: any mix of steps, on any days, mostly in a plausible span.

use std::collections::BTreeMap;

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use sendero_law::{Case, Date, Fact, Value};

/// The first day of every story.
pub(crate) const FIRST: Date = date(2026, 1, 1);

pub(crate) fn day(offset: i32) -> Date {
    FIRST.checked_add(offset.days()).unwrap()
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

/// One step: its kind with its fields.
fn step() -> impl Strategy<Value = (&'static str, Vec<(&'static str, Value)>)> {
    let plain = prop::sample::select(vec![
        "assessment-requested",
        "assessment-requested",
        "brought-to-attention",
        "family-consulted",
        "assessment-agreed",
        "assessment-refused",
        "request-withdrawn",
        "plan-agreed",
        "plan-refused",
        "final-plan-sent",
        "amended-plan-sent",
        "review-meeting-held",
        "moved-area",
        "meeting-required",
        "officer-meeting-held",
        "cease-decided",
        "plan-ceased",
    ])
    .prop_map(|kind| (kind, Vec::new()));
    let advice = (
        prop::sample::select(vec!["advice-requested", "advice-received"]),
        prop::sample::select(vec!["health", "psychologist", "school", "parent"]),
    )
        .prop_map(|(kind, from)| (kind, vec![("from", text(from))]));
    let draft = prop::sample::select(vec![Some("portal"), Some("post"), None]).prop_map(|how| {
        ("draft-plan-sent", how.map(|how| ("how", text(how))).into_iter().collect::<Vec<_>>())
    });
    let answer = any::<bool>()
        .prop_map(|agrees| ("representations-made", vec![("agrees", Value::Flag(agrees))]));
    let review = prop::sample::select(vec!["maintain", "amend", "cease"])
        .prop_map(|outcome| ("review-decision-sent", vec![("outcome", text(outcome))]));
    let dispute = (
        prop::sample::select(vec![
            "mediation-contacted",
            "mediation-certificate-issued",
            "appeal-made",
        ]),
        prop::option::of(prop::sample::select(vec![
            "refusal-to-assess",
            "refusal-to-issue",
            "plan",
            "contents",
            "refusal-to-amend",
            "cease",
        ])),
    )
        .prop_map(|(kind, about)| {
            (kind, about.into_iter().map(|about| ("about", text(about))).collect::<Vec<_>>())
        });
    let order = prop::sample::select(vec!["assess", "amend-contents"])
        .prop_map(|order| ("tribunal-ordered", vec![("order", text(order))]));
    prop_oneof![
        8 => plain,
        3 => advice,
        2 => draft,
        1 => answer,
        2 => review,
        1 => order,
        2 => claim(),
        2 => dispute,
    ]
}

/// A claim of an exception.
pub(crate) fn claim() -> impl Strategy<Value = (&'static str, Vec<(&'static str, Value)>)> {
    (
        prop::sample::select(vec![
            "exceptional-circumstances",
            "school-closed",
            "absent-from-area",
            "missed-appointment",
        ]),
        prop::sample::select(vec!["rq-6w", "no-plan-16w", "plan-20w", "as-advice-6w"]),
    )
        .prop_map(|(ground, duty)| {
            ("exception-relied-on", vec![("ground", text(ground)), ("duty", text(duty))])
        })
}

pub(crate) fn fact(id: String, (kind, fields): (&str, Vec<(&str, Value)>), offset: i32) -> Fact {
    Fact {
        id,
        kind: kind.to_owned(),
        on: day(offset),
        known_on: day(offset),
        supersedes: None,
        fields: fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect::<BTreeMap<_, _>>(),
    }
}

/// A whole case of up to fourteen facts over two years; often it begins with a request.
pub(crate) fn case() -> impl Strategy<Value = Case> {
    (
        prop::option::weighted(0.8, 0..60_i32),
        prop::collection::vec((step(), prop_oneof![0..220_i32, 0..730_i32]), 0..14),
        prop::option::of(0..40_i32),
    )
        .prop_map(|(request, steps, born)| {
            let mut facts: Vec<Fact> = request
                .map(|offset| fact("r".to_owned(), ("assessment-requested", Vec::new()), offset))
                .into_iter()
                .collect();
            facts.extend(
                steps
                    .into_iter()
                    .enumerate()
                    .map(|(index, (step, offset))| fact(format!("f{index:02}"), step, offset)),
            );
            let born = born.map(|months| date(2001, 1, 1).checked_add(months.months()).unwrap());
            Case { born, facts, ..Case::default() }
        })
}
