//! A whole service on a database of its own, at a fixed moment, and browsers that use it: what they
//! send goes through the router, and their forms carry the marks of the page before.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode, header};
use jiff::civil::{Date, date};
use sendero_app::house::access::Role;
use sendero_app::house::law::Rulebook;
use sendero_app::house::record::{ChildId, Command, Name, PersonId};
use sendero_app::{App, AreaDetail, Chance, Clock, Form, Me, NewPerson, Now};
use sendero_store::{OpenOptions, Store};
use sendero_web::Front;
use tower::ServiceExt as _;

/// The day on which every test of a service happens: a Monday.
pub(crate) const TODAY: Date = date(2026, 11, 23);

/// Half past nine of a day, which a test may set.
struct Fixed(Mutex<Date>);

impl Clock for Fixed {
    fn now(&self) -> Now {
        Now::on(*self.0.lock().unwrap(), 9, 30)
    }

    fn set(&self, day: Date) -> bool {
        *self.0.lock().unwrap() = day;
        true
    }

    fn seconds(&self) -> u64 {
        0
    }
}

/// Bytes that are never the same twice, and the same in every run.
#[derive(Default)]
struct Counted(AtomicU64);

impl Chance for Counted {
    fn bytes(&self) -> [u8; 32] {
        let mut state = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(0x9e37_79b9);
        std::array::from_fn(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_041);
            state.to_be_bytes()[0]
        })
    }
}

pub(crate) struct Service {
    pub(crate) app: App,
    router: Router,
    _folder: tempfile::TempDir,
}

impl Service {
    pub(crate) async fn new() -> Self {
        Self::under(BTreeMap::new()).await
    }

    /// A service in which some areas have standards of their own.
    pub(crate) async fn under(own: BTreeMap<String, &'static Rulebook>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite:{}", folder.path().join("area.db").display());
        let store = Store::open(&url, OpenOptions::default()).await.unwrap();
        let clock = Arc::new(Fixed(Mutex::new(TODAY)));
        let app = App::new(store, Rulebook::embedded(), clock, Arc::<Counted>::default())
            .with_standards(own);
        app.set_area(&AreaDetail {
            code: "999".to_owned(),
            name: "Aldermere".to_owned(),
            letters: "ALD".to_owned(),
            pretend: true,
            phone: "01632 960 100".to_owned(),
            hours: "Monday to Friday".to_owned(),
            advice: "Aldermere SENDIASS".to_owned(),
            advice_phone: "01632 960 177".to_owned(),
            mediation: "Aldermere Mediation, 01632 960 190".to_owned(),
            disagreement: "Aldermere Resolution, 01632 960 191".to_owned(),
            institutions: "https://aldermere.example/schools".to_owned(),
            address: "https://aldermere.example".to_owned(),
            borders: vec![],
        })
        .await
        .unwrap();
        let router = sendero_web::router(app.clone(), Front::default());
        Self { app, router, _folder: folder }
    }

    /// Adds a person and signs them in by their link, as they would.
    pub(crate) async fn sign_in(&self, role: Role, given: &str, body: &str) -> Browser {
        self.sign_in_as(None, role, given, body).await
    }

    /// The same for somebody whom a record knows by this id.
    pub(crate) async fn sign_in_as(
        &self,
        id: Option<PersonId>,
        role: Role,
        given: &str,
        body: &str,
    ) -> Browser {
        let person = NewPerson {
            id,
            authority: "999".to_owned(),
            role,
            name: Name::new(given, "Fallowfield"),
            email: format!("{}@aldermere.example", given.to_lowercase()),
            body: body.to_owned(),
        };
        self.sign_in_person(person, "aldermere.example").await
    }

    /// An officer of another area, through its own address.
    pub(crate) async fn officer_at(&self, area: &AreaDetail, given: &str) -> Browser {
        let person = NewPerson {
            id: None,
            authority: area.code.clone(),
            role: Role::Officer,
            name: Name::new(given, "Fallowfield"),
            email: format!("{}@{}", given.to_lowercase(), area.host()),
            body: String::new(),
        };
        self.sign_in_person(person, area.host()).await
    }

    /// Somebody of a family there, whom a record knows by this id.
    pub(crate) async fn family_at(&self, area: &AreaDetail, id: PersonId, given: &str) -> Browser {
        let person = NewPerson {
            id: Some(id),
            authority: area.code.clone(),
            role: Role::Parent,
            name: Name::new(given, "Fernleigh"),
            email: format!("{}@home.example", given.to_lowercase()),
            body: String::new(),
        };
        self.sign_in_person(person, area.host()).await
    }

    async fn sign_in_person(&self, person: NewPerson, host: &str) -> Browser {
        let (_, token) = self.app.add_person(&person).await.unwrap();
        let mut browser = self.browser();
        host.clone_into(&mut browser.host);
        browser.get(&format!("/link/{token}")).await;
        let answer = browser.post(&format!("/link/{token}"), &[]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        browser
    }

    pub(crate) fn browser(&self) -> Browser {
        Browser {
            app: self.app.clone(),
            router: self.router.clone(),
            host: "aldermere.example".to_owned(),
            cookies: BTreeMap::new(),
            marks: Vec::new(),
        }
    }
}

/// What came back.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) to: String,
    pub(crate) html: String,
}

impl Page {
    /// The page with this status, saying these words.
    pub(crate) fn says(&self, status: StatusCode, words: &[&str]) {
        assert_eq!(self.status, status, "to {}: {}", self.to, self.html);
        for words in words {
            assert!(self.html.contains(words), "does not say “{words}”: {}", self.html);
        }
    }

    /// "Go on there", after something was done; what the page there will say was saved is left out.
    pub(crate) fn leads(&self, to: &str) {
        let led = self.to.split("?saved=").next().unwrap();
        assert_eq!((self.status, led), (StatusCode::SEE_OTHER, to), "{}", self.html);
    }
}

/// Somebody's browser: its cookies, and the hidden marks of the page that it shows.
pub(crate) struct Browser {
    app: App,
    router: Router,
    /// The name under which the service is asked.
    pub(crate) host: String,
    cookies: BTreeMap<String, String>,
    marks: Vec<(String, String)>,
}

impl Browser {
    pub(crate) async fn get(&mut self, path: &str) -> Page {
        self.send(Request::get(path), Body::empty()).await
    }

    /// Sends a form with the hidden marks of the page before.
    pub(crate) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let marks = self.marks.clone();
        let own = fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let kept = marks.into_iter().filter(|(name, _)| fields.iter().all(|(own, _)| own != name));
        let pairs: Vec<String> = kept
            .chain(own)
            .map(|(name, value)| format!("{}={}", encoded(&name), encoded(&value)))
            .collect();
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request, Body::from(pairs.join("&"))).await
    }

    async fn send(&mut self, request: axum::http::request::Builder, body: Body) -> Page {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let request =
            request.header(header::HOST, &self.host).header(header::COOKIE, cookies.join("; "));
        let request = request.body(body).unwrap();
        let answer = self.router.clone().oneshot(request).await.unwrap();
        for set in answer.headers().get_all(header::SET_COOKIE) {
            let pair = set.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            self.cookies.insert(name.to_owned(), value.to_owned());
        }
        let status = answer.status();
        let to = answer.headers().get(header::LOCATION);
        let to = to.map(|to| to.to_str().unwrap().to_owned()).unwrap_or_default();
        let bytes = to_bytes(answer.into_body(), 4 << 20).await.unwrap();
        let html = String::from_utf8(bytes.to_vec()).unwrap();
        if html.contains("name=\"csrf\"") {
            self.marks = marks(&html);
        }
        Page { status, to, html }
    }

    /// The person behind the sign-in.
    pub(crate) async fn me(&self) -> Me {
        self.app.me(&self.cookies["sendero-sign-in"]).await.unwrap().unwrap()
    }

    /// Does something that has no page in this test.
    pub(crate) async fn act(&self, child: &ChildId, command: Command) {
        self.app.act(&self.me().await, child, &command, &Form::default()).await.unwrap();
    }

    pub(crate) async fn child(&self, reference: &str) -> ChildId {
        self.app.child_by_reference(&self.me().await, reference).await.unwrap()
    }
}

/// The hidden fields of a page, each name once.
fn marks(html: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for input in html.split("<input type=\"hidden\" name=\"").skip(1) {
        let (name, rest) = input.split_once('"').unwrap();
        let value = rest.split('"').nth(1).unwrap_or_default();
        if found.iter().all(|(known, _)| known != name) {
            found.push((name.to_owned(), plain(value)));
        }
    }
    found
}

fn plain(value: &str) -> String {
    value.replace("&#34;", "\"").replace("&#39;", "'").replace("&#60;", "<").replace("&#38;", "&")
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| {
            if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}
