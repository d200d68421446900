//! `/sign-in` and `/link/…`: the ways in. A link is opened by a press of a button, so that no mail
//! scanner uses it up.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use sendero_app::house::access::Role;
use sendero_app::{Me, Problem, SignedIn};

use super::{Answer, filled, go, mend, page, page_as};
use crate::draw::frame_of;
use crate::server::Web;
use crate::session::{SIGN_IN, Typed, Visitor, set_cookie};
use crate::view::form::Filled;
use crate::view::public::{OneUse, SignIn};

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/sign-in", get(form).post(sign_in))
        .route("/link/{token}", get(link).post(use_link))
}

/// How long the cookie of a sign-in is kept; the sign-in itself may end sooner.
const COOKIE_SECONDS: i64 = 30 * 24 * 60 * 60;

async fn form(State(web): State<Web>, visitor: Visitor) -> Answer {
    if let Some(me) = &visitor.me {
        return go(home_of(me));
    }
    page(&SignIn {
        frame: frame_of(&web.app, &visitor),
        hidden: visitor.hidden(&web, None),
        filled: Filled::default(),
        sent: false,
    })
}

async fn sign_in(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let email = typed.get("email");
    if typed.get("go") == "link" || typed.get("password").is_empty() {
        let told = web.app.send_sign_in_link(email, &visitor.place).await;
        let filled = filled("", &typed, &[]);
        let (status, filled, sent) = match told {
            Ok(()) => (StatusCode::OK, filled, true),
            Err(problem) => {
                (StatusCode::UNPROCESSABLE_ENTITY, mend(problem, filled, "email")?, false)
            }
        };
        let hidden = visitor.again(&typed);
        let frame = frame_of(&web.app, &visitor);
        return page_as(status, &SignIn { frame, hidden, filled, sent });
    }
    let tried =
        web.app.sign_in(email, typed.get("password"), &visitor.place, &visitor.browser).await;
    match tried {
        Ok(signed_in) => enter(&web, &signed_in),
        Err(problem) => {
            let mut kept = filled("", &typed, &[]);
            kept.values.remove("password");
            let page = SignIn {
                frame: frame_of(&web.app, &visitor),
                hidden: visitor.again(&typed),
                filled: mend(problem, kept, "email")?,
                sent: false,
            };
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn link(State(web): State<Web>, visitor: Visitor, Path(token): Path<String>) -> Answer {
    let who = match web.app.link_owner(&token).await? {
        // A link that works again cannot be used up: no button stands before it.
        Some((_, true)) => {
            let signed_in = web.app.sign_in_by_link(&token, &visitor.browser).await?;
            return enter(&web, &signed_in);
        }
        other => other.map(|(name, _)| name),
    };
    let status = if who.is_some() { StatusCode::OK } else { StatusCode::NOT_FOUND };
    page_as(
        status,
        &OneUse {
            frame: frame_of(&web.app, &visitor),
            hidden: visitor.hidden(&web, None),
            action: format!("/link/{token}"),
            who,
        },
    )
}

async fn use_link(
    State(web): State<Web>,
    visitor: Visitor,
    Path(token): Path<String>,
    _: Typed,
) -> Answer {
    match web.app.sign_in_by_link(&token, &visitor.browser).await {
        Ok(signed_in) => enter(&web, &signed_in),
        Err(Problem::NotFound) => page_as(
            StatusCode::NOT_FOUND,
            &OneUse {
                frame: frame_of(&web.app, &visitor),
                hidden: visitor.hidden(&web, None),
                action: String::new(),
                who: None,
            },
        ),
        Err(other) => Err(other.into()),
    }
}

/// Hands over the cookie and goes to the person's first page.
fn enter(web: &Web, signed_in: &SignedIn) -> Answer {
    let mut answer: Response = go(home_of(&signed_in.me))?;
    set_cookie(web, &mut answer, SIGN_IN, &signed_in.token, Some(COOKIE_SECONDS));
    Ok(answer)
}

/// Where a person begins.
pub(crate) fn home_of(me: &Me) -> &'static str {
    match me.role {
        Role::Parent | Role::YoungPerson => "/home",
        Role::Officer | Role::Manager => "/today",
        Role::Adviser => "/advice",
        Role::Provider => "/keep",
    }
}
