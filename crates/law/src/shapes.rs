//! What a rulebook is made of: duties, kinds of fact, parties, readings, grounds and notices, in the
//! shapes that everybody may read.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::examples::Example;
use crate::fact::Value;
use crate::rule::Rule;
use crate::word::Word;

/// The stages that duties belong to, in the order in which pages show them.
pub const STAGES: [&str; 20] = [
    "request",
    "assessment",
    "plan",
    "review",
    "phase-transfer",
    "reassessment",
    "ceasing",
    "moving",
    "mediation",
    "appeal",
    "after-appeal",
    "budget",
    "detained",
    "out-of-school",
    "exclusion",
    "school",
    "care",
    "area",
    "information",
    "future",
];

/// One duty (or right) of the law.
#[derive(Debug)]
pub struct Duty {
    /// Stable id, such as `plan-20w`.
    pub id: String,
    /// What must be done, as an order: "Send the final EHC plan".
    pub title: String,
    /// The stage it belongs to.
    pub stage: String,
    /// The provision it comes from.
    pub cite: String,
    /// Paragraphs of the SEND Code of Practice, where known.
    pub code: Option<String>,
    /// `statute`, `rule`, `guidance`, `policy` or `local`.
    pub force: String,
    /// `deadline`, `floor`, `ban`, `right`, `continuing` or `standing`.
    pub form: String,
    /// The party that owes it, or holds the right.
    pub owner: String,
    /// The parties it is owed to.
    pub owed_to: Vec<String>,
    /// What can be done when it is not kept.
    pub remedies: Vec<String>,
    /// Further remedies once a fact of a kind is there (mediation and appeal after a refusal).
    pub remedies_after: BTreeMap<String, Vec<String>>,
    /// Days before its safe day on which it should stand on a list.
    pub lead_days: i32,
    /// How grave it is when it is not kept, from 1 to 8: the smaller the sooner on a list.
    pub weight: i64,
    /// Whether families watch it as a clock.
    pub clock: Clock,
    /// What it waits for, one of a closed list: lists and registers count by it.
    pub waits_for: Option<String>,
    /// Grounds that lift its number.
    pub lifted_by: Vec<String>,
    /// Its readings, by id.
    pub readings: Vec<String>,
    /// The notice that goes with it.
    pub notice: Option<String>,
    /// Its wording for families: by state, and in general (`rule`, `ends`, `now`).
    pub say: BTreeMap<String, String>,
    /// Whether it is law, and if not, what it is.
    pub status: Status,
    /// Whether its owner may do it and need not.
    pub power: bool,
    /// A note for whoever explains it.
    pub note: Option<String>,
    /// How it stood between other days.
    pub versions: Vec<Earlier>,
    /// How it was checked, and whether a lawyer has read it.
    pub checked: Checked,
    /// When it is in force; `to` is the first day it is not.
    pub in_force: Vec<InForce>,
    /// Its worked examples, by name.
    pub examples: Vec<String>,
    /// Whether the record can hold what it waits for, so that a live record can follow it.
    pub followed: bool,
    /// Its period in words ("6 weeks"); none where the law gives no number.
    pub period: Option<String>,
    /// Of a local standard, the duty of law beside which it stands.
    pub beside: Option<String>,
    /// Its id and its force, as answers share them.
    pub(crate) word: Word,
    pub(crate) force_word: Word,
    /// None for a standing duty: nothing starts it, and nothing ends it.
    pub(crate) rule: Option<Rule>,
    pub(crate) worked: Vec<Example>,
}

impl Duty {
    /// The id of the duty of law that it is: of an area's own standard, the one beside which it
    /// stands.
    #[must_use]
    pub fn of_law(&self) -> &str {
        self.beside.as_deref().unwrap_or(&self.id)
    }

    /// Whether it is law, and in force on `day`.
    #[must_use]
    pub fn binds_on(&self, day: Date) -> bool {
        self.status == Status::InForce
            && self
                .in_force
                .iter()
                .any(|span| span.from <= day && span.to.is_none_or(|to| day < to))
    }
}

/// Whether families watch a duty as a clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// No.
    #[default]
    No,
    /// While it is open.
    Open,
    /// Once it is late: before that it only forbids.
    Late,
}

/// Whether a row of the rulebook is law. What is not is shown as such, and never evaluated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It is law, between the days in force.
    InForce,
    /// Enacted, and no day has been set for it.
    NotCommenced,
    /// Proposed: a bill, a white paper, a consultation.
    Proposed,
}

impl Status {
    /// The word that scripts and files use.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::InForce => "in-force",
            Self::NotCommenced => "not-commenced",
            Self::Proposed => "proposed",
        }
    }
}

/// A duty as it stood between two days, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    /// The first day.
    pub from: Date,
    /// The first day after, if it has ended.
    pub to: Option<Date>,
    /// Its period then; none where there was no number.
    pub period: Option<String>,
    /// The provision that changed it.
    pub cite: Option<String>,
}

/// How far a duty was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// `legislation`, `judgment`, `secondary` or `not yet`.
    pub by: String,
    /// What was read.
    pub at: String,
    /// Whether a lawyer has read it.
    pub lawyer: String,
}

/// A span in which a duty is in force, half open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InForce {
    /// The first day.
    pub from: Date,
    /// The first day after, if it has ended.
    pub to: Option<Date>,
}

/// A kind of fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventKind {
    /// Its name, such as `assessment-requested`.
    pub name: String,
    /// What happened, as a sentence without its stop.
    pub title: String,
    /// Whether the record takes it today.
    pub recordable: bool,
    /// The notice that must go with it when it is sent, by code.
    pub notice: Option<String>,
    /// Where that hangs on what was decided: the field that says so, and each value with its notice.
    pub notice_by: Option<(String, BTreeMap<String, String>)>,
    /// The fields it may have.
    pub fields: Vec<Field>,
    pub(crate) word: Word,
    /// The field that names a body, and whether it can name an adviser.
    pub(crate) body_field: Option<&'static str>,
    pub(crate) has_adviser: bool,
}

impl EventKind {
    /// The body that such a fact names, if any.
    pub(crate) fn body_of<'f>(&self, fields: &'f BTreeMap<String, Value>) -> Option<&'f str> {
        text(fields, self.body_field?)
    }

    /// The adviser that it names, if any.
    pub(crate) fn adviser_of<'f>(&self, fields: &'f BTreeMap<String, Value>) -> Option<&'f str> {
        text(fields, "adviser").filter(|_| self.has_adviser)
    }

    /// The field that `name` names.
    #[must_use]
    pub fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

fn text<'f>(fields: &'f BTreeMap<String, Value>, field: &str) -> Option<&'f str> {
    match fields.get(field) {
        Some(Value::Text(text)) => Some(text),
        _ => None,
    }
}

/// A field of a kind of fact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// What it holds.
    pub holds: FieldType,
    /// What it is, as the end of "the record does not say".
    pub words: String,
    /// The values allowed, where `holds` is `Choice` or `List`.
    pub values: Vec<String>,
    /// Whether a fact of the kind must have it.
    pub required: bool,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    /// Any words.
    Text,
    /// Yes or no.
    Flag,
    /// A whole number.
    Number,
    /// A civil date.
    Date,
    /// One of `values`.
    Choice,
    /// Several of `values`.
    List,
}

/// Somebody who owes or is owed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// Its id.
    pub id: String,
    /// Its words inside a sentence for families.
    pub words: String,
}

/// What a person can do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// What to do, for families.
    pub words: String,
}

/// A point that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Its number, such as `A1`.
    pub id: String,
    /// The point.
    pub point: String,
    /// The reading that decides.
    pub default: String,
    /// The other reading.
    pub other: String,
    pub(crate) effect: Option<Effect>,
}

/// How the day under another reading is worked out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    TriggerDayCounted,
    TriggerDayNotCounted,
    NextWorkingDay,
    ServedWhenSent,
    NoCorrespondingDay,
    FromAgreement,
    ClearPeriod,
    ByTheDay,
    TribunalTime,
}

/// A ground on which a limit may be lifted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ground {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// Where it comes from.
    pub cite: String,
    /// Its words for families.
    pub words: String,
    pub(crate) test: GroundTest,
    pub(crate) outcome: Outcome,
    /// Grounds that it goes before where both are claimed.
    pub(crate) over: Vec<String>,
    pub(crate) asked_of: Vec<String>,
    /// The kind of fact that shows its circumstance, where that is not the usual one of its test.
    pub(crate) shown_by: Option<u16>,
    /// The least days that its circumstance must last, in place of what the duty or the test says.
    pub(crate) days: Option<i32>,
    /// The circumstance lifts the number by itself: nobody need rely on it.
    pub(crate) without_claim: bool,
}

/// What a ground does to a limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It takes the number away.
    Lifts,
    /// It sets another day, which the claim gives.
    AnotherDay,
}

/// What dates can show about a ground.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GroundTest {
    Closure,
    Absence,
    Appointment,
    Judgement,
}

/// A notice and what it must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its code, such as `NA`.
    pub code: String,
    /// Its name.
    pub title: String,
    /// Where it comes from.
    pub cite: String,
    /// The parts it must hold.
    pub parts: Vec<NoticePart>,
}

/// A part of a notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticePart {
    /// Its code, such as `N4`: the same in every notice that must hold it.
    pub code: String,
    /// Its id.
    pub id: String,
    /// What it is.
    pub words: String,
    /// Where the law asks for it.
    pub cite: String,
}
