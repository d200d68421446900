//! How good a Local Offer is, counted from what it holds: which headings of the law it answers, how
//! lately each entry was checked, and whether a family can act on it. Nothing here is an opinion.

use jiff::civil::Date;

use crate::model::{Directory, Location, Service};
use crate::terms::{built_in, facet_of};

/// Days within which an entry counts as checked lately, as Open Referral UK advises.
const LATELY_DAYS: i32 = 90;
/// Days after which an entry is marked as not checked.
const YEAR_DAYS: i32 = 365;

/// The age at which every entry should be read.
pub const READ_BY: f64 = 11.0;

/// What was counted, of the entries that families are shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    /// How many entries there are.
    pub services: usize,
    /// Each heading of Schedule 2 in its order, with how many entries answer it.
    pub headings: Vec<(String, usize)>,
    /// Checked within 90 days.
    pub lately: usize,
    /// Checked before that, within a year.
    pub within_a_year: usize,
    /// Not checked within a year, or nobody has said.
    pub not_checked: usize,
    /// What a family needs in order to act, each with how many entries say it.
    pub parts: Vec<(Part, usize)>,
    /// Entries that say all of it.
    pub whole: usize,
    /// Entries that somebody of [`READ_BY`] can read.
    pub readable: usize,
}

/// Something that a family needs to know in order to act.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Who it is for.
    Who,
    /// How to get it.
    How,
    /// Whether a diagnosis or a plan has to be there first.
    First,
    /// How long people wait, and as of when.
    Wait,
    /// What it costs.
    Cost,
    /// A number to ring.
    Phone,
    /// An address for e-mail.
    Email,
    /// Who runs it.
    Body,
}

impl Part {
    /// Every part, in the order in which families ask.
    pub const ALL: [Self; 8] = [
        Self::Who,
        Self::How,
        Self::First,
        Self::Wait,
        Self::Cost,
        Self::Phone,
        Self::Email,
        Self::Body,
    ];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::How => "how",
            Self::First => "first",
            Self::Wait => "wait",
            Self::Cost => "cost",
            Self::Phone => "phone",
            Self::Email => "email",
            Self::Body => "body",
        }
    }

    /// Whether an entry says it.
    #[must_use]
    pub fn is_said(self, directory: &Directory, service: &Service) -> bool {
        let has = |taxonomy: &str| service.words_of(taxonomy).next().is_some();
        match self {
            Self::Who => !service.who_for.is_empty(),
            Self::How => has("route"),
            Self::First => has("open"),
            Self::Wait => service.wait.is_some(),
            Self::Cost => !service.costs.is_empty() || !service.fees.is_empty(),
            Self::Phone => !service.phones.is_empty(),
            Self::Email => !service.email.is_empty(),
            Self::Body => directory.organisation_of(service).is_some(),
        }
    }
}

/// How old somebody must be to read a text: a published formula, which the caller has.
pub type Reading<'a> = &'a dyn Fn(&str) -> f64;

/// What is counted of one state of an entry.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Seen {
    pub(crate) shown: bool,
    pub(crate) checked: Option<Date>,
    pub(crate) facets: Vec<String>,
    /// Of [`Part::ALL`], which it says.
    says: [bool; Part::ALL.len()],
    /// The age at which it is read.
    age: f64,
    /// Whether it is at a place, and whether what helps people in is said of one.
    pub(crate) place: Option<bool>,
    /// Whether it has a page in easy read or a film in sign language.
    pub(crate) easy: bool,
}

impl Seen {
    /// Of a service as it stood with these places of its own, which may be gone from the directory.
    pub(crate) fn of(
        directory: &Directory,
        service: &Service,
        own: &[Location],
        reading: Reading<'_>,
    ) -> Self {
        let place = |id: &String| {
            own.iter().find(|place| place.id == *id).or_else(|| directory.locations.get(id))
        };
        let mut places = service.at.iter().filter_map(|at| place(&at.location)).peekable();
        let is_placed = places.peek().is_some();
        Self {
            shown: service.is_shown(),
            checked: service.checked,
            facets: service.facets.clone(),
            says: Part::ALL.map(|part| part.is_said(directory, service)),
            age: reading(&text_of(service)),
            easy: !service.easy_read.is_empty() || !service.bsl.is_empty(),
            place: is_placed.then(|| places.any(|place| !place.access.is_empty())),
        }
    }

    pub(crate) fn says(&self, part: Part) -> bool {
        Part::ALL.iter().zip(self.says).any(|(one, said)| *one == part && said)
    }

    /// Whether somebody of [`READ_BY`] can read it.
    pub(crate) fn is_readable(&self) -> bool {
        self.age < READ_BY + 1.0
    }
}

/// What an entry says in sentences.
fn text_of(service: &Service) -> String {
    let mut parts = vec![service.description.clone(), service.who_for.clone()];
    parts.push(service.next_step.clone());
    parts.extend(service.steps.iter().map(|step| format!("{} {}", step.lead, step.rest)));
    let whole = |part: &String| {
        let part = part.trim();
        if part.ends_with(['.', '!', '?']) { part.to_owned() } else { format!("{part}.") }
    };
    let parts: Vec<String> =
        parts.iter().filter(|part| !part.trim().is_empty()).map(whole).collect();
    parts.join(" ")
}

/// Each entry that is shown with the age at which it is read, the hardest first: id, name and years.
#[must_use]
pub fn reading_ages(directory: &Directory, reading: Reading<'_>) -> Vec<(String, String, u8)> {
    let shown = directory.services.values().filter(|one| one.is_shown());
    let mut ages: Vec<(String, String, u8)> = shown
        .map(|one| {
            let age = reading(&text_of(one)).clamp(0.0, 99.0);
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 99")]
            (one.id.clone(), one.name.clone(), age as u8)
        })
        .collect();
    ages.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| (&a.1, &a.0).cmp(&(&b.1, &b.0))));
    ages
}

/// Counts a directory as it stands on `today`.
#[must_use]
pub fn audit(directory: &Directory, today: Date, reading: Reading<'_>) -> Audit {
    let seen: Vec<Seen> =
        directory.services.values().map(|one| Seen::of(directory, one, &[], reading)).collect();
    audit_of(&seen.iter().filter(|one| one.shown).collect::<Vec<_>>(), today)
}

/// Counts entries that are shown.
pub(crate) fn audit_of(shown: &[&Seen], today: Date) -> Audit {
    let count = |fits: &dyn Fn(&Seen) -> bool| shown.iter().filter(|one| fits(one)).count();
    let age = |seen: &Seen| seen.checked.map(|on| days(on, today));
    let lately = count(&|one| age(one).is_some_and(|age| age <= LATELY_DAYS));
    let year = count(&|one| age(one).is_some_and(|age| age <= YEAR_DAYS));
    let headings = headings().map(|(facet, name)| {
        (name.to_owned(), count(&|one| one.facets.iter().any(|known| known == facet)))
    });
    Audit {
        services: shown.len(),
        headings: headings.collect(),
        lately,
        within_a_year: year - lately,
        not_checked: shown.len() - year,
        parts: Part::ALL.map(|part| (part, count(&|one| one.says(part)))).to_vec(),
        whole: count(&|one| Part::ALL.iter().all(|part| one.says(*part))),
        readable: count(&Seen::is_readable),
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

/// Each heading of Schedule 2 in its order: its word among our taxonomies and its name.
pub(crate) fn headings() -> impl Iterator<Item = (&'static str, &'static str)> {
    let terms = built_in().iter().flat_map(|taxonomy| &taxonomy.terms);
    terms
        .filter_map(|term| Some((facet_of(&term.id)?, term.name.as_str())))
        .filter(|(facet, _)| facet.starts_with("schedule-2/"))
}
