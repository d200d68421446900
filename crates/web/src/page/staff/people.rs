//! `/case/{reference}/people`: who is tied to the child and what each may see, who has the case and
//! to whom it goes, and who has looked.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use sendero_app::Look;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::record::{Command, Contact, Event, Name, PersonId, PersonTied, Relation};

use super::super::{Answer, filled, go, mend, page_as};
use super::case::{is_manager, reach};
use super::{Open, frame, open};
use crate::draw::{given, look};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::Tab;
use crate::view::form::Filled;
use crate::view::officer::{People, TiedPerson};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/people", get(people))
        .route("/case/{reference}/people/add", post(add))
        .route("/case/{reference}/people/give", post(give))
}

async fn people(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::WhoLooked).await?;
    let kept = Filled::about(&given(&open.file.record));
    form(&web, &visitor, &open, kept, StatusCode::OK).await
}

async fn form(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    kept: Filled,
    status: StatusCode,
) -> Answer {
    let looks = web.app.who_looked(open.me, &open.child).await?;
    let mine = open.file.record.officer().is_some_and(|(officer, _)| officer == open.me.id);
    let officers = if mine || is_manager(open) { officers(web, open).await? } else { Vec::new() };
    page_as(
        status,
        &People {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            people: tied(open),
            officer: open.file.record.officer().map(|(_, name)| name.full()),
            offered: open
                .file
                .record
                .offered()
                .map(|(header, offer)| (offer.name.full(), header.on)),
            officers: officers
                .into_iter()
                .map(|(id, name)| (id.as_str().to_owned(), name.full()))
                .collect(),
            assigns: is_manager(open),
            ties: true,
            hidden: [visitor.hidden(web, None), visitor.hidden(web, None)],
            filled: kept,
            looks: looks.iter().map(|one: &Look| look(one, open.file.now.today)).collect(),
        },
    )
}

/// The officers whom the case can go to: all but the one who has it.
async fn officers(web: &Web, open: &Open<'_>) -> Result<Vec<(PersonId, Name)>, Stop> {
    let with = open.file.record.officer().map(|(officer, _)| officer);
    let officers = web.app.people_with(&open.me.authority, Role::Officer).await?;
    Ok(officers
        .into_iter()
        .filter(|officer| Some(&officer.id) != with.as_ref())
        .map(|officer| (officer.id, officer.name))
        .collect())
}

fn tied(open: &Open<'_>) -> Vec<TiedPerson> {
    let mut people: Vec<TiedPerson> = open
        .file
        .record
        .people()
        .into_iter()
        .map(|tied| TiedPerson {
            who: tied.name.full(),
            role: tied
                .adviser
                .clone()
                .unwrap_or_else(|| words::word("relation", tied.relation.word())),
            reach: reach(tied.contact.as_ref()),
            sees: words::word(
                "sees",
                if tied.relation == Relation::Adviser { "adviser" } else { "family" },
            ),
            until: tied.until,
        })
        .collect();
    if let Some((_, name)) = open.file.record.officer() {
        people.push(TiedPerson {
            who: name.full(),
            role: words::role("officer"),
            reach: String::new(),
            sees: words::word("sees", "officer"),
            until: None,
        });
    }
    people
}

/// What somebody is to the child, in the record's words.
fn relation_of(word: &str) -> Option<Relation> {
    match word {
        "mother" => Some(Relation::Mother),
        "father" => Some(Relation::Father),
        "parent" => Some(Relation::ParentalResponsibility),
        "carer" | "foster" | "other" => Some(Relation::Carer),
        _ => None,
    }
}

async fn add(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::People).await?;
    let mut kept = filled(&given(&open.file.record), &typed, &[]);
    let text = |field: &str| {
        let text = typed.get(field).trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    if text("tie-name").is_none() {
        kept = kept.wrong("tie-name", &words::word("tie", "name"));
    }
    let email = text("tie-email");
    if email.as_deref().is_some_and(|email| !is_address(email)) {
        kept = kept.wrong(
            "tie-email",
            &words::fault(&sendero_app::FieldFault::of("tie-email", "not-an-address")),
        );
    }
    let how = text("tie-how-checked");
    if how.is_none() {
        kept = kept.wrong("tie-how-checked", &words::word("tie", "how-checked"));
    }
    let relation = relation_of(typed.get("tie-relation"));
    if relation.is_none() {
        let choose = words::fault(&sendero_app::FieldFault::of("tie-relation", "choose"));
        kept = kept.wrong("tie-relation", &choose);
    }
    let (Some(relation), false) = (relation, kept.has_problems()) else {
        return form(&web, &visitor, &open, kept, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    // Somebody known here by this address is the same person, with the sign-in they have.
    let known = match &email {
        Some(email) => web.app.known_by_email(&open.me.authority, email).await?,
        None => None,
    };
    let name = name_of(typed.get("tie-name"));
    let tied = PersonTied {
        person: known.map_or_else(|| PersonId::new(web.app.fresh_id()), |(person, _)| person),
        name: name.clone(),
        relation,
        parental_responsibility: match typed.get("tie-responsibility") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        body: None,
        adviser: None,
        contact: Some(Contact {
            email,
            phone: text("tie-phone"),
            interpreter: None,
            note: None,
            address: text("tie-address"),
        }),
    };
    match open.record(&web, Event::PersonTied(tied), &typed).await {
        Ok(()) => {
            let note = sendero_app::house::record::CallNoted {
                with: name.full(),
                words: format!("{}: {}", words::word("tie", "checked"), how.unwrap_or_default()),
                answer_owed: false,
            };
            open.act_beside(&web, Event::CallNoted(note), &typed).await?;
            go(&format!("{}/people", open.base))
        }
        Err(problem) => {
            let kept = mend(problem, kept, "tie-name")?;
            form(&web, &visitor, &open, kept, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Whether a link could be sent there.
fn is_address(email: &str) -> bool {
    email.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
        && !email.chars().any(char::is_whitespace)
}

/// A name as it was typed: the last word is the family name.
fn name_of(typed: &str) -> Name {
    let typed = typed.trim();
    match typed.rsplit_once(char::is_whitespace) {
        Some((given, family)) => Name::new(given.trim(), family),
        None => Name::new(typed, ""),
    }
}

async fn give(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::People).await?;
    let kept = filled(&given(&open.file.record), &typed, &[]);
    let chosen = typed.get("officer");
    let officer =
        officers(&web, &open).await?.into_iter().find(|(officer, _)| officer.as_str() == chosen);
    let Some((to, name)) = officer else {
        let kept = kept.wrong("officer", &words::word("tie", "officer"));
        return form(&web, &visitor, &open, kept, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    let command = if is_manager(&open) {
        Command::Assign { officer: to, name }
    } else {
        Command::OfferHandover { to, name, note: typed.get("note").trim().to_owned() }
    };
    match open.act(&web, &command, &typed).await {
        Ok(()) => go(&format!("{}/people", open.base)),
        Err(problem) => {
            let kept = mend(problem, kept, "officer")?;
            form(&web, &visitor, &open, kept, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}
