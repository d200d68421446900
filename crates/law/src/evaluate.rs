//! From the facts of one case to its obligations. Each fact finds the duties that it can start;
//! each such start gives one obligation, whose days of change are worked out once and for all:
//! standing follows from them.

use crate::answer::{Obligation, OtherReading, Outline, Outlined, Standing, Timeline};
use crate::day::{Day, words};
use crate::fact::{Case, Question};
use crate::forms::{ban, continuing, deadline, floor, right};
use crate::limit::Limit;
use crate::line::{Answers, Depth, OnlyDays, Tell, Why, put};
use crate::outcome::{Kept, Outcome};
use crate::places::Done;
use crate::plain::Plain;
use crate::rule::{Decides, Form, Instance, Roll, Rule, Scope, Version};
use crate::rulebook::{Duty, Ground, Rulebook};
use crate::view::{Seen, View};
use crate::what_if::Other;
use crate::word::Word;

/// Everything the rulebook says about a case on a day.
#[must_use]
pub fn evaluate(book: &Rulebook, case: &Case, question: Question) -> Timeline {
    evaluate_with(book, case, question, &[])
}

/// The same, with other periods for some duties.
pub(crate) fn evaluate_with(
    book: &Rulebook,
    case: &Case,
    question: Question,
    others: &[Other],
) -> Timeline {
    let view = View::new(book, case, question);
    let asking = Asking { view: &view, others };
    let (mut found, written) = if question.explain {
        let mut why = Why::new();
        (asking.all(None, &mut why), Some(why.done()))
    } else {
        (asking.all(None, &mut Answers), None)
    };
    // Answers are large: room for all of them first, so that none is moved.
    let mut obligations: Vec<Obligation> = Vec::with_capacity(found.len());
    for place in in_order(book, &found) {
        obligations.extend(
            found.get_mut(place).and_then(|outcome| outcome.obligation(book, written.as_ref())),
        );
    }
    Timeline {
        as_at: question.as_at,
        known_at: question.known_at,
        obligations,
        holds_until: view.next_fact.date(),
    }
}

/// Where every duty of a case stands, in days alone and in no order: what the rows of lists hold and
/// counts need, at a fraction of the cost. What the question says of explaining is not heeded.
#[must_use]
pub fn outline<'a>(book: &'a Rulebook, case: &'a Case, question: Question) -> Outlined<'a> {
    let view = View::new(book, case, question);
    let asking = Asking { view: &view, others: &[] };
    let mut plain = Outlines { book, case, duties: Vec::with_capacity(view.facts.len() * 2) };
    let found = asking.all(Some(&mut plain), &mut OnlyDays);
    let Outlines { mut duties, .. } = plain;
    duties.extend(found.iter().filter_map(|outcome| outcome.outline(book, case)));
    Outlined { duties, holds_until: view.next_fact.date() }
}

/// A last day that another obligation of its round keeps.
struct KeptDay {
    duty: usize,
    round: usize,
    due: Day,
}

impl KeptDay {
    #[inline]
    fn of(rule: &Rule, seen: &Seen<'_>, due: Option<Day>, standing: Standing) -> Option<Self> {
        if !rule.roles.kept || standing == Standing::Void {
            return None;
        }
        let due = due?;
        Some(Self { duty: usize::from(rule.number), round: seen.round, due })
    }
}

/// The outlines of what is plain in a case.
struct Outlines<'a> {
    book: &'a Rulebook,
    case: &'a Case,
    duties: Vec<Outline<'a>>,
}

/// A question put to every duty.
#[derive(Clone, Copy)]
pub(crate) struct Asking<'a> {
    pub(crate) view: &'a View<'a>,
    /// Other periods for some duties.
    pub(crate) others: &'a [Other],
}

impl<'a> Asking<'a> {
    /// What comes of every duty that a fact has started, but for those that went to `plain`.
    fn all<T: Tell>(&self, mut plain: Option<&mut Outlines<'_>>, why: &mut T) -> Vec<Outcome<'a>> {
        let (book, view) = (self.view.book, self.view);
        let room = if plain.is_some() { view.facts.len() / 2 } else { view.facts.len() * 2 };
        let mut found = Vec::with_capacity(room);
        let (mut done, mut kept) = (Vec::new(), Vec::new());
        for number in view.begun() {
            let Some((duty, rule)) = book.with_rule(number) else { continue };
            view.done_to(rule, &mut done);
            let mut plain = plain.as_deref_mut().and_then(|plain| {
                let Outlines { book, case, duties } = plain;
                Some((Plain::new(self, (book, case), number, &done)?, duties))
            });
            for (word, starts) in view.starts_of(rule) {
                for (place, seen) in view.at(word, starts) {
                    if !counts(view, rule, place, seen) {
                        continue;
                    }
                    if let Some((plain, to)) = &mut plain
                        && let Some((due, standing)) = plain.add((place, seen), to)
                    {
                        kept.extend(KeptDay::of(rule, seen, due, standing));
                        continue;
                    }
                    let mut asked = Asked::new(self, (duty, rule), (place, seen));
                    // Answers are large: each is worked out where it stands.
                    found.push(asked.blank());
                    if let Some(outcome) = found.last_mut() {
                        work_out(&mut asked, &done, outcome, why);
                        kept.extend(KeptDay::of(rule, seen, outcome.due, outcome.standing));
                    }
                }
            }
        }
        for seen in &view.ahead {
            self.foreseen(seen, (&mut found, &mut kept), why);
        }
        if !kept.is_empty() {
            keep_later_dates(book, &kept, &mut found, why);
        }
        found
    }

    /// What comes of the duties that foresee a fact.
    fn foreseen<T: Tell>(
        &self,
        seen: &'a Seen<'a>,
        (found, kept): (&mut Vec<Outcome<'a>>, &mut Vec<KeptDay>),
        why: &mut T,
    ) {
        let (place, mut before) = (self.view.facts.len(), None);
        let book = self.view.book;
        for start in book.started_by(seen.kind).iter().filter(|start| start.foreseen) {
            let Some((duty, rule)) = book.with_rule(start.duty) else { continue };
            if before == Some(start.duty) || !starts(self.view, rule, place, seen) {
                continue;
            }
            before = Some(start.duty);
            let outcome = self.one((duty, rule), (place, seen), why);
            kept.extend(KeptDay::of(rule, seen, outcome.due, outcome.standing));
            found.push(outcome);
        }
    }

    /// What comes of a duty that the fact at `place` has started.
    pub(crate) fn one<T: Tell>(
        &self,
        duty: (&'a Duty, &'a Rule),
        trigger: (usize, &'a Seen<'a>),
        why: &mut T,
    ) -> Outcome<'a> {
        let mut asked = Asked::new(self, duty, trigger);
        let (mut outcome, mut done) = (asked.blank(), Vec::new());
        self.view.done_to(asked.rule, &mut done);
        work_out(&mut asked, &done, &mut outcome, why);
        outcome
    }
}

/// Works out a duty by its form. `done` is what all facts do to it, for a deadline.
fn work_out<'a, T: Tell>(
    asked: &mut Asked<'a>,
    done: &[Done],
    outcome: &mut Outcome<'a>,
    why: &mut T,
) {
    let first = why.count();
    match asked.rule.form {
        Form::Deadline => deadline::work_out(asked, done, outcome, why),
        Form::Floor => floor::work_out(asked, outcome, why),
        Form::Right => right::work_out(asked, done, outcome, why),
        Form::Continuing => continuing::work_out(asked, outcome, why),
        Form::Ban => ban::work_out(asked, outcome, why),
    }
    outcome.lines = first..why.count();
    if T::DEPTH > Depth::Days {
        asked.opened(outcome);
    }
}

/// The places in the order of due date (none last), then duty, then trigger.
fn in_order(book: &Rulebook, found: &[Outcome<'_>]) -> Vec<usize> {
    let mut keys: Vec<(Day, u16, Day, usize)> = found
        .iter()
        .enumerate()
        .map(|(place, found)| {
            (found.due.unwrap_or(Day::NEVER), book.rank(found.duty), found.start, place)
        })
        .collect();
    let event = |place: usize| found.get(place).map(|found| found.seen.id);
    keys.sort_unstable_by(|a, b| {
        (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| event(a.3).cmp(&event(b.3)))
    });
    keys.into_iter().map(|(.., place)| place).collect()
}

/// One duty asked about one fact that started it: what every form needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) book: &'a Rulebook,
    pub(crate) view: &'a View<'a>,
    pub(crate) duty: &'a Duty,
    pub(crate) rule: &'a Rule,
    /// The rule as it stood on another day, where one of its versions applies.
    pub(crate) version: Option<&'a Version>,
    /// The fact that started it, and its place among the facts.
    pub(crate) seen: &'a Seen<'a>,
    pub(crate) place: usize,
    /// The day of the trigger as the law counts it.
    pub(crate) served: Day,
    /// The place of the first fact that can count for it, and the day from which facts can.
    pub(crate) after: usize,
    pub(crate) since: Day,
    /// The place of the first fact out of scope, and of the next fact that starts the same duty.
    pub(crate) end: usize,
    pub(crate) next: Option<usize>,
    /// Another period, where somebody asks what if.
    other: Option<&'a Other>,
}

impl<'a> Asked<'a> {
    #[inline(always)]
    fn new(
        asking: &Asking<'a>,
        (duty, rule): (&'a Duty, &'a Rule),
        (place, seen): (usize, &'a Seen<'a>),
    ) -> Self {
        let Asking { view, others } = *asking;
        let book = view.book;
        let (after, since) = if rule.foreseen.is_some() {
            (view.first_on_or_after(seen.since), seen.since)
        } else {
            (place + 1, seen.on)
        };
        let on = seen.on;
        let version = rule
            .versions
            .iter()
            .find(|version| version.decides == Decides::Trigger && version.touches(on, on));
        let (end, next) = scope(view, rule, place, seen);
        Self {
            book,
            view,
            duty,
            rule,
            version,
            seen,
            place,
            served: served(book, rule, seen),
            after,
            since,
            end,
            next,
            other: others.iter().find(|other| other.duty == duty.id),
        }
    }

    /// The same duty, asked about another fact that started it.
    pub(crate) fn about(&self, (place, seen): (usize, &'a Seen<'a>)) -> Self {
        let asking = Asking { view: self.view, others: &[] };
        Self { other: self.other, ..Self::new(&asking, (self.duty, self.rule), (place, seen)) }
    }

    /// The remedies that a fact after the trigger has opened.
    fn opened(&self, outcome: &mut Outcome<'a>) {
        for (kind, remedies) in &self.rule.opens {
            if self.view.of_one(Some(*kind), self.after, self.end).next().is_some() {
                outcome.more().opened.extend(remedies.iter().cloned());
            }
        }
    }

    /// The limit in play.
    pub(crate) fn limit(&self) -> Option<&'a Limit> {
        if let Some(other) = self.other {
            return Some(&other.limit);
        }
        match self.version {
            Some(version) if version.no_number => None,
            Some(version) => version.limit.as_ref().or(self.rule.limit.as_ref()),
            None => self.rule.limit.as_ref(),
        }
    }

    /// What moves the last day on.
    pub(crate) fn roll(&self) -> Option<Roll> {
        self.version.and_then(|version| version.roll).or(self.rule.roll)
    }

    /// The grounds that lift the number.
    pub(crate) fn lifting(&self) -> impl Iterator<Item = &'a Ground> {
        let own = self.version.and_then(|version| version.lifted_by.as_ref());
        let more = self.version.map_or(&[][..], |version| &version.also_lifted_by);
        let book = self.book;
        own.unwrap_or(&self.duty.lifted_by).iter().chain(more).filter_map(move |id| book.ground(id))
    }

    /// What comes of this duty before anything is known of it but its trigger.
    pub(crate) fn blank(&self) -> Outcome<'a> {
        let guided = self.rule.guidance_for.as_ref().is_some_and(|(field, values, _)| {
            self.seen.text(field).is_some_and(|body| values.iter().any(|value| value == body))
        });
        Outcome {
            duty: self.rule.number,
            seen: self.seen,
            start: self.seen.on,
            guided,
            due: None,
            safe: None,
            act_by: self.since,
            standing: Standing::Pending,
            opens_as: Standing::Pending,
            turns_on: Day::NEVER,
            turns_into: Standing::Overdue,
            closed_on: Day::NEVER,
            closed_as: Standing::Met,
            outgrown: false,
            done_on: None,
            done_by: None,
            days_late: None,
            excuse: None,
            keeps: None,
            more: None,
            lines: 0..0,
            added: 0..0,
        }
    }

    /// Sets the last day, its safe day and when to act on it.
    pub(crate) fn set_due(&self, outcome: &mut Outcome<'a>, due: Day) {
        outcome.set_due(self.book, self.duty, due);
    }

    /// The title of a fact's kind, as the start of a line.
    pub(crate) fn title(&self, seen: &Seen<'_>) -> &'a str {
        self.book.kinds.get(usize::from(seen.kind)).map_or("", |kind| &kind.title)
    }

    /// What a field of the trigger is, for "the record does not say".
    pub(crate) fn field_words(&self, field: &str) -> String {
        self.words_of(self.seen, field)
    }

    /// What a field of a fact is, in words.
    pub(crate) fn words_of(&self, seen: &Seen<'_>, field: &str) -> String {
        self.book
            .kinds
            .get(usize::from(seen.kind))
            .and_then(|kind| kind.field(field))
            .map_or_else(|| field.replace('-', " "), |field| field.words.clone())
    }

    /// The facts of some kinds in its scope, with their places.
    pub(crate) fn steps(
        &self,
        kinds: &'a [u16],
    ) -> impl DoubleEndedIterator<Item = (usize, &'a Seen<'a>)> {
        self.view.of(kinds, self.after, self.end)
    }

    /// Those of them that can end it, or change where it stands.
    pub(crate) fn telling(&self) -> impl Iterator<Item = &'a Seen<'a>> {
        self.steps(&self.rule.roles.telling).map(|(_, seen)| seen)
    }

    /// The day on which what was posted on the trigger's day counts as served.
    pub(crate) fn posted(&self) -> Day {
        self.book.calendar.posted(self.seen.on)
    }
}

/// The place of the first fact out of scope of what the fact at `place` started, and of the next fact
/// that starts the same duty, where that ends the scope.
#[inline]
pub(crate) fn scope(
    view: &View<'_>,
    rule: &Rule,
    place: usize,
    seen: &Seen<'_>,
) -> (usize, Option<usize>) {
    match rule.scope {
        Scope::Case => (view.facts.len(), None),
        Scope::Round => (view.round_span(seen.round).1, None),
        Scope::NextTrigger => {
            let next = next_trigger(view, rule, place);
            (next.map_or(view.facts.len(), |next| next + 1), next)
        }
    }
}

/// The day of the trigger as the law counts it: where it takes effect when served, by post the
/// second working day after it was sent (reading A11).
#[inline]
pub(crate) fn served(book: &Rulebook, rule: &Rule, seen: &Seen<'_>) -> Day {
    if rule.from_service && matches!(seen.text("how"), Some("post") | None) {
        book.calendar.posted(seen.on)
    } else {
        seen.on
    }
}

/// The place of the next fact that starts the same duty.
fn next_trigger(view: &View<'_>, rule: &Rule, place: usize) -> Option<usize> {
    if rule.shown.is_none() {
        return view.first_start(rule, place + 1);
    }
    view.starting(rule, place + 1, view.facts.len())
        .find(|(place, seen)| is_shown(view, rule, *place, seen))
        .map(|(place, _)| place)
}

/// Whether a step that only shows what starts the duty does show it.
fn is_shown(view: &View<'_>, rule: &Rule, place: usize, seen: &Seen<'_>) -> bool {
    let Some(shown) = rule.shown.as_ref().filter(|shown| seen.is_in(&shown.by)) else {
        return true;
    };
    let tells = |earlier: &&Seen<'_>| !earlier.is_in(&shown.by) || could_start(rule, earlier);
    let before = view.facts.get(..place).unwrap_or(&[]).iter().rev().filter(tells);
    shown.there(before.map(|earlier| earlier.kind))
}

/// Whether a fact like this one starts the duty on the days on which it is in force.
#[inline]
pub(crate) fn could_start(rule: &Rule, seen: &Seen<'_>) -> bool {
    seen.is_in(&rule.start_kinds)
        && rule.starts.iter().any(|start| seen.matches(start))
        && !rule.except.iter().any(|filter| seen.passes(filter))
        && rule.reaching.as_ref().is_none_or(|party| seen.reached(party))
        && !rule.shown.as_ref().is_some_and(|shown| shown.excepts(seen))
}

/// Whether the fact at `place` starts the duty, and is not one start too many.
pub(crate) fn starts(view: &View<'_>, rule: &Rule, place: usize, seen: &Seen<'_>) -> bool {
    let can_start = if seen.ahead {
        let mut ways = rule.roles.starts.iter().filter(|start| start.kind == seen.kind);
        ways.any(|start| start.by(seen, view.book))
    } else {
        view.starts(rule, place)
    };
    can_start && counts(view, rule, place, seen)
}

/// Whether a fact that can start the duty is not one start too many.
#[inline]
pub(crate) fn counts(view: &View<'_>, rule: &Rule, place: usize, seen: &Seen<'_>) -> bool {
    let each = rule.instance == Instance::Each && !rule.outside_round && rule.shown.is_none();
    (each && !rule.of_school_age) || is_one(view, rule, place, seen)
}

fn is_one(view: &View<'_>, rule: &Rule, place: usize, seen: &Seen<'_>) -> bool {
    if !is_shown(view, rule, place, seen) {
        return false;
    }
    if view.school_ages(rule).is_some_and(|(first, after)| seen.on < first || seen.on >= after) {
        return false;
    }
    if rule.outside_round {
        let at = if rule.foreseen.is_some() { view.first_on_or_after(seen.since) } else { place };
        if view.open_before(at) {
            return false;
        }
    }
    match rule.instance {
        Instance::Each => true,
        Instance::RoundOpening => seen.round > 0 && view.round_span(seen.round).0 == place,
        Instance::FirstInRound => !view.starts_between(rule, view.round_span(seen.round).0, place),
        Instance::UntilEnded => {
            seen.is_any(&rule.ended_by)
                || view.starting(rule, 0, place).next_back().is_none_or(|(last, _)| {
                    let between = view.facts.get(last + 1..place).unwrap_or(&[]);
                    between.iter().any(|fact| fact.is_any(&rule.ended_by))
                })
        }
    }
}

/// Gives an obligation that has no number the working day that keeps a later number of its round.
fn keep_later_dates<T: Tell>(
    book: &Rulebook,
    kept_days: &[KeptDay],
    found: &mut [Outcome<'_>],
    why: &mut T,
) {
    for keeper in found {
        let Some((duty, rule)) = book.with_rule(keeper.duty) else { continue };
        let Some((kept, days)) = rule.keeps else { continue };
        let round = keeper.seen.round;
        let mut of_round = kept_days.iter().filter(|day| day.duty == kept && day.round == round);
        let Some(&KeptDay { due, .. }) = of_round.next() else { continue };
        let Some(title) = book.duties.get(kept).map(|kept| &kept.title) else { continue };
        let day = due.plus(-days);
        let safe = book.calendar.working_day_before(day);
        let first = why.count();
        why.day(day, |to| {
            put!(to, "Our own working day, not the law's: the last day that leaves ", days);
            put!(to, " days before ", words(due), " (", title, ") is ", words(day));
            put!(to, "; the last working day on or before it is ", words(safe), ".");
        });
        keeper.act_by = safe.plus(-duty.lead_days);
        keeper.keeps = Some(Kept { day, safe, duty: kept, due });
        keeper.added = first..why.count();
    }
}

/// Adds a reading that gives another day.
pub(crate) fn other(outcome: &mut Outcome<'_>, reading: &Word, due: Day) {
    if outcome.due != Some(due) {
        let due = Some(due.date());
        outcome.more().other_readings.push(OtherReading { reading: reading.clone(), due });
    }
}
