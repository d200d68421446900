//! Recomputes every hash and compares stored rows with a fresh fold of the events.

use sendero_store::VerifyReport;

use crate::{App, Problem};

/// What a check of the whole database found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Each area: code, number of events, head hash.
    pub areas: Vec<(String, i64, String)>,
    /// How many children's rows were compared.
    pub children: u64,
    /// Everything that is wrong: area, stream, place and what.
    pub findings: Vec<(String, String, i64, String)>,
}

impl App {
    /// Checks the whole database.
    ///
    /// # Errors
    /// Only where the database fails; what is wrong inside it is a finding.
    pub async fn verify(&self) -> Result<Verified, Problem> {
        let today = self.now().today;
        let rulebook = self.rulebook;
        let report: VerifyReport = self
            .store
            .verify_rows(&|_, stored| {
                // Rows of another rulebook, or past their day, are refreshed on sight: not wrong.
                let stale = stored.head.rulebook != rulebook.hash()
                    || stored.head.holds_until <= today.to_string();
                if stale {
                    return None;
                }
                let record = crate::open::record_of(stored).ok()?;
                Some(crate::projection::rows_of(rulebook, &record))
            })
            .await?;
        Ok(Verified {
            areas: report
                .areas
                .into_iter()
                .map(|area| (area.authority, area.events, area.head))
                .collect(),
            children: report.children_compared,
            findings: report
                .findings
                .into_iter()
                .map(|found| {
                    (found.authority, found.stream, found.seq, format!("{:?}", found.fault))
                })
                .collect(),
        })
    }
}
