//! The shapes of worked examples in the TOML files, read as strictly as the rest.

use serde::Deserialize;
use toml::Spanned;
use toml::value::Datetime;

use crate::source::Name;

/// Examples of duties that stand in a file of their own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExampleFile {
    pub(crate) example: Vec<RawExample>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawExample {
    /// The duty, in a file of examples alone.
    pub(crate) duty: Option<Name>,
    pub(crate) name: Name,
    pub(crate) born: Option<Spanned<Datetime>>,
    pub(crate) setting: Option<Name>,
    #[serde(default)]
    pub(crate) closures: Vec<Name>,
    #[serde(default)]
    pub(crate) terms: Vec<Name>,
    pub(crate) given: Vec<Name>,
    pub(crate) known_at: Option<Spanned<Datetime>>,
    pub(crate) as_at: Spanned<Datetime>,
    pub(crate) expect: RawExpect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawExpect {
    #[serde(default)]
    pub(crate) absent: bool,
    pub(crate) due: Option<Spanned<Datetime>>,
    #[serde(default)]
    pub(crate) no_due: bool,
    pub(crate) due_safe: Option<Spanned<Datetime>>,
    pub(crate) standing: Option<Name>,
    pub(crate) done_on: Option<Spanned<Datetime>>,
    pub(crate) done_by: Option<Spanned<Datetime>>,
    pub(crate) days_late: Option<i32>,
    pub(crate) excuse: Option<Name>,
    pub(crate) force: Option<Name>,
    pub(crate) trigger: Option<Spanned<Datetime>>,
    pub(crate) keeps: Option<Spanned<Datetime>>,
    pub(crate) keeps_safe: Option<Spanned<Datetime>>,
    pub(crate) other: Option<Vec<Name>>,
    pub(crate) missing: Option<Vec<Name>>,
}
