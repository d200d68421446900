//! What was late in a whole area, and what refusals say: counts, never a child.

use super::Question;
use crate::Store;
use crate::error::StoreError;
use crate::sql::{Arg, Fields};

/// How often a duty was late in a month for one cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BreachCount {
    /// The month: `2026-11`.
    pub month: String,
    /// The duty.
    pub duty: String,
    /// What it waited for on its last day, as the caller says it.
    pub held_by: String,
    /// How many.
    pub many: i64,
    /// How many of them are not done yet.
    pub open: i64,
}

/// How many refusals of a kind went with these doubts in a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusalCount {
    /// The kind of decision.
    pub kind: String,
    /// The doubts, parted by spaces; '' for none.
    pub went_on: String,
    /// How many.
    pub many: i64,
}

impl BreachCount {
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        Ok(Self {
            month: fields.take()?,
            duty: fields.take()?,
            held_by: fields.take()?,
            many: fields.take()?,
            open: fields.take()?,
        })
    }
}

impl RefusalCount {
    fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        Ok(Self { kind: fields.take()?, went_on: fields.take()?, many: fields.take()? })
    }
}

/// Marks that one question asks about.
const MARKS_A_QUESTION: usize = 200;

/// The index holds no child, so that a row is opened for this where somebody is left out, and only
/// then.
fn leave_out<'a>(question: &mut Question<'a>, except: &'a [String]) {
    for child in except {
        question.with(" AND child <> ", Arg::Text(child));
    }
}

impl Store {
    /// Duties that became late on a day from `from` up to `to`, counted; those of the children in
    /// `except` left out.
    pub async fn breaches(
        &self,
        authority: &str,
        from: &str,
        to: &str,
        except: &[String],
    ) -> Result<Vec<BreachCount>, StoreError> {
        let mut question = Question::new(authority, to);
        question.sql.push(
            "SELECT substr(late_on, 1, 7), duty, held_by, COUNT(*), \
             SUM(CASE WHEN closed_on > $2 THEN 1 ELSE 0 END) \
             FROM obligation WHERE authority = $1 AND late_on <= $2",
        );
        question.with(" AND late_on >= ", Arg::Text(from));
        leave_out(&mut question, except);
        question.sql.push(
            " GROUP BY substr(late_on, 1, 7), duty, held_by \
             ORDER BY substr(late_on, 1, 7), duty, held_by",
        );
        question.all_of_area(self, BreachCount::take).await
    }

    /// Refusals of a day from `from` up to `to`, counted by kind and by the doubts they went with;
    /// those of the children in `except` left out.
    pub async fn refusals(
        &self,
        authority: &str,
        from: &str,
        to: &str,
        except: &[String],
    ) -> Result<Vec<RefusalCount>, StoreError> {
        let mut question = Question::new(authority, to);
        question.sql.push(
            "SELECT kind, went_on, COUNT(*) FROM refusal WHERE authority = $1 AND decided_on <= $2",
        );
        question.with(" AND decided_on >= ", Arg::Text(from));
        leave_out(&mut question, except);
        question.sql.push(" GROUP BY kind, went_on ORDER BY kind, went_on");
        question.all_of_area(self, RefusalCount::take).await
    }

    /// In the refusals of how many other children each of these marks stands; those that stand in
    /// none are left out.
    pub async fn marks_elsewhere(
        &self,
        authority: &str,
        child: &str,
        marks: &[String],
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let mut found = Vec::new();
        for some in marks.chunks(MARKS_A_QUESTION) {
            let mut question = Question::new(authority, child);
            question.sql.push(
                "SELECT mark, COUNT(DISTINCT child) FROM wording \
                 WHERE authority = $1 AND child <> $2 AND mark IN (",
            );
            for (at, mark) in some.iter().enumerate() {
                question.with(if at == 0 { "" } else { ", " }, Arg::Text(mark));
            }
            question.sql.push(") GROUP BY mark ORDER BY mark");
            found.extend(question.all(self, |fields| Ok((fields.take()?, fields.take()?))).await?);
        }
        Ok(found)
    }
}
