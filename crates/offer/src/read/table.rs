//! A table of commas with a service a row, for whoever keeps a list in a spreadsheet. Columns are
//! found by their names in any order; `data/template.csv` has them all.

use serde_json::json;

use super::clean::{age, day, days, mail_address, pence, text, time, web_address};
use super::{ReadError, Reader};
use crate::ids::derived_id;
use crate::model::{
    AtLocation, Cost, Location, Organisation, Phone, Schedule, Service, Status, Step, Wait,
};
use crate::terms::built_in;

/// Every column, with a row that shows what may stand in it.
pub const TEMPLATE: &str = include_str!("../../data/template.csv");

/// Columns that hold terms of our own taxonomies, each with its taxonomy.
const TERMS: [(&str, &str); 7] = [
    ("kind of help", "kind"),
    ("need", "need"),
    ("how to get it", "route"),
    ("where it happens", "delivery"),
    ("language", "language"),
    ("needed first", "open"),
    ("local offer heading", "schedule-2"),
];

/// Whether a text is such a table: its first line names a column `name` among others.
pub(super) fn is_one(text: &str) -> bool {
    let first = text.trim_start_matches('\u{feff}').lines().next().unwrap_or_default();
    !first.trim_start().starts_with(['{', '[', '<'])
        && first.split(',').any(|column| tidy(column) == "name")
}

/// Reads every row.
pub(super) fn read(reader: &mut Reader, text: &str) -> Result<(), ReadError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let failed = |error: csv::Error| ReadError::Row {
        line: error.position().map_or(1, csv::Position::line),
        why: error.to_string(),
    };
    let columns: Vec<String> = rows.headers().map_err(failed)?.iter().map(tidy).collect();
    let known: Vec<String> =
        TEMPLATE.lines().next().unwrap_or_default().split(',').map(tidy).collect();
    for column in columns.iter().filter(|column| !known.contains(column)) {
        reader.note("column-not-known", "", column);
    }
    for (n, row) in rows.records().enumerate() {
        let row = row.map_err(failed)?;
        let line = row.position().map_or(n as u64 + 2, csv::Position::line);
        let cells = columns.iter().map(String::as_str).zip(row.iter()).collect();
        Row { reader, line, cells }.service();
    }
    Ok(())
}

fn tidy(column: &str) -> String {
    column.trim().trim_matches('"').to_lowercase()
}

/// One row on its way into the directory.
struct Row<'a> {
    reader: &'a mut Reader,
    line: u64,
    cells: Vec<(&'a str, &'a str)>,
}

impl Row<'_> {
    fn service(mut self) {
        let name = self.cell("name");
        if name.is_empty() {
            return self.reader.note("service-without-name", &format!("line {}", self.line), "");
        }
        let by = self.cell("organisation");
        let id = match self.cell("id") {
            id if id.is_empty() => derived_id(&["table", &name, &by, &self.cell("postcode")]),
            id => self.reader.id("service", &json!(id)).unwrap_or_default(),
        };
        if self.reader.directory.services.contains_key(&id) {
            self.reader.note("entry-repeated", &name, &format!("line {}", self.line));
        }
        let mut service = Service { id: id.clone(), name, ..Service::default() };
        self.words(&mut service);
        self.numbers(&mut service);
        self.terms(&mut service);
        service.organisation = self.organisation(&by);
        service.at = self.place(&id);
        service.schedules = self.hours(&id);
        self.reader.directory.services.insert(id, service);
    }

    /// A cell's text; '' where there is no such column.
    fn cell(&self, column: &str) -> String {
        let found = self.cells.iter().find(|(name, _)| *name == column);
        found.map(|(_, cell)| text(Some(&json!(cell)))).unwrap_or_default()
    }

    /// The parts of a cell that holds several.
    fn parts(&self, column: &str) -> Vec<String> {
        let cell = self.cell(column);
        let parts = cell.split(';').map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    }

    /// What a cell says, read by `read`; what cannot be read is left out and told.
    fn read<T>(&mut self, column: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let cell = self.cell(column);
        if cell.is_empty() {
            return None;
        }
        let found = read(&cell);
        if found.is_none() {
            self.reader.note("cell-left-out", &format!("line {}, {column}", self.line), &cell);
        }
        found
    }

    fn words(&mut self, service: &mut Service) {
        service.description = self.cell("description");
        service.ask_for = self.cell("ask for");
        service.next_step = self.cell("next step");
        service.who_for = self.cell("who for");
        service.fees = self.cell("cost in words");
        service.decided_by = self.cell("who decides");
        service.complaints = self.cell("complaints");
        service.checked_by = self.cell("checked by");
        service.url = self.read("web page", web_address).unwrap_or_default();
        service.easy_read = self.read("easy read", web_address).unwrap_or_default();
        service.bsl = self.read("sign language film", web_address).unwrap_or_default();
        service.email = self.read("email", mail_address).unwrap_or_default();
        let steps = self.parts("what happens").into_iter();
        service.steps = steps.map(|lead| Step { lead, rest: String::new() }).collect();
        let phones = self.parts("phone").into_iter();
        service.phones = phones.map(|number| Phone { number, about: String::new() }).collect();
    }

    fn numbers(&mut self, service: &mut Service) {
        service.youngest = self.read("youngest age", |cell| age(Some(&json!(cell))));
        service.oldest = self.read("oldest age", |cell| age(Some(&json!(cell))));
        service.checked = self.read("checked on", day);
        service.status = self.read("status", Status::from_word).unwrap_or_default();
        let weeks = self.read("waiting weeks", |cell| cell.parse().ok());
        let as_of = self.read("waiting as of", day);
        service.wait = weeks.zip(as_of).map(|(weeks, as_of)| Wait { weeks, as_of });
        if let Some(pence) = self.read("price in pounds", |cell| pence(Some(&json!(cell)))) {
            let id = derived_id(&[&service.id, "cost_option", "0"]);
            service.costs.push(Cost { id, pence: Some(pence), ..Cost::default() });
        }
    }

    /// Terms of ours, by their names or their words.
    fn terms(&mut self, service: &mut Service) {
        for (column, taxonomy) in TERMS {
            for part in self.parts(column) {
                match facet(taxonomy, &part) {
                    Some(facet) => service.facets.push(facet),
                    None => {
                        let whose = format!("line {}, {column}", self.line);
                        self.reader.note("term-not-known", &whose, &part);
                    }
                }
            }
        }
        service.facets.sort();
        service.facets.dedup();
    }

    fn organisation(&mut self, name: &str) -> String {
        if name.is_empty() {
            return String::new();
        }
        let id = derived_id(&["table", "organisation", &name.to_lowercase()]);
        let made =
            Organisation { id: id.clone(), name: name.to_owned(), ..Organisation::default() };
        self.reader.directory.organisations.entry(id.clone()).or_insert(made);
        id
    }

    fn place(&mut self, service: &str) -> Vec<AtLocation> {
        let (street, town) = (self.cell("address"), self.cell("town"));
        let postcode = self.cell("postcode").to_uppercase();
        if street.is_empty() && postcode.is_empty() {
            return Vec::new();
        }
        let location = derived_id(&["table", "location", &street.to_lowercase(), &postcode]);
        let made = Location { id: location.clone(), street, town, postcode, ..Location::default() };
        self.reader.directory.locations.entry(location.clone()).or_insert(made);
        vec![AtLocation { id: derived_id(&[service, "service_at_location", "0"]), location }]
    }

    fn hours(&mut self, service: &str) -> Vec<Schedule> {
        let days = self.read("days", |cell| Some(days(cell)).filter(|days| !days.is_empty()));
        let opens = self.read("opens", time).unwrap_or_default();
        let closes = self.read("closes", time).unwrap_or_default();
        if days.is_none() && opens.is_empty() {
            return Vec::new();
        }
        let id = derived_id(&[service, "schedule", "0"]);
        let every = if days.is_some() { "WEEKLY".to_owned() } else { String::new() };
        let days = days.unwrap_or_default();
        vec![Schedule { id, days, every, opens, closes, ..Schedule::default() }]
    }
}

/// The term of one of our taxonomies by its name ("Autism") or its word ("autism").
fn facet(taxonomy: &str, said: &str) -> Option<String> {
    let prefix = format!("{taxonomy}/");
    let terms = built_in().iter().flat_map(|one| &one.terms);
    terms
        .filter_map(|term| Some((crate::terms::facet_of(&term.id)?, term)))
        .filter_map(|(facet, term)| Some((facet, facet.strip_prefix(&prefix)?, term)))
        .find(|(_, word, term)| {
            word.eq_ignore_ascii_case(said) || term.name.eq_ignore_ascii_case(said)
        })
        .map(|(facet, _, _)| facet.to_owned())
}
