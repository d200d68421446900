//! How good a Local Offer is, counted from what it holds: which headings of the law it answers, how
//! lately each entry was checked, and whether a family can act on it. Nothing here is an opinion.

use jiff::civil::Date;

use crate::model::{Directory, Service};
use crate::terms::{built_in, facet_of};

/// Days within which an entry counts as checked lately, as Open Referral UK advises.
const LATELY_DAYS: i32 = 90;
/// Days after which an entry is marked as not checked.
const YEAR_DAYS: i32 = 365;

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

/// Counts a directory as it stands on `today`.
#[must_use]
pub fn audit(directory: &Directory, today: Date) -> Audit {
    let shown: Vec<&Service> = directory.services.values().filter(|one| one.is_shown()).collect();
    let count = |fits: &dyn Fn(&Service) -> bool| shown.iter().filter(|one| fits(one)).count();
    let age = |service: &Service| service.checked.map(|on| days(on, today));
    let lately = count(&|one| age(one).is_some_and(|age| age <= LATELY_DAYS));
    let year = count(&|one| age(one).is_some_and(|age| age <= YEAR_DAYS));
    let parts = Part::ALL.into_iter();
    Audit {
        services: shown.len(),
        headings: headings(&|facet| count(&|one| one.has(facet))),
        lately,
        within_a_year: year - lately,
        not_checked: shown.len() - year,
        parts: parts.map(|part| (part, count(&|one| part.is_said(directory, one)))).collect(),
        whole: count(&|one| Part::ALL.iter().all(|part| part.is_said(directory, one))),
    }
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn headings(count: &dyn Fn(&str) -> usize) -> Vec<(String, usize)> {
    let terms = built_in().iter().flat_map(|taxonomy| &taxonomy.terms);
    terms
        .filter_map(|term| Some((facet_of(&term.id)?, term)))
        .filter(|(facet, _)| facet.starts_with("schedule-2/"))
        .map(|(facet, term)| (term.name.clone(), count(facet)))
        .collect()
}
