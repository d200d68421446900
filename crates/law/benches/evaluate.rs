//! How long one case takes: forty facts, every duty, with and without explanations. Beside it, in the
//! same run, how long `serde_json` takes to read the same facts from their JSON into its own values:
//! a machine that is slow for the one is slow for the other.

use std::collections::BTreeMap;

use sendero_law::{Case, Date, Fact, Question, Rulebook, Value, casefile, evaluate, outline};
use serde_json::{Map, Value as Json, json};

/// What the program itself allocates with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

/// A full assessment with two reviews, notices and claims: forty facts.
fn story() -> Case {
    let text = |value: &str| Value::Text(value.to_owned());
    let mut lines: Vec<(&str, Vec<(&str, Value)>)> = vec![
        ("assessment-requested", vec![("by", text("parent"))]),
        ("family-consulted", vec![]),
        ("bodies-notified", vec![]),
        ("information-requested", vec![("from", text("school"))]),
        ("assessment-agreed", vec![]),
    ];
    let bodies =
        ["parent", "school", "health", "psychologist", "social-care", "sensory-teacher", "other"];
    lines.extend(bodies.map(|body| ("advice-requested", vec![("from", text(body))])));
    lines.extend(bodies.map(|body| ("advice-received", vec![("from", text(body))])));
    lines.extend([
        (
            "exception-relied-on",
            vec![("ground", text("exceptional-circumstances")), ("duty", text("plan-20w"))],
        ),
        ("plan-agreed", vec![]),
        ("draft-plan-sent", vec![("how", text("post"))]),
        ("representations-made", vec![("meeting-wanted", Value::Flag(true))]),
        ("officer-meeting-held", vec![]),
        ("final-plan-sent", vec![]),
        ("mediation-contacted", vec![]),
        ("mediation-certificate-issued", vec![]),
        ("appeal-made", vec![]),
    ]);
    while lines.len() < 40 {
        lines.push(("review-decision-sent", vec![("outcome", text("maintain"))]));
        lines.push(("complaint-made", vec![]));
    }
    let mut on = jiff::civil::date(2026, 1, 5);
    let mut facts = Vec::new();
    for (index, (kind, fields)) in lines.into_iter().enumerate() {
        on = on.checked_add(jiff::Span::new().days(6)).unwrap_or(on);
        let fields: BTreeMap<String, Value> =
            fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        facts.push(Fact {
            id: format!("fact-{index:02}"),
            kind: kind.to_owned(),
            on,
            known_on: on,
            supersedes: None,
            fields,
        });
    }
    Case { facts, ..Case::default() }
}

/// The facts as a case file has them.
fn as_case_file(case: &Case) -> String {
    let event = |fact: &Fact| {
        let mut event = Map::from_iter([
            ("id".to_owned(), json!(fact.id)),
            ("kind".to_owned(), json!(fact.kind)),
            ("on".to_owned(), json!(fact.on.to_string())),
        ]);
        event.extend(fact.fields.iter().filter_map(|(name, value)| match value {
            Value::Text(text) => Some((name.clone(), json!(text))),
            Value::Flag(flag) => Some((name.clone(), json!(flag))),
            _ => None,
        }));
        Json::Object(event)
    };
    let events: Vec<Json> = case.facts.iter().map(event).collect();
    json!({ "case": "bench", "events": events }).to_string()
}

#[divan::bench]
fn json_read_by_serde(bencher: divan::Bencher) {
    let text = as_case_file(&story());
    bencher.bench(|| serde_json::from_str::<Json>(&text));
}

const TODAY: Date = jiff::civil::date(2026, 11, 21);

#[divan::bench]
fn explained(bencher: divan::Bencher) {
    let (book, case) = (Rulebook::embedded(), story());
    bencher.bench(|| evaluate(book, &case, Question::today(TODAY)));
}

#[divan::bench]
fn listed(bencher: divan::Bencher) {
    let (book, case) = (Rulebook::embedded(), story());
    let question = Question { as_at: TODAY, known_at: TODAY, explain: false };
    bencher.bench(|| evaluate(book, &case, question));
}

#[divan::bench]
fn outlined(bencher: divan::Bencher) {
    let (book, case) = (Rulebook::embedded(), story());
    let question = Question { as_at: TODAY, known_at: TODAY, explain: false };
    bencher.bench(|| outline(book, &case, question));
}

#[divan::bench]
fn as_json(bencher: divan::Bencher) {
    let book = Rulebook::embedded();
    let timeline = evaluate(book, &story(), Question::today(TODAY));
    bencher.bench(|| casefile::timeline_json(book, &timeline));
}
