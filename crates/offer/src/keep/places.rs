//! The places of an entry in its form. Other services may be at the same place, so a place that is
//! written otherwise here is a new one, of this service alone; what nobody changed stays shared.

use super::form::{Fault, Fields, LINES_MOST, Wrong, fits, lines_of, plain, wrong};
use crate::ids::derived_id;
use crate::model::{AtLocation, Directory, Location, Service};
use crate::search::whole_postcode;

/// So many places can be filled in, each as `place1`, `street1` and so on.
pub const PLACES: usize = 4;
/// What is asked of a place: what it is called, where it is, how people get in, whether nobody may be
/// told, and whether it is to go.
pub const PLACE_PARTS: [&str; 7] =
    ["place", "street", "town", "postcode", "access", "secret", "away"];
/// The longest name, street or town, and the longest words of how to get in.
const LETTERS_MOST: usize = 200;
/// What a ticked box sends.
const YES: &str = "yes";

/// An entry as it is kept: the service, and the places that it is at.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry {
    /// The service.
    pub service: Service,
    /// Its places, in the order in which it names them.
    pub places: Vec<Location>,
}

impl Entry {
    /// A service of a directory, with its places.
    #[must_use]
    pub fn of(directory: &Directory, service: &Service) -> Self {
        let places = directory.locations_of(service).cloned().collect();
        Self { service: service.clone(), places }
    }

    /// The places that were written in this entry, and are no other service's.
    pub fn own_places(&self) -> impl Iterator<Item = &Location> {
        self.places.iter().filter(|place| place.id == place_id(&self.service.id, place))
    }
}

/// A place that is written in an entry is named by what it says, so that each change of it is a new
/// one and the history of the entry shows it.
fn place_id(service: &str, place: &Location) -> String {
    let access = place.access.join("\n");
    let secret = if place.secret { YES } else { "" };
    derived_id(&[
        service,
        "place",
        &place.name,
        &place.street,
        &place.town,
        &place.county,
        &place.postcode,
        &access,
        secret,
    ])
}

/// The names of the fields of one place.
#[must_use]
pub fn place_fields(row: usize) -> [String; 7] {
    PLACE_PARTS.map(|part| format!("{part}{row}"))
}

/// The places of an entry, as fields.
pub(super) fn put_fields(entry: &Entry, fields: &mut Fields) {
    for row in 1..=PLACES {
        let place = entry.places.get(row - 1);
        let of = |part: &dyn Fn(&Location) -> String| vec![place.map(part).unwrap_or_default()];
        let values = [
            of(&|place| place.name.clone()),
            of(&|place| place.street.clone()),
            of(&|place| place.town.clone()),
            of(&|place| place.postcode.clone()),
            of(&|place| place.access.join("\n")),
            of(&|place| if place.secret { YES.to_owned() } else { String::new() }),
            Vec::new(),
        ];
        for (name, values) in place_fields(row).into_iter().zip(values) {
            fields.insert(name, plain(values));
        }
    }
}

/// Puts the places whose fields are otherwise; one that is emptied or ticked to go goes.
pub(super) fn put_places(
    stand: &Fields,
    after: &mut Entry,
    fields: &Fields,
    faults: &mut Vec<Fault>,
) {
    let stood = after.places.clone();
    let mut places = Vec::new();
    for row in 1..=PLACES.max(stood.len()) {
        let names = place_fields(row);
        let here = stood.get(row - 1);
        if !names.iter().any(|name| fields.contains_key(name)) {
            places.extend(here.cloned());
            continue;
        }
        let typed = names.each_ref().map(|name| {
            let values = fields.get(name).or_else(|| stand.get(name));
            values.and_then(|list| list.first()).map_or("", String::as_str)
        });
        let [.., away] = typed;
        if away == YES || typed.iter().all(|value| value.is_empty()) {
            continue;
        }
        match place(here, &names, typed) {
            Ok(mut place) => {
                if here.is_none_or(|here| *here != place) {
                    place.id = place_id(&after.service.id, &place);
                }
                if !places.iter().any(|known: &Location| known.id == place.id) {
                    places.push(place);
                }
            }
            Err(wrong) => faults.extend(wrong),
        }
    }
    if !faults.is_empty() || places == stood {
        return;
    }
    let service = &after.service;
    let at = |place: &Location| {
        let stands = service.at.iter().find(|at| at.location == place.id).cloned();
        stands.unwrap_or_else(|| AtLocation {
            id: derived_id(&[&service.id, "at", &place.id]),
            location: place.id.clone(),
        })
    };
    after.service.at = places.iter().map(at).collect();
    after.places = places;
}

/// A place as it was typed; what a form does not ask for stays as it was.
fn place(
    here: Option<&Location>,
    names: &[String; 7],
    typed: [&str; 7],
) -> Result<Location, Vec<Fault>> {
    let [name, street, town, postcode, access, secret, _] = typed;
    let [name_at, street_at, town_at, postcode_at, access_at, ..] = names;
    let mut faults = Vec::new();
    let mut note = |done: Result<(), Wrong>, at: &str| {
        faults.extend(done.err().map(|wrong| wrong.at(at)));
    };
    for (value, at) in [(name, name_at), (street, street_at), (town, town_at)] {
        note(fits(value, LETTERS_MOST), at);
    }
    if name.is_empty() && street.is_empty() {
        note(wrong("entry-place"), name_at);
    }
    // Families of a wide area know nothing of a street without its town.
    if town.is_empty() && secret != YES {
        note(wrong("entry-town"), town_at);
    }
    let code = whole_postcode(postcode);
    if code.is_none() && !postcode.is_empty() {
        note(wrong("entry-postcode"), postcode_at);
    }
    let ways: Vec<String> = lines_of(access).map(str::to_owned).collect();
    if ways.len() > LINES_MOST {
        note(Err(Wrong("entry-lines", LINES_MOST.to_string())), access_at);
    }
    if let Some(long) = ways.iter().find(|way| way.chars().count() > LETTERS_MOST) {
        note(fits(long, LETTERS_MOST), access_at);
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut place = here.cloned().unwrap_or_default();
    let code = code.unwrap_or_default();
    // A point of before says nothing of another street or postcode.
    if place.street != street || place.town != town || place.postcode != code {
        place.point = None;
    }
    place.name = name.to_owned();
    place.street = street.to_owned();
    place.town = town.to_owned();
    place.postcode = code;
    place.access = ways;
    place.secret = secret == YES;
    Ok(place)
}
