//! Plain obligations: one period counted from the trigger, and nothing in scope that does anything to
//! the duty but the act that discharges it. Most obligations of most cases are so plain that their
//! days are a sum and a look at the first act. Whatever takes more is left to the form of the duty,
//! as is everything that has to be explained; a test holds that both say the same.

use crate::answer::{Outline, Standing, stands};
use crate::day::Day;
use crate::evaluate::{Asking, scope, served};
use crate::fact::Case;
use crate::forms::rolled;
use crate::limit::{Anchor, Period};
use crate::places::{Done, between, bit};
use crate::rule::{Form, Rule};
use crate::rulebook::{Duty, Rulebook};
use crate::search::act_matches;
use crate::view::{Seen, View};

/// A duty whose obligations can be plain in a case.
pub(crate) struct Plain<'v, 'a, 'c> {
    view: &'v View<'a>,
    book: &'c Rulebook,
    case: &'c Case,
    duty: &'c Duty,
    rule: &'c Rule,
    done: &'v [Done],
    /// Whether no fact at all does anything to it.
    untouched: bool,
}

impl Rule {
    /// Whether its obligations can be plain at all.
    pub(crate) fn can_be_plain(&self) -> bool {
        matches!(self.form, Form::Deadline | Form::Right)
            && self.foreseen.is_none()
            && self.keeps.is_none()
            && !self.acts_from_round
            && !self.of_school_age
            && self.acts.iter().all(|act| act.when_trigger.is_none())
            && self.limit.as_ref().is_none_or(|limit| limit.needs == 0)
    }
}

impl<'v, 'a, 'c> Plain<'v, 'a, 'c> {
    /// A duty in a case, where its obligations can be plain; `done` is what all facts do to it.
    #[inline]
    pub(crate) fn new(
        asking: &Asking<'a>,
        (book, case): (&'c Rulebook, &'c Case),
        number: u16,
        done: &'v [Done],
    ) -> Option<Self> {
        let (view, (duty, rule)) = (asking.view, book.with_rule(number)?);
        let plain = rule.roles.plain
            && asking.others.is_empty()
            && !book.told.without_claim
            && !view.has_claim(&duty.id);
        let untouched = done.iter().all(Done::nothing);
        plain.then_some(Self { view, book, case, duty, rule, done, untouched })
    }

    /// Adds the obligation that the fact at `place` started, and gives its last day and standing; none
    /// where more than its plain days has to be asked.
    #[inline]
    pub(crate) fn add(
        &self,
        (place, seen): (usize, &Seen<'_>),
        to: &mut Vec<Outline<'c>>,
    ) -> Option<(Option<Day>, Standing)> {
        let Self { view, book, duty, rule, .. } = *self;
        let (end, next) = scope(view, rule, place, seen);
        let act = if self.untouched { None } else { self.first_act(seen, (place + 1, end))? };
        let start = served(book, rule, seen);
        let (mut due, mut safe, mut turns_on, mut act_by) = (None, None, Day::NEVER, seen.on);
        if let Some(period) = self.only_period(seen, (place, end))? {
            let (last, _) = period.end.on_calendar(&book.calendar, start)?;
            let last = rolled(&book.calendar, rule.roll, last);
            let working = book.calendar.working_day_before(last);
            act_by = working.plus(-duty.lead_days);
            (due, safe, turns_on) = (Some(last), Some(working), last.plus(1));
        }
        if rule.versions.iter().any(|version| version.touches(seen.on, due.unwrap_or(seen.on))) {
            return None;
        }
        let (mut closed_on, mut closed_as) = (Day::NEVER, Standing::Met);
        if rule.form == Form::Right {
            if due.is_some() {
                (closed_on, closed_as, turns_on) = (turns_on, Standing::Void, Day::NEVER);
            }
        } else if let Some((at, act)) = act {
            // Without a number it is late after a step that it should come before.
            if due.is_none() && view.holds_any(&rule.roles.before, place + 1, at) {
                return None;
            }
            closed_on = act.on;
            if act.on >= turns_on {
                closed_as = Standing::MetLate;
            }
        } else if let Some(next) = next.and_then(|next| view.facts.get(next)) {
            if rule.shown.as_ref().is_some_and(|shown| next.is_in(&shown.by)) {
                return None;
            }
            (closed_on, closed_as) = (next.on, Standing::Void);
        }
        let (opens_as, turns_into) = (Standing::Pending, Standing::Overdue);
        let standing = stands(view.as_at, opens_as, (turns_on, turns_into), (closed_on, closed_as));
        to.push(Outline {
            duty,
            fact: self.case.facts.get(seen.index)?,
            standing,
            opens_as,
            turns_into,
            closed_as,
            outgrown: false,
            kind: book.kinds.get(usize::from(seen.kind))?,
            start,
            due,
            safe,
            turns_on,
            closed_on,
            done_on: act.map(|(_, act)| act.on),
            act_by,
        });
        Some((due, standing))
    }

    /// The act that discharged it, from `from` up to `to`, with its place, or that there was none.
    /// None at all where it takes more to tell.
    #[inline]
    fn first_act(
        &self,
        seen: &Seen<'_>,
        (from, to): (usize, usize),
    ) -> Option<Option<(usize, &'v Seen<'a>)>> {
        let Self { view, rule, .. } = *self;
        let (mut voids, mut implies) = (0, 0);
        for (word, done) in self.done.iter().enumerate() {
            let span = between(word, from, to);
            let steps = (done.acts | done.ends_for_good | done.ends_matter) & span;
            for (place, later) in view.at(word, steps) {
                let [act] = rule.acts.as_slice() else { return None };
                let ends = (done.ends_for_good | done.ends_matter) & bit(place) != 0;
                if ends || rule.form == Form::Right {
                    return None;
                }
                if !rule.roles.one_act && !act_matches(act, seen, later) {
                    continue;
                }
                // Where it is owed to several, more than one act may be needed; and after a step that
                // speaks for its having been done, it may come of another fact.
                let several = rule.to_all && later.recipients().is_some();
                let spoken = (implies | done.implies & between(word, from, place)) != 0;
                let of_another = rule.roles.can_be_of_another && spoken;
                return (!several && !of_another).then_some(Some((place, later)));
            }
            voids |= done.voids & span;
            implies |= done.implies & span;
        }
        (voids | implies == 0 || rule.form == Form::Right).then_some(None)
    }

    /// The only period that applies to what the fact at `place` started, or that there is none. None
    /// at all where it takes more to tell.
    #[inline]
    fn only_period(
        &self,
        seen: &Seen<'_>,
        (place, end): (usize, usize),
    ) -> Option<Option<&'c Period>> {
        let Some(limit) = &self.rule.limit else { return Some(None) };
        if let [period] = limit.of.as_slice()
            && period.is_plain()
        {
            return Some(Some(period));
        }
        let mut only = None;
        for period in &limit.of {
            if self.cannot_apply(period, seen, (place, end)) {
                continue;
            }
            if !matches!(period.from, Anchor::Trigger) || period.when.is_some() || only.is_some() {
                return None;
            }
            only = Some(period);
        }
        Some(only)
    }

    /// Whether a period surely does not apply: it is for other triggers, or there is no fact that it
    /// asks for.
    #[inline]
    fn cannot_apply(&self, period: &Period, seen: &Seen<'_>, (place, end): (usize, usize)) -> bool {
        let lacks = |kinds: &[u16], from, to| !self.view.holds_any(kinds, from, to);
        let other = period.when_trigger.as_ref().is_some_and(|when| !seen.matches(when));
        other
            || period.when.as_ref().is_some_and(|when| lacks(&when.list, place, end))
            || match &period.from {
                Anchor::Event { what, before: true, .. } => lacks(&what.list, 0, place),
                Anchor::Event { what, .. } => lacks(&what.list, place + 1, end),
                _ => false,
            }
    }
}
