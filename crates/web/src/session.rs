//! Who is asking: the sign-in behind the cookie, or a visitor with a random mark, and the proof
//! that a form came from a page of ours.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use axum::extract::{ConnectInfo, FromRequest, FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use sendero_app::{AreaDetail, Form, Me, Problem};

use crate::server::Web;
use crate::stop::Stop;
use crate::view::form::Hidden;

/// The cookie of a sign-in.
pub(crate) const SIGN_IN: &str = "sendero-sign-in";
/// The cookie of a visitor without one.
const VISIT: &str = "sendero-visit";
/// The cookie of a request begun without an account.
pub(crate) const DRAFT: &str = "sendero-request";

/// Who is asking, found once a request.
#[derive(Clone, Debug)]
pub(crate) struct Visitor {
    /// Who is signed in.
    pub(crate) me: Option<Me>,
    /// The area whose pages these are.
    pub(crate) area: AreaDetail,
    /// What forms must carry.
    pub(crate) csrf: String,
    /// Where the request came from, for limits on guesses.
    pub(crate) place: String,
    /// What the browser says it is.
    pub(crate) browser: String,
}

impl Visitor {
    /// Who is signed in.
    ///
    /// # Errors
    /// [`Problem::SignInFirst`] where nobody is.
    pub(crate) fn me(&self) -> Result<&Me, Stop> {
        self.me.as_ref().ok_or_else(|| Problem::SignInFirst.into())
    }

    /// The hidden marks of a form; `seen` where it edits something.
    pub(crate) fn hidden(&self, web: &Web, seen: Option<i64>) -> Hidden {
        Hidden {
            csrf: self.csrf.clone(),
            command: web.app.fresh_id(),
            seen: seen.map(|seen| seen.to_string()),
        }
    }

    /// The same marks, for a form that comes back with problems: the same act, tried again.
    pub(crate) fn again(&self, typed: &Typed) -> Hidden {
        let seen = typed.get("seen");
        Hidden {
            csrf: self.csrf.clone(),
            command: typed.get("command").to_owned(),
            seen: (!seen.is_empty()).then(|| seen.to_owned()),
        }
    }
}

/// Finds the visitor and gives a new one their mark.
pub(crate) async fn find(
    State(web): State<Web>,
    mut request: Request,
    next: Next,
) -> Result<Response, Stop> {
    let path = request.uri().path();
    if path.starts_with("/assets/") || path == "/healthz" || crate::page::is_feed(path) {
        return Ok(next.run(request).await);
    }
    let headers = request.headers();
    let me = match cookie(headers, SIGN_IN) {
        Some(token) => web.app.me(&token).await?,
        None => None,
    };
    let visit = cookie(headers, VISIT).filter(|visit| visit.len() >= 32);
    let fresh = visit.is_none().then(|| web.app.fresh_token());
    let visit = visit.or_else(|| fresh.clone()).unwrap_or_default();
    let browser = headers
        .get(header::USER_AGENT)
        .and_then(|value| value.to_str().ok())
        .map(browser_of)
        .unwrap_or_default();
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|from| from.0.ip());
    let place = web.front.place(peer, headers);
    let area = match &me {
        Some(me) => web.app.area(&me.authority).await?,
        None => web.app.area_at(&host_of(request.headers())).await?.unwrap_or_default(),
    };
    let csrf = match &me {
        Some(me) => me.csrf.clone(),
        None => web.app.form_mark(&visit),
    };
    request.extensions_mut().insert(Visitor { me, area, csrf, place, browser });
    let mut answer = next.run(request).await;
    if let Some(fresh) = fresh {
        set_cookie(&web, &mut answer, VISIT, &fresh, None);
    }
    Ok(answer)
}

/// The name under which we were asked.
pub(crate) fn host_of(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    host.unwrap_or_default().to_owned()
}

/// The browser's family, which is all that "where you are signed in" needs.
fn browser_of(agent: &str) -> String {
    let names = ["Edg", "OPR", "SamsungBrowser", "Firefox", "Chrome", "Safari"];
    let systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS", "Linux"];
    let found = |list: &[&str]| {
        list.iter().find(|name| agent.contains(**name)).copied().unwrap_or("browser").to_owned()
    };
    format!("{} on {}", found(&names), found(&systems))
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// Sets a cookie that scripts and other sites cannot use; `seconds` of 0 ends it.
pub(crate) fn set_cookie(
    web: &Web,
    answer: &mut Response,
    name: &str,
    value: &str,
    seconds: Option<i64>,
) {
    let secure = if web.front.secure { "; Secure" } else { "" };
    let age = seconds.map(|seconds| format!("; Max-Age={seconds}")).unwrap_or_default();
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}");
    if let Ok(value) = HeaderValue::from_str(&text) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Stop;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Stop> {
        parts
            .extensions
            .get::<Self>()
            .cloned()
            .ok_or_else(|| Problem::Broken("a route without a visitor".to_owned()).into())
    }
}

/// What a form sent, checked to have come from a page of ours.
#[derive(Clone, Debug, Default)]
pub(crate) struct Typed(BTreeMap<String, Vec<String>>);

impl Typed {
    /// The first value of a field, as typed; empty if there is none.
    pub(crate) fn get(&self, field: &str) -> &str {
        self.0.get(field).and_then(|list| list.first()).map_or("", String::as_str)
    }

    /// Every value of a field.
    pub(crate) fn all(&self, field: &str) -> &[String] {
        self.0.get(field).map_or(&[], Vec::as_slice)
    }

    /// Puts a value in place of what was typed in a field.
    pub(crate) fn put(&mut self, field: &str, value: &str) {
        self.0.insert(field.to_owned(), vec![value.to_owned()]);
    }

    /// All that was typed, for a page that keeps it.
    pub(crate) fn fields(&self) -> &BTreeMap<String, Vec<String>> {
        &self.0
    }

    /// The marks of the act.
    pub(crate) fn form(&self) -> Form {
        Form { command: self.get("command").to_owned(), seen: self.get("seen").parse().ok() }
    }
}

/// Fields that one form may send.
const FIELDS_MAX: usize = 2_000;

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = Stop;

    async fn from_request(request: Request, state: &S) -> Result<Self, Stop> {
        let visitor = request.extensions().get::<Visitor>().cloned();
        let pairs = match axum::extract::Form::<Vec<(String, String)>>::from_request(request, state)
            .await
        {
            Ok(pairs) => pairs.0,
            Err(rejected) if rejected.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE => {
                return Err(Problem::TooMuch { what: "form-megabytes", limit: 4 }.into());
            }
            Err(_) => return Err(Problem::NotFound.into()),
        };
        if pairs.len() > FIELDS_MAX {
            return Err(Problem::TooMuch { what: "form-fields", limit: FIELDS_MAX as u64 }.into());
        }
        let mut fields: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in pairs {
            // The databases keep text without NUL, and no person types one.
            let value = value.replace('\0', "").replace("\r\n", "\n");
            fields.entry(name).or_default().push(value);
        }
        let typed = Self(fields);
        let right = visitor
            .is_some_and(|visitor| !visitor.csrf.is_empty() && typed.get("csrf") == visitor.csrf);
        if right { Ok(typed) } else { Err(Stop::old_form()) }
    }
}
