//! School terms: the days in which school days are counted, for anybody; and the desk at which a manager
//! enters them, a school year at a time.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::form::{DateField, Filled, Hidden};
use super::{Frame, Kind, Link, filters};

/// One term.
#[derive(Clone, Debug)]
pub struct TermRow {
    /// Its name.
    pub name: String,
    /// The first school day.
    pub first: Date,
    /// The last one.
    pub last: Date,
    /// The first and the last day of half term.
    pub half: Option<(Date, Date)>,
}

/// Where a school year comes from, for whoever may change it.
#[derive(Clone, Debug)]
pub struct Entered {
    /// Where it is entered.
    pub href: String,
    /// When it was, and by whom; none for what files hold.
    pub by: Option<(Date, String)>,
}

/// A school year.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/school_year.html")]
pub struct YearRow {
    /// Its name ("2026 to 2027").
    pub name: String,
    /// Its terms.
    pub terms: Vec<TermRow>,
    /// Of what is known from files, the spans in which children are taught.
    pub spans: Vec<(Date, Date)>,
    /// Days in its terms on which no child is taught.
    pub training: Vec<Date>,
    /// Where it comes from; none on the public page.
    pub entered: Option<Entered>,
}
impl HtmlSafe for YearRow {}

/// The school years of an area, or of one school.
#[derive(Clone, Debug)]
pub struct TermsOf {
    /// Its place on the page.
    pub id: String,
    /// Whose they are.
    pub title: String,
    /// The years, the latest first.
    pub years: Vec<YearRow>,
}

/// `/law/terms`
#[derive(Clone, Debug, Template)]
#[template(path = "law_terms.html")]
pub struct LawTerms {
    /// What stands around the page.
    pub frame: Frame,
    /// The area.
    pub area: String,
    /// Its terms, then those of schools with their own.
    pub list: Vec<TermsOf>,
    /// Other areas served here, each with its own.
    pub others: Vec<Link>,
    /// Whether the reader may change them.
    pub may_change: bool,
}

/// `/terms`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_terms.html")]
pub struct TermsDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// The area's terms, then those of schools with their own.
    pub list: Vec<TermsOf>,
    /// The years that can be entered: number and name.
    pub years: Vec<(String, String)>,
    /// The schools for which they can be: name and words, the area first.
    pub schools: Vec<(String, String)>,
    /// `year` and `school`.
    pub filled: Filled,
}

/// One term of the form.
#[derive(Clone, Debug)]
pub struct TermFields {
    /// Its name.
    pub name: String,
    /// Its first and last day.
    pub ends: [DateField; 2],
    /// The first and last day of half term.
    pub half: [DateField; 2],
}

/// `/terms/year`
#[derive(Clone, Debug, Template)]
#[template(path = "staff_terms_year.html")]
pub struct YearDesk {
    /// What stands around the page.
    pub frame: Frame,
    /// The year: its number and its name.
    pub year: (String, String),
    /// The school; '' for all that have no terms of their own.
    pub school: String,
    /// The terms.
    pub terms: Vec<TermFields>,
    /// The form's marks.
    pub hidden: Hidden,
    /// `autumn-first-day` and so on, `training`.
    pub filled: Filled,
    /// The marks for taking it back, where it was entered.
    pub take_back: Option<Hidden>,
}
