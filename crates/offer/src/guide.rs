//! Where a family begins: guides that start from what is happening, as `data/guides.toml` has them.
//! What the law gives is named by its duties and told by the rulebook alone.

use std::sync::LazyLock;

use serde::Deserialize;

/// One guide.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Guide {
    /// Its word, which its address ends with.
    pub id: String,
    /// What is happening, in the family's words.
    pub title: String,
    /// What they find there.
    pub line: String,
    /// What matters first.
    pub lead: String,
    /// What they can do today.
    pub now: Vec<String>,
    /// Duties and rights of the rulebook, by id.
    pub duties: Vec<String>,
    /// The situation of the rulebook whose dates can be worked out, or ''.
    #[serde(default)]
    pub situation: String,
    /// The help that stands before everything else, in the words that search has for danger.
    #[serde(default)]
    pub danger: Vec<String>,
    /// Kinds of help: each its heading, the words that find it, and terms of ours that narrow the list,
    /// with spaces between.
    pub help: Vec<(String, String, String)>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    guide: Vec<Guide>,
}

/// The file is part of the program, and a test reads it whole.
static GUIDES: LazyLock<Vec<Guide>> = LazyLock::new(|| {
    toml::from_str::<File>(include_str!("../data/guides.toml"))
        .map(|file| file.guide)
        .unwrap_or_default()
});

/// Every guide, in the order in which they are offered.
#[must_use]
pub fn guides() -> &'static [Guide] {
    &GUIDES
}
