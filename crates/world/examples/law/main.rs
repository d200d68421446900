//! The law over a nation, measured by `cargo xtask bench-law`: from the file of columns to counts by
//! authority, duty and standing, and then both evaluators compared on children drawn by a seed.
//! Arguments: `make`, a file, how many children, areas and years, the seed and the last day; `nation`,
//! the file, the day that is asked of and the file for the result; `s1`, the folder of its rules, the
//! folder of its columns, the Python that its other engines run in and the file for the result; or
//! `rulebook`, for the hash of the one inside.

#![expect(clippy::print_stdout, reason = "its answer is its output")]

mod make;
mod nation;
mod s1;

use std::error::Error;

use sendero_world::Setup;

/// What a part of the measurement comes to.
type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

fn main() -> Outcome<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["nation", file, on, result] => {
            let measured = nation::measure(file.as_ref(), on.parse()?)?;
            println!("{measured}");
            std::fs::write(result, measured)?;
            Ok(())
        }
        ["make", file, children, areas, years, seed, on] => {
            let setup = Setup {
                seed: seed.parse()?,
                children: children.parse()?,
                today: on.parse()?,
                years: years.parse()?,
                talk: 0,
            };
            make::make(&setup, areas.parse()?, file.as_ref())
        }
        ["s1", rules, folder, python, result] => {
            let measured = s1::measure(rules.as_ref(), folder.as_ref(), python.as_ref())?;
            println!("{measured}");
            std::fs::write(result, measured)?;
            Ok(())
        }
        ["rulebook"] => {
            println!("{}", sendero_law::Rulebook::embedded().hash());
            Ok(())
        }
        _ => Err("run it by `cargo xtask bench-law`".into()),
    }
}
