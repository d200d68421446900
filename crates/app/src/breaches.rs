//! The register of a whole area: what was late, by duty, by the system that held it up and by month,
//! and with which doubts refusals went all the same. Counts alone, for whoever leads the team.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_access::Act;
use sendero_record::{Mark, Record, USED_BEFORE_MIN, marks};

use crate::{App, CaseFile, Me, Now, Problem};

/// A count of the register, with what of it is not done yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// What is counted: a duty, a cause as `projection` names it, or a month (`2026-11`).
    pub key: String,
    /// How many.
    pub many: i64,
    /// How many of them are still open.
    pub open: i64,
}

/// The register of an area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaRegister {
    /// The moment.
    pub now: Now,
    /// The first day that it counts.
    pub from: Date,
    /// All of it.
    pub total: Tally,
    /// By duty, most first.
    pub by_duty: Vec<Tally>,
    /// By what each waited for on its last day, most first.
    pub by_cause: Vec<Tally>,
    /// By the month in which it became late, oldest first.
    pub by_month: Vec<Tally>,
    /// Refusals that were sent or recorded.
    pub refusals: i64,
    /// How many of them went with at least one doubt.
    pub went_on: i64,
    /// Each doubt with the refusals that went with it, most first.
    pub doubts: Vec<(String, i64)>,
}

/// The spans that can be asked for, in months.
pub const SPANS: [u8; 3] = [3, 12, 36];

/// Counts below this are not given to others as they are.
pub const SMALL: i64 = 5;

/// A count as it may leave the office: small ones say only that they are small.
#[must_use]
pub fn guarded(count: i64) -> String {
    match count {
        0 => "0".to_owned(),
        1..SMALL => format!("1 to {}", SMALL - 1),
        _ => count.to_string(),
    }
}

/// A wording that stood in other refusals of the office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// The sentences of these reasons in which it stands.
    pub passage: String,
    /// In the refusals of how many other children.
    pub others: usize,
}

impl App {
    /// What was late in the area in the last so many months, this one included.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody but a manager.
    pub async fn area_register(&self, me: &Me, months: u8) -> Result<AreaRegister, Problem> {
        self.may_in_office(me, Act::Forecast)?;
        let now = self.now();
        self.refresh(&me.authority, &now).await?;
        self.trace(me, &now, "", "breaches", "", "").await?;
        let back = jiff::Span::new().months(i64::from(months.max(1)) - 1);
        let from = now.today.first_of_month().saturating_sub(back);
        let (first, last) = (from.to_string(), now.today.to_string());
        let own = self.own_family(me, &now).await?.ids();
        let late = self.store.breaches(&me.authority, &first, &last, &own).await?;
        let refused = self.store.refusals(&me.authority, &first, &last, &own).await?;
        let mut doubts: BTreeMap<String, i64> = BTreeMap::new();
        for one in &refused {
            for doubt in one.went_on.split_whitespace() {
                *doubts.entry(doubt.to_owned()).or_default() += one.many;
            }
        }
        let mut doubts: Vec<(String, i64)> = doubts.into_iter().collect();
        doubts.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
        let tallied = |key: fn(&sendero_store::BreachCount) -> &str| {
            let mut tallies: BTreeMap<&str, (i64, i64)> = BTreeMap::new();
            for one in &late {
                let (many, open) = tallies.entry(key(one)).or_default();
                *many += one.many;
                *open += one.open;
            }
            let tally = |(key, (many, open)): (&str, _)| Tally { key: key.to_owned(), many, open };
            tallies.into_iter().map(tally).collect::<Vec<_>>()
        };
        let most_first = |mut tallies: Vec<Tally>| {
            tallies.sort_by_key(|one| std::cmp::Reverse((one.many, one.open)));
            tallies
        };
        Ok(AreaRegister {
            from,
            total: Tally {
                key: String::new(),
                many: late.iter().map(|one| one.many).sum(),
                open: late.iter().map(|one| one.open).sum(),
            },
            by_duty: most_first(tallied(|one| &one.duty)),
            by_cause: most_first(tallied(|one| &one.held_by)),
            by_month: tallied(|one| &one.month),
            refusals: refused.iter().map(|one| one.many).sum(),
            went_on: refused.iter().filter(|one| !one.went_on.is_empty()).map(|one| one.many).sum(),
            doubts,
            now,
        })
    }

    /// The wording of these reasons that stood in most other refusals of the office, where it stood
    /// in enough of them to ask whether it is about this child.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn stood_before(
        &self,
        me: &Me,
        file: &CaseFile,
        reasons: &str,
    ) -> Result<Option<Stood>, Problem> {
        self.stood(&me.authority, &file.record, reasons).await
    }

    pub(crate) async fn stood(
        &self,
        authority: &str,
        record: &Record,
        reasons: &str,
    ) -> Result<Option<Stood>, Problem> {
        let marks = marks(reasons, record);
        if marks.is_empty() {
            return Ok(None);
        }
        let asked: Vec<String> = marks.iter().map(|one| one.mark.clone()).collect();
        let child = record.child().as_str();
        let found = self.store.marks_elsewhere(authority, child, &asked).await?;
        let most = found.iter().max_by_key(|(_, others)| *others);
        Ok(most.and_then(|(mark, others)| {
            let others = usize::try_from(*others).unwrap_or_default();
            let Mark { passage, .. } = marks.iter().find(|one| one.mark == *mark)?;
            (others >= USED_BEFORE_MIN).then(|| Stood { passage: passage.clone(), others })
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_counts_do_not_leave_the_office() {
        for (count, said) in [(0, "0"), (1, "1 to 4"), (4, "1 to 4"), (5, "5"), (120, "120")] {
            assert_eq!(guarded(count), said);
        }
    }
}
