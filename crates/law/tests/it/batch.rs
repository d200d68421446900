//! One definition, two evaluators: whatever the cases and the day, the batch gives every standing and
//! every last day that the evaluator of one case gives. The cases are worked examples of all duties,
//! mixed, moved and mended at random, so that days at the limit and what ends a duty are among them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::ToSpan;
use proptest::prelude::*;
use sendero_law::batch::{
    Batch, Columns, ColumnsFault, ColumnsWriter, Days, Flat, FlatBatch, FlatFact, FlatField,
    NO_DAY, Numbers, On,
};
use sendero_law::{Case, Date, Question, Rulebook, SourceFile, Standing, Worked, outline};

/// A rulebook with its worked examples.
struct Pool {
    book: &'static Rulebook,
    worked: Vec<Worked>,
}

impl Pool {
    fn of(book: &'static Rulebook) -> Self {
        let worked = book.duties().iter().flat_map(|duty| book.worked(&duty.id)).collect();
        Self { book, worked }
    }
}

static LAW: LazyLock<Pool> = LazyLock::new(|| Pool::of(Rulebook::embedded()));
static MADE_UP: LazyLock<Pool> = LazyLock::new(|| {
    let book = Rulebook::parse(&crate::conventions::files()).unwrap();
    Pool::of(Box::leak(Box::new(book)))
});

/// Duty, standing and last day, with the fact that started it or its day.
type Line = (String, String, Standing, Option<Date>);

fn lines(book: &Rulebook, case: &Case, question: Question, by_id: bool) -> Vec<Line> {
    let mut lines: Vec<Line> = outline(book, case, question)
        .duties
        .iter()
        .map(|one| {
            let by = if by_id { one.event().to_owned() } else { one.fact.on.to_string() };
            (one.duty.id.clone(), by, one.standing, one.due())
        })
        .collect();
    lines.sort();
    lines
}

fn columns(book: &Rulebook, cases: &[Case]) -> Vec<u8> {
    // Filled in two parts, as a large file is.
    let (first, second) = cases.split_at(cases.len() / 2);
    let mut writer = ColumnsWriter::new(book);
    for case in first {
        writer.case("north", case).unwrap();
    }
    let mut more = ColumnsWriter::new(book);
    for (at, case) in second.iter().enumerate() {
        more.case(if at % 2 == 0 { "south" } else { "north" }, case).unwrap();
    }
    writer.append(&more).unwrap();
    writer.bytes().unwrap()
}

fn check(book: &Rulebook, cases: &[Case], question: Question) {
    let bytes = columns(book, cases);
    let columns = Columns::read(&bytes).unwrap();
    let batch = Batch::new(book, &columns, question);
    let mut found: Vec<Vec<Line>> = vec![Vec::new(); cases.len()];
    let mut alone = 0;
    batch.each(0..cases.len(), |answer| {
        alone += u64::from(answer.alone);
        let event = format!("{:05}", answer.event);
        found[answer.case].push((answer.duty.id.clone(), event, answer.standing, answer.due()));
    });
    let mut total = 0;
    for (at, found) in found.iter_mut().enumerate() {
        found.sort();
        let kept = columns.case(at).unwrap();
        assert_eq!(*found, lines(book, &kept, question, true), "{kept:#?}");
        // What the columns leave out changes nothing.
        assert_eq!(
            lines(book, &kept, question, false),
            lines(book, &cases[at], question, false),
            "{:#?}",
            cases[at]
        );
        total += found.len() as u64;
    }
    let half = cases.len() / 2;
    let mut counts = batch.counts(0..half);
    counts.add(&batch.counts(half..cases.len()));
    assert_eq!(counts.total(), total);
    assert_eq!(counts.alone(), alone);
    assert_eq!(counts.iter(book).map(|(.., count)| count).sum::<u64>(), total);
    assert_eq!(counts.by_duty(book).values().sum::<u64>(), total);
}

fn moved(day: Date, by: i32) -> Date {
    day.checked_add(by.days()).unwrap_or(day)
}

/// What happens to a fact of an example: moved, known later, dropped, corrected.
#[derive(Clone, Debug)]
struct Tweak {
    fact: usize,
    by: i32,
    later: i32,
    what: u8,
}

fn tweak() -> impl Strategy<Value = Tweak> {
    (0..40_usize, prop_oneof![-3..=3_i32, -60..120_i32], prop_oneof![Just(0), -20..60_i32], 0..5_u8)
        .prop_map(|(fact, by, later, what)| Tweak { fact, by, later, what })
}

/// Up to three examples laid over one another, each moved, some of their facts changed.
fn mixed(pool: &'static Pool) -> impl Strategy<Value = Case> {
    let near = prop_oneof![3 => Just(0), 2 => -20..20_i32, 1 => -900..900_i32];
    (
        prop::collection::vec((0..pool.worked.len(), near), 1..4),
        prop::collection::vec(tweak(), 0..5),
        prop::option::weighted(0.2, 0..9_000_i32),
    )
        .prop_map(|(parts, tweaks, born)| {
            let mut case = Case::default();
            for (part, (at, by)) in parts.into_iter().enumerate() {
                let worked = &pool.worked[at].case;
                case.born = case.born.or(worked.born);
                case.closures.extend(&worked.closures);
                case.terms.extend(&worked.terms);
                for fact in &worked.facts {
                    let mut fact = fact.clone();
                    fact.id = format!("{part}-{}", fact.id);
                    fact.supersedes = fact.supersedes.map(|id| format!("{part}-{id}"));
                    (fact.on, fact.known_on) = (moved(fact.on, by), moved(fact.known_on, by));
                    case.facts.push(fact);
                }
            }
            for tweak in tweaks {
                let at = tweak.fact % case.facts.len().max(1);
                let Some(fact) = case.facts.get_mut(at) else { continue };
                match tweak.what {
                    0 => {
                        case.facts.remove(at);
                    }
                    1 => {
                        let mut again = fact.clone();
                        again.id.push_str("-again");
                        again.supersedes = Some(fact.id.clone());
                        again.on = moved(again.on, tweak.by);
                        again.known_on = moved(again.known_on, tweak.by + tweak.later);
                        case.facts.push(again);
                    }
                    2 => {
                        let mut twice = fact.clone();
                        twice.id.push_str("-twice");
                        twice.on = moved(twice.on, tweak.by);
                        twice.known_on = moved(twice.on, tweak.later);
                        case.facts.push(twice);
                    }
                    _ => {
                        fact.on = moved(fact.on, tweak.by);
                        fact.known_on = moved(fact.on, tweak.later);
                    }
                }
            }
            // Ids are told apart by what was done to them; two of the same are no case.
            case.facts.sort_by(|a, b| a.id.cmp(&b.id));
            case.facts.dedup_by(|a, b| a.id == b.id);
            if let Some(days) = born {
                case.born = Some(moved(jiff::civil::date(2000, 2, 29), days));
            }
            case
        })
}

/// Some cases, and a day near one of their facts.
fn some(pool: &'static Pool) -> impl Strategy<Value = (Vec<Case>, Question)> {
    let near = prop_oneof![-30..60_i32, -400..900_i32];
    (
        prop::collection::vec(mixed(pool), 1..6),
        0..40_usize,
        near,
        prop_oneof![3 => Just(0), 1 => -40..10_i32],
    )
        .prop_map(|(cases, which, by, known)| {
            let days: Vec<Date> =
                cases.iter().flat_map(|case| &case.facts).map(|fact| fact.on).collect();
            let near = days.get(which % days.len().max(1)).copied();
            let as_at = moved(near.unwrap_or(jiff::civil::date(2026, 1, 1)), by);
            let question = Question { as_at, known_at: moved(as_at, known), explain: false };
            (cases, question)
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]
    #[test]
    fn the_batch_agrees_with_the_evaluator_of_one_case((cases, question) in some(&LAW)) {
        check(LAW.book, &cases, question);
    }

    #[test]
    fn the_batch_agrees_on_every_convention((cases, question) in some(&MADE_UP)) {
        check(MADE_UP.book, &cases, question);
    }
}

#[test]
fn the_batch_agrees_on_every_worked_example() {
    for pool in [&*LAW, &*MADE_UP] {
        assert!(pool.worked.len() > 100);
        for worked in &pool.worked {
            let known_at = worked.known_at;
            let question = Question { as_at: worked.as_at, known_at, explain: false };
            check(pool.book, std::slice::from_ref(&worked.case), question);
        }
    }
}

/// The duties that have no columns, of the law, of the conventions made up for tests, and of the benchmark,
/// which flat columns carry. Whoever makes the list longer gives the reason in docs/rulebook.md.
const ONE_BY_ONE: [&str; 1] = ["s1"];

#[test]
fn every_duty_that_can_be_is_columns() {
    let mut found: Vec<String> = Vec::new();
    let mut duties = 0;
    for pool in [&*LAW, &*MADE_UP, &Pool::of(&S1)] {
        // Duties that worked examples start, and those of which a program gave an answer.
        let (mut started, mut programmed) = (BTreeSet::new(), BTreeSet::new());
        for worked in &pool.worked {
            let bytes = columns(pool.book, std::slice::from_ref(&worked.case));
            let columns = Columns::read(&bytes).unwrap();
            let (as_at, known_at) = (worked.as_at, worked.known_at);
            let batch =
                Batch::new(pool.book, &columns, Question { as_at, known_at, explain: false });
            batch.each(0..1, |answer| {
                started.insert(answer.duty.id.clone());
                if !answer.alone {
                    programmed.insert(answer.duty.id.clone());
                }
            });
        }
        duties += started.len();
        found.extend(started.difference(&programmed).cloned());
    }
    assert!(duties > 150, "{duties}");
    assert_eq!(found, ONE_BY_ONE);
}

#[test]
fn a_faulty_file_is_refused_and_says_why() {
    let worked: Vec<Case> = LAW.worked.iter().take(3).map(|one| one.case.clone()).collect();
    let bytes = columns(LAW.book, &worked);
    let refused = |bytes: &[u8]| Columns::read(bytes).err();
    assert_eq!(refused(b"SENDCOL"), Some(ColumnsFault::NotColumns));
    assert_eq!(refused(&[&b"SENDCOL9"[..], &bytes[8..]].concat()), Some(ColumnsFault::NotColumns));
    let cut = &bytes[..bytes.len() - 1];
    assert!(
        matches!(refused(cut), Some(ColumnsFault::Length { wanted, found }) if wanted == found + 1)
    );
    let mut head = bytes.clone();
    head[16] = b'[';
    assert!(matches!(refused(&head), Some(ColumnsFault::Head(_))));
    // The place of the first authority, of the last case's end, and of the first fact's class.
    let start = 16 + usize::try_from(u64::from_le_bytes(bytes[8..16].try_into().unwrap())).unwrap();
    for (at, what) in [(start, "authorities"), (start + 18, "cases"), (start + 18 + 32, "classes")]
    {
        let mut wrong = bytes.clone();
        wrong[at..at + 2].copy_from_slice(&[255, 255]);
        assert_eq!(refused(&wrong), Some(ColumnsFault::Place(what)));
    }
    let mut unknown = worked[0].clone();
    unknown.facts[0].kind = "tea-drunk".to_owned();
    let mut writer = ColumnsWriter::new(LAW.book);
    assert_eq!(writer.case("north", &unknown), Err(ColumnsFault::Kind("tea-drunk".to_owned())));
    let mut far = worked[0].clone();
    far.facts[0].known_on = jiff::civil::date(2200, 1, 1);
    assert!(matches!(writer.case("north", &far), Err(ColumnsFault::Known(_))));
}

/// The rulebook of the benchmark, which is not law.
static S1: LazyLock<Rulebook> = LazyLock::new(|| {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../bench/s1/");
    let files = [
        "parties",
        "events",
        "remedies",
        "readings",
        "exceptions",
        "notices",
        "rounds",
        "words",
        "later",
        "duties/plan",
    ];
    let read = |name: &str| {
        let name = format!("{folder}{name}.toml");
        SourceFile { text: std::fs::read_to_string(&name).unwrap(), name }
    };
    let files: Vec<SourceFile> = files.into_iter().map(read).collect();
    Rulebook::parse(&files).unwrap_or_else(|faults| panic!("{faults:#?}"))
});

#[test]
fn the_examples_of_the_benchmark_come_out() {
    let failures = S1.run_examples();
    assert!(failures.is_empty(), "{failures:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn flat_columns_agree_with_the_evaluator_of_one_case(
        rows in prop::collection::vec((any::<u8>(), prop::array::uniform10(-40..200_i32)), 1..60),
        base in prop_oneof![18_200..18_600_i32, 20_000..20_600_i32],
    ) {
        // A bit of the byte for each column: whether it holds a day; the last for the epidemic.
        let column = |at: usize, bit: u32| -> Vec<i32> {
            let day = |(given, days): &(u8, [i32; 10])| match at {
                0 => base + days[0],
                _ if given >> bit & 1 == 0 => NO_DAY,
                _ => base + days[0] + days[at] - if at == 6 || at == 8 { 0 } else { 30 },
            };
            rows.iter().map(day).collect()
        };
        let columns: Vec<Vec<i32>> =
            [0, 1, 2, 3, 4, 4, 5, 5, 6, 6].into_iter().enumerate().map(|(at, bit)| column(at, bit)).collect();
        let epidemic: Vec<u8> = rows.iter().map(|(given, _)| given >> 7).collect();
        let flat = s1(&columns, &epidemic);
        let as_at = jiff::civil::date(2026, 1, 15);
        let duty = S1.duty("s1").unwrap();
        let batch = FlatBatch::new(&S1, duty, &flat, as_at, Numbers::PLAIN).unwrap();
        let mut found = vec![0; rows.len()];
        batch.run(0, &mut found);
        for (row, found) in found.into_iter().enumerate() {
            prop_assert_eq!(found, alone(&flat.case(row), as_at), "{:#?}", flat.case(row));
        }
    }
}

/// What the evaluator of one case says of a request, as a number.
fn alone(case: &sendero_law::Case, as_at: jiff::civil::Date) -> u8 {
    let answer = sendero_law::evaluate(&S1, case, Question::today(as_at));
    answer.obligations.first().map_or(Numbers::PLAIN.nothing, |one| {
        let late = one.standing == Standing::MetLate && one.excuse.is_some();
        if late { Numbers::PLAIN.met_late_excused } else { one.standing as u8 }
    })
}

/// Two stretches of rows; one column ends in the second. What was in the first must not count there.
#[test]
fn a_column_that_ends_early_has_nothing_beyond() {
    const ROWS: usize = 20_000;
    let base = 20_000;
    let mut columns = vec![vec![NO_DAY; ROWS]; 10];
    columns[0] = vec![base; ROWS];
    columns[1] = vec![base + 100; 17_000];
    let epidemic = vec![0; ROWS];
    let flat = s1(&columns, &epidemic);
    let as_at = jiff::civil::date(2026, 1, 15);
    let duty = S1.duty("s1").unwrap();
    let batch = FlatBatch::new(&S1, duty, &flat, as_at, Numbers::PLAIN).unwrap();
    let mut found = vec![0; ROWS];
    batch.run(0, &mut found);
    for row in [0, 16_383, 16_384, 16_999, 17_000, ROWS - 1] {
        assert_eq!(found[row], alone(&flat.case(row), as_at), "row {row}");
    }
    assert_ne!(found[16_999], found[17_000]);
}

/// The columns of the benchmark as facts.
fn s1<'a>(columns: &'a [Vec<i32>], epidemic: &'a [u8]) -> Flat<'a> {
    let days = |at: usize, later| Days { days: &columns[at], later };
    let on = |kind, at| FlatFact { kind, on: On::Day(days(at, 0)), fields: Vec::new() };
    let span = |kind, from, to| FlatFact {
        kind,
        on: On::Day(days(from, 0)),
        fields: vec![("from", FlatField::Day(days(from, 0))), ("to", FlatField::Day(days(to, 1)))],
    };
    let mut asked = on("advice-requested", 3);
    asked.fields.push(("from", FlatField::Text("school")));
    let noted =
        FlatFact { kind: "epidemic-noted", on: On::WithFirst(epidemic), fields: Vec::new() };
    Flat {
        rows: epidemic.len(),
        facts: vec![
            on("request-received", 0),
            on("final-plan-sent", 1),
            on("request-ended", 2),
            asked,
            span("circumstance-shown", 6, 7),
            span("child-away", 8, 9),
            noted,
        ],
        closure: Some((days(4, 0), days(5, -1))),
    }
}
