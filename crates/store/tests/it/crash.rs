//! A process killed amid its writes loses nothing that it was told is written.
//! `SENDERO_KILLS` asks for more kills than the few of an ordinary run.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use sendero_store::{OpenOptions, Store};

use crate::place::{AREA, Place, both, one_event};

/// Kills in an ordinary run.
const KILLS: usize = 3;
/// Tasks that write at once, each to a child of its own.
const TASKS: usize = 8;
/// The killed half, by the name under which the test runner knows it.
const WRITER: &str = "crash::writes_until_killed";
/// Where the killed half writes.
const URL: &str = "SENDERO_CRASH_URL";

both!(what_was_acknowledged_outlives_a_kill);

async fn what_was_acknowledged_outlives_a_kill(place: &Place) {
    let kills = std::env::var("SENDERO_KILLS").map_or(KILLS, |kills| kills.parse().unwrap());
    let mut acknowledged = Vec::new();
    for kill in 0..kills {
        // Each kill strikes at another depth, so at another point of a group's life.
        acknowledged.extend(write_and_kill(&place.url(), 20 + 17 * kill));
        let store = place.open().await;
        let report = store.verify().await.unwrap();
        assert!(report.is_sound(), "after kill {kill}: {:?}", report.findings);
        let mut kept = BTreeSet::new();
        for n in 0..TASKS {
            let child = format!("c{n}");
            let events = store.child(AREA, &child).await.unwrap().map(|child| child.events);
            for stored in events.into_iter().flatten() {
                assert_eq!(stored.event.id, format!("{child}-{}", stored.seq));
                kept.insert((child.clone(), stored.seq));
            }
        }
        let lost: Vec<_> = acknowledged.iter().filter(|event| !kept.contains(event)).collect();
        assert!(lost.is_empty(), "acknowledged before kill {kill} and gone: {lost:?}");
        store.close().await;
    }
    assert!(acknowledged.len() >= kills * 20, "{} acknowledged", acknowledged.len());
    println!(
        "kills: {}, the store: {kills} kills, {} commits acknowledged and all of them there, verify \
         passed after each",
        place.name(),
        acknowledged.len()
    );
}

/// Starts the other half, kills it once it has acknowledged `after` commits, and answers all that
/// it acknowledged: child and version.
fn write_and_kill(url: &str, after: usize) -> Vec<(String, i64)> {
    let mut writer = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", WRITER, "--nocapture"])
        .env(URL, url)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut acknowledged = Vec::new();
    for line in BufReader::new(writer.stdout.take().unwrap()).lines() {
        // The runner's own words may stand before ours on a line.
        let Some((_, said)) = line.as_ref().unwrap().split_once("written: ") else { continue };
        let (child, version) = said.split_once(' ').unwrap();
        acknowledged.push((child.to_owned(), version.parse().unwrap()));
        if acknowledged.len() == after {
            writer.kill().unwrap();
        }
    }
    assert!(!writer.wait().unwrap().success(), "the writer ended by itself");
    acknowledged
}

/// The half that is killed: writes without end, and says each version once it is written.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by the other half, which kills it"]
async fn writes_until_killed() {
    let url = std::env::var(URL).expect("the other half says where to write");
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let tasks: Vec<_> = (0..TASKS)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move {
                let child = format!("c{n}");
                let kept = store.child(AREA, &child).await.unwrap();
                let mut version = kept.map_or(0, |kept| kept.version);
                loop {
                    let id = format!("{child}-{}", version + 1);
                    if let Err(error) = store.commit(one_event(&child, version, &id)).await {
                        return error;
                    }
                    version += 1;
                    println!("written: {child} {version}");
                }
            })
        })
        .collect();
    let mut ended = Vec::new();
    for task in tasks {
        ended.push(task.await.unwrap());
    }
    panic!("the writers ended by themselves: {ended:?}");
}
