//! Pages over the use cases: what a page shows is a plain struct in `view`, how it looks is a file
//! in `templates/`, and the stylesheet is made and named when the program is built.

#![forbid(unsafe_code)]

pub mod assets;
pub mod view;
