//! The people around a child, who has the case, and the thread with the family.

use askama::Template;
use jiff::civil::Date;

use super::super::family::{Look, Message};
use super::super::form::{Filled, Hidden};
use super::super::{Frame, Kind, filters};
use super::Child;

/// `/case/{reference}/people`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_people.html")]
pub struct People {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// Everybody tied to the child.
    pub people: Vec<TiedPerson>,
    /// Who has the case; none while nobody has.
    pub officer: Option<String>,
    /// To whom it is offered, and since when.
    pub offered: Option<(String, Date)>,
    /// The officers it can be given to; empty where the reader may not.
    pub officers: Vec<(String, String)>,
    /// Whether the reader gives it outright, as a manager, or offers it.
    pub assigns: bool,
    /// Whether the reader may tie another person.
    pub ties: bool,
    /// The marks of the two forms: give, tie.
    pub hidden: [Hidden; 2],
    /// `officer`, `note`; `tie-name`, `tie-relation`, `tie-responsibility`, `tie-email`,
    /// `tie-phone`, `tie-address`, `tie-how-checked`.
    pub filled: Filled,
    /// Who has looked, newest first.
    pub looks: Vec<Look>,
}

/// Somebody tied to the child.
#[derive(Clone, Debug)]
pub struct TiedPerson {
    /// Their name.
    pub who: String,
    /// Who they are to the child, or their role and team.
    pub role: String,
    /// How to reach them.
    pub reach: String,
    /// What they may see.
    pub sees: String,
    /// Until when, if it ends.
    pub until: Option<Date>,
}

impl People {
    fn choices(&self) -> Vec<(&str, &str)> {
        let nobody = [("", "Choose an officer")];
        nobody
            .into_iter()
            .chain(self.officers.iter().map(|(id, name)| (id.as_str(), name.as_str())))
            .collect()
    }
}

/// `/case/{reference}/messages`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_messages.html")]
pub struct Messages {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub child: Child,
    /// The form's marks.
    pub hidden: Hidden,
    /// Who reads the thread ("Noor Ashgrove and Ren Sato").
    pub read_by: String,
    /// The messages, oldest first.
    pub list: Vec<Message>,
    /// By when the last one should be answered, as the area's own standard.
    pub answer_by: Option<Date>,
    /// `message`.
    pub filled: Filled,
}
