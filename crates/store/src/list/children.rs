//! Children by a question: whose they are, what they are called, what they lack, and what an adviser
//! was asked about them.

use super::Question;
use crate::Store;
use crate::commit::count;
use crate::error::StoreError;
use crate::people::{all, one};
use crate::rows::{AdviceLine, AdviceRow, ChildRow, NewLine, Stored as _};
use crate::sql::{Arg, Built, Fields};

/// Comes after every text that a name key can be continued by.
const AFTER_ALL: char = '\u{10ffff}';

impl Store {
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

    /// The names of the settings that children of an area are at, each once.
    pub async fn settings_of(&self, authority: &str) -> Result<Vec<String>, StoreError> {
        let sql = "SELECT DISTINCT setting_name FROM child \
                   WHERE authority = $1 AND setting_name <> ''";
        all(self.db().rows(sql, &[Arg::Text(authority)]).await?, |fields| fields.take())
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
        let total = count(self.db().rows(counted, &[Arg::Text(authority)]).await?)?;
        let mut sql = Built::new("SELECT ");
        sql.columns("", ChildRow::COLUMNS)
            .push(" FROM child WHERE authority = $1 ORDER BY name_key, child LIMIT $2 OFFSET $3");
        let page = [Arg::Int(i64::from(limit)), Arg::Int(i64::from(first))];
        let args = [Arg::Text(authority), page[0], page[1]];
        Ok((all(self.db().rows(sql, &args).await?, ChildRow::take)?, total))
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
        all(self.db().rows(sql, &args).await?, |fields| fields.take())
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
        duties: [&str; 2],
        limit: u32,
    ) -> Result<Vec<NewLine>, StoreError> {
        let mut sql = Built::new("SELECT ");
        sql.columns("c.", ChildRow::COLUMNS).push(
            ", COALESCE(o.due, '9999-12-31'), COALESCE(o.due_safe, '9999-12-31') FROM child c \
             LEFT JOIN obligation o ON o.authority = c.authority AND o.child = c.child \
             AND o.duty IN ($2, $3) AND o.n = (SELECT MAX(l.n) FROM obligation l \
             WHERE l.authority = c.authority AND l.child = c.child AND l.duty IN ($2, $3)) \
             WHERE c.authority = $1 AND c.officer = '' AND c.open = 1 \
             ORDER BY c.requested_on, c.name_key, c.child LIMIT $4",
        );
        let [first, second] = duties.map(Arg::Text);
        let args = [Arg::Text(authority), first, second, Arg::Int(i64::from(limit))];
        all(self.db().rows(sql, &args).await?, |fields| {
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
        count(self.db().rows(sql, &args).await?)
    }

    /// Open children who have no setting, by name.
    pub async fn without_setting(&self, authority: &str) -> Result<Vec<ChildRow>, StoreError> {
        let mut sql = open_children();
        sql.push(" AND setting_kind IN ('', 'none') ORDER BY name_key, child");
        all(self.db().rows_of_area(sql, &[Arg::Text(authority)]).await?, ChildRow::take)
    }

    /// Open children who have no officer, by name.
    pub async fn without_officer(&self, authority: &str) -> Result<Vec<ChildRow>, StoreError> {
        let mut sql = open_children();
        sql.push(" AND officer = '' ORDER BY name_key, child");
        all(self.db().rows_of_area(sql, &[Arg::Text(authority)]).await?, ChildRow::take)
    }

    /// Open children whose case is offered to an officer who has not answered, by name.
    pub async fn offered(&self, authority: &str) -> Result<Vec<ChildRow>, StoreError> {
        let mut sql = open_children();
        sql.push(" AND offered_to > '' ORDER BY name_key, child");
        all(self.db().rows_of_area(sql, &[Arg::Text(authority)]).await?, ChildRow::take)
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
        one(self.db().rows(sql, &args).await?, ChildRow::take)
    }

    /// How many open children each officer has, by the officer's id.
    pub async fn load_of_officers(
        &self,
        authority: &str,
    ) -> Result<Vec<(String, i64)>, StoreError> {
        let sql = "SELECT officer, COUNT(*) FROM child \
                   WHERE authority = $1 AND open = 1 AND officer <> '' \
                   GROUP BY officer ORDER BY officer";
        let take = |fields: &mut Fields| Ok((fields.take()?, fields.take()?));
        all(self.db().rows_of_area(sql, &[Arg::Text(authority)]).await?, take)
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
