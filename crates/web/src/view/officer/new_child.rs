//! A request that came on paper, about a child who has no record here yet.

use askama::Template;

use super::super::form::{Filled, Hidden};
use super::super::{Frame, Kind, filters};

/// `/children/new`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_new_child.html")]
pub struct NewChild {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Who can have asked.
    pub askers: Vec<(String, String)>,
    /// What whoever asked can be to the child.
    pub relations: Vec<(String, String)>,
    /// `child-name`, `born-day` and so on, `by`, `how`, `on-day` and so on, `words`, `your-name`,
    /// `relation`, `email`, `phone`.
    pub filled: Filled,
}

impl NewChild {
    fn answers<'a>(list: &'a [(String, String)], none: &'a str) -> Vec<(&'a str, &'a str)> {
        let nothing = [("", none)];
        let answers = list.iter().map(|(value, text)| (value.as_str(), text.as_str()));
        nothing.into_iter().chain(answers).collect()
    }
}
