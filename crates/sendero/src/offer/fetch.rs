//! Walks somebody's open feed over the network: one question at a time, slower when the server is
//! slow, within bounds of bytes and time, and only ever at the address that was named. What has come
//! can be kept in a file, to go on from there after a break.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use sendero_app::house::offer::read::{Got, Reader, Walk};
use ureq::Agent;
use ureq::http::{Uri, header};

use crate::outcome::Failure;

/// The largest answer that is read.
const ANSWER_BYTES_MAX: u64 = 20_000_000;
/// The most that a whole feed may send.
const FEED_BYTES_MAX: u64 = 500_000_000;
/// The longest that a whole walk may take.
const WALK_WITHIN: Duration = Duration::from_secs(2 * 60 * 60);
/// How often a question is asked that gets no answer, or "later".
const TRIES: u32 = 4;
/// The longest pause between two questions, save where the server asks for a longer one.
const PAUSE_MOST: Duration = Duration::from_secs(2);
/// The longest pause that a server may ask for.
const LATER_MOST: Duration = Duration::from_secs(60);
/// Times that one question may be sent on.
const SENT_ON_MOST: usize = 5;

/// How a feed is fetched.
pub(super) struct Fetch {
    /// Who asks: the program, and where the area can be reached.
    pub(super) agent: String,
    /// How long one answer may take.
    pub(super) wait: Duration,
    /// The file that keeps what has come.
    pub(super) kept: Option<PathBuf>,
}

/// Walks the whole feed at `address`.
pub(super) fn walk(address: &str, fetch: &Fetch) -> Result<Reader, Failure> {
    let given =
        |error: &dyn std::fmt::Display| Failure::Given(format!("{error}. Nothing was taken in."));
    let mut walk = Walk::of(address).map_err(|error| Failure::Use(error.to_string()))?;
    let mut line = Line::of(fetch, walk.base())?;
    while let Some(next) = walk.next() {
        let (status, body) = line.ask(&next)?;
        walk.take(Got { status, body: &body }).map_err(|error| given(&error))?;
    }
    walk.done().map_err(|error| given(&error))
}

/// The line to one server.
struct Line<'a> {
    fetch: &'a Fetch,
    agent: Agent,
    kept: Kept,
    begun: Instant,
    bytes: u64,
}

/// What one question came to.
enum Came {
    Answer(u16, String),
    SentOn(String),
    Later(Duration),
}

impl<'a> Line<'a> {
    fn of(fetch: &'a Fetch, base: &str) -> Result<Self, Failure> {
        let agent = Agent::config_builder()
            .timeout_global(Some(fetch.wait))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(&fetch.agent)
            .accept("application/json")
            .build()
            .new_agent();
        let kept = Kept::open(fetch.kept.as_deref(), base)?;
        Ok(Self { fetch, agent, kept, begun: Instant::now(), bytes: 0 })
    }

    /// The answer to one question: as it was kept, else as the server gives it.
    fn ask(&mut self, address: &str) -> Result<(u16, String), Failure> {
        if let Some(known) = self.kept.known.remove(address) {
            return Ok(known);
        }
        let mut at = address.to_owned();
        let (mut tries, mut sent_on) = (0, 0);
        loop {
            if self.begun.elapsed() > WALK_WITHIN {
                return Err(self.failed(&at, "the whole feed takes longer than 2 hours"));
            }
            let asked = Instant::now();
            let pause = match self.once(&at) {
                Ok(Came::Answer(status, body)) => {
                    // A server gets as long a rest as it took to answer.
                    std::thread::sleep(asked.elapsed().min(PAUSE_MOST));
                    // A server that was broken may be well when we come again.
                    if status < 500 {
                        self.kept.keep(address, status, &body)?;
                    }
                    return Ok((status, body));
                }
                Ok(Came::SentOn(to)) if sent_on < SENT_ON_MOST => {
                    sent_on += 1;
                    at = to;
                    continue;
                }
                Ok(Came::SentOn(_)) => {
                    return Err(self.failed(&at, "it sends us round in a circle"));
                }
                Ok(Came::Later(pause)) if tries + 1 < TRIES => pause,
                Ok(Came::Later(_)) => return Err(self.failed(&at, "it asks us to come back later")),
                Err(why) if why.for_good => return Err(self.failed(&at, &why.text)),
                Err(why) if tries + 1 >= TRIES => return Err(self.failed(&at, &why.text)),
                Err(_) => Duration::from_secs(1 << tries).min(PAUSE_MOST),
            };
            tries += 1;
            std::thread::sleep(pause);
        }
    }

    fn once(&mut self, address: &str) -> Result<Came, Why> {
        let wait = self.fetch.wait;
        let mut answer = self.agent.get(address).call().map_err(|error| Why::of(&error, wait))?;
        let status = answer.status().as_u16();
        let named = |name: header::HeaderName| {
            answer.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
        };
        if (300..400).contains(&status) {
            let to = named(header::LOCATION).unwrap_or_default();
            return sent_on(address, &to).map(Came::SentOn);
        }
        if matches!(status, 429 | 502 | 503 | 504) {
            let said = named(header::RETRY_AFTER).and_then(|text| text.trim().parse().ok());
            let pause = said.map_or(PAUSE_MOST, Duration::from_secs);
            return Ok(Came::Later(pause.min(LATER_MOST)));
        }
        let body = answer.body_mut().with_config().limit(ANSWER_BYTES_MAX).read_to_vec();
        let body = body.map_err(|error| Why::of(&error, wait))?;
        self.bytes += body.len() as u64;
        if self.bytes > FEED_BYTES_MAX {
            let most = FEED_BYTES_MAX / 1_000_000;
            return Err(Why::for_good(format!("the whole feed is larger than {most} MB")));
        }
        Ok(Came::Answer(status, String::from_utf8_lossy(&body).into_owned()))
    }

    fn failed(&self, address: &str, why: &str) -> Failure {
        let on = match &self.fetch.kept {
            Some(file) => format!(" The same command goes on from what {} holds.", file.display()),
            None => String::new(),
        };
        Failure::Given(format!("{address}: {why}. Nothing was taken in.{on}"))
    }
}

/// Why there is no answer, and whether asking again is of no use.
struct Why {
    text: String,
    for_good: bool,
}

impl Why {
    fn for_good(text: String) -> Self {
        Self { text, for_good: true }
    }

    fn of(error: &ureq::Error, wait: Duration) -> Self {
        match error {
            ureq::Error::BodyExceedsLimit(most) => {
                Self::for_good(format!("one answer is larger than {} MB", most / 1_000_000))
            }
            ureq::Error::Timeout(_) => Self {
                text: format!("it did not answer within {} seconds", wait.as_secs()),
                for_good: false,
            },
            ureq::Error::HostNotFound => {
                Self::for_good("there is no server by that name".to_owned())
            }
            ureq::Error::BadUri(_) => Self::for_good("it is no address".to_owned()),
            other => Self { text: format!("the connection failed: {other}"), for_good: false },
        }
    }
}

/// Where a question is sent on to: only ever the same server, or the same one by https. A feed that
/// has moved is for the person who imports it to name.
fn sent_on(from: &str, to: &str) -> Result<String, Why> {
    let elsewhere = || {
        let to: String = to.chars().take(200).collect();
        Why::for_good(format!(
            "it sends us on to `{to}`, which is not the same server. If that is the feed, name it \
             in place of this address"
        ))
    };
    if to.starts_with('/') && !to.starts_with("//") {
        let from: Uri = from.parse().map_err(|_| elsewhere())?;
        let (Some(scheme), Some(server)) = (from.scheme_str(), from.authority()) else {
            return Err(elsewhere());
        };
        return Ok(format!("{scheme}://{server}{to}"));
    }
    let (old, new): (Uri, Uri) =
        (from.parse().map_err(|_| elsewhere())?, to.parse().map_err(|_| elsewhere())?);
    let same = old.scheme_str() == new.scheme_str() && old.authority() == new.authority();
    let safer = new.scheme_str() == Some("https")
        && old.host() == new.host()
        && (old.port().is_none() && new.port().is_none());
    if same || safer { Ok(to.to_owned()) } else { Err(elsewhere()) }
}

/// Answers kept in a file: its first line names the feed, each other one holds an answer.
struct Kept {
    known: BTreeMap<String, (u16, String)>,
    file: Option<File>,
}

impl Kept {
    fn open(path: Option<&Path>, base: &str) -> Result<Self, Failure> {
        let Some(path) = path else {
            return Ok(Self { known: BTreeMap::new(), file: None });
        };
        let failed = |error: std::io::Error| {
            Failure::Given(format!("{} cannot be used: {error}", path.display()))
        };
        let text = match std::fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
            Err(error) => return Err(failed(error)),
        };
        let head = serde_json::json!({ "feed": base }).to_string();
        if !text.is_empty() && text.lines().next() != Some(head.as_str()) {
            return Err(Failure::Use(format!(
                "{} holds something else than answers of {base}: name another file",
                path.display()
            )));
        }
        // A line that was cut off in the middle, and all after it, is asked for again.
        let (mut known, mut whole) = (BTreeMap::new(), vec![head]);
        for line in text.lines().skip(1) {
            let Ok((address, status, body)) = serde_json::from_str::<(String, u16, String)>(line)
            else {
                break;
            };
            known.insert(address, (status, body));
            whole.push(line.to_owned());
        }
        std::fs::write(path, whole.join("\n") + "\n").map_err(failed)?;
        let file = OpenOptions::new().append(true).open(path).map_err(failed)?;
        Ok(Self { known, file: Some(file) })
    }

    fn keep(&mut self, address: &str, status: u16, body: &str) -> Result<(), Failure> {
        let Some(file) = &mut self.file else { return Ok(()) };
        let line = serde_json::json!([address, status, body]);
        writeln!(file, "{line}")
            .map_err(|error| Failure::Ours(format!("what came cannot be kept: {error}")))
    }
}

/// Lets go of a file of answers: all that it held has been taken in.
pub(super) fn let_go(path: &Path) {
    // A file that stays is in nobody's way: the next import says what it is.
    let _ = std::fs::remove_file(path);
}
