//! `/law/all` and `/law/rulebook.json`: the whole rulebook, on one page to print and as data.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use axum::http::header;
use axum::response::IntoResponse;
use sendero_app::house::law::{Duty, STAGES, Status};

use super::whose::{Here, here};
use super::{capital, checked_words, frame, notice_row, said};
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::public::{LawAll, WholeDuty, WholeStage};
use crate::words;

pub(super) async fn all(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let here = here(&web, &visitor, &asked).await?;
    let law = here.law.rulebook;
    let has_own = law.duties().iter().any(|duty| duty.beside.is_some());
    let stages = STAGES.into_iter().map(|stage| WholeStage {
        id: format!("stage-{stage}"),
        title: words::word("law-stage", stage),
        duties: law
            .duties()
            .iter()
            .filter(|duty| duty.stage == stage)
            .map(|duty| whole(&here, duty))
            .collect(),
    });
    page(&LawAll {
        frame: frame(&web, &visitor),
        areas: here.areas("/law/all", ""),
        data: (
            "/law/rulebook.json".to_owned(),
            has_own.then(|| format!("/law/rulebook.json?area={}", here.area.code)),
        ),
        duties: law.duties().len(),
        hash: law.hash().to_owned(),
        stages: stages.collect(),
        notices: law.notices().iter().map(notice_row).collect(),
    })
}

fn whole(here: &Here, duty: &Duty) -> WholeDuty {
    let law = here.law.rulebook;
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
        row: here.row(duty),
        claimant: claimants.join(", "),
        period: duty.period.clone().unwrap_or_default(),
        no_number: duty.period.is_none() && duty.status == Status::InForce,
        say: capital(&said(duty, "rule")),
        cite: duty.cite.clone(),
        checked: checked_words(duty),
        remedies: remedies.join(", "),
    }
}

/// The rulebook as data. Any site's scripts may read it: it is open, and the same for everybody. With
/// the code of an area, what that area has promised stands with it, in files of its own.
pub(super) async fn json(
    State(web): State<Web>,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let law = match asked.get("area") {
        Some(code) => web.app.rulebook_of(&web.app.area(code).await?.code),
        None => web.app.rulebook(),
    };
    let head = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    Ok((head, law.published().to_string()).into_response())
}
