//! The school terms of the pretend area: much as an area's own, and nobody's.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday, date};
use sendero_law::{SchoolYear, TermDays, school_year_of};
use sendero_world::{World, WorldRole};

use super::me_of;
use crate::school_terms::{YEARS_AHEAD, YEARS_BACK};
use crate::{App, AreaDetail, Form, Problem};

impl App {
    /// Enters every school year that can be entered, as the one who leads the team.
    pub(super) async fn add_terms(
        &self,
        world: &World,
        area: &AreaDetail,
        today: Date,
    ) -> Result<(), Problem> {
        let leads = world.people.iter().find(|one| matches!(one.role, WorldRole::Manager));
        let Some(leads) = leads else { return Ok(()) };
        let me = me_of(world, area, leads);
        let this = school_year_of(today);
        for year in this - YEARS_BACK..=this + YEARS_AHEAD {
            let form = Form::default();
            self.tell_school_year(&me, (year, ""), Some(made_up(year)), &form).await?;
        }
        Ok(())
    }
}

/// The school year that begins in `year`. Its holidays do not follow Easter, as some areas' do not.
fn made_up(year: i16) -> SchoolYear {
    let week = |monday: Date| Some((monday, monday + 4.days()));
    let term = |first, last, half_term| TermDays { first, last, half_term };
    let begins = first(Weekday::Wednesday, date(year, 9, 1));
    SchoolYear {
        terms: [
            term(
                begins,
                first(Weekday::Friday, date(year, 12, 16)),
                week(first(Weekday::Monday, date(year, 10, 23))),
            ),
            term(
                first(Weekday::Monday, date(year + 1, 1, 3)),
                first(Weekday::Friday, date(year + 1, 3, 24)),
                week(first(Weekday::Monday, date(year + 1, 2, 12))),
            ),
            term(
                first(Weekday::Monday, date(year + 1, 4, 8)),
                first(Weekday::Friday, date(year + 1, 7, 16)),
                week(first(Weekday::Monday, date(year + 1, 5, 25))),
            ),
        ],
        training: vec![begins, first(Weekday::Monday, date(year + 1, 1, 3))],
    }
}

/// The first such day of the week on or after a day.
fn first(weekday: Weekday, from: Date) -> Date {
    let ahead = weekday.since(from.weekday());
    from + i64::from(ahead).days()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_year_of_it_can_be_entered() {
        for year in 2015..2060 {
            assert_eq!(made_up(year).faults(year), [], "{year}");
        }
    }
}
