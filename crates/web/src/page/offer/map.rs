//! Where the services of a list are, drawn here from degrees north and east: nobody else's map is
//! asked, and nobody else learns what a family looks for.

use sendero_app::LocalOffer;
use sendero_app::house::offer::search::{Hit, Point};

use crate::view::map::{Dot, MapDrawing, MapPlace, Scale};

/// The drawing's width in units of its own; its height follows from the places.
const WIDTH: f64 = 320.0;
const HEIGHT_LEAST: f64 = 180.0;
const HEIGHT_MOST: f64 = 400.0;
/// What stays free around the places, and how near two marks may come before they are one.
const EDGE: f64 = 26.0;
const APART: f64 = 20.0;
/// Miles of one degree of latitude.
const MILES_A_DEGREE: f64 = 69.05;
/// The least that a map shows across, in miles: nearer than that means nothing.
const MILES_LEAST: f64 = 1.0;
/// Lengths that a scale may have, in miles.
const SCALES: [(f64, &str); 9] = [
    (0.25, "a quarter of a mile"),
    (0.5, "half a mile"),
    (1.0, "1 mile"),
    (2.0, "2 miles"),
    (5.0, "5 miles"),
    (10.0, "10 miles"),
    (20.0, "20 miles"),
    (50.0, "50 miles"),
    (100.0, "100 miles"),
];

/// One place of a list: its number there, what it is, and where.
struct Spot {
    number: usize,
    point: Point,
}

/// The map of the services that were found, numbered as the list; none where no place is known.
pub(super) fn map(offer: &LocalOffer, hits: &[Hit], from: Option<Point>) -> Option<MapDrawing> {
    let (mut spots, mut places) = (Vec::new(), Vec::new());
    for (at, hit) in hits.iter().enumerate() {
        let Some(service) = offer.directory.services.get(&hit.id) else { continue };
        let known = offer.directory.locations_of(service);
        let Some((location, point)) = known
            .filter(|location| !location.secret)
            .find_map(|location| Some((location, location.point?)))
        else {
            continue;
        };
        spots.push(Spot { number: at + 1, point });
        let lines = [&location.name, &location.street, &location.town, &location.postcode];
        let lines: Vec<&str> =
            lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str).collect();
        places.push(MapPlace {
            number: at + 1,
            name: service.name.clone(),
            href: format!("/offer/service/{}", service.id),
            place: lines.join(", "),
        });
    }
    if spots.is_empty() {
        return None;
    }
    Some(drawn(&spots, from, places))
}

fn drawn(spots: &[Spot], from: Option<Point>, places: Vec<MapPlace>) -> MapDrawing {
    let all = || spots.iter().map(|spot| spot.point).chain(from);
    let (south, north) = ends(all().map(|(north, _)| north));
    let (west, east) = ends(all().map(|(_, east)| east));
    let middle = ((south + north) / 2.0, (west + east) / 2.0);
    // Degrees of longitude are shorter by this, the further north one is.
    let narrow = middle.0.to_radians().cos().max(0.1);
    let across = ((east - west) * narrow * MILES_A_DEGREE).max(MILES_LEAST);
    let down = (north - south) * MILES_A_DEGREE;
    let fits = (HEIGHT_MOST - 2.0 * EDGE) / down.max(0.01);
    let units = ((WIDTH - 2.0 * EDGE) / across).min(fits);
    let height = (down * units + 2.0 * EDGE).clamp(HEIGHT_LEAST, HEIGHT_MOST);
    let place = |(north, east): Point| {
        let right = (east - middle.1) * narrow * MILES_A_DEGREE * units;
        let up = (north - middle.0) * MILES_A_DEGREE * units;
        (WIDTH / 2.0 + right, height / 2.0 - up)
    };
    let mut dots: Vec<(f64, f64, Vec<usize>)> = Vec::new();
    for spot in spots {
        let (x, y) = place(spot.point);
        let near = dots.iter_mut().find(|(a, b, _)| (a - x).hypot(b - y) < APART);
        match near {
            Some((_, _, numbers)) => numbers.push(spot.number),
            None => dots.push((x, y, vec![spot.number])),
        }
    }
    let (miles, said) = SCALES
        .into_iter()
        .rev()
        .find(|(miles, _)| miles * units <= WIDTH / 2.5)
        .unwrap_or(SCALES[0]);
    MapDrawing {
        width: whole(WIDTH),
        height: whole(height),
        dots: dots.into_iter().map(|(x, y, numbers)| dot(x, y, &numbers)).collect(),
        from: from.map(|point| {
            let (x, y) = place(point);
            (whole(x), whole(y))
        }),
        scale: Scale { length: whole(miles * units), said: said.to_owned() },
        places,
    }
}

/// A mark; of several places in one it names the first and how many more there are.
fn dot(x: f64, y: f64, numbers: &[usize]) -> Dot {
    let first = numbers.first().copied().unwrap_or_default();
    let label = match numbers.len() {
        0 | 1 => first.to_string(),
        many => format!("{first}+{}", many - 1),
    };
    let half = if label.len() > 2 { 17 } else { 11 };
    Dot { x: whole(x), y: whole(y), half, label }
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::MAX, f64::MIN), |(least, most), value| (least.min(value), most.max(value)))
}

#[expect(clippy::cast_possible_truncation, reason = "a place in a drawing of a few hundred units")]
fn whole(value: f64) -> i32 {
    value.round() as i32
}
