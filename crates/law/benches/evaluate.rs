//! How long one case takes: forty facts, every duty, with and without explanations.

use std::collections::BTreeMap;

use sendero_law::{Case, Date, Fact, Question, Rulebook, Value, casefile, evaluate, outline};

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
