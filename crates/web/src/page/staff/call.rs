//! `/case/{reference}/call` and `/messages`: a call that was had, and the thread with the family.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use sendero_app::Problem;
use sendero_app::house::access::Part;
use sendero_app::house::record::{CallNoted, Command, Event, MessageWritten};

use super::desk::family;
use super::{Open, frame, open};
use crate::draw::moment;
use crate::page::{Answer, Shown, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::family::Message;
use crate::view::officer::{Messages, NoteCall};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/call", get(call).post(note))
        .route("/case/{reference}/messages", get(messages).post(write))
}

async fn call(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Notes).await?;
    let mut shown = open.fresh(&web, &visitor);
    shown.filled = today_filled(shown.filled, "on", open.file.now.today);
    call_page(&web, &visitor, &open, shown)
}

fn call_page(web: &Web, visitor: &Visitor, open: &Open<'_>, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
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
    let people = family(&open.file);
    let named = people.into_iter().find(|(id, _)| id == typed.get("with")).map(|(_, name)| name);
    let event = Event::CallNoted(CallNoted {
        with: named.unwrap_or_else(|| typed.get("with-other").trim().to_owned()),
        words: typed.get("words").trim().to_owned(),
        answer_owed: typed.get("answer-owed") == "yes",
    });
    let done = match typed_day(&typed, "on") {
        Ok(on) => {
            let on = on.unwrap_or(open.file.now.today);
            open.act(&web, &Command::Record { event, on, known_on: on }, &typed).await
        }
        Err(fault) => Err(Problem::Invalid(vec![fault])),
    };
    let field = if typed.get("words").trim().is_empty() { "words" } else { "with-other" };
    let kept = Shown::typed(&visitor, &typed, &open.head().name);
    kept.after(done, &open.saved("call"), field, |shown| call_page(&web, &visitor, &open, shown))
}

async fn messages(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    thread(&web, &visitor, &open, open.fresh(&web, &visitor))
}

fn thread(web: &Web, visitor: &Visitor, open: &Open<'_>, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
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
    let event = Event::MessageWritten(MessageWritten {
        from: open.me.name.full(),
        by_family: false,
        words: typed.get("message").trim().to_owned(),
    });
    let done = open.record(&web, event, &typed).await;
    let kept = Shown::typed(&visitor, &typed, &open.head().name);
    let to = format!("{}/messages", open.base);
    kept.after(done, &to, "message", |shown| thread(&web, &visitor, &open, shown))
}
