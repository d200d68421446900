//! How fast the store is on this machine: `cargo run --release -p sendero-store --example pace`.
//! Takes an address (`sqlite::memory:` for a scratch file, `postgres` for a throwaway cluster that
//! does not wait for its disk), and how many children to list among.

#![expect(clippy::print_stdout, reason = "its answer is its output")]

use std::error::Error;
use std::time::{Duration, Instant};

use sendero_store::{
    ChildRow, ChildRows, Commit, HeadRow, ListFilter, ListQuery, NEVER, NewEvent, ObligationRow,
    OpenOptions, Order, Scope, Store, StreamKind, StreamWrite, Synchronous, Tie,
};

const AREA: &str = "E09000001";
const TODAY: &str = "2026-11-21";
const DUTIES: usize = 9;
/// Officers with 250 children each.
const OFFICERS: usize = 80;
/// Children on whom people act, how often on each, and where.
const ACTED_ON: usize = 400;
const ACTS_EACH: usize = 25;
const ACTED_AREA: &str = "E09000002";
/// Times that a list is asked for.
const ASKED: usize = 101;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

#[tokio::main]
async fn main() -> Outcome<()> {
    let url = match std::env::args().nth(1).as_deref() {
        None => "sqlite::memory:".to_owned(),
        Some("postgres") => sendero_testkit::postgres().ok_or("no PostgreSQL")?.database()?,
        Some(url) => url.to_owned(),
    };
    let children: usize = std::env::args().nth(2).map_or(Ok(20_000), |number| number.parse())?;
    let store = Store::open(&url, OpenOptions::default()).await?;
    for (tasks, each) in [(1, 500), (64, 50)] {
        let took = write(&store, "pace", tasks, each).await?;
        let count = tasks * each;
        println!("{tasks} at once: {:.0} commits/s", count as f64 / took.as_secs_f64());
    }
    drop(store);
    let options = OpenOptions { synchronous: Synchronous::Off, ..OpenOptions::default() };
    let store = Store::open(&url, options).await?;
    let took = write(&store, AREA, 64, children.div_ceil(64)).await?;
    println!("{children} children with {DUTIES} duties each written in {took:.1?}");
    let took = act(&store).await?;
    let count = ACTED_ON * ACTS_EACH;
    println!("{count} acts on {ACTED_ON} children, each read before it, in {took:.1?}");
    for (name, scope) in [
        ("office", Scope::Office),
        ("officer", Scope::Officer("officer-7".to_owned())),
        ("own", Scope::Own("parent-7-7".to_owned())),
    ] {
        for order in [Order::Risk, Order::ByDate, Order::ByName] {
            let took = list(&store, &scope, order).await?;
            println!("first 25 lines, {name}, {order:?}: {took:.2?} (median of {ASKED})");
        }
    }
    let begun = Instant::now();
    let report = store.verify().await?;
    println!("verify: {:.1?}, sound: {}", begun.elapsed(), report.is_sound());
    Ok(())
}

/// Lets `tasks` write `each` new children one after the other.
async fn write(store: &Store, area: &str, tasks: usize, each: usize) -> Outcome<Duration> {
    let begun = Instant::now();
    let running: Vec<_> = (0..tasks)
        .map(|task| {
            let (store, area) = (store.clone(), area.to_owned());
            tokio::spawn(async move {
                for n in 0..each {
                    store.commit(commit(&area, tasks, task, n)).await?;
                }
                Outcome::Ok(())
            })
        })
        .collect();
    for task in running {
        task.await??;
    }
    Ok(begun.elapsed())
}

/// Acts one after the other on each of some children, as a demonstration replays them: read the
/// child, then append an event that changes one duty.
async fn act(store: &Store) -> Outcome<Duration> {
    let begun = Instant::now();
    let running: Vec<_> = (0..ACTED_ON)
        .map(|task| {
            let store = store.clone();
            tokio::spawn(async move {
                for version in 0..ACTS_EACH {
                    let mut commit = commit(ACTED_AREA, 0, task, 0);
                    let event = format!("{task}-{version}");
                    let Some((write, rows)) =
                        commit.streams.first_mut().zip(commit.rows.first_mut())
                    else {
                        continue;
                    };
                    let stored = store.child(ACTED_AREA, &write.stream).await?;
                    write.expected = stored.map_or(0, |child| child.version);
                    for new in &mut write.events {
                        new.id.clone_from(&event);
                    }
                    if let Some(duty) = rows.obligations.get_mut(version % DUTIES) {
                        duty.trigger_event = event;
                    }
                    store.commit(commit).await?;
                }
                Outcome::Ok(())
            })
        })
        .collect();
    for task in running {
        task.await??;
    }
    Ok(begun.elapsed())
}

async fn list(store: &Store, scope: &Scope, order: Order) -> Outcome<Duration> {
    let mut took = Vec::new();
    for _ in 0..ASKED {
        let query = ListQuery {
            authority: AREA.to_owned(),
            scope: scope.clone(),
            today: TODAY.to_owned(),
            filter: ListFilter::default(),
            order,
            after: None,
            limit: 25,
        };
        let begun = Instant::now();
        let page = store.list(query).await?;
        took.push(begun.elapsed());
        if page.lines.is_empty() {
            return Err("a list is empty".into());
        }
    }
    took.sort();
    Ok(took.get(ASKED / 2).copied().unwrap_or_default())
}

/// A new child with one event and all its rows.
fn commit(area: &str, tasks: usize, task: usize, n: usize) -> Commit {
    let child = format!("child-{tasks}-{task}-{n}");
    let number = task * 1000 + n;
    let day = |n: usize| format!("2026-{:02}-{:02}", 10 + n % 3, 1 + n % 28);
    let duty = |i: usize| ObligationRow {
        duty: format!("duty-{i}"),
        act_by: day(number * 7 + i),
        turns_on: day(number * 7 + i + 5),
        turns_into: "overdue".to_owned(),
        opens_as: "pending".to_owned(),
        live: !i.is_multiple_of(3),
        class: i64::try_from(i % 4).unwrap_or_default(),
        officer: format!("officer-{}", number % OFFICERS),
        ..ObligationRow::unset()
    };
    let event = NewEvent {
        id: child.clone(),
        kind: "assessment-requested".to_owned(),
        on: TODAY.to_owned(),
        known_on: TODAY.to_owned(),
        salt: "00".repeat(16),
        content: vec![b'x'; 400],
        ..NewEvent::default()
    };
    let rows = ChildRows {
        child_row: ChildRow {
            child: child.clone(),
            name_key: format!("name {}", number * 7919 % 100_003),
            officer: format!("officer-{}", number % OFFICERS),
            open: true,
            ..ChildRow::default()
        },
        head: HeadRow { rulebook: "law".to_owned(), holds_until: NEVER.to_owned() },
        obligations: (0..DUTIES).map(duty).collect(),
        ties: vec![Tie {
            person: format!("parent-{task}-{n}"),
            from_day: "2026-01-01".to_owned(),
            until_day: NEVER.to_owned(),
            ..Tie::default()
        }],
        advice: Vec::new(),
        refusals: Vec::new(),
        wordings: Vec::new(),
    };
    Commit {
        authority: area.to_owned(),
        at: "2026-11-21T09:15:00.000Z".to_owned(),
        streams: vec![StreamWrite {
            stream: child,
            kind: StreamKind::Child,
            expected: 0,
            events: vec![event],
        }],
        rows: vec![rows],
        ..Commit::default()
    }
}
