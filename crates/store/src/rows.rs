//! The rows kept beside a child's events: a pure function of them, made above and replaced whole.
//! Texts are '' where nothing is said; a day that never comes is `NEVER`.

use std::fmt;

use crate::sql::{Arg, Field as _, Fields};
use crate::{StoreError, StoredEvent};

/// The day that never comes.
pub const NEVER: &str = "9999-12-31";

/// A row whose fields are named as its columns.
pub(crate) trait Stored: Sized {
    const COLUMNS: &'static [&'static str];

    /// Reads the columns in their order.
    fn take(fields: &mut Fields) -> Result<Self, StoreError>;

    /// Pushes the values in the order of the columns.
    fn push<'a>(&'a self, args: &mut Vec<Arg<'a>>);
}

/// Declares a row whose fields are named as its columns, with how it is read and bound.
macro_rules! stored {
    ($(#[$about:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $kind:ty),* $(,)? }) => {
        $(#[$about])*
        #[derive(Clone, Default, PartialEq, Eq)]
        pub struct $name {
            $($(#[$doc])* pub $field: $kind,)*
        }

        impl crate::rows::Stored for $name {
            const COLUMNS: &'static [&'static str] = &[$(stringify!($field)),*];

            fn take(fields: &mut crate::sql::Fields) -> Result<Self, crate::StoreError> {
                Ok(Self { $($field: fields.take()?,)* })
            }

            fn push<'a>(&'a self, args: &mut Vec<crate::sql::Arg<'a>>) {
                $(args.push(crate::sql::Field::arg(&self.$field));)*
            }
        }
    };
}
pub(crate) use stored;

stored! {
    /// A child as lists show them.
    ChildRow {
        /// Id.
        child: String,
        /// The short reference that families use; unique in the area, or ''.
        reference: String,
        /// Name as it is written.
        name: String,
        /// Name as it is sorted and searched, made above; compared by byte.
        name_key: String,
        /// Day of birth.
        born: String,
        /// The kind of place the child is at; `none` or '' for none.
        setting_kind: String,
        /// Its name.
        setting_name: String,
        /// Where the case stands, in a word.
        stage: String,
        /// Id of the officer whose case it is, or ''.
        officer: String,
        /// Id of the officer to whom it is offered, or ''.
        offered_to: String,
        /// First day without education, or ''.
        not_in_education_since: String,
        /// The day of the request under way, or ''.
        requested_on: String,
        /// Needs, as the caller writes them.
        needs: String,
        /// Whether the authority still has anything to do for the child.
        open: bool,
        /// Who asked, until somebody has checked who they are, as the caller writes it; or ''.
        asker: String,
    }
}

stored! {
    /// One duty as it binds for one child, with the days on which its standing changes.
    ObligationRow {
        /// The duty's id in the rulebook.
        duty: String,
        /// Id of the event that started it.
        trigger_event: String,
        /// The day the clock is counted from.
        trigger_on: String,
        /// The body that the trigger names, or ''.
        body: String,
        /// The adviser that the trigger names, or ''.
        adviser: String,
        /// Whose turn it is, in the caller's word.
        turn: String,
        /// Last day; `NEVER` where the law gives no number.
        due: String,
        /// Last working day on or before `due`; `NEVER` as well.
        due_safe: String,
        /// Standing before anything turns.
        opens_as: String,
        /// First day past its number, or `NEVER`.
        turns_on: String,
        /// What it turns into then.
        turns_into: String,
        /// First day on which it is closed, or `NEVER`.
        closed_on: String,
        /// How it closed.
        closed_as: String,
        /// The day it was done, or ''.
        done_on: String,
        /// When it should stand on a list.
        act_by: String,
        /// Whether lists show it while it is not closed.
        live: bool,
        /// Legal risk: the smaller, the sooner on a list.
        class: i64,
        /// Why it would be late, as the caller says it.
        cause: String,
        /// Id of the officer whose case it is, as in the child's row.
        officer: String,
        /// First day on which it was late or not kept, or `NEVER`.
        late_on: String,
        /// What it waited for on its last day, as the caller says it.
        held_by: String,
    }
}

stored! {
    /// A decision that refuses something.
    RefusalRow {
        /// Its kind.
        kind: String,
        /// Its day.
        decided_on: String,
        /// The doubts about its reasons with which it went all the same, parted by spaces.
        went_on: String,
    }
}

stored! {
    /// A mark of the wording of a refusal.
    WordingRow {
        /// The mark.
        mark: String,
    }
}

stored! {
    /// What a person is to a child, and from when until when (the first day after).
    Tie {
        /// Id of the child; on writing, the child of the rows counts.
        child: String,
        /// Id of the person.
        person: String,
        /// What they are to the child.
        relation: String,
        /// First day.
        from_day: String,
        /// First day after, or `NEVER`.
        until_day: String,
        /// Anything else, as the caller writes it.
        detail: String,
    }
}

stored! {
    /// A request for advice, for the adviser's own list.
    AdviceRow {
        /// Id of the event that asked.
        request_event: String,
        /// The body asked.
        body: String,
        /// What the adviser is, or ''.
        adviser: String,
        /// Id of the person asked, or ''.
        person: String,
        /// The day they were asked.
        asked_on: String,
        /// The last day.
        due: String,
        /// The day it came, or ''.
        received_on: String,
    }
}

/// How fresh a child's rows are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HeadRow {
    /// Hash of the rulebook that made them.
    pub rulebook: String,
    /// First day on which they no longer hold, or `NEVER`.
    pub holds_until: String,
}

/// All rows of one child. A commit puts them in place of the rows that were there; the child's
/// stream must be among the commit's streams (without events, to refresh rows alone).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChildRows {
    /// The child.
    pub child_row: ChildRow,
    /// How fresh.
    pub head: HeadRow,
    /// In the order that the law gives.
    pub obligations: Vec<ObligationRow>,
    /// Refusals, in the order of the events.
    pub refusals: Vec<RefusalRow>,
    /// Marks of their wording, in order.
    pub wordings: Vec<WordingRow>,
    /// In any order that the same events always give.
    pub ties: Vec<Tie>,
    /// In any order that the same events always give.
    pub advice: Vec<AdviceRow>,
}

/// A child's events, with how fresh the rows beside them are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChild {
    /// Id.
    pub child: String,
    /// The last event's place: what a commit must expect.
    pub version: i64,
    /// How fresh the rows are; empty texts if there are none.
    pub head: HeadRow,
    /// In order.
    pub events: Vec<StoredEvent>,
}

/// A child whom nobody has taken on, with the last day of a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLine {
    /// The child.
    pub child: ChildRow,
    /// The last day, or `NEVER`.
    pub due: String,
    /// The last working day on or before it, or `NEVER`.
    pub due_safe: String,
}

/// An advice request with the child it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdviceLine {
    /// The request.
    pub advice: AdviceRow,
    /// The child.
    pub child: ChildRow,
}

/// The first letters of a name, which is all that a log may show.
pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).collect()
}

impl fmt::Debug for ChildRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ChildRow")
            .field("child", &self.child)
            .field("reference", &self.reference)
            .field("initials", &initials(&self.name))
            .field("stage", &self.stage)
            .field("officer", &self.officer)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for ObligationRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ObligationRow")
            .field("duty", &self.duty)
            .field("trigger_on", &self.trigger_on)
            .field("due", &self.due)
            .field("act_by", &self.act_by)
            .field("turns_on", &self.turns_on)
            .field("closed_on", &self.closed_on)
            .field("live", &self.live)
            .field("class", &self.class)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for RefusalRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefusalRow")
            .field("kind", &self.kind)
            .field("decided_on", &self.decided_on)
            .field("went_on", &self.went_on)
            .finish()
    }
}

impl fmt::Debug for WordingRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WordingRow").field("mark", &self.mark).finish()
    }
}

impl fmt::Debug for Tie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tie")
            .field("child", &self.child)
            .field("person", &self.person)
            .field("relation", &self.relation)
            .field("from_day", &self.from_day)
            .field("until_day", &self.until_day)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AdviceRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AdviceRow")
            .field("request_event", &self.request_event)
            .field("body", &self.body)
            .field("person", &self.person)
            .field("due", &self.due)
            .field("received_on", &self.received_on)
            .finish_non_exhaustive()
    }
}

impl HeadRow {
    pub(crate) fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        Ok(Self { rulebook: fields.take()?, holds_until: fields.take()? })
    }

    pub(crate) fn push<'a>(&'a self, args: &mut Vec<Arg<'a>>) {
        args.extend([self.rulebook.arg(), self.holds_until.arg()]);
    }
}
