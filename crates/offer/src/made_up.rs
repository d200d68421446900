//! A made-up Local Offer for demonstrations, tests and benchmarks: the same for the same day, area
//! and size. The services are in `data/made-up.toml`; beyond those, groups of every neighbourhood. A
//! smaller area beside it, told by other people in other words, is in `data/neighbour.toml`. Both files
//! are part of the program, and tests read them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::ids::derived_id;
use crate::model::{
    AtLocation, Cost, Directory, Location, Organisation, Phone, Schedule, Service, ServiceArea,
    Step, Wait,
};

/// Name, street, town, postcode, degrees north and east, and what helps people in.
type PlaceRow = (String, String, String, String, f64, f64, String);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    organisations: BTreeMap<String, (String, String)>,
    places: BTreeMap<String, PlaceRow>,
    service: Vec<Entry>,
    #[serde(default)]
    group: Vec<Group>,
}

/// What every neighbourhood has some of.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    name: String,
    about: String,
    facets: String,
    ages: (u8, u8),
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Entry {
    key: String,
    name: String,
    by: String,
    /// Terms of ours with spaces between.
    facets: String,
    ages: Option<(u8, u8)>,
    about: String,
    who: String,
    next: String,
    /// Lead and rest with a stroke between.
    steps: Vec<String>,
    wait: Option<u16>,
    /// The last three digits of a number kept for drama.
    phone: u16,
    ask_for: String,
    at: String,
    /// Days, opening and closing time, and words.
    days: String,
    /// Pence.
    cost: Option<u64>,
    /// How many days ago somebody checked it.
    checked: i32,
    decided: String,
    url: String,
}

/// The id of the made-up service with this key, in any area.
#[must_use]
pub fn made_up_id(area: &str, key: &str) -> String {
    derived_id(&["made-up", area, "service", key])
}

/// The made-up Local Offer of a small area beside another, which says the same things in other words.
#[must_use]
pub fn made_up_neighbour(area: &str, area_name: &str, address: &str, today: Date) -> Directory {
    let Ok(file) = toml::from_str::<File>(include_str!("../data/neighbour.toml")) else {
        return Directory::default();
    };
    Maker { area, area_name, address, today, file: &file }.directory()
}

/// The made-up Local Offer of an area as it stands on `today`, with at least `services` of them; the
/// first ones are always the same.
#[must_use]
pub fn made_up(
    area: &str,
    area_name: &str,
    address: &str,
    today: Date,
    services: usize,
) -> Directory {
    let Ok(file) = toml::from_str::<File>(include_str!("../data/made-up.toml")) else {
        return Directory::default();
    };
    let maker = Maker { area, area_name, address, today, file: &file };
    let mut directory = maker.directory();
    let mut number = 0;
    while directory.services.len() < services && !file.group.is_empty() {
        let (service, location) = maker.neighbourhood(number);
        directory.locations.insert(location.id.clone(), location);
        directory.services.insert(service.id.clone(), service);
        number += 1;
    }
    directory
}

struct Maker<'a> {
    area: &'a str,
    area_name: &'a str,
    address: &'a str,
    today: Date,
    file: &'a File,
}

impl Maker<'_> {
    /// What the file tells of.
    fn directory(&self) -> Directory {
        let mut directory = Directory::default();
        for key in self.file.organisations.keys() {
            let one = self.organisation(key);
            directory.organisations.insert(one.id.clone(), one);
        }
        for key in self.file.places.keys() {
            let one = self.location(key);
            directory.locations.insert(one.id.clone(), one);
        }
        for entry in &self.file.service {
            let one = self.service(entry);
            directory.services.insert(one.id.clone(), one);
        }
        directory
    }

    fn id(&self, kind: &str, key: &str) -> String {
        derived_id(&["made-up", self.area, kind, key])
    }

    fn organisation(&self, key: &str) -> Organisation {
        let (name, description) = self.file.organisations.get(key).cloned().unwrap_or_default();
        Organisation {
            id: self.id("organisation", key),
            name,
            description,
            ..Organisation::default()
        }
    }

    fn location(&self, key: &str) -> Location {
        let (name, street, town, postcode, north, east, access) =
            self.file.places.get(key).cloned().unwrap_or_default();
        Location {
            id: self.id("location", key),
            name,
            point: Some((north, east)),
            street,
            town,
            county: self.area_name.to_owned(),
            postcode,
            access: access.split('|').map(str::to_owned).collect(),
            ..Location::default()
        }
    }

    fn service(&self, entry: &Entry) -> Service {
        let id = made_up_id(self.area, &entry.key);
        let part = |kind: &str| derived_id(&[&id, kind]);
        let checked = self.today.checked_sub(jiff::Span::new().days(entry.checked)).ok();
        let at = (!entry.at.is_empty())
            .then(|| AtLocation { id: part("at"), location: self.id("location", &entry.at) });
        let url = if entry.url.is_empty() {
            String::new()
        } else {
            format!("{}{}", self.address, entry.url)
        };
        Service {
            organisation: self.id("organisation", &entry.by),
            name: entry.name.clone(),
            description: entry.about.clone(),
            url,
            youngest: entry.ages.map(|ages| ages.0),
            oldest: entry.ages.map(|ages| ages.1),
            checked,
            checked_by: self.organisation(&entry.by).name,
            modified: checked.map(|day| format!("{day}T09:00:00Z")).unwrap_or_default(),
            schedules: schedule(&entry.days, part("schedule")).into_iter().collect(),
            areas: vec![ServiceArea {
                id: part("area"),
                name: self.area_name.to_owned(),
                uri: String::new(),
            }],
            at: at.into_iter().collect(),
            costs: entry.cost.map(|pence| cost(pence, part("cost"))).into_iter().collect(),
            facets: entry.facets.split(' ').map(str::to_owned).collect(),
            next_step: entry.next.clone(),
            steps: entry.steps.iter().map(|step| step_of(step)).collect(),
            who_for: entry.who.clone(),
            wait: entry.wait.zip(checked).map(|(weeks, as_of)| Wait { weeks, as_of }),
            phones: vec![Phone {
                number: format!("01632 960{:03}", entry.phone),
                about: String::new(),
            }],
            ask_for: entry.ask_for.clone(),
            decided_by: entry.decided.clone(),
            id,
            ..Service::default()
        }
    }

    /// A group of one neighbourhood: what every place has some of.
    fn neighbourhood(&self, number: usize) -> (Service, Location) {
        let groups = &self.file.group;
        let Group { name: what, about, facets, ages } = &groups[number % groups.len()];
        let round = number / groups.len();
        let place = format!(
            "{}{}",
            FIRST[round % FIRST.len()],
            SECOND[(round / FIRST.len()) % SECOND.len()]
        );
        let again = round / (FIRST.len() * SECOND.len());
        let place = if again == 0 { place } else { format!("{place} {}", again + 1) };
        let key = format!("{what} {place}");
        let entry = Entry {
            name: format!("{what}, {place}"),
            by: ["council", "kestrel", "sparrows", "leisure"][number % 4].to_owned(),
            facets: facets.clone(),
            ages: Some(*ages),
            about: about.clone(),
            next: "Just turn up".to_owned(),
            phone: 300 + u16::try_from(number % 650).unwrap_or_default(),
            cost: Some([0, 0, 100, 200][number % 4]),
            checked: i32::try_from(number * 37 % 500).unwrap_or_default(),
            days: format!(
                "{} 10:00 11:30 Term time",
                ["MO", "TU", "WE", "TH", "FR", "SA"][number % 6]
            ),
            key: key.clone(),
            ..Entry::default()
        };
        #[expect(clippy::cast_precision_loss, reason = "a few hundred thousand at most")]
        let (north, east) = ((round % 97) as f64, (round % 89) as f64);
        let location = Location {
            id: self.id("location", &key),
            name: format!("{place} Hall"),
            point: Some((sixths(53.9 + north / 400.0), sixths(1.9 + east / 400.0))),
            street: format!("{} Church Walk", 1 + number % 80),
            town: place,
            county: self.area_name.to_owned(),
            postcode: format!("AL{} {}XX", 5 + round % 90, number % 10),
            ..Location::default()
        };
        let mut service = self.service(&entry);
        service.at = vec![AtLocation {
            id: derived_id(&[&service.id, "at"]),
            location: location.id.clone(),
        }];
        (service, location)
    }
}

/// Six figures after the point, as feeds carry them.
fn sixths(degrees: f64) -> f64 {
    (degrees * 1e6).round() / 1e6
}

fn schedule(text: &str, id: String) -> Option<Schedule> {
    let mut parts = text.splitn(4, ' ');
    let (days, opens, closes) = (parts.next()?, parts.next()?, parts.next()?);
    Some(Schedule {
        id,
        days: days.to_owned(),
        every: "WEEKLY".to_owned(),
        interval: 1,
        opens: opens.to_owned(),
        closes: closes.to_owned(),
        words: parts.next().unwrap_or_default().to_owned(),
        ..Schedule::default()
    })
}

fn cost(pence: u64, id: String) -> Cost {
    let option = if pence == 0 { "Free" } else { "Each time" };
    Cost { id, option: option.to_owned(), pence: Some(pence), words: String::new() }
}

fn step_of(text: &str) -> Step {
    let (lead, rest) = text.split_once('|').unwrap_or((text, ""));
    Step { lead: lead.to_owned(), rest: rest.to_owned() }
}

const FIRST: [&str; 24] = [
    "Alder", "Birch", "Cold", "Dun", "Elm", "Fern", "Gorse", "Heron", "Iron", "Juniper", "Kettle",
    "Long", "Mill", "Nether", "Otter", "Pebble", "Quarry", "Rook", "Salt", "Thorn", "Upper",
    "Violet", "Willow", "Yarrow",
];

const SECOND: [&str; 20] = [
    "beck", "bridge", "combe", "dale", "field", "ford", "garth", "hollow", "hurst", "ley", "marsh",
    "mere", "moor", "pool", "rigg", "stead", "thwaite", "tarn", "wick", "wood",
];
