//! What is missing, as far as it is known without anybody having to keep a list: headings of the law
//! that no entry answers, searches that found nothing, and what people said is not there.

use serde::{Deserialize, Serialize};

use crate::audit::headings;
use crate::comment::{About, Comment};
use crate::ids::derived_id;
use crate::model::Directory;

/// How it is known that something is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GapSource {
    /// No entry answers a heading of the law.
    Heading,
    /// Searches found nothing, or people said that they did not find what they need.
    Search,
    /// Somebody said so.
    Comment,
}

impl GapSource {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Heading => "heading",
            Self::Search => "search",
            Self::Comment => "comment",
        }
    }
}

/// Something that is missing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gap {
    /// How that is known.
    pub source: GapSource,
    /// What it is called there: the heading's word, the words of the searches, the comment's id.
    pub key: String,
    /// In words that anybody may read.
    pub what: String,
}

/// How often some words found nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchCount {
    /// The words, as far as they may be kept.
    pub words: String,
    /// Searches that found nothing.
    pub nothing: u64,
    /// Searches after which somebody said that they did not find what they need.
    pub pressed: u64,
}

/// A gap that shows now, with the name of its stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The name of its stream.
    pub id: String,
    /// The gap.
    pub gap: Gap,
    /// The searches that show it.
    pub searches: u64,
    /// How often people said so.
    pub pressed: u64,
}

/// The name of a gap's stream, the same whenever it shows again.
#[must_use]
pub fn gap_id(authority: &str, gap: &Gap) -> String {
    derived_id(&["gap", authority, gap.source.word(), &gap.key])
}

/// Every gap that shows now: headings in the law's order, then searches, the most frequent first, then
/// published comments. `comments` are pairs of id and comment.
#[must_use]
pub fn candidates<'a>(
    authority: &str,
    directory: &Directory,
    counts: &[SearchCount],
    comments: impl IntoIterator<Item = (&'a str, &'a Comment)>,
) -> Vec<Candidate> {
    let candidate = |gap: Gap, searches, pressed| Candidate {
        id: gap_id(authority, &gap),
        gap,
        searches,
        pressed,
    };
    let answered =
        |facet: &str| directory.services.values().any(|one| one.is_shown() && one.has(facet));
    let mut found: Vec<Candidate> = headings()
        .filter(|(facet, _)| !answered(facet))
        .map(|(facet, name)| {
            let (key, what) = (facet.to_owned(), name.to_owned());
            candidate(Gap { source: GapSource::Heading, key, what }, 0, 0)
        })
        .collect();
    let mut counts: Vec<&SearchCount> = counts.iter().collect();
    counts.sort_by(|a, b| {
        let order = |one: &SearchCount| std::cmp::Reverse(one.nothing + one.pressed);
        order(a).cmp(&order(b)).then_with(|| a.words.cmp(&b.words))
    });
    found.extend(counts.into_iter().map(|one| {
        let gap =
            Gap { source: GapSource::Search, key: one.words.clone(), what: one.words.clone() };
        candidate(gap, one.nothing, one.pressed)
    }));
    found.extend(comments.into_iter().filter_map(|(id, comment)| {
        let answer = comment.answer.as_ref().filter(|_| comment.about == About::Missing)?;
        let (key, what) = (id.to_owned(), answer.words.clone());
        Some(candidate(Gap { source: GapSource::Comment, key, what }, 0, 0))
    }));
    found
}
