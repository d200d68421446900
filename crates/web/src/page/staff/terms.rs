//! `/terms`: where a manager enters the terms in which school days are counted, for the area or for a
//! school whose terms differ.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Query, State};
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::access::Role;
use sendero_app::house::law::{SCHOOL_TERMS, SchoolYear, TermDays, school_year_of};
use sendero_app::house::record::PersonId;
use sendero_app::{AreaLaw, FieldFault, KeptYear, Problem, YEARS_AHEAD, YEARS_BACK, read_date};

use super::{frame, staff};
use crate::page::law::terms::{terms_of, year_name};
use crate::page::{Answer, Shown, page, page_as, today_filled, typed_day};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::form::Filled;
use crate::view::terms::{TermFields, TermsDesk, YearDesk};
use crate::words::word;

pub(super) fn routes() -> Router<Web> {
    Router::new().route("/terms", get(list)).route("/terms/year", get(year).post(enter))
}

async fn list(State(web): State<Web>, visitor: Visitor) -> Answer {
    let me = staff(&visitor)?;
    let law = web.app.terms_at_desk(me).await?;
    let schools = web.app.schools_of(me).await?;
    let managers = web.app.people_with(&me.authority, Role::Manager).await?;
    let names: BTreeMap<PersonId, String> =
        managers.into_iter().map(|one| (one.id, one.name.full())).collect();
    let by = |kept: &KeptYear| {
        names.get(&kept.by).cloned().unwrap_or_else(|| word("role", Role::Manager.word()))
    };
    let this = school_year_of(web.app.now().today);
    let years = (this - YEARS_BACK..=this + YEARS_AHEAD).rev();
    let all = (String::new(), word("school-terms", "all"));
    page(&TermsDesk {
        frame: frame(&web, &visitor, Tab::Gaps),
        list: terms_of(&law, Some(&by)),
        years: years.map(|year| (year.to_string(), year_name(year))).collect(),
        schools: std::iter::once(all)
            .chain(schools.into_iter().map(|school| (school.clone(), school)))
            .collect(),
        filled: Filled::default().with("year", &this.to_string()),
    })
}

async fn year(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let law = web.app.terms_at_desk(staff(&visitor)?).await?;
    let word = |name: &str| asked.get(name).map_or("", |value| value.trim()).to_owned();
    let of = (year_of(&web, &word("year"))?, word("school"));
    let filled = law.years.one(&of.1, of.0).map(filled_with).unwrap_or_default();
    let shown = Shown::fresh(visitor.hidden(&web, None), filled);
    year_page(&web, &visitor, &law, &of, shown)
}

/// A school year that can be entered.
fn year_of(web: &Web, typed: &str) -> Result<i16, Problem> {
    let this = school_year_of(web.app.now().today);
    let year: i16 = typed.parse().map_err(|_| Problem::NotFound)?;
    let near = this - YEARS_BACK <= year && year <= this + YEARS_AHEAD;
    near.then_some(year).ok_or(Problem::NotFound)
}

/// The form with what was entered before.
fn filled_with(kept: &KeptYear) -> Filled {
    let days: Vec<String> =
        kept.terms.training.iter().map(|day| day.strftime("%-d %B %Y").to_string()).collect();
    let filled = Filled::default().with("training", &days.join("\n"));
    SCHOOL_TERMS.into_iter().zip(&kept.terms.terms).fold(filled, |filled, (name, term)| {
        let filled = today_filled(filled, &format!("{name}-first"), term.first);
        let filled = today_filled(filled, &format!("{name}-last"), term.last);
        match term.half_term {
            Some((first, last)) => {
                let filled = today_filled(filled, &format!("{name}-half-first"), first);
                today_filled(filled, &format!("{name}-half-last"), last)
            }
            None => filled,
        }
    })
}

fn year_page(
    web: &Web,
    visitor: &Visitor,
    law: &AreaLaw,
    (year, school): &(i16, String),
    shown: Shown,
) -> Answer {
    let filled = &shown.filled;
    let field = |name: &str, part: &str| {
        let hint = match part {
            "half-first" | "half-last" => word("term-hint", part),
            _ => String::new(),
        };
        filled.date(&format!("{name}-{part}"), &word("term-field", part), &hint)
    };
    let term = |name: &str| TermFields {
        name: word("school-term", name),
        ends: [field(name, "first"), field(name, "last")],
        half: [field(name, "half-first"), field(name, "half-last")],
    };
    page_as(
        shown.status,
        &YearDesk {
            frame: frame(web, visitor, Tab::Gaps),
            year: (year.to_string(), year_name(*year)),
            school: school.clone(),
            terms: SCHOOL_TERMS.into_iter().map(term).collect(),
            take_back: law.years.one(school, *year).map(|_| visitor.hidden(web, None)),
            hidden: shown.hidden,
            filled: shown.filled,
        },
    )
}

async fn enter(State(web): State<Web>, visitor: Visitor, typed: Typed) -> Answer {
    let me = staff(&visitor)?;
    let law = web.app.terms_at_desk(me).await?;
    let of = (year_of(&web, typed.get("year"))?, typed.get("school").to_owned());
    let told = match typed.get("act") {
        "take-back" => Ok(None),
        _ => read(&typed).map(Some).map_err(Problem::Invalid),
    };
    let done = match told {
        Ok(terms) => web.app.tell_school_year(me, (of.0, &of.1), terms, &typed.form()).await,
        Err(wrong) => Err(wrong),
    };
    let shown = Shown::typed(&visitor, &typed, "");
    shown.after(done, "/terms", "training", |shown| year_page(&web, &visitor, &law, &of, shown))
}

/// The year as typed, or everything that keeps it from being read.
fn read(typed: &Typed) -> Result<SchoolYear, Vec<FieldFault>> {
    let mut faults = Vec::new();
    let mut day = |name: &str, part: &str, missing: Option<&'static str>| {
        let field = format!("{name}-{part}");
        match (typed_day(typed, &field), missing) {
            (Ok(None), Some(fault)) => {
                let detail = name.to_owned();
                faults.push(FieldFault { detail, ..FieldFault::of(&field, fault) });
                None
            }
            (Ok(day), _) => day,
            (Err(fault), _) => {
                faults.push(fault);
                None
            }
        }
    };
    let mut halves = Vec::new();
    let terms = SCHOOL_TERMS.map(|name| {
        let first = day(name, "first", Some("term-first"));
        let last = day(name, "last", Some("term-last"));
        let half = (day(name, "half-first", None), day(name, "half-last", None));
        halves.push((name, half));
        Some(TermDays { first: first?, last: last?, half_term: half.0.zip(half.1) })
    });
    for (name, half) in halves {
        let field = format!("{name}-half-first");
        let told = !faults.iter().any(|fault| fault.field.starts_with(&format!("{name}-half")));
        if told && half.0.is_some() != half.1.is_some() {
            faults.push(FieldFault::of(&field, "half-both"));
        }
    }
    let (training, wrong): (Vec<_>, Vec<_>) =
        days(typed.get("training")).into_iter().partition(Result::is_ok);
    faults.extend(wrong.into_iter().filter_map(Result::err).take(1));
    let mut training: Vec<Date> = training.into_iter().filter_map(Result::ok).collect();
    training.sort_unstable();
    training.dedup();
    match terms {
        [Some(autumn), Some(spring), Some(summer)] if faults.is_empty() => {
            Ok(SchoolYear { terms: [autumn, spring, summer], training })
        }
        _ => Err(faults),
    }
}

/// The days that stand in a field, one a line: "2 September 2026", "Wed 2/9/2026" or "2026-09-02".
fn days(typed: &str) -> Vec<Result<Date, FieldFault>> {
    let lines = typed.lines().map(str::trim).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            let wrong = FieldFault {
                detail: line.to_owned(),
                ..FieldFault::of("training", "training-day")
            };
            let mut parts: Vec<&str> =
                line.split([' ', '/', '-', '.', ',']).filter(|part| !part.is_empty()).collect();
            if parts.len() == 4 && parts.first().is_some_and(|day| day.parse::<u8>().is_err()) {
                parts.remove(0);
            }
            let read = match parts.as_slice() {
                [year, month, day] if year.len() == 4 => read_date("training", day, month, year),
                [day, month, year] => read_date("training", day, month, year),
                _ => return Err(wrong),
            };
            read.ok().flatten().ok_or(wrong)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let wanted = Ok(jiff::civil::date(2026, 9, 2));
        for typed in [
            "2 September 2026",
            "Wed 2/9/2026",
            "2026-09-02",
            "02.09.2026",
            "Wednesday, 2 Sept 2026",
        ] {
            assert_eq!(days(typed), std::slice::from_ref(&wanted), "{typed}");
        }
        assert_eq!(days("\n 2 September 2026 \n\n3 September 2026").len(), 2);
        for typed in ["31 September 2026", "September", "2 September", "every Friday"] {
            let fault = days(typed).into_iter().find_map(Result::err);
            assert_eq!(fault.map(|fault| fault.detail).as_deref(), Some(typed));
        }
    }
}
