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
use crate::rulebook::{Duty, EventKind, Ground, Rulebook};
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
    let mut found: Vec<Found> = Vec::with_capacity(view.facts.len() * 2);
    let places =
        view.facts.iter().enumerate().chain(view.ahead.iter().map(|seen| (view.facts.len(), seen)));
    for (place, seen) in places {
        for number in book.started_by(seen.kind) {
            let Some((duty, rule)) = book.with_rule(*number) else { continue };
            if (seen.ahead && rule.foreseen.is_none()) || !starts(&view, duty, rule, place, seen) {
                continue;
            }
            let Some(mut asked) = Asked::new(book, case, question, &view, duty, rule, place, seen)
            else {
                continue;
            };
            asked.other = others.iter().find(|other| other.duty == duty.id);
            let obligation = match rule.form {
                Form::Deadline => deadline::work_out(asked),
                Form::Floor => floor::work_out(&asked),
                Form::Right => right::work_out(&asked),
                Form::Continuing => continuing::work_out(&asked),
                Form::Ban => ban::work_out(&asked),
            };
            let obligation = with_remedies(&asked, obligation);
            found.push(Found { duty: *number, round: seen.round, obligation });
        }
    }
    keep_later_dates(book, &mut found, question.explain);
    Timeline {
        as_at: question.as_at,
        known_at: question.known_at,
        obligations: in_order(book, found),
        holds_until: view.next_fact,
    }
}

/// Adds the remedies that a fact after the trigger has opened.
fn with_remedies(asked: &Asked<'_>, mut obligation: Obligation) -> Obligation {
    for (kind, remedies) in &asked.rule.opens {
        if asked.view.of(&[*kind], asked.after, asked.end).next().is_some() {
            obligation.opened.extend(remedies.iter().cloned());
        }
    }
    obligation
}

/// One obligation, with the number of its duty and the round it belongs to.
struct Found {
    duty: u16,
    round: usize,
    obligation: Obligation,
}

/// By due date (none last), then duty, then trigger. Answers are large, so their places are sorted
/// and each is moved once.
fn in_order(book: &Rulebook, found: Vec<Found>) -> Vec<Obligation> {
    let mut keys: Vec<(Date, u16, Date, usize)> = found
        .iter()
        .enumerate()
        .map(|(place, found)| {
            let obligation = &found.obligation;
            let due = obligation.due.unwrap_or(NEVER);
            (due, book.rank(found.duty), obligation.trigger.on, place)
        })
        .collect();
    let event = |place: usize| found.get(place).map(|found| &found.obligation.trigger.event);
    keys.sort_unstable_by(|a, b| {
        (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| event(a.3).cmp(&event(b.3)))
    });
    let mut left: Vec<Option<Obligation>> =
        found.into_iter().map(|found| Some(found.obligation)).collect();
    keys.into_iter().filter_map(|(.., place)| left.get_mut(place).and_then(Option::take)).collect()
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
    kind: &'a EventKind,
    pub(crate) place: usize,
    /// The place of the first fact that can count for it, and the day from which facts can.
    pub(crate) after: usize,
    pub(crate) since: Date,
    /// The place of the first fact out of scope, and of the next fact that starts the same duty.
    pub(crate) end: usize,
    pub(crate) next: Option<usize>,
    /// Another period, where somebody asks what if.
    other: Option<&'a Other>,
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
    ) -> Option<Self> {
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
        let next = (rule.scope == Scope::NextTrigger || rule.form == Form::Right)
            .then(|| next_trigger(view, duty, rule, place))
            .flatten();
        let end = match rule.scope {
            Scope::Case => view.facts.len(),
            Scope::Round => view.round_span(seen.round).1,
            Scope::NextTrigger => next.map_or(view.facts.len(), |next| next + 1),
        };
        Some(Self {
            kind: book.kinds.get(usize::from(seen.kind))?,
            book,
            case,
            question,
            view,
            duty,
            rule,
            version,
            seen,
            place,
            after,
            since,
            end,
            next,
            other: None,
        })
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

    /// An obligation of this duty before anything is known of it but its trigger.
    pub(crate) fn blank(&self) -> Obligation {
        let (seen, kind) = (self.seen, self.kind);
        let body = kind.body_field.and_then(|field| seen.text(field));
        let adviser = if kind.has_adviser { seen.text("adviser") } else { None };
        let guided = self.rule.guidance_for.as_ref().is_some_and(|(field, values, _)| {
            seen.text(field).is_some_and(|body| values.iter().any(|value| value == body))
        });
        Obligation {
            duty: self.duty.word.clone(),
            trigger: TriggeredBy {
                event: seen.fact.id.clone(),
                kind: kind.word.clone(),
                on: seen.fact.on,
                body: body.map(str::to_owned),
                adviser: adviser.map(str::to_owned),
            },
            force: if guided { self.book.guidance.clone() } else { self.duty.force_word.clone() },
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
            opened: Vec::new(),
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

    /// The facts in which to look for what ends the duty, of whatever kind.
    pub(crate) fn steps(&self) -> impl Iterator<Item = &'a Seen<'a>> {
        self.view.between(self.after, self.end)
    }

    /// Those of them that can end it, or change where it stands.
    pub(crate) fn telling(&self) -> impl Iterator<Item = &'a Seen<'a>> {
        self.view.of(&self.rule.interest, self.after, self.end).map(|(_, seen)| seen)
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

/// The place of the next fact that starts the same duty.
fn next_trigger(view: &View<'_>, duty: &Duty, rule: &Rule, place: usize) -> Option<usize> {
    view.of(&rule.start_list, place + 1, view.facts.len())
        .find(|(_, seen)| can_start(duty, rule, seen))
        .map(|(place, _)| place)
}

/// How long after sending something counts as served by post.
const POST_WORKING_DAYS: u32 = 2;

/// About how many lines an explanation has.
const LINES: usize = 8;

/// Lines of an explanation, built only when they were asked for.
pub(crate) struct Why {
    on: bool,
    pub(crate) steps: Vec<Step>,
}

impl Why {
    pub(crate) const fn is_wanted(&self) -> bool {
        self.on
    }

    fn push(&mut self, on: Option<Date>, text: String) {
        if self.steps.capacity() == 0 {
            self.steps.reserve_exact(LINES);
        }
        self.steps.push(Step { on, text });
    }

    pub(crate) fn line(&mut self, text: impl FnOnce() -> String) {
        if self.on {
            self.push(None, text());
        }
    }

    pub(crate) fn day(&mut self, on: Date, text: impl FnOnce() -> String) {
        if self.on {
            self.push(Some(on), text());
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
    if rule.outside_round {
        let at = if rule.foreseen.is_some() { view.first_on_or_after(seen.since) } else { place };
        if view.open_before(at) {
            return false;
        }
    }
    match rule.instance {
        Instance::Each => true,
        Instance::RoundOpening => seen.round > 0 && view.round_span(seen.round).0 == place,
        Instance::FirstInRound => !view
            .of(&rule.start_list, view.round_span(seen.round).0, place)
            .any(|(_, earlier)| can_start(duty, rule, earlier)),
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
        obligation.keeps = Some(Keeps { day, safe, duty: kept.word.clone(), due });
        if explain {
            obligation.why.push(Step {
                on: Some(day),
                text: said!(
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
pub(crate) fn other(obligation: &mut Obligation, reading: &Word, due: Date) {
    if obligation.due != Some(due) {
        obligation.other_readings.push(OtherReading { reading: reading.clone(), due: Some(due) });
    }
}
