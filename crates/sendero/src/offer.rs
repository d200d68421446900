//! `sendero offer`: takes other people's feeds into the Local Offer, and searches a feed's file.

use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Subcommand};
use sendero_app::house::offer::read::Reader;
use sendero_app::house::offer::search::{Finder, Lexicon, Narrow};
use serde_json::json;

use crate::command::{Place, app_at, read};
use crate::outcome::{Failure, say};

#[derive(Subcommand)]
pub(crate) enum OfferCommand {
    /// Take an Open Referral UK feed (3.0 or 1.0) into the Local Offer of an area. Taking the same
    /// one again changes nothing.
    Import(ImportArguments),
    /// Search a feed with a family's own words, best first.
    Search(SearchArguments),
}

#[derive(Args)]
pub(crate) struct ImportArguments {
    /// The feed's file: a list of services, pages of one, or one service a line; - for standard input.
    feed: PathBuf,
    /// Say what would change, and change nothing.
    #[arg(long)]
    dry_run: bool,
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
        OfferCommand::Search(arguments) => search(&arguments),
    }
}

fn feed(path: &std::path::Path) -> Result<Reader, Failure> {
    let name = path.display().to_string();
    if name.starts_with("http://") || name.starts_with("https://") {
        return Err(Failure::Use(format!(
            "a feed is taken from a file: fetch it first, such as `{name}/services?format=ndjson&full=true`"
        )));
    }
    let text = read(path, FEED_BYTES_MAX)?;
    Reader::file(&name, &text).map_err(|error| Failure::Given(format!("{name}: {error}")))
}

async fn import(arguments: ImportArguments) -> Result<(), Failure> {
    let reader = feed(&arguments.feed)?;
    let app = app_at(&arguments.place).await?;
    let areas = app.areas().await?;
    let area = match (&arguments.authority, areas.as_slice()) {
        (Some(code), _) => areas.iter().find(|area| area.code == *code),
        (None, [only]) => Some(only),
        (None, _) => None,
    };
    let area = area.ok_or_else(|| {
        let codes: Vec<&str> = areas.iter().map(|area| area.code.as_str()).collect();
        Failure::Use(format!("name the area with --authority; there are: {}", codes.join(", ")))
    })?;
    let source = arguments.feed.display().to_string();
    let taken = app.take_offer(&area.code, &reader.directory, &source, arguments.dry_run).await?;
    let directory = &reader.directory;
    say(&format!(
        "{}: {} services, {} organisations, {} locations.",
        area.name,
        directory.services.len(),
        directory.organisations.len(),
        directory.locations.len()
    ));
    let would = if arguments.dry_run { "would be " } else { "" };
    say(&format!(
        "{} {would}new, {} {would}changed, {} the same; {} of this source are no longer in it and stay.",
        taken.new, taken.changed, taken.same, taken.no_longer
    ));
    for (what, finding) in &reader.findings {
        say(&format!("{what}: {} times, such as {}", finding.count, finding.examples.join("; ")));
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
