//! The load test, by `cargo xtask load`: many people at once on a large area that is served in earnest.
//! It signs in officers and parents, offers their pages at a fixed pace whatever the answers do, then
//! asks for one page as fast as it comes. Arguments: address, file of links, file for the result.

#![expect(clippy::print_stdout, reason = "its answer is its output")]

mod drive;
mod report;
mod visitors;

use std::error::Error;
use std::path::PathBuf;
use std::time::Duration;

use drive::{Ask, closed, open};
use visitors::Visitors;

/// Requests offered each second, and for how long.
const OFFERED: u32 = 200;
const OFFERED_FOR: Duration = Duration::from_secs(60);
/// How long each page is asked for as fast as it comes, and by how many at once.
const AS_FAST_FOR: Duration = Duration::from_secs(10);
const AT_ONCE: usize = 16;
/// Requests offered beforehand, so that the first ones measured do not pay for an empty cache.
const WARM_UP: Duration = Duration::from_secs(10);
const WARM_UP_OFFERED: u32 = 50;

/// What a part of the load test comes to.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let mut words = std::env::args().skip(1);
    let (Some(address), Some(links), Some(result)) = (words.next(), words.next(), words.next())
    else {
        return Err("run it by `cargo xtask load`".into());
    };
    // The rest of the machine is the server's: one thread of ours sends, and this one keeps time.
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    let links = std::fs::read_to_string(links)?;
    let visitors = runtime.block_on(Visitors::sign_in(&address, &links))?;
    println!(
        "{} officers and {} parents are signed in, with {} cases between them",
        visitors.officers.len(),
        visitors.parents.len(),
        visitors.cases()
    );
    // Drawn anew each time: what is opened again within the hour leaves no new trace to write.
    let warm_up = visitors.mix(rand::random());
    open(&runtime, &visitors.client, &warm_up, WARM_UP_OFFERED, WARM_UP)?;
    let mix = visitors.mix(rand::random());
    println!("Offering {OFFERED} requests a second for {} seconds", OFFERED_FOR.as_secs());
    let offered = open(&runtime, &visitors.client, &mix, OFFERED, OFFERED_FOR)?;
    let mut fastest = Vec::new();
    for (name, asks) in [
        ("a plain page: the mark, from memory", visitors.hello()),
        ("an officer's case page", visitors.of_kind(Ask::CASE)),
        ("a family's case page", visitors.of_kind(Ask::CHILD)),
        ("today's list", visitors.of_kind(Ask::TODAY)),
    ] {
        println!("As fast as it comes: {name}");
        fastest.push((name, closed(&runtime, &visitors.client, &asks, AT_ONCE, AS_FAST_FOR)?));
    }
    let report = report::Report { on: today(), offered, fastest };
    println!("{report}");
    std::fs::write(PathBuf::from(result), report.to_string())?;
    if report.is_good() { Ok(()) } else { Err("a limit was not kept".into()) }
}

#[expect(clippy::disallowed_methods, reason = "a measurement has a date")]
fn today() -> jiff::civil::Date {
    jiff::Zoned::now().date()
}
