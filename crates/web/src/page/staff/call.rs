//! `/case/{reference}/call` and `/messages`: a call that was had, and the thread with the family.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use sendero_app::house::access::Part;
use sendero_app::house::record::{CallNoted, Command, Event, MessageWritten};

use super::desk::{family, full_name, today_filled, typed_day};
use super::{Open, frame, open};
use crate::draw::moment;
use crate::page::{Answer, filled, go, mend, page_as, with_faults};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::family::Message;
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{Messages, NoteCall};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/call", get(call).post(note))
        .route("/case/{reference}/messages", get(messages).post(write))
}

async fn call(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Notes).await?;
    let filled = Filled::about(&full_name(&open.file.record));
    let filled = today_filled(filled, "on", open.file.now.today);
    let hidden = visitor.hidden(&web, None);
    call_page(&web, &visitor, &open, hidden, filled, StatusCode::OK)
}

fn call_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    page_as(
        status,
        &NoteCall {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            filled,
            people: family(&open.file),
        },
    )
}

async fn note(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Notes).await?;
    let kept = filled(&full_name(&open.file.record), &typed, &[]);
    let hidden = visitor.again(&typed);
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    let on = match typed_day(&typed, "on") {
        Ok(on) => on.unwrap_or(open.file.now.today),
        Err(fault) => {
            let kept = with_faults(kept, &[fault]);
            return call_page(&web, &visitor, &open, hidden, kept, wrong);
        }
    };
    let people = family(&open.file);
    let named = people.into_iter().find(|(id, _)| id == typed.get("with")).map(|(_, name)| name);
    let event = Event::CallNoted(CallNoted {
        with: named.unwrap_or_else(|| typed.get("with-other").trim().to_owned()),
        words: typed.get("words").trim().to_owned(),
        answer_owed: typed.get("answer-owed") == "yes",
    });
    let command = Command::Record { event, on, known_on: on };
    match web.app.act(open.me, &open.child, &command, &typed.form()).await {
        Ok(_) => go(&open.base),
        Err(problem) => {
            let empty = typed.get("words").trim().is_empty();
            let field = if empty { "words" } else { "with-other" };
            let kept = mend(problem, kept, field)?;
            call_page(&web, &visitor, &open, hidden, kept, wrong)
        }
    }
}

async fn messages(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    let filled = Filled::about(&full_name(&open.file.record));
    let hidden = visitor.hidden(&web, None);
    thread(&web, &visitor, &open, hidden, filled, StatusCode::OK)
}

fn thread(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    let today = open.file.now.today;
    let written = open.file.record.history().into_iter().filter_map(|entry| match &entry.event {
        Event::MessageWritten(message) => Some(Message {
            from: message.from.clone(),
            at: moment(&sendero_app::london(&entry.header.recorded_at), today),
            words: message.words.clone(),
            mine: entry.header.actor == open.me.id.as_str(),
        }),
        _ => None,
    });
    let readers: Vec<String> = family(&open.file).into_iter().map(|(_, name)| name).collect();
    page_as(
        status,
        &Messages {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            read_by: if readers.is_empty() {
                words::word("letter", "nobody-yet")
            } else {
                readers.join("; ")
            },
            list: written.collect(),
            answer_by: None,
            filled,
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
    let today = open.file.now.today;
    let event = Event::MessageWritten(MessageWritten {
        from: open.me.name.full(),
        by_family: false,
        words: typed.get("message").trim().to_owned(),
    });
    let command = Command::Record { event, on: today, known_on: today };
    match web.app.act(open.me, &open.child, &command, &typed.form()).await {
        Ok(_) => go(&format!("{}/messages", open.base)),
        Err(problem) => {
            let kept = filled(&full_name(&open.file.record), &typed, &[]);
            let kept = mend(problem, kept, "message")?;
            let hidden = visitor.again(&typed);
            thread(&web, &visitor, &open, hidden, kept, StatusCode::UNPROCESSABLE_ENTITY)
        }
    }
}
