//! What a Local Offer holds: services, who runs them, where they are and what they are tagged with.
//! It is Open Referral UK 3.0 and, beside it, what families need most and that standard leaves out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// Everything that one Local Offer holds. Its lists are kept in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Directory {
    /// Who runs services.
    pub organisations: BTreeMap<String, Organisation>,
    /// The services.
    pub services: BTreeMap<String, Service>,
    /// Where services are.
    pub locations: BTreeMap<String, Location>,
    /// Taxonomies other than our own, which are always there.
    pub taxonomies: BTreeMap<String, Taxonomy>,
}

/// Whoever runs services.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Organisation {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it does.
    pub description: String,
    /// Its address for e-mail, or ''.
    pub email: String,
    /// Its website, or ''.
    pub website: String,
    /// An address that names it for good, or ''.
    pub uri: String,
    /// A picture, or ''.
    pub logo: String,
    /// The organisation that it belongs to, or ''.
    pub parent: String,
    /// Numbers under which registers know it.
    pub identifiers: Vec<Identifier>,
}

/// A number under which a register knows an organisation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identifier {
    /// Its id.
    pub id: String,
    /// Which register, in its code ("GB-CHC"), or ''.
    pub scheme: String,
    /// Which register, in words.
    pub kind: String,
    /// The number.
    pub number: String,
}

/// Whether a service can be used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It runs.
    #[default]
    Active,
    /// It does not run now.
    Inactive,
    /// It has ended.
    Defunct,
    /// It is closed and will open again.
    TemporarilyClosed,
}

impl Status {
    /// The word of Open Referral UK.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Inactive => "inactive",
            Self::Defunct => "defunct",
            Self::TemporarilyClosed => "temporarily closed",
        }
    }

    /// The status that a word stands for, whatever its capitals.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Active, Self::Inactive, Self::Defunct, Self::TemporarilyClosed]
            .into_iter()
            .find(|status| status.word().eq_ignore_ascii_case(word.trim()))
    }
}

/// One service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Service {
    /// Its id.
    pub id: String,
    /// Id of whoever runs it, or ''.
    pub organisation: String,
    /// Its name.
    pub name: String,
    /// What it is, in a few sentences.
    pub description: String,
    /// Its page elsewhere, or ''.
    pub url: String,
    /// Its address for e-mail, or ''.
    pub email: String,
    /// Whether it can be used.
    pub status: Status,
    /// What it costs, in words, or ''.
    pub fees: String,
    /// What it is accredited as, or ''.
    pub accreditations: String,
    /// The youngest age in whole years.
    pub youngest: Option<u8>,
    /// The oldest age in whole years.
    pub oldest: Option<u8>,
    /// The day on which somebody last checked this entry.
    pub checked: Option<Date>,
    /// Who checked it, in words for families, or ''.
    pub checked_by: String,
    /// The address for e-mail of whoever checks it, or ''.
    pub checker: String,
    /// Something that everybody must know now, or ''.
    pub alert: String,
    /// When this entry was last changed, as UTC text, or ''.
    pub modified: String,
    /// When it runs.
    pub schedules: Vec<Schedule>,
    /// Whom it is for, by where they live.
    pub areas: Vec<ServiceArea>,
    /// Where it is.
    pub at: Vec<AtLocation>,
    /// What it costs.
    pub costs: Vec<Cost>,
    /// Who pays for it.
    pub funding: Vec<Funding>,
    /// Terms of other people's taxonomies.
    pub tags: Vec<Tag>,
    /// Terms of our own taxonomies, as `facet/word` ("need/autism").
    pub facets: Vec<String>,

    /// The next step in a few words ("Just turn up"), or ''.
    pub next_step: String,
    /// What happens when somebody gets in touch, in order.
    pub steps: Vec<Step>,
    /// Who it is for, in words, or ''.
    pub who_for: String,
    /// How long people wait, where that is known.
    pub wait: Option<Wait>,
    /// Numbers to ring, the best one first.
    pub phones: Vec<Phone>,
    /// Whom to ask for: a role, not a name, or ''.
    pub ask_for: String,
    /// Who decides whether somebody can have it, and how, or ''.
    pub decided_by: String,
    /// Where to complain, or ''.
    pub complaints: String,
    /// Its page in easy read, or ''.
    pub easy_read: String,
    /// Its film in British Sign Language, or ''.
    pub bsl: String,
}

/// When a service runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Schedule {
    /// Its id.
    pub id: String,
    /// Days of the week in the letters of calendars (`MO,TU`), or ''.
    pub days: String,
    /// Days of the month, or ''.
    pub month_days: String,
    /// `WEEKLY`, `MONTHLY` or ''.
    pub every: String,
    /// Every how many weeks or months; 0 where nothing is said.
    pub interval: u16,
    /// When it opens (`09:30`), or ''.
    pub opens: String,
    /// When it closes, or ''.
    pub closes: String,
    /// Its first day, or ''.
    pub from: String,
    /// Its last day, or ''.
    pub until: String,
    /// In words ("term time only"), or ''.
    pub words: String,
}

/// An area that a service is for.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ServiceArea {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// An address that names it for good, or ''.
    pub uri: String,
}

/// A service at one of its locations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct AtLocation {
    /// The id of the pair.
    pub id: String,
    /// The location's id.
    pub location: String,
}

/// What a service costs somebody.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Cost {
    /// Its id.
    pub id: String,
    /// For whom or for what ("Each session"), or ''.
    pub option: String,
    /// Pence, where it is a number.
    pub pence: Option<u64>,
    /// In words, or ''.
    pub words: String,
}

/// Who pays for a service.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Funding {
    /// Its id.
    pub id: String,
    /// Who pays.
    pub source: String,
}

/// A term of another taxonomy that a service carries.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Tag {
    /// The id of the link.
    pub id: String,
    /// The id of the term.
    pub term: String,
}

/// One thing that happens when somebody gets in touch.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Step {
    /// The first words ("You say hello.").
    pub lead: String,
    /// The rest, or ''.
    #[serde(default)]
    pub rest: String,
}

/// How long people wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wait {
    /// Weeks; nought for none.
    pub weeks: u16,
    /// The day for which that was true.
    pub as_of: Date,
}

/// A number to ring.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Phone {
    /// The number.
    pub number: String,
    /// What it is for, or ''.
    #[serde(default)]
    pub about: String,
}

/// How somebody comes to use a service.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Route {
    /// They just turn up.
    TurnUp,
    /// They get in touch themselves.
    Yourself,
    /// The school asks for them.
    School,
    /// The family doctor or another health professional asks for them.
    Health,
    /// Social care asks for them.
    SocialCare,
}

impl Route {
    /// Every route.
    pub const ALL: [Self; 5] =
        [Self::TurnUp, Self::Yourself, Self::School, Self::Health, Self::SocialCare];

    /// Its word among our taxonomies.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::TurnUp => "turn-up",
            Self::Yourself => "yourself",
            Self::School => "school",
            Self::Health => "health",
            Self::SocialCare => "social-care",
        }
    }
}

/// How help is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Delivery {
    /// At a place.
    Place,
    /// At home.
    Home,
    /// By telephone.
    Phone,
    /// Online.
    Online,
}

impl Delivery {
    /// Every way.
    pub const ALL: [Self; 4] = [Self::Place, Self::Home, Self::Phone, Self::Online];

    /// Its word among our taxonomies.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Place => "place",
            Self::Home => "home",
            Self::Phone => "phone",
            Self::Online => "online",
        }
    }
}

/// Which sort of place a location is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LocationKind {
    /// A building or a field.
    #[default]
    Physical,
    /// An address for letters.
    Postal,
    /// Nowhere but online.
    Virtual,
}

impl LocationKind {
    /// The word of Open Referral UK.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Physical => "physical",
            Self::Postal => "postal",
            Self::Virtual => "virtual",
        }
    }
}

/// A place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Location {
    /// Its id.
    pub id: String,
    /// Its name, or ''.
    pub name: String,
    /// What it is, or ''.
    pub description: String,
    /// Which sort of place it is.
    pub kind: LocationKind,
    /// Degrees north and east, where known.
    pub point: Option<(f64, f64)>,
    /// First line of its address, or ''.
    pub street: String,
    /// Town, or ''.
    pub town: String,
    /// County, or ''.
    pub county: String,
    /// Postcode, or ''.
    pub postcode: String,
    /// What helps people to get in and about, each in a few words.
    pub access: Vec<String>,
    /// Whether nobody may be told where it is, as with a refuge.
    pub secret: bool,
}

/// A taxonomy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Taxonomy {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it orders.
    pub description: String,
    /// Its version, or ''.
    pub version: String,
    /// An address that names it for good, or ''.
    pub uri: String,
    /// Its terms.
    pub terms: Vec<Term>,
}

/// A term of a taxonomy.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Term {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it means.
    pub description: String,
    /// The id of the wider term, or ''.
    pub parent: String,
    /// An address that names it for good, or ''.
    pub uri: String,
}

impl Directory {
    /// Who runs a service, where that is known.
    #[must_use]
    pub fn organisation_of(&self, service: &Service) -> Option<&Organisation> {
        self.organisations.get(&service.organisation)
    }

    /// Where a service is, in the order in which it names the places.
    pub fn locations_of<'a>(&'a self, service: &'a Service) -> impl Iterator<Item = &'a Location> {
        service.at.iter().filter_map(|at| self.locations.get(&at.location))
    }

    /// A term of any taxonomy, our own included, with its taxonomy.
    #[must_use]
    pub fn term(&self, id: &str) -> Option<(&Taxonomy, &Term)> {
        crate::terms::built_in().iter().chain(self.taxonomies.values()).find_map(|taxonomy| {
            taxonomy.terms.iter().find(|term| term.id == id).map(|term| (taxonomy, term))
        })
    }
}

impl Service {
    /// Whether it carries this term of our own taxonomies ("need/autism").
    #[must_use]
    pub fn has(&self, facet: &str) -> bool {
        self.facets.iter().any(|one| one == facet)
    }

    /// The words of one of our taxonomies that it carries ("autism" of "need").
    pub fn words_of<'a>(&'a self, taxonomy: &'a str) -> impl Iterator<Item = &'a str> {
        self.facets.iter().filter_map(move |facet| {
            facet.strip_prefix(taxonomy).and_then(|rest| rest.strip_prefix('/'))
        })
    }

    /// Whether people who come by this route can use it.
    #[must_use]
    pub fn open_by(&self, route: Route) -> bool {
        self.words_of("route").any(|word| word == route.word())
    }

    /// Whether it costs nothing: said so, or every price is nought.
    #[must_use]
    pub fn is_free(&self) -> bool {
        let priced = !self.costs.is_empty();
        (priced && self.costs.iter().all(|cost| cost.pence == Some(0)))
            || (!priced && self.fees.to_lowercase().starts_with("free"))
    }

    /// Whether somebody of an age between these can use it. What is not said shuts nobody out.
    #[must_use]
    pub fn takes(&self, from: u8, to: u8) -> bool {
        self.youngest.is_none_or(|youngest| youngest <= to)
            && self.oldest.is_none_or(|oldest| oldest >= from)
    }

    /// Whether families should be shown it: an entry that has ended is kept and not shown.
    #[must_use]
    pub fn is_shown(&self) -> bool {
        matches!(self.status, Status::Active | Status::TemporarilyClosed)
    }
}
