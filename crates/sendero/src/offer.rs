//! `sendero offer`: takes other people's feeds into the Local Offer, and searches a feed's file.

mod fetch;
mod links;
mod report;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use clap::{Args, Subcommand};
use sendero_app::house::offer::read::{Reader, TEMPLATE};
use sendero_app::house::offer::search::{Finder, Lexicon, Narrow};
use sendero_app::{App, AreaDetail};
use serde_json::json;

use crate::command::{Place, app_at, read};
use crate::outcome::{Failure, say};

#[derive(Subcommand)]
pub(crate) enum OfferCommand {
    /// Take an Open Referral UK feed (3.0 or 1.0) or a table of commas into the Local Offer of an
    /// area. Taking the same one again changes nothing.
    Import(ImportArguments),
    /// Print the table to fill in, with a row that shows what may stand in it.
    Template,
    /// Search a feed with a family's own words, best first.
    Search(SearchArguments),
    /// Try the web addresses that entries send families to, and note what came. Addresses that are
    /// not public are never asked.
    CheckLinks(LinkArguments),
}

#[derive(Args)]
pub(crate) struct LinkArguments {
    /// The most that are tried in one run.
    #[arg(long, default_value_t = 500)]
    most: usize,
    /// How many seconds one answer may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 20)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=120))]
    wait: u64,
    /// The area; needed where there are several.
    #[arg(long, value_name = "CODE")]
    authority: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
pub(crate) struct ImportArguments {
    /// The feed's address (https://…), or a file: a list of services, pages of one, one service a
    /// line, or a table as `offer template` prints it; - for standard input.
    feed: PathBuf,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Of an address: keep what has come in this file, and go on from there after a break. It is
    /// removed when all is taken in.
    #[arg(long, value_name = "FILE")]
    resume: Option<PathBuf>,
    /// Of an address: how many seconds one answer may take.
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    #[arg(value_parser = clap::value_parser!(u64).range(1..=600))]
    wait: u64,
    /// The area; needed where there are several.
    #[arg(long, value_name = "CODE")]
    authority: Option<String>,
    #[command(flatten)]
    place: Place,
}

#[derive(Args)]
pub(crate) struct SearchArguments {
    /// The feed's file; - for standard input.
    #[arg(long, value_name = "FILE")]
    feed: PathBuf,
    /// The words.
    words: String,
    /// As JSON: a list of id, name and score.
    #[arg(long)]
    json: bool,
    /// An area's own file of words, laid over the built-in ones.
    #[arg(long, value_name = "FILE")]
    own_words: Option<PathBuf>,
    /// The most that are given.
    #[arg(long, default_value_t = 20)]
    most: usize,
}

/// The largest feed that is read: a hundred thousand services.
const FEED_BYTES_MAX: u64 = 500_000_000;
/// The largest file of words that is read.
const WORDS_BYTES_MAX: u64 = 5_000_000;

/// Runs one of them.
pub(crate) async fn run(command: OfferCommand) -> Result<(), Failure> {
    match command {
        OfferCommand::Import(arguments) => import(arguments).await,
        OfferCommand::Template => {
            say(TEMPLATE.trim_end());
            Ok(())
        }
        OfferCommand::Search(arguments) => search(&arguments),
        OfferCommand::CheckLinks(arguments) => {
            let app = app_at(&arguments.place).await?;
            let area = area_of(&app, arguments.authority.as_deref()).await?;
            let wait = Duration::from_secs(arguments.wait);
            links::check(&app, &area, arguments.most, wait).await
        }
    }
}

fn is_address(path: &Path) -> bool {
    let name = path.display().to_string();
    name.starts_with("http://") || name.starts_with("https://")
}

fn feed(path: &Path) -> Result<Reader, Failure> {
    let name = path.display().to_string();
    if is_address(path) {
        return Err(Failure::Use(
            "a search looks in a file: `sendero offer import` takes an address".to_owned(),
        ));
    }
    let text = read(path, FEED_BYTES_MAX)?;
    Reader::file(&name, &text).map_err(|error| Failure::Given(format!("{name}: {error}")))
}

/// Walks the feed at an address, away from the threads that others wait on.
async fn walked(arguments: &ImportArguments, area: &AreaDetail) -> Result<Reader, Failure> {
    let address = arguments.feed.display().to_string();
    let version = env!("CARGO_PKG_VERSION");
    let fetch = fetch::Fetch {
        agent: format!("Sendero/{version} (Local Offer import; {})", area.address),
        wait: Duration::from_secs(arguments.wait),
        kept: arguments.resume.clone(),
    };
    tokio::task::spawn_blocking(move || fetch::walk(&address, &fetch))
        .await
        .map_err(|_| Failure::Ours("the walk through the feed broke off".to_owned()))?
}

/// The area that is meant: the one that was named, or the only one.
async fn area_of(app: &App, named: Option<&str>) -> Result<AreaDetail, Failure> {
    let areas = app.areas().await?;
    let area = match (named, areas.as_slice()) {
        (Some(code), _) => areas.iter().find(|area| area.code == code),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    area.cloned().ok_or_else(|| {
        let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
        Failure::Use(format!("name the area with --authority; there are: {}", codes.join(", ")))
    })
}

async fn import(arguments: ImportArguments) -> Result<(), Failure> {
    let by_address = is_address(&arguments.feed);
    if arguments.resume.is_some() && !by_address {
        return Err(Failure::Use(
            "--resume goes with an address; a file is read at once".to_owned(),
        ));
    }
    // A file that is wrong is said before the database is opened.
    let read = if by_address { None } else { Some(feed(&arguments.feed)?) };
    let app = app_at(&arguments.place).await?;
    let area = area_of(&app, arguments.authority.as_deref()).await?;
    let reader = match read {
        Some(reader) => reader,
        None => walked(&arguments, &area).await?,
    };
    let source = arguments.feed.display().to_string();
    let taken = app.take_offer(&area.code, &reader.directory, &source, arguments.dry_run).await?;
    report::say_taken(&area.name, &reader, taken, arguments.dry_run);
    if let Some(kept) = arguments.resume.as_deref().filter(|_| !arguments.dry_run) {
        fetch::let_go(kept);
    }
    Ok(())
}

fn search(arguments: &SearchArguments) -> Result<(), Failure> {
    let reader = feed(&arguments.feed)?;
    let broken = |why: String| Failure::Ours(why);
    let own = match &arguments.own_words {
        Some(path) => Some((path.display().to_string(), read(path, WORDS_BYTES_MAX)?)),
        None => None,
    };
    let own: Vec<(&str, &str)> =
        own.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let lexicon = Lexicon::of(&own).map_err(|error| Failure::Given(error.to_string()))?;
    let finder = Finder::of(&reader.directory, Arc::new(lexicon))
        .map_err(|error| broken(error.to_string()))?;
    let understood = finder.understand(&arguments.words);
    let found = finder
        .find(&understood, &Narrow::default(), arguments.most)
        .map_err(|error| broken(error.to_string()))?;
    let named = found.hits.iter().filter_map(|hit| {
        let service = reader.directory.services.get(&hit.id)?;
        Some((hit, service.name.as_str()))
    });
    if arguments.json {
        let list: Vec<_> = named
            .map(|(hit, name)| json!({"id": reader.given_id(&hit.id), "name": name, "score": hit.score}))
            .collect();
        say(&json!(list).to_string());
        return Ok(());
    }
    if !understood.dangers.is_empty() {
        say("In danger now? Call 999. For urgent mental health help call NHS 111, option 2.");
    }
    if found.fallback {
        say("Nothing fits these words. Somebody to ask:");
    }
    for (hit, name) in named {
        say(&format!("{:.3}  {name}", hit.score));
    }
    Ok(())
}
