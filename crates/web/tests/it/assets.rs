//! What a page weighs, and how its stylesheet is served.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::routing::get;
use sendero_web::assets::{MARK, STYLE, serve};
use tower::ServiceExt;

use crate::examples;
use crate::service::Service;

const FIRST_VIEW_BYTES: usize = 100 * 1024;
const DRAWING_BYTES: usize = 3 * 1024;
const MARK_BYTES: usize = 400;

#[test]
fn first_view_is_light() {
    for (name, html) in examples::all() {
        // The page is counted uncompressed, so this is harder than what a phone meets.
        let bytes = html.len() + STYLE.gzip.len() + MARK.gzip.len();
        assert!(bytes <= FIRST_VIEW_BYTES, "{name}: {bytes} bytes");
    }
}

#[test]
fn drawings_are_small() {
    assert!(MARK.plain.len() < MARK_BYTES, "the mark has {} bytes", MARK.plain.len());
    for (name, html) in examples::all() {
        for drawing in html.split("<svg").skip(1) {
            let bytes = drawing.split("</svg>").next().map_or(0, str::len);
            assert!(bytes <= DRAWING_BYTES, "{name}: a drawing of {bytes} bytes");
        }
    }
}

#[test]
fn stylesheet_fetches_nothing_and_holds_no_borrowed_brand() {
    let css = std::str::from_utf8(STYLE.plain).unwrap();
    for word in ["url(", "@import", "@font-face", "GDS Transport"] {
        assert!(!css.contains(word), "{word}");
    }
    assert!(css.contains("--s-lake-800"));
}

#[tokio::test]
async fn assets_are_served_for_ever_and_compressed_when_asked() {
    let app = Router::new().route("/assets/{name}", get(serve));
    let ask = |path: &str, accept: &str| {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, accept);
        app.clone().oneshot(request.body(Body::empty()).unwrap())
    };
    let plain = ask(STYLE.path, "identity").await.unwrap();
    assert_eq!(plain.headers()[header::CACHE_CONTROL], "public, max-age=31536000, immutable");
    assert!(!plain.headers().contains_key(header::CONTENT_ENCODING));
    let small = ask(STYLE.path, "br, gzip").await.unwrap();
    assert_eq!(small.headers()[header::CONTENT_ENCODING], "gzip");
    assert_eq!(small.headers()[header::CONTENT_TYPE], "text/css; charset=utf-8");
    assert_eq!(ask("/assets/old.css", "gzip").await.unwrap().status(), 404);
}

#[tokio::test]
async fn an_address_under_the_assets_that_leads_nowhere_is_not_our_fault() {
    let service = Service::new().await;
    for path in ["/assets/none.css", "/assets/a/b", "/assets/../law"] {
        let page = service.browser().get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
}
