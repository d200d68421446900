//! `/comments`: the desk of those who answer what is said of the Local Offer.

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::offer::comment::{Action, Command, Reason, answer_by, marks};
use sendero_app::{FieldFault, Problem, SaidLine};

use super::{frame, staff};
use crate::page::offer::{about, said_one};
use crate::page::{Answer, Shown, page, page_as, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::comment::{AnswerPage, CommentsPage, DeskLine};
use crate::view::form::Filled;
use crate::words::word;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/comments", get(list)).route("/comments/{id}", get(show).post(answer))
}

/// The longest beginning of a comment in the list, in characters.
const BEGINNING_MOST: usize = 160;

async fn list(State(web): State<Web>, visitor: Visitor) -> Answer {
    let desk = web.app.comments_desk(staff(&visitor)?).await?;
    let today = web.app.now().today;
    let line = |one: &SaidLine, words: &str, by: Date| DeskLine {
        href: format!("/comments/{}", one.id),
        about: about(&one.comment, &one.service),
        words: beginning(words),
        by,
        late: by < today,
    };
    let waiting = desk.waiting.iter();
    let promised = desk.promised.iter().filter_map(|one| {
        let action = one.comment.answer.as_ref()?.action.as_ref()?;
        Some(line(one, &format!("{}: {}", action.owner, action.what), action.by))
    });
    page(&CommentsPage {
        frame: frame(&web, &visitor, Tab::Offer),
        waiting: waiting
            .map(|one| line(one, &one.comment.typed, answer_by(one.comment.made_on)))
            .collect(),
        promised: promised.collect(),
    })
}

fn beginning(words: &str) -> String {
    let cut: String = words.chars().take(BEGINNING_MOST).collect();
    if cut.len() < words.len() { format!("{cut}…") } else { cut }
}

async fn show(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Answer {
    let me = staff(&visitor)?;
    let (line, _) = web.app.comment_at_desk(me, &id).await?;
    let filled = Filled::default().with("words", &line.comment.typed);
    let shown = Shown::fresh(visitor.hidden(&web, None), filled);
    answer_page(&web, &visitor, &line, shown)
}

fn answer_page(web: &Web, visitor: &Visitor, line: &SaidLine, shown: Shown) -> Answer {
    let (comment, today) = (&line.comment, web.app.now().today);
    let about = about(comment, &line.service);
    let marks = marks(&comment.typed);
    page_as(
        shown.status,
        &AnswerPage {
            frame: frame(web, visitor, Tab::Offer),
            base: format!("/comments/{}", line.id),
            made_on: comment.made_on,
            by: answer_by(comment.made_on),
            typed: comment.typed.clone(),
            marks: marks
                .into_iter()
                .map(|mark| (word("comment-mark", mark.kind), mark.words))
                .collect(),
            said: said_one(comment, about.clone(), today),
            withheld: comment.withheld.map(|why| word("comment-reason", why.word())),
            hidden: [shown.hidden, visitor.hidden(web, None), visitor.hidden(web, None)],
            filled: shown.filled,
            reasons: Reason::ALL
                .into_iter()
                .map(|why| (why.word().to_owned(), word("comment-reason", why.word())))
                .collect(),
            about,
        },
    )
}

async fn answer(
    State(web): State<Web>,
    visitor: Visitor,
    Path(id): Path<String>,
    typed: Typed,
) -> Answer {
    let me = staff(&visitor)?;
    let (line, _) = web.app.comment_at_desk(me, &id).await?;
    let done = match command(&typed) {
        Ok(command) => web.app.answer_comment(me, &id, &command, &typed.form()).await,
        Err(fault) => Err(Problem::Invalid(vec![fault])),
    };
    let shown = Shown::typed(&visitor, &typed, "");
    shown.after(done, "/comments", "response", |shown| answer_page(&web, &visitor, &line, shown))
}

/// What the form asks for, or the field that is wrong.
fn command(typed: &Typed) -> Result<Command, FieldFault> {
    let text = |field: &str| typed.get(field).trim().to_owned();
    match typed.get("act") {
        "publish" => Ok(Command::Publish {
            words: text("words"),
            response: text("response"),
            action: action(typed)?,
            nobody_recognised: typed.get("nobody") == "yes",
        }),
        "withhold" => Reason::from_word(typed.get("reason"))
            .map(Command::Withhold)
            .ok_or_else(|| FieldFault::of("reason", "choose")),
        "done" => Ok(Command::Finish(text("done"))),
        _ => Err(FieldFault::of("response", "choose")),
    }
}

/// What is promised; nothing where all of it is left empty.
fn action(typed: &Typed) -> Result<Option<Action>, FieldFault> {
    let text = |field: &str| typed.get(field).trim().to_owned();
    let by = typed_day(typed, "by")?;
    match by {
        None if text("action").is_empty() && text("owner").is_empty() => Ok(None),
        None => Err(FieldFault::of("by", "needed")),
        Some(by) => Ok(Some(Action { what: text("action"), owner: text("owner"), by })),
    }
}
