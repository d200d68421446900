//! Lists: duties in the order in which somebody should act, a forecast, and children by a question.
//! Nothing stored says what today says, so each list is given the day and asks which rows hold on it.

mod marks;

use std::fmt;
use std::str::FromStr;

use crate::commit::count;
use crate::error::StoreError;
use crate::people::{all, one};
use crate::rows::{AdviceLine, AdviceRow, ChildRow, NewLine, ObligationRow, Stored as _};
use crate::sql::{Arg, Built, Fields};
use crate::{NEVER, Store};

pub use marks::ListMark;

/// Comes after every text that a name key can be continued by.
const AFTER_ALL: char = '\u{10ffff}';

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

    fn take(fields: &mut Fields<'_>) -> Result<Self, StoreError> {
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
        take: fn(&mut Fields<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        all(&store.db().rows(self.sql, &self.args).await?, take)
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
        let mut lines = question.all(self, DueLine::take).await?;
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
        question.all(self, DueLine::take).await
    }

    /// The children to whom a person is tied on a day, by name.
    pub async fn children_of(
        &self,
        authority: &str,
        person: &str,
        today: &str,
    ) -> Result<Vec<ChildRow>, StoreError> {
        let mut question = Question::new(authority, today);
        question.sql.push("SELECT ").columns("c.", ChildRow::COLUMNS);
        question.with(
            " FROM child c WHERE c.authority = $1 AND c.child IN (SELECT child FROM tie \
             WHERE authority = $1 AND from_day <= $2 AND until_day > $2 AND person = ",
            Arg::Text(person),
        );
        question.sql.push(") ORDER BY c.name_key, c.child");
        question.all(self, ChildRow::take).await
    }

    /// Children by their exact reference, then by the beginning of their name key.
    pub async fn find(
        &self,
        authority: &str,
        words: &str,
        limit: u32,
    ) -> Result<Vec<ChildRow>, StoreError> {
        let mut found = self
            .children_where(
                authority,
                " AND c.reference = $2 AND c.reference <> '' AND $3 = $3",
                words,
                "",
                limit,
            )
            .await?;
        let after = format!("{words}{AFTER_ALL}");
        let by_name = self
            .children_where(
                authority,
                " AND c.name_key >= $2 AND c.name_key < $3",
                words,
                &after,
                limit,
            )
            .await?;
        let fresh = by_name.into_iter().filter(|row| !found.contains(row)).collect::<Vec<_>>();
        found.extend(fresh);
        found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        Ok(found)
    }

    /// Every child of an area by name, from the one at `first`, and how many there are.
    pub async fn children_by_name(
        &self,
        authority: &str,
        first: u32,
        limit: u32,
    ) -> Result<(Vec<ChildRow>, i64), StoreError> {
        let counted = "SELECT COUNT(*) FROM child WHERE authority = $1";
        let total = count(&self.db().rows(counted, &[Arg::Text(authority)]).await?)?;
        let mut sql = Built::new("SELECT ");
        sql.columns("", ChildRow::COLUMNS)
            .push(" FROM child WHERE authority = $1 ORDER BY name_key, child LIMIT $2 OFFSET $3");
        let page = [Arg::Int(i64::from(limit)), Arg::Int(i64::from(first))];
        let args = [Arg::Text(authority), page[0], page[1]];
        Ok((all(&self.db().rows(sql, &args).await?, ChildRow::take)?, total))
    }

    /// Children of an area in order of id, after one: for passes over all of them.
    pub async fn children(
        &self,
        authority: &str,
        after: &str,
        limit: u32,
    ) -> Result<Vec<ChildRow>, StoreError> {
        let mut question = Question::new(authority, after);
        question.sql.push("SELECT ").columns("", ChildRow::COLUMNS);
        question.sql.push(" FROM child WHERE authority = $1 AND child > $2 ORDER BY child");
        question.with(" LIMIT ", Arg::Int(i64::from(limit)));
        question.all(self, ChildRow::take).await
    }

    /// Children whose rows no longer hold on a day, or were made under another rulebook.
    pub async fn stale_children(
        &self,
        authority: &str,
        today: &str,
        rulebook: &str,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        // Three ranges, since "not equal" cannot use an index.
        let sql = "SELECT child FROM child_head WHERE authority = $1 AND holds_until <= $2 \
                   UNION SELECT child FROM child_head WHERE authority = $1 AND rulebook < $3 \
                   UNION SELECT child FROM child_head WHERE authority = $1 AND rulebook > $3 \
                   ORDER BY 1 LIMIT $4";
        let args = [
            Arg::Text(authority),
            Arg::Text(today),
            Arg::Text(rulebook),
            Arg::Int(i64::from(limit)),
        ];
        all(&self.db().rows(sql, &args).await?, |fields| fields.take())
    }

    /// What an adviser was asked for and has not sent, by the day it is due.
    pub async fn advice_of(
        &self,
        authority: &str,
        person: &str,
        limit: u32,
    ) -> Result<Vec<AdviceLine>, StoreError> {
        let open = " AND a.received_on = '' ORDER BY a.due, a.child, a.n";
        self.advice_lines(authority, person, open, limit).await
    }

    /// What an adviser was asked for by name and has come, the newest first.
    pub async fn advice_given_by(
        &self,
        authority: &str,
        person: &str,
        limit: u32,
    ) -> Result<Vec<AdviceLine>, StoreError> {
        let given = " AND a.received_on > '' ORDER BY a.received_on DESC, a.child, a.n";
        self.advice_lines(authority, person, given, limit).await
    }

    async fn advice_lines(
        &self,
        authority: &str,
        person: &str,
        which: &'static str,
        limit: u32,
    ) -> Result<Vec<AdviceLine>, StoreError> {
        let mut question = Question::new(authority, person);
        question.sql.push("SELECT ").columns("a.", AdviceRow::COLUMNS).push(", ");
        question.sql.columns("c.", ChildRow::COLUMNS).push(
            " FROM advice a CROSS JOIN child c WHERE a.authority = $1 AND a.person = $2 \
             AND c.authority = a.authority AND c.child = a.child",
        );
        question.sql.push(which);
        question.with(" LIMIT ", Arg::Int(i64::from(limit)));
        question
            .all(self, |fields| {
                Ok(AdviceLine { advice: AdviceRow::take(fields)?, child: ChildRow::take(fields)? })
            })
            .await
    }

    /// Open children who have no education, longest first: an officer's, or all of the area.
    pub async fn without_education(
        &self,
        authority: &str,
        officer: Option<&str>,
    ) -> Result<Vec<ChildRow>, StoreError> {
        let mut question = Question { sql: open_children(), args: vec![Arg::Text(authority)] };
        if let Some(officer) = officer {
            question.with(" AND officer = ", Arg::Text(officer));
        }
        question
            .sql
            .push(" AND not_in_education_since > '' ORDER BY not_in_education_since, child");
        question.all(self, ChildRow::take).await
    }

    /// Open children who have no officer, the first request first, with the last day of a duty in
    /// its latest round.
    pub async fn new_children(
        &self,
        authority: &str,
        duty: &str,
        limit: u32,
    ) -> Result<Vec<NewLine>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("c.", ChildRow::COLUMNS).push(
            ", COALESCE(o.due, '9999-12-31'), COALESCE(o.due_safe, '9999-12-31') FROM child c \
             LEFT JOIN obligation o ON o.authority = c.authority AND o.child = c.child \
             AND o.duty = $2 AND o.n = (SELECT MAX(l.n) FROM obligation l \
             WHERE l.authority = c.authority AND l.child = c.child AND l.duty = $2) \
             WHERE c.authority = $1 AND c.officer = '' AND c.open = 1 \
             ORDER BY c.requested_on, c.name_key, c.child LIMIT $3",
        );
        let args = [Arg::Text(authority), Arg::Text(duty), Arg::Int(i64::from(limit))];
        all(&self.db().rows(sql, &args).await?, |fields| {
            let child = ChildRow::take(fields)?;
            Ok(NewLine { child, due: fields.take()?, due_safe: fields.take()? })
        })
    }

    /// Open children whose case is offered to this officer, by name.
    pub async fn offered_to(
        &self,
        authority: &str,
        officer: &str,
    ) -> Result<Vec<ChildRow>, StoreError> {
        let mut question = Question { sql: open_children(), args: vec![Arg::Text(authority)] };
        // Put in order here: asked to sort, SQLite walks the whole office by name.
        question.with(" AND offered_to = ", Arg::Text(officer));
        let mut rows = question.all(self, ChildRow::take).await?;
        rows.sort_by(|a, b| (&a.name_key, &a.child).cmp(&(&b.name_key, &b.child)));
        Ok(rows)
    }

    /// How many open children an officer has.
    pub async fn load_of(&self, authority: &str, officer: &str) -> Result<i64, StoreError> {
        let sql = "SELECT COUNT(*) FROM child WHERE authority = $1 AND officer = $2 AND open = 1";
        let args = [Arg::Text(authority), Arg::Text(officer)];
        count(&self.db().rows(sql, &args).await?)
    }

    /// Open children who have no setting, by name.
    pub async fn without_setting(&self, authority: &str) -> Result<Vec<ChildRow>, StoreError> {
        let mut sql = open_children();
        sql.push(" AND setting_kind IN ('', 'none') ORDER BY name_key, child");
        all(&self.db().rows(sql, &[Arg::Text(authority)]).await?, ChildRow::take)
    }

    /// Open children who have no officer, by name.
    pub async fn without_officer(&self, authority: &str) -> Result<Vec<ChildRow>, StoreError> {
        let mut sql = open_children();
        sql.push(" AND officer = '' ORDER BY name_key, child");
        all(&self.db().rows(sql, &[Arg::Text(authority)]).await?, ChildRow::take)
    }

    /// Open children whose case is offered to an officer who has not answered, by name.
    pub async fn offered(&self, authority: &str) -> Result<Vec<ChildRow>, StoreError> {
        let mut sql = open_children();
        sql.push(" AND offered_to > '' ORDER BY name_key, child");
        all(&self.db().rows(sql, &[Arg::Text(authority)]).await?, ChildRow::take)
    }

    /// The child with exactly this reference.
    pub async fn find_reference(
        &self,
        authority: &str,
        reference: &str,
    ) -> Result<Option<ChildRow>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("", ChildRow::COLUMNS)
            .push(" FROM child WHERE authority = $1 AND reference = $2 AND reference <> ''");
        let args = [Arg::Text(authority), Arg::Text(reference)];
        one(&self.db().rows(sql, &args).await?, ChildRow::take)
    }

    /// How many open children each officer has, by the officer's id.
    pub async fn load_of_officers(
        &self,
        authority: &str,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "SELECT officer, COUNT(*) FROM child \
                   WHERE authority = $1 AND open = 1 AND officer <> '' \
                   GROUP BY officer ORDER BY officer";
        let take = |fields: &mut Fields<'_>| Ok((fields.take()?, fields.take()?));
        all(&self.db().rows(sql, &[Arg::Text(authority)]).await?, take)
    }

    /// The name key of a child; '' if there is none, which starts a list by name anew.
    async fn name_key(&self, authority: &str, child: &str) -> Result<String, StoreError> {
        let sql = "SELECT name_key FROM child WHERE authority = $1 AND child = $2";
        let rows = self.db().rows(sql, &[Arg::Text(authority), Arg::Text(child)]).await?;
        Ok(one(&rows, |fields| fields.take())?.unwrap_or_default())
    }

    async fn children_where(
        &self,
        authority: &str,
        condition: &'static str,
        second: &str,
        third: &str,
        limit: u32,
    ) -> Result<Vec<ChildRow>, StoreError> {
        let mut question = Question::new(authority, second);
        question.args.push(Arg::Text(third));
        question.sql.push("SELECT ").columns("c.", ChildRow::COLUMNS);
        question.sql.push(" FROM child c WHERE c.authority = $1").push(condition);
        question.sql.push(" ORDER BY c.name_key, c.child");
        question.with(" LIMIT ", Arg::Int(i64::from(limit)));
        question.all(self, ChildRow::take).await
    }
}

fn open_children() -> Built {
    let mut sql = Built::new("SELECT ");
    sql.columns("", ChildRow::COLUMNS).push(" FROM child WHERE authority = $1 AND open = 1");
    sql
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
        (Scope::Officer(person), _) => {
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
            live: true,
            ..Self::default()
        }
    }
}
