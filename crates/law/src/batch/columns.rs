//! Many cases as columns of numbers, read where they lie: no case has a text of its own. What a fact
//! is (its kind with all its fields) is its *class*; a file holds each class once, and a fact is the
//! number of its class, its day, and how much later it was known.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::day::Day;
use crate::fact::{Case, Closure, Fact, Term, Value};

/// The first bytes of a file: what it is, and which version of the format.
pub(super) const MAGIC: [u8; 8] = *b"SENDCOL1";
/// What stands for no day of birth.
pub(super) const NO_DAY: i32 = i32::MAX;

/// What can be wrong with a file of columns, or with a case that is to go into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnsFault {
    /// It does not begin as a file of columns does.
    NotColumns,
    /// It is shorter or longer than its head says.
    Length {
        /// Bytes that there should be.
        wanted: u64,
        /// Bytes that there are.
        found: u64,
    },
    /// Its head cannot be read.
    Head(String),
    /// A number in it points outside of what it points into.
    Place(&'static str),
    /// A fact of a kind that the rulebook does not have.
    Kind(String),
    /// A fact was known too long before or after its day to be kept.
    Known(String),
    /// More of something than the format can count.
    TooMany(&'static str),
}

impl fmt::Display for ColumnsFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotColumns => write!(f, "this is no file of columns"),
            Self::Length { wanted, found } => {
                write!(f, "the file has {found} bytes and should have {wanted}")
            }
            Self::Head(why) => write!(f, "the head of the file cannot be read: {why}"),
            Self::Place(what) => write!(f, "a number of the file points outside of its {what}"),
            Self::Kind(kind) => write!(f, "the rulebook has no kind of fact called `{kind}`"),
            Self::Known(id) => {
                write!(f, "event `{id}` was known more than 89 years from its day")
            }
            Self::TooMany(what) => write!(f, "more {what} than a file of columns can hold"),
        }
    }
}

impl std::error::Error for ColumnsFault {}

/// What stands before the columns.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// Names of authorities; a case has the place of its own.
    pub(super) authorities: Vec<String>,
    /// Names of kinds of fact, in the order in which they stand on one day.
    pub(super) kinds: Vec<String>,
    pub(super) classes: Vec<Class>,
    pub(super) cases: u32,
    pub(super) events: u32,
    pub(super) asides: u32,
}

/// One class of fact: a kind, by its place, and the fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Class {
    pub(super) kind: u16,
    #[serde(with = "coded")]
    pub(super) fields: BTreeMap<String, Value>,
}

/// Fields of a fact with what each holds told, so that a day is not taken for words.
mod coded {
    use super::{BTreeMap, Date, Deserialize, Serialize, Value};
    use serde::{Deserializer, Serializer};

    #[derive(Serialize, Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Coded {
        Text(String),
        Flag(bool),
        Number(i64),
        Day(Date),
        List(Vec<String>),
    }

    pub(super) fn serialize<S: Serializer>(
        fields: &BTreeMap<String, Value>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_map(fields.iter().map(|(name, value)| {
            let coded = match value {
                Value::Text(text) => Coded::Text(text.clone()),
                Value::Flag(flag) => Coded::Flag(*flag),
                Value::Number(number) => Coded::Number(*number),
                Value::Date(day) => Coded::Day(*day),
                Value::List(list) => Coded::List(list.clone()),
            };
            (name, coded)
        }))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<String, Value>, D::Error> {
        let coded = BTreeMap::<String, Coded>::deserialize(from)?;
        Ok(coded
            .into_iter()
            .map(|(name, coded)| {
                let value = match coded {
                    Coded::Text(text) => Value::Text(text),
                    Coded::Flag(flag) => Value::Flag(flag),
                    Coded::Number(number) => Value::Number(number),
                    Coded::Day(day) => Value::Date(day),
                    Coded::List(list) => Value::List(list),
                };
                (name, value)
            })
            .collect())
    }
}

/// What stands beside the facts of a case: `[what, one, two]`.
pub(super) const CORRECTION: u32 = 0;
pub(super) const CLOSURE: u32 = 1;
pub(super) const TERM: u32 = 2;

/// Many cases, read from the bytes of a file without copying them.
#[derive(Debug)]
pub struct Columns<'a> {
    pub(super) head: Head,
    authority: &'a [[u8; 2]],
    born: &'a [[u8; 4]],
    first_event: &'a [[u8; 4]],
    first_aside: &'a [[u8; 4]],
    class: &'a [[u8; 4]],
    on: &'a [[u8; 4]],
    known: &'a [[u8; 2]],
    aside: &'a [[u8; 12]],
}

/// The columns of one case.
#[derive(Clone, Copy)]
pub(super) struct OneCase<'a> {
    pub(super) born: Option<Day>,
    pub(super) class: &'a [[u8; 4]],
    pub(super) on: &'a [[u8; 4]],
    known: &'a [[u8; 2]],
    aside: &'a [[u8; 12]],
}

impl<'a> Columns<'a> {
    /// Reads the head of a file, and sees that its columns are whole.
    ///
    /// # Errors
    /// What is wrong with the file.
    pub fn read(bytes: &'a [u8]) -> Result<Self, ColumnsFault> {
        let (magic, rest) = bytes.split_first_chunk().ok_or(ColumnsFault::NotColumns)?;
        let (length, rest) = rest.split_first_chunk().ok_or(ColumnsFault::NotColumns)?;
        if *magic != MAGIC {
            return Err(ColumnsFault::NotColumns);
        }
        let length = usize::try_from(u64::from_le_bytes(*length)).unwrap_or(usize::MAX);
        let (head, mut rest) = rest.split_at_checked(length).ok_or(ColumnsFault::NotColumns)?;
        let head: Head =
            serde_json::from_slice(head).map_err(|error| ColumnsFault::Head(error.to_string()))?;
        let (cases, events) = (head.cases as usize, head.events as usize);
        let found = rest.len() as u64;
        let wanted = 6 * cases as u64
            + 8 * (cases as u64 + 1)
            + 10 * events as u64
            + 12 * u64::from(head.asides);
        if wanted != found {
            return Err(ColumnsFault::Length { wanted, found });
        }
        let columns = Self {
            authority: column(&mut rest, cases),
            born: column(&mut rest, cases),
            first_event: column(&mut rest, cases + 1),
            first_aside: column(&mut rest, cases + 1),
            class: column(&mut rest, events),
            on: column(&mut rest, events),
            known: column(&mut rest, events),
            aside: column(&mut rest, head.asides as usize),
            head,
        };
        columns.whole()?;
        Ok(columns)
    }

    /// Sees that every number points into what it points into.
    fn whole(&self) -> Result<(), ColumnsFault> {
        let rises = |firsts: &[[u8; 4]], end: u32| {
            firsts.is_sorted_by_key(|at| u32::from_le_bytes(*at))
                && firsts.last().is_some_and(|at| u32::from_le_bytes(*at) == end)
        };
        if !rises(self.first_event, self.head.events) || !rises(self.first_aside, self.head.asides)
        {
            return Err(ColumnsFault::Place("cases"));
        }
        let most = self.class.iter().map(|class| u32::from_le_bytes(*class)).max();
        if most.is_some_and(|most| most as usize >= self.head.classes.len()) {
            return Err(ColumnsFault::Place("classes"));
        }
        let kinds = self.head.kinds.len();
        if self.head.classes.iter().any(|class| usize::from(class.kind) >= kinds) {
            return Err(ColumnsFault::Place("kinds"));
        }
        let most = self.authority.iter().map(|one| u16::from_le_bytes(*one)).max();
        if most.is_some_and(|most| usize::from(most) >= self.head.authorities.len()) {
            return Err(ColumnsFault::Place("authorities"));
        }
        Ok(())
    }

    /// How many cases there are.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.authority.len()
    }

    /// How many facts there are in all.
    #[must_use]
    pub fn events(&self) -> usize {
        self.class.len()
    }

    /// The names of the authorities.
    #[must_use]
    pub fn authorities(&self) -> &[String] {
        &self.head.authorities
    }

    /// Which of the authorities a case belongs to.
    #[must_use]
    pub fn authority(&self, case: usize) -> usize {
        self.authority.get(case).map_or(0, |one| u16::from_le_bytes(*one).into())
    }

    pub(super) fn one(&self, case: usize) -> Option<OneCase<'a>> {
        let events = span(self.first_event, case)?;
        let born = i32::from_le_bytes(*self.born.get(case)?);
        Some(OneCase {
            born: (born != NO_DAY).then(|| Day::of_number(born)),
            class: self.class.get(events.clone())?,
            on: self.on.get(events.clone())?,
            known: self.known.get(events)?,
            aside: self.aside.get(span(self.first_aside, case)?)?,
        })
    }

    /// A case as the single evaluator takes it. Its facts have ids in the order of procedure.
    #[must_use]
    pub fn case(&self, case: usize) -> Option<Case> {
        let one = self.one(case)?;
        let mut facts: Vec<Fact> = Vec::with_capacity(one.len());
        for place in 0..one.len() {
            let class = self.head.classes.get(one.class(place))?;
            facts.push(Fact {
                id: event_id(place),
                kind: self.head.kinds.get(usize::from(class.kind))?.clone(),
                on: one.on(place).date(),
                known_on: one.known_on(place).date(),
                supersedes: None,
                fields: class.fields.clone(),
            });
        }
        for (by, target) in one.corrections() {
            facts.get_mut(by)?.supersedes = Some(event_id(target));
        }
        let (closures, terms) = one.spans();
        Some(Case { born: one.born.map(Day::date), setting: None, closures, terms, facts })
    }
}

/// The id of the fact at a place.
fn event_id(place: usize) -> String {
    format!("{place:05}")
}

fn column<'a, const N: usize>(rest: &mut &'a [u8], count: usize) -> &'a [[u8; N]] {
    let (bytes, after) = rest.split_at_checked(count * N).unwrap_or((&[], &[]));
    *rest = after;
    bytes.as_chunks().0
}

fn span(firsts: &[[u8; 4]], case: usize) -> Option<Range<usize>> {
    let at = |case: usize| Some(u32::from_le_bytes(*firsts.get(case)?) as usize);
    Some(at(case)?..at(case + 1)?)
}

impl OneCase<'_> {
    pub(super) const fn len(&self) -> usize {
        self.class.len()
    }

    pub(super) fn class(&self, place: usize) -> usize {
        self.class.get(place).map_or(0, |class| u32::from_le_bytes(*class) as usize)
    }

    pub(super) fn on(&self, place: usize) -> Day {
        self.on.get(place).map_or(Day::NEVER, |on| Day::of_number(i32::from_le_bytes(*on)))
    }

    pub(super) fn known_on(&self, place: usize) -> Day {
        let later = self.known.get(place).map_or(0, |days| i16::from_le_bytes(*days));
        self.on(place).plus(later.into())
    }

    pub(super) const fn has_asides(&self) -> bool {
        !self.aside.is_empty()
    }

    fn asides(&self, wanted: u32) -> impl Iterator<Item = (i32, i32)> {
        self.aside.iter().filter_map(move |aside| {
            let (numbers, _) = aside.as_chunks();
            let [what, one, two] = *numbers else { return None };
            (u32::from_le_bytes(what) == wanted)
                .then(|| (i32::from_le_bytes(one), i32::from_le_bytes(two)))
        })
    }

    /// Places of facts that correct others, and of those others.
    pub(super) fn corrections(&self) -> impl Iterator<Item = (usize, usize)> {
        self.asides(CORRECTION)
            .filter_map(|(by, of)| usize::try_from(by).ok().zip(usize::try_from(of).ok()))
    }

    /// The closures and the terms of the school.
    pub(super) fn spans(&self) -> (Vec<Closure>, Vec<Term>) {
        let days = |(from, to)| (Day::of_number(from).date(), Day::of_number(to).date());
        let closures = self.asides(CLOSURE).map(days).map(|(from, to)| Closure { from, to });
        let terms = self.asides(TERM).map(days).map(|(from, to)| Term { from, to });
        (closures.collect(), terms.collect())
    }
}
