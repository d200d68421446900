//! The facts of one case that count, in the order of procedure and cut into rounds, as the single
//! evaluator sees them.

use super::columns::OneCase;
use super::tables::Tables;
use crate::day::Day;
use crate::fact::{Closure, Term};
use crate::view::since;

/// One fact that counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    pub(super) on: Day,
    pub(super) known_on: Day,
    /// The day from which it is there for the duties that foresee it; else its own.
    pub(super) since: Day,
    pub(super) kind: u16,
    /// Whether a round is open after it.
    pub(super) open: bool,
    pub(super) local: u32,
    pub(super) class: u32,
    /// Its place in the case.
    pub(super) index: u32,
    pub(super) round: u32,
}

/// The facts of a case that count, in the order of procedure.
#[derive(Debug, Default)]
pub(super) struct Spots {
    pub(super) all: Vec<Spot>,
    /// Where each round starts; the first is round 0.
    starts: Vec<u32>,
    /// Facts that a correction has taken away.
    gone: Vec<usize>,
    /// The duties whose limits the case says are lifted.
    pub(super) claimed: Vec<u16>,
    /// Facts known already whose own day is still to come, which start the duties that foresee them.
    pub(super) ahead: Vec<Spot>,
    pub(super) born: Option<Day>,
    /// When the school is closed, and its terms.
    pub(super) closures: Vec<Closure>,
    pub(super) terms: Vec<Term>,
}

impl Spots {
    /// Reads a case.
    pub(super) fn read(&mut self, tables: &Tables<'_>, one: &OneCase<'_>) {
        let question = tables.question;
        let (as_at, known_at) = (question.on(), Day::from(question.known_at));
        self.all.clear();
        self.ahead.clear();
        self.claimed.clear();
        self.born = one.born;
        self.read_asides(one, known_at);
        for place in 0..one.len() {
            let class = one.class(place);
            let Some(of) = tables.classes.get(class) else { continue };
            let Some(kind) = of.kind else { continue };
            if !self.gone.is_empty() && self.gone.contains(&place) {
                continue;
            }
            let (on, known_on) = (one.on(place), one.known_on(place));
            let counts = on <= as_at && known_on <= known_at;
            if !counts && !of.foreseen {
                continue;
            }
            let since = if of.foreseen { since(tables.book, kind, on, known_on) } else { on };
            let index = u32::try_from(place).unwrap_or(u32::MAX);
            let class = u32::try_from(class).unwrap_or(u32::MAX);
            let (open, round, local) = (false, 0, of.local);
            let spot = Spot { on, known_on, since, kind, open, local, class, index, round };
            if counts {
                self.claimed.extend(of.claims);
                self.all.push(spot);
            } else if since < on && since <= known_at.min(as_at) {
                self.ahead.push(spot);
            }
        }
        let order = |spot: &Spot| (spot.on, spot.kind, spot.index);
        if !self.all.is_sorted_by_key(order) {
            self.all.sort_unstable_by_key(order);
        }
        self.cut_into_rounds(tables);
        let mut ahead = std::mem::take(&mut self.ahead);
        for spot in &mut ahead {
            let before = self.first_on_or_after(spot.since).checked_sub(1);
            spot.round = before.and_then(|at| self.all.get(at)).map_or(0, |fact| fact.round);
        }
        self.ahead = ahead;
    }

    fn read_asides(&mut self, one: &OneCase<'_>, known_at: Day) {
        self.gone.clear();
        self.closures.clear();
        self.terms.clear();
        if one.has_asides() {
            let known = one.corrections().filter(|(by, _)| one.known_on(*by) <= known_at);
            self.gone.extend(known.map(|(_, target)| target));
            (self.closures, self.terms) = one.spans();
        }
    }

    /// The place of the first fact of a day or later.
    pub(super) fn first_on_or_after(&self, day: Day) -> usize {
        self.all.partition_point(|spot| spot.on < day)
    }

    fn cut_into_rounds(&mut self, tables: &Tables<'_>) {
        let round = &tables.book.round;
        self.starts.clear();
        self.starts.push(0);
        let (mut open, mut closed_by) = (false, None);
        for (at, spot) in (0..).zip(&mut self.all) {
            if !open && round.opens.has(spot.kind) {
                self.starts.push(at);
                (open, closed_by) = (true, None);
            } else if open && round.closes.has(spot.kind) {
                (open, closed_by) = (false, Some(spot.kind));
            } else if let Some(after) = closed_by
                && round.reopens.contains(&(spot.kind, after))
            {
                (open, closed_by) = (true, None);
            }
            spot.round = u32::try_from(self.starts.len()).unwrap_or(u32::MAX) - 1;
            spot.open = open;
        }
    }

    /// Where a round starts, and where the next one does.
    pub(super) fn round_span(&self, round: u32) -> (usize, usize) {
        let at = |round: usize| self.starts.get(round).map(|at| *at as usize);
        let round = round as usize;
        (at(round).unwrap_or(0), at(round + 1).unwrap_or(self.all.len()))
    }

    pub(super) fn between(&self, from: usize, to: usize) -> &[Spot] {
        self.all.get(from.min(to)..to).unwrap_or_default()
    }
}
