//! The search for what discharges a duty, or makes it fall away, among the facts of its scope. Which
//! facts could is known by their kinds; those alone are looked at, in the order of procedure.

use crate::day::Day;
use crate::evaluate::Asked;
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
    /// A later step shows that it must have been done, on a day nobody recorded.
    Implied { by: &'a Seen<'a> },
}

/// A search under way.
pub(crate) struct Search<'a> {
    asked: &'a Asked<'a>,
    /// Acts still needed, and parties still to be reached, as bits.
    acts: u32,
    owed: u32,
    void: Option<(&'a Seen<'a>, &'a str)>,
    implied: Option<&'a Seen<'a>>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(asked: &'a Asked<'a>) -> Self {
        let rule = asked.rule;
        let needed = rule.acts.iter().zip(0..).filter(|(act, _)| act.is_needed(asked.seen));
        let acts = needed.fold(0, |acts, (_, place)| acts | 1 << place);
        let owed = if rule.to_all { all(asked.duty.owed_to.len()) } else { 0 };
        Self { asked, acts, owed, void: None, implied: None }
    }

    /// Looks through the scope. Also the place up to which it had to look.
    pub(crate) fn run(&mut self, done: &[Done]) -> (Found<'a>, usize) {
        let asked = self.asked;
        let (rule, view) = (asked.rule, asked.view);
        let from =
            if rule.acts_from_round { view.round_span(asked.seen.round).0 } else { asked.after };
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
                if acts & bit(place) != 0 && (rule.roles.one_act || self.discharges(later)) {
                    let on = later.on.max(asked.since);
                    return (Found::Done(on), place);
                }
            }
            let voids = (all.voids | all.reopens) & after;
            if voids != 0 {
                view.at(word, voids).for_each(|(_, later)| self.voids(later));
            }
            let implies = all.implies & after;
            if implies != 0 && self.implied.is_none() {
                self.implied = view
                    .at(word, implies)
                    .find(|(place, later)| {
                        (later.is_any(&rule.implied_by) && self.may_imply(*place))
                            || later.is_in(&rule.before)
                    })
                    .map(|(_, later)| later);
            }
        }
        self.replaced();
        let found = match (self.void, self.implied) {
            (Some((by, because)), _) => Found::Void { by, because },
            (None, Some(by)) => Found::Implied { by },
            (None, None) => Found::Open,
        };
        (found, asked.end)
    }

    /// Whether a step at `place` comes after what makes it show that the duty was done.
    fn may_imply(&self, place: usize) -> bool {
        let (asked, after) = (self.asked, self.asked.rule.implied_after);
        after.is_none() || asked.view.of_one(after, asked.after, place).next().is_some()
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

    /// A new period takes the place of one that nothing else ended, or shows that it was ended.
    fn replaced(&mut self) {
        if self.asked.rule.scope == Scope::NextTrigger
            && let Some(next) = self.asked.next
            && let Some(later) = self.asked.view.facts.get(next)
        {
            if self.asked.rule.shown.as_ref().is_some_and(|shown| later.is_in(&shown.by)) {
                self.implied.get_or_insert(later);
            } else {
                self.void.get_or_insert((later, "a new period runs from it"));
            }
        }
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
            let to = later.recipients();
            for (index, party) in duty.owed_to.iter().enumerate() {
                let nobody =
                    party == "institution" && later.flag("names-institution") == Some(false);
                if nobody || to.is_none_or(|to| to.contains(party)) {
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
