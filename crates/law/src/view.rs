//! The facts that count for one question, in the order of procedure, cut into rounds. What is
//! hidden by the as-at day, by the day it was known, or by a correction is not there at all.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::fact::{Case, Fact, Question, Value};
use crate::kinds::KindSet;
use crate::role::{Does, Role};
use crate::rule::{Any, Filter, Match, Rule};
use crate::rulebook::Rulebook;
use crate::traits::TO;

/// One fact that counts.
pub(crate) struct Seen<'a> {
    /// Its place among the facts of the case.
    pub(crate) index: usize,
    pub(crate) id: &'a str,
    pub(crate) kind: u16,
    pub(crate) on: Day,
    pub(crate) known_on: Day,
    pub(crate) fields: &'a BTreeMap<String, Value>,
    /// The conditions on fields that it meets, as bits, where it stands in a view.
    pub(crate) traits: Option<u128>,
    /// The round it belongs to; 0 before any was opened.
    pub(crate) round: usize,
    /// The day from which it is there for the duties that foresee it; else its own day.
    pub(crate) since: Day,
    /// Whether its own day is still to come.
    pub(crate) ahead: bool,
    /// Whether a round is open after it.
    open: bool,
}

/// A fact as it is given: one that no correction known so far has taken away.
pub(crate) struct Given<'a> {
    /// Its place among the facts of the case.
    pub(crate) index: usize,
    /// Its id; facts without one keep their places among those of a day and kind.
    pub(crate) id: &'a str,
    pub(crate) kind: u16,
    pub(crate) on: Day,
    pub(crate) known_on: Day,
    /// Whether it corrects another.
    pub(crate) corrects: bool,
    pub(crate) fields: &'a BTreeMap<String, Value>,
}

impl<'a> Given<'a> {
    fn new(index: usize, fact: &'a Fact, kind: u16) -> Self {
        let on = Day::from(fact.on);
        let known_on = if fact.known_on == fact.on { on } else { fact.known_on.into() };
        let corrects = fact.supersedes.is_some();
        Self { index, id: &fact.id, kind, on, known_on, corrects, fields: &fact.fields }
    }
}

impl<'a> Seen<'a> {
    fn new(book: &Rulebook, given: &Given<'a>) -> Self {
        let Given { index, id, kind, on, known_on, fields, .. } = *given;
        let since = since(book, kind, on, known_on);
        let traits = Some(book.traits.of(kind, fields));
        let (round, ahead, open) = (0, false, false);
        Self { index, id, kind, on, known_on, fields, traits, round, since, ahead, open }
    }

    /// A fact of no particular day, to ask what facts like it are.
    pub(crate) fn like(kind: u16, fields: &'a BTreeMap<String, Value>) -> Self {
        let (on, known_on, since) = (Day::NEVER, Day::NEVER, Day::NEVER);
        let (index, id, round, ahead, open) = (0, "", 0, false, false);
        Self { index, id, kind, on, known_on, fields, traits: None, round, since, ahead, open }
    }

    #[inline]
    pub(crate) fn is_in(&self, kinds: &KindSet) -> bool {
        kinds.has(self.kind)
    }

    #[inline(always)]
    pub(crate) fn matches(&self, what: &Match) -> bool {
        self.is_in(&what.kinds)
            && match (what.needs, self.traits) {
                (Some(needs), Some(traits)) => traits & needs == needs,
                _ => self.meets(what),
            }
    }

    /// Whether its words meet the conditions.
    #[cold]
    fn meets(&self, what: &Match) -> bool {
        what.filters.iter().all(|filter| self.passes(filter))
            && what.at_least.iter().all(|(field, least)| {
                matches!(self.fields.get(field), Some(Value::Number(n)) if n >= least)
            })
    }

    #[inline]
    pub(crate) fn is_any(&self, of: &Any) -> bool {
        self.is_in(&of.plain)
            || (self.is_in(&of.kinds) && of.with.iter().any(|what| self.matches(what)))
    }

    pub(crate) fn passes(&self, filter: &Filter) -> bool {
        let has = |word: &str| filter.values.iter().any(|value| value == word);
        match self.fields.get(&filter.field) {
            Some(Value::Text(text)) => has(text),
            Some(Value::Flag(flag)) => has(if *flag { "true" } else { "false" }),
            Some(Value::List(list)) => list.iter().any(|word| has(word)),
            _ => false,
        }
    }

    pub(crate) fn text(&self, field: &str) -> Option<&'a str> {
        match self.fields.get(field) {
            Some(Value::Text(text)) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn date(&self, field: &str) -> Option<Day> {
        match self.fields.get(field) {
            Some(Value::Date(date)) => Some((*date).into()),
            _ => None,
        }
    }

    pub(crate) fn flag(&self, field: &str) -> Option<bool> {
        match self.fields.get(field) {
            Some(Value::Flag(flag)) => Some(*flag),
            _ => None,
        }
    }

    /// To whom it went; none where that is left out: it went to all who must have it.
    pub(crate) fn recipients(&self) -> Option<&'a [String]> {
        match self.fields.get(TO) {
            Some(Value::List(list)) => Some(list),
            _ => None,
        }
    }

    /// Whether it went to `party`.
    pub(crate) fn reached(&self, party: &String) -> bool {
        self.recipients().is_none_or(|to| to.contains(party))
    }
}

/// The facts that count, with the day on which others will.
pub(crate) struct View<'a> {
    pub(crate) facts: Vec<Seen<'a>>,
    /// Facts known already whose own day is still to come. They start the duties that foresee them.
    pub(crate) ahead: Vec<Seen<'a>>,
    /// Where each round starts; the first is round 0.
    starts: Vec<usize>,
    /// For each kind, the places of its facts as bits, so many words a kind.
    places: Vec<u64>,
    words: usize,
    /// Ids of the duties for which somebody has relied on an exception.
    claimed: Vec<&'a str>,
    /// The kinds of which there are any.
    present: KindSet,
    /// The first day on which a fact that is hidden now comes to count.
    pub(crate) next_fact: Day,
}

impl<'a> View<'a> {
    pub(crate) fn new(book: &Rulebook, case: &'a Case, question: Question) -> Self {
        let corrected: Vec<&str> = case
            .facts
            .iter()
            .filter(|fact| fact.supersedes.is_some() && fact.known_on <= question.known_at)
            .filter_map(|fact| fact.supersedes.as_deref())
            .collect();
        let corrected = Corrected::new(corrected);
        let given = case.facts.iter().enumerate().filter_map(|(index, fact)| {
            let kind = book.kind_number(&fact.kind)?;
            (!corrected.holds(&fact.id)).then(|| Given::new(index, fact, kind))
        });
        Self::of_given(book, case.facts.len(), given, question)
    }

    /// The view of at most `most` facts, in any order.
    pub(crate) fn of_given(
        book: &Rulebook,
        most: usize,
        given: impl Iterator<Item = Given<'a>>,
        question: Question,
    ) -> Self {
        let (as_at, known_at) = (Day::from(question.as_at), Day::from(question.known_at));
        let mut facts = Vec::with_capacity(most);
        let mut ahead = Vec::new();
        let mut next_fact = Day::NEVER;
        for fact in given {
            let seen = Seen::new(book, &fact);
            let (on, since, known) = (seen.on, seen.since, seen.known_on <= known_at);
            if since < on && since > as_at {
                next_fact = next_fact.min(since);
            }
            if !known {
                // A correction takes its target away on the day it is known, whenever it happened.
                let counts = if fact.corrects { seen.known_on } else { seen.known_on.max(on) };
                next_fact = next_fact.min(counts);
            } else if on > as_at {
                next_fact = next_fact.min(on);
            }
            if known && on <= as_at {
                facts.push(seen);
            } else if since < on && since <= known_at.min(as_at) {
                ahead.push(Seen { ahead: true, ..seen });
            }
        }
        let order = |a: &Seen<'_>, b: &Seen<'_>| {
            (a.on, a.kind, a.id, a.index).cmp(&(b.on, b.kind, b.id, b.index))
        };
        if !facts.is_sorted_by(|a, b| order(a, b).is_le()) {
            facts.sort_unstable_by(order);
        }
        let starts = cut_into_rounds(book, &mut facts);
        let words = facts.len().div_ceil(64).max(1);
        let mut places = vec![0; book.kinds.len() * words];
        let mut present = KindSet::default();
        let mut claimed = Vec::new();
        for (place, seen) in facts.iter().enumerate() {
            present.add(seen.kind);
            if let Some(word) = places.get_mut(usize::from(seen.kind) * words + place / 64) {
                *word |= 1 << (place % 64);
            }
            if book.told.relied_on == Some(seen.kind) {
                claimed.extend(seen.text("duty"));
            }
        }
        let mut view =
            Self { facts, ahead: Vec::new(), starts, places, words, claimed, present, next_fact };
        for seen in &mut ahead {
            let before = view.first_on_or_after(seen.since).checked_sub(1);
            seen.round = before.and_then(|at| view.facts.get(at)).map_or(0, |fact| fact.round);
        }
        view.ahead = ahead;
        view
    }

    /// The place of the first fact of a day or later.
    pub(crate) fn first_on_or_after(&self, day: Day) -> usize {
        self.facts.partition_point(|seen| seen.on < day)
    }

    /// Whether a round is open before the fact at `place`.
    pub(crate) fn open_before(&self, place: usize) -> bool {
        place.checked_sub(1).and_then(|before| self.facts.get(before)).is_some_and(|seen| seen.open)
    }

    /// Where `round` starts in the facts, and where the next one does.
    pub(crate) fn round_span(&self, round: usize) -> (usize, usize) {
        (
            self.starts.get(round).copied().unwrap_or(0),
            self.starts.get(round + 1).copied().unwrap_or(self.facts.len()),
        )
    }

    /// Whether somebody has relied on an exception for the duty of this id.
    pub(crate) fn has_claim(&self, duty: &str) -> bool {
        self.claimed.contains(&duty)
    }

    /// The facts of one kind from `from` up to `to`.
    pub(crate) fn of_one(
        &self,
        kind: Option<u16>,
        from: usize,
        to: usize,
    ) -> impl Iterator<Item = &Seen<'a>> {
        kind.into_iter()
            .flat_map(move |kind| {
                let words = from / 64..to.min(self.facts.len()).div_ceil(64);
                words.flat_map(move |word| {
                    self.at(word, self.of_kind(kind, word) & between(word, from, to))
                })
            })
            .map(|(_, seen)| seen)
    }

    /// The facts from `from` up to `to` of kinds that can start a duty, with their places.
    pub(crate) fn starting<'v>(&'v self, rule: &'v Rule, from: usize, to: usize) -> Places<'v, 'a> {
        Places::new(self, &rule.roles.starting, from, to)
    }

    /// The facts from `from` up to `to` that can end or change a duty, with their places.
    pub(crate) fn touching<'v>(&'v self, rule: &'v Rule, from: usize, to: usize) -> Places<'v, 'a> {
        Places::new(self, &rule.roles.telling, from, to)
    }

    /// The places of the facts of one kind, as bits of one word of 64 places.
    #[inline]
    fn of_kind(&self, kind: u16, word: usize) -> u64 {
        self.places.get(usize::from(kind) * self.words + word).copied().unwrap_or(0)
    }

    /// What the facts from `from` up to `to` do to a duty, sort by sort, as bits of one word.
    pub(crate) fn done_to(&self, roles: &[Role], word: usize, (from, to): (usize, usize)) -> Done {
        let mut done = Done::default();
        let span = between(word, from, to);
        for role in roles {
            let mut bits = self.of_kind(role.kind, word) & span;
            if bits == 0 {
                continue;
            }
            if role.needs != 0 {
                let met = |(_, seen): &(usize, &Seen<'_>)| {
                    seen.traits.is_none_or(|traits| traits & role.needs == role.needs)
                };
                bits = self.at(word, bits).filter(met).fold(0, |met, (place, _)| met | bit(place));
            }
            *match role.does {
                Does::Act => &mut done.acts,
                Does::EndsForGood => &mut done.ends_for_good,
                Does::Voids => &mut done.voids,
                Does::Reopens => &mut done.reopens,
                Does::Implies => &mut done.implies,
            } |= bits;
        }
        done
    }

    /// The facts of one word whose bits are set, in order, with their places.
    pub(crate) fn at(&self, word: usize, bits: u64) -> impl Iterator<Item = (usize, &Seen<'a>)> {
        Bits(bits).filter_map(move |at| {
            let place = word * 64 + at;
            self.facts.get(place).map(|seen| (place, seen))
        })
    }

    /// The facts of some kinds from `from` up to `to`, with their places.
    pub(crate) fn of(
        &self,
        kinds: &KindSet,
        from: usize,
        to: usize,
    ) -> impl DoubleEndedIterator<Item = (usize, &Seen<'a>)> + use<'_, 'a> {
        let some = !kinds.shared(&self.present).is_empty();
        let facts = self.facts.get(from..if some { to } else { from }).unwrap_or(&[]);
        let kinds = *kinds;
        facts
            .iter()
            .enumerate()
            .map(move |(at, seen)| (from + at, seen))
            .filter(move |(_, seen)| seen.is_in(&kinds))
    }
}

/// Places of one word by what the facts there do to a duty.
#[derive(Default)]
pub(crate) struct Done {
    pub(crate) acts: u64,
    pub(crate) ends_for_good: u64,
    pub(crate) voids: u64,
    pub(crate) reopens: u64,
    pub(crate) implies: u64,
}

impl Done {
    /// Leaves out what is not an act before `after`, and at `place`.
    pub(crate) fn only_acts_outside(&mut self, word: usize, after: usize, place: usize) {
        let mut keep = between(word, after, usize::MAX);
        if place / 64 == word {
            keep &= !bit(place);
        }
        for bits in [&mut self.ends_for_good, &mut self.voids, &mut self.reopens, &mut self.implies]
        {
            *bits &= keep;
        }
    }
}

/// The bit of a place in its word.
#[inline]
pub(crate) const fn bit(place: usize) -> u64 {
    1 << (place % 64)
}

/// The places of a word from `from` up to `to`, as bits.
#[inline]
fn between(word: usize, from: usize, to: usize) -> u64 {
    below(from.saturating_sub(word * 64)) ^ below(to.max(from).saturating_sub(word * 64))
}

/// The lowest so many bits.
#[inline]
const fn below(count: usize) -> u64 {
    if count >= 64 { u64::MAX } else { (1 << count) - 1 }
}

/// The bits that are set, lowest first.
struct Bits(u64);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let at = self.0.trailing_zeros() as usize;
        self.0 &= self.0 - 1;
        Some(at)
    }
}

/// The facts of some kinds in a span of places, a word at a time.
pub(crate) struct Places<'v, 'a> {
    view: &'v View<'a>,
    kinds: &'v [u16],
    from: usize,
    to: usize,
    word: usize,
    /// What is left of this word.
    bits: u64,
}

impl<'v, 'a> Places<'v, 'a> {
    fn new(view: &'v View<'a>, kinds: &'v [u16], from: usize, to: usize) -> Self {
        let to = to.min(view.facts.len());
        let mut places = Self { view, kinds, from, to, word: from / 64, bits: 0 };
        places.bits = places.of_word();
        places
    }

    fn of_word(&self) -> u64 {
        let (view, word) = (self.view, self.word);
        let all = self.kinds.iter().fold(0, |all, kind| all | view.of_kind(*kind, word));
        all & between(word, self.from, self.to)
    }
}

impl<'v, 'a> Iterator for Places<'v, 'a> {
    type Item = (usize, &'v Seen<'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        while self.bits == 0 {
            self.word += 1;
            if self.word * 64 >= self.to {
                return None;
            }
            self.bits = self.of_word();
        }
        let place = self.word * 64 + self.bits.trailing_zeros() as usize;
        self.bits &= self.bits - 1;
        self.view.facts.get(place).map(|seen| (place, seen))
    }
}

/// The ids that are corrected: none as a rule, so they are a sorted list and not a set.
struct Corrected<'a>(Vec<&'a str>);

impl<'a> Corrected<'a> {
    fn new(mut ids: Vec<&'a str>) -> Self {
        ids.sort_unstable();
        Self(ids)
    }

    fn holds(&self, id: &str) -> bool {
        !self.0.is_empty() && self.0.binary_search(&id).is_ok()
    }
}

/// The day from which a fact is there for the duties that foresee it: the day it was known, or some
/// months before its own day where that is known to everybody. Its own day where none foresees it.
pub(crate) fn since(book: &Rulebook, kind: u16, on: Day, known_on: Day) -> Day {
    match book.foreseen(kind) {
        None => on,
        Some(None) => known_on.min(on),
        Some(Some(months)) => {
            let early = on.plus_months(-months).0;
            if known_on < on { known_on.max(early) } else { early }
        }
    }
}

/// Marks each fact with its round. A request inside an open round opens no other; a refusal taken
/// back without a direction opens the same round again.
fn cut_into_rounds(book: &Rulebook, facts: &mut [Seen<'_>]) -> Vec<usize> {
    let mut starts = vec![0];
    let mut open = false;
    let mut closed_by = None;
    for (index, seen) in facts.iter_mut().enumerate() {
        if !open && seen.is_in(&book.round.opens) {
            starts.push(index);
            (open, closed_by) = (true, None);
        } else if open && seen.is_in(&book.round.closes) {
            (open, closed_by) = (false, Some(seen.kind));
        } else if let Some(after) = closed_by
            && book.round.reopens.contains(&(seen.kind, after))
        {
            (open, closed_by) = (true, None);
        }
        seen.round = starts.len() - 1;
        seen.open = open;
    }
    starts
}
