//! The program: command line, configuration and wiring. The only place that reads the machine's
//! clock, its environment and its randomness.
#![forbid(unsafe_code)]

mod clock;
mod columns;
mod command;
mod config;
mod demo;
mod law;
mod local;
mod offer;
mod outbox;
mod outcome;
mod serve;
mod simulate;

use clap::Parser as _;

/// A page is made of many small texts, on several threads: with the system's own allocator a fifth of the
/// time of a page went there.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    let arguments = match command::Arguments::try_parse() {
        Ok(arguments) => arguments,
        // Help and version are answers; anything else is wrong use.
        Err(error) => {
            let asked = !error.use_stderr();
            let _ = error.print();
            return std::process::ExitCode::from(if asked { 0 } else { 2 });
        }
    };
    match command::run(arguments) {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(failure) => {
            outcome::report(&failure);
            std::process::ExitCode::from(failure.code())
        }
    }
}
