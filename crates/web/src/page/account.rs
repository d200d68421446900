//! `/home`, `/account` and signing out: what is a person's own, whatever their role.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use sendero_app::Me;
use sendero_app::house::access::Role;

use super::sign_in::home_of;
use super::{Answer, filled, go, mend, page, page_as};
use crate::draw::{date_words, frame_of};
use crate::server::Web;
use crate::session::{SIGN_IN, Typed, Visitor, set_cookie};
use crate::stop::Stop;
use crate::view::Link;
use crate::view::form::Filled;
use crate::view::parts::Action;
use crate::view::public::{Account, Children, Device};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/home", get(home))
        .route("/account", get(account).post(change))
        .route("/sign-out", post(sign_out))
}

async fn home(State(web): State<Web>, visitor: Visitor) -> Answer {
    let me = visitor.me()?;
    if !matches!(me.role, Role::Parent | Role::YoungPerson) {
        return go(home_of(me));
    }
    let children = web.app.my_children(me).await?;
    if let [only] = children.as_slice() {
        return go(&format!("/child/{}", only.reference));
    }
    let list = children
        .into_iter()
        .map(|child| Action {
            link: Link {
                href: format!("/child/{}", child.reference),
                text: child.name.given.clone(),
            },
            line: words::word("stage", child.stage.word()),
        })
        .collect();
    page(&Children { frame: frame_of(&web.app, &visitor), list })
}

async fn account_page(
    web: &Web,
    visitor: &Visitor,
    me: &Me,
    filled: Filled,
    saved: bool,
) -> Result<Account, Stop> {
    let devices = web.app.my_devices(me).await?;
    Ok(Account {
        frame: frame_of(&web.app, visitor),
        hidden: visitor.hidden(web, None),
        again: visitor.hidden(web, None),
        out: visitor.hidden(web, None),
        filled,
        has_password: me.has_password || saved,
        saved,
        devices: devices
            .into_iter()
            .map(|device| Device {
                since: device
                    .since
                    .get(..10)
                    .and_then(|day| day.parse().ok())
                    .map(date_words)
                    .unwrap_or_default(),
                label: device.label,
                this: device.this,
            })
            .collect(),
    })
}

async fn account(State(web): State<Web>, visitor: Visitor) -> Answer {
    let me = visitor.me()?;
    page(&account_page(&web, &visitor, me, Filled::default(), false).await?)
}

async fn change(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let me = visitor.me()?;
    if typed.get("go") == "everywhere" {
        web.app.sign_out_everywhere(me).await?;
        return leave(&web);
    }
    match web.app.set_password(me, typed.get("password")).await {
        Ok(()) => page(&account_page(&web, &visitor, me, Filled::default(), true).await?),
        Err(problem) => {
            let mut kept = filled("", &typed, &[]);
            kept.values.remove("password");
            let filled = mend(problem, kept, "password")?;
            let page = account_page(&web, &visitor, me, filled, false).await?;
            page_as(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

async fn sign_out(State(web): State<Web>, visitor: Visitor, _: Typed) -> Answer {
    web.app.sign_out(visitor.me()?).await?;
    leave(&web)
}

fn leave(web: &Web) -> Answer {
    let mut answer = go("/")?;
    set_cookie(web, &mut answer, SIGN_IN, "", Some(0));
    Ok(answer)
}
