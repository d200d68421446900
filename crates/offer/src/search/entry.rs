//! What is known of a service beside its words, and whether that fits what a list is narrowed to.

use std::collections::BTreeSet;

use super::places::{Places, Point, miles_between};
use super::words::plain;
use crate::model::{Delivery, Directory, Route, Service};

/// What a service must be to be shown, beside what the words say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Narrow {
    /// It costs nothing.
    pub free: bool,
    /// People may turn up or get in touch themselves.
    pub no_referral: bool,
    /// No diagnosis is needed.
    pub no_diagnosis: bool,
    /// No EHC plan is needed.
    pub no_plan: bool,
    /// It is at most so many miles away; counts where a place is named.
    pub within_miles: Option<f64>,
    /// Help is given in one of these ways; none is any.
    pub delivery: Vec<Delivery>,
    /// It runs at one of these times; none is any.
    pub when: Vec<When>,
    /// It carries each of these terms of ours ("kind/leisure").
    pub facets: Vec<String>,
    /// It takes somebody of an age between these.
    pub ages: Option<(u8, u8)>,
}

/// When a service runs, as families ask for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// On a weekday from three in the afternoon.
    AfterSchool,
    /// On Saturday or Sunday.
    Weekend,
    /// In the school holidays.
    Holidays,
}

/// What is known of a service beside its words.
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) name: String,
    service: Facts,
    points: Vec<Point>,
}

/// A service from this age on is none for a small child.
const ADULT_FROM: u8 = 16;

/// What a list is narrowed by.
struct Facts {
    free: bool,
    no_referral: bool,
    youngest: Option<u8>,
    oldest: Option<u8>,
    facets: BTreeSet<String>,
    delivery: Vec<&'static str>,
    after_school: bool,
    weekend: bool,
    holidays: bool,
}

impl Entry {
    pub(crate) fn of(directory: &Directory, places: &Places, service: &Service) -> Self {
        let runs = |days: &[&str]| {
            service.schedules.iter().any(|one| days.iter().any(|day| one.days.contains(day)))
        };
        // Miles to a place that nobody may know would tell where it is.
        let told = directory.locations_of(service).filter(|location| !location.secret);
        let after_three = service.schedules.iter().any(|one| {
            one.opens.as_str() >= "15:00" && !one.opens.is_empty() && one.days != "SA,SU"
        });
        let words = format!("{} {}", service.name, service.description).to_lowercase();
        let in_words =
            service.schedules.iter().any(|one| one.words.to_lowercase().contains("holiday"));
        Self {
            id: service.id.clone(),
            name: plain(&service.name),
            points: told.filter_map(|location| places.point_of(location)).collect(),
            service: Facts {
                free: service.is_free(),
                no_referral: service.open_by(Route::TurnUp) || service.open_by(Route::Yourself),
                youngest: service.youngest,
                oldest: service.oldest,
                facets: service.facets.iter().cloned().collect(),
                delivery: Delivery::ALL
                    .iter()
                    .map(|way| way.word())
                    .filter(|way| service.words_of("delivery").any(|word| word == *way))
                    .collect(),
                after_school: after_three,
                weekend: runs(&["SA", "SU"]),
                holidays: in_words || words.contains("holiday"),
            },
        }
    }

    pub(crate) fn miles_from(&self, from: Option<Point>) -> Option<f64> {
        let from = from?;
        self.points.iter().map(|point| miles_between(from, *point)).min_by(f64::total_cmp)
    }

    pub(crate) fn takes(&self, ages: Option<(u8, u8)>) -> bool {
        ages.is_none_or(|(from, to)| {
            self.service.youngest.is_none_or(|youngest| youngest <= to)
                && self.service.oldest.is_none_or(|oldest| oldest >= from)
        })
    }

    /// Whether it is for adults, or nearly.
    pub(crate) fn is_for_adults(&self) -> bool {
        self.service.youngest.is_some_and(|youngest| youngest >= ADULT_FROM)
    }

    pub(crate) fn fits(&self, narrow: &Narrow, miles: Option<f64>) -> bool {
        let facts = &self.service;
        let near = match (narrow.within_miles, miles) {
            // A service without a place comes to people, or is rung.
            (Some(most), Some(miles)) => miles <= most,
            _ => true,
        };
        let way = narrow.delivery.is_empty()
            || narrow.delivery.iter().any(|way| facts.delivery.contains(&way.word()));
        let time = narrow.when.is_empty()
            || narrow.when.iter().any(|when| match when {
                When::AfterSchool => facts.after_school,
                When::Weekend => facts.weekend,
                When::Holidays => facts.holidays,
            });
        near && way
            && time
            && (!narrow.free || facts.free)
            && (!narrow.no_referral || facts.no_referral)
            && (!narrow.no_diagnosis || facts.facets.contains("open/no-diagnosis"))
            && (!narrow.no_plan || facts.facets.contains("open/no-plan"))
            && narrow.facets.iter().all(|facet| facts.facets.contains(facet))
            && self.takes(narrow.ages)
    }
}
