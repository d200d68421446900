//! The facts that count for one question, in the order of procedure, cut into rounds. What is
//! hidden by the as-at day, by the day it was known, or by a correction is not there at all.

use std::collections::BTreeMap;

use crate::day::Day;
use crate::fact::{About, Case, Fact, Question, Value};
use crate::kinds::KindSet;
use crate::places::{Bits, Done, Places, between, bit};
use crate::role::{Does, Role};
use crate::rule::{Any, Filter, Match, Rule};
use crate::rulebook::{Duty, Rulebook};
use crate::school_age::school_ages;
use crate::traits::{Marks, Met, TO};

/// One fact that counts.
pub(crate) struct Seen<'a> {
    /// Its place among the facts of the case.
    pub(crate) index: usize,
    pub(crate) id: &'a str,
    pub(crate) kind: u16,
    pub(crate) on: Day,
    pub(crate) known_on: Day,
    pub(crate) fields: &'a BTreeMap<String, Value>,
    /// The conditions on fields that it meets, as bits.
    pub(crate) traits: Met,
    /// What it holds that acts must share.
    pub(crate) marks: Marks,
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
    #[inline(always)]
    fn new(book: &Rulebook, given: &Given<'a>, since: Day) -> Self {
        let Given { index, id, kind, on, known_on, fields, .. } = *given;
        let (traits, marks) = book.traits.of(kind, fields);
        let (round, ahead, open) = (0, false, false);
        Self { index, id, kind, on, known_on, fields, traits, marks, round, since, ahead, open }
    }

    /// A fact of no particular day, to ask what facts like it are.
    pub(crate) fn like(book: &Rulebook, kind: u16, fields: &'a BTreeMap<String, Value>) -> Self {
        let (index, id, on, known_on, corrects) = (0, "", Day::NEVER, Day::NEVER, false);
        let given = Given { index, id, kind, on, known_on, corrects, fields };
        Self::new(book, &given, Day::NEVER)
    }

    #[inline]
    pub(crate) fn is_in(&self, kinds: &KindSet) -> bool {
        kinds.has(self.kind)
    }

    #[inline(always)]
    pub(crate) fn matches(&self, what: &Match) -> bool {
        self.is_in(&what.kinds)
            && match what.needs {
                Some(needs) => self.traits.has_all(needs),
                None => self.meets(what),
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

    /// Whether it went to `party`, or names nobody in that place to whom it could have gone.
    pub(crate) fn served(&self, party: &String) -> bool {
        let nobody = party == "institution" && self.flag("names-institution") == Some(false);
        nobody || self.reached(party)
    }

    /// Whether it told those to whom a duty is owed: all of them where all must be told, else any.
    pub(crate) fn told(&self, duty: &Duty, rule: &Rule) -> bool {
        let mut owed = duty.owed_to.iter();
        if rule.to_all { owed.all(|to| self.served(to)) } else { owed.any(|to| self.served(to)) }
    }

    /// Whether it went to `party`.
    pub(crate) fn reached(&self, party: &String) -> bool {
        self.recipients().is_none_or(|to| to.contains(party))
    }
}

/// The facts that count, with the day on which others will.
pub(crate) struct View<'a> {
    pub(crate) book: &'a Rulebook,
    /// What is known of the child beside the facts.
    pub(crate) case: About<'a>,
    pub(crate) as_at: Day,
    pub(crate) facts: Vec<Seen<'a>>,
    /// Facts known already whose own day is still to come. They start the duties that foresee them.
    pub(crate) ahead: Vec<Seen<'a>>,
    /// Where each round starts; the first is round 0.
    starts: Vec<usize>,
    /// For every 64 places a row of bits: for each kind where its facts are, then for each duty where
    /// those are that can start it. After the last row, the duties that any fact can start.
    rows: Vec<u64>,
    kinds: usize,
    row: usize,
    begun: usize,
    /// Ids of the duties for which somebody has relied on an exception.
    claimed: Vec<&'a str>,
    /// The first day on which a fact that is hidden now comes to count.
    pub(crate) next_fact: Day,
}

impl<'a> View<'a> {
    /// The first day of compulsory school age and the first after it, where the duty is owed to
    /// children of that age alone. Of a child whose date of birth is not given nothing is said.
    pub(crate) fn school_ages(&self, rule: &Rule) -> Option<(Day, Day)> {
        self.case.born.filter(|_| rule.of_school_age).and_then(school_ages)
    }

    pub(crate) fn new(book: &'a Rulebook, case: &'a Case, question: Question) -> Self {
        let (mut corrected, mut next) = (Vec::new(), crate::NEVER);
        for fact in &case.facts {
            let Some(target) = fact.supersedes.as_deref() else { continue };
            if fact.known_on <= question.known_at {
                corrected.push(target);
            } else {
                // It takes its target away even where it is corrected itself.
                next = next.min(fact.known_on);
            }
        }
        let corrected = Corrected::new(corrected);
        let given = case.facts.iter().enumerate().filter_map(|(index, fact)| {
            let kind = book.kind_number(&fact.kind)?;
            (!corrected.holds(&fact.id)).then(|| Given::new(index, fact, kind))
        });
        let mut view = Self::of_given((book, case.into()), case.facts.len(), given, question);
        view.next_fact = view.next_fact.min(next.into());
        view
    }

    /// The view of at most `most` facts, in any order.
    pub(crate) fn of_given(
        (book, case): (&'a Rulebook, About<'a>),
        most: usize,
        given: impl Iterator<Item = Given<'a>>,
        question: Question,
    ) -> Self {
        let (as_at, known_at) = (question.on(), Day::from(question.known_at));
        let mut facts = Vec::with_capacity(most);
        let mut ahead = Vec::new();
        let mut next_fact = Day::NEVER;
        for fact in given {
            let Given { on, known_on, .. } = fact;
            let since = since(book, fact.kind, on, known_on);
            if known_on <= known_at && on <= as_at {
                facts.push(Seen::new(book, &fact, since));
                continue;
            }
            if since < on && since > as_at {
                next_fact = next_fact.min(since);
            }
            if known_on <= known_at {
                next_fact = next_fact.min(on);
            } else {
                // A correction takes its target away on the day it is known, whenever it happened.
                next_fact = next_fact.min(if fact.corrects { known_on } else { known_on.max(on) });
            }
            if since < on && since <= known_at.min(as_at) {
                ahead.push(Seen { ahead: true, ..Seen::new(book, &fact, since) });
            }
        }
        let order = |a: &Seen<'_>, b: &Seen<'_>| {
            (a.on, a.kind, a.id, a.index).cmp(&(b.on, b.kind, b.id, b.index))
        };
        if !facts.is_sorted_by(|a, b| order(a, b).is_le()) {
            facts.sort_unstable_by(order);
        }
        let starts = cut_into_rounds(book, &mut facts);
        let words = facts.len().div_ceil(64);
        let (kinds, duties) = (book.kinds.len(), book.duties.len());
        let mut view = Self {
            book,
            case,
            as_at,
            facts,
            ahead: Vec::new(),
            starts,
            rows: vec![0; (kinds + duties) * words + duties.div_ceil(64)],
            kinds,
            row: kinds + duties,
            begun: (kinds + duties) * words,
            claimed: Vec::new(),
            next_fact,
        };
        view.place();
        for seen in &mut ahead {
            let before = view.first_on_or_after(seen.since).checked_sub(1);
            seen.round = before.and_then(|at| view.facts.get(at)).map_or(0, |fact| fact.round);
        }
        view.ahead = ahead;
        view
    }

    /// Notes of each fact where it stands among those of its kind, and what it can start.
    fn place(&mut self) {
        let (book, kinds) = (self.book, self.kinds);
        let Some((rows, begun)) = self.rows.split_at_mut_checked(self.begun) else { return };
        for (facts, row) in self.facts.chunks(64).zip(rows.chunks_exact_mut(self.row)) {
            for (at, seen) in facts.iter().enumerate() {
                let mut add = |row_of: usize| {
                    row.get_mut(row_of).into_iter().for_each(|bits| *bits |= 1 << at);
                };
                add(usize::from(seen.kind));
                for start in book.started_by(seen.kind) {
                    if start.by(seen, book) {
                        let duty = usize::from(start.duty);
                        add(kinds + duty);
                        begun.get_mut(duty / 64).into_iter().for_each(|bits| *bits |= bit(duty));
                    }
                }
                if book.told.relied_on == Some(seen.kind) {
                    self.claimed.extend(seen.text("duty"));
                }
            }
        }
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

    /// Whether there is any fact of some kinds from `from` up to `to`.
    #[inline]
    pub(crate) fn holds_any(&self, kinds: &[u16], from: usize, to: usize) -> bool {
        (from / 64..to.div_ceil(64)).any(|word| {
            let span = between(word, from, to);
            kinds.iter().any(|kind| self.of_kind(*kind, word) & span != 0)
        })
    }

    /// The place of the first fact from `from` on that can start a duty.
    #[inline]
    pub(crate) fn first_start(&self, rule: &Rule, from: usize) -> Option<usize> {
        let (duty, to) = (usize::from(rule.number), self.facts.len());
        (from / 64..to.div_ceil(64)).find_map(|word| {
            let starts = self.can_start(duty, word) & between(word, from, to);
            (starts != 0).then(|| word * 64 + starts.trailing_zeros() as usize)
        })
    }

    /// Whether any fact from `from` up to `to` can start a duty.
    #[inline]
    pub(crate) fn starts_between(&self, rule: &Rule, from: usize, to: usize) -> bool {
        let duty = usize::from(rule.number);
        (from / 64..to.div_ceil(64))
            .any(|word| self.can_start(duty, word) & between(word, from, to) != 0)
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
        let facts = Places::new(self, (from, to), move |word| {
            kind.map_or(0, |kind| self.of_kind(kind, word))
        });
        facts.map(|(_, seen)| seen)
    }

    /// The facts from `from` up to `to` that can start a duty, with their places.
    pub(crate) fn starting(
        &self,
        rule: &Rule,
        from: usize,
        to: usize,
    ) -> impl DoubleEndedIterator<Item = (usize, &Seen<'a>)> {
        let duty = usize::from(rule.number);
        Places::new(self, (from, to), move |word| self.can_start(duty, word))
    }

    /// The places of the facts that can start a duty, as bits of each word of 64 places.
    pub(crate) fn starts_of(&self, rule: &Rule) -> impl Iterator<Item = (usize, u64)> {
        let duty = usize::from(rule.number);
        (0..self.facts.len().div_ceil(64)).map(move |word| (word, self.can_start(duty, word)))
    }

    /// The duties that any fact can start.
    pub(crate) fn begun(&self) -> impl Iterator<Item = u16> {
        let words = (0..).step_by(64).zip(self.rows.get(self.begun..).unwrap_or(&[]));
        words.flat_map(|(first, bits)| Bits(*bits).map(move |at| first + at as u16))
    }

    /// Whether the fact at `place` can start a duty.
    pub(crate) fn starts(&self, rule: &Rule, place: usize) -> bool {
        self.can_start(usize::from(rule.number), place / 64) & bit(place) != 0
    }

    /// The facts of some kinds from `from` up to `to`, with their places.
    #[inline]
    pub(crate) fn of<'v>(
        &'v self,
        kinds: &'v [u16],
        from: usize,
        to: usize,
    ) -> impl DoubleEndedIterator<Item = (usize, &'v Seen<'a>)> {
        Places::new(self, (from, to), move |word| {
            kinds.iter().fold(0, |all, kind| all | self.of_kind(*kind, word))
        })
    }

    /// The places of the facts of one kind, as bits of one word of 64 places.
    #[inline]
    fn of_kind(&self, kind: u16, word: usize) -> u64 {
        self.rows.get(word * self.row + usize::from(kind)).copied().unwrap_or(0)
    }

    #[inline]
    fn can_start(&self, duty: usize, word: usize) -> u64 {
        self.rows.get(word * self.row + self.kinds + duty).copied().unwrap_or(0)
    }

    /// What the facts do to a duty, sort by sort, as bits of each word.
    pub(crate) fn done_to(&self, rule: &Rule, done: &mut Vec<Done>) {
        done.clear();
        for word in 0..self.facts.len().div_ceil(64) {
            done.push(self.done_in(word, &rule.roles.later));
        }
    }

    #[inline]
    fn done_in(&self, word: usize, roles: &[Role]) -> Done {
        let mut done = [0; Does::ALL];
        let kinds = self.rows.get(word * self.row..).unwrap_or(&[]);
        for role in roles {
            let mut bits = kinds.get(usize::from(role.kind)).copied().unwrap_or(0);
            if bits == 0 {
                continue;
            }
            if role.needs != Met::default() {
                bits = self.meeting(word, bits, role.needs);
            }
            if let Some(done) = done.get_mut(role.does as usize) {
                *done |= bits;
            }
        }
        let [acts, ends_for_good, voids, reopens, implies, ends_matter] = done;
        Done { acts, ends_for_good, voids, reopens, implies, ends_matter }
    }

    /// Those of some facts of one word that meet conditions.
    fn meeting(&self, word: usize, bits: u64, needs: Met) -> u64 {
        self.at(word, bits).fold(0, |met, (place, seen)| {
            let meets = seen.traits.has_all(needs);
            met | u64::from(meets) << (place % 64)
        })
    }

    /// The facts of one word whose bits are set, in order, with their places.
    pub(crate) fn at(&self, word: usize, bits: u64) -> impl Iterator<Item = (usize, &Seen<'a>)> {
        Bits(bits).filter_map(move |at| {
            let place = word * 64 + at;
            self.facts.get(place).map(|seen| (place, seen))
        })
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
    let round = &book.round;
    let mut starts = vec![0];
    let (mut open, mut closed_by) = (false, None);
    for (index, seen) in facts.iter_mut().enumerate() {
        if seen.is_in(&round.touched_by) {
            if !open && seen.is_in(&round.opens) {
                starts.push(index);
                (open, closed_by) = (true, None);
            } else if open && seen.is_in(&round.closes) {
                (open, closed_by) = (false, Some(seen.kind));
            } else if closed_by.is_some_and(|by| round.reopens.contains(&(seen.kind, by))) {
                (open, closed_by) = (true, None);
            }
        }
        seen.round = starts.len() - 1;
        seen.open = open;
    }
    starts
}
