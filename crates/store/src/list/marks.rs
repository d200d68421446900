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
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        Ok(Self {
            child: fields.take()?,
            n: fields.take()?,
            class: fields.take()?,
            due: fields.take()?,
            act_by: fields.take()?,
            standing: fields.take()?,
            turn: fields.take()?,
            name_key: fields.take()?,
        })
    }
}

impl Store {
    /// What groups and orders the open duties of an area on a day, by the day to act, without the
    /// rest of them: a list counts and sorts many lines, and shows few.
    pub async fn marks(&self, query: &ListQuery) -> Result<Vec<ListMark>, StoreError> {
        let mut question = Question::new(&query.authority, &query.today);
        question.sql.push("SELECT o.child, o.n, o.class, o.due, o.act_by, ").push(STANDING);
        question.sql.push(", o.turn, c.name_key");
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
