//! The chores of the house: one command that tests everything, and the parts it is made of.
//! Nothing here ships; it leans on cargo, git's working tree and the machine's own tools.
#![forbid(unsafe_code)]
#![expect(clippy::print_stdout, reason = "a chore talks to a terminal")]

pub mod bench_law;
pub mod bench_offer;
pub mod browser;
pub mod kills;
pub mod load;
pub mod machine;
pub mod oracle;
pub mod release;
pub mod shell;
pub mod tally;
pub mod test;
pub mod tidy;
