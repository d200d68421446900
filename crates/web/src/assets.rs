//! The stylesheet and the mark, each under a name made from its content, so that a browser may keep
//! it for ever. Both are compressed when the program is built.

use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// One file that the program carries.
#[derive(Debug)]
pub struct Asset {
    /// Its address, with the digest of its content in the name.
    pub path: &'static str,
    /// What it is, for the `content-type` header.
    pub content_type: &'static str,
    /// The bytes as they are.
    pub plain: &'static [u8],
    /// The same bytes, gzipped.
    pub gzip: &'static [u8],
}

#[expect(missing_docs, reason = "generated: the stylesheet and the mark")]
mod made {
    use super::Asset;
    include!(concat!(env!("OUT_DIR"), "/assets.rs"));
}
pub use made::{MARK, STYLE};

/// The policy every page is sent with: our own stylesheet and mark, forms to ourselves, no script.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; \
     form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// The asset with this file name (`<digest>.css`), if it is one of this build.
#[must_use]
pub fn find(name: &str) -> Option<&'static Asset> {
    [&STYLE, &MARK].into_iter().find(|asset| asset.path.strip_prefix("/assets/") == Some(name))
}

/// Answers `GET /assets/{name}`: immutable, compressed where the browser says it can read that.
pub async fn serve(Path(name): Path<String>, headers: HeaderMap) -> Response {
    let Some(asset) = find(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let gzip = headers
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.split(',').any(|one| one.trim().starts_with("gzip")));
    let common = [
        (header::CONTENT_TYPE, asset.content_type),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
        (header::VARY, "accept-encoding"),
    ];
    if gzip {
        (common, [(header::CONTENT_ENCODING, "gzip")], asset.gzip).into_response()
    } else {
        (common, asset.plain).into_response()
    }
}
