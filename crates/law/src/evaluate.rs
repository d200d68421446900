//! From the facts of one case to its obligations. Each duty finds its triggers; each trigger gives
//! one obligation, whose days of change are worked out once and for all: standing follows from them.

use jiff::civil::Date;

use crate::NEVER;
use crate::answer::{Keeps, Obligation, OtherReading, Standing, Step, Timeline, TriggeredBy};
use crate::day::{add_days, words};
use crate::fact::{Case, Question};
use crate::forms;
use crate::rule::{Form, Instance};
use crate::rulebook::{Duty, Rulebook};
use crate::view::{Seen, View};

/// Everything the rulebook says about a case on a day.
#[must_use]
pub fn evaluate(book: &Rulebook, case: &Case, question: Question) -> Timeline {
    let view = View::new(book, case, question);
    let mut found: Vec<(usize, Obligation)> = Vec::new();
    for duty in &book.duties {
        let asked = Asked { book, case, question, view: &view, duty };
        for trigger in triggers(&view, duty) {
            let Some(seen) = view.facts.get(trigger) else { continue };
            let obligation = match duty.rule.form {
                Form::Deadline => forms::deadline(&asked, trigger, seen),
                Form::Floor => forms::floor(&asked, trigger, seen),
                Form::Right => forms::right(&asked, trigger, seen),
                Form::Continuing => forms::continuing(&asked, trigger, seen),
            };
            found.push((seen.round, obligation));
        }
    }
    keep_later_dates(book, &mut found, question.explain);
    let mut obligations: Vec<Obligation> = found.into_iter().map(|(_, found)| found).collect();
    obligations.sort_by(|a, b| order(a).cmp(&order(b)));
    Timeline {
        as_at: question.as_at,
        known_at: question.known_at,
        obligations,
        holds_until: view.next_fact,
    }
}

fn order(obligation: &Obligation) -> (Date, &str, Date, &str) {
    (
        obligation.due.unwrap_or(NEVER),
        &obligation.duty,
        obligation.trigger.on,
        &obligation.trigger.event,
    )
}

/// What every form needs to know.
pub(crate) struct Asked<'a> {
    pub(crate) book: &'a Rulebook,
    pub(crate) case: &'a Case,
    pub(crate) question: Question,
    pub(crate) view: &'a View<'a>,
    pub(crate) duty: &'a Duty,
}

impl<'a> Asked<'a> {
    /// An obligation of this duty before anything is known of it but its trigger.
    pub(crate) fn blank(&self, seen: &Seen<'_>) -> Obligation {
        let body = ["from", "to", "with"].iter().find_map(|field| seen.text(field));
        let guided = self.duty.rule.guidance_for.as_ref().is_some_and(|(field, values, _)| {
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
            act_by: seen.fact.on,
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

    /// The title of the trigger's kind, as the start of a line.
    pub(crate) fn title(&self, seen: &Seen<'_>) -> &'a str {
        self.book.kinds.get(usize::from(seen.kind)).map_or("", |kind| &kind.title)
    }

    /// How far after the trigger to look: the place of the first fact out of scope.
    pub(crate) fn scope_end(&self, trigger: usize, seen: &Seen<'_>) -> usize {
        use crate::rule::Scope;
        match self.duty.rule.scope {
            Scope::Case => self.view.facts.len(),
            Scope::Round => self.view.round_span(seen.round).1,
            Scope::NextTrigger => {
                self.next_trigger(trigger).map_or(self.view.facts.len(), |next| next + 1)
            }
        }
    }

    /// The place of the next fact that starts this duty.
    pub(crate) fn next_trigger(&self, trigger: usize) -> Option<usize> {
        self.view
            .span(trigger + 1, self.view.facts.len())
            .find(|(_, seen)| can_start(self.duty, seen))
            .map(|(index, _)| index)
    }
}

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

fn can_start(duty: &Duty, seen: &Seen<'_>) -> bool {
    let rule = &duty.rule;
    seen.is_in(rule.start_kinds)
        && rule.starts.iter().any(|start| seen.matches(start))
        && !rule.except.iter().any(|filter| seen.passes(filter))
        && rule.reaching.as_ref().is_none_or(|party| seen.reached(party))
        && duty
            .in_force
            .iter()
            .any(|span| span.from <= seen.fact.on && span.to.is_none_or(|to| seen.fact.on < to))
}

/// The places of the facts that start a duty.
fn triggers(view: &View<'_>, duty: &Duty) -> Vec<usize> {
    let mut found = Vec::new();
    let mut last_round = None;
    let mut bound = false;
    for (index, seen) in view.facts.iter().enumerate() {
        if seen.is_in(duty.rule.ended_by) {
            bound = false;
        }
        if !can_start(duty, seen) {
            continue;
        }
        let starts = match duty.rule.instance {
            Instance::RoundOpening => seen.round > 0 && view.round_span(seen.round).0 == index,
            Instance::FirstInRound => last_round != Some(seen.round),
            Instance::Each => true,
            Instance::UntilEnded => !bound,
        };
        if starts {
            (last_round, bound) = (Some(seen.round), true);
            found.push(index);
        }
    }
    found
}

/// Gives an obligation that has no number the working day that keeps a later number of its round.
fn keep_later_dates(book: &Rulebook, found: &mut [(usize, Obligation)], explain: bool) {
    for index in 0..found.len() {
        let Some((round, obligation)) = found.get(index) else { continue };
        let Some(duty) = book.duty(&obligation.duty) else { continue };
        let Some((kept, days)) = duty.rule.keeps else { continue };
        let Some(kept) = book.duties.get(kept) else { continue };
        let Some(due) = found.iter().find_map(|(other_round, other)| {
            let same = other_round == round && other.duty == kept.id;
            if same && other.standing != Standing::Void { other.due } else { None }
        }) else {
            continue;
        };
        let day = add_days(due, -days);
        let safe = book.calendar.last_working_day_on_or_before(day);
        let Some((_, obligation)) = found.get_mut(index) else { continue };
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
