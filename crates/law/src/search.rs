//! The search for what discharges a duty, or makes it fall away, among the facts of its scope. Which
//! facts could is known by their kinds; those alone are looked at, in the order of procedure.

use crate::day::Day;
use crate::evaluate::{Asked, counts};
use crate::places::{Done, between, bit};
use crate::rule::{Act, Scope};
use crate::view::Seen;

/// How a search ended.
#[derive(Clone, Copy)]
pub(crate) enum Found<'a> {
    /// Nothing ended it.
    Open,
    /// The day of the latest act that was needed.
    Done(Day),
    /// What made it fall away, and why.
    Void { by: &'a Seen<'a>, because: &'a str },
    /// A later step speaks for its having been done, on a day nobody recorded.
    Implied { by: &'a Seen<'a>, proof: Option<Proof<'a>> },
}

/// A later step that proves that it was done by then, and the last recorded step without which it was
/// not done: what the law has come first, or a part of it.
#[derive(Clone, Copy)]
pub(crate) struct Proof<'a> {
    pub(crate) by: &'a Seen<'a>,
    pub(crate) needs: Option<&'a Seen<'a>>,
}

/// A search under way.
pub(crate) struct Search<'a> {
    asked: &'a Asked<'a>,
    /// Acts still needed, and parties still to be reached, as bits.
    acts: u32,
    owed: u32,
    void: Option<(&'a Seen<'a>, &'a str)>,
    implied: Option<&'a Seen<'a>>,
    proof: Option<Proof<'a>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(asked: &'a Asked<'a>) -> Self {
        let rule = asked.rule;
        let needed = rule.acts.iter().zip(0..).filter(|(act, _)| act.is_needed(asked.seen));
        let acts = needed.fold(0, |acts, (_, place)| acts | 1 << place);
        let owed = if rule.to_all { all(asked.duty.owed_to.len()) } else { 0 };
        Self { asked, acts, owed, void: None, implied: None, proof: None }
    }

    /// Looks through the scope. Also the place up to which it had to look.
    pub(crate) fn run(&mut self, done: &[Done]) -> (Found<'a>, usize) {
        let asked = self.asked;
        let (rule, view) = (asked.rule, asked.view);
        let from = self.first();
        for (word, all) in done.iter().enumerate() {
            if !all.anything() {
                continue;
            }
            let acts = all.acts & between(word, from, asked.end);
            // What else was done counts after the trigger alone, and the trigger itself never does.
            let mut after = between(word, asked.after, asked.end);
            if asked.place / 64 == word {
                after &= !bit(asked.place);
            }
            let for_good = all.ends_for_good & after;
            for (place, later) in view.at(word, acts | for_good) {
                if for_good & bit(place) != 0
                    && let Some(because) = self.for_good(later)
                {
                    return (Found::Void { by: later, because }, place);
                }
                let acts = acts & bit(place) != 0 && !self.is_of_another(place, later);
                if acts && (rule.roles.one_act || self.discharges(later)) {
                    let on = later.on.max(asked.since);
                    return (Found::Done(on), place);
                }
            }
            let voids = (all.voids | all.reopens) & after;
            if voids != 0 {
                view.at(word, voids).for_each(|(_, later)| self.voids(later));
            }
            let implies = all.implies & after;
            if implies != 0 && self.proof.is_none() {
                view.at(word, implies).for_each(|(place, later)| self.implies(place, later));
            }
        }
        let found = match (self.replaced(), self.void, self.implied) {
            (Some(on), ..) => Found::Done(on),
            (None, Some((by, because)), _) => Found::Void { by, because },
            (None, None, Some(by)) => Found::Implied { by, proof: self.proof },
            (None, None, None) => Found::Open,
        };
        (found, asked.end)
    }

    /// Whether an act at `place` came of another fact that started the same duty: the other began it
    /// after a step that speaks for this one having been done.
    fn is_of_another(&self, place: usize, later: &Seen<'_>) -> bool {
        let (asked, rule) = (self.asked, self.asked.rule);
        if !rule.roles.can_be_of_another {
            return false;
        }
        let mut steps = asked.view.of(&rule.roles.telling, asked.after, place);
        let Some((spoken, _)) = steps.find(|(at, step)| {
            *at != asked.place && (self.speaks(*at, step).is_some() || step.is_in(&rule.before))
        }) else {
            return false;
        };
        let mut others = asked.view.starting(rule, spoken + 1, place);
        others.any(|(at, other)| {
            at != asked.place
                && counts(asked.view, rule, at, other)
                && rule.acts.iter().any(|act| act_matches(act, other, later))
        })
    }

    /// Whether a step at `place` speaks for its having been done; then what must have come before it,
    /// if anything.
    fn speaks(&self, place: usize, later: &Seen<'_>) -> Option<Option<&'a Seen<'a>>> {
        let (asked, rule) = (self.asked, self.asked.rule);
        if !later.is_any(&rule.proved_by) && !later.is_any(&rule.implied_by) {
            return None;
        }
        let before = asked.view.facts.get(asked.after..place).unwrap_or(&[]);
        if before.iter().any(|seen| seen.is_any(&rule.implied_unless)) {
            return None;
        }
        let Some(kind) = rule.implied_after else { return Some(None) };
        asked.view.of_one(Some(kind), asked.after, place).next().map(Some)
    }

    /// The place of the first fact that can be an act.
    fn first(&self) -> usize {
        let asked = self.asked;
        let round = asked.rule.acts_from_round.then(|| asked.view.round_span(asked.seen.round).0);
        round.unwrap_or(asked.after)
    }

    /// Notes the first step that speaks for its having been done, and the first that proves it.
    fn implies(&mut self, place: usize, later: &'a Seen<'a>) {
        let (asked, rule) = (self.asked, self.asked.rule);
        let speaks = self.speaks(place, later);
        if speaks.is_some() || later.is_in(&rule.before) {
            self.implied.get_or_insert(later);
        }
        if let Some(after) = speaks
            && later.is_any(&rule.proved_by)
            && later.told(asked.duty, rule)
        {
            self.prove(later, (after, place));
        }
    }

    /// Notes the first proof: a step at `place`, and what must have come after the trigger before it.
    fn prove(&mut self, by: &'a Seen<'a>, (after, place): (Option<&'a Seen<'a>>, usize)) {
        if self.proof.is_none() && self.is_about_this(place) {
            let part = self.part_before(place);
            let needs = after.into_iter().chain(part).max_by_key(|seen| seen.on);
            self.proof = Some(Proof { by, needs });
        }
    }

    /// The last step before `place` that did a part of what must be done.
    fn part_before(&self, place: usize) -> Option<&'a Seen<'a>> {
        let (asked, rule) = (self.asked, self.asked.rule);
        if rule.roles.one_act {
            return None;
        }
        let mut again = Self::new(asked);
        let steps = asked.view.of(&rule.roles.telling, self.first(), place);
        let left = |again: &Self| if rule.to_all { again.owed } else { again.acts };
        let parts = steps.filter(|(_, later)| {
            let before = left(&again);
            again.discharges(later);
            left(&again) != before
        });
        parts.last().map(|(_, part)| part)
    }

    /// Whether a step at `place` cannot be about another fact that started the same duty, nor come of
    /// something else.
    fn is_about_this(&self, place: usize) -> bool {
        let (asked, rule) = (self.asked, self.asked.rule);
        let between = asked.view.facts.get(asked.after..place).unwrap_or(&[]);
        if between.iter().any(|seen| seen.is_any(&rule.proved_unless)) {
            return false;
        }
        let mut starting = asked.view.starting(rule, 0, place);
        rule.scope != Scope::Case || !starting.any(|(other, _)| other != asked.place)
    }

    /// Why a step makes the duty fall away, whatever comes after.
    fn for_good(&self, later: &Seen<'_>) -> Option<&'a str> {
        let mut for_good = self.asked.rule.for_good.iter();
        for_good.find(|(what, _)| later.matches(what)).map(|(_, because)| because.as_str())
    }

    /// Notes a step that makes the duty fall away, or takes such a step back.
    fn voids(&mut self, later: &'a Seen<'a>) {
        let reopens = &self.asked.book.round.reopens;
        if later.is_any(&self.asked.rule.void_by) {
            self.void.get_or_insert((later, "it is no longer due"));
        } else if self.void.is_some_and(|(by, _)| reopens.contains(&(later.kind, by.kind))) {
            self.void = None;
        }
    }

    /// The day on which the decision was last taken back without a direction, before `end`.
    pub(crate) fn conceded(&self, end: usize) -> Option<Day> {
        let practice = self.asked.rule.conceded.as_ref()?;
        let (asked, view) = (self.asked, self.asked.view);
        let decided =
            |index| view.of_one(Some(practice.after), asked.place, index).next().is_some();
        view.of(&asked.rule.roles.telling, asked.after, end)
            .rfind(|(index, later)| {
                later.kind == practice.by && *index != asked.place && decided(*index)
            })
            .map(|(_, later)| later.on)
    }

    /// A new period takes the place of one that nothing else ended, or shows that it was ended. The
    /// day of that, where the step is what ended it.
    fn replaced(&mut self) -> Option<Day> {
        if self.asked.rule.scope == Scope::NextTrigger
            && let Some(next) = self.asked.next
            && let Some(later) = self.asked.view.facts.get(next)
        {
            let shown = self.asked.rule.shown.as_ref().filter(|shown| later.is_in(&shown.by));
            if let Some(shown) = shown {
                if later.is_in(&shown.itself) {
                    return Some(later.on.max(self.asked.since));
                }
                let between = self.asked.view.facts.get(self.asked.after..next).unwrap_or(&[]);
                let after = between.iter().find(|earlier| earlier.is_in(&shown.after));
                self.implied.get_or_insert(later);
                self.prove(later, (after, next));
            } else {
                self.void.get_or_insert((later, "a new period runs from it"));
            }
        }
        None
    }

    /// Strikes out what `later` does, if it is one of the acts. Whether that was the last of them.
    fn discharges(&mut self, later: &Seen<'_>) -> bool {
        let duty = self.asked.duty;
        let mut any = false;
        for (index, act) in self.asked.rule.acts.iter().enumerate() {
            if act_matches(act, self.asked.seen, later) {
                self.acts &= !(1 << index);
                any = true;
            }
        }
        if any && self.asked.rule.to_all {
            for (index, party) in duty.owed_to.iter().enumerate() {
                if later.served(party) {
                    self.owed &= !(1 << index);
                }
            }
        }
        any && self.acts == 0 && self.owed == 0
    }

    /// What is still to be done, in words.
    pub(crate) fn missing(&self) -> Vec<String> {
        let (asked, mut missing) = (self.asked, Vec::new());
        for (index, act) in asked.rule.acts.iter().enumerate() {
            if self.acts >> index & 1 == 1 {
                missing.push(act.words.clone());
            }
        }
        if self.acts == 0 {
            for (index, party) in asked.duty.owed_to.iter().enumerate() {
                if self.owed >> index & 1 == 1 {
                    let words =
                        asked.book.party(party).map_or(party.as_str(), |known| &known.words);
                    missing.push(format!("that it went to {words}"));
                }
            }
        }
        missing
    }
}

const fn all(n: usize) -> u32 {
    if n >= 32 { u32::MAX } else { (1 << n) - 1 }
}

/// Whether `later` is `act` of the duty that `seen` started.
#[inline(always)]
pub(crate) fn act_matches(act: &Act, seen: &Seen<'_>, later: &Seen<'_>) -> bool {
    act.may_be(seen, later) && act.is(later) && (act.alone() || shares(act, seen, later))
}

/// Whether two facts hold the same where `act` must share it with its trigger.
#[inline(never)]
fn shares(act: &Act, seen: &Seen<'_>, later: &Seen<'_>) -> bool {
    act.same.iter().all(|field| seen.text(field) == later.text(field))
        && act.same_if_both.iter().all(|field| {
            seen.text(field)
                .is_none_or(|one| later.text(field).is_none_or(|two| one.eq_ignore_ascii_case(two)))
        })
}
