//! A map of the places of a list: marks with the numbers of the list, a scale, and the same as text.

use askama::Template;

/// A mark on the map.
#[derive(Clone, Debug)]
pub struct Dot {
    /// From the left.
    pub x: i32,
    /// From the top.
    pub y: i32,
    /// Half of its width.
    pub half: i32,
    /// Its number, with how many more are there.
    pub label: String,
}

/// A length to measure by.
#[derive(Clone, Debug)]
pub struct Scale {
    /// How long it is drawn.
    pub length: i32,
    /// What that is.
    pub said: String,
}

/// One place in words.
#[derive(Clone, Debug)]
pub struct MapPlace {
    /// Its number in the list.
    pub number: usize,
    /// The service.
    pub name: String,
    /// Its page.
    pub href: String,
    /// Where it is.
    pub place: String,
}

/// The map.
#[derive(Clone, Debug, Template)]
#[template(path = "offer/map.html")]
pub struct MapDrawing {
    /// Its width.
    pub width: i32,
    /// Its height.
    pub height: i32,
    /// The marks.
    pub dots: Vec<Dot>,
    /// The place that was asked from.
    pub from: Option<(i32, i32)>,
    /// The scale.
    pub scale: Scale,
    /// The same in words.
    pub places: Vec<MapPlace>,
}
impl askama::filters::HtmlSafe for MapDrawing {}
