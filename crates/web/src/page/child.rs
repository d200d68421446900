//! `/child/{reference}`: what a family sees of its child, and what it can do there.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::law::{Obligation, Standing as Law, Voice, say};
use sendero_app::house::record::{
    ChildId, Command, Event, MessageWritten, OwnWordsGiven, PlanText, Relation,
    RepresentationsMade, Section as PlanSection, Stage as CaseStage, Told as ToldEvent, Topic,
};
use sendero_app::{CaseFile, Me, Problem};

use super::{Answer, filled, go, mend, page, page_as};
use crate::draw::{
    area_of, base_of, clock_of, date_words, day_words, given, happened, look, moment, own_words,
    path, pill_of, shows,
};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::family::{
    AdviceRow, Case, Decision, Decisions, Message, Messages, Officer, OwnWords, People, Person,
    Plan, Section, SectionText, Stage, Told, ToldOnce, WhyPage,
};
use crate::view::form::Filled;
use crate::view::parts::{Action, Actions, Clock, Pill, Said, State as Mark};
use crate::view::{Frame, Kind, Link, Tab};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/child/{reference}", get(case))
        .route("/child/{reference}/why/{duty}", get(why))
        .route("/child/{reference}/decisions", get(decisions))
        .route("/child/{reference}/plan", get(plan).post(comment))
        .route("/child/{reference}/messages", get(messages).post(write))
        .route("/child/{reference}/people", get(people))
        .route("/child/{reference}/words", get(own).post(give_own))
        .route("/child/{reference}/told", get(told).post(tell))
}

/// An open child with who is looking.
struct Open<'a> {
    me: &'a Me,
    child: ChildId,
    file: CaseFile,
}

async fn open<'a>(
    web: &Web,
    visitor: &'a Visitor,
    reference: &str,
    part: Part,
) -> Result<Open<'a>, Stop> {
    let me = visitor.me()?;
    let child = web.app.child_by_reference(me, reference).await?;
    let file = web.app.open(me, &child, part, "").await?;
    Ok(Open { me, child, file })
}

fn frame(visitor: &Visitor, file: &CaseFile, tab: Tab) -> Frame {
    Frame { area: area_of(visitor), kind: Kind::Family { base: base_of(&file.record) }, tab }
}

/// The obligation that matters most to a family now: their own turn, then what is latest, then what
/// is due first. Rights and standing duties are not clocks to watch.
fn most_urgent(file: &CaseFile) -> Option<&Obligation> {
    let today = file.timeline.as_at;
    file.timeline
        .obligations
        .iter()
        .filter(|law| is_clock(law) && law.standing_on(today).is_live())
        .min_by_key(|law| {
            let theirs = law.duty != "plan-reps-15d";
            let late = law.standing != Law::Overdue && law.standing != Law::Excused;
            let undated = law.due.is_none();
            (theirs, late, undated, law.due)
        })
}

/// Whether families watch this duty as a clock.
fn is_clock(law: &Obligation) -> bool {
    matches!(
        law.duty.as_str(),
        "rq-6w"
            | "as-advice-6w"
            | "no-plan-16w"
            | "plan-draft"
            | "plan-reps-15d"
            | "plan-20w"
            | "plan-meeting"
            | "ar-12m"
    ) && !(law.duty == "no-plan-16w" && law.standing == Law::Pending)
}

async fn case(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let Open { me, child, file } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = web.app.rulebook();
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
        web.app.who_looked(me, &child).await?
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
        CaseStage::Plan => Some(words::word("plan", "final")),
        _ => None,
    }
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
            let law = file
                .timeline
                .obligations
                .iter()
                .find(|law| law.trigger.event == advice.asked.id.as_str());
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
            AdviceRow { from: format!("{from}: {}", advice.request.adviser), line, pill }
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
    let late =
        file.timeline.obligations.iter().any(|law| law.standing == Law::Overdue && is_clock(law));
    if late {
        add("ask-right", format!("{base}/messages"));
    }
    let can_appeal = file
        .timeline
        .obligations
        .iter()
        .any(|law| law.duty == "ap-start" && law.standing == Law::Pending);
    if can_appeal {
        add("appeal", format!("{base}/why/ap-start"));
    }
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
            let (duty, how) = match decision.event {
                Event::AssessmentAgreed(of) | Event::AssessmentRefused(of) => {
                    ("rq-6w", of.notice.how)
                }
                Event::PlanRefused(of) => ("no-plan-16w", of.notice.how),
                Event::FinalPlanSent(of) => ("plan-20w", of.notice.how),
                Event::ReviewDecisionSent(_) => ("ar-12m", None),
                _ => ("", None),
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
                .map(|law| say(web.app.rulebook(), law, Voice::Parent))
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
                rights,
            }
        })
        .collect()
}

async fn why(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, duty)): Path<(String, String)>,
) -> Answer {
    let Open { file, .. } = open(&web, &visitor, &reference, Part::Case).await?;
    let law = crate::draw::duty(&file, &duty).ok_or(Problem::NotFound)?;
    let base = base_of(&file.record);
    let clock =
        clock_of(web.app.rulebook(), &file.record, law, file.now.today, &visitor.area.name, true);
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
        happened: happened(&web.app, &file, false),
    })
}

/// The plan that was last sent, and when.
fn sent_plan(file: &CaseFile) -> Option<(&PlanText, jiff::civil::Date, bool)> {
    let entry = file.record.last_of(&["draft-plan-sent", "final-plan-sent"])?;
    match &entry.event {
        Event::DraftPlanSent(sent) => Some((&sent.plan, entry.header.on, false)),
        Event::FinalPlanSent(sent) => Some((&sent.plan, entry.header.on, true)),
        _ => None,
    }
}

async fn plan(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Plan).await?;
    let name = given(&open.file.record);
    let hidden = visitor.hidden(&web, None);
    plan_page(&web, &visitor, &open, hidden, Filled::about(&name), StatusCode::OK)
}

fn plan_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: crate::view::form::Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let file = &open.file;
    let (text, sent, is_final) = sent_plan(file).ok_or(Problem::NotFound)?;
    let law = web.app.rulebook();
    let find = |duty: &str| crate::draw::duty(file, duty);
    let stage = if is_final {
        let due = |duty: &str| find(duty).and_then(|law| law.due).unwrap_or(sent);
        Stage::Final {
            sent,
            pill: find("plan-20w")
                .map_or_else(|| Pill::of(Mark::Done, "Sent"), |law| pill_of(law, file.now.today)),
            appeal_by: due("ap-start"),
            mediation: visitor.area.mediation.clone(),
            review_by: due("ar-12m"),
            letter: None,
        }
    } else {
        let clock = find("plan-reps-15d").ok_or(Problem::NotFound)?;
        Stage::Draft {
            clock: clock_of(law, &file.record, clock, file.now.today, &visitor.area.name, false),
            hidden,
            filled: Box::new(filled),
            sent: comments(file),
        }
    };
    page_as(
        status,
        &Plan {
            frame: frame(visitor, file, Tab::Case),
            base: base_of(&file.record),
            name: given(&file.record),
            words: own_words(&file.record, None),
            stage,
            sections: sections(text),
        },
    )
}

fn sections(text: &PlanText) -> Vec<SectionText> {
    Section::ALL
        .into_iter()
        .map(|section| {
            let body = PlanSection::from_letter(section.letter())
                .map(|letter| text.section(letter))
                .unwrap_or_default();
            SectionText {
                section,
                lines: body
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty())
                    .map(str::to_owned)
                    .collect(),
                behind: Vec::new(),
            }
        })
        .collect()
}

fn comments(file: &CaseFile) -> Vec<Said> {
    file.record
        .history()
        .into_iter()
        .filter_map(|entry| match &entry.event {
            Event::RepresentationsMade(said) if !said.words.is_empty() => {
                Some(Said { words: said.words.clone(), source: date_words(entry.header.on) })
            }
            _ => None,
        })
        .collect()
}

async fn comment(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Plan).await?;
    let name = given(&open.file.record);
    let kept = filled(&name, &typed, &[]);
    let school = typed.get("school").trim();
    let wants = match typed.get("meeting") {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    };
    let event = Event::RepresentationsMade(RepresentationsMade {
        words: typed.get("comments").trim().to_owned(),
        agrees: None,
        meeting_wanted: wants,
        school: (!school.is_empty()).then(|| school.to_owned()),
    });
    if typed.get("comments").trim().is_empty() && school.is_empty() && wants.is_none() {
        let empty = sendero_app::house::record::Refusal::Empty { field: "words" };
        let filled = kept.wrong("comments", &words::refusal(&empty));
        let hidden = visitor.again(&typed);
        return plan_page(&web, &visitor, &open, hidden, filled, StatusCode::UNPROCESSABLE_ENTITY);
    }
    match record(&web, &open, event, &typed).await {
        Ok(()) => go(&format!("{}/plan", base_of(&open.file.record))),
        Err(problem) => {
            let filled = mend(problem, kept, "comments")?;
            let hidden = visitor.again(&typed);
            plan_page(&web, &visitor, &open, hidden, filled, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

/// Records what a family says today.
async fn record(web: &Web, open: &Open<'_>, event: Event, typed: &Typed) -> Result<(), Problem> {
    let today = open.file.now.today;
    let command = Command::Record { event, on: today, known_on: today };
    web.app.act(open.me, &open.child, &command, &typed.form()).await.map(drop)
}

async fn messages(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    let filled = Filled::about(&given(&open.file.record));
    let hidden = visitor.hidden(&web, None);
    messages_page(&visitor, &open, hidden, filled, StatusCode::OK)
}

fn messages_page(
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: crate::view::form::Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let today = open.file.now.today;
    let list = open
        .file
        .record
        .history()
        .into_iter()
        .filter_map(|entry| match &entry.event {
            Event::MessageWritten(message) => Some(Message {
                from: message.from.clone(),
                at: moment(&sendero_app::london(&entry.header.recorded_at), today),
                words: message.words.clone(),
                mine: entry.header.actor == open.me.id.as_str(),
            }),
            _ => None,
        })
        .collect();
    page_as(
        status,
        &Messages {
            frame: frame(visitor, &open.file, Tab::Messages),
            hidden,
            base: base_of(&open.file.record),
            list,
            filled,
            answers_in: None,
        },
    )
}

async fn write(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    let name = given(&open.file.record);
    let event = Event::MessageWritten(MessageWritten {
        from: open.me.name.full(),
        by_family: true,
        words: typed.get("message").trim().to_owned(),
    });
    match record(&web, &open, event, &typed).await {
        Ok(()) => go(&format!("{}/messages", base_of(&open.file.record))),
        Err(problem) => {
            let filled = mend(problem, filled(&name, &typed, &[]), "message")?;
            let hidden = visitor.again(&typed);
            messages_page(&visitor, &open, hidden, filled, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn people(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let Open { me, child, file } = open(&web, &visitor, &reference, Part::WhoLooked).await?;
    let looks = web.app.who_looked(me, &child).await?;
    let mut people: Vec<Person> = file
        .record
        .people()
        .into_iter()
        .filter(|tied| tied.until.is_none_or(|until| until > file.now.today))
        .map(|tied| Person {
            who: tied.name.full(),
            role: tied
                .adviser
                .clone()
                .unwrap_or_else(|| words::word("relation", tied.relation.word())),
            sees: words::word(
                "sees",
                if tied.relation == Relation::Adviser { "adviser" } else { "family" },
            ),
            until: tied.until,
        })
        .collect();
    if let Some((_, name)) = file.record.officer() {
        people.push(Person {
            who: name.full(),
            role: words::role("officer"),
            sees: words::word("sees", "officer"),
            until: None,
        });
    }
    page(&People {
        frame: frame(&visitor, &file, Tab::People),
        name: given(&file.record),
        people,
        total: u32::try_from(looks.len()).unwrap_or(u32::MAX),
        looks: looks.iter().map(|one| look(one, file.now.today)).collect(),
        earlier: None,
    })
}

async fn own(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::OwnWords).await?;
    let filled = Filled::about(&given(&open.file.record));
    let hidden = visitor.hidden(&web, None);
    own_page(&visitor, &open, hidden, filled, StatusCode::OK)
}

fn own_page(
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: crate::view::form::Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let before = open
        .file
        .record
        .own_words()
        .into_iter()
        .map(|(header, said)| Said {
            words: said.words.clone(),
            source: format!("{}, {}", said.said_by, date_words(header.on)),
        })
        .collect();
    page_as(
        status,
        &OwnWords {
            frame: frame(visitor, &open.file, Tab::Case),
            hidden,
            base: base_of(&open.file.record),
            filled,
            conflict: None,
            before,
        },
    )
}

async fn give_own(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::OwnWords).await?;
    let name = given(&open.file.record);
    let heard: Vec<&str> = [typed.get("told-to").trim(), typed.get("told-how").trim()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let event = Event::OwnWordsGiven(OwnWordsGiven {
        words: typed.get("words").trim().to_owned(),
        said_by: name.clone(),
        told_to: heard.join(": "),
    });
    match record(&web, &open, event, &typed).await {
        Ok(()) => go(&base_of(&open.file.record)),
        Err(problem) => {
            let filled = mend(problem, filled(&name, &typed, &[]), "words")?;
            let hidden = visitor.again(&typed);
            own_page(&visitor, &open, hidden, filled, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}

async fn told(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Told).await?;
    let filled = Filled::about(&given(&open.file.record));
    let hidden = visitor.hidden(&web, None);
    told_page(&visitor, &open, hidden, filled, StatusCode::OK)
}

fn told_page(
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: crate::view::form::Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let list = open
        .file
        .record
        .told()
        .into_iter()
        .flat_map(|(topic, versions)| {
            versions.into_iter().map(move |(header, told)| Told {
                about: words::word("topic", topic.word()),
                said: Said {
                    words: told.words.clone(),
                    source: format!("{}, {}", told.said_by, date_words(header.on)),
                },
                used: words::word("sees", "told"),
            })
        })
        .collect();
    page_as(
        status,
        &ToldOnce {
            frame: frame(visitor, &open.file, Tab::Case),
            base: base_of(&open.file.record),
            name: given(&open.file.record),
            list,
            hidden,
            filled,
        },
    )
}

async fn tell(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Told).await?;
    let name = given(&open.file.record);
    let topic = match typed.get("about") {
        "hope" => Topic::Hopes,
        word => Topic::from_word(word).unwrap_or(Topic::Other),
    };
    let event = Event::Told(ToldEvent {
        topic,
        words: typed.get("words").trim().to_owned(),
        said_by: open.me.name.full(),
    });
    match record(&web, &open, event, &typed).await {
        Ok(()) => go(&format!("{}/told", base_of(&open.file.record))),
        Err(problem) => {
            let filled = mend(problem, filled(&name, &typed, &[]), "words")?;
            let hidden = visitor.again(&typed);
            told_page(&visitor, &open, hidden, filled, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}
