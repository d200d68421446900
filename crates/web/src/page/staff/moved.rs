//! `/children/new/plan` and `/case/{reference}/pass-on`: a plan that comes from another council, and one
//! that goes to another.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, Query, State};
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::record::{Command, NewPlan, PlanText, Relation, SettingKind};
use sendero_app::{FamilyTyped, FieldFault, Problem, name_of};

use super::desk::{due_of, full_name};
use super::new_child::relations;
use super::plan::{paper_text, plan_fields, with_plan};
use super::{Open, frame, open};
use crate::draw::duty;
use crate::page::{Answer, Shown, go, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::form::Filled;
use crate::view::officer::{CamePlan, PassOn};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/children/new/plan", get(came).post(take))
        .route("/case/{reference}/pass-on", get(leaves).post(pass_on))
}

async fn came(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let me = visitor.me()?;
    let passed = web.app.passed_plans(me).await?;
    let today = web.app.now().today;
    let (id, filled) = match asked.get("passed") {
        None => (String::new(), today_filled(Filled::default(), "on", today)),
        Some(id) => {
            let found = passed.into_iter().find(|one| one.id == *id).ok_or(Problem::NotFound)?;
            (found.id, filled_with(&found.plan))
        }
    };
    came_page(&web, &visitor, id, Shown::fresh(visitor.hidden(&web, None), filled))
}

/// The form with what was sent in it, to be read and put right before the record is opened.
fn filled_with(plan: &NewPlan) -> Filled {
    let days = [
        ("on", Some(plan.on)),
        ("born", plan.born),
        ("made-on", plan.made_on),
        ("last-reviewed", plan.last_reviewed),
    ];
    let filled = days.into_iter().fold(Filled::default(), |filled, (field, day)| match day {
        Some(day) => today_filled(filled, field, day),
        None => filled,
    });
    let filled = filled.with("from-council", &plan.from).with("child-name", &plan.name.full());
    let filled = plan.setting.iter().fold(filled, |filled, (kind, name)| {
        filled
            .with("setting-kind", kind.word())
            .with("setting", name.as_deref().unwrap_or_default())
    });
    let filled = plan.family.iter().fold(filled, |filled, family| {
        filled
            .with("their-name", &family.name.full())
            .with("relation", family.relation.word())
            .with("email", family.contact.email.as_deref().unwrap_or_default())
            .with("phone", family.contact.phone.as_deref().unwrap_or_default())
    });
    with_plan(filled, &plan.plan)
}

fn came_page(web: &Web, visitor: &Visitor, passed: String, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let setting =
        |kind: &SettingKind| (kind.word().to_owned(), words::word("setting", kind.word()));
    page_as(
        status,
        &CamePlan {
            frame: frame(web, visitor, Tab::MyChildren),
            hidden,
            passed,
            settings: SettingKind::ALL.iter().map(setting).collect(),
            relations: relations(),
            plan: plan_fields(&filled, true),
            filled,
        },
    )
}

async fn take(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let me = visitor.me()?;
    let passed = typed.get("passed").to_owned();
    let from = Some(passed.as_str()).filter(|id| !id.is_empty());
    let done = match plan_of(&typed) {
        Ok(plan) => web.app.take_plan(me, &plan, from, &typed.form()).await,
        Err(faults) => Err(Problem::Invalid(faults)),
    };
    match done {
        Ok(reference) => go(&format!("/case/{}?saved=plan", reference.as_str())),
        Err(problem) => {
            let kept = Shown::typed(&visitor, &typed, "").mend(problem, "on-day")?;
            came_page(&web, &visitor, passed, kept)
        }
    }
}

/// The plan as typed, or everything that is wrong with it.
fn plan_of(typed: &Typed) -> Result<NewPlan, Vec<FieldFault>> {
    let mut faults = Vec::new();
    for field in ["from-council", "child-name"] {
        if typed.get(field).trim().is_empty() {
            faults.push(FieldFault::of(field, "needed"));
        }
    }
    let mut day = |field: &str| {
        typed_day(typed, field).unwrap_or_else(|fault| {
            faults.push(fault);
            None
        })
    };
    let (on, born) = (day("on"), day("born"));
    let (made_on, last_reviewed) = (day("made-on"), day("last-reviewed"));
    if on.is_none() && faults.iter().all(|fault| fault.field != "on") {
        faults.push(FieldFault::of("on", "needed"));
    }
    let relation = Relation::from_word(typed.get("relation"));
    let typed_in = |field: &str| !typed.get(field).trim().is_empty();
    let somebody = ["email", "phone"].into_iter().any(typed_in) || relation.is_some();
    if somebody && !typed_in("their-name") {
        faults.push(FieldFault::of("their-name", "needed"));
    }
    if typed_in("their-name") && relation.is_none() {
        faults.push(FieldFault::of("relation", "needed"));
    }
    let Some(on) = on.filter(|_| faults.is_empty()) else { return Err(faults) };
    let family = FamilyTyped {
        name: typed.get("their-name").to_owned(),
        relation,
        email: typed.get("email").to_owned(),
        phone: typed.get("phone").to_owned(),
    };
    let place = Some(typed.get("setting").trim().to_owned()).filter(|name| !name.is_empty());
    Ok(NewPlan {
        name: name_of(typed.get("child-name")),
        born,
        setting: SettingKind::from_word(typed.get("setting-kind")).map(|kind| (kind, place)),
        family: family.named(),
        from: typed.get("from-council").trim().to_owned(),
        on,
        made_on,
        last_reviewed,
        plan: paper_text(typed, &PlanText::default()),
    })
}

async fn leaves(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let shown = open.fresh(&web, &visitor);
    leave_page(&web, &visitor, &open, shown).await
}

async fn leave_page(web: &Web, visitor: &Visitor, open: &Open<'_>, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let areas = web.app.areas().await?.into_iter().filter(|area| area.code != visitor.area.code);
    let due = duty(&open.file, "trf-plan").filter(|law| law.standing.is_live());
    let anywhere = Command::PassPlan { to: words::word("pass-on", "anywhere") };
    let goes = ["who", "family", "days", "text"].map(|what| words::word("pass-on", what));
    page_as(
        status,
        &PassOn {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            due: due.map(|law| due_of(law, open.file.now.today)),
            withheld: open.refusal_of(web, &anywhere).map(|refusal| words::refusal(&refusal)),
            areas: areas.map(|area| (area.name.clone(), area.name)).collect(),
            goes: goes.to_vec(),
            filled,
        },
    )
}

async fn pass_on(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let (to, field) = match typed.get("to") {
        "other" => (typed.get("to-other").trim(), "to-other"),
        chosen => (chosen, "to"),
    };
    let done = if to.is_empty() {
        Err(Problem::Invalid(vec![FieldFault::of(field, "needed")]))
    } else {
        open.act(&web, &Command::PassPlan { to: to.to_owned() }, &typed).await
    };
    let Err(problem) = done else { return go(&open.saved("passed")) };
    let kept = Shown::typed(&visitor, &typed, &full_name(&open.file.record));
    leave_page(&web, &visitor, &open, kept.mend(problem, field)?).await
}
