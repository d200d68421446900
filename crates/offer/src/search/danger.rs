//! Words that may mean danger. Being wrong on the safe side costs a panel above the answers; being
//! wrong on the other may cost a life: so words are looked for in any of their forms and a little
//! apart, as they are typed and again as they were put right.

use super::words::plain;

/// A danger: its id, what speaks of it, and what looks like it and is not.
#[derive(Clone, Debug)]
pub(crate) struct Danger {
    id: String,
    says: Vec<Pattern>,
    loose: Vec<Pattern>,
    but: Vec<Pattern>,
}

/// Words in order, each one of several.
type Pattern = Vec<Vec<String>>;

/// How many words may stand between two of a loose pattern.
const BETWEEN_MOST: usize = 3;

impl Danger {
    /// From patterns as they are written: a space between words, a stroke between those that may
    /// stand for each other.
    pub(crate) fn new(id: String, says: &[String], loose: &[String], but: &[String]) -> Self {
        let read = |patterns: &[String]| patterns.iter().map(|one| pattern(one)).collect();
        Self { id, says: read(says), loose: read(loose), but: read(but) }
    }
}

/// The dangers that a text speaks of, by their ids.
pub(crate) fn dangers_in(dangers: &[Danger], text: &str) -> Vec<String> {
    let text = plain(text);
    let words: Vec<&str> = text.split(' ').collect();
    let speaks = |danger: &&Danger| {
        let mut left = words.clone();
        for innocent in &danger.but {
            while let Some(at) = found(&left, innocent, 0) {
                // What is left on its two sides is not one phrase.
                left.splice(at..at + innocent.len(), [""]);
            }
        }
        danger.says.iter().any(|pattern| found(&left, pattern, 0).is_some())
            || danger.loose.iter().any(|pattern| found(&left, pattern, BETWEEN_MOST).is_some())
    };
    dangers.iter().filter(speaks).map(|danger| danger.id.clone()).collect()
}

fn pattern(text: &str) -> Pattern {
    text.split(' ').map(|word| word.split('|').map(str::to_owned).collect()).collect()
}

/// Where a pattern begins among the words.
fn found(words: &[&str], pattern: &Pattern, between: usize) -> Option<usize> {
    (0..words.len()).find(|start| stands(words.get(*start..).unwrap_or_default(), pattern, between))
}

/// Whether the words begin with the first of a pattern and go on with the rest.
fn stands(words: &[&str], pattern: &[Vec<String>], between: usize) -> bool {
    let Some((first, rest)) = pattern.split_first() else { return true };
    let Some((word, after)) = words.split_first() else { return false };
    if !first.iter().any(|one| one == word) {
        return false;
    }
    let gaps = if rest.is_empty() { 0 } else { between };
    (0..=gaps).any(|gap| after.get(gap..).is_some_and(|after| stands(after, rest, between)))
}
