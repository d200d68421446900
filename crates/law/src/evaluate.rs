//! From the facts of one case to its obligations. Each fact finds the duties that it can start;
//! each such start gives one obligation, whose days of change are worked out once and for all:
//! standing follows from them.

use jiff::civil::Date;

use crate::NEVER;
use crate::answer::{Keeps, Obligation, OtherReading, Standing, Step, Timeline, TriggeredBy};
use crate::day::{add_days, words};
use crate::fact::{Case, Question};
use crate::forms::{ban, continuing, deadline, floor, right};
use crate::limit::Limit;
use crate::rule::{Decides, Form, Instance, Roll, Rule, Scope, Version};
use crate::rulebook::{Duty, Ground, Rulebook};
use crate::view::{Seen, View};

/// Everything the rulebook says about a case on a day.
#[must_use]
pub fn evaluate(book: &Rulebook, case: &Case, question: Question) -> Timeline {
    let view = View::new(book, case, question);
    let mut found: Vec<Found> = Vec::new();
    let places =
        view.facts.iter().enumerate().chain(view.ahead.iter().map(|seen| (view.facts.len(), seen)));
    for (place, seen) in places {
        for number in book.started_by(seen.kind) {
            let Some((duty, rule)) = book.with_rule(*number) else { continue };
            if (seen.ahead && rule.foreseen.is_none()) || !starts(&view, duty, rule, place, seen) {
                continue;
            }
            let asked = Asked::new(book, case, question, &view, duty, rule, place, seen);
            let obligation = match rule.form {
                Form::Deadline => deadline::work_out(asked),
                Form::Floor => floor::work_out(&asked),
                Form::Right => right::work_out(&asked),
                Form::Continuing => continuing::work_out(&asked),
                Form::Ban => ban::work_out(&asked),
            };
            found.push(Found { duty: *number, round: seen.round, obligation });
        }
    }
    keep_later_dates(book, &mut found, question.explain);
    let mut obligations: Vec<Obligation> =
        found.into_iter().map(|found| found.obligation).collect();
    obligations.sort_by(|a, b| order(a).cmp(&order(b)));
    Timeline {
        as_at: question.as_at,
        known_at: question.known_at,
        obligations,
        holds_until: view.next_fact,
    }
}

/// One obligation, with the number of its duty and the round it belongs to.
struct Found {
    duty: u16,
    round: usize,
    obligation: Obligation,
}

fn order(obligation: &Obligation) -> (Date, &str, Date, &str) {
    (
        obligation.due.unwrap_or(NEVER),
        &obligation.duty,
        obligation.trigger.on,
        &obligation.trigger.event,
    )
}

/// One duty asked about one fact that started it: what every form needs to know.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) book: &'a Rulebook,
    pub(crate) case: &'a Case,
    pub(crate) question: Question,
    pub(crate) view: &'a View<'a>,
    pub(crate) duty: &'a Duty,
    pub(crate) rule: &'a Rule,
    /// The rule as it stood on another day, where one of its versions applies.
    pub(crate) version: Option<&'a Version>,
    /// The fact that started it, and its place among the facts.
    pub(crate) seen: &'a Seen<'a>,
    pub(crate) place: usize,
    /// The place of the first fact that can count for it, and the day from which facts can.
    pub(crate) after: usize,
    pub(crate) since: Date,
}

impl<'a> Asked<'a> {
    #[allow(clippy::too_many_arguments, reason = "what one question is made of, put together once")]
    fn new(
        book: &'a Rulebook,
        case: &'a Case,
        question: Question,
        view: &'a View<'a>,
        duty: &'a Duty,
        rule: &'a Rule,
        place: usize,
        seen: &'a Seen<'a>,
    ) -> Self {
        let (after, since) = if rule.foreseen.is_some() {
            (view.first_on_or_after(seen.since), seen.since)
        } else {
            (place + 1, seen.fact.on)
        };
        let on = seen.fact.on;
        let version = rule
            .versions
            .iter()
            .find(|version| version.decides == Decides::Trigger && version.touches(on, on));
        Self { book, case, question, view, duty, rule, version, seen, place, after, since }
    }

    /// The limit in play.
    pub(crate) fn limit(&self) -> Option<&'a Limit> {
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

    /// An obligation of this duty before anything is known of it but its trigger.
    pub(crate) fn blank(&self) -> Obligation {
        let seen = self.seen;
        let body = ["from", "to", "with"].iter().find_map(|field| seen.text(field));
        let guided = self.rule.guidance_for.as_ref().is_some_and(|(field, values, _)| {
            seen.text(field).is_some_and(|body| values.iter().any(|value| value == body))
        });
        Obligation {
            duty: self.duty.id.clone(),
            trigger: TriggeredBy {
                event: seen.fact.id.clone(),
                kind: seen.fact.kind.clone(),
                on: seen.fact.on,
                body: body.map(str::to_owned),
                adviser: seen.text("adviser").map(str::to_owned),
            },
            force: if guided { "guidance".to_owned() } else { self.duty.force.clone() },
            due: None,
            due_safe: None,
            other_readings: Vec::new(),
            standing: Standing::Pending,
            opens_as: Standing::Pending,
            turns_on: NEVER,
            turns_into: Standing::Overdue,
            closed_on: NEVER,
            closed_as: Standing::Met,
            done_on: None,
            days_late: None,
            excuse: None,
            act_by: self.since,
            keeps: None,
            missing: Vec::new(),
            why: Vec::new(),
        }
    }

    pub(crate) const fn why(&self) -> Why {
        Why { on: self.question.explain, steps: Vec::new() }
    }

    /// Sets the last day, its safe day and when to act on it.
    pub(crate) fn set_due(&self, obligation: &mut Obligation, due: Date) {
        let safe = self.book.calendar.last_working_day_on_or_before(due);
        obligation.due = Some(due);
        obligation.due_safe = Some(safe);
        obligation.act_by = add_days(safe, -self.duty.lead_days);
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

    /// The facts in which to look for what ends the duty.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &'a Seen<'a>> {
        self.view.between(self.after, self.scope_end())
    }

    /// How far after the trigger to look: the place of the first fact out of scope.
    pub(crate) fn scope_end(&self) -> usize {
        match self.rule.scope {
            Scope::Case => self.view.facts.len(),
            Scope::Round => self.view.round_span(self.seen.round).1,
            Scope::NextTrigger => {
                self.next_trigger().map_or(self.view.facts.len(), |next| next + 1)
            }
        }
    }

    /// The place of the next fact that starts this duty.
    pub(crate) fn next_trigger(&self) -> Option<usize> {
        self.view
            .span(self.place + 1, self.view.facts.len())
            .find(|(_, seen)| can_start(self.duty, self.rule, seen))
            .map(|(index, _)| index)
    }

    /// The day of the trigger as the law counts it: where it takes effect when served, by post the
    /// second working day after it was sent (reading A11).
    pub(crate) fn served(&self) -> Date {
        match self.seen.text("how") {
            Some("post") if self.rule.from_service => self.posted(),
            None if self.rule.from_service => self.posted(),
            _ => self.seen.fact.on,
        }
    }

    /// The day on which what was posted on the trigger's day counts as served.
    pub(crate) fn posted(&self) -> Date {
        self.book.calendar.add_working_days(self.seen.fact.on, POST_WORKING_DAYS)
    }
}

/// How long after sending something counts as served by post.
const POST_WORKING_DAYS: u32 = 2;

/// Lines of an explanation, built only when they were asked for.
pub(crate) struct Why {
    on: bool,
    pub(crate) steps: Vec<Step>,
}

impl Why {
    pub(crate) fn line(&mut self, text: impl FnOnce() -> String) {
        if self.on {
            self.steps.push(Step { on: None, text: text() });
        }
    }

    pub(crate) fn day(&mut self, on: Date, text: impl FnOnce() -> String) {
        if self.on {
            self.steps.push(Step { on: Some(on), text: text() });
        }
    }
}

fn can_start(duty: &Duty, rule: &Rule, seen: &Seen<'_>) -> bool {
    seen.is_in(&rule.start_kinds)
        && rule.starts.iter().any(|start| seen.matches(start))
        && !rule.except.iter().any(|filter| seen.passes(filter))
        && rule.reaching.as_ref().is_none_or(|party| seen.reached(party))
        && duty.binds_on(seen.fact.on)
}

/// Whether the fact at `place` starts the duty, and is not one start too many.
fn starts(view: &View<'_>, duty: &Duty, rule: &Rule, place: usize, seen: &Seen<'_>) -> bool {
    if !can_start(duty, rule, seen) {
        return false;
    }
    match rule.instance {
        Instance::Each => true,
        Instance::RoundOpening => seen.round > 0 && view.round_span(seen.round).0 == place,
        Instance::FirstInRound => !view
            .between(view.round_span(seen.round).0, place)
            .any(|earlier| can_start(duty, rule, earlier)),
        Instance::UntilEnded => {
            if seen.is_any(&rule.ended_by) {
                return true;
            }
            let earlier = view.facts.get(..place).unwrap_or(&[]).iter().rev();
            for fact in earlier {
                if can_start(duty, rule, fact) {
                    return false;
                }
                if fact.is_any(&rule.ended_by) {
                    break;
                }
            }
            true
        }
    }
}

/// Gives an obligation that has no number the working day that keeps a later number of its round.
fn keep_later_dates(book: &Rulebook, found: &mut [Found], explain: bool) {
    for index in 0..found.len() {
        let Some(Found { duty, round, .. }) = found.get(index) else { continue };
        let Some((duty, rule)) = book.with_rule(*duty) else { continue };
        let Some((kept, days)) = rule.keeps else { continue };
        let Some(due) = found.iter().find_map(|other| {
            let same = other.round == *round && usize::from(other.duty) == kept;
            if same && other.obligation.standing != Standing::Void {
                other.obligation.due
            } else {
                None
            }
        }) else {
            continue;
        };
        let Some(kept) = book.duties.get(kept) else { continue };
        let day = add_days(due, -days);
        let safe = book.calendar.last_working_day_on_or_before(day);
        let Some(Found { obligation, .. }) = found.get_mut(index) else { continue };
        obligation.act_by = add_days(safe, -duty.lead_days);
        obligation.keeps = Some(Keeps { day, safe, duty: kept.id.clone(), due });
        if explain {
            obligation.why.push(Step {
                on: Some(day),
                text: format!(
                    "Our own working day, not the law's: the last day that leaves {days} days \
                    before {} ({}) is {}; the last working day on or before it is {}.",
                    words(due),
                    kept.title,
                    words(day),
                    words(safe)
                ),
            });
        }
    }
}

/// Adds a reading that gives another day.
pub(crate) fn other(obligation: &mut Obligation, reading: &str, due: Date) {
    if obligation.due != Some(due) {
        obligation
            .other_readings
            .push(OtherReading { reading: reading.to_owned(), due: Some(due) });
    }
}
