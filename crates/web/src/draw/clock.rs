//! A duty with its clock, and the sum behind its date.

use sendero_app::house::law::{Obligation, Rulebook, Standing as Law, Voice, account, say};
use sendero_app::house::record::{Event, Record};

use crate::view::clock::{Drawn, Rest, days};
use crate::view::parts::{Clock, Pill, Reason, Standing, State, SumRow, Turn, Why};
use crate::words;

/// The heading of a duty for families: "Final plan", "Advice: speech and language therapist".
pub(crate) fn heading_of(rulebook: &Rulebook, law: &Obligation) -> String {
    let name = words::duty("duty", rulebook, &law.duty);
    match (&law.trigger.adviser, &law.trigger.body) {
        (Some(adviser), _) => format!("{name}: {adviser}"),
        (None, Some(body)) => format!("{name}: {}", words::word("body", body)),
        (None, None) => name,
    }
}

/// The card of one obligation. `area` is how the authority is named.
pub(crate) fn clock_of(
    rulebook: &Rulebook,
    record: &Record,
    law: &Obligation,
    today: jiff::civil::Date,
    area: &str,
    open: bool,
) -> Clock {
    let standing = standing_of(law, today);
    Clock {
        heading: heading_of(rulebook, law),
        turn: turn_of(rulebook, law, area),
        more: more_of(rulebook, record, law),
        reason: reason_of(record, law, area),
        why: Some(short_why_of(rulebook, record, law, today, open)),
        standing,
    }
}

/// What stands beside the date: how much advice is in, or what the law says where there is no date
/// or a number was lifted. Elsewhere the card has said it all.
fn more_of(rulebook: &Rulebook, record: &Record, law: &Obligation) -> Option<String> {
    if law.duty == "as-advice-6w" {
        let asked = record.advice();
        let received = asked.iter().filter(|advice| advice.answer.is_some()).count();
        let is = if received == 1 { "is" } else { "are" };
        return (asked.len() > 1)
            .then(|| format!("{received} of {} pieces of advice {is} in.", asked.len()));
    }
    let says = law.due.is_none() || law.standing == Law::Excused;
    says.then(|| say(rulebook, law, Voice::Parent)).filter(|said| !said.is_empty())
}

fn standing_of(law: &Obligation, today: jiff::civil::Date) -> Standing {
    let by = law.done_by.is_some();
    match (law.standing, law.due, law.done_on.or(law.done_by)) {
        (Law::Unclear, ..) => Standing::Unclear { missing: law.missing.join(", "), tell: None },
        (Law::Void, ..) => {
            Standing::Stopped { by: words::word("duty", &law.duty), on: law.closed_on.min(today) }
        }
        (Law::Met, due, Some(on)) => {
            Standing::Done { on, by, before: due.map_or(0, |due| days(on, due).max(0)) }
        }
        (Law::Met, Some(due), None) => Standing::Done { on: due, by, before: 0 },
        (Law::MetLate | Law::Broken, _, Some(on)) => {
            Standing::DoneLate { on, by, days: law.days_late.unwrap_or(0) }
        }
        (_, Some(by), _) if by < today => Standing::Late { by, days: days(by, today) },
        (_, Some(by), _) => {
            let left = days(today, by);
            if left <= 7 { Standing::Soon { by, left } } else { Standing::OnTrack { by, left } }
        }
        (_, None, _) => Standing::AtOnce { open: days(law.trigger.on, today).max(0) },
    }
}

fn turn_of(rulebook: &Rulebook, law: &Obligation, area: &str) -> Option<Turn> {
    if !law.standing.is_live() {
        return None;
    }
    let duty = rulebook.duty(&law.duty)?;
    Some(match (duty.form.as_str(), duty.owner.as_str()) {
        ("floor", _) | (_, "parent-or-young-person") => Turn::Yours,
        (_, "local-authority") => Turn::Theirs(area.to_owned()),
        _ => Turn::Theirs(
            law.trigger
                .body
                .as_deref()
                .map_or_else(|| area.to_owned(), |body| words::word("body-turn", body)),
        ),
    })
}

/// The reason that was given for being late, and whether the law knows it.
fn reason_of(record: &Record, law: &Obligation, area: &str) -> Option<Reason> {
    let excuse = law.excuse.as_ref()?;
    let claim = record.standing().find_map(|entry| match &entry.event {
        Event::ExceptionReliedOn(claim) if entry.header.id.as_str() == excuse.event => Some(claim),
        _ => None,
    })?;
    Some(Reason {
        words: format!("{}. {}", words::word("ground", claim.ground.word()), claim.reason),
        in_law: excuse.state == sendero_app::house::law::ExcuseState::Claimed,
        by_whom: area.to_owned(),
        expected: None,
    })
}

/// The sum behind a date for families, in three lines where the law's own is as plain: the day it began and
/// whether that counts, the period with what does not stop it, and the last day. Elsewhere every step.
pub(crate) fn short_why_of(
    rulebook: &Rulebook,
    record: &Record,
    law: &Obligation,
    today: jiff::civil::Date,
    open: bool,
) -> Why {
    let mut why = why_of(rulebook, record, law, today, open);
    let period = rulebook.duty(&law.duty).and_then(|duty| duty.period.clone());
    let counted = account(rulebook, law, today).counted;
    let (Some((day_one, due)), Some(period)) = (counted, period) else { return why };
    let from_day_one = day_one == law.trigger.on;
    let length = days(day_one, due) + 1;
    why.rows = vec![
        SumRow {
            head: super::date_words(law.trigger.on),
            text: format!(
                "{}. {}",
                words::word("began-long", &law.trigger.kind),
                words::word("counts", if from_day_one { "first" } else { "not" })
            ),
        },
        SumRow {
            head: format!("+ {period}"),
            text: format!("{}\u{a0}days. {}", length, words::word("counts", "all")),
        },
        SumRow { head: super::date_words(due), text: words::word("last-day", &law.duty) },
    ];
    why
}

/// A step without the id that only a script needs.
pub(crate) fn plain(step: &str) -> String {
    match (step.find(" (event "), step.rfind(").")) {
        (Some(from), Some(to)) if from < to => {
            format!("{}.", step.get(..from).unwrap_or_default())
        }
        _ => step.to_owned(),
    }
}

/// The sum behind a date, every step of it.
pub(crate) fn why_of(
    rulebook: &Rulebook,
    record: &Record,
    law: &Obligation,
    today: jiff::civil::Date,
    open: bool,
) -> Why {
    let duty = rulebook.duty(&law.duty);
    let mut rows: Vec<SumRow> = law
        .why
        .iter()
        .map(|step| SumRow {
            head: step.on.map(super::date_words).unwrap_or_default(),
            text: plain(step.text),
        })
        .collect();
    // The last row of a drawn sum is its answer.
    if let Some(due) = law.due {
        rows.retain(|row| !row.text.is_empty());
        rows.push(SumRow {
            head: super::date_words(due),
            text: words::word("last-day", &law.duty),
        });
    }
    Why {
        open,
        // A line of days needs the day on which it was done.
        drawn: law.due.filter(|due| days(law.trigger.on, *due) > 0 && law.done_by.is_none()).map(
            |due| Drawn {
                from: law.trigger.on,
                from_word: words::word("began", &law.trigger.kind),
                due,
                period: duty.and_then(|duty| duty.period.clone()).unwrap_or_default(),
                today: law.done_on.unwrap_or(today),
                rests: rests_of(record),
            },
        ),
        rows,
        careful: law
            .other_readings
            .iter()
            .filter_map(|reading| reading.due)
            .filter(|due| law.due.is_some_and(|own| *due < own))
            .min(),
        cite: duty.map(|duty| duty.cite.clone()).unwrap_or_default(),
        duty: Some(format!("/law/{}", law.duty)),
        about: heading_of(rulebook, law),
    }
}

/// Closures of the school, which are drawn and still count.
fn rests_of(record: &Record) -> Vec<Rest> {
    record
        .standing()
        .filter_map(|entry| match &entry.event {
            Event::ClosureNoted(closed) => Some(Rest {
                from: closed.from,
                to: closed.to,
                name: words::word("began", "closure"),
            }),
            _ => None,
        })
        .collect()
}

/// The state of an obligation in a word.
pub(crate) fn pill_of(law: &Obligation, today: jiff::civil::Date) -> Pill {
    let count = |number: i32| format!("{number}\u{a0}{}", if number == 1 { "day" } else { "days" });
    match standing_of(law, today) {
        Standing::Done { .. } => Pill::of(State::Done, "In time"),
        Standing::DoneLate { days, by: true, .. } => {
            Pill::of(State::Late, &format!("At least {} late", count(days)))
        }
        Standing::DoneLate { days, .. } => Pill::of(State::Late, &format!("{} late", count(days))),
        Standing::Late { days, .. } => Pill::of(State::Late, &format!("{} late", count(days))),
        Standing::Soon { left: 0, .. } => Pill::of(State::Soon, "Due today"),
        Standing::Soon { left, .. } => Pill::of(State::Soon, &format!("Due in {}", count(left))),
        Standing::OnTrack { left, .. } => {
            Pill::of(State::NotStarted, &format!("{} left", count(left)))
        }
        Standing::Unclear { .. } => Pill::of(State::NotKnown, "Not known yet"),
        Standing::Stopped { .. } => Pill::of(State::NotStarted, "Fell away"),
        Standing::AtOnce { open } => Pill::of(State::NotStarted, &format!("{} open", count(open))),
    }
}
