//! Benchmark S1: a million requests, one duty, on one thread. It is not the law: `bench/s1` says where it
//! differs. A number counts only where the answers are those that the benchmark's other engines give.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use sendero_law::batch::{Days, Flat, FlatBatch, FlatFact, FlatField, Numbers, On};
use sendero_law::{Question, Rulebook, SourceFile, Standing, evaluate};
use sha2::{Digest, Sha256};

use crate::Outcome;

/// How many rounds there are, and how often we are timed in each.
const ROUNDS: usize = 15;
const TIMES: usize = 11;
/// The beginnings of the hashes that every engine has to give: of the statuses, and of the counts.
const STATUSES: &str = "b13f4b4b615371be";
const COUNTS: &str = "5f5400ede1c08460";
/// Every so many requests one is asked of the evaluator of one case too.
const EVERY: usize = 50;

/// The columns as they lie in the folder.
struct Requests {
    la: Vec<u8>,
    covid: Vec<u8>,
    days: Vec<Vec<i32>>,
}

const DAYS: [&str; 10] = [
    "received",
    "final",
    "ended",
    "advice_req",
    "clos_from",
    "clos_to",
    "circ_from",
    "circ_to",
    "abs_from",
    "abs_to",
];

impl Requests {
    fn read(folder: &Path) -> Outcome<Self> {
        let bytes = |name: &str| std::fs::read(folder.join(format!("{name}.bin")));
        let days = |name: &&str| -> Outcome<Vec<i32>> {
            let bytes = bytes(name)?;
            Ok(bytes.as_chunks().0.iter().map(|day| i32::from_le_bytes(*day)).collect())
        };
        let days: Vec<Vec<i32>> = DAYS.iter().map(days).collect::<Outcome<_>>()?;
        Ok(Self { la: bytes("la")?, covid: bytes("covid")?, days })
    }

    /// What the columns are as facts.
    fn flat(&self) -> Flat<'_> {
        let days = |at: usize, later| Days { days: &self.days[at], later };
        let on = |kind, at| FlatFact { kind, on: On::Day(days(at, 0)), fields: Vec::new() };
        let span = |kind, at: usize| FlatFact {
            kind,
            on: On::Day(days(at, 0)),
            fields: vec![
                ("from", FlatField::Day(days(at, 0))),
                ("to", FlatField::Day(days(at + 1, 1))),
            ],
        };
        let mut asked = on("advice-requested", 3);
        asked.fields.push(("from", FlatField::Text("school")));
        let noted = On::WithFirst(&self.covid);
        let noted = FlatFact { kind: "epidemic-noted", on: noted, fields: Vec::new() };
        Flat {
            rows: self.la.len(),
            facts: vec![
                on("request-received", 0),
                on("final-plan-sent", 1),
                on("request-ended", 2),
                asked,
                span("circumstance-shown", 6),
                span("child-away", 8),
                noted,
            ],
            closure: Some((days(4, 0), days(5, -1))),
        }
    }

    /// Reads every byte once and does nothing else: what any engine must at least take.
    fn sum(&self) -> u64 {
        let bytes = [&self.la, &self.covid].into_iter();
        let bytes: u64 = bytes.map(|column| sum_of(column.as_chunks().0)).sum();
        let days = self.days.iter().map(|column| {
            column.iter().fold(0_i32, |sum, day| sum.wrapping_add(*day)).cast_unsigned()
        });
        bytes.wrapping_add(days.map(u64::from).sum())
    }
}

fn sum_of(words: &[[u8; 8]]) -> u64 {
    words.iter().fold(0, |sum: u64, word| sum.wrapping_add(u64::from_le_bytes(*word)))
}

/// Another engine that answers the same: `peers.py` in the folder of the rules, with one of its names.
const ENGINES: [&str; 3] = ["pandas", "duckdb", "polars"];

/// Measures, and says what was found as the lines of a document. The engines take turns with us, so that
/// whatever else the machine does falls on all alike.
pub(crate) fn measure(rules: &Path, folder: &Path, python: &Path) -> Outcome<String> {
    let book = rulebook(rules)?;
    let duty = book.duty("s1").ok_or("bench/s1 has no duty s1")?;
    let requests = Requests::read(folder)?;
    let flat = requests.flat();
    let as_at = jiff::civil::date(2026, 1, 15);
    let batch = FlatBatch::new(&book, duty, &flat, as_at, NUMBERS)?;
    let mut statuses = vec![0; flat.rows];
    let mut rounds = Vec::new();
    for _ in 0..ROUNDS {
        let mut turns = vec![ours(&requests, &batch, &mut statuses)];
        let peers = ENGINES.map(|name| {
            let peer = Peer::run(python, rules, name, folder);
            turns.push(ours(&requests, &batch, &mut statuses));
            peer
        });
        rounds.push(Round { turns, peers });
    }
    let hashes = (hash(&statuses), hash(counts(&requests, &statuses).as_bytes()));
    if hashes != (STATUSES.to_owned(), COUNTS.to_owned()) {
        return Err(format!("another answer, so no number: {hashes:?}").into());
    }
    let alone = compare(&book, &flat, &statuses)?;
    let mut text = format!(
        "A million requests, 42 MB of columns in memory, one duty with four exceptions, asked of \
         {as_at} on one thread, compiled for any x86-64. The statuses hash to `{STATUSES}` and \
         the counts by authority, year and status to `{COUNTS}` in every engine that has a \
         number; on {alone} of the requests the evaluator of one case was asked too and agreed. \
         {ROUNDS} rounds, in each of which every engine had its turn (seven times, the middle \
         taken), and ours and the reading theirs before and after each ({TIMES} times, the middle \
         taken); each is compared with our turns beside its own. Below is the middle round, with the \
         least and the most.\n\n\
         | engine | time | times ours |\n|---|---|---|\n"
    );
    let floor = Spread::of(&rounds, |round| Some(round.floor()));
    let took = Spread::of(&rounds, |round| Some(round.took()));
    let (Some(floor), Some(took)) = (floor, took) else { return Err("no round was run".into()) };
    let floors = Spread::of(&rounds, |round| Some(ratio(round.took(), round.floor())));
    let reading = floors.map_or(f64::MAX, |floors| floors.middle);
    writeln!(
        text,
        "| reading the columns once, and nothing else | {} | {:.2} |",
        floor.ms(),
        1.0 / reading
    )?;
    writeln!(text, "| **Sendero, the rulebook of `bench/s1`** | **{}** | 1 |", took.ms())?;
    let mut polars = None;
    for (at, name) in ENGINES.into_iter().enumerate() {
        let with = |round: &Round| round.peers[at].clone();
        if rounds.iter().filter_map(with).any(|peer| peer.hash != STATUSES) {
            writeln!(text, "| {name} | no number: another answer | |")?;
            continue;
        }
        let time = Spread::of(&rounds, |round| with(round).map(|peer| peer.took));
        let times = Spread::of(&rounds, |round| Some(ratio(with(round)?.took, round.beside(at))));
        let (Some(time), Some(times)) = (time, times) else {
            writeln!(text, "| {name} | could not be run here | |")?;
            continue;
        };
        let version = rounds.iter().find_map(with).map_or_else(String::new, |peer| peer.version);
        let (least, most) = (times.least, times.most);
        writeln!(
            text,
            "| {name} {version}, one thread | {} | {:.1} ({least:.1} to {most:.1}) |",
            time.ms(),
            times.middle
        )?;
        if name == "polars" {
            polars = Some(times);
        }
    }
    let kept = |kept: bool| if kept { "kept" } else { "**not kept**" };
    writeln!(
        text,
        "\n- At most five times the reading: {reading:.1} times, {}.",
        kept(reading <= 5.0)
    )?;
    match polars {
        Some(times) => writeln!(
            text,
            "- At most a quarter of Polars' time on one thread: one {:.1}th, {}.",
            times.middle,
            kept(times.middle >= 4.0)
        )?,
        None => writeln!(text, "- Polars could not be run here, so nothing is said of it.")?,
    }
    Ok(text)
}

/// Our turn, and that of the reading, time by time.
struct Turn {
    floor: Vec<Duration>,
    took: Vec<Duration>,
}

fn ours(requests: &Requests, batch: &FlatBatch<'_>, statuses: &mut [u8]) -> Turn {
    let (mut floor, mut took) = (Vec::new(), Vec::new());
    for _ in 0..TIMES {
        let begun = Instant::now();
        std::hint::black_box(std::hint::black_box(requests).sum());
        floor.push(begun.elapsed());
        let begun = Instant::now();
        batch.run(0, statuses);
        took.push(begun.elapsed());
        std::hint::black_box(&mut *statuses);
    }
    Turn { floor, took }
}

/// What one round took: our turns, and between them those of the others.
struct Round {
    turns: Vec<Turn>,
    peers: [Option<Peer>; ENGINES.len()],
}

impl Round {
    fn floor(&self) -> Duration {
        middle(self.turns.iter().flat_map(|turn| turn.floor.iter().copied()).collect())
    }

    fn took(&self) -> Duration {
        middle(self.turns.iter().flat_map(|turn| turn.took.iter().copied()).collect())
    }

    /// What we took before and after the turn of another.
    fn beside(&self, at: usize) -> Duration {
        let turns = self.turns.iter().skip(at).take(2);
        middle(turns.flat_map(|turn| turn.took.iter().copied()).collect())
    }
}

/// What another engine took, and the hash of what it answered.
#[derive(Clone)]
struct Peer {
    version: String,
    took: Duration,
    hash: String,
}

impl Peer {
    /// One turn; none where it cannot be run, which is said.
    fn run(python: &Path, rules: &Path, name: &str, folder: &Path) -> Option<Self> {
        let run = Command::new(python).arg(rules.join("peers.py")).arg(name).arg(folder).output();
        let said = match run {
            Ok(run) if run.status.success() => String::from_utf8_lossy(&run.stdout).into_owned(),
            Ok(run) => {
                println!("{name} did not run: {}", String::from_utf8_lossy(&run.stderr));
                return None;
            }
            Err(error) => {
                println!("{name} did not run: {error}");
                return None;
            }
        };
        let words: Vec<&str> = said.split_whitespace().collect();
        let [_, version, milliseconds, hash] = *words.as_slice() else { return None };
        let took = Duration::from_secs_f64(milliseconds.parse::<f64>().ok()? / 1000.0);
        Some(Self { version: version.to_owned(), took, hash: hash.to_owned() })
    }
}

/// The middle of all rounds, the least and the most.
#[derive(Clone, Copy)]
struct Spread<T> {
    middle: T,
    least: T,
    most: T,
}

impl<T: Copy + PartialOrd> Spread<T> {
    fn of(rounds: &[Round], what: impl Fn(&Round) -> Option<T>) -> Option<Self> {
        let mut all: Vec<T> = rounds.iter().filter_map(what).collect();
        all.sort_by(|one, other| one.partial_cmp(other).unwrap_or(std::cmp::Ordering::Equal));
        let middle = *all.get(all.len() / 2)?;
        Some(Self { middle, least: *all.first()?, most: *all.last()? })
    }
}

impl Spread<Duration> {
    fn ms(&self) -> String {
        format!("{} ({} to {})", ms(self.middle), ms(self.least), ms(self.most))
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

fn rulebook(folder: &Path) -> Outcome<Rulebook> {
    let mut files = Vec::new();
    for folder in [folder.to_path_buf(), folder.join("duties")] {
        for entry in std::fs::read_dir(folder)? {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "toml") {
                let text = std::fs::read_to_string(&path)?;
                files.push(SourceFile { name: path.to_string_lossy().into_owned(), text });
            }
        }
    }
    Rulebook::parse(&files).map_err(|faults| format!("{faults:?}").into())
}

/// The benchmark's own numbers.
const NUMBERS: Numbers = Numbers {
    pending: 0,
    met: 1,
    met_late: 2,
    overdue: 3,
    met_late_excused: 4,
    excused: 5,
    void: 6,
    nothing: u8::MAX,
};

/// The evaluator of one case on every so many requests; how many.
fn compare(book: &Rulebook, flat: &Flat<'_>, statuses: &[u8]) -> Outcome<usize> {
    let question = Question { explain: false, ..Question::today(jiff::civil::date(2026, 1, 15)) };
    let rows = (0..flat.rows).step_by(EVERY);
    let count = rows.len();
    for row in rows {
        let answer = evaluate(book, &flat.case(row), question);
        let one = answer.obligations.first().ok_or("a request without an obligation")?;
        let wanted = match (one.standing, one.excuse.is_some()) {
            (Standing::Pending, _) => NUMBERS.pending,
            (Standing::Met, _) => NUMBERS.met,
            (Standing::MetLate, false) => NUMBERS.met_late,
            (Standing::MetLate, true) => NUMBERS.met_late_excused,
            (Standing::Overdue, _) => NUMBERS.overdue,
            (Standing::Excused, _) => NUMBERS.excused,
            (Standing::Void, _) => NUMBERS.void,
            _ => NUMBERS.nothing,
        };
        if statuses[row] != wanted {
            return Err(
                format!("request {row}: {} is not {:?}", statuses[row], one.standing).into()
            );
        }
    }
    Ok(count)
}

/// The counts by authority, year and status, as the benchmark writes them.
fn counts(requests: &Requests, statuses: &[u8]) -> String {
    let epoch = jiff::civil::date(1970, 1, 1);
    let mut counts = std::collections::BTreeMap::<(u8, i16, u8), u32>::new();
    let mut years = std::collections::BTreeMap::<i32, i16>::new();
    let days = requests.days.first().map(Vec::as_slice).unwrap_or_default();
    for ((la, day), status) in requests.la.iter().zip(days).zip(statuses) {
        let year = years.entry(*day).or_insert_with(|| {
            epoch.checked_add(jiff::Span::new().days(*day)).unwrap_or(epoch).year()
        });
        *counts.entry((*la, *year, *status)).or_default() += 1;
    }
    let rows = counts
        .iter()
        .map(|((la, year, status), count)| format!("[{la}, {year}, {status}, {count}]"));
    format!("[{}]", rows.collect::<Vec<_>>().join(", "))
}

fn hash(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

fn middle(mut all: Vec<Duration>) -> Duration {
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or_default()
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
