//! What people say of the Local Offer, and what came of it: anybody may say it and anybody may read
//! it. Who said it is never asked.

use std::collections::BTreeMap;

use axum::extract::{Path, Query, State};
use jiff::civil::Date;
use sendero_app::house::offer::comment::{About, Comment, answer_by};
use sendero_app::house::offer::history::How;
use sendero_app::{FieldFault, LocalOffer, Problem, SaidLine};

use super::find;
use crate::page::{Answer, Shown, go, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::comment::{Changes, CommentForm, SaidOne, SaidPage, Thanks};
use crate::view::form::Filled;
use crate::words::word;

pub(super) async fn form(
    State(web): State<Web>,
    visitor: Visitor,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let service = pairs.get("service").cloned().unwrap_or_default();
    let shown = Shown::fresh(visitor.hidden(&web, None), Filled::default());
    form_page(&web, &visitor, &service, shown).await
}

async fn form_page(web: &Web, visitor: &Visitor, service: &str, shown: Shown) -> Answer {
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let service = match service {
        "" => None,
        id => Some((id.to_owned(), shown_name(&offer, id).ok_or(Problem::NotFound)?)),
    };
    let frame = find::frame(web, visitor);
    page_as(
        shown.status,
        &CommentForm { frame, service, hidden: shown.hidden, filled: shown.filled },
    )
}

fn shown_name(offer: &LocalOffer, id: &str) -> Option<String> {
    let service = offer.directory.services.get(id).filter(|service| service.is_shown());
    service.map(|service| service.name.clone())
}

pub(super) async fn make(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let service = typed.get("service").to_owned();
    let about = match service.as_str() {
        "" => About::from_word(typed.get("about")).filter(|about| *about != About::Service),
        _ => Some(About::Service),
    };
    let area = &visitor.area.code;
    let (words, place, form) = (typed.get("words"), &visitor.place, typed.form());
    let done = match about {
        Some(about) => web.app.comment_on_offer(area, about, &service, words, place, &form).await,
        None => Err(Problem::Invalid(vec![FieldFault::of("about", "choose")])),
    };
    if let Err(problem) = done {
        let shown = Shown::typed(&visitor, &typed, "").mend(problem, "words")?;
        return form_page(&web, &visitor, &service, shown).await;
    }
    let offer = web.app.shown_offer(area).await?;
    let dangers = offer.finder.understand(words).dangers;
    if dangers.is_empty() {
        return go("/offer/comment/thanks");
    }
    go(&format!("/offer/comment/thanks?help={}", dangers.join(".")))
}

pub(super) async fn thanks(
    State(web): State<Web>,
    visitor: Visitor,
    Query(pairs): Query<BTreeMap<String, String>>,
) -> Answer {
    let help = pairs.get("help").map(String::as_str).unwrap_or_default();
    page(&Thanks {
        frame: find::frame(&web, &visitor),
        dangers: find::dangers(help.split('.').filter(|word| !word.is_empty())),
        by: answer_by(web.app.now().today),
    })
}

pub(super) async fn said(State(web): State<Web>, visitor: Visitor) -> Answer {
    let said = web.app.said_of_offer(&visitor.area.code).await?;
    let offer = web.app.shown_offer(&visitor.area.code).await?;
    let today = web.app.now().today;
    page(&SaidPage {
        frame: find::frame(&web, &visitor),
        list: said.lines.iter().filter_map(|line| said_line(line, &offer, today)).collect(),
        waiting: said.waiting,
        by: said.answer_by.map(|by| (by, by < today)),
        withheld: said
            .withheld
            .iter()
            .map(|(reason, count)| (word("comment-reason", reason.word()), *count))
            .collect(),
    })
}

fn said_line(line: &SaidLine, offer: &LocalOffer, today: Date) -> Option<SaidOne> {
    let mut one = said_one(&line.comment, about(&line.comment, &line.service), today)?;
    let shown = shown_name(offer, &line.comment.service).is_some();
    one.href = shown.then(|| format!("/offer/service/{}", line.comment.service));
    Some(one)
}

/// What a comment is about, in words.
pub(crate) fn about(comment: &Comment, service: &str) -> String {
    match comment.about {
        About::Service if !service.is_empty() => service.to_owned(),
        other => word("comment-about", other.word()),
    }
}

/// A comment that is published, as a page shows it.
pub(crate) fn said_one(comment: &Comment, about: String, today: Date) -> Option<SaidOne> {
    let answer = comment.answer.as_ref()?;
    let action = answer.action.as_ref();
    Some(SaidOne {
        about,
        href: None,
        made_on: comment.made_on,
        words: answer.words.clone(),
        on: answer.on,
        response: answer.response.clone(),
        action: action.map(|one| (one.what.clone(), one.owner.clone(), one.by)),
        late: answer.done.is_none() && action.is_some_and(|one| one.by < today),
        done: answer.done.clone(),
    })
}

pub(super) async fn changes(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Answer {
    let (service, changes) = web.app.service_changes(&visitor.area.code, &id).await?;
    let list = changes
        .into_iter()
        .map(|change| {
            let topics = change.topics.map(|topics| match topics.as_slice() {
                [] => word("offer-change", "none"),
                topics => {
                    let topics: Vec<String> =
                        topics.iter().map(|topic| word("offer-change", topic)).collect();
                    topics.join(", ")
                }
            });
            let from = match (change.how, change.source.as_str()) {
                (How::Taken, "") => word("offer-how", "here"),
                (How::Taken, source) => format!("{} {source}", word("offer-how", "taken")),
                (how, _) => format!("{} {}", word("offer-how", how.word()), change.by),
            };
            (change.on, from.trim().to_owned(), topics.unwrap_or_default())
        })
        .collect();
    let href = format!("/offer/service/{id}");
    page(&Changes { frame: find::frame(&web, &visitor), name: service.name, href, list })
}
