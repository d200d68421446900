//! The server: its routes, its limits, and the headers that every answer carries.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use sendero_app::App;
use sendero_app::house::access::{Act, Part};
use tokio::net::TcpListener;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;
use tower_http::timeout::TimeoutLayer;
use tower_http::trace::TraceLayer;

use crate::front::Front;
use crate::page::{self, OwnPages};
use crate::stop;
use crate::{assets, session};

/// The largest form that is read: a plan of twelve long sections fits.
const FORM_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How long one answer may take.
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// What handlers share.
#[derive(Clone)]
pub(crate) struct Web {
    pub(crate) app: App,
    pub(crate) front: Arc<Front>,
    /// What was measured of our own pages.
    pub(crate) own: OwnPages,
}

/// Who may use a route, as the access matrix asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Route {
    /// Anybody.
    Open(&'static str),
    /// Anybody who is signed in, about themselves.
    SignedIn(&'static str),
    /// What `access` decides.
    Asks(&'static str, Act),
}

/// Every route with what it asks of `access`. The router is built from modules that mirror the
/// addresses; a test finds a route that stands in one and not in the other.
pub const ROUTES: &[Route] = &[
    Route::Open("GET /"),
    Route::Open("GET /healthz"),
    Route::Open("GET /assets/{name}"),
    Route::Open("GET /law"),
    Route::Open("GET /law/all"),
    Route::Open("GET /law/rulebook.json"),
    Route::Open("GET /law/terms"),
    Route::Open("GET /law/{duty}"),
    Route::Open("GET /happening/{situation}"),
    Route::Open("GET /happening/{situation}/dates"),
    Route::Open("GET /happening/{situation}/calendar.ics"),
    Route::Open("GET /happening/{situation}/paper/{paper}"),
    Route::Open("POST /happening/{situation}/paper/{paper}"),
    Route::Open("GET /offer"),
    Route::Open("GET /offer/search"),
    Route::Open("GET /offer/guide/{guide}"),
    Route::Open("GET /offer/pack"),
    Route::Open("GET /offer/service/{id}"),
    Route::Open("GET /offer/service/{id}/changes"),
    Route::Open("GET /offer/comment"),
    Route::Open("POST /offer/comment"),
    Route::Open("GET /offer/comment/thanks"),
    Route::Open("GET /offer/said"),
    Route::Open("GET /offer/check"),
    Route::Open("GET /offer/gaps"),
    Route::Open("GET /offer/reductions"),
    Route::Open("GET /offer/making"),
    Route::Open("GET /offer/not-found"),
    Route::Open("POST /offer/not-found"),
    Route::Open("GET /offer/list"),
    Route::Open("POST /offer/list"),
    Route::Open("GET /oruk/v3"),
    Route::Open("GET /oruk/v3/"),
    Route::Open("GET /oruk/v3/openapi.json"),
    Route::Open("GET /oruk/v3/{list}"),
    Route::Open("GET /oruk/v3/{list}/{id}"),
    Route::Open("GET /accessibility"),
    Route::Open("GET /privacy"),
    Route::Open("GET /dates"),
    Route::Open("GET /ask"),
    Route::Open("GET /ask/{question}"),
    Route::Open("POST /ask/{question}"),
    Route::Open("GET /carry-on"),
    Route::Open("POST /carry-on"),
    Route::Open("GET /sign-in"),
    Route::Open("POST /sign-in"),
    Route::Open("GET /link/{token}"),
    Route::Open("POST /link/{token}"),
    Route::Open("GET /demo"),
    Route::Open("POST /demo"),
    Route::SignedIn("GET /home"),
    Route::SignedIn("GET /account"),
    Route::SignedIn("POST /account"),
    Route::SignedIn("POST /sign-out"),
    Route::Asks("GET /child/{reference}", Act::Read(Part::Case)),
    Route::Asks("GET /child/{reference}/dates", Act::Read(Part::Case)),
    Route::Asks("GET /child/{reference}/dates.ics", Act::Read(Part::Case)),
    Route::Asks("GET /child/{reference}/why/{duty}", Act::Read(Part::Case)),
    Route::Asks("GET /child/{reference}/do/{duty}", Act::Read(Part::Case)),
    Route::Asks("GET /child/{reference}/paper/{paper}", Act::Read(Part::Case)),
    // Nothing is recorded: what was typed comes back as a sheet to print.
    Route::Asks("POST /child/{reference}/paper/{paper}", Act::Read(Part::Case)),
    Route::Asks("GET /child/{reference}/help", Act::Read(Part::Case)),
    Route::Asks("POST /child/{reference}/help", Act::KeepList),
    Route::Asks("GET /child/{reference}/decisions", Act::Read(Part::Decisions)),
    Route::Asks("GET /child/{reference}/advice/{request}", Act::Read(Part::Advice)),
    Route::Asks("GET /child/{reference}/letter/{entry}", Act::Read(Part::Messages)),
    Route::Asks("GET /child/{reference}/plan", Act::Read(Part::Plan)),
    Route::Asks("POST /child/{reference}/plan", Act::Comment),
    Route::Asks("GET /child/{reference}/messages", Act::Read(Part::Messages)),
    Route::Asks("POST /child/{reference}/messages", Act::Message),
    Route::Asks("GET /child/{reference}/people", Act::Read(Part::WhoLooked)),
    Route::Asks("GET /child/{reference}/words", Act::Read(Part::OwnWords)),
    Route::Asks("POST /child/{reference}/words", Act::GiveOwnWords),
    Route::Asks("GET /child/{reference}/disagree", Act::Read(Part::Decisions)),
    Route::Asks("POST /child/{reference}/disagree", Act::Tell),
    Route::Asks("GET /child/{reference}/told", Act::Read(Part::Told)),
    Route::Asks("POST /child/{reference}/told", Act::Tell),
    Route::Asks("GET /today", Act::ListOffice),
    Route::Asks("GET /children", Act::ListOffice),
    Route::Asks("POST /case/{reference}/take", Act::TakeOn),
    Route::Asks("POST /case/{reference}/offer", Act::AnswerHandover),
    Route::Asks("GET /case/{reference}", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/asker", Act::MatchRequest),
    Route::Asks("GET /case/{reference}/help", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/help", Act::KeepList),
    Route::Asks("GET /case/{reference}/why/{duty}", Act::Read(Part::Case)),
    Route::Asks("GET /case/{reference}/late", Act::Read(Part::Case)),
    Route::Asks("GET /case/{reference}/apology", Act::Read(Part::Case)),
    // Nothing is recorded here either.
    Route::Asks("POST /case/{reference}/apology", Act::Read(Part::Case)),
    Route::Asks("GET /case/{reference}/decide", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/decide", Act::Decide),
    Route::Asks("GET /case/{reference}/decide-plan", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/decide-plan", Act::Decide),
    Route::Asks("GET /case/{reference}/notice", Act::Read(Part::Case)),
    Route::Asks("GET /case/{reference}/notice/{which}", Act::Read(Part::Case)),
    // A notice that is a plan is sent under `send-plan`, which the same people may do.
    Route::Asks("POST /case/{reference}/notice/{which}", Act::Decide),
    Route::Asks("GET /case/{reference}/before", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/before/family", Act::Consult),
    Route::Asks("POST /case/{reference}/before/bodies", Act::NotifyBodies),
    Route::Asks("POST /case/{reference}/before/information", Act::NotifyBodies),
    Route::Asks("GET /case/{reference}/ask-advice", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/ask-advice", Act::AskAdvice),
    Route::Asks("GET /case/{reference}/advice/{request}", Act::Read(Part::Advice)),
    Route::Asks("GET /case/{reference}/letter/{entry}", Act::Read(Part::Messages)),
    Route::Asks("GET /case/{reference}/people", Act::Read(Part::WhoLooked)),
    Route::Asks("POST /case/{reference}/people/add", Act::TiePeople),
    Route::Asks("POST /case/{reference}/people/give", Act::OfferHandover),
    Route::Asks("GET /advice", Act::ListOwn),
    Route::Asks("GET /advice/{request}", Act::Read(Part::OwnAdvice)),
    Route::Asks("POST /advice/{request}", Act::GiveAdvice),
    Route::Asks("POST /advice/{request}/send", Act::GiveAdvice),
    Route::Asks("GET /advice/{request}/sent", Act::Read(Part::OwnAdvice)),
    Route::Asks("GET /advice/{request}/help", Act::Read(Part::Case)),
    Route::Asks("POST /advice/{request}/help", Act::KeepList),
    Route::Asks("GET /case/{reference}/plan", Act::Read(Part::DraftWork)),
    Route::Asks("POST /case/{reference}/plan", Act::WritePlan),
    Route::Asks("GET /case/{reference}/plan/draft", Act::Read(Part::DraftWork)),
    Route::Asks("POST /case/{reference}/plan/draft", Act::SendPlan),
    Route::Asks("GET /case/{reference}/plan/final", Act::Read(Part::DraftWork)),
    Route::Asks("POST /case/{reference}/plan/final", Act::SendPlan),
    Route::Asks("GET /case/{reference}/exception", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/exception", Act::ClaimException),
    Route::Asks("GET /case/{reference}/record", Act::Read(Part::Case)),
    Route::Asks("GET /case/{reference}/record/{kind}", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/record/{kind}", Act::RecordArrival),
    Route::Asks("GET /case/{reference}/entry/{entry}", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/entry/{entry}", Act::Correct),
    Route::Asks("GET /case/{reference}/entry/{entry}/take-back", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/entry/{entry}/take-back", Act::Correct),
    Route::Asks("GET /case/{reference}/call", Act::Read(Part::Notes)),
    Route::Asks("POST /case/{reference}/call", Act::NoteCall),
    Route::Asks("GET /case/{reference}/messages", Act::Read(Part::Messages)),
    Route::Asks("POST /case/{reference}/messages", Act::Message),
    Route::Asks("GET /children/new", Act::MatchRequest),
    Route::Asks("POST /children/new", Act::MatchRequest),
    Route::Asks("GET /children/new/plan", Act::MatchRequest),
    Route::Asks("POST /children/new/plan", Act::MatchRequest),
    Route::Asks("GET /case/{reference}/pass-on", Act::Read(Part::Case)),
    Route::Asks("POST /case/{reference}/pass-on", Act::SendPlan),
    Route::Asks("GET /comments", Act::AnswerComments),
    Route::Asks("GET /comments/{id}", Act::AnswerComments),
    Route::Asks("POST /comments/{id}", Act::AnswerComments),
    Route::Asks("GET /entries", Act::AgreeEntries),
    Route::Asks("GET /entries/{id}", Act::AgreeEntries),
    Route::Asks("POST /entries/{id}", Act::AgreeEntries),
    Route::Asks("GET /entries/{id}/edit", Act::AgreeEntries),
    Route::Asks("POST /entries/{id}/edit", Act::AgreeEntries),
    Route::Asks("GET /keep", Act::KeepEntry),
    Route::Asks("GET /keep/{id}", Act::KeepEntry),
    Route::Asks("POST /keep/{id}", Act::KeepEntry),
    Route::Asks("GET /local-offer/gaps", Act::AnswerComments),
    Route::Asks("GET /local-offer/gaps/{id}", Act::AnswerComments),
    Route::Asks("POST /local-offer/gaps/{id}", Act::AnswerComments),
    Route::Asks("GET /local-offer/reductions", Act::AnswerComments),
    Route::Asks("POST /local-offer/reductions", Act::AnswerComments),
    Route::Asks("GET /local-offer/making", Act::AnswerComments),
    Route::Asks("POST /local-offer/making", Act::AnswerComments),
    Route::Asks("GET /local-offer/entry/{id}", Act::AnswerComments),
    Route::Asks("POST /local-offer/entry/{id}", Act::AnswerComments),
    Route::Asks("GET /forecast", Act::Forecast),
    Route::Asks("GET /gaps", Act::Forecast),
    Route::Asks("GET /terms", Act::KeepTerms),
    Route::Asks("GET /terms/year", Act::KeepTerms),
    Route::Asks("POST /terms/year", Act::KeepTerms),
    Route::Asks("GET /breaches", Act::Forecast),
    Route::Asks("GET /breaches.csv", Act::Forecast),
];

/// Serves until `stopped` ends; answers under way are finished first.
///
/// # Errors
/// Where the listener fails.
pub async fn serve(
    app: App,
    listener: TcpListener,
    front: Front,
    stopped: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = router(app, front);
    let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
    axum::serve(listener, service).with_graceful_shutdown(stopped).await
}

/// The whole service, as it stands to the world.
pub fn router(app: App, front: Front) -> Router {
    let web = Web { app, front: Arc::new(front), own: OwnPages::default() };
    Router::new()
        .route("/healthz", get(healthy))
        .route("/assets/{name}", get(assets::serve))
        .merge(page::routes())
        .fallback(stop::nowhere)
        .layer(middleware::from_fn_with_state(web.clone(), stop::show))
        .layer(middleware::from_fn_with_state(web.clone(), session::find))
        .layer(DefaultBodyLimit::max(FORM_BYTES_MAX))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, ANSWER_WITHIN))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn(headers))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .layer(middleware::from_fn_with_state(web.clone(), number))
        .with_state(web)
}

/// The id of a request: in its log lines, in its answer, and on an error page.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) Arc<str>);

async fn number(State(web): State<Web>, mut request: Request, next: Next) -> Response {
    let id: Arc<str> = web.app.fresh_id().get(..13).unwrap_or_default().into();
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut answer = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        answer.headers_mut().insert("x-request-id", value);
    }
    answer
}

/// A span that names the method and the kind of page, never a reference or a name.
fn span(request: &axum::http::Request<axum::body::Body>) -> tracing::Span {
    let id = request.extensions().get::<RequestId>().map_or("", |id| &id.0);
    let place = request.uri().path().split('/').nth(1).unwrap_or_default();
    tracing::info_span!("request", id, method = %request.method(), place)
}

async fn headers(request: Request, next: Next) -> Response {
    let path_is_asset = request.uri().path().starts_with("/assets/");
    let path_is_feed = page::is_feed(request.uri().path());
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    let mut set = |name: header::HeaderName, value: &'static str| {
        headers.insert(name, HeaderValue::from_static(value));
    };
    set(header::CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY);
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::REFERRER_POLICY, "same-origin");
    set(header::X_FRAME_OPTIONS, "DENY");
    if path_is_feed {
        // Open data: any site's scripts may read it.
        set(header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
    }
    if !path_is_asset {
        // A shared phone must not show a child's page from its memory.
        set(header::CACHE_CONTROL, "no-store");
    }
    answer
}

async fn healthy(State(web): State<Web>) -> Response {
    if web.app.is_ready().await {
        "ready\n".into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n").into_response()
    }
}
