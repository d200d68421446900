//! What facts are, as bits. Every condition on fields that a rulebook makes has a number, and each
//! fact of a case is held against those of its kind once: from then on, whether it meets a duty's
//! condition is one comparison of bits, however many duties ask.

use std::collections::BTreeMap;
use std::ops::{BitAnd, BitOr, BitOrAssign};

use crate::fact::Value;
use crate::kinds::KindSet;
use crate::lookup::Short;
use crate::rule::{Act, Filter, Match, Rule};

/// The field that says to whom a fact went.
pub(crate) const TO: &str = "to";

/// The most conditions that have a number. What comes after is read from the words each time.
const CONDITIONS_MAX: usize = 128;

/// The conditions of a rulebook.
#[derive(Debug, Default)]
pub(crate) struct Traits {
    numbered: Vec<Condition>,
    /// By number of kind, the fields that conditions ask about.
    kinds: Vec<Vec<Asked>>,
    /// The fields that an act must share with what began its duty.
    shared: Vec<String>,
}

/// Some of the conditions, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Met([u64; CONDITIONS_MAX / 64]);

impl Met {
    fn one(place: usize) -> Self {
        let mut met = Self::default();
        if let Some(word) = met.0.get_mut(place / 64) {
            *word = 1 << (place % 64);
        }
        met
    }

    /// Whether all of `needs` are among them.
    #[inline]
    pub(crate) fn has_all(self, needs: Self) -> bool {
        self & needs == needs
    }
}

impl BitAnd for Met {
    type Output = Self;

    #[inline]
    fn bitand(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word &= other);
        self
    }
}

impl BitOr for Met {
    type Output = Self;

    #[inline]
    fn bitor(mut self, other: Self) -> Self {
        self |= other;
        self
    }
}

impl BitOrAssign for Met {
    #[inline]
    fn bitor_assign(&mut self, other: Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }
}

/// The most fields that have a mark. What comes after is compared word by word each time.
const MARKS_MAX: usize = 8;

/// What the fields of a fact hold that acts must share, a few bits each: where they differ so do the
/// words, however they are written. Nothing is where a fact does not say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Marks([u16; MARKS_MAX]);

/// A field that an act must share with what began its duty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sameness {
    at: u8,
    /// Only where both say.
    if_both: bool,
}

impl Sameness {
    /// Whether two facts may share the field; if not, they do not.
    #[inline]
    pub(crate) fn may_be(self, one: &Marks, other: &Marks) -> bool {
        let of = |marks: &Marks| marks.0.get(usize::from(self.at)).copied().unwrap_or(0);
        let (one, other) = (of(one), of(other));
        one == other || (self.if_both && (one == 0 || other == 0))
    }
}

/// One field and what is asked of it.
#[derive(Debug, PartialEq, Eq)]
enum Condition {
    Among(String, Vec<String>),
    AtLeast(String, i64),
    /// It says to whom it went, and this party is not among them.
    Elsewhere(String),
}

/// The conditions that each value of a field meets, as bits.
#[derive(Debug, Default)]
struct Asked {
    field: String,
    /// Its place among the marks, where acts must share it.
    mark: Option<u8>,
    words: Vec<(String, Met)>,
    numbers: Vec<(i64, Met)>,
    elsewhere: Vec<(String, Met)>,
}

impl Traits {
    pub(crate) fn new(kinds: usize) -> Self {
        let kinds = std::iter::repeat_with(Vec::new).take(kinds).collect();
        Self { kinds, ..Self::default() }
    }

    /// The conditions that `what` asks for, as bits; none where one of them has no number.
    pub(crate) fn needed(&mut self, what: &Match) -> Option<Met> {
        let mut needed = Met::default();
        for filter in &what.filters {
            needed |= self.among(&what.kinds, filter)?;
        }
        for (field, least) in &what.at_least {
            let bit = self.bit(Condition::AtLeast(field.clone(), *least))?;
            needed |= bit;
            for asked in self.asked(&what.kinds, field) {
                add(&mut asked.numbers, least, bit);
            }
        }
        Some(needed)
    }

    /// The conditions of which a fact that starts the rule may meet none, likewise.
    pub(crate) fn not_these(&mut self, rule: &Rule) -> Option<Met> {
        let mut not = Met::default();
        for filter in &rule.except {
            not |= self.among(&rule.start_kinds, filter)?;
        }
        if let Some(party) = &rule.reaching {
            let bit = self.bit(Condition::Elsewhere(party.clone()))?;
            not |= bit;
            for asked in self.asked(&rule.start_kinds, TO) {
                add(&mut asked.elsewhere, party, bit);
            }
        }
        Some(not)
    }

    /// The fields that `act` must share with a trigger of some kinds.
    pub(crate) fn marks(&mut self, act: &Act, triggers: KindSet) -> Vec<Sameness> {
        let kinds = act.what.kinds.and_also(triggers);
        act.shared()
            .filter_map(|(field, if_both)| {
                Some(Sameness { at: self.mark(&kinds, field)?, if_both })
            })
            .collect()
    }

    fn mark(&mut self, kinds: &KindSet, field: &String) -> Option<u8> {
        let known = self.shared.iter().position(|shared| shared == field);
        let at = known.unwrap_or(self.shared.len());
        let mark = u8::try_from(at).ok().filter(|_| at < MARKS_MAX)?;
        if known.is_none() {
            self.shared.push(field.clone());
        }
        self.asked(kinds, field).for_each(|asked| asked.mark = Some(mark));
        Some(mark)
    }

    fn among(&mut self, kinds: &KindSet, filter: &Filter) -> Option<Met> {
        let bit = self.bit(Condition::Among(filter.field.clone(), filter.values.clone()))?;
        for asked in self.asked(kinds, &filter.field) {
            for word in &filter.values {
                add(&mut asked.words, word, bit);
            }
        }
        Some(bit)
    }

    fn bit(&mut self, condition: Condition) -> Option<Met> {
        let known = self.numbered.iter().position(|known| *known == condition);
        let place = known.unwrap_or(self.numbered.len());
        if place >= CONDITIONS_MAX {
            return None;
        }
        if known.is_none() {
            self.numbered.push(condition);
        }
        Some(Met::one(place))
    }

    /// The field in each of some kinds.
    fn asked(&mut self, kinds: &KindSet, field: &str) -> impl Iterator<Item = &mut Asked> {
        let about = self.kinds.iter_mut().zip(0..).filter(|(_, kind)| kinds.has(*kind));
        about.filter_map(move |(fields, _)| {
            let known = fields.iter().position(|asked| asked.field == field);
            let place = known.unwrap_or_else(|| {
                fields.push(Asked { field: field.to_owned(), ..Asked::default() });
                fields.len() - 1
            });
            fields.get_mut(place)
        })
    }

    /// The conditions that a fact of a kind with these fields meets, as bits, and its marks.
    #[inline(always)]
    pub(crate) fn of(&self, kind: u16, fields: &BTreeMap<String, Value>) -> (Met, Marks) {
        let (mut met, mut marks) = (Met::default(), Marks::default());
        let asked = self.kinds.get(usize::from(kind)).map_or(&[][..], Vec::as_slice);
        if asked.is_empty() || fields.is_empty() {
            return (met, marks);
        }
        let mut read = |(name, value): (&String, &Value)| {
            let Some(asked) = asked.iter().find(|asked| asked.field == *name) else { return };
            met |= asked.met(value);
            if let (Some(at), Value::Text(text)) = (asked.mark, value)
                && let Some(mark) = marks.0.get_mut(usize::from(at))
            {
                *mark = mark_of(text);
            }
        };
        // Most facts have one field, which is found faster than a walk begins.
        match fields.len() {
            1 => fields.first_key_value().into_iter().for_each(&mut read),
            _ => fields.iter().for_each(&mut read),
        }
        (met, marks)
    }
}

impl Asked {
    fn met(&self, value: &Value) -> Met {
        match value {
            Value::Text(text) => self.word(text),
            Value::Flag(flag) => self.word(if *flag { "true" } else { "false" }),
            Value::List(list) => {
                let elsewhere = self.elsewhere.iter().filter(|(party, _)| !list.contains(party));
                let met = elsewhere.fold(Met::default(), |met, (_, bits)| met | *bits);
                list.iter().fold(met, |met, word| met | self.word(word))
            }
            Value::Number(n) => {
                let enough = self.numbers.iter().filter(|(least, _)| n >= least);
                enough.fold(Met::default(), |met, (_, bits)| met | *bits)
            }
            Value::Date(_) => Met::default(),
        }
    }

    fn word(&self, word: &str) -> Met {
        self.words
            .iter()
            .find(|(known, _)| known == word)
            .map_or_else(Met::default, |(_, bits)| *bits)
    }
}

/// Some bits of a word, the same for small letters and capitals, and never none.
fn mark_of(word: &str) -> u16 {
    /// What small letters have and capitals have not.
    const SMALL: u8 = 0x20;
    (Short::of(word.as_bytes(), SMALL) as u16).max(1)
}

fn add<T: Clone + PartialEq>(to: &mut Vec<(T, Met)>, value: &T, bit: Met) {
    match to.iter_mut().find(|(known, _)| known == value) {
        Some((_, bits)) => *bits |= bit,
        None => to.push((value.clone(), bit)),
    }
}
