//! A server killed while forms are sent to it loses nothing that it said was done, and does nothing
//! twice. `SENDERO_KILLS` asks for more kills than the few of an ordinary run.

use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sendero_testkit::browser::{Browser, sender};

/// Kills in an ordinary run.
const KILLS: usize = 2;
/// Officers who write at once, each to a case of their own.
const OFFICERS: usize = 6;
/// How long a server may take to answer after it is started.
const READY_WITHIN: Duration = Duration::from_secs(60);
const PROGRAM: &str = env!("CARGO_BIN_EXE_sendero");

#[tokio::test(flavor = "multi_thread")]
async fn on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("sendero.sqlite").display());
    forms_answered_outlive_a_kill("SQLite", &url, folder.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn on_postgres() {
    let Some(cluster) = sendero_testkit::postgres() else { return };
    let folder = tempfile::tempdir().unwrap();
    let url = cluster.database().unwrap();
    forms_answered_outlive_a_kill("PostgreSQL", &url, folder.path()).await;
}

/// A writer: an officer at a case, with what they sent and were told is done.
struct Writer {
    browser: Browser,
    case: String,
    sent: usize,
    /// Messages that were answered by "go on there", in order.
    done: Vec<String>,
    /// The last, where the server died before it answered.
    unanswered: Option<String>,
}

async fn forms_answered_outlive_a_kill(name: &str, url: &str, folder: &Path) {
    let kills = std::env::var("SENDERO_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mut server = Server::start(url, folder).await;
    let mut writers = open_cases(url, folder, &server).await;
    let mut again = 0;
    for kill in 0..kills {
        // Each kill strikes at another depth, so at another point of a form's life.
        write_until_killed(&mut writers, &mut server, 15 + 7 * kill).await;
        let verified = run(url, folder, &["verify"]);
        assert!(verified.status.success(), "{name} after kill {kill}: {verified:?}");
        server = Server::start(url, folder).await;
        for writer in &mut writers {
            again += writer.looks_again(&server).await;
        }
    }
    let done: usize = writers.iter().map(|writer| writer.done.len()).sum();
    assert!(done >= kills * 15, "only {done} forms were answered");
    println!(
        "kills: {name}, the server: {kills} kills, {done} forms answered and all of them there \
         once, {again} sent again after a kill without doubling, verify passed after each"
    );
}

/// Opens the area, adds the officers, signs them in and gives each a case by the form for paper.
async fn open_cases(url: &str, folder: &Path, server: &Server) -> Vec<Writer> {
    let area = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/area.example.toml");
    assert!(run(url, folder, &["area", "set", area]).status.success());
    let mut writers = Vec::new();
    for n in 0..OFFICERS {
        let email = format!("officer-{n}@aldermere.example");
        let words = ["person", "add", &email, "--role", "officer", "--authority", "ald"];
        let added = run(url, folder, &words);
        let link = String::from_utf8(added.stdout).unwrap();
        let mut browser = Browser::new(&sender(), &server.address);
        assert!(browser.sign_in_by(link.trim()).await.unwrap(), "{link}");
        browser.get("/children/new").await.unwrap();
        let child = format!("Oisin Fernleigh-{n}");
        let fields = [
            ("child-name", child.as_str()),
            ("by", "school"),
            ("on-day", "2"),
            ("on-month", "3"),
            ("on-year", "2026"),
            ("how", "post"),
            ("words", "Letters run about."),
        ];
        let opened = browser.post("/children/new", &fields).await.unwrap();
        assert!(opened.to.starts_with("/case/"), "{}", opened.html);
        let (sent, done, unanswered) = (0, Vec::new(), None);
        let case = opened.to.split('?').next().unwrap_or_default().to_owned();
        writers.push(Writer { browser, case, sent, done, unanswered });
    }
    writers
}

/// Lets everybody write without end, and kills the server once it has answered `after` forms.
async fn write_until_killed(writers: &mut [Writer], server: &mut Server, after: usize) {
    let answered = Arc::new(AtomicUsize::new(0));
    let mut running = tokio::task::JoinSet::new();
    for (n, writer) in writers.iter().enumerate() {
        let (mut browser, case, sent) = (writer.browser.clone(), writer.case.clone(), writer.sent);
        let answered = answered.clone();
        running.spawn(async move {
            let (mut done, mut next) = (Vec::new(), sent);
            loop {
                next += 1;
                let message = format!("message {n}-{next}.");
                match send(&mut browser, &case, &message).await {
                    true => done.push(message),
                    false => return (n, next, done, message),
                }
                answered.fetch_add(1, Ordering::Relaxed);
            }
        });
    }
    while answered.load(Ordering::Relaxed) < after {
        if let Some(ended) = running.try_join_next() {
            ended.unwrap();
            panic!("a writer ended by itself");
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    server.kill();
    while let Some(ended) = running.join_next().await {
        let (n, sent, done, unanswered) = ended.unwrap();
        let writer = &mut writers[n];
        writer.sent = sent;
        writer.done.extend(done);
        writer.unanswered = Some(unanswered);
    }
}

/// Sends a message under a mark of its own; whether the server said that it is done.
async fn send(browser: &mut Browser, case: &str, message: &str) -> bool {
    let fields = [("command", message), ("message", message)];
    match browser.post(&format!("{case}/messages"), &fields).await {
        Ok(page) => {
            assert_eq!(page.status.as_u16(), 303, "{}", page.html);
            true
        }
        Err(_) => false,
    }
}

impl Writer {
    /// Looks at the case on a new server: everything that was answered is there, once and in order.
    /// What was not answered is sent again, and then it is there once as well.
    async fn looks_again(&mut self, server: &Server) -> usize {
        self.browser.move_to(&server.address);
        let again = self.unanswered.take();
        if let Some(message) = &again {
            assert!(send(&mut self.browser, &self.case, message).await);
            self.done.push(message.clone());
        }
        let page = self.browser.get(&format!("{}/messages", self.case)).await.unwrap();
        let mut from = 0;
        for message in &self.done {
            let at = page.html[from..].find(message.as_str());
            from +=
                at.unwrap_or_else(|| panic!("{message} was answered and is gone")) + message.len();
            assert_eq!(page.html.matches(message.as_str()).count(), 1, "{message} is there twice");
        }
        usize::from(again.is_some())
    }
}

/// A server on a port of its own; killed at the end of a story that failed.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    async fn start(url: &str, folder: &Path) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let listen = format!("127.0.0.1:{port}");
        let process = Command::new(PROGRAM)
            .args(["serve", "--database", url, "--listen", &listen, "--insecure-cookies"])
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let server = Self { process, address: format!("http://{listen}") };
        let started = Instant::now();
        let mut browser = Browser::new(&sender(), &server.address);
        while !browser.get("/healthz").await.is_ok_and(|page| page.status.is_success()) {
            assert!(started.elapsed() < READY_WITHIN, "the server does not answer");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        server
    }

    /// Ends it without a word of warning.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs a command of the program to its end.
fn run(url: &str, folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(PROGRAM);
    command.args(words).args(["--database", url]).current_dir(folder);
    command.output().unwrap()
}
