//! `sendero simulate`: a pretend local area as a database, for whoever wants one to measure, to test or to
//! learn on; or several areas as a file of columns. What happens to whom and when follows from the numbers
//! given and the day; ids and hashes are as random as they are in earnest.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use sendero_app::{App, DemoSetup};
use sendero_law::Rulebook;
use sendero_store::{OpenOptions, Synchronous};
use sendero_world::Setup;

use crate::clock::{Machine, Settable, today};
use crate::columns;
use crate::command::open_store;
use crate::config::{DATABASE_FILE, in_folder};
use crate::outcome::{Failure, say};

/// Children that a database is made for at most; the command itself has no other bound than time.
const DATABASE_CHILDREN: u32 = 200_000;
/// The port that an area's own address names until somebody serves it elsewhere.
const PORT: u16 = 8080;

/// What `simulate` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// How many children.
    #[arg(long, value_parser = clap::value_parser!(u32).range(2..=2_000_000))]
    children: u32,
    /// How many years of requests lie behind the day.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=12))]
    years: u32,
    /// The seed: the same seed makes the same area.
    #[arg(long)]
    seed: u64,
    /// The folder for the database, which must hold none yet.
    #[arg(long, value_name = "DIR", required_unless_present = "columns")]
    out: Option<PathBuf>,
    /// In place of a database: a file for the facts as columns, over which the law can be asked at once.
    #[arg(long, value_name = "FILE", conflicts_with = "out")]
    columns: Option<PathBuf>,
    /// With `--columns`: over how many areas the children are spread.
    #[arg(long, requires = "columns", default_value_t = 1)]
    #[arg(value_parser = clap::value_parser!(u32).range(1..=1_000))]
    areas: u32,
    /// The last day on which anything happens; today if left out.
    #[arg(long, value_name = "DATE", value_parser = crate::command::day)]
    on: Option<Date>,
}

/// Makes the area and says where it is.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    let today = arguments.on.unwrap_or_else(today);
    let Arguments { seed, children, years, .. } = arguments;
    let Some(out) = arguments.out else {
        let file = arguments.columns.unwrap_or_default();
        let setup = Setup { seed, children, today, years, talk: 0 };
        columns::write(&setup, arguments.areas, &file)?;
        say(&file.display().to_string());
        return Ok(());
    };
    if children > DATABASE_CHILDREN {
        return Err(Failure::Given(format!(
            "a database is made for at most {DATABASE_CHILDREN} children"
        )));
    }
    let file = out.join(DATABASE_FILE);
    if file.exists() {
        return Err(Failure::Given(format!(
            "{} is there already: name a folder without a database",
            file.display()
        )));
    }
    // Until it is whole it is worth nothing, and it can be made again.
    let options = OpenOptions { synchronous: Synchronous::Off, ..OpenOptions::default() };
    let store = open_store(&in_folder(&out)?, options).await?;
    let clock = Settable::on(arguments.on);
    let app = App::new(store.clone(), Rulebook::embedded(), clock, Arc::new(Machine));
    let setup = DemoSetup { seed, children, today, years, port: PORT, talk: 0 };
    let made = app.make_demo(&setup).await;
    store.close().await;
    if let Err(problem) = made {
        // Half an area would be taken for a whole one.
        let _ = std::fs::remove_file(&file);
        return Err(problem.into());
    }
    say(&file.display().to_string());
    Ok(())
}
