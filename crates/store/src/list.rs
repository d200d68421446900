//! Lists: duties in the order in which somebody should act, a forecast, and children by a question.
//! Nothing stored says what today says, so each list is given the day and asks which rows hold on it.

mod breaches;
mod children;
mod marks;

use std::fmt;
use std::str::FromStr;

use crate::error::StoreError;
use crate::people::{all, one};
use crate::rows::{ChildRow, ObligationRow, Stored as _};
use crate::sql::{Arg, Built, Fields};
use crate::{NEVER, Store};

pub use breaches::{BreachCount, RefusalCount};
pub use marks::ListMark;

/// Whose children a list is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Those to whom this person is tied on the day.
    Own(String),
    /// All of the area.
    Office,
    /// Those whose officer this person is.
    Officer(String),
}

/// In what order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By legal risk, then by the day to act.
    #[default]
    Risk,
    /// By the day to act.
    ByDate,
    /// By the child's name.
    ByName,
}

/// Narrows a list; each is left out if `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListFilter {
    /// Id of a duty.
    pub duty: Option<String>,
    /// Where the case stands.
    pub stage: Option<String>,
    /// Kind of setting.
    pub setting_kind: Option<String>,
    /// Name of a setting.
    pub setting_name: Option<String>,
    /// Id of an officer; '' for children without one.
    pub officer: Option<String>,
    /// Whose turn it is.
    pub turn: Option<String>,
    /// The standing on the day.
    pub standing: Option<String>,
    /// Due before this day.
    pub due_before: Option<String>,
    /// To be acted on before this day.
    pub act_before: Option<String>,
    /// To be acted on from this day on.
    pub act_from: Option<String>,
}

/// A question for a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListQuery {
    /// Code of the authority.
    pub authority: String,
    /// Whose children.
    pub scope: Scope,
    /// The day.
    pub today: String,
    /// Which lines.
    pub filter: ListFilter,
    /// In what order.
    pub order: Order,
    /// After which line: the `next` of the page before.
    pub after: Option<Cursor>,
    /// How many lines at most.
    pub limit: u32,
}

/// A place in a list. It holds no name, so it may stand in an address; as text,
/// `class.day.child.place`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    class: i64,
    act_by: String,
    child: String,
    n: i64,
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its lines.
    pub lines: Vec<T>,
    /// Where the next page begins, if there is one.
    pub next: Option<Cursor>,
}

/// A duty on a list, with the child it is owed to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DueLine {
    /// Its place among the child's obligations.
    pub n: i64,
    /// Where it stands on the day.
    pub standing: String,
    /// The duty.
    pub obligation: ObligationRow,
    /// The child.
    pub child: ChildRow,
}

impl DueLine {
    /// The place of this line in its list.
    #[must_use]
    pub fn cursor(&self) -> Cursor {
        Cursor {
            class: self.obligation.class,
            act_by: self.obligation.act_by.clone(),
            child: self.child.child.clone(),
            n: self.n,
        }
    }

    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        Ok(Self {
            n: fields.take()?,
            standing: fields.take()?,
            obligation: ObligationRow::take(fields)?,
            child: ChildRow::take(fields)?,
        })
    }
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}.{}", self.class, self.act_by, self.child, self.n)
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let parts = || {
            let (class, rest) = text.split_once('.')?;
            let (act_by, rest) = rest.split_once('.')?;
            let (child, n) = rest.rsplit_once('.')?;
            Some(Self {
                class: class.parse().ok()?,
                act_by: act_by.to_owned(),
                child: child.to_owned(),
                n: n.parse().ok()?,
            })
        };
        parts().ok_or(StoreError::Shape { what: "a place in a list" })
    }
}

/// A statement and its arguments, growing together.
struct Question<'a> {
    sql: Built,
    args: Vec<Arg<'a>>,
}

impl<'a> Question<'a> {
    /// Begins with the authority as `$1` and the day as `$2`.
    fn new(authority: &'a str, today: &'a str) -> Self {
        Self { sql: Built::default(), args: vec![Arg::Text(authority), Arg::Text(today)] }
    }

    /// A piece that ends where an argument stands.
    fn with(&mut self, piece: &'static str, arg: Arg<'a>) -> &mut Self {
        self.args.push(arg);
        self.sql.push(piece).place(self.args.len());
        self
    }

    /// A condition on a text, if there is one.
    fn only(&mut self, piece: &'static str, wanted: Option<&'a String>) -> &mut Self {
        if let Some(wanted) = wanted {
            self.with(piece, Arg::Text(wanted));
        }
        self
    }

    async fn all<T>(
        self,
        store: &Store,
        take: fn(&mut Fields) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        all(store.db().rows(self.sql, &self.args).await?, take)
    }

    /// The same for what walks over a whole area.
    async fn all_of_area<T>(
        self,
        store: &Store,
        take: fn(&mut Fields) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        all(store.db().rows_of_area(self.sql, &self.args).await?, take)
    }
}

/// The law's rule for a day: closed if it has closed, else turned if it has turned.
const STANDING: &str = "CASE WHEN o.closed_on <= $2 THEN o.closed_as \
                        WHEN o.turns_on <= $2 THEN o.turns_into ELSE o.opens_as END";

impl Store {
    /// The open duties of an area on a day, a page at a time.
    pub async fn list(&self, query: ListQuery) -> Result<Page<DueLine>, StoreError> {
        let name = match (&query.after, query.order) {
            (Some(after), Order::ByName) => self.name_key(&query.authority, &after.child).await?,
            _ => String::new(),
        };
        let mut question = Question::new(&query.authority, &query.today);
        select_lines(&mut question.sql);
        due_lines(&mut question, &query.scope, query.order);
        narrow(&mut question, &query.filter);
        if let Some(after) = &query.after {
            start_after(&mut question, query.order, after, &name);
        }
        question.sql.push(match query.order {
            Order::Risk => " ORDER BY o.class, o.act_by, o.child, o.n",
            Order::ByDate => " ORDER BY o.act_by, o.child, o.n",
            Order::ByName => " ORDER BY c.name_key, c.child, o.act_by, o.n",
        });
        // One more than asked for tells whether there is a next page.
        question.with(" LIMIT ", Arg::Int(i64::from(query.limit) + 1));
        let mut lines = match query.scope {
            Scope::Office => question.all_of_area(self, DueLine::take).await?,
            _ => question.all(self, DueLine::take).await?,
        };
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let more = lines.len() > limit;
        lines.truncate(limit);
        let next = if more { lines.last().map(DueLine::cursor) } else { None };
        Ok(Page { lines, next })
    }

    /// Live duties that turn late on a day from `from` and before `to`, if nothing changes.
    pub async fn forecast(
        &self,
        authority: &str,
        from: &str,
        to: &str,
    ) -> Result<Vec<DueLine>, StoreError> {
        let mut question = Question::new(authority, from);
        select_lines(&mut question.sql);
        question.sql.push(
            " FROM obligation o CROSS JOIN child c WHERE o.authority = $1 \
             AND c.authority = o.authority AND c.child = o.child \
             AND o.live = 1 AND o.turns_on >= $2 AND o.closed_on > o.turns_on",
        );
        question.with(" AND o.turns_on < ", Arg::Text(to));
        question.sql.push(" ORDER BY o.turns_on, o.child, o.n");
        question.all_of_area(self, DueLine::take).await
    }

    /// The name key of a child; '' if there is none, which starts a list by name anew.
    async fn name_key(&self, authority: &str, child: &str) -> Result<String, StoreError> {
        let sql = "SELECT name_key FROM child WHERE authority = $1 AND child = $2";
        let rows = self.db().rows(sql, &[Arg::Text(authority), Arg::Text(child)]).await?;
        Ok(one(rows, |fields| fields.take())?.unwrap_or_default())
    }
}

/// The columns of `DueLine::take`.
fn select_lines(sql: &mut Built) {
    sql.push("SELECT o.n, ").push(STANDING).push(", ");
    sql.columns("o.", ObligationRow::COLUMNS).push(", ").columns("c.", ChildRow::COLUMNS);
}

/// The lines of a scope. CROSS JOIN is an inner join that SQLite does not reorder: it walks first
/// what is few, or what is in the order asked for.
fn due_lines<'a>(question: &mut Question<'a>, scope: &'a Scope, order: Order) {
    match (scope, order) {
        (Scope::Office, Order::Risk | Order::ByDate) => {
            question.sql.push(
                " FROM obligation o CROSS JOIN child c WHERE o.authority = $1 AND o.live = 1 \
                 AND c.authority = o.authority AND c.child = o.child",
            );
        }
        (Scope::Office, Order::ByName) => {
            question.sql.push(
                " FROM child c CROSS JOIN obligation o WHERE c.authority = $1 \
                 AND o.authority = c.authority AND o.child = c.child AND o.live = 1",
            );
        }
        (Scope::Officer(person), Order::ByDate) => {
            question.sql.push(
                " FROM obligation o CROSS JOIN child c WHERE o.authority = $1 AND o.live = 1 \
                 AND c.authority = o.authority AND c.child = o.child",
            );
            question.with(" AND o.officer = ", Arg::Text(person));
        }
        (Scope::Officer(person), Order::Risk | Order::ByName) => {
            question.sql.push(
                " FROM child c CROSS JOIN obligation o WHERE c.authority = $1 \
                 AND o.authority = c.authority AND o.child = c.child AND o.live = 1",
            );
            question.with(" AND c.officer = ", Arg::Text(person));
        }
        (Scope::Own(person), _) => {
            question.with(
                " FROM (SELECT DISTINCT child FROM tie WHERE authority = $1 \
                 AND from_day <= $2 AND until_day > $2 AND person = ",
                Arg::Text(person),
            );
            question.sql.push(
                ") s CROSS JOIN child c CROSS JOIN obligation o WHERE c.authority = $1 \
                 AND c.child = s.child AND o.authority = $1 AND o.child = s.child \
                 AND o.live = 1",
            );
        }
    }
    question.sql.push(" AND o.closed_on > $2");
}

fn narrow<'a>(question: &mut Question<'a>, filter: &'a ListFilter) {
    question
        .only(" AND o.duty = ", filter.duty.as_ref())
        .only(" AND c.stage = ", filter.stage.as_ref())
        .only(" AND c.setting_kind = ", filter.setting_kind.as_ref())
        .only(" AND c.setting_name = ", filter.setting_name.as_ref())
        .only(" AND c.officer = ", filter.officer.as_ref())
        .only(" AND o.turn = ", filter.turn.as_ref())
        .only(" AND o.due < ", filter.due_before.as_ref())
        .only(" AND o.act_by < ", filter.act_before.as_ref())
        .only(" AND o.act_by >= ", filter.act_from.as_ref());
    if let Some(standing) = &filter.standing {
        question.sql.push(" AND ").push(STANDING);
        question.with(" = ", Arg::Text(standing));
    }
}

/// Only what comes after a line, in the terms of the order.
fn start_after<'a>(question: &mut Question<'a>, order: Order, after: &'a Cursor, name: &'a str) {
    let Cursor { class, act_by, child, n } = after;
    match order {
        Order::Risk => {
            question.with(" AND (o.class, o.act_by, o.child, o.n) > (", Arg::Int(*class));
            question.with(", ", Arg::Text(act_by)).with(", ", Arg::Text(child));
        }
        Order::ByDate => {
            question.with(" AND (o.act_by, o.child, o.n) > (", Arg::Text(act_by));
            question.with(", ", Arg::Text(child));
        }
        Order::ByName => {
            question.with(" AND (c.name_key, c.child, o.act_by, o.n) > (", Arg::Text(name));
            question.with(", ", Arg::Text(child)).with(", ", Arg::Text(act_by));
        }
    }
    question.with(", ", Arg::Int(*n));
    question.sql.push(")");
}

/// A row without a day for something never comes; the schema never holds an empty day in a sort.
impl ObligationRow {
    /// A row in which nothing is due, turns or closes: a base to fill from.
    #[must_use]
    pub fn unset() -> Self {
        let never = || NEVER.to_owned();
        Self {
            due: never(),
            due_safe: never(),
            turns_on: never(),
            closed_on: never(),
            act_by: never(),
            late_on: never(),
            live: true,
            ..Self::default()
        }
    }
}
