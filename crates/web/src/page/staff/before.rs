//! `/case/{reference}/before`: what the law asks before the decision: hearing the family, telling
//! the bodies that must know, and asking for information. Each is seen before it is sent.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::{get, post};
use sendero_app::house::access::Part;
use sendero_app::house::record::{
    BodiesNotified, Body, Channel, Event, InformationRequested, MessageWritten, Recipient, Refusal,
    Said,
};

use super::super::{Answer, Shown, carried, go, page, page_as};
use super::decide::family_names;
use super::{Open, frame, open};
use crate::draw::{date_words, given, more_of, opens};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::form::Filled;
use crate::view::officer::{Before, DocRow, Letter, Preview, Sends, SheetPart};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/before", get(before))
        .route("/case/{reference}/before/family", post(ask_family))
        .route("/case/{reference}/before/bodies", post(tell_bodies))
        .route("/case/{reference}/before/information", post(ask_information))
}

async fn before(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let kept = Filled::about(&given(&open.file.record));
    form(&web, &visitor, &open, Shown::fresh(visitor.hidden(&web, None), kept))
}

fn form(web: &Web, visitor: &Visitor, open: &Open<'_>, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    page_as(
        status,
        &Before {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            by: open.due("rq-6w"),
            consulted: consulted(open),
            told: told(open),
            asked: asked(open),
            hidden,
            filled,
        },
    )
}

fn consulted(open: &Open<'_>) -> Option<String> {
    let entry = open.file.record.last_of(&["family-consulted"])?;
    let Event::FamilyConsulted(said) = &entry.event else { return None };
    let words =
        if said.words.is_empty() { String::new() } else { format!(" “{}”", said.words) };
    Some(format!("{}.{words}", date_words(entry.header.on)))
}

fn told(open: &Open<'_>) -> Option<String> {
    let entry = open.file.record.last_of(&["bodies-notified"])?;
    let Event::BodiesNotified(notified) = &entry.event else { return None };
    let to: Vec<String> =
        notified.to.iter().map(|one| words::word("recipient", one.word())).collect();
    Some(format!("{}. {}.", date_words(entry.header.on), to.join(", ")))
}

fn asked(open: &Open<'_>) -> Vec<DocRow> {
    open.file
        .record
        .history()
        .into_iter()
        .filter_map(|entry| match &entry.event {
            Event::InformationRequested(asked) => Some(DocRow {
                name: words::word("body-turn", asked.from.word()),
                href: opens(&open.file, entry, &open.base).map(|letter| letter.href),
                pill: None,
                line: format!("{}. {}", date_words(entry.header.on), more_of(&entry.event)),
            }),
            _ => None,
        })
        .collect()
}

/// One of the three acts, as it was filled in.
struct Sent {
    event: Event,
    sends: Sends,
    slug: &'static str,
    letters: Vec<Letter>,
    /// The field that a refusal stands at.
    field: &'static str,
    /// Words that go into the family's thread as well, so that they can answer there.
    message: Option<String>,
}

/// Shows what will leave, or sends it, or shows the page again with what is wrong.
async fn send(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    typed: &Typed,
    sent: Result<Sent, Shown>,
) -> Answer {
    let kept = Shown::typed(visitor, typed, &given(&open.file.record));
    if typed.get("act") == "save" {
        return form(web, visitor, open, kept.well());
    }
    let sent = match sent {
        Ok(sent) => sent,
        Err(kept) => return form(web, visitor, open, kept),
    };
    if typed.get("act") != "send" {
        let command = open.today(sent.event);
        if let Some(refusal) = open.refusal_of(web, &command) {
            return form(web, visitor, open, kept.mend(refusal.into(), sent.field)?);
        }
        return page(&Preview {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            sends: sent.sends,
            hidden: kept.hidden,
            carried: carried(typed),
            action: format!("{}/before/{}", open.base, sent.slug),
            letters: sent.letters,
            withheld: Vec::new(),
        });
    }
    if let Err(problem) = open.record(web, sent.event, typed).await {
        return form(web, visitor, open, kept.mend(problem, sent.field)?);
    }
    if let Some(words) = sent.message {
        let message = MessageWritten { from: open.me.name.full(), by_family: false, words };
        open.act_beside(web, Event::MessageWritten(message), typed).await?;
    }
    match left_over(typed, sent.field, &given(&open.file.record)) {
        None => go(&format!("{}/before", open.base)),
        Some(left) => {
            let open = open.again(web).await?;
            form(web, visitor, &open, Shown::fresh(visitor.hidden(web, None), left))
        }
    }
}

/// What was typed for the other acts of the page, if anything was written there: an address would
/// lose it.
fn left_over(typed: &Typed, sent: &str, child: &str) -> Option<Filled> {
    let act = |field: &str| field.split_once('-').map_or("", |(act, _)| act).to_owned();
    let done = act(sent);
    let written = ["family-words", "bodies-words", "info-who", "info-question"];
    if !written.iter().any(|field| act(field) != done && !typed.get(field).trim().is_empty()) {
        return None;
    }
    let others = carried(typed).into_iter().filter(|(field, _)| act(field) != done);
    Some(others.fold(Filled::about(child), |left, (field, value)| left.with(&field, &value)))
}

fn empty() -> String {
    words::refusal(&Refusal::Empty { field: "words" })
}

fn letter(to: String, how: String, said: &str) -> Letter {
    Letter { to, how, parts: vec![SheetPart::Said(said.to_owned())] }
}

async fn ask_family(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let mut kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    let said = typed.get("family-words").trim().to_owned();
    let how = Channel::from_word(typed.get("family-how"));
    if said.is_empty() {
        kept = kept.wrong("family-words", &empty());
    }
    let Some(how) = how else {
        let unsaid = words::refusal(&Refusal::Empty { field: "how" });
        return send(&web, &visitor, &open, &typed, Err(kept.wrong("family-how", &unsaid))).await;
    };
    let sent = if kept.filled.has_problems() {
        Err(kept)
    } else {
        Ok(Sent {
            sends: Sends::Consultation,
            slug: "family",
            letters: family_names(&open)
                .into_iter()
                .map(|to| letter(to, words::word("channel", how.word()), &said))
                .collect(),
            field: "family-words",
            message: matches!(how, Channel::Portal | Channel::Email).then(|| said.clone()),
            event: Event::FamilyConsulted(Said { words: said }),
        })
    };
    send(&web, &visitor, &open, &typed, sent).await
}

async fn tell_bodies(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let mut kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    let said = typed.get("bodies-words").trim().to_owned();
    let to: Vec<Recipient> =
        typed.all("bodies-to").iter().filter_map(|word| Recipient::from_word(word)).collect();
    if to.is_empty() {
        let nobody = words::refusal(&Refusal::Empty { field: "asks" });
        kept = kept.wrong("bodies-to", &nobody);
    }
    if said.is_empty() {
        kept = kept.wrong("bodies-words", &empty());
    }
    let sent = if kept.filled.has_problems() {
        Err(kept)
    } else {
        Ok(Sent {
            sends: Sends::Word,
            slug: "bodies",
            letters: to
                .iter()
                .map(|one| {
                    let how = words::word("channel", "by-yourself");
                    letter(words::word("recipient", one.word()), how, &said)
                })
                .collect(),
            field: "bodies-to",
            message: None,
            event: Event::BodiesNotified(BodiesNotified { to, words: said }),
        })
    };
    send(&web, &visitor, &open, &typed, sent).await
}

async fn ask_information(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let mut kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    let question = typed.get("info-question").trim().to_owned();
    let who = typed.get("info-who").trim().to_owned();
    if question.is_empty() {
        kept = kept.wrong("info-question", &empty());
    }
    let sent = match Body::from_word(typed.get("info-from")) {
        Some(from) if !kept.filled.has_problems() => {
            let body = words::word("body-turn", from.word());
            let to = if who.is_empty() { body } else { format!("{who} ({body})") };
            Ok(Sent {
                sends: Sends::Questions,
                slug: "information",
                letters: vec![letter(to, words::word("channel", "by-yourself"), &question)],
                field: "info-question",
                message: None,
                event: Event::InformationRequested(InformationRequested {
                    from,
                    who,
                    words: question,
                }),
            })
        }
        Some(_) => Err(kept),
        None => Err(kept.wrong("info-from", &words::word("ask", "body"))),
    };
    send(&web, &visitor, &open, &typed, sent).await
}
