//! The two ways of asking: at a fixed pace whatever the answers do, and as fast as answers come.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use hyper::{StatusCode, Uri};
use sendero_testkit::browser::{Sender, fetch};
use tokio::runtime::Runtime;

use crate::Outcome;

/// One request to be made.
#[derive(Clone)]
pub(crate) struct Ask {
    pub(crate) kind: &'static str,
    pub(crate) uri: Uri,
    pub(crate) cookie: Arc<str>,
}

impl Ask {
    pub(crate) const CASE: &'static str = "an officer's case page";
    pub(crate) const CHILD: &'static str = "a family's case page";
    pub(crate) const TODAY: &'static str = "today's list";
}

/// What came of one request.
pub(crate) struct Answered {
    pub(crate) kind: &'static str,
    /// From the moment at which it was due to be sent.
    pub(crate) took: Duration,
    /// Nothing if the connection failed.
    pub(crate) status: Option<StatusCode>,
    pub(crate) bytes: usize,
}

impl Answered {
    pub(crate) fn is_well(&self) -> bool {
        self.status == Some(StatusCode::OK)
    }
}

/// Requests answered, over how long.
pub(crate) struct Run {
    pub(crate) answered: Vec<Answered>,
    pub(crate) took: Duration,
}

/// Offers so many requests a second: each is sent when it is due, however many are still unanswered,
/// and its time runs from then.
pub(crate) fn open(
    runtime: &Runtime,
    sender: &Sender,
    asks: &[Ask],
    a_second: u32,
    length: Duration,
) -> Outcome<Run> {
    let begun = Instant::now();
    let every = Duration::from_secs(1) / a_second;
    let count = usize::try_from(length.as_nanos() / every.as_nanos().max(1))?;
    let mut running = Vec::with_capacity(count);
    let mut due = begun;
    for ask in asks.iter().cycle().take(count) {
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        running.push(runtime.spawn(answer(sender.clone(), ask.clone(), due)));
        due += every;
    }
    let mut answered = Vec::with_capacity(count);
    for one in running {
        answered.push(runtime.block_on(one)?);
    }
    Ok(Run { answered, took: begun.elapsed() })
}

/// Lets so many ask at once, each for the next page as soon as it has the last.
pub(crate) fn closed(
    runtime: &Runtime,
    sender: &Sender,
    asks: &[Ask],
    at_once: usize,
    length: Duration,
) -> Outcome<Run> {
    let begun = Instant::now();
    let asks: Arc<[Ask]> = asks.into();
    let next = Arc::new(AtomicUsize::new(0));
    let running: Vec<_> = (0..at_once)
        .map(|_| {
            let (sender, asks, next) = (sender.clone(), asks.clone(), next.clone());
            runtime.spawn(async move {
                let mut answered = Vec::new();
                while begun.elapsed() < length {
                    let at = next.fetch_add(1, Ordering::Relaxed) % asks.len().max(1);
                    let Some(ask) = asks.get(at) else { break };
                    answered.push(answer(sender.clone(), ask.clone(), Instant::now()).await);
                }
                answered
            })
        })
        .collect();
    let mut answered = Vec::new();
    for one in running {
        answered.extend(runtime.block_on(one)?);
    }
    Ok(Run { answered, took: begun.elapsed() })
}

async fn answer(sender: Sender, ask: Ask, due: Instant) -> Answered {
    let fetched = fetch(&sender, ask.uri, &ask.cookie).await;
    let (status, bytes) = match fetched {
        Ok((status, bytes)) => (Some(status), bytes),
        Err(_) => (None, 0),
    };
    Answered { kind: ask.kind, took: due.elapsed(), status, bytes }
}
