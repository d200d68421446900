//! So many services as plausible as those of the pretend area: its own, and the same again for other
//! places, so that every concept is there as often as in the area itself.

use std::collections::BTreeMap;

use jiff::civil::date;
use sendero_offer::{Directory, derived_id, made_up, made_up_neighbour, term_of};

/// A directory, and of each service the key under which it was made up.
pub(crate) struct Spread {
    pub(crate) directory: Directory,
    keys: BTreeMap<String, String>,
}

/// What a service says, for those who index texts.
pub(crate) struct Text {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) text: String,
}

/// Services of the pretend area that the others are made from.
const OWN: usize = 260;
const FIRST: [&str; 20] = [
    "Ash", "Brook", "Crag", "Dove", "East", "Fox", "Grange", "Hazel", "Ivy", "Kirk", "Larch",
    "Meadow", "North", "Oak", "Plum", "Reed", "Stone", "Teal", "West", "Yew",
];
const SECOND: [&str; 20] = [
    "ham", "ton", "by", "worth", "den", "borough", "caster", "cliffe", "cross", "fell", "gate",
    "haven", "holme", "lea", "minster", "ness", "port", "side", "stow", "well",
];

impl Spread {
    /// The other made-up area.
    pub(crate) fn elsewhere() -> Self {
        let (area, address) = ("wet", "https://wethermoor.example");
        let directory = made_up_neighbour(area, "Wethermoor", address, date(2026, 11, 23));
        let key = |key: String| (sendero_offer::made_up_id(area, &key), key);
        Self { directory, keys: queried().into_iter().map(key).collect() }
    }

    pub(crate) fn of(size: usize) -> Self {
        let day = date(2026, 11, 23);
        let mut directory = made_up("ald", "Aldermere", "https://aldermere.example", day, OWN);
        let mut keys: BTreeMap<String, String> = queried()
            .into_iter()
            .map(|key| (sendero_offer::made_up_id("ald", &key), key))
            .collect();
        let own: Vec<_> = directory.services.values().cloned().collect();
        let mut round = 0;
        while directory.services.len() < size {
            let again = round / (FIRST.len() * SECOND.len());
            let place = format!(
                "{}{}{}",
                FIRST[round % FIRST.len()],
                SECOND[round / FIRST.len() % SECOND.len()],
                if again == 0 { String::new() } else { format!(" {again}") }
            );
            for service in own.iter().take(size - directory.services.len()) {
                let mut other = service.clone();
                other.id = derived_id(&[&service.id, &place]);
                other.name = format!("{}, {place}", service.name);
                if let Some(key) = keys.get(&service.id).cloned() {
                    keys.insert(other.id.clone(), key);
                }
                directory.services.insert(other.id.clone(), other);
            }
            round += 1;
        }
        Self { directory, keys }
    }

    pub(crate) fn key_of(&self, id: &str) -> Option<&str> {
        self.keys.get(id).map(String::as_str)
    }

    /// Each service's texts: its name, and all that ours reads beside it.
    pub(crate) fn texts(&self) -> Vec<Text> {
        let one = |service: &sendero_offer::Service| {
            let mut parts = vec![service.description.clone(), service.who_for.clone()];
            parts.push(service.next_step.clone());
            parts.extend(service.steps.iter().map(|step| format!("{} {}", step.lead, step.rest)));
            let tags = service.facets.iter().filter_map(|facet| term_of(facet));
            parts.extend(
                tags.filter(|of| of.facet.starts_with("need/") || of.facet.starts_with("kind/"))
                    .map(|of| of.name.clone()),
            );
            parts.extend(self.directory.organisation_of(service).map(|by| by.name.clone()));
            let at = self.directory.locations_of(service);
            parts.extend(at.map(|at| format!("{} {}", at.name, at.town)));
            Text { id: service.id.clone(), name: service.name.clone(), text: parts.join("\n") }
        };
        self.directory.services.values().map(one).collect()
    }
}

/// The keys that the queries name.
fn queried() -> Vec<String> {
    let lists: BTreeMap<String, Vec<(String, String)>> =
        toml::from_str(include_str!("../../../offer/tests/data/queries.toml")).unwrap_or_default();
    let keys = lists.into_values().flatten().map(|(_, keys)| keys);
    keys.flat_map(|keys| keys.split(' ').map(str::to_owned).collect::<Vec<_>>()).collect()
}
