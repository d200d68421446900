//! The Local Offer's search beside the full text of SQLite and of PostgreSQL, in one run: how long an
//! answer takes, and how often the right service comes first. `cargo xtask bench-offer` runs it with
//! the file that its tables go to.
#![expect(clippy::print_stdout, reason = "a measurement talks to a terminal")]

mod directory;
mod rivals;

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

use directory::{Spread, Text};
use rivals::{Postgres, Sqlite};
use sendero_offer::search::{Finder, Lexicon, Narrow};

/// Services, how often every query is asked, and the longest that 99 in 100 of our answers may take.
const SIZES: [(usize, usize, Duration); 2] =
    [(5_000, 20, Duration::from_millis(5)), (100_000, 5, Duration::from_millis(20))];
/// Services of the pretend area, for which the right answers are known.
const DEMO: usize = 260;
/// Services of one page.
const PAGE: usize = 20;

type Failed = Box<dyn Error>;

/// Whatever finds services for words: their ids, best first.
trait Finds {
    fn name(&self) -> &'static str;
    fn find(&mut self, words: &str) -> Result<Vec<String>, Failed>;
}

struct Ours(Finder);

impl Finds for Ours {
    fn name(&self) -> &'static str {
        "Sendero"
    }

    fn find(&mut self, words: &str) -> Result<Vec<String>, Failed> {
        let found = self.0.find(&self.0.understand(words), &Narrow::default(), PAGE)?;
        Ok(found.hits.into_iter().map(|hit| hit.id).collect())
    }
}

/// A list of queries: its name, and each query with the keys that may come first.
type Queries = BTreeMap<String, Vec<(String, String)>>;

fn main() -> Result<(), Failed> {
    let file = std::env::args().nth(1).ok_or("name the file for the tables")?;
    let queries: Queries = toml::from_str(include_str!("../../../offer/tests/data/queries.toml"))?;
    let mut page = String::new();
    let mut kept = true;
    right_first(&queries, &mut page)?;
    for (size, rounds, limit) in SIZES {
        kept &= speed(&queries, size, rounds, limit, &mut page)?;
    }
    println!("{page}");
    std::fs::write(file, page)?;
    if kept { Ok(()) } else { Err("an answer of ours took longer than promised".into()) }
}

/// Everybody who searches `spread`, those of PostgreSQL where it is installed.
fn everybody(spread: &Spread) -> Result<(Vec<Box<dyn Finds>>, Duration), Failed> {
    let begun = Instant::now();
    let finder = Finder::of(&spread.directory, Arc::new(Lexicon::embedded()?))?;
    let built = begun.elapsed();
    let texts = spread.texts();
    let mut all: Vec<Box<dyn Finds>> = vec![Box::new(Ours(finder))];
    for any in [true, false] {
        all.push(Box::new(Sqlite::new(&texts, any)?));
    }
    for any in [true, false] {
        all.extend(Postgres::new(&texts, any)?.map(|one| Box::new(one) as Box<dyn Finds>));
    }
    Ok((all, built))
}

/// The list whose services are those of the other made-up area.
const ELSEWHERE: &str = "elsewhere";

/// How often each of them has the right service first, and among the first three.
fn right_first(queries: &Queries, page: &mut String) -> Result<(), Failed> {
    let (spread, elsewhere) = (Spread::of(DEMO), Spread::elsewhere());
    let ((all, _), (others, _)) = (everybody(&spread)?, everybody(&elsewhere)?);
    writeln!(page, "## The right service first\n")?;
    writeln!(
        page,
        "Of {DEMO} made-up services, and of {} of the other area for the list *{ELSEWHERE}*. First / \
         among the first three / nothing found.\n",
        elsewhere.texts().len()
    )?;
    let lists: Vec<String> =
        queries.iter().map(|(name, list)| format!("{name} ({})", list.len())).collect();
    writeln!(page, "| | {} |\n|---|{}", lists.join(" | "), "---|".repeat(lists.len()))?;
    for (mut here, mut there) in all.into_iter().zip(others) {
        write!(page, "| {} |", here.name())?;
        for (name, list) in queries {
            let (one, spread) =
                if name == ELSEWHERE { (&mut there, &elsewhere) } else { (&mut here, &spread) };
            let (mut first, mut three, mut none) = (0, 0, 0);
            for (words, keys) in list {
                let found = one.find(words)?;
                let right = |id: &String| {
                    spread.key_of(id).is_some_and(|key| keys.split(' ').any(|one| one == key))
                };
                let place = found.iter().position(right);
                first += usize::from(place == Some(0));
                three += usize::from(place.is_some_and(|place| place < 3));
                none += usize::from(found.is_empty());
            }
            write!(page, " {first} / {three} / {none} |")?;
        }
        writeln!(page)?;
    }
    writeln!(page)?;
    Ok(())
}

/// How long answers take of so many services; whether ours kept the limit.
fn speed(
    queries: &Queries,
    size: usize,
    rounds: usize,
    limit: Duration,
    page: &mut String,
) -> Result<bool, Failed> {
    let spread = Spread::of(size);
    let (all, built) = everybody(&spread)?;
    let words: Vec<&str> = queries.values().flatten().map(|(words, _)| words.as_str()).collect();
    writeln!(page, "## {size} services\n")?;
    writeln!(
        page,
        "{} queries, {rounds} times each, one after the other; milliseconds. The index of Sendero \
         was made in {:.1} s. Promised: 99 in 100 within {} ms.\n",
        words.len(),
        built.as_secs_f64(),
        limit.as_millis()
    )?;
    writeln!(page, "| | half | 99 in 100 | slowest | ours is |\n|---|---|---|---|---|")?;
    let mut ours = Duration::ZERO;
    for (place, mut one) in all.into_iter().enumerate() {
        for words in &words {
            one.find(words)?;
        }
        let mut took = Vec::with_capacity(words.len() * rounds);
        for _ in 0..rounds {
            for words in &words {
                let begun = Instant::now();
                one.find(words)?;
                took.push(begun.elapsed());
            }
        }
        took.sort_unstable();
        let at = |share: usize| took[(took.len() * share / 100).min(took.len() - 1)];
        let most = at(99);
        if place == 0 {
            ours = most;
        }
        let beside = most.as_secs_f64() / ours.as_secs_f64().max(1e-9);
        let beside = match place {
            0 => String::new(),
            _ if beside >= 1.0 => format!("{beside:.1} times as fast"),
            _ => format!("{:.1} times as slow", 1.0 / beside),
        };
        let ms = |time: Duration| time.as_secs_f64() * 1000.0;
        writeln!(
            page,
            "| {} | {:.2} | {:.2} | {:.2} | {beside} |",
            one.name(),
            ms(at(50)),
            ms(most),
            ms(at(100))
        )?;
    }
    writeln!(page)?;
    Ok(ours <= limit)
}

/// The words of a query as the rivals take them: letters and digits alone.
fn plain(words: &str) -> Vec<String> {
    let bare = words.to_lowercase().replace(['\'', '’'], "");
    let words = bare.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

/// The texts of a service, as everybody is given them.
type Texts = [Text];
