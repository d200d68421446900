//! The school terms of an area and of schools whose terms differ: entered by a manager, a school year at
//! a time, kept as events of the area, and counted by at once. Files that the server was started with
//! give the years that nobody has entered.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;
use sendero_access::Act;
use sendero_law::{Rulebook, SchoolYear, Term, YearFault, school_year_of, terms_by_year};
use sendero_record::PersonId;
use sendero_store::{
    CommandId, Commit, CommitError, NewEvent, StoredChild, StoredEvent, StreamKind, StreamWrite,
};
use serde::{Deserialize, Serialize};

use crate::{App, FieldFault, Form, Me, Problem};

/// The longest name of a school.
const SCHOOL_LETTERS_MAX: usize = 200;
/// How many school years before and after this one can be entered.
pub const YEARS_BACK: i16 = 3;
/// See [`YEARS_BACK`].
pub const YEARS_AHEAD: i16 = 2;

/// What is told of a school year: the content of an event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct YearTold {
    /// The year in which it begins.
    year: i16,
    /// The school; '' for all of the area that have none of their own.
    school: String,
    /// Its terms; none takes back what was entered.
    terms: Option<SchoolYear>,
}

/// The kind of that event.
const TOLD: &str = "school-year-told";

/// A school year as it was entered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptYear {
    /// The year in which it begins.
    pub year: i16,
    /// The school; '' for all of the area that have none of their own.
    pub school: String,
    /// Its terms.
    pub terms: SchoolYear,
    /// When it was entered.
    pub on: Date,
    /// By whom.
    pub by: PersonId,
}

/// All school years of an area that somebody has entered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchoolYears {
    /// By school, as its name is compared, and year.
    kept: BTreeMap<(String, i16), KeptYear>,
    /// How many events there were: rows that are made by fewer are stale.
    told: usize,
}

impl SchoolYears {
    fn of(stored: &StoredChild) -> Result<Self, Problem> {
        let mut years = Self::default();
        for stored in stored.events.iter().filter(|stored| stored.event.kind == TOLD) {
            years.take(stored)?;
        }
        Ok(years)
    }

    fn take(&mut self, stored: &StoredEvent) -> Result<(), Problem> {
        let event = &stored.event;
        let broken = |_| Problem::Broken("a school year of the area cannot be read".to_owned());
        let told: YearTold = serde_json::from_slice(&event.content).map_err(broken)?;
        let on = event
            .on
            .parse()
            .map_err(|_| Problem::Broken("the day of a school year cannot be read".to_owned()))?;
        let key = (compared(&told.school), told.year);
        match told.terms {
            Some(terms) => {
                let by = PersonId::new(event.actor.clone());
                let (year, school) = (told.year, told.school);
                self.kept.insert(key, KeptYear { year, school, terms, on, by });
            }
            None => drop(self.kept.remove(&key)),
        }
        self.told += 1;
        Ok(())
    }

    /// All of them: the area's first, then by school; the earliest year first.
    pub fn all(&self) -> impl Iterator<Item = &KeptYear> {
        self.kept.values()
    }

    /// One of them.
    #[must_use]
    pub fn one(&self, school: &str, year: i16) -> Option<&KeptYear> {
        self.kept.get(&(compared(school), year))
    }

    fn spans(&self, school: &str) -> Vec<Term> {
        let school = compared(school);
        let of = self.kept.values().filter(|kept| compared(&kept.school) == school);
        of.flat_map(|kept| kept.terms.spans()).collect()
    }
}

/// A school's name as it is compared: however it is spaced and whatever its capitals.
fn compared(school: &str) -> String {
    school.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// The law of an area: its rulebook, and the terms in which school days are counted there.
#[derive(Clone, Debug)]
pub struct AreaLaw {
    /// The law, with what the area has promised beyond it.
    pub rulebook: &'static Rulebook,
    /// What was entered of its school terms.
    pub years: Arc<SchoolYears>,
}

impl AreaLaw {
    /// The terms to count by for a child of this school: its own in the years for which it has some, the
    /// area's as they were entered, and those of the files that the server was started with.
    #[must_use]
    pub fn terms(&self, school: Option<&str>) -> Vec<Term> {
        let own = school.map(|school| self.years.spans(school)).unwrap_or_default();
        terms_by_year([&own[..], &self.years.spans("")[..], self.rulebook.terms()])
    }

    /// The area's terms of files, in the years that nobody has entered.
    #[must_use]
    pub fn from_files(&self) -> Vec<Term> {
        let entered = |term: &Term| self.years.one("", school_year_of(term.from)).is_some();
        self.rulebook.terms().iter().filter(|term| !entered(term)).copied().collect()
    }

    /// What rows are stamped with: another rulebook, or other terms, make them anew.
    pub(crate) fn stamp(&self) -> String {
        match self.years.told {
            0 => self.rulebook.hash().to_owned(),
            told => format!("{} {told}", self.rulebook.hash()),
        }
    }
}

impl App {
    /// The law of an area with its school terms.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn law_of(&self, authority: &str) -> Result<AreaLaw, Problem> {
        let stored = self.store.stream(authority, StreamKind::Area, authority).await?;
        let years = stored.as_ref().map(SchoolYears::of).transpose()?.unwrap_or_default();
        Ok(AreaLaw { rulebook: self.rulebook_of(authority), years: Arc::new(years) })
    }

    /// The law of one's area, for whoever enters its school terms.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody but a manager.
    pub async fn terms_at_desk(&self, me: &Me) -> Result<AreaLaw, Problem> {
        self.may_in_office(me, Act::KeepTerms)?;
        self.law_of(&me.authority).await
    }

    /// The schools that children of the area go to, by name.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody but a manager.
    pub async fn schools_of(&self, me: &Me) -> Result<Vec<String>, Problem> {
        self.may_in_office(me, Act::KeepTerms)?;
        let mut schools = self.store.settings_of(&me.authority).await?;
        schools.sort_by_key(|school| compared(school));
        schools.dedup_by_key(|school| compared(school));
        Ok(schools)
    }

    /// Enters a school year of the area, or of a school of it, in place of what was there; without terms,
    /// takes it back.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with everything that is wrong with it, [`Problem::NotFound`] for anybody but
    /// a manager, and for a year that is too far away.
    pub async fn tell_school_year(
        &self,
        me: &Me,
        (year, school): (i16, &str),
        terms: Option<SchoolYear>,
        form: &Form,
    ) -> Result<(), Problem> {
        self.may_in_office(me, Act::KeepTerms)?;
        if !form.command.is_empty() && self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        let now = self.now();
        let this = school_year_of(now.today);
        let school = school.split_whitespace().collect::<Vec<_>>().join(" ");
        if year < this - YEARS_BACK
            || year > this + YEARS_AHEAD
            || school.chars().count() > SCHOOL_LETTERS_MAX
        {
            return Err(Problem::NotFound);
        }
        let faults = terms.as_ref().map(|terms| terms.faults(year)).unwrap_or_default();
        if !faults.is_empty() {
            return Err(Problem::Invalid(faults.into_iter().map(|one| fault(one, year)).collect()));
        }
        let stored = self.store.stream(&me.authority, StreamKind::Area, &me.authority).await?;
        let before = stored.as_ref().map(SchoolYears::of).transpose()?.unwrap_or_default();
        if before.one(&school, year).map(|kept| &kept.terms) == terms.as_ref() {
            return Ok(());
        }
        let told = YearTold { year, school, terms };
        let content = serde_json::to_vec(&told)
            .map_err(|_| Problem::Broken("a school year cannot be written".to_owned()))?;
        let new = NewEvent {
            id: self.fresh_id(),
            kind: TOLD.to_owned(),
            format: 1,
            on: now.today.to_string(),
            known_on: now.today.to_string(),
            actor: me.id.as_str().to_owned(),
            supersedes: None,
            salt: self.fresh_token(),
            content,
        };
        let answered = CommandId { id: form.command.clone(), answer: year.to_string() };
        let commit = Commit {
            authority: me.authority.clone(),
            at: now.at,
            actor: me.id.as_str().to_owned(),
            command: Some(answered).filter(|command| !command.id.is_empty()),
            streams: vec![StreamWrite {
                stream: me.authority.clone(),
                kind: StreamKind::Area,
                expected: stored.map_or(0, |stored| stored.version),
                events: vec![new],
            }],
            ..Commit::default()
        };
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::CommandSeen { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}

fn fault(one: YearFault, year: i16) -> FieldFault {
    let day = one.day.map(|day| day.strftime("%-d %B %Y").to_string());
    let detail = day.unwrap_or_else(|| year.to_string());
    FieldFault { field: one.field, fault: one.fault, detail }
}
