//! A plan put together from advice: what each adviser found becomes a line of section B, what should
//! come of it one of E, and what would do it one of F, G or H. Every line says where it comes from.

use std::fmt::Write as _;

use sendero_record::{AdviceItem, Amount, Body, Every, PlanText, Section};

use crate::text::Person;

/// A piece of advice as a plan uses it.
pub(crate) struct Source<'a> {
    pub(crate) from: Body,
    pub(crate) adviser: &'a str,
    pub(crate) items: &'a [AdviceItem],
    pub(crate) words: &'a str,
    /// Day on which it came, as text.
    pub(crate) came: String,
}

/// What a plan is made of besides advice.
pub(crate) struct Views<'a> {
    pub(crate) own_words: &'a str,
    pub(crate) said_by: &'a str,
    pub(crate) family: Vec<String>,
}

/// Sections A to K, but for I.
pub(crate) fn draft(person: Person<'_>, views: &Views<'_>, sources: &[Source<'_>]) -> PlanText {
    let mut lines = Lines::default();
    for source in sources {
        lines.take(source);
    }
    let none = |text: String, otherwise: &str| {
        if text.is_empty() { person.fill(otherwise) } else { text }
    };
    PlanText::default()
        .with(Section::A, &section_a(views))
        .with(Section::B, &lines.needs)
        .with(
            Section::C,
            &none(
                lines.health_needs,
                "No health need that bears on {name}'s special educational needs was found.",
            ),
        )
        .with(
            Section::D,
            &none(
                lines.care_needs,
                "No social care need that bears on {name}'s special educational needs was found.",
            ),
        )
        .with(Section::E, &lines.outcomes)
        .with(Section::F, &lines.provision)
        .with(Section::G, &none(lines.health, "None is needed now."))
        .with(
            Section::H1,
            "None is needed now under section 2 of the Chronically Sick and \
        Disabled Persons Act 1970.",
        )
        .with(Section::H2, &none(lines.care, "None is needed now."))
        .with(Section::J, "The family was told about personal budgets and did not ask for one.")
        .with(Section::K, &lines.list)
}

fn section_a(views: &Views<'_>) -> String {
    let mut text = format!("\"{}\"\n{}", views.own_words, views.said_by);
    for said in &views.family {
        text.push_str("\n\n");
        text.push_str(said);
    }
    text
}

/// The sections as they grow.
#[derive(Default)]
struct Lines {
    count: usize,
    needs: String,
    outcomes: String,
    provision: String,
    health_needs: String,
    health: String,
    care_needs: String,
    care: String,
    list: String,
}

impl Lines {
    fn take(&mut self, source: &Source<'_>) {
        let who = source.adviser;
        // Writing to a String cannot fail.
        let _ = writeln!(self.list, "{}, {}", capital(who), source.came);
        for item in source.items {
            match source.from {
                // Therapy that teaches is special educational provision; a doctor's care is not.
                Body::Health if who == "paediatrician" => {
                    let _ = writeln!(self.health_needs, "{} ({who})", item.need);
                    let _ = writeln!(self.health, "{}", item.provision);
                }
                Body::SocialCare => {
                    let _ = writeln!(self.care_needs, "{} ({who})", item.need);
                    let _ = writeln!(self.care, "{}{}", item.provision, amount(item));
                }
                _ => {
                    self.count += 1;
                    let n = self.count;
                    let _ = writeln!(self.needs, "B{n}. {} ({who})", item.need);
                    let _ = writeln!(self.outcomes, "E{n}. {}", item.outcome);
                    let _ = writeln!(self.provision, "F{n}. {}{}", item.provision, amount(item));
                }
            }
        }
        if source.from == Body::SocialCare && source.items.is_empty() {
            let _ = writeln!(self.care_needs, "{}", source.words);
        }
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// How much, in words that leave nothing open.
fn amount(item: &AdviceItem) -> String {
    item.amount.as_ref().and_then(in_words).map_or_else(String::new, |words| format!(" {words}."))
}

fn in_words(amount: &Amount) -> Option<String> {
    let times = match amount.times? {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    };
    let every = match amount.every? {
        Every::Day => "each school day",
        Every::Week => "each week",
        Every::Fortnight => "each fortnight",
        Every::HalfTerm => "each half term",
        Every::Term => "each term",
        Every::Year => "each year",
    };
    let with = match amount.children? {
        1 => "one to one".to_owned(),
        n => format!("in a group of {n}"),
    };
    Some(format!(
        "{} minutes, {times} {every}, {} weeks a year, {with}",
        amount.minutes?, amount.weeks?
    ))
}
