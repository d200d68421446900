//! The shapes of the TOML files, read strictly: a member nobody knows is a fault. Names keep their
//! place in the file, so that a fault can point at its line.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;
use toml::value::Datetime;

pub(crate) use crate::source_example::{ExampleFile, RawExample};

pub(crate) type Name = Spanned<String>;

/// One table, or a list of them. Written out, for what serde derives here would lose the lines.
pub(crate) struct OneOrMany<T>(pub(crate) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for OneOrMany<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Either<T> {
            type Value = Vec<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table or a list of tables")
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
                T::deserialize(MapAccessDeserializer::new(map)).map(|one| vec![one])
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Vec<T>, A::Error> {
                let mut many = Vec::new();
                while let Some(one) = list.next_element()? {
                    many.push(one);
                }
                Ok(many)
            }
        }
        from.deserialize_any(Either(PhantomData)).map(Self)
    }
}

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

/// A kind by its name, or a table that asks for values of its fields too.
pub(crate) enum Kind {
    Named(String),
    Where(RawMatch),
}

impl<'de> Deserialize<'de> for Kind {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Either;
        impl<'de> Visitor<'de> for Either {
            type Value = Kind;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a kind or { event = ..., where = ... }")
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<Kind, E> {
                Ok(Kind::Named(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Kind, A::Error> {
                RawMatch::deserialize(MapAccessDeserializer::new(map)).map(Kind::Where)
            }
        }
        from.deserialize_any(Either)
    }
}

/// Kinds, some with values.
pub(crate) type Kinds = Vec<Spanned<Kind>>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartyFile {
    pub(crate) party: Vec<Worded>,
    pub(crate) body: Vec<Worded>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Worded {
    pub(crate) id: Name,
    pub(crate) words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventFile {
    pub(crate) values: BTreeMap<String, Vec<String>>,
    pub(crate) event: Vec<RawEvent>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawEvent {
    pub(crate) kind: Name,
    pub(crate) title: String,
    pub(crate) recordable: bool,
    pub(crate) notice: Option<Name>,
    #[serde(rename = "notice-by")]
    pub(crate) notice_by: Option<RawNoticeBy>,
    #[serde(default)]
    pub(crate) fields: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNoticeBy {
    pub(crate) field: Name,
    pub(crate) of: BTreeMap<String, Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawField {
    pub(crate) name: String,
    pub(crate) is: Name,
    #[serde(default)]
    pub(crate) required: bool,
    #[serde(default)]
    pub(crate) many: bool,
    pub(crate) words: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RemedyFile {
    pub(crate) remedy: Vec<RawRemedy>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRemedy {
    pub(crate) id: Name,
    pub(crate) title: String,
    pub(crate) words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReadingFile {
    pub(crate) reading: Vec<RawReading>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReading {
    pub(crate) id: Name,
    pub(crate) point: String,
    pub(crate) default: String,
    pub(crate) other: String,
    pub(crate) effect: Option<Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GroundFile {
    pub(crate) ground: Vec<RawGround>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawGround {
    pub(crate) id: Name,
    pub(crate) title: String,
    pub(crate) cite: String,
    pub(crate) test: Name,
    #[serde(default)]
    pub(crate) asked_of: Vec<Name>,
    pub(crate) outcome: Option<Name>,
    #[serde(default)]
    pub(crate) over: Vec<Name>,
    pub(crate) shown_by: Option<Name>,
    pub(crate) days: Option<Spanned<i32>>,
    #[serde(default)]
    pub(crate) without_claim: bool,
    pub(crate) words: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoticeFile {
    /// What a notice can have to hold: each code with the part that it stands for.
    #[serde(default)]
    pub(crate) contents: BTreeMap<Name, Name>,
    pub(crate) notice: Vec<RawNotice>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawNotice {
    pub(crate) code: Name,
    pub(crate) title: String,
    pub(crate) cite: String,
    pub(crate) parts: Vec<RawPart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawPart {
    pub(crate) id: Name,
    pub(crate) words: String,
    pub(crate) asks: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RoundFile {
    pub(crate) round: Vec<RawRound>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawRound {
    pub(crate) id: Name,
    pub(crate) opens: Vec<Name>,
    pub(crate) closes: Vec<Name>,
    pub(crate) reopens: Vec<RawReopen>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawReopen {
    pub(crate) event: Name,
    pub(crate) after: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LaterFile {
    pub(crate) ids: Vec<Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WordsFile {
    pub(crate) parent: BTreeMap<Name, Name>,
    pub(crate) officer: BTreeMap<Name, Name>,
    pub(crate) phrase: RawPhrases,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawPhrases {
    pub(crate) done_by: Name,
    pub(crate) at_least: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CalendarFile {
    pub(crate) source: String,
    pub(crate) days: Vec<RawHoliday>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHoliday {
    pub(crate) on: Spanned<Datetime>,
    pub(crate) name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DutyFile {
    pub(crate) duty: Vec<RawDuty>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawDuty {
    pub(crate) id: Name,
    pub(crate) title: String,
    pub(crate) stage: Name,
    pub(crate) cite: String,
    pub(crate) code: Option<String>,
    pub(crate) force: Name,
    pub(crate) guidance_for: Option<RawGuidance>,
    pub(crate) form: Name,
    pub(crate) owner: Name,
    pub(crate) owed_to: Vec<Name>,
    pub(crate) remedies: Vec<Name>,
    #[serde(default)]
    pub(crate) remedies_after: BTreeMap<Name, Vec<Name>>,
    pub(crate) lead_days: Option<Spanned<i32>>,
    pub(crate) weight: Option<Spanned<i64>>,
    pub(crate) clock: Option<Name>,
    pub(crate) waits_for: Option<Name>,
    #[serde(default)]
    pub(crate) power: bool,
    pub(crate) status: Option<Name>,
    #[serde(default)]
    pub(crate) readings: Vec<Name>,
    pub(crate) notice: Option<Name>,
    pub(crate) starts: Option<RawStarts>,
    pub(crate) scope: Option<Name>,
    pub(crate) counts_from: Option<Name>,
    #[serde(default)]
    pub(crate) also_as_soon_as_practicable: bool,
    pub(crate) within: Option<Spanned<RawWithin>>,
    pub(crate) limits: Option<Spanned<RawLimits>>,
    #[serde(default)]
    pub(crate) other_limits: Vec<RawOtherLimit>,
    #[serde(default)]
    pub(crate) recurs: bool,
    #[serde(default)]
    pub(crate) version: Vec<RawVersion>,
    pub(crate) rolls: Option<Name>,
    pub(crate) conceded: Option<RawConceded>,
    pub(crate) keeps: Option<RawKeeps>,
    #[serde(default)]
    pub(crate) done: Vec<RawAct>,
    #[serde(default)]
    pub(crate) to_all: bool,
    #[serde(default)]
    pub(crate) before: Vec<Name>,
    #[serde(default)]
    pub(crate) void_by: Kinds,
    #[serde(default)]
    pub(crate) void_for_good: Vec<RawVoid>,
    #[serde(default)]
    pub(crate) matter: Vec<RawMatter>,
    #[serde(default)]
    pub(crate) implied_by: Kinds,
    #[serde(default)]
    pub(crate) proved_by: Kinds,
    #[serde(default)]
    pub(crate) proved_unless: Kinds,
    #[serde(default)]
    pub(crate) implied_unless: Kinds,
    pub(crate) implied_after: Option<Name>,
    #[serde(default)]
    pub(crate) ended_by: Kinds,
    pub(crate) ends_at_age: Option<Spanned<i32>>,
    #[serde(default)]
    pub(crate) of_school_age: bool,
    #[serde(default)]
    pub(crate) broken_by: Kinds,
    pub(crate) unless: Option<RawMatch>,
    pub(crate) held_by: Option<RawHeld>,
    pub(crate) absence_days: Option<Spanned<i32>>,
    #[serde(default)]
    pub(crate) lifted_by: Vec<Name>,
    pub(crate) note: Option<String>,
    pub(crate) late_note: Option<String>,
    pub(crate) passed_note: Option<String>,
    #[serde(default)]
    pub(crate) in_force: Vec<RawInForce>,
    pub(crate) checked: RawChecked,
    #[serde(default)]
    pub(crate) say: BTreeMap<Name, Name>,
    #[serde(default)]
    pub(crate) example: Vec<RawExample>,
    /// Of a local standard, the duty of law beside which it stands.
    #[serde(skip)]
    pub(crate) beside: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawGuidance {
    pub(crate) field: Name,
    pub(crate) values: Vec<Name>,
    pub(crate) reading: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawStarts {
    pub(crate) on: Vec<Name>,
    #[serde(default, rename = "where")]
    pub(crate) filter: BTreeMap<Name, Vec<Name>>,
    #[serde(default)]
    pub(crate) at_least: BTreeMap<Name, i64>,
    #[serde(default)]
    pub(crate) outside_round: bool,
    #[serde(default)]
    pub(crate) or: OneOrMany<RawMatch>,
    pub(crate) instance: Name,
    #[serde(default)]
    pub(crate) except: BTreeMap<Name, Vec<Name>>,
    pub(crate) reaching: Option<Name>,
    pub(crate) day: Option<Name>,
    #[serde(default)]
    pub(crate) foreseen: bool,
    pub(crate) foreseen_months: Option<Spanned<i32>>,
    pub(crate) shown: Option<RawShown>,
}

/// A step that shows that an act was done which starts the duty, and which nobody recorded.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawShown {
    pub(crate) by: Vec<Name>,
    #[serde(default)]
    pub(crate) itself: Vec<Name>,
    pub(crate) except: Option<RawMatch>,
    pub(crate) after: Vec<Name>,
    pub(crate) unless: Vec<Name>,
    pub(crate) why: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawMatch {
    pub(crate) event: Name,
    #[serde(default, rename = "where")]
    pub(crate) filter: BTreeMap<Name, Vec<Name>>,
    #[serde(default, rename = "at-least")]
    pub(crate) at_least: BTreeMap<Name, i64>,
}

/// What keeps a ban in place, but for facts that say something else.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawHeld {
    pub(crate) event: Name,
    #[serde(default, rename = "where")]
    pub(crate) filter: BTreeMap<Name, Vec<Name>>,
    #[serde(default)]
    pub(crate) except: BTreeMap<Name, Vec<Name>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawVoid {
    pub(crate) event: Name,
    #[serde(default, rename = "where")]
    pub(crate) filter: BTreeMap<Name, Vec<Name>>,
    pub(crate) why: String,
}

/// What a right is about, by what gives it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawMatter {
    pub(crate) given_by: Kinds,
    pub(crate) says: BTreeMap<Name, Vec<Name>>,
    #[serde(default)]
    pub(crate) ended_by: Kinds,
    #[serde(default)]
    pub(crate) in_round: bool,
    pub(crate) why: String,
}

/// One period. Exactly one of the members down to `by` says what is counted.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawWithin {
    pub(crate) days: Option<Spanned<i32>>,
    pub(crate) weeks: Option<Spanned<i32>>,
    pub(crate) months: Option<Spanned<i32>>,
    pub(crate) years: Option<Spanned<i32>>,
    pub(crate) working_days: Option<Spanned<i32>>,
    pub(crate) tribunal_days: Option<Spanned<i32>>,
    pub(crate) tribunal_calendar_days: Option<Spanned<i32>>,
    pub(crate) school_days: Option<Spanned<i32>>,
    pub(crate) end: Option<Name>,
    pub(crate) before: Option<Name>,
    pub(crate) by: Option<Name>,
    pub(crate) counting: Option<Name>,
    pub(crate) year: Option<Name>,
    pub(crate) from: Option<Name>,
    pub(crate) from_field: Option<Name>,
    pub(crate) from_event: Option<RawFromEvent>,
    pub(crate) from_birthday: Option<Spanned<i32>>,
    pub(crate) from_school_year_after_birthday: Option<Spanned<i32>>,
    pub(crate) when: Option<RawMatch>,
    pub(crate) when_trigger: Option<RawMatch>,
    #[serde(default)]
    pub(crate) in_time: bool,
    #[serde(default)]
    pub(crate) optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawFromEvent {
    pub(crate) event: Name,
    #[serde(default, rename = "where")]
    pub(crate) filter: BTreeMap<Name, Vec<Name>>,
    #[serde(default)]
    pub(crate) before: bool,
    pub(crate) field: Option<Name>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawLimits {
    pub(crate) take: Name,
    #[serde(default)]
    pub(crate) needs: usize,
    pub(crate) of: Vec<Spanned<RawWithin>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawOtherLimit {
    pub(crate) reading: Name,
    pub(crate) within: Spanned<RawWithin>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawVersion {
    pub(crate) from: Spanned<Datetime>,
    pub(crate) to: Option<Spanned<Datetime>>,
    pub(crate) decides: Name,
    pub(crate) within: Option<Spanned<RawWithin>>,
    pub(crate) limits: Option<Spanned<RawLimits>>,
    #[serde(default)]
    pub(crate) no_number: bool,
    pub(crate) rolls: Option<Name>,
    pub(crate) lifted_by: Option<Vec<Name>>,
    #[serde(default)]
    pub(crate) also_lifted_by: Vec<Name>,
    pub(crate) cite: Option<String>,
    pub(crate) note: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawConceded {
    pub(crate) after: Name,
    pub(crate) by: Name,
    pub(crate) weeks: i32,
    pub(crate) reading: Name,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawKeeps {
    pub(crate) duty: Name,
    pub(crate) days: i32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct RawAct {
    pub(crate) any_of: Vec<Name>,
    #[serde(default, rename = "where")]
    pub(crate) filter: BTreeMap<Name, Vec<Name>>,
    #[serde(default)]
    pub(crate) except: Option<RawMatch>,
    #[serde(default)]
    pub(crate) same: Vec<Name>,
    #[serde(default)]
    pub(crate) same_if_both: Vec<Name>,
    pub(crate) when_trigger: Option<RawMatch>,
    pub(crate) words: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawInForce {
    pub(crate) from: Spanned<Datetime>,
    pub(crate) to: Option<Spanned<Datetime>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawChecked {
    pub(crate) by: Name,
    pub(crate) r#where: Name,
    pub(crate) lawyer: String,
}
