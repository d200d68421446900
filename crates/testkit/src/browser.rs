//! A browser as far as tests need one over a real connection: it keeps its cookies, its connections
//! and the proof that its forms carry, and follows nothing by itself.

use std::error::Error;

use http_body_util::{BodyExt as _, Full};
use hyper::body::Bytes;
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use hyper::{Method, Request, StatusCode, Uri};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;

/// Why a page did not come.
pub type Failure = Box<dyn Error + Send + Sync>;

/// Sends requests over connections that stay open. Clones share them.
pub type Sender = Client<HttpConnector, Full<Bytes>>;

/// A sender with no connection yet.
#[must_use]
pub fn sender() -> Sender {
    let mut connector = HttpConnector::new();
    connector.set_nodelay(true);
    Client::builder(TokioExecutor::new()).build(connector)
}

/// Asks for a page as browsers do, compressed, and reads all of it: its status, and the bytes that came.
///
/// # Errors
/// Where the connection fails.
pub async fn fetch(
    sender: &Sender,
    uri: Uri,
    cookie: &str,
) -> Result<(StatusCode, usize), Failure> {
    let request = Request::builder()
        .uri(uri)
        .header(COOKIE, cookie)
        .header(ACCEPT_ENCODING, "gzip")
        .body(Full::new(Bytes::new()))?;
    let answer = sender.request(request).await?;
    let status = answer.status();
    Ok((status, answer.into_body().collect().await?.to_bytes().len()))
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Page {
    /// Its status.
    pub status: StatusCode,
    /// Where it leads, or ''.
    pub to: String,
    /// Its text.
    pub html: String,
}

/// One person's browser.
#[derive(Clone, Debug)]
pub struct Browser {
    sender: Sender,
    address: String,
    cookies: Vec<(String, String)>,
    csrf: String,
}

impl Browser {
    /// A browser without cookies, at a server such as `http://127.0.0.1:8080`.
    #[must_use]
    pub fn new(sender: &Sender, address: &str) -> Self {
        let (cookies, csrf) = (Vec::new(), String::new());
        Self { sender: sender.clone(), address: address.to_owned(), cookies, csrf }
    }

    /// Goes on at another address, with its cookies, as after a server has moved.
    pub fn move_to(&mut self, address: &str) {
        address.clone_into(&mut self.address);
    }

    /// The cookies as a header.
    #[must_use]
    pub fn cookie(&self) -> String {
        let pairs: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    /// Opens a page.
    ///
    /// # Errors
    /// Where the connection fails.
    pub async fn get(&mut self, path: &str) -> Result<Page, Failure> {
        self.send(Method::GET, path, String::new()).await
    }

    /// Sends a form with these fields and the proof that was on the last page with one.
    ///
    /// # Errors
    /// Where the connection fails.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Page, Failure> {
        let mut form = format!("csrf={}", encoded(&self.csrf));
        for (name, value) in fields {
            form.push_str(&format!("&{}={}", encoded(name), encoded(value)));
        }
        self.send(Method::POST, path, form).await
    }

    /// Opens a one-use link and presses its button; whether that signed them in.
    ///
    /// # Errors
    /// Where the connection fails.
    pub async fn sign_in_by(&mut self, link: &str) -> Result<bool, Failure> {
        let path = link.find("/link/").and_then(|at| link.get(at..)).unwrap_or(link);
        self.get(path).await?;
        Ok(self.post(path, &[]).await?.status == StatusCode::SEE_OTHER)
    }

    async fn send(&mut self, method: Method, path: &str, form: String) -> Result<Page, Failure> {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.address))
            .header(COOKIE, self.cookie())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(form)))?;
        let answer = self.sender.request(request).await?;
        let status = answer.status();
        let to = answer.headers().get(LOCATION).and_then(|to| to.to_str().ok());
        let to = to.unwrap_or_default().to_owned();
        for set in answer.headers().get_all(SET_COOKIE) {
            let pair = set.to_str()?.split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.retain(|(kept, _)| kept != name);
                self.cookies.push((name.to_owned(), value.to_owned()));
            }
        }
        let body = answer.into_body().collect().await?.to_bytes();
        let html = String::from_utf8_lossy(&body).into_owned();
        let mark =
            html.split_once("name=\"csrf\" value=\"").and_then(|(_, rest)| rest.split_once('"'));
        if let Some((csrf, _)) = mark {
            csrf.clone_into(&mut self.csrf);
        }
        Ok(Page { status, to, html })
    }
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
