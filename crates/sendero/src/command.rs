//! The commands, as CONTRACTS promises them to scripts.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use jiff::civil::Date;
use sendero_access::Role;
use sendero_app::{App, NewPerson};
use sendero_law::casefile;
use sendero_law::{Question, Rulebook, WhatIf, evaluate, evaluate_if};
use sendero_record::Name;
use sendero_store::{OpenOptions, Store};
use serde_json::json;

use crate::clock::{Machine, Wall, today};
use crate::config::{Config, database};
use crate::local::toml_files;
use crate::outcome::{Failure, say};

/// Software that makes England's SEND system work for families.
#[derive(Parser)]
#[command(version, about)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make a pretend local area and serve it on this machine.
    Demo(crate::demo::Arguments),
    /// Make a pretend local area as a database, without serving it.
    Simulate(crate::simulate::Arguments),
    /// Serve an area.
    Serve(crate::serve::Arguments),
    /// The people who sign in.
    #[command(subcommand)]
    Person(PersonCommand),
    /// The areas served.
    #[command(subcommand)]
    Area(AreaCommand),
    /// Every obligation triggered in one case file.
    Timeline(TimelineArguments),
    /// The rulebook.
    #[command(subcommand)]
    Law(LawCommand),
    /// The Local Offer.
    #[command(subcommand)]
    Offer(crate::offer::OfferCommand),
    /// Recompute every hash and compare every list with the events.
    Verify(VerifyArguments),
}

/// Where an area's record is.
#[derive(Args, Clone)]
pub(crate) struct Place {
    /// `sqlite:PATH` or `postgres://…`.
    #[arg(long, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// A folder; the same as `sqlite:DIR/sendero.sqlite`.
    #[arg(long, value_name = "DIR", conflicts_with = "database")]
    pub(crate) data: Option<PathBuf>,
    /// A configuration file.
    #[arg(long, value_name = "FILE")]
    pub(crate) config: Option<PathBuf>,
    /// A folder with areas' own standards, stricter than the law: a folder in it for each area,
    /// called by the area's code.
    #[arg(long, value_name = "DIR")]
    pub(crate) local: Option<PathBuf>,
}

#[derive(Subcommand)]
enum PersonCommand {
    /// Add a person and print a link by which they sign in once.
    Add {
        /// Their e-mail address.
        email: String,
        /// officer, manager, adviser, provider, parent or young-person.
        #[arg(long)]
        role: String,
        /// Code of their authority.
        #[arg(long)]
        authority: String,
        /// Their name.
        #[arg(long, default_value = "")]
        name: String,
        /// Of an adviser: the body and the profession, such as `health|speech and language therapist`.
        #[arg(long, default_value = "")]
        body: String,
        #[command(flatten)]
        place: Place,
    },
    /// Print a link for each person of a role, by which they sign in once: `ROLE LINK NAME`.
    Links {
        /// officer, manager, adviser, provider, parent or young-person.
        #[arg(long)]
        role: String,
        /// Code of their authority.
        #[arg(long)]
        authority: String,
        /// For so many at most, in the order of their names.
        #[arg(long, value_name = "NUMBER")]
        most: Option<usize>,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Subcommand)]
enum AreaCommand {
    /// Open an area, or change its particulars, from a TOML file.
    Set {
        /// The file.
        file: PathBuf,
        #[command(flatten)]
        place: Place,
    },
}

#[derive(Args)]
struct TimelineArguments {
    /// The case file; `-` for standard input.
    case: PathBuf,
    /// The day the answer speaks of.
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_at: Option<Date>,
    /// Only what was known by this day counts; today, or the day the answer speaks of if that is later.
    #[arg(long, value_name = "DATE", value_parser = day)]
    known_at: Option<Date>,
    /// A fact that did not happen: `"2027-05-12 final-plan-sent"`. The answer is stamped hypothetical.
    #[arg(long, value_name = "FACT")]
    what_if: Vec<String>,
    /// Another number for a duty's period: `plan-20w=15`. The answer is stamped hypothetical.
    #[arg(long, value_name = "DUTY=NUMBER")]
    what_if_period: Vec<String>,
    /// A folder of rulebook files to try over the law, as if all of it were law.
    #[arg(long, value_name = "DIR", conflicts_with = "law")]
    preview: Option<PathBuf>,
    /// Also the duties that bind at all times, which have no day.
    #[arg(long)]
    standing: bool,
    /// JSON in place of text.
    #[arg(long)]
    json: bool,
    /// A folder with another rulebook.
    #[arg(long, value_name = "DIR")]
    law: Option<PathBuf>,
}

#[derive(Subcommand)]
enum LawCommand {
    /// List the duties.
    List {
        /// JSON in place of text.
        #[arg(long)]
        json: bool,
        /// A folder with another rulebook.
        #[arg(long, value_name = "DIR")]
        law: Option<PathBuf>,
    },
    /// List the kinds of fact that a case file may hold, each with its fields.
    Kinds {
        /// Only kinds with this word in their name or title.
        word: Option<String>,
        /// JSON in place of text.
        #[arg(long)]
        json: bool,
        /// A folder with another rulebook.
        #[arg(long, value_name = "DIR")]
        law: Option<PathBuf>,
    },
    /// Explain one duty.
    Show {
        /// Its id, such as plan-20w.
        duty: String,
        /// A folder with another rulebook.
        #[arg(long, value_name = "DIR")]
        law: Option<PathBuf>,
    },
    /// Check areas' own standards against the law, and list them.
    Local {
        /// Their folder, with one in it for each area.
        dir: PathBuf,
    },
    /// Validate a rulebook and run every worked example in it.
    Check {
        /// Its folder; the built-in one if left out.
        dir: Option<PathBuf>,
    },
}

#[derive(Args)]
struct VerifyArguments {
    #[command(flatten)]
    place: Place,
    /// JSON in place of text.
    #[arg(long)]
    json: bool,
}

/// Runs a command.
pub(crate) fn run(arguments: Arguments) -> Result<(), Failure> {
    match arguments.command {
        Command::Demo(demo) => wait_for(crate::demo::run(demo)),
        Command::Simulate(simulate) => wait_for(crate::simulate::run(simulate)),
        Command::Serve(serve) => wait_for(crate::serve::run(serve)),
        Command::Person(PersonCommand::Add { email, role, authority, name, body, place }) => {
            let role = role_of(&role)?;
            let (given, family) = name.rsplit_once(' ').unwrap_or((name.as_str(), ""));
            let given = if given.is_empty() { email.as_str() } else { given };
            let person = NewPerson {
                id: None,
                authority,
                role,
                name: Name::new(given, family),
                email: email.clone(),
                body,
            };
            wait_for(person_add(person, place))
        }
        Command::Person(PersonCommand::Links { role, authority, most, place }) => {
            wait_for(person_links(role_of(&role)?, authority, most, place))
        }
        Command::Area(AreaCommand::Set { file, place }) => wait_for(area_set(file, place)),
        Command::Timeline(timeline) => run_timeline(&timeline),
        Command::Law(LawCommand::List { json, law }) => {
            crate::law::list(rulebook(law.as_deref())?, json);
            Ok(())
        }
        Command::Law(LawCommand::Kinds { word, json, law }) => {
            crate::law::kinds(rulebook(law.as_deref())?, word.as_deref(), json)
        }
        Command::Law(LawCommand::Show { duty, law }) => {
            crate::law::show(rulebook(law.as_deref())?, &duty)
        }
        Command::Law(LawCommand::Local { dir }) => crate::local::list(&dir),
        Command::Law(LawCommand::Check { dir }) => crate::law::check(rulebook(dir.as_deref())?),
        Command::Offer(offer) => wait_for(crate::offer::run(offer)),
        Command::Verify(verify) => wait_for(run_verify(verify)),
    }
}

fn wait_for(work: impl Future<Output = Result<(), Failure>>) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Ours(format!("no threads could be started: {error}")))?;
    runtime.block_on(work)
}

/// The use cases over the database that a place names.
pub(crate) async fn app_at(place: &Place) -> Result<App, Failure> {
    let config = Config::read(place.config.as_deref())?;
    let url = database(place.database.as_deref(), place.data.as_deref(), &config)?;
    let local = place.local.clone().or(config.local.map(PathBuf::from));
    let store = open_store(&url, OpenOptions::default()).await?;
    let (clock, chance) = (std::sync::Arc::new(Wall::new()), std::sync::Arc::new(Machine));
    let app = App::new(store, Rulebook::embedded(), clock, chance);
    let Some(dir) = local else { return Ok(app) };
    let mut own: BTreeMap<String, &'static Rulebook> = BTreeMap::new();
    for (area, book) in crate::local::standards(&dir)? {
        // A server has the law of an area for as long as it runs.
        own.insert(area, Box::leak(Box::new(book)));
    }
    Ok(app.with_standards(own))
}

/// Opens a database, or says in a sentence why not.
pub(crate) async fn open_store(url: &str, options: OpenOptions) -> Result<Store, Failure> {
    use sendero_store::StoreError;
    Store::open(url, options).await.map_err(|error| match error {
        StoreError::BadUrl => Failure::Use(error.to_string()),
        other => Failure::Ours(other.to_string()),
    })
}

async fn person_add(person: NewPerson, place: Place) -> Result<(), Failure> {
    let app = app_at(&place).await?;
    let area = app.area(&person.authority).await.map_err(|_| {
        Failure::Given(format!(
            "there is no authority `{}` here: open it first with `sendero area set FILE`",
            person.authority
        ))
    })?;
    let (_, token) = app.add_person(&person).await?;
    say(&format!("{}/link/{token}", area.address));
    Ok(())
}

async fn person_links(
    role: Role,
    authority: String,
    most: Option<usize>,
    place: Place,
) -> Result<(), Failure> {
    let app = app_at(&place).await?;
    let area = app.area(&authority).await?;
    for (person, token) in app.links_for(&authority, role, most.unwrap_or(usize::MAX)).await? {
        say(&format!("{} {}/link/{token} {}", role.word(), area.address, person.name.full()));
    }
    Ok(())
}

/// The role that a word names.
fn role_of(word: &str) -> Result<Role, Failure> {
    Role::from_word(word).ok_or_else(|| {
        Failure::Use(format!(
            "`{word}` is no role: use officer, manager, adviser, provider, parent or young-person"
        ))
    })
}

async fn area_set(file: PathBuf, place: Place) -> Result<(), Failure> {
    let text = read(&file, CONFIG_BYTES_MAX)?;
    let area: AreaFile = toml::from_str(&text)
        .map_err(|error| Failure::Given(format!("{}: {}", file.display(), error.message())))?;
    let app = app_at(&place).await?;
    let detail = sendero_app::AreaDetail { code: area.code, name: area.name, ..area.detail };
    app.set_area(&detail).await?;
    Ok(())
}

/// An area's particulars as a file holds them.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AreaFile {
    code: String,
    name: String,
    detail: sendero_app::AreaDetail,
}

/// The largest configuration that is read.
const CONFIG_BYTES_MAX: u64 = 1_000_000;
/// The largest case file that is read.
pub(crate) const CASE_BYTES_MAX: u64 = 5_000_000;

/// The text of a file, or of standard input for `-`.
pub(crate) fn read(path: &Path, bytes_max: u64) -> Result<String, Failure> {
    let failed = |why: String| Failure::Given(format!("{} cannot be read: {why}", path.display()));
    let mut text = String::new();
    let mut take = |from: &mut dyn std::io::Read| {
        from.take(bytes_max + 1).read_to_string(&mut text).map_err(|error| match error.kind() {
            std::io::ErrorKind::InvalidData => failed("it is not text".to_owned()),
            _ => failed(error.to_string()),
        })
    };
    let bytes = if path == Path::new("-") {
        take(&mut std::io::stdin().lock())?
    } else {
        let mut file = std::fs::File::open(path).map_err(|error| failed(error.to_string()))?;
        take(&mut file)?
    };
    if bytes as u64 > bytes_max {
        let most = bytes_max / 1_000_000;
        return Err(failed(format!("it is larger than {most} MB, the most that is read")));
    }
    Ok(text)
}

/// The rulebook in a folder, or the built-in one.
fn rulebook(dir: Option<&Path>) -> Result<&'static Rulebook, Failure> {
    match dir {
        // A command reads one rulebook and ends: it may stay until then.
        Some(dir) => Ok(Box::leak(Box::new(read_rulebook(dir)?))),
        None => Ok(Rulebook::embedded()),
    }
}

fn read_rulebook(dir: &Path) -> Result<Rulebook, Failure> {
    let mut files = Vec::new();
    toml_files(dir, dir, &mut files)?;
    if files.is_empty() {
        return Err(Failure::Given(format!("{} holds no .toml files", dir.display())));
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    Rulebook::parse(&files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Given(lines.join("\n"))
    })
}

fn run_timeline(arguments: &TimelineArguments) -> Result<(), Failure> {
    let previewed;
    let law = match &arguments.preview {
        Some(pack) => {
            previewed = preview(pack)?;
            &previewed
        }
        None => rulebook(arguments.law.as_deref())?,
    };
    let text = read(&arguments.case, CASE_BYTES_MAX)?;
    let mut what_if = what_if(law, arguments)?;
    let facts = what_if.as_mut().map(|what_if| std::mem::take(&mut what_if.facts));
    let case = casefile::read_over(law, &text, facts.unwrap_or_default()).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Given(format!("{}: {}", arguments.case.display(), lines.join("\n")))
    })?;
    // Whoever asks of a day to come asks with what the file says will have happened by then.
    let as_at = arguments.as_at.unwrap_or_else(today);
    let known_at = arguments.known_at.unwrap_or_else(|| today().max(as_at));
    let question = Question { as_at, known_at, explain: true };
    let answer = match &what_if {
        Some(what_if) => Some(
            evaluate_if(law, &case.case, what_if, question)
                .map_err(|what| Failure::Given(format!("--what-if-period: {what}")))?,
        ),
        None => None,
    };
    let timeline = answer
        .as_ref()
        .map_or_else(|| evaluate(law, &case.case, question), |answer| answer.timeline().clone());
    if arguments.json {
        let mut json = match &answer {
            Some(answer) => casefile::hypothetical_json(law, answer),
            None => casefile::timeline_json(law, &timeline),
        };
        if let (true, Some(members)) = (arguments.standing, json.as_object_mut()) {
            members
                .insert("standing_duties".to_owned(), casefile::standing_json(law, timeline.as_at));
        }
        say(&json.to_string());
        return Ok(());
    }
    if law.is_preview() {
        say("As if proposed law were law.");
    }
    if answer.is_some() {
        say("HYPOTHETICAL: not what happened.");
    }
    say(&format!("As at {}: {} obligations.", timeline.as_at, timeline.obligations.len()));
    for obligation in &timeline.obligations {
        let duty = law.duty(&obligation.duty);
        let due = obligation.due.map_or_else(|| "no number".to_owned(), |due| due.to_string());
        let least = if obligation.late_at_least() { "at least " } else { "" };
        let late = obligation.days_late.map(|days| format!(", {least}{days} days late"));
        let late = late.unwrap_or_default();
        say(&format!(
            "\n{due}  {}  {}{late}\n    {} ({})",
            obligation.duty,
            obligation.standing.word(),
            duty.map_or("", |duty| duty.title.as_str()),
            duty.map_or("", |duty| duty.cite.as_str()),
        ));
        for step in &obligation.why {
            say(&format!("    - {}", step.text));
        }
    }
    if arguments.standing {
        say("\nAt all times, without a day:");
        for duty in law.standing_on(timeline.as_at) {
            say(&format!("    {}  {} ({})", duty.id, duty.title, duty.cite));
        }
    }
    Ok(())
}

/// A day of the command line.
pub(crate) fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|_| "write a day that exists, such as 2026-09-14".to_owned())
}

/// What the arguments put over the case; none where they put nothing.
fn what_if(law: &Rulebook, arguments: &TimelineArguments) -> Result<Option<WhatIf>, Failure> {
    if arguments.what_if.is_empty() && arguments.what_if_period.is_empty() {
        return Ok(None);
    }
    let mut what_if = WhatIf::default();
    for (place, line) in arguments.what_if.iter().enumerate() {
        let fact = law
            .fact(&format!("what-if-{}", place + 1), line)
            .map_err(|what| Failure::Given(format!("--what-if \"{line}\": {what}")))?;
        what_if.facts.push(fact);
    }
    for text in &arguments.what_if_period {
        let period = text
            .split_once('=')
            .and_then(|(duty, n)| n.parse().ok().map(|n| (duty.to_lowercase(), n)))
            .ok_or_else(|| Failure::Given(format!("`{text}` is not DUTY=NUMBER")))?;
        what_if.periods.push(period);
    }
    Ok(Some(what_if))
}

/// The law inside the program with a folder over it, as if all of that were law.
fn preview(pack: &Path) -> Result<Rulebook, Failure> {
    let mut files = Vec::new();
    toml_files(pack, pack, &mut files)?;
    Rulebook::preview(&Rulebook::embedded_files(), &files).map_err(|faults| {
        let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
        Failure::Given(lines.join("\n"))
    })
}

async fn run_verify(arguments: VerifyArguments) -> Result<(), Failure> {
    let app = app_at(&arguments.place).await?;
    let found = app.verify().await?;
    let (children, offer) = (found.children, found.offer);
    if arguments.json {
        let areas: Vec<_> = found
            .areas
            .iter()
            .map(|(area, events, head)| json!({"area": area, "events": events, "head": head}))
            .collect();
        let findings: Vec<_> = found
            .findings
            .iter()
            .map(|(area, stream, place, what)| {
                json!({"area": area, "stream": stream, "place": place, "what": what})
            })
            .collect();
        say(&json!({"areas": areas, "children": children, "offer": offer, "findings": findings})
            .to_string());
    } else {
        for (area, events, head) in &found.areas {
            say(&format!("{area}: {events} events, head {head}"));
        }
        say(&format!("{children} children, {offer} entries of the Local Offer compared."));
    }
    if found.findings.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = found
        .findings
        .iter()
        .map(|(area, stream, place, what)| format!("{area} {stream} at {place}: {what}"))
        .collect();
    Err(Failure::Given(format!("the database is not as it was written:\n{}", lines.join("\n"))))
}
