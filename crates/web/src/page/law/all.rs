//! `/law/all` and `/law/rulebook.json`: the whole rulebook, on one page to print and as data.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use sendero_app::house::law::{Duty, Rulebook, STAGES, Status};

use super::{capital, checked_words, frame, notice_row, row_of, said};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::public::{LawAll, WholeDuty, WholeStage};
use crate::words;

pub(super) async fn all(State(web): State<Web>, visitor: Visitor) -> Answer {
    let law = web.app.rulebook_of(&visitor.area.code);
    let stages = STAGES.into_iter().map(|stage| WholeStage {
        id: format!("stage-{stage}"),
        title: words::word("law-stage", stage),
        duties: law
            .duties()
            .iter()
            .filter(|duty| duty.stage == stage)
            .map(|duty| whole(law, duty))
            .collect(),
    });
    page(&LawAll {
        frame: frame(&web, &visitor),
        duties: law.duties().len(),
        hash: law.hash().to_owned(),
        stages: stages.collect(),
        notices: law.notices().iter().map(notice_row).collect(),
    })
}

fn whole(law: &Rulebook, duty: &Duty) -> WholeDuty {
    let claimants: Vec<&str> = duty
        .owed_to
        .iter()
        .filter(|party| **party != duty.owner)
        .filter_map(|party| law.party(party))
        .map(|party| party.words.as_str())
        .collect();
    let remedies: Vec<&str> = duty
        .remedies
        .iter()
        .filter_map(|remedy| law.remedy(remedy))
        .map(|remedy| remedy.title.as_str())
        .collect();
    WholeDuty {
        row: row_of(law, duty),
        claimant: claimants.join(", "),
        period: duty.period.clone().unwrap_or_default(),
        no_number: duty.period.is_none() && duty.status == Status::InForce,
        say: capital(&said(duty, "rule")),
        cite: duty.cite.clone(),
        checked: checked_words(duty),
        remedies: remedies.join(", "),
    }
}

/// The rulebook as data. Any site's scripts may read it: it is open, and the same for everybody.
pub(super) async fn json(State(web): State<Web>) -> Answer {
    let head = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((head, web.app.rulebook().published().to_string()).into_response())
}
