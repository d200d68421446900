//! `sendero demo`: a pretend local area on this machine, with a way in for each role.

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use jiff::civil::Date;
use sendero_app::{App, DEMO_YEARS, DemoSetup};
use sendero_law::Rulebook;
use sendero_store::{OpenOptions, Synchronous};
use sendero_web::Front;

use crate::clock::{Machine, Settable, today};
use crate::command::open_store;
use crate::config::in_folder;
use crate::outcome::{Failure, say};

/// What `demo` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The port on this machine; 0 takes a free one.
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The folder for its database and messages; used again if it is there.
    #[arg(long, value_name = "DIR", default_value = "target/demo")]
    data: PathBuf,
    /// The day it is; it can be changed on a page while it runs.
    #[arg(long, value_name = "DATE", value_parser = crate::command::day)]
    on: Option<Date>,
    /// How many children.
    #[arg(long, default_value_t = 400, value_parser = clap::value_parser!(u32).range(2..=200_000))]
    children: u32,
    /// The seed: the same seed makes the same area.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Further exchanges of messages about each child, for the long records of a load test.
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=100), hide = true)]
    talk: u32,
}

/// Makes the area, serves it, and prints the ways in.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    crate::serve::start_log();
    let listener = crate::serve::listen(&format!("127.0.0.1:{}", arguments.port)).await?;
    let port = crate::serve::port_of(&listener)?;
    // A demonstration may be lost in a power cut; nobody waits for its disk.
    let options = OpenOptions { synchronous: Synchronous::Off, ..OpenOptions::default() };
    let store = open_store(&in_folder(&arguments.data)?, options).await?;
    let clock = Settable::on(arguments.on);
    let app = App::new(store, Rulebook::embedded(), clock, Arc::new(Machine));
    let setup = DemoSetup {
        seed: arguments.seed,
        children: arguments.children,
        today: arguments.on.unwrap_or_else(today),
        years: DEMO_YEARS,
        port,
        talk: arguments.talk,
    };
    app.make_demo(&setup).await?;
    say(&format!("http://127.0.0.1:{port}"));
    for link in app.demo_links(&setup).await? {
        say(&format!("{} http://127.0.0.1:{port}/link/{}", link.role, link.token));
    }
    let outbox = arguments.data.join("outbox");
    crate::serve::serve(app, listener, outbox, Front::default()).await
}
