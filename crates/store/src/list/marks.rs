//! A list that counts and sorts many lines and shows few: first what groups and orders all of them, then
//! the whole of those that are shown.

use std::collections::BTreeMap;

use super::{
    DueLine, ListQuery, Order, Question, STANDING, Scope, due_lines, narrow, select_lines,
};
use crate::Store;
use crate::error::StoreError;
use crate::sql::{Arg, Fields};

/// What groups and orders a duty on a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListMark {
    /// The child.
    pub child: String,
    /// Its place among the child's obligations.
    pub n: i64,
    /// Legal risk.
    pub class: i64,
    /// Last day, or `NEVER`.
    pub due: String,
    /// When somebody should act.
    pub act_by: String,
    /// Where it stands on the day.
    pub standing: String,
    /// Whose turn it is.
    pub turn: String,
    /// The child's name as it is sorted.
    pub name_key: String,
}

impl ListMark {
    /// Reads the text of `marks`. A name may hold spaces, and so stands last.
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        let text: String = fields.take()?;
        let parts: [&str; 8] = text
            .splitn(8, ' ')
            .collect::<Vec<_>>()
            .try_into()
            .map_err(|_| StoreError::Shape { what: "a mark" })?;
        let number = |text: &str| text.parse().map_err(|_| StoreError::Shape { what: "a mark" });
        let [child, n, class, due, act_by, standing, turn, name_key] = parts;
        Ok(Self {
            child: child.to_owned(),
            n: number(n)?,
            class: number(class)?,
            due: due.to_owned(),
            act_by: act_by.to_owned(),
            standing: standing.to_owned(),
            turn: turn.to_owned(),
            name_key: name_key.to_owned(),
        })
    }
}

impl Store {
    /// What groups and orders the open duties of an area on a day, by the day to act, without the
    /// rest of them: a list counts and sorts many lines, and shows few.
    pub async fn marks(&self, query: &ListQuery) -> Result<Vec<ListMark>, StoreError> {
        let mut question = Question::new(&query.authority, &query.today);
        // One text a line: each column of a row costs as much again as finding the row.
        question
            .sql
            .push("SELECT o.child || ' ' || o.n || ' ' || o.class || ' ' || o.due || ' ' || ");
        question.sql.push("o.act_by || ' ' || ").push(STANDING);
        question.sql.push(" || ' ' || o.turn || ' ' || c.name_key");
        due_lines(&mut question, &query.scope, Order::ByDate);
        narrow(&mut question, &query.filter);
        question.sql.push(" ORDER BY o.act_by, o.child, o.n");
        question.with(" LIMIT ", Arg::Int(i64::from(query.limit)));
        match query.scope {
            Scope::Office => question.all_of_area(self, ListMark::take).await,
            _ => question.all(self, ListMark::take).await,
        }
    }

    /// The lines of these marks, in their order.
    pub async fn lines_of(
        &self,
        authority: &str,
        today: &str,
        marks: &[&ListMark],
    ) -> Result<Vec<DueLine>, StoreError> {
        if marks.is_empty() {
            return Ok(Vec::new());
        }
        let mut question = Question::new(authority, today);
        select_lines(&mut question.sql);
        question.sql.push(
            " FROM child c CROSS JOIN obligation o WHERE c.authority = $1 \
             AND o.authority = c.authority AND o.child = c.child AND o.live = 1 \
             AND o.closed_on > $2 AND c.child IN (",
        );
        for (at, mark) in marks.iter().enumerate() {
            question.with(if at == 0 { "" } else { ", " }, Arg::Text(&mark.child));
        }
        question.sql.push(")");
        let mut found: BTreeMap<(String, i64), DueLine> = question
            .all(self, DueLine::take)
            .await?
            .into_iter()
            .map(|line| ((line.child.child.clone(), line.n), line))
            .collect();
        Ok(marks.iter().filter_map(|mark| found.remove(&(mark.child.clone(), mark.n))).collect())
    }
}
