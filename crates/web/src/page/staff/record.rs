//! `/case/{reference}/record`: what came in. Each kind has its form, with the day it happened and the
//! day the authority knew; whatever happened can be recorded, however unlawful.

mod read;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::Problem;
use sendero_app::house::access::Part;
use sendero_app::house::record::{
    Body, Disputed, NeedArea, Outcome, Requester, SettingKind, Topic, WhyNotInEducation,
};

use super::desk::{family, full_name};
use super::plan::{plan_fields, with_plan};
use super::{Open, frame, open};
use crate::page::{Answer, disagree, filled, go, held_day, mend, page, page_as, today_filled};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{Field, Kinds, Record};
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/record", get(kinds))
        .route("/case/{reference}/record/{kind}", get(form).post(record))
}

/// What can be recorded here, under the heading it stands beneath.
const KINDS: [(&str, &[&str]); 6] = [
    (
        "family",
        &[
            "own-words-given",
            "told",
            "representations-made",
            "meeting-required",
            "request-withdrawn",
            "complaint-made",
            "complaint-acknowledged",
            "complaint-extended",
            "complaint-answered",
            "complaint-second-stage",
            "complaint-second-acknowledged",
            "complaint-closed",
        ],
    ),
    (
        "child",
        &[
            "need-noted",
            "setting-changed",
            "closure-noted",
            "out-of-education",
            "back-in-education",
            "child-absent",
            "suspended",
            "permanently-excluded",
            "suitable-education-arranged",
            "reinstatement-considered",
            "moved-area",
        ],
    ),
    (
        "assessment",
        &[
            "assessment-requested",
            "brought-to-attention",
            "advice-received",
            "earlier-advice-accepted",
            "appointment-missed",
            "officer-meeting-held",
        ],
    ),
    (
        "in-force",
        &[
            "review-meeting-held",
            "review-report-sent",
            "reassessment-requested",
            "cease-considered",
            "cease-consulted",
            "cease-resolved",
            "plan-ceased",
            "plan-transferred",
        ],
    ),
    (
        "paper",
        &[
            "assessment-agreed",
            "assessment-refused",
            "plan-refused",
            "draft-plan-sent",
            "final-plan-sent",
            "review-decision-sent",
            "amendment-notice-sent",
            "amended-plan-sent",
            "not-amending-sent",
            "reassessment-agreed",
            "reassessment-refused",
            "cease-decided",
            "transfer-letter-sent",
        ],
    ),
    (
        "disagreeing",
        &[
            "mediation-contacted",
            "mediation-wanted",
            "mediation-declined",
            "mediation-held",
            "mediation-certificate-issued",
            "appeal-made",
            "appeal-registered",
        ],
    ),
];

/// Every kind that has a form here.
pub(super) fn recorded_kinds() -> impl Iterator<Item = &'static str> {
    KINDS.iter().flat_map(|(_, kinds)| kinds.iter().copied())
}

async fn kinds(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let link = |kind: &&str| Link {
        href: format!("{}/record/{kind}", open.base),
        text: words::word("came", kind),
    };
    page(&Kinds {
        frame: frame(&web, &visitor, Tab::MyChildren),
        child: open.head(),
        groups: KINDS
            .iter()
            .map(|(group, kinds)| {
                (words::word("came-group", group), kinds.iter().map(link).collect())
            })
            .collect(),
    })
}

async fn form(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, kind)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let filled = Filled::about(&full_name(&open.file.record));
    let filled = today_filled(filled, "on", open.file.now.today);
    let filled = with_plan(filled, &open.file.record.plan_text());
    let only = match open.file.open_decisions(open.file.now.today).as_slice() {
        [one] if kind == "appeal-made" => one.whole(),
        _ => None,
    };
    let filled = only.map_or(filled.clone(), |about| filled.with(disagree::FIELD, about.word()));
    let hidden = visitor.hidden(&web, None);
    record_page(&web, &visitor, &open, &kind, hidden, filled, StatusCode::OK)
}

fn record_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    kind: &str,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    if !recorded_kinds().any(|known| known == kind) {
        return Err(Problem::NotFound.into());
    }
    let says_who = matches!(kind, "own-words-given" | "told" | "need-noted" | "out-of-education");
    page_as(
        status,
        &Record {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            kind: kind.to_owned(),
            title: words::word("came", kind),
            for_whom: if says_who { family(&open.file) } else { Vec::new() },
            fields: fields(open, kind, &filled),
            filled,
        },
    )
}

/// The words of a closed list, as answers.
fn answers<'a>(list: &str, values: impl Iterator<Item = &'a str>) -> Vec<(&'a str, String)> {
    values.map(|value| (value, words::word(list, value))).collect()
}

/// A drop-down of these answers.
fn choice(filled: &Filled, id: &str, answers: &[(&str, String)]) -> Field {
    let mut list = vec![("", words::word("came-field", "choose"))];
    list.extend_from_slice(answers);
    Field::Choices(filled.list(id, words::word("came-field", id), "", &list))
}

fn yes_no(filled: &Filled, id: &str) -> Field {
    let (yes, no) = (words::word("came-field", "yes"), words::word("came-field", "no"));
    let list = [("yes", yes.as_str()), ("no", no.as_str())];
    Field::Choices(filled.inline(id, words::word("came-field", id), "", &list))
}

fn line(filled: &Filled, id: &str) -> Field {
    Field::Text(filled.line(id, words::word("came-field", id), ""))
}

fn day(filled: &Filled, id: &str) -> Field {
    Field::Date(filled.date(id, &words::word("came-field", id), ""))
}

/// The fields of a kind alone.
fn fields(open: &Open<'_>, kind: &str, filled: &Filled) -> Vec<Field> {
    let bodies = || answers("body", Body::ALL.iter().map(|body| body.word()));
    match kind {
        "own-words-given" => vec![line(filled, "told-to")],
        "told" => {
            vec![choice(filled, "topic", &answers("topic", Topic::ALL.iter().map(|t| t.word())))]
        }
        "representations-made" => {
            vec![yes_no(filled, "agrees"), yes_no(filled, "meeting"), line(filled, "school")]
        }
        "need-noted" => vec![
            choice(filled, "area", &answers("need", NeedArea::ALL.iter().map(|a| a.word()))),
            line(filled, "diagnosis"),
        ],
        "setting-changed" => vec![
            choice(
                filled,
                "setting-kind",
                &answers("setting", SettingKind::ALL.iter().map(|kind| kind.word())),
            ),
            line(filled, "setting"),
        ],
        "closure-noted" | "child-absent" => vec![day(filled, "from"), day(filled, "to")],
        "out-of-education" => vec![choice(
            filled,
            "why",
            &answers("why-out", WhyNotInEducation::ALL.iter().map(|why| why.word())),
        )],
        "suspended" => vec![line(filled, "school-days")],
        "assessment-requested" | "brought-to-attention" | "reassessment-requested" => vec![choice(
            filled,
            "by",
            &answers("requester", Requester::ALL.iter().map(|by| by.word())),
        )],
        "advice-received" => vec![choice(filled, "request", &open_requests(open))],
        "earlier-advice-accepted" => {
            vec![choice(filled, "body", &bodies()), line(filled, "adviser")]
        }
        "appointment-missed" => vec![choice(filled, "body", &bodies())],
        "assessment-agreed" | "assessment-refused" => {
            vec![yes_no(filled, "needs"), yes_no(filled, "necessary")]
        }
        "draft-plan-sent" => vec![plan(filled)],
        "final-plan-sent" | "amended-plan-sent" => vec![yes_no(filled, "names"), plan(filled)],
        "review-decision-sent" => vec![
            choice(filled, "outcome", &answers("outcome", Outcome::ALL.iter().map(|of| of.word()))),
            yes_no(filled, "included"),
            plan(filled),
        ],
        "amendment-notice-sent" => {
            vec![yes_no(filled, "included"), yes_no(filled, "outside"), plan(filled)]
        }
        "plan-transferred" if goes_away(open) => {
            vec![day(filled, "made-on"), day(filled, "last-reviewed")]
        }
        "plan-transferred" => {
            vec![day(filled, "made-on"), day(filled, "last-reviewed"), plan(filled)]
        }
        step if disagree::STEPS.contains(&step) => which_decision(open, step, filled),
        _ => Vec::new(),
    }
}

/// Which of the decisions that were open on the day of a step it is about, where there were several. An
/// appeal says what it is about in any case, as far as that is known.
fn which_decision(open: &Open<'_>, step: &str, filled: &Filled) -> Vec<Field> {
    let is_appeal = step == "appeal-made";
    let on = held_day(filled, "on").unwrap_or(open.file.now.today);
    let decisions = open.file.open_decisions(on);
    if decisions.len() > 1 {
        let answers = disagree::answers(&decisions, is_appeal);
        let label = words::word("came-field", "which");
        return vec![Field::Choices(filled.one(disagree::FIELD, label, "", &answers))];
    }
    let all = answers("appeal", Disputed::ALL.iter().map(|about| about.word()));
    is_appeal.then(|| choice(filled, disagree::FIELD, &all)).into_iter().collect()
}

fn plan(filled: &Filled) -> Field {
    Field::Plan(plan_fields(filled, false))
}

/// Whether a plan that is passed on leaves here.
fn goes_away(open: &Open<'_>) -> bool {
    open.file.record.moved_by(open.file.now.today)
}

/// The requests that wait for advice, by the entry that asked.
fn open_requests<'a>(open: &'a Open<'_>) -> Vec<(&'a str, String)> {
    let advice = open.file.record.advice().into_iter().filter(|one| one.answer.is_none());
    advice
        .map(|one| {
            let body = words::word("body-turn", one.request.from.word());
            (one.asked.id.as_str(), format!("{body}: {}", one.request.adviser))
        })
        .collect()
}

async fn record(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, kind)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let done = match read::command(&open, &kind, &typed) {
        Ok(command) => web.app.act(open.me, &open.child, &command, &typed.form()).await.map(drop),
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => go(&open.saved("recorded")),
        Err(problem) => {
            let kept = filled(&full_name(&open.file.record), &typed, &[]);
            let field = field_of(&problem, &kind);
            let kept = mend(problem, kept, field)?;
            let hidden = visitor.again(&typed);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            record_page(&web, &visitor, &open, &kind, hidden, kept, status)
        }
    }
}

/// Where on the form a refusal can be mended.
fn field_of(problem: &Problem, kind: &str) -> &'static str {
    use sendero_app::house::record::Refusal;
    match problem {
        Problem::Refused(Refusal::Empty { .. } | Refusal::TooLong { .. }) => "words",
        Problem::Refused(Refusal::NotServed) => "how",
        Problem::Refused(Refusal::Reversed { .. }) if kind != "plan-transferred" => "to-day",
        _ => "on-day",
    }
}
