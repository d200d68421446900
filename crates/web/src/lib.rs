//! Pages over the use cases: what a page shows is a plain struct in `view`, how it looks is a file
//! in `templates/`, and the stylesheet is made and named when the program is built.
//!
//! A request walks: `server` (limits, headers, the way in) -> a handler in `page` (reads the form,
//! calls one use case) -> `draw` (from what the use case says to what a page shows) -> `view`.

#![forbid(unsafe_code)]

pub mod assets;
mod draw;
mod front;
mod page;
mod server;
mod session;
mod stop;
pub mod view;
mod words;

pub use front::Front;
pub use server::{ROUTES, Route, router, serve};
