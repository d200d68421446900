//! `/child/{reference}/disagree`: what a family did about a decision: it spoke to the mediation adviser,
//! got the certificate, appealed.

use axum::extract::{Path, State};
use jiff::civil::Date;
use sendero_app::house::access::Part;
use sendero_app::house::record::{Command, Event};
use sendero_app::{FieldFault, Problem};

use super::{Open, frame, open};
use crate::draw::{base_of, given};
use crate::page::disagree::{STEPS, answer, answers, chosen};
use crate::page::{Answer, Shown, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::family::Disagree;
use crate::words;

pub(super) async fn form(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Decisions).await?;
    let today = open.file.now.today;
    let shown = open.fresh(&web, &visitor);
    let filled = today_filled(shown.filled, "on", today);
    form_page(&visitor, &open, Shown { filled, ..shown }, today)
}

/// The form; the decisions are those that were open on the day of the step.
fn form_page(visitor: &Visitor, open: &Open, shown: Shown, on: Date) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let decisions = open.file.open_decisions(on);
    let only = match decisions.as_slice() {
        [one] => one.whole().map(|about| answer(one, about).1),
        _ => None,
    };
    let which = if decisions.len() > 1 { answers(&decisions, false) } else { Vec::new() };
    let steps = STEPS.map(|step| (step, words::word("step", step)));
    page_as(
        status,
        &Disagree {
            frame: frame(visitor, &open.file, Tab::Case),
            hidden,
            base: base_of(&open.file.record),
            any: open.file.timeline.obligations.iter().any(|law| law.duty == "md-contact"),
            only,
            which: owned(which),
            steps: owned(steps.to_vec()),
            filled,
        },
    )
}

fn owned(answers: Vec<(&str, String)>) -> Vec<(String, String)> {
    answers.into_iter().map(|(value, text)| (value.to_owned(), text)).collect()
}

pub(super) async fn tell(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Decisions).await?;
    let today = open.file.now.today;
    let on = typed_day(&typed, "on").ok().flatten().unwrap_or(today);
    let done = match command(&open, &typed, on) {
        Ok(command) => web.app.act(&open.me, &open.child, &command, &typed.form()).await.map(drop),
        Err(problem) => Err(problem),
    };
    let to = format!("{}/decisions", base_of(&open.file.record));
    let kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    kept.after(done, &to, "on-day", |shown| form_page(&visitor, &open, shown, on))
}

/// What the form asks the record to take; all that is wrong with it is said at once.
fn command(open: &Open, typed: &Typed, on: Date) -> Result<Command, Problem> {
    let today = open.file.now.today;
    let decisions = open.file.open_decisions(on);
    let mut faults = Vec::new();
    let step = Some(typed.get("step")).filter(|step| STEPS.contains(step));
    if step.is_none() {
        faults.push(FieldFault::of("step", "choose"));
    }
    match typed_day(typed, "on") {
        Ok(Some(_)) => {}
        Ok(None) => faults.push(FieldFault::of("on", "needed")),
        Err(fault) => faults.push(fault),
    }
    let about = chosen(&decisions, typed.get("about")).unwrap_or_else(|fault| {
        faults.push(fault);
        None
    });
    // The page has named the only decision that it can be.
    let about = match decisions.as_slice() {
        [one] => one.whole(),
        _ => about,
    };
    let event = step.and_then(|step| Event::disagreeing(step, typed.get("words").trim(), about));
    match event {
        Some(event) if faults.is_empty() => Ok(Command::Record { event, on, known_on: today }),
        _ => Err(Problem::Invalid(faults)),
    }
}
