//! `/child/{reference}`: what a family sees of its child, and what it can do there.

mod advice;
mod dates;
mod disagree;
mod plan;
mod put_right;
mod said;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::law::{
    Clock as Watched, Obligation, Rulebook, Standing as Law, Voice, say,
};
use sendero_app::house::record::{ChildId, Command, Event, Stage as CaseStage};
use sendero_app::{CaseFile, Me, Problem};

use super::{Answer, Shown, page};
use crate::draw::{
    advice_clock, area_of, base_of, clock_of, date_words, day_words, given, happened, key_of,
    lawyer_of, look, named, own_words, path, pill_of, shows,
};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::family::{AdviceRow, Case, Decision, Decisions, Officer, WhyPage};
use crate::view::form::Filled;
use crate::view::parts::{Action, Actions, Clock, Pill, State as Mark};
use crate::view::{Frame, Kind, Link, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/child/{reference}", get(case))
        .route("/child/{reference}/dates", get(dates::all))
        .route("/child/{reference}/dates.ics", get(dates::to_calendar))
        .route("/child/{reference}/why/{duty}", get(why))
        .route("/child/{reference}/do/{duty}", get(put_right::what))
        .route("/child/{reference}/paper/{paper}", get(put_right::write).post(put_right::show))
        .route("/child/{reference}/decisions", get(decisions))
        .route("/child/{reference}/advice/{request}", get(advice::advice))
        .route("/child/{reference}/letter/{entry}", get(advice::letter))
        .route("/child/{reference}/plan", get(plan::plan).post(plan::comment))
        .route("/child/{reference}/disagree", get(disagree::form).post(disagree::tell))
        .route("/child/{reference}/messages", get(said::messages).post(said::write))
        .route("/child/{reference}/people", get(said::people))
        .route("/child/{reference}/words", get(said::own).post(said::give_own))
        .route("/child/{reference}/told", get(said::told).post(said::tell))
}

/// An open child with who is looking.
pub(super) struct Open {
    pub(super) me: Me,
    pub(super) child: ChildId,
    pub(super) file: CaseFile,
}

impl Open {
    /// A form about this child that nobody has sent yet.
    fn fresh(&self, web: &Web, visitor: &Visitor) -> Shown {
        Shown::fresh(visitor.hidden(web, None), Filled::about(&given(&self.file.record)))
    }
}

pub(super) async fn open(
    web: &Web,
    visitor: &Visitor,
    reference: &str,
    part: Part,
) -> Result<Open, Stop> {
    let me = visitor.me()?;
    let child = web.app.child_by_reference(me, reference).await?;
    let me = web.app.at_the_familys_pages(me, &child).await?;
    let file = web.app.open(&me, &child, part, "").await?;
    Ok(Open { me, child, file })
}

pub(super) fn frame(visitor: &Visitor, file: &CaseFile, tab: Tab) -> Frame {
    Frame { area: area_of(visitor), kind: Kind::Family { base: base_of(&file.record) }, tab }
}

/// The obligation that matters most to a family now: their own turn, then what is latest, then what
/// is due first. Rights and standing duties are not clocks to watch.
fn most_urgent(file: &CaseFile) -> Option<&Obligation> {
    let today = file.timeline.as_at;
    file.timeline
        .obligations
        .iter()
        .filter(|law| is_clock(file.law, law) && law.standing_on(today).is_live())
        .min_by_key(|law| {
            let theirs = file.law.duty(&law.duty).is_none_or(|duty| duty.form != "floor");
            let late = law.standing != Law::Overdue && law.standing != Law::Excused;
            let undated = law.due.is_none();
            (theirs, late, undated, law.due)
        })
}

/// Whether families watch this duty as a clock.
fn is_clock(law: &Rulebook, one: &Obligation) -> bool {
    match law.duty(&one.duty).map(|duty| duty.clock) {
        Some(Watched::Open) => true,
        Some(Watched::Late) => one.standing != Law::Pending,
        Some(Watched::No) | None => false,
    }
}

async fn case(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let Open { me, child, file } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = file.law;
    let (area, today) = (visitor.area.name.as_str(), file.now.today);
    let record = &file.record;
    let urgent = most_urgent(&file);
    let card = |one: &Obligation, open: bool| clock_of(law, record, one, today, area, open);
    let now: Option<Clock> = urgent.map(|one| card(one, one.standing == Law::Overdue));
    let big = file
        .timeline
        .obligations
        .iter()
        .filter(|one| matches!(one.duty.as_str(), "plan-20w" | "ar-12m" | "rq-6w"))
        .filter(|one| one.standing.is_live() && Some(*one) != urgent)
        .min_by_key(|one| (one.duty != "plan-20w", one.due))
        .map(|one| card(one, false));
    let looks = if shows(&file, Part::WhoLooked) {
        web.app.who_looked(&me, &child).await?
    } else {
        Vec::new()
    };
    let advice = advice_rows(&file);
    let first = file.timeline.obligations.iter().find(|one| one.duty == "rq-6w");
    let base = base_of(record);
    page(&Case {
        frame: frame(&visitor, &file, Tab::Case),
        name: given(record),
        reference: record.registered().map(|child| child.reference.to_string()).unwrap_or_default(),
        today,
        words: own_words(record, Some(format!("{base}/words"))),
        path: path(&file, true),
        now,
        actions: actions(&visitor, &file, &base),
        advice_in: advice_in(&file),
        advice,
        decisions: decisions_of(&web, &file).into_iter().take(2).collect(),
        first_decision_by: first.and_then(|one| one.due),
        big,
        plan: plan_name(&file),
        officer: officer_of(&visitor, &file),
        looks_total: u32::try_from(looks.len()).unwrap_or(u32::MAX),
        looks: looks.iter().take(3).map(|one| look(one, today)).collect(),
        base,
    })
}

fn officer_of(visitor: &Visitor, file: &CaseFile) -> Option<Officer> {
    let (_, name) = file.record.officer()?;
    Some(Officer { name: name.full(), phone: visitor.area.phone.clone(), answers_in: None })
}

/// What stands as a plan: nothing before a draft was sent.
fn plan_name(file: &CaseFile) -> Option<String> {
    match file.record.stage() {
        CaseStage::DraftSent => Some(words::word("plan", "draft")),
        CaseStage::Plan if amendments_wait(file) => Some(words::word("plan", "changes")),
        CaseStage::Plan => Some(words::word("plan", "final")),
        _ => None,
    }
}

/// Whether the family still has days to answer proposed changes, or they are being decided about.
fn amendments_wait(file: &CaseFile) -> bool {
    ["ar-final-8w", "am-anytime"]
        .iter()
        .filter_map(|id| crate::draw::duty(file, id))
        .any(|law| law.standing_on(file.timeline.as_at).is_live())
}

fn advice_in(file: &CaseFile) -> u32 {
    let received = file.record.advice().iter().filter(|advice| advice.answer.is_some()).count();
    u32::try_from(received).unwrap_or(u32::MAX)
}

fn advice_rows(file: &CaseFile) -> Vec<AdviceRow> {
    let today = file.timeline.as_at;
    file.record
        .advice()
        .iter()
        .map(|advice| {
            let law = advice_clock(file, &advice.asked.id);
            let from = words::word("body-turn", advice.request.from.word());
            let (line, pill) = match (&advice.answer, law) {
                (Some((header, _)), _) => {
                    (format!("Received {}", day_words(header.on)), Pill::of(Mark::Done, "In"))
                }
                (None, Some(law)) => {
                    let due = law.due.map(day_words).unwrap_or_default();
                    (format!("Due {due}"), pill_of(law, today))
                }
                (None, None) => (
                    format!("Asked {}", day_words(advice.asked.on)),
                    Pill::of(Mark::NotStarted, "Asked"),
                ),
            };
            let from = format!("{from}: {}", advice.request.adviser);
            let href = format!("{}/advice/{}", base_of(&file.record), advice.asked.id);
            AdviceRow { from: Link { href, text: from }, line, pill }
        })
        .collect()
}

/// What a family can do now, most useful first, a person to talk to last.
fn actions(visitor: &Visitor, file: &CaseFile, base: &str) -> Actions {
    let mut list = Vec::new();
    let mut add = |key: &str, href: String| {
        let text = words::word("do", key);
        let line = words::word("do-line", key);
        list.push(Action { link: Link { href, text }, line });
    };
    if file.record.stage() == CaseStage::DraftSent {
        add("comment", format!("{base}/plan"));
    }
    let late = file
        .timeline
        .obligations
        .iter()
        .find(|law| law.standing == Law::Overdue && is_clock(file.law, law));
    if let Some(late) = late {
        add("put-right", format!("{base}/do/{}", key_of(late)));
        add("ask-right", format!("{base}/messages"));
    }
    // Several decisions may be open to appeal: the one whose time ends first.
    let appeal = file
        .timeline
        .obligations
        .iter()
        .find(|law| law.duty == "ap-start" && law.standing == Law::Pending);
    if let Some(appeal) = appeal {
        add("appeal", format!("{base}/why/{}", key_of(appeal)));
    }
    if !file.open_decisions(file.now.today).is_empty() {
        add("disagree", format!("{base}/disagree"));
    }
    add("help", format!("{base}/help"));
    add("tell", format!("{base}/told"));
    add("write", format!("{base}/messages"));
    if !visitor.area.advice_phone.is_empty() {
        let digits: String =
            visitor.area.advice_phone.chars().filter(|c| !c.is_whitespace()).collect();
        list.push(Action {
            link: Link { href: format!("tel:{digits}"), text: words::word("do", "talk") },
            line: format!(
                "{}, free and confidential, {}",
                visitor.area.advice, visitor.area.advice_phone
            ),
        });
    }
    Actions { list }
}

fn decisions_of(web: &Web, file: &CaseFile) -> Vec<Decision> {
    let today = file.timeline.as_at;
    file.record
        .decisions()
        .iter()
        .map(|decision| {
            let how = decision.event.how();
            let duty = match decision.event {
                Event::AssessmentAgreed(_) | Event::AssessmentRefused(_) => "rq-6w",
                Event::PlanRefused(_) => "no-plan-16w",
                Event::FinalPlanSent(_) => "plan-20w",
                Event::ReviewDecisionSent(_) => "ar-dec",
                Event::AmendedPlanSent(_) => "ar-final-12w",
                Event::ReassessmentAgreed(_) | Event::ReassessmentRefused(_) => "ra-15d",
                Event::TransferLetterSent(_) => "trf-6w",
                _ => "",
            };
            let law = file
                .timeline
                .obligations
                .iter()
                .find(|law| law.duty == duty && law.done_on == Some(decision.header.on));
            let rights = file
                .timeline
                .obligations
                .iter()
                .filter(|law| {
                    matches!(law.duty.as_str(), "md-contact" | "ap-start")
                        && law.trigger.event == decision.header.id.as_str()
                })
                .map(|law| say(file.law, law, Voice::Parent))
                .collect();
            Decision {
                title: words::word("decision", decision.event.kind()),
                pill: law.map_or_else(
                    || Pill::of(Mark::Done, &words::word("decision", "taken")),
                    |law| pill_of(law, today),
                ),
                on: decision.header.on,
                by: words::role("officer"),
                sent: how.map(|how| words::word("channel", how.word())).unwrap_or_default(),
                reasons: decision.reasons.to_owned(),
                notice: notice_of(web, decision.event),
                rights,
            }
        })
        .collect()
}

/// What a notice said beside its reasons, in the order in which the law asks for it.
fn notice_of(web: &Web, event: &Event) -> Vec<String> {
    let fields = event.fact_fields().unwrap_or_default();
    let asked = web.app.rulebook().notice_for(event.kind(), &fields);
    let parts = asked.map(|notice| notice.parts.as_slice()).unwrap_or_default().iter();
    parts.filter_map(|part| event.notice()?.parts.get(&part.id).cloned()).collect()
}

async fn why(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, key)): Path<(String, String)>,
) -> Answer {
    let Open { file, .. } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = named(&file, &key).ok_or(Problem::NotFound)?;
    let base = base_of(&file.record);
    let clock = clock_of(file.law, &file.record, law, file.now.today, &visitor.area.name, true);
    let trigger = file
        .record
        .entries()
        .iter()
        .find(|entry| entry.header.id.as_str() == law.trigger.event)
        .map(|entry| {
            let what = crate::draw::title(&web.app, entry);
            (what, date_words(entry.header.on))
        });
    page(&WhyPage {
        frame: frame(&visitor, &file, Tab::Case),
        clock,
        lawyer: Some(lawyer_of(file.law, law, file.now.today, false)),
        facts: trigger.into_iter().collect(),
        actions: actions(&visitor, &file, &base),
        base,
    })
}

async fn decisions(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let Open { file, .. } = open(&web, &visitor, &reference, Part::Decisions).await?;
    let first = file.timeline.obligations.iter().find(|one| one.duty == "rq-6w");
    page(&Decisions {
        frame: frame(&visitor, &file, Tab::Case),
        base: base_of(&file.record),
        name: given(&file.record),
        list: decisions_of(&web, &file),
        first_by: first.and_then(|one| one.due),
        happened: happened(&web.app, &file),
    })
}

/// Records what a family says today.
async fn record(web: &Web, open: &Open, event: Event, typed: &Typed) -> Result<(), Problem> {
    let today = open.file.now.today;
    let command = Command::Record { event, on: today, known_on: today };
    web.app.act(&open.me, &open.child, &command, &typed.form()).await.map(drop)
}
