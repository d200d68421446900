//! What facts are, as bits. Every condition on fields that a rulebook makes has a number, and each
//! fact of a case is held against those of its kind once: from then on, whether it meets a duty's
//! condition is one comparison of bits, however many duties ask.

use std::collections::BTreeMap;

use crate::fact::Value;
use crate::kinds::KindSet;
use crate::rule::{Filter, Match, Rule};

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
    words: Vec<(String, u128)>,
    numbers: Vec<(i64, u128)>,
    elsewhere: Vec<(String, u128)>,
}

impl Traits {
    pub(crate) fn new(kinds: usize) -> Self {
        let kinds = std::iter::repeat_with(Vec::new).take(kinds).collect();
        Self { numbered: Vec::new(), kinds }
    }

    /// The conditions that `what` asks for, as bits; none where one of them has no number.
    pub(crate) fn needed(&mut self, what: &Match) -> Option<u128> {
        let mut needed = 0;
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
    pub(crate) fn not_these(&mut self, rule: &Rule) -> Option<u128> {
        let mut not = 0;
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

    fn among(&mut self, kinds: &KindSet, filter: &Filter) -> Option<u128> {
        let bit = self.bit(Condition::Among(filter.field.clone(), filter.values.clone()))?;
        for asked in self.asked(kinds, &filter.field) {
            for word in &filter.values {
                add(&mut asked.words, word, bit);
            }
        }
        Some(bit)
    }

    fn bit(&mut self, condition: Condition) -> Option<u128> {
        let known = self.numbered.iter().position(|known| *known == condition);
        let place = known.unwrap_or(self.numbered.len());
        if place >= CONDITIONS_MAX {
            return None;
        }
        if known.is_none() {
            self.numbered.push(condition);
        }
        Some(1 << place)
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

    /// The conditions that a fact of a kind with these fields meets, as bits.
    pub(crate) fn of(&self, kind: u16, fields: &BTreeMap<String, Value>) -> u128 {
        if fields.is_empty() {
            return 0;
        }
        let Some(asked) = self.kinds.get(usize::from(kind)) else { return 0 };
        fields.iter().fold(0, |met, (name, value)| {
            match asked.iter().find(|asked| asked.field == *name) {
                Some(asked) => met | asked.met(value),
                None => met,
            }
        })
    }
}

impl Asked {
    fn met(&self, value: &Value) -> u128 {
        match value {
            Value::Text(text) => self.word(text),
            Value::Flag(flag) => self.word(if *flag { "true" } else { "false" }),
            Value::List(list) => {
                let elsewhere = self.elsewhere.iter().filter(|(party, _)| !list.contains(party));
                let met = elsewhere.fold(0, |met, (_, bits)| met | bits);
                list.iter().fold(met, |met, word| met | self.word(word))
            }
            Value::Number(n) => {
                let enough = self.numbers.iter().filter(|(least, _)| n >= least);
                enough.fold(0, |met, (_, bits)| met | bits)
            }
            Value::Date(_) => 0,
        }
    }

    fn word(&self, word: &str) -> u128 {
        self.words.iter().find(|(known, _)| known == word).map_or(0, |(_, bits)| *bits)
    }
}

fn add<T: Clone + PartialEq>(to: &mut Vec<(T, u128)>, value: &T, bit: u128) {
    match to.iter_mut().find(|(known, _)| known == value) {
        Some((_, bits)) => *bits |= bit,
        None => to.push((value.clone(), bit)),
    }
}
