//! `/case/{reference}/ask-advice`: every body of regulation 6 asked for advice at once. Each request
//! is seen before it goes; the day it goes starts that body's six weeks.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::record::{
    AdviceAsk, Body, Command, LetterPart, Name, PersonId, Record, Refusal, Relation, SettingKind,
};

use super::super::{Answer, Shown, carried, go, page, page_as};
use super::{Open, family, frame, open};
use crate::draw::{date_words, given, own_words, profession_of, sheet};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::Tab;
use crate::view::form::{Choice, Choices, Filled, Pick, Text};
use crate::view::officer::{AskAdvice, BodyRow, Letter, Preview, Sends};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/case/{reference}/ask-advice", get(begin).post(ask))
}

/// A body of the regulation, and the key of its fields in the form.
#[derive(Clone, Copy)]
struct Asked {
    key: &'static str,
    body: Body,
    cite: &'static str,
}

/// A person who can be asked.
struct Known {
    id: PersonId,
    name: Name,
    profession: String,
    body: Body,
}

/// The bodies to ask of this child, in the order of the regulation.
fn bodies(record: &Record) -> Vec<Asked> {
    let of_age = record.people().iter().any(|tied| tied.relation == Relation::Self_);
    let family = if of_age { Body::YoungPerson } else { Body::Parent };
    let education = match record.setting().map(|at| at.kind) {
        Some(SettingKind::FeCollege | SettingKind::OtherPost16) => Body::Post16,
        Some(SettingKind::EarlyYears) => Body::EarlyYears,
        _ => Body::School,
    };
    [
        ("family", family, "reg 6(1)(a)"),
        ("education", education, "reg 6(1)(b)"),
        ("health", Body::Health, "reg 6(1)(c)"),
        ("health-2", Body::Health, "reg 6(1)(c)"),
        ("psychologist", Body::Psychologist, "reg 6(1)(d)"),
        ("social-care", Body::SocialCare, "reg 6(1)(e)"),
        ("sensory-teacher", Body::SensoryTeacher, "reg 6(2)"),
        ("other", Body::Other, "reg 6(1)(f), (h)"),
    ]
    .into_iter()
    .map(|(key, body, cite)| Asked { key, body, cite })
    .collect()
}

/// Whether a body is asked of every child; the others only where there is reason to.
fn is_usual(asked: Asked) -> bool {
    matches!(asked.key, "family" | "education" | "health" | "psychologist" | "social-care")
}

/// Whether a person may be asked as this body.
fn speaks_for(known: &Known, body: Body) -> bool {
    known.body == body
        || body == Body::Other && !matches!(known.body, Body::Parent | Body::YoungPerson)
}

/// The people who can be asked: advisers with a sign-in, and the child's own family.
async fn known(web: &Web, open: &Open<'_>) -> Result<Vec<Known>, Stop> {
    let advisers = web.app.people_with(&open.me.authority, Role::Adviser).await?;
    let mut known: Vec<Known> = advisers
        .into_iter()
        .filter_map(|adviser| {
            let (body, _) = adviser.body.split_once('|').unwrap_or((&adviser.body, ""));
            Some(Known {
                body: Body::from_word(body)?,
                profession: profession_of(&adviser.body),
                id: adviser.id,
                name: adviser.name,
            })
        })
        .collect();
    known.extend(family(&open.file).into_iter().map(|tied| Known {
        body: if tied.relation == Relation::Self_ { Body::YoungPerson } else { Body::Parent },
        profession: words::word("relation", tied.relation.word()),
        id: tied.person,
        name: tied.name,
    }));
    Ok(known)
}

async fn begin(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let name = given(&open.file.record);
    let known = known(&web, &open).await?;
    let record = &open.file.record;
    let mut kept = Filled::about(&name);
    for asked in bodies(record) {
        let already = record.advice().iter().any(|one| one.request.from == asked.body);
        if is_usual(asked) && !already {
            kept = kept.with("ask", asked.key);
        }
        let question = words::word("ask", "question").replace("{name}", &name);
        kept = kept.with(&format!("question-{}", asked.key), &question);
        kept = kept.with(&format!("adviser-{}", asked.key), &service_of(&open, asked));
        if let Some(one) = only_one(&known, asked) {
            kept = kept.with(&format!("person-{}", asked.key), one.id.as_str());
        }
    }
    form(&web, &visitor, &open, &known, Shown::fresh(open.hidden(&web, &visitor), kept))
}

/// The one person who could be meant, where there is only one.
fn only_one(known: &[Known], asked: Asked) -> Option<&Known> {
    let mut fitting =
        known.iter().filter(|one| one.body == asked.body && asked.body != Body::Other);
    let first = fitting.next()?;
    (is_usual(asked) && fitting.next().is_none()).then_some(first)
}

/// The service as it is named where nobody is known by name.
fn service_of(open: &Open<'_>, asked: Asked) -> String {
    match asked.key {
        "education" => open.file.record.setting().and_then(|at| at.name).unwrap_or_default(),
        "family" => {
            family(&open.file).iter().map(|tied| tied.name.full()).collect::<Vec<_>>().join(", ")
        }
        "health-2" | "other" | "sensory-teacher" => String::new(),
        key => words::word("service", key),
    }
}

fn form(web: &Web, visitor: &Visitor, open: &Open<'_>, known: &[Known], shown: Shown) -> Answer {
    let Shown { hidden, filled: kept, status } = shown;
    let today = open.file.now.today;
    let rows = bodies(&open.file.record)
        .into_iter()
        .map(|asked| row_of(open, known, asked, &kept))
        .collect();
    page_as(
        status,
        &AskAdvice {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            words: own_words(&open.file.record, None),
            due: web.app.advice_due(&open.file).unwrap_or(today),
            plan_by: open.due("plan-20w").map(|due| (due, due < today)),
            bodies: rows,
            filled: kept,
        },
    )
}

fn row_of(open: &Open<'_>, known: &[Known], asked: Asked, kept: &Filled) -> BodyRow {
    let field = |field: &str| format!("{field}-{}", asked.key);
    let before = open.file.record.advice();
    let last = before.iter().rev().find(|one| one.request.from == asked.body);
    let mut list = vec![Choice::of("", &words::word("ask", "nobody"))];
    list.extend(known.iter().filter(|one| speaks_for(one, asked.body)).map(|one| {
        let text = format!("{}, {}", one.name.full(), one.profession);
        let choice = Choice::of(one.id.as_str(), &text);
        if kept.value(&field("person")) == one.id.as_str() { choice.chosen() } else { choice }
    }));
    let label = |word: &str| words::word("ask", word);
    BodyRow {
        key: asked.key.to_owned(),
        title: title_of(asked),
        cite: asked.cite.to_owned(),
        standing: last.map(|one| match one.answer {
            Some((header, _)) => format!("{} {}", label("came"), date_words(header.on)),
            None => format!("{} {}", label("asked"), date_words(one.asked.on)),
        }),
        ticked: kept
            .values
            .get("ask")
            .is_some_and(|ticked| ticked.iter().any(|key| key == asked.key)),
        adviser: Text::line(&field("adviser"), &label("adviser"))
            .holding(kept.value(&field("adviser"))),
        person: (list.len() > 1)
            .then(|| Choices::one(&field("person"), &label("person"), list).drawn(Pick::List)),
        question: Text::lines(&field("question"), &label("the-question"), 5)
            .holding(kept.value(&field("question"))),
    }
}

fn title_of(asked: Asked) -> String {
    match asked.key {
        "health-2" => words::word("ask", "health-2"),
        "other" => words::word("ask", "other"),
        "family" => words::word("ask", asked.body.word()),
        _ => words::word("body-turn", asked.body.word()),
    }
}

/// The requests that were ticked. A person chosen by name is asked as what they are.
fn asks_of(record: &Record, known: &[Known], typed: &Typed) -> Vec<AdviceAsk> {
    bodies(record)
        .into_iter()
        .filter(|asked| typed.all("ask").iter().any(|key| key == asked.key))
        .map(|asked| {
            let field =
                |field: &str| typed.get(&format!("{field}-{}", asked.key)).trim().to_owned();
            let chosen = field("person");
            let person =
                known.iter().find(|one| one.id.as_str() == chosen && speaks_for(one, asked.body));
            let adviser = match person {
                Some(one) if !one.profession.is_empty() => one.profession.clone(),
                _ => field("adviser"),
            };
            AdviceAsk {
                from: person.map_or(asked.body, |one| {
                    if asked.body == Body::Other { one.body } else { asked.body }
                }),
                adviser,
                person: person.map(|one| (one.id.clone(), one.name.clone())),
                question: field("question"),
                letter: Vec::new(),
            }
        })
        .collect()
}

/// The letter that asks: why it comes, the child's own words, and the question. It is kept with the
/// request as it goes.
fn letter_of(web: &Web, visitor: &Visitor, open: &Open<'_>, ask: &AdviceAsk) -> Vec<LetterPart> {
    let due = web.app.advice_due(&open.file).map(crate::view::in_full).unwrap_or_default();
    let opening = words::word("letter", "advice")
        .replace("{area}", &visitor.area.name)
        .replace("{name}", &open.head().name)
        .replace("{due}", &due);
    let mut letter = vec![LetterPart { heading: String::new(), words: opening }];
    if let Some(own) = own_words(&open.file.record, None) {
        let heading = words::word("letter", "own-words");
        letter.push(LetterPart { heading, words: own.words });
    }
    if !ask.question.is_empty() {
        let heading = words::word("ask", "the-question");
        letter.push(LetterPart { heading, words: ask.question.clone() });
    }
    letter
}

async fn ask(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let known = known(&web, &open).await?;
    let kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    if typed.get("act") == "save" {
        return form(&web, &visitor, &open, &known, kept.well());
    }
    let mut asks = asks_of(&open.file.record, &known, &typed);
    for ask in &mut asks {
        ask.letter = letter_of(&web, &visitor, &open, ask);
    }
    let unnamed = asks.iter().any(|one| one.adviser.is_empty() && one.person.is_none());
    let command = Command::AskForAdvice(asks.clone());
    let problem = if unnamed {
        Some(Refusal::Empty { field: "adviser" }.into())
    } else if typed.get("act") == "send" {
        match open.act(&web, &command, &typed).await {
            Ok(()) => return go(&open.saved("asked-advice")),
            Err(problem) => Some(problem),
        }
    } else {
        open.refusal_of(&web, &command).map(Into::into)
    };
    if let Some(problem) = problem {
        return form(&web, &visitor, &open, &known, kept.mend(problem, "ask-family")?);
    }
    preview(&web, &visitor, &open, &asks, &typed)
}

fn preview(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    asks: &[AdviceAsk],
    typed: &Typed,
) -> Answer {
    let letters = asks
        .iter()
        .map(|ask| {
            let body = words::word("body-turn", ask.from.word());
            let to = match &ask.person {
                Some((_, person)) => format!("{}, {}", person.full(), ask.adviser),
                None => format!("{} ({body})", ask.adviser),
            };
            let how =
                words::word("channel", if ask.person.is_some() { "portal" } else { "by-yourself" });
            Letter { to, how, parts: sheet(&ask.letter) }
        })
        .collect();
    let page_of = format!("{}/ask-advice", open.base);
    page(&Preview {
        frame: frame(web, visitor, Tab::MyChildren),
        child: open.head(),
        sends: Sends::AdviceRequests,
        hidden: visitor.again(typed),
        carried: carried(typed),
        action: page_of,
        letters,
        withheld: Vec::new(),
    })
}
