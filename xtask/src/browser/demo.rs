//! A running demo on a free port with a folder of its own, ended when it is dropped.
//! What it prints (an address, then a role and its sign-in link a line) is a promise to scripts.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::shell;

/// A made-up area is made on first start, unoptimised and perhaps on a busy machine.
const READY_WITHIN: Duration = Duration::from_secs(180);
/// The lines of roles come at once; after this silence there are no more.
const SILENCE: Duration = Duration::from_millis(500);

/// What a demo says when it is ready.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Greeting {
    /// Scheme, host and port, with no slash at the end.
    pub address: String,
    /// A sign-in link a role.
    pub roles: BTreeMap<String, String>,
}

/// A demo that is up.
#[derive(Debug)]
pub struct Demo {
    child: Child,
    greeting: Greeting,
    log: PathBuf,
    data: PathBuf,
}

impl Demo {
    /// Starts a demo under a name, with further words for its command line, and waits for it.
    ///
    /// # Errors
    /// A sentence: it did not start, stopped, or was not ready in time.
    pub fn start(name: &str, words: &[String]) -> Result<Self, String> {
        let folder = shell::target().join("browser").join(name);
        let cannot = |what: &Path, error| format!("Cannot make {}: {error}", what.display());
        // What an earlier run left would be reused; each run starts from nothing.
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).map_err(|error| cannot(&folder, error))?;
        let data = folder.join("data");
        let log = folder.join("demo.log");
        let log_file = File::create(&log).map_err(|error| cannot(&log, error))?;
        let program = shell::target().join("debug/sendero");
        let mut child = Command::new(&program)
            .args(["demo", "--port", "0", "--data"])
            .arg(&data)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(log_file)
            .spawn()
            .map_err(|error| format!("Cannot start {}: {error}", program.display()))?;
        let output = child.stdout.take().map(lines_of);
        let mut demo = Self { child, greeting: Greeting::default(), log, data };
        let output = output.ok_or("The demo has no output to read")?;
        demo.greeting =
            greet(&output).map_err(|why| format!("{why}. Its log is {}", demo.log.display()))?;
        Ok(demo)
    }

    /// Where it is and how to sign in.
    #[must_use]
    pub fn greeting(&self) -> &Greeting {
        &self.greeting
    }

    /// The folder of its database, and of the messages it sends, under `outbox`.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// What it wrote to standard error.
    #[must_use]
    pub fn log(&self) -> &Path {
        &self.log
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        // A demo that has ended by itself cannot be killed, and that is well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Reads what a demo has printed so far. A line `ROLE URL`, its role one word in lower case, is a
/// role's link; the first URL of any other line is the address.
#[must_use]
pub fn parse(lines: &[String]) -> Greeting {
    let mut greeting = Greeting::default();
    for line in lines {
        let words: Vec<&str> = line.split_whitespace().collect();
        let url = words.iter().find(|word| word.starts_with("http://"));
        let Some(origin) = url.and_then(|url| origin(url)) else { continue };
        if greeting.address.is_empty() {
            greeting.address = origin;
        }
        if let [role, url] = words.as_slice()
            && is_role(role)
            && url.starts_with("http://")
        {
            greeting.roles.insert((*role).to_owned(), (*url).to_owned());
        }
    }
    greeting
}

fn is_role(word: &str) -> bool {
    word != "address" && word.chars().all(|c| c.is_ascii_lowercase() || c == '-')
}

/// `http://127.0.0.1:8080` of `http://127.0.0.1:8080/anything.`
fn origin(url: &str) -> Option<String> {
    let rest = url.strip_prefix("http://")?;
    let host = rest.split(['/', '?', '#']).next()?.trim_end_matches(['.', ',']);
    (!host.is_empty()).then(|| format!("http://{host}"))
}

fn lines_of(output: ChildStdout) -> Receiver<String> {
    let (send, receive) = channel();
    std::thread::spawn(move || {
        // Reading goes on after the greeting, so that the demo never waits on a full pipe.
        for line in BufReader::new(output).lines().map_while(Result::ok) {
            let _ = send.send(line);
        }
    });
    receive
}

fn greet(output: &Receiver<String>) -> Result<Greeting, String> {
    let started = Instant::now();
    let mut lines = Vec::new();
    loop {
        let greeting = parse(&lines);
        let wait = if greeting.roles.is_empty() {
            READY_WITHIN.saturating_sub(started.elapsed())
        } else {
            SILENCE
        };
        match output.recv_timeout(wait) {
            Ok(line) => lines.push(line),
            Err(_) if greeting.roles.is_empty() => {
                let said = lines.join("\n");
                return Err(format!("The demo did not print its roles; it printed \"{said}\""));
            }
            Err(_) => return answers(&greeting.address, started).map(|()| greeting),
        }
    }
}

/// Asks `/healthz` until it says 200.
pub(crate) fn answers(address: &str, started: Instant) -> Result<(), String> {
    while started.elapsed() < READY_WITHIN {
        if is_well(address).unwrap_or(false) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("The server at {address} does not answer 200 at /healthz"))
}

fn is_well(address: &str) -> std::io::Result<bool> {
    let host = address.trim_start_matches("http://");
    let mut stream = TcpStream::connect(host)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let asked = format!("GET /healthz HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(asked.as_bytes())?;
    let mut status = Vec::new();
    stream.take(64).read_to_end(&mut status)?;
    Ok(status.starts_with(b"HTTP/1.1 200"))
}
