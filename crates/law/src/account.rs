//! One obligation accounted for from the same answer that families and officers read: for a lawyer,
//! each step of the arithmetic and what was counted; for an officer, what is missing and what would
//! change it. Facts and figures alone; the sentences are the pages'.

use jiff::civil::Date;

use crate::answer::{ExcuseState, Obligation, Standing};
use crate::day::{Day, add_days};
use crate::limit::{Anchor, Counting, End, Unit};
use crate::rule::Version;
use crate::rulebook::{Duty, Rulebook};

/// The account of one obligation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// How the day that the period is counted from is treated; none where there is more than one
    /// period, or none that is a plain count from the trigger.
    pub first_day: Option<FirstDay>,
    /// Calendar days from the trigger's day to the last day; negative where it is counted back.
    pub length: Option<i32>,
    /// Day one and the last day, where every calendar day from the trigger on counts, and nothing else
    /// decides.
    pub counted: Option<(Date, Date)>,
    /// Whether weekends and bank holidays count; none where periods of both kinds are compared.
    pub every_day_counts: Option<bool>,
    /// Bank holidays after the first day, up to the last.
    pub bank_holidays: Vec<Date>,
    /// Whether one of their years is computed by rule, because it was not published yet.
    pub computed: bool,
    /// Whether the last day is no working day.
    pub ends_on_rest: bool,
    /// Its readings, in the order of the duty.
    pub readings: Vec<Read>,
    /// What could still change where it stands.
    pub changes: Changes,
}

/// How the day that a period is counted from is treated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FirstDay {
    /// "Within": it is not counted.
    NotCounted,
    /// "Beginning with": it is day one.
    DayOne,
    /// "At least before": counted back from it.
    CountedBack,
}

/// A reading of the duty's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Read {
    /// Its number.
    pub id: String,
    /// The point.
    pub point: String,
    /// The reading that decides.
    pub default: String,
    /// The other.
    pub other: String,
    /// The last day under the other, where it gives another one.
    pub due: Option<Date>,
}

/// What could change where an obligation stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// Facts without which it is unclear.
    pub missing: Vec<String>,
    /// Whether somebody still has to act.
    pub open: bool,
    /// The day on which it turns, if that is still to come.
    pub turns_on: Option<Date>,
    /// Grounds that could lift its number: id, name and citation. Empty where it has no number, is
    /// over, or one is relied on.
    pub grounds: Vec<(String, String, String)>,
    /// A ground whose circumstance is there and that nobody has relied on; or one that was relied
    /// on and whose conditions fail.
    pub excuse: Option<(ExcuseState, String)>,
}

/// Accounts for an obligation on a day.
#[must_use]
pub fn account(book: &Rulebook, obligation: &Obligation, today: Date) -> Account {
    let duty = book.duty(&obligation.duty);
    let from = obligation.trigger.on;
    let first_day = duty.and_then(first_day);
    let every_day_counts = duty.and_then(every_day_counts);
    let plain = first_day.is_some() && every_day_counts == Some(true) && duty.is_some_and(is_one);
    let counted = match (first_day, obligation.due) {
        (Some(FirstDay::NotCounted), Some(due)) if plain => Some((add_days(from, 1), due)),
        (Some(FirstDay::DayOne), Some(due)) if plain => Some((from, due)),
        _ => None,
    };
    let bank_holidays = obligation.due.map_or_else(Vec::new, |due| {
        let (first, last) = (from.min(due), from.max(due));
        let days = (1..=Day::from(first).until(last.into())).map(|at| add_days(first, at));
        days.filter(|day| book.calendar().is_bank_holiday(*day)).collect()
    });
    Account {
        first_day,
        length: obligation.due.map(|due| Day::from(from).until(due.into())),
        counted,
        every_day_counts,
        computed: bank_holidays.iter().any(|day| book.calendar().is_computed(*day)),
        bank_holidays,
        ends_on_rest: obligation.due.is_some_and(|due| !book.calendar().is_working_day(due)),
        readings: duty.map(|duty| readings(book, duty, obligation)).unwrap_or_default(),
        changes: changes(book, duty, obligation, today),
    }
}

/// Whether its period alone gives the last day: nothing moves that day on, and the period was never another.
fn is_one(duty: &Duty) -> bool {
    duty.rule.as_ref().is_some_and(|rule| {
        let same = |version: &Version| {
            version.limit.is_none() && version.roll.is_none() && !version.no_number
        };
        rule.roll.is_none() && rule.versions.iter().all(same)
    })
}

/// The one period of a duty, where it is a count from the trigger's own day.
fn first_day(duty: &Duty) -> Option<FirstDay> {
    let [period] = duty.rule.as_ref()?.limit.as_ref()?.of.as_slice() else { return None };
    match (&period.end, &period.from) {
        (End::Count { counting, .. }, Anchor::Trigger) => Some(match counting {
            Counting::Excluded => FirstDay::NotCounted,
            Counting::Included => FirstDay::DayOne,
            Counting::AtLeastBefore => FirstDay::CountedBack,
        }),
        _ => None,
    }
}

/// Whether weekends and holidays count in all of its periods, or in none.
fn every_day_counts(duty: &Duty) -> Option<bool> {
    let limit = duty.rule.as_ref()?.limit.as_ref()?;
    let mut all = limit.of.iter().map(|period| match period.end {
        End::Count { unit, .. } => {
            matches!(unit, Unit::Days | Unit::Weeks | Unit::Months | Unit::Years)
        }
        End::ThatDay | End::DayBefore | End::Fixed { .. } => true,
    });
    let first = all.next()?;
    all.all(|one| one == first).then_some(first)
}

fn readings(book: &Rulebook, duty: &Duty, obligation: &Obligation) -> Vec<Read> {
    let others = obligation.other_readings.iter();
    let beside = others.clone().map(|other| &*other.reading);
    let mut ids: Vec<&str> = duty.readings.iter().map(String::as_str).collect();
    for id in beside {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    ids.into_iter()
        .filter_map(|id| book.reading(id))
        .map(|reading| Read {
            id: reading.id.clone(),
            point: reading.point.clone(),
            default: reading.default.clone(),
            other: reading.other.clone(),
            due: others
                .clone()
                .find(|other| &*other.reading == reading.id.as_str())
                .and_then(|other| other.due),
        })
        .collect()
}

fn changes(book: &Rulebook, duty: Option<&Duty>, obligation: &Obligation, today: Date) -> Changes {
    let open = obligation.standing.is_live();
    let relied_on = obligation.standing == Standing::Excused;
    let grounds = duty.filter(|_| open && !relied_on && obligation.due.is_some());
    let ground = |id: &String| {
        book.ground(id).map(|ground| (id.clone(), ground.title.clone(), ground.cite.clone()))
    };
    Changes {
        missing: obligation.missing.clone(),
        open,
        turns_on: Some(obligation.turns_on)
            .filter(|turns| open && *turns > today && *turns < crate::NEVER),
        grounds: grounds
            .map(|duty| duty.lifted_by.iter().filter_map(ground).collect())
            .unwrap_or_default(),
        excuse: obligation.excuse.as_ref().and_then(|excuse| {
            let ground = book.ground(&excuse.ground)?;
            Some((excuse.state, ground.title.clone()))
        }),
    }
}
