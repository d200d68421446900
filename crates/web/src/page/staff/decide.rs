//! `/case/{reference}/decide` and `/decide-plan`: the two decisions that have a test in the law. The
//! answers, the reasons and the notice are seen as the family will read them before anything leaves;
//! the record refuses what the law calls incomplete.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::Problem;
use sendero_app::house::access::Part;
use sendero_app::house::law::Standing;
use sendero_app::house::record::{
    Answers, AssessmentDecision, Channel, Command, Event, Notice, PlanDecision, Refusal, Sending,
};

use super::super::{Answer, carried, filled, go, mend, page, page_as};
use super::case::documents;
use super::desk::doubted;
use super::{Open, asked_words, days_of, family, frame, open, person_words};
use crate::draw::{date_words, given, own_words};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{
    Amounts, Decide, DocRow, Letter, NoticePart, Preview, Sends, SheetPart, Test,
};
use crate::view::{Tab, in_full};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/decide", get(assess).post(decide_assess))
        .route("/case/{reference}/decide-plan", get(plan).post(decide_plan))
}

async fn assess(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    begin(&web, &visitor, &reference, Test::Assess).await
}

async fn plan(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    begin(&web, &visitor, &reference, Test::Plan).await
}

async fn decide_assess(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    answered(&web, &visitor, &reference, Test::Assess, &typed).await
}

async fn decide_plan(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    answered(&web, &visitor, &reference, Test::Plan, &typed).await
}

fn slug(test: Test) -> &'static str {
    match test {
        Test::Assess => "decide",
        Test::Plan => "decide-plan",
    }
}

/// The kind of the decision that sends a notice with parts.
fn refusal_kind(test: Test) -> &'static str {
    match test {
        Test::Assess => "assessment-refused",
        Test::Plan => "plan-refused",
    }
}

/// The decision as it would stand on the record, for what the law makes of it.
fn refusal_event(test: Test, how: Option<Channel>) -> Event {
    let notice = Notice::bare(how);
    match test {
        Test::Assess => Event::AssessmentRefused(AssessmentDecision {
            has_or_may_have_sen: None,
            may_need_plan: None,
            notice,
        }),
        Test::Plan => Event::PlanRefused(PlanDecision { notice }),
    }
}

async fn begin(web: &Web, visitor: &Visitor, reference: &str, test: Test) -> Answer {
    let open = open(web, visitor, reference, Part::Case).await?;
    let event = refusal_event(test, Some(Channel::Portal));
    let appeal_by = web.app.appeal_by(&open.file, &event).map(date_words).unwrap_or_default();
    let mut kept = Filled::about(&given(&open.file.record));
    let (of, known) = ((event.kind(), &BTreeMap::new()), [("appeal_by", appeal_by.as_str())]);
    for (part, text) in web.app.notice_parts(&visitor.area, of, &known) {
        kept = kept.with(&format!("part-{part}"), &text);
    }
    let hidden = open.hidden(web, visitor);
    form(web, visitor, &open, test, hidden, kept, StatusCode::OK)
}

fn yes_or_no(answer: &str) -> Option<bool> {
    match answer {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// The answers as far as they are given. The test for a plan has one question.
fn answers_of(test: Test, value: impl Fn(&str) -> String) -> Answers {
    Answers {
        has_or_may_have_sen: match test {
            Test::Assess => yes_or_no(&value("needs")),
            Test::Plan => Some(true),
        },
        may_need_plan: yes_or_no(&value("necessary")),
    }
}

fn amounts_of(answers: Answers) -> Amounts {
    match (answers.has_or_may_have_sen, answers.may_need_plan) {
        (Some(true), Some(true)) => Amounts::Yes,
        (Some(_), Some(_)) => Amounts::No,
        _ => Amounts::Open,
    }
}

fn form(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    test: Test,
    hidden: Hidden,
    kept: Filled,
    status: StatusCode,
) -> Answer {
    let amounts = amounts_of(answers_of(test, |field| kept.value(field).to_owned()));
    let duty = match test {
        Test::Assess => "rq-6w",
        Test::Plan => "no-plan-16w",
    };
    let today = open.file.now.today;
    let by = open.due(duty);
    let parts = parts_of(web, test, amounts, &kept);
    let doubted = if amounts == Amounts::No { doubted(open, &kept) } else { Vec::new() };
    page_as(
        status,
        &Decide {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            test,
            asked: asked_words(&open.file.record),
            by: by.map(|by| (by, days_of(Some(by), today, Standing::Pending, today))),
            words: own_words(&open.file.record, None),
            amounts,
            evidence: evidence(open),
            parts,
            doubted,
            letter: None,
            filled: kept,
        },
    )
}

/// The parts of the notice that the answers lead to. A "yes" to the first test needs its reasons
/// alone; a "yes" to the second sends no notice.
fn parts_of(web: &Web, test: Test, amounts: Amounts, kept: &Filled) -> Vec<NoticePart> {
    let mut parts = super::desk::parts_of(web, &refusal_event(test, None), kept);
    for part in &mut parts {
        part.title = words::word("notice", &part.id);
    }
    match (test, amounts) {
        (Test::Plan, Amounts::Yes) => parts.clear(),
        (Test::Assess, Amounts::Yes) => parts.retain(|part| part.own_field),
        _ => {}
    }
    parts
}

/// What was said, by whom and when.
fn source(said: &str, by: &str, on: jiff::civil::Date) -> String {
    let said = said.trim().trim_end_matches('.');
    format!("{said}. {by}, {}", date_words(on))
}

/// What stands on the record, the family's own account first.
fn evidence(open: &Open<'_>) -> Vec<DocRow> {
    let record = &open.file.record;
    let plain = |name: String, line: String| DocRow { name, href: None, pill: None, line };
    let told = record.told().into_iter().filter_map(|(topic, versions)| {
        let (header, told) = versions.into_iter().next()?;
        Some(plain(
            words::word("topic", topic.word()),
            source(&told.words, &told.said_by, header.on),
        ))
    });
    let needs = record.needs().into_iter().map(|(header, need)| {
        plain(words::word("need", need.area.word()), source(&need.words, &need.said_by, header.on))
    });
    told.chain(needs).chain(documents(open)).collect()
}

async fn answered(
    web: &Web,
    visitor: &Visitor,
    reference: &str,
    test: Test,
    typed: &Typed,
) -> Answer {
    let open = open(web, visitor, reference, Part::Case).await?;
    let open = open.compared(web, typed.get("reasons")).await?;
    let mut kept = filled(&given(&open.file.record), typed, &[]);
    let again = visitor.again(typed);
    let amounts = amounts_of(answers_of(test, |field| typed.get(field).to_owned()));
    match typed.get("act") {
        "see" => see(web, visitor, &open, test, typed, kept),
        // Only a "yes" is recorded without a letter to look at first.
        "decide" if amounts != Amounts::Yes => see(web, visitor, &open, test, typed, kept),
        "send" if amounts == Amounts::Open => see(web, visitor, &open, test, typed, kept),
        "send" | "decide" => {
            let command = command_of(web, test, typed);
            match open.act(web, &command, typed).await {
                Ok(()) => go(&open.saved("decided")),
                Err(problem) => {
                    let field = field_of(&problem);
                    let kept = mend(problem, kept, field)?;
                    form(web, visitor, &open, test, again, kept, StatusCode::UNPROCESSABLE_ENTITY)
                }
            }
        }
        act => {
            if act == "yes" {
                let fields: &[&str] = match test {
                    Test::Assess => &["needs", "necessary"],
                    Test::Plan => &["necessary"],
                };
                for field in fields {
                    kept.values.insert((*field).to_owned(), vec!["yes".to_owned()]);
                }
            }
            form(web, visitor, &open, test, again, kept, StatusCode::OK)
        }
    }
}

/// The field at which a refusal can be mended.
fn field_of(problem: &Problem) -> &'static str {
    match problem {
        Problem::Refused(
            Refusal::TestUnanswered | Refusal::TestSaysAssess | Refusal::TestSaysRefuse,
        ) => "necessary",
        Problem::Refused(Refusal::Empty { field: "how" } | Refusal::NotServed) => "how",
        _ => "reasons",
    }
}

/// What the form asks for. An unanswered test goes to the record as it is, which says what is
/// missing.
fn command_of(web: &Web, test: Test, typed: &Typed) -> Command {
    let answers = answers_of(test, |field| typed.get(field).to_owned());
    let amounts = amounts_of(answers);
    let parts = match amounts {
        Amounts::Yes => BTreeMap::new(),
        _ => web
            .app
            .rulebook()
            .notice_parts(refusal_kind(test))
            .filter(|part| *part != "reasons")
            .map(|part| (part.to_owned(), typed.get(&format!("part-{part}")).trim().to_owned()))
            .filter(|(_, text)| !text.is_empty())
            .collect(),
    };
    let sending = Sending {
        reasons: typed.get("reasons").trim().to_owned(),
        parts,
        how: Channel::from_word(typed.get("how")),
        to: Vec::new(),
        went_on: typed.all("went-on").to_vec(),
    };
    match (test, amounts) {
        (Test::Plan, Amounts::Yes) => Command::AgreePlan { reasons: sending.reasons },
        (Test::Plan, _) => Command::RefusePlan(sending),
        (Test::Assess, Amounts::No) => Command::RefuseToAssess { answers, sending },
        (Test::Assess, _) => Command::AgreeToAssess { answers, sending },
    }
}

/// See before sending: the letter that each parent gets, or the form again with what is missing.
fn see(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    test: Test,
    typed: &Typed,
    kept: Filled,
) -> Answer {
    let amounts = amounts_of(answers_of(test, |field| typed.get(field).to_owned()));
    let refusal = match amounts {
        // The second test has no command without an answer to refuse.
        Amounts::Open => Some(Refusal::TestUnanswered),
        _ => open.refusal_of(web, &command_of(web, test, typed)),
    };
    if let Some(refusal) = refusal {
        let problem = Problem::Refused(refusal);
        let field = field_of(&problem);
        let kept = match (test, amounts) {
            (Test::Plan, Amounts::Open) => kept.wrong("necessary", &words::word("test", "one")),
            _ => mend(problem, kept, field)?,
        };
        let again = visitor.again(typed);
        return form(web, visitor, open, test, again, kept, StatusCode::UNPROCESSABLE_ENTITY);
    }
    let sends = match (test, amounts) {
        (Test::Assess, Amounts::Yes) => Sends::WillAssess,
        (Test::Assess, _) => Sends::WillNotAssess,
        (Test::Plan, _) => Sends::NoPlan,
    };
    let page_of = format!("{}/{}", open.base, slug(test));
    page(&Preview {
        frame: frame(web, visitor, Tab::MyChildren),
        child: open.head(),
        sends,
        hidden: visitor.again(typed),
        carried: carried(typed),
        action: page_of,
        letters: letters(web, visitor, open, test, amounts, typed),
        withheld: Vec::new(),
    })
}

/// Who of the family gets a letter: each person with a tie; the asker while nobody has one.
pub(super) fn family_names(open: &Open<'_>) -> Vec<String> {
    let names: Vec<String> = family(&open.file).iter().map(person_words).collect();
    if !names.is_empty() {
        return names;
    }
    let asker = open.file.record.unmatched_asker().map(|named| {
        format!("{}, {}", named.name.full(), words::word("relation", named.relation.word()))
    });
    vec![asker.unwrap_or_else(|| words::word("turn", "family"))]
}

fn letters(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    test: Test,
    amounts: Amounts,
    typed: &Typed,
) -> Vec<Letter> {
    let name = open.head().name;
    let opening = match (test, amounts) {
        (Test::Assess, Amounts::Yes) => "will-assess",
        (Test::Assess, _) => "will-not-assess",
        (Test::Plan, _) => "no-plan",
    };
    let opening = words::word("letter", opening)
        .replace("{area}", &visitor.area.name)
        .replace("{name}", &name);
    let mut parts = vec![
        SheetPart::Text(format!("{}\n{}", in_full(open.file.now.today), opening)),
        SheetPart::Heading(words::word("notice", "reasons")),
        SheetPart::Said(typed.get("reasons").trim().to_owned()),
    ];
    if amounts == Amounts::No {
        for part in
            web.app.rulebook().notice_parts(refusal_kind(test)).filter(|id| *id != "reasons")
        {
            parts.push(SheetPart::Heading(words::word("notice", part)));
            parts.push(SheetPart::Text(typed.get(&format!("part-{part}")).trim().to_owned()));
        }
    }
    let how = words::word("channel", typed.get("how"));
    family_names(open)
        .into_iter()
        .map(|to| Letter { to, how: how.clone(), parts: parts.clone() })
        .collect()
}
