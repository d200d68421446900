//! Which decision a step of a disagreement is about: asked only where more than one can still be taken
//! further, and read the same way from a family's form and an officer's.

use sendero_app::house::record::Disputed;
use sendero_app::{FieldFault, OpenDecision};

use crate::draw::date_words;
use crate::words;

/// The steps that a form takes, in the order in which they are taken.
pub(crate) const STEPS: [&str; 5] = [
    "mediation-contacted",
    "mediation-wanted",
    "mediation-declined",
    "mediation-certificate-issued",
    "appeal-made",
];

/// The field of a form that says which decision it is.
pub(crate) const FIELD: &str = "about";

/// A decision as an answer says it: what it was, and its day.
pub(crate) fn answer(open: &OpenDecision, about: Disputed) -> (&'static str, String) {
    let what = words::word("appeal", about.word());
    (about.word(), format!("{what}, {}", date_words(open.on)))
}

/// The answers that tell the open decisions apart. Only an appeal says which part of a plan it is about.
pub(crate) fn answers(open: &[OpenDecision], parts: bool) -> Vec<(&'static str, String)> {
    open.iter()
        .flat_map(|one| one.about.iter().map(move |about| (one, *about)))
        .filter(|(_, about)| parts || !about.is_part())
        .map(|(one, about)| answer(one, about))
        .collect()
}

/// What was chosen, where it is one of the open decisions or there is nothing to choose from.
pub(crate) fn chosen(open: &[OpenDecision], typed: &str) -> Result<Option<Disputed>, FieldFault> {
    let about = Disputed::from_word(typed);
    let is_open = |about: Disputed| open.iter().any(|one| one.about.contains(&about));
    if open.len() < 2 || about.is_some_and(is_open) {
        Ok(about)
    } else {
        Err(FieldFault::of(FIELD, "which-decision"))
    }
}
