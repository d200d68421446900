//! `/case/{reference}/asker`: who asked, until somebody has checked who they are, and how that was
//! done.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::routing::post;
use sendero_app::house::access::Part;
use sendero_app::house::record::{AskerNamed, CallNoted, Command, Event, PersonId, Refusal};

use super::case::{case_page, filled_in, note_words};
use super::{Open, open};
use crate::draw::given;
use crate::page::{Answer, Shown, go};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::form::{Choice, Choices};
use crate::view::officer::Asker;
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/case/{reference}/asker", post(match_asker))
}

/// Who asked, until somebody has checked who they are.
pub(super) async fn asker(web: &Web, open: &Open<'_>, shown: Shown) -> Result<Option<Asker>, Stop> {
    let Some(named) = open.file.record.unmatched_asker() else { return Ok(None) };
    let Shown { hidden, filled, .. } = shown;
    let chosen = filled.value("who").to_owned();
    let mut list = Vec::new();
    if let Some((person, name)) = known(web, open, named).await? {
        list.push(Choice::of(person.as_str(), &name).hinted(&words::word("match", "known")));
    }
    list.push(Choice::of("new", &words::word("match", "new")));
    for choice in &mut list {
        choice.chosen = choice.value == chosen;
    }
    let mut who = Choices::one("who", &words::word("match", "who"), list);
    who.problem = filled.problems.iter().find(|one| one.field == "who").map(|one| one.text.clone());
    Ok(Some(Asker { hidden, said: said_of(open, named), who, filled }))
}

/// Somebody known here with the same address.
async fn known(
    web: &Web,
    open: &Open<'_>,
    named: &AskerNamed,
) -> Result<Option<(PersonId, String)>, Stop> {
    match filled_in(named.contact.email.as_deref()) {
        Some(email) => Ok(web.app.known_by_email(&open.me.authority, email).await?),
        None => Ok(None),
    }
}

fn said_of(open: &Open<'_>, named: &AskerNamed) -> Vec<(String, String)> {
    let contact = &named.contact;
    let responsible = named
        .parental_responsibility
        .map(|has| words::word("match", if has { "yes" } else { "no" }));
    let rows = [
        ("name", Some(named.name.full())),
        ("relation", Some(words::word("relation", named.relation.word()))),
        ("responsibility", responsible),
        ("email", contact.email.clone()),
        ("phone", contact.phone.clone()),
        ("address", contact.address.clone()),
        ("interpreter", contact.interpreter.clone()),
        ("note", contact.note.as_deref().map(note_words)),
    ];
    let given = given(&open.file.record);
    rows.into_iter()
        .filter_map(|(what, words)| Some((what, words.filter(|words| !words.trim().is_empty())?)))
        .map(|(what, said)| (words::word("match", what).replace("{name}", &given), said))
        .collect()
}

async fn match_asker(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let kept = Shown::typed(&visitor, &typed, &given(&open.file.record));
    let Some(named) = open.file.record.unmatched_asker().cloned() else { return go(&open.base) };
    let known = known(&web, &open, &named).await?.map(|(person, _)| person);
    let person = match (typed.get("who"), known) {
        ("new", _) => Some(named.person.clone()),
        (chosen, Some(known)) if chosen == known.as_str() => Some(known),
        _ => None,
    };
    let how = typed.get("how-checked").trim();
    let Some(person) = person.filter(|_| !how.is_empty()) else {
        let empty = words::refusal(&Refusal::Empty { field: "how-checked" });
        let choose = words::word("match", "choose");
        let kept = if typed.get("who").is_empty() { kept.wrong("who", &choose) } else { kept };
        let kept = if how.is_empty() { kept.wrong("how-checked", &empty) } else { kept };
        return again(&web, &visitor, &open, kept).await;
    };
    let command = Command::MatchAsker { asker: named.person.clone(), person };
    match open.act(&web, &command, &typed).await {
        Ok(()) => {
            // How it was checked is the authority's own note, beside the tie that it led to.
            let note = CallNoted {
                with: named.name.full(),
                words: format!("{}: {how}", words::word("match", "checked")),
                answer_owed: false,
            };
            open.act_beside(&web, Event::CallNoted(note), &typed).await?;
            go(&open.saved("asker"))
        }
        Err(problem) => again(&web, &visitor, &open, kept.mend(problem, "who")?).await,
    }
}

async fn again(web: &Web, visitor: &Visitor, open: &Open<'_>, shown: Shown) -> Answer {
    let status = shown.status;
    let asker = asker(web, open, shown).await?;
    case_page(web, visitor, open, asker, &BTreeMap::new(), status)
}
