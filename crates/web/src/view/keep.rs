//! Keeping an entry of the Local Offer: the pages of whoever keeps one, and the desk of those who
//! agree to their changes.

use askama::Template;
use jiff::civil::Date;

use super::form::{Filled, Hidden};
use super::offer::Checked;
use super::officer::Field;
use super::parts::State;
use super::{Frame, Kind, filters};

/// An entry in the list of whoever keeps it.
#[derive(Clone, Debug)]
pub struct KeepLine {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// When it was checked, in words.
    pub checked: String,
    /// What has come of the last change, in words, or ''.
    pub stands: String,
}

/// `/keep`
#[derive(Clone, Debug, Template)]
#[template(path = "keep_list.html")]
pub struct KeepList {
    /// What stands around the page.
    pub frame: Frame,
    /// The entries.
    pub list: Vec<KeepLine>,
}

/// One time of the week in a form.
#[derive(Clone, Debug)]
pub struct TimeFields {
    /// The days.
    pub days: Field,
    /// From, to, and words.
    pub rest: [Field; 3],
}

/// One place in a form.
#[derive(Clone, Debug)]
pub struct PlaceFields {
    /// Its fields.
    pub fields: Vec<Field>,
    /// Whether anything stands in them: those of an empty place are folded away.
    pub used: bool,
}

/// `/keep/{id}` and `/entries/{id}/edit`
#[derive(Clone, Debug, Template)]
#[template(path = "keep_form.html")]
pub struct KeepForm {
    /// What stands around the page.
    pub frame: Frame,
    /// Where its forms go.
    pub base: String,
    /// The list that it came from.
    pub back: String,
    /// The entry's name, as families see it now.
    pub name: String,
    /// Its public page, where it is shown.
    pub public: Option<String>,
    /// When it was checked.
    pub checked: Checked,
    /// Since when a change waits.
    pub waiting: Option<Date>,
    /// When and why the last change was not taken.
    pub turned_down: Option<(Date, String)>,
    /// What was just done, in its word: `right`, `sent`.
    pub done: Option<String>,
    /// Whether the area itself writes: then nothing waits for leave.
    pub office: bool,
    /// Addresses that lead nowhere.
    pub nowhere: Vec<String>,
    /// The marks of the two forms: still right, change.
    pub hidden: [Hidden; 2],
    /// What is wrong.
    pub filled: Filled,
    /// The fields.
    pub fields: Vec<Field>,
    /// The times of the week.
    pub times: Vec<TimeFields>,
    /// The places.
    pub places: Vec<PlaceFields>,
}

/// An entry on the desk.
#[derive(Clone, Debug)]
pub struct EntryRow {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Who keeps it, by role, or ''.
    pub who: String,
    /// Since when.
    pub since: Option<Date>,
    /// The address that leads nowhere, and what came, in words.
    pub address: Option<(String, String)>,
}

/// `/entries`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_entries.html")]
pub struct EntriesPage {
    /// What stands around the page.
    pub frame: Frame,
    /// Changes that wait.
    pub waiting: Vec<EntryRow>,
    /// Addresses that lead nowhere.
    pub nowhere: Vec<EntryRow>,
    /// Not checked for eleven months.
    pub old: Vec<EntryRow>,
    /// How many of those there are in all.
    pub old_count: usize,
    /// Entries that are shown, and those that somebody keeps.
    pub counts: (usize, usize),
    /// Words that find an entry.
    pub find: String,
    /// What was found.
    pub found: Vec<EntryRow>,
}

/// One field that would change.
#[derive(Clone, Debug)]
pub struct ChangeRow {
    /// The field, in words.
    pub name: String,
    /// What stands there.
    pub now: String,
    /// What would.
    pub then: String,
}

/// `/entries/{id}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_entry.html")]
pub struct EntryPage {
    /// What stands around the page.
    pub frame: Frame,
    /// Where its forms go.
    pub base: String,
    /// The entry's name.
    pub name: String,
    /// Its public page, where it is shown.
    pub public: Option<String>,
    /// When it was checked.
    pub checked: Checked,
    /// Who keeps it, by role, and where they are written to.
    pub keeper: Option<(String, String)>,
    /// Whether a link has just been sent.
    pub asked: bool,
    /// Its addresses: address, what came in words, when.
    pub tried: Vec<(String, String, Date)>,
    /// Since when a change waits, and what it is.
    pub waiting: Option<(Date, Vec<ChangeRow>)>,
    /// The fields of that change, to be put right before it is agreed to.
    pub fields: Vec<Field>,
    /// The marks of the forms: agree, turn down, ask.
    pub hidden: [Hidden; 3],
    /// What was typed, and what is wrong with it.
    pub filled: Filled,
}
