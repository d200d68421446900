//! What every page keeps, read from its HTML.

mod assets;
mod examples;
mod html;
mod office;
mod pages;
mod service;
mod staff;
mod work;
