//! `/law/terms`: the terms in which school days are counted, for anybody.

use std::collections::BTreeMap;

use axum::extract::{Query, State};
use jiff::civil::Date;
use sendero_app::house::access::Role;
use sendero_app::house::law::{SCHOOL_TERMS, Term, school_year_of};
use sendero_app::{AreaLaw, KeptYear};

use super::frame;
use super::whose::here;
use crate::page::offer::encoded;
use crate::page::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::terms::{Entered, LawTerms, TermRow, TermsOf, YearRow};
use crate::words::word;

pub(super) async fn terms(
    State(web): State<Web>,
    visitor: Visitor,
    Query(asked): Query<BTreeMap<String, String>>,
) -> Answer {
    let here = here(&web, &visitor, &asked).await?;
    let leads = visitor.me.as_ref().is_some_and(|me| me.role == Role::Manager);
    page(&LawTerms {
        frame: frame(&web, &visitor),
        list: terms_of(&here.law, None),
        others: here.areas("/law/terms", "").others,
        may_change: leads && here.area.code == visitor.area.code,
        area: here.area.name,
    })
}

/// The name of the school year that begins in `year`.
pub(crate) fn year_name(year: i16) -> String {
    format!("{year} to {}", year + 1)
}

/// Who entered a year, for a page that says so.
type NameOf<'a> = &'a dyn Fn(&KeptYear) -> String;

/// The terms of an area, then those of each school that has its own; with who entered them where the
/// reader may change them.
pub(crate) fn terms_of(law: &AreaLaw, by: Option<NameOf<'_>>) -> Vec<TermsOf> {
    let mut schools: Vec<&str> = Vec::new();
    for kept in law.years.all() {
        if !schools.contains(&kept.school.as_str()) {
            schools.push(&kept.school);
        }
    }
    let files = law.from_files();
    if !files.is_empty() && !schools.contains(&"") {
        schools.insert(0, "");
    }
    let of = |(at, school): (usize, &str)| {
        let kept = law.years.all().filter(|kept| kept.school == school);
        let mut years: Vec<(i16, YearRow)> =
            kept.map(|kept| (kept.year, entered(kept, by))).collect();
        if school.is_empty() {
            years.extend(of_files(&files, by.is_some()));
        }
        years.sort_by_key(|(year, _)| std::cmp::Reverse(*year));
        TermsOf {
            id: format!("of-{at}"),
            title: if school.is_empty() { word("school-terms", "all") } else { school.to_owned() },
            years: years.into_iter().map(|(_, row)| row).collect(),
        }
    };
    schools.into_iter().enumerate().map(of).collect()
}

fn entered(kept: &KeptYear, by: Option<NameOf<'_>>) -> YearRow {
    let row = |(name, term): (&str, &sendero_app::house::law::TermDays)| TermRow {
        name: word("school-term", name),
        first: term.first,
        last: term.last,
        half: term.half_term,
    };
    YearRow {
        name: year_name(kept.year),
        terms: SCHOOL_TERMS.into_iter().zip(&kept.terms.terms).map(row).collect(),
        spans: Vec::new(),
        training: kept.terms.training.clone(),
        entered: by.map(|name| Entered {
            href: address(kept.year, &kept.school),
            by: Some((kept.on, name(kept))),
        }),
    }
}

/// The years that files hold and nobody has entered.
fn of_files(files: &[Term], at_desk: bool) -> Vec<(i16, YearRow)> {
    let last = |term: &Term| -> Date { term.to.yesterday().unwrap_or(term.to) };
    let year = |term: &Term| school_year_of(term.from);
    let rows = files.chunk_by(|one, other| year(one) == year(other)).filter_map(|terms| {
        let of = year(terms.first()?);
        let row = YearRow {
            name: year_name(of),
            terms: Vec::new(),
            spans: terms.iter().map(|term| (term.from, last(term))).collect(),
            training: Vec::new(),
            entered: at_desk.then(|| Entered { href: address(of, ""), by: None }),
        };
        Some((of, row))
    });
    rows.collect()
}

/// Where a school year is entered.
fn address(year: i16, school: &str) -> String {
    format!("/terms/year?year={year}&school={}", encoded(school))
}
