//! `/local-offer`: where staff write down what was decided of what is missing, what was cut, and who
//! was asked.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::offer::log::{
    Consultation, Decided, Decision, GROUPS, LogCommand, LogKind, Reduction,
};
use sendero_app::{FieldFault, GapLine, LogLine, Problem};

use super::{frame, staff};
use crate::page::offer::{asking_row, gap_row, gap_rows, reduction_row};
use crate::page::{Answer, Shown, page, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::Tab;
use crate::view::form::Filled;
use crate::view::log::{EntryDesk, GapDesk, GapsDesk, MakingDesk, ReductionsDesk};
use crate::words::word;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/local-offer/gaps", get(gaps))
        .route("/local-offer/gaps/{id}", get(gap).post(decide))
        .route("/local-offer/reductions", get(reductions).post(reduce))
        .route("/local-offer/making", get(making).post(consult))
        .route("/local-offer/entry/{id}", get(entry).post(go_on))
}

async fn gaps(State(web): State<Web>, visitor: Visitor) -> Answer {
    let (open, decided) = gap_rows(&web.app.gaps_at_desk(staff(&visitor)?).await?);
    page(&GapsDesk { frame: frame(&web, &visitor, Tab::Offer), open, decided })
}

/// A form under fresh marks, with today as the day on which it happened.
fn fresh(web: &Web, visitor: &Visitor) -> Shown {
    let filled = today_filled(Filled::default(), "on", web.app.now().today);
    Shown::fresh(visitor.hidden(web, None), filled)
}

async fn one_gap(web: &Web, visitor: &Visitor, id: &str) -> Result<GapLine, Stop> {
    let lines = web.app.gaps_at_desk(staff(visitor)?).await?;
    Ok(lines.into_iter().find(|line| line.id == id).ok_or(Problem::NotFound)?)
}

async fn gap(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let line = one_gap(&web, &visitor, &id).await?;
    gap_page(&web, &visitor, &line, fresh(&web, &visitor))
}

fn gap_page(web: &Web, visitor: &Visitor, line: &GapLine, shown: Shown) -> Answer {
    let words = |one: Decision| (one.word().to_owned(), word("gap-decision", one.word()));
    page_as(
        shown.status,
        &GapDesk {
            frame: frame(web, visitor, Tab::Offer),
            gap: gap_row(line),
            decisions: Decision::ALL.into_iter().map(words).collect(),
            hidden: shown.hidden,
            filled: shown.filled,
        },
    )
}

async fn decide(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let me = staff(&visitor)?;
    let line = one_gap(&web, &visitor, &id).await?;
    let done = match decided(&typed) {
        Ok((decided, on)) => web.app.decide_gap(me, &line.gap, decided, on, &typed.form()).await,
        Err(fault) => Err(Problem::Invalid(vec![fault])),
    };
    let shown = Shown::typed(&visitor, &typed, "");
    shown.after(done, "/local-offer/gaps", "why", |shown| gap_page(&web, &visitor, &line, shown))
}

fn decided(typed: &Typed) -> Result<(Decided, Date), FieldFault> {
    let decision = Decision::from_word(typed.get("decision"));
    let decision = decision.ok_or_else(|| FieldFault::of("decision", "choose"))?;
    let (why, by) = (typed.get("why").to_owned(), typed.get("body").to_owned());
    let again_on = typed_day(typed, "again")?;
    Ok((Decided { decision, why, by, again_on }, day(typed, "on")?))
}

/// A day that has to be there.
fn day(typed: &Typed, field: &str) -> Result<Date, FieldFault> {
    typed_day(typed, field)?.ok_or_else(|| FieldFault::of(field, "needed"))
}

async fn reductions(State(web): State<Web>, visitor: Visitor) -> Answer {
    reductions_page(&web, &visitor, fresh(&web, &visitor)).await
}

async fn reductions_page(web: &Web, visitor: &Visitor, shown: Shown) -> Answer {
    let lines = web.app.log_at_desk(staff(visitor)?, LogKind::Reduction).await?;
    page_as(
        shown.status,
        &ReductionsDesk {
            frame: frame(web, visitor, Tab::Offer),
            list: lines.iter().filter_map(reduction_row).collect(),
            hidden: shown.hidden,
            filled: shown.filled,
        },
    )
}

async fn reduce(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let me = staff(&visitor)?;
    let text = |field: &str| typed.get(field).to_owned();
    let command = day(&typed, "from").map(|from| {
        LogCommand::Reduce(Reduction {
            what: text("what"),
            from,
            by: text("body"),
            why: text("why"),
            consultation: text("consultation"),
            instead: text("instead"),
        })
    });
    match add(&web, me, command, &typed).await {
        Ok(()) => crate::page::go("/local-offer/reductions"),
        Err(problem) => {
            let shown = Shown::typed(&visitor, &typed, "").mend(problem, "what")?;
            reductions_page(&web, &visitor, shown).await
        }
    }
}

/// Writes an entry down as it was typed.
async fn add(
    web: &Web,
    me: &sendero_app::Me,
    command: Result<LogCommand, FieldFault>,
    typed: &Typed,
) -> Result<(), Problem> {
    let wrong = |fault| Problem::Invalid(vec![fault]);
    let (command, on) = (command.map_err(wrong)?, day(typed, "on").map_err(wrong)?);
    web.app.add_to_log(me, &command, on, &typed.form()).await
}

async fn making(State(web): State<Web>, visitor: Visitor) -> Answer {
    making_page(&web, &visitor, fresh(&web, &visitor)).await
}

async fn making_page(web: &Web, visitor: &Visitor, shown: Shown) -> Answer {
    let lines = web.app.log_at_desk(staff(visitor)?, LogKind::Making).await?;
    let words = |group: &&str| ((*group).to_owned(), word("asked-group", group));
    page_as(
        shown.status,
        &MakingDesk {
            frame: frame(web, visitor, Tab::Offer),
            list: lines.iter().filter_map(asking_row).collect(),
            groups: GROUPS.iter().map(words).collect(),
            hidden: shown.hidden,
            filled: shown.filled,
        },
    )
}

async fn consult(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let me = staff(&visitor)?;
    let text = |field: &str| typed.get(field).to_owned();
    let groups = typed.fields().get("groups").cloned().unwrap_or_default();
    let (about, how, said) = (text("about"), text("how"), text("said"));
    let command = LogCommand::Consult(Consultation { about, groups, how, said });
    match add(&web, me, Ok(command), &typed).await {
        Ok(()) => crate::page::go("/local-offer/making"),
        Err(problem) => {
            let shown = Shown::typed(&visitor, &typed, "").mend(problem, "about")?;
            making_page(&web, &visitor, shown).await
        }
    }
}

/// An entry of either list, and the list.
async fn one_entry(web: &Web, visitor: &Visitor, id: &str) -> Result<(LogLine, LogKind), Stop> {
    let me = staff(visitor)?;
    for kind in [LogKind::Reduction, LogKind::Making] {
        let lines = web.app.log_at_desk(me, kind).await?;
        if let Some(line) = lines.into_iter().find(|line| line.id == id) {
            return Ok((line, kind));
        }
    }
    Err(Problem::NotFound.into())
}

async fn entry(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let (line, kind) = one_entry(&web, &visitor, &id).await?;
    let shown = Shown::fresh(visitor.hidden(&web, None), Filled::default());
    entry_page(&web, &visitor, &line, kind, shown)
}

fn entry_page(web: &Web, visitor: &Visitor, line: &LogLine, kind: LogKind, shown: Shown) -> Answer {
    page_as(
        shown.status,
        &EntryDesk {
            frame: frame(web, visitor, Tab::Offer),
            back: (list_of(kind).to_owned(), word("offer-log", kind.word())),
            base: format!("/local-offer/entry/{}", line.id),
            reduction: reduction_row(line),
            asking: asking_row(line),
            hidden: [shown.hidden, visitor.hidden(web, None)],
            filled: shown.filled,
        },
    )
}

const fn list_of(kind: LogKind) -> &'static str {
    match kind {
        LogKind::Gap => "/local-offer/gaps",
        LogKind::Reduction => "/local-offer/reductions",
        LogKind::Making => "/local-offer/making",
    }
}

async fn go_on(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let me = staff(&visitor)?;
    let (line, kind) = one_entry(&web, &visitor, &id).await?;
    let command = match typed.get("act") {
        "changed" => LogCommand::Change(typed.get("changed").to_owned()),
        _ => LogCommand::TakeBack(typed.get("wrong").to_owned()),
    };
    let mut done = web.app.go_on_in_log(me, &id, &command, &typed.form()).await;
    // What changed is a field of its own name on this page.
    if let (Err(Problem::Invalid(faults)), LogCommand::Change(_)) = (&mut done, &command) {
        for fault in faults {
            "changed".clone_into(&mut fault.field);
        }
    }
    let shown = Shown::typed(&visitor, &typed, "");
    let again = |shown| entry_page(&web, &visitor, &line, kind, shown);
    shown.after(done, list_of(kind), "wrong", again)
}
