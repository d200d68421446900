//! A second, naive counting of every convention: it walks day by day over its own list of bank
//! holidays, shares no code with the engine, and must agree with it on random days.

use proptest::prelude::*;
use sendero_law::{
    Case, Closure, Date, Fact, Question, Rulebook, SourceFile, Term, Value, evaluate,
};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::oracle::cases;
use crate::properties::published;

/// What is counted, how, from where, and how it rolls; one made-up duty each.
#[derive(Clone, Copy, Debug)]
struct Spec {
    n: i32,
    unit: &'static str,
    counting: &'static str,
    from: &'static str,
    rolls: &'static str,
}

const UNITS: [&str; 8] = [
    "days",
    "weeks",
    "months",
    "years",
    "working-days",
    "tribunal-days",
    "tribunal-calendar-days",
    "school-days",
];
const COUNTING: [&str; 3] = ["trigger-day-excluded", "trigger-day-included", "at-least-before"];
const FROM: [&str; 3] = ["trigger", "known", "field"];
const ROLLS: [&str; 3] = ["", "next-working-day", "tribunal-start"];

fn specs() -> Vec<Spec> {
    let mut specs = Vec::new();
    for (index, unit) in UNITS.into_iter().enumerate() {
        for (step, counting) in COUNTING.into_iter().enumerate() {
            for n in [1, 3 + i32::try_from(index).unwrap()] {
                specs.push(Spec {
                    n: if unit == "years" { n.min(3) } else { n },
                    unit,
                    counting,
                    from: FROM[(index + step) % 3],
                    rolls: ROLLS[(index + 2 * step) % 3],
                });
            }
        }
    }
    specs
}

fn duty(number: usize, spec: Spec) -> String {
    let from = match spec.from {
        "known" => ", from = \"known\"",
        "field" => ", from-field = \"day\"",
        _ => "",
    };
    let rolls =
        if spec.rolls.is_empty() { String::new() } else { format!("rolls = \"{}\"\n", spec.rolls) };
    format!(
        "[[duty]]\nid = \"c-{number}\"\ntitle = \"t\"\nstage = \"request\"\ncite = \"t\"\n\
         force = \"statute\"\nform = \"deadline\"\nowner = \"local-authority\"\nowed-to = [\"parent\"]\n\
         remedies = [\"complaint\"]\nlead-days = 0\n\
         starts = {{ on = [\"test-started\"], instance = \"each\" }}\nscope = \"next-trigger\"\n\
         within = {{ {} = {}, counting = \"{}\"{from} }}\n{rolls}done = [{{ any-of = [\"test-done\"] }}]\n\
         in-force = [{{ from = 1990-01-01 }}]\n\
         checked = {{ by = \"not yet\", where = \"a test\", lawyer = \"not yet\" }}\n\
         say = {{ met = \"m\" }}\n\
         example = [{{ name = \"e\", given = [\"2026-01-05 test-started\"], as-at = 2026-01-05, expect = {{}} }}]\n\n",
        spec.unit, spec.n, spec.counting
    )
}

static BOOK: LazyLock<Rulebook> = LazyLock::new(|| {
    let mut files = crate::conventions::files();
    let text = specs().into_iter().enumerate().map(|(at, spec)| duty(at, spec)).collect();
    files.push(SourceFile { name: "law/duties/counted.toml".to_owned(), text });
    Rulebook::parse(&files).unwrap_or_else(|faults| panic!("{faults:?}"))
});

static HOLIDAYS: LazyLock<BTreeSet<Date>> = LazyLock::new(|| published().into_iter().collect());

fn works(day: Date) -> bool {
    day.weekday().to_monday_zero_offset() < 5 && !HOLIDAYS.contains(&day)
}

fn shut_for_tribunal(day: Date) -> bool {
    day.month() == 8
        || (day.month() == 12 && day.day() > 24)
        || (day.month() == 1 && day.day() == 1)
}

/// Whether a day counts in a unit; none where nobody can tell.
fn counts(unit: &str, case: &Case, day: Date) -> Option<bool> {
    Some(match unit {
        "days" => true,
        "working-days" => works(day),
        "tribunal-days" => works(day) && !shut_for_tribunal(day),
        "tribunal-calendar-days" => !shut_for_tribunal(day),
        _ => {
            let known = case.terms.iter().any(|term| day >= term.from)
                && case.terms.iter().any(|term| day < term.to);
            if !known {
                return None;
            }
            works(day)
                && case.terms.iter().any(|term| term.from <= day && day < term.to)
                && !case.closures.iter().any(|shut| shut.from <= day && day < shut.to)
        }
    })
}

/// The same day of a month some months away, found by walking; and whether that month has it.
fn month_away(from: Date, months: i32) -> (Date, bool) {
    let wanted = i32::from(from.year()) * 12 + i32::from(from.month()) - 1 + months;
    let (year, month) = (wanted.div_euclid(12), wanted.rem_euclid(12) + 1);
    let mut at = jiff::civil::date(i16::try_from(year).unwrap(), i8::try_from(month).unwrap(), 1);
    while at.day() < from.day() && at.tomorrow().unwrap().month() == at.month() {
        at = at.tomorrow().unwrap();
    }
    (at, at.day() == from.day())
}

/// The last day by a walk; none where nobody can tell.
fn walked(spec: Spec, case: &Case, from: Date) -> Option<Date> {
    let back = spec.counting == "at-least-before";
    let included = spec.counting == "trigger-day-included";
    let step = |day: Date| if back { day.yesterday().unwrap() } else { day.tomorrow().unwrap() };
    let last = match spec.unit {
        "months" | "years" => {
            let months = spec.n * if spec.unit == "years" { 12 } else { 1 };
            match month_away(from, if back { -months } else { months }) {
                (day, true) if included => day.yesterday().unwrap(),
                (day, _) => day,
            }
        }
        unit => {
            let (unit, n) = if unit == "weeks" { ("days", spec.n * 7) } else { (unit, spec.n) };
            let mut at = if included { from.yesterday().unwrap() } else { from };
            let mut left = n;
            while left > 0 {
                at = step(at);
                left -= i32::from(counts(unit, case, at)?);
            }
            at
        }
    };
    let mut rolled = last;
    if spec.rolls == "tribunal-start" {
        while shut_for_tribunal(rolled) {
            rolled = rolled.tomorrow().unwrap();
        }
    }
    while !spec.rolls.is_empty() && !works(rolled) {
        rolled = rolled.tomorrow().unwrap();
    }
    Some(rolled)
}

fn standing(due: Option<Date>, done: Option<Date>, as_at: Date) -> &'static str {
    match (due, done) {
        (None, _) => "unclear",
        (Some(due), Some(done)) if done <= due => "met",
        (Some(_), Some(_)) => "met-late",
        (Some(due), None) if as_at <= due => "pending",
        (Some(_), None) => "overdue",
    }
}

fn day(offset: i32) -> Date {
    jiff::civil::date(2019, 1, 1).checked_add(jiff::Span::new().days(offset)).unwrap()
}

fn spans() -> impl Strategy<Value = Vec<(i32, i32)>> {
    prop::collection::vec((-60..700_i32, 1..90_i32), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]
    #[test]
    fn every_convention_agrees_with_a_walk(
        start in 0..1200_i32,
        known in 0..40_i32,
        field in prop::option::of(-300..300_i32),
        done in prop::option::of(0..400_i32),
        later in 0..500_i32,
        terms in spans(),
        closures in spans(),
    ) {
        let fact = |id: &str, kind: &str, on: Date, fields: BTreeMap<String, Value>| Fact {
            id: id.to_owned(), kind: kind.to_owned(), on, known_on: on, supersedes: None, fields,
        };
        let fixed = field.map(|offset| day(start + offset));
        let fields = fixed.map(|on| ("day".to_owned(), Value::Date(on))).into_iter().collect();
        let mut started = fact("a", "test-started", day(start), fields);
        started.known_on = day(start + known);
        let done = done.map(|offset| day(start + offset));
        let at = |(from, long): &(i32, i32)| (day(start + from), day(start + from + long));
        let case = Case {
            terms: terms.iter().map(at).map(|(from, to)| Term { from, to }).collect(),
            closures: closures.iter().map(at).map(|(from, to)| Closure { from, to }).collect(),
            facts: std::iter::once(started)
                .chain(done.map(|on| fact("b", "test-done", on, BTreeMap::new())))
                .collect(),
            ..Case::default()
        };
        let as_at = day(start + known + later);
        let done = done.filter(|on| *on <= as_at);
        let question = Question { as_at, known_at: as_at, explain: false };
        let timeline = evaluate(&BOOK, &case, question);
        for (number, spec) in specs().into_iter().enumerate() {
            let from = match spec.from {
                "known" => Some(day(start + known)),
                "field" => fixed,
                _ => Some(day(start)),
            };
            let due = from.and_then(|from| walked(spec, &case, from));
            let id = format!("c-{number}");
            let found = timeline.obligations.iter().find(|found| found.duty == id);
            let found = found.map(|found| (found.due, found.standing.word()));
            prop_assert_eq!(found, Some((due, standing(due, done, as_at))), "{:?}", spec);
        }
    }
}
