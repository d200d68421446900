//! The law as running code: dated facts of one case in, obligations out, each with its reason.
//!
//! The rulebook is data (TOML under `law/`). This crate reads it, checks it and applies it. It does
//! no input or output, reads no clock and never panics on data: today's date is a parameter.
#![forbid(unsafe_code)]

mod account;
mod answer;
pub mod batch;
mod calendar;
pub mod casefile;
mod check;
mod compile;
mod compile_duty;
mod compile_limit;
mod compile_list;
mod compile_matter;
mod day;
mod embedded;
mod evaluate;
mod examples;
mod excuse;
mod fact;
mod fault;
mod forms;
mod json;
mod kinds;
mod limit;
mod line;
mod local;
mod lookup;
mod matters;
#[cfg(test)]
mod mutations;
mod names;
mod outcome;
mod places;
mod plain;
mod published;
mod reading;
mod role;
mod rule;
mod rulebook;
mod say;
mod school_age;
mod school_year;
mod search;
mod shapes;
mod situation;
mod source;
mod source_example;
mod story;
mod traits;
mod view;
mod what_if;
mod whole;
mod word;

pub use account::{Account, Changes, FirstDay, Read, account};
pub use answer::{
    Excuse, ExcuseState, Keeps, Obligation, OtherReading, Outline, Outlined, Standing, Step, Steps,
    StepsIter, Timeline, TriggeredBy,
};
pub use calendar::Calendar;
pub use casefile::CaseFile;
pub use check::YEARS;
pub use evaluate::{evaluate, outline};
pub use examples::{ExampleFailure, Worked};
pub use fact::{Case, Closure, Fact, Question, Term, Value};
pub use fault::{CaseFault, Fault};
pub use jiff::civil::Date;
pub use reading::reading_age;
pub use rulebook::{
    Checked, Clock, Duty, Earlier, EventKind, Field, FieldType, Ground, InForce, Notice,
    NoticePart, Party, Reading, Remedy, Rulebook, STAGES, SourceFile, Status,
};
pub use say::{Voice, say};
pub use school_age::{SchoolAge, school_age};
pub use school_year::{
    SCHOOL_TERMS, SchoolYear, TermDays, YearFault, school_year_of, terms_by_year,
};
pub use situation::{Ask, Situation};
pub use what_if::{Hypothetical, WhatIf, evaluate_if};
pub use word::Word;

/// The day that stands for "never" where a date is compared or stored.
pub const NEVER: Date = jiff::civil::date(9999, 12, 31);
