//! From what the use cases say to what a page shows. Nothing is decided here: every date, standing
//! and word comes from the law's answer, the record or a template.

mod account;
mod advice;
mod clock;
mod happened;

use jiff::civil::Date;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::{Duty, Obligation, Rulebook, Standing};
use sendero_app::house::record::{Record, Stage};
use sendero_app::{App, CaseFile, Look, Now};

use crate::session::Visitor;
use crate::view::parts::{Path, Reached, Waymark, Words};
use crate::view::{Area, Frame, Kind, Tab};
use crate::words;

pub(crate) use account::{lawyer_of, officer_of};
pub(crate) use advice::{
    advice_clock, advice_of, advice_page, capital, letter_page, opens, read_back, sheet,
};
pub(crate) use clock::{clock_of, heading_of, pill_of, plain, short_why_of, why_of};
pub(crate) use happened::{before, happened, mark_of, more_of, said, taken_back, title};

/// The area as pages name it.
pub(crate) fn area_of(visitor: &Visitor) -> Area {
    let area = &visitor.area;
    Area {
        name: area.name.clone(),
        pretend: area.pretend,
        phone: area.phone.clone(),
        hours: area.hours.clone(),
        advice: area.advice.clone(),
        advice_phone: area.advice_phone.clone(),
    }
}

/// The frame that fits whoever is looking, with no part of the menu marked.
pub(crate) fn frame_of(app: &App, visitor: &Visitor) -> Frame {
    let kind = match &visitor.me {
        Some(me) if matches!(me.role, Role::Officer | Role::Manager) => {
            staff_kind(app, visitor, None, None)
        }
        Some(me) if me.role == Role::Adviser => Kind::Guest {
            home: "/advice",
            name: me.name.full(),
            role: profession_of(&me.body),
            as_at: app.now().today,
            at: time_of(&app.now()),
        },
        Some(me) if me.role == Role::Provider => Kind::Guest {
            home: "/keep",
            name: me.name.full(),
            role: words::role(me.role.word()),
            as_at: app.now().today,
            at: time_of(&app.now()),
        },
        _ => Kind::Public,
    };
    Frame { area: area_of(visitor), kind, tab: Tab::None }
}

/// The staff frame with its counts, where they are known.
pub(crate) fn staff_kind(
    app: &App,
    visitor: &Visitor,
    today: Option<u32>,
    children: Option<u32>,
) -> Kind {
    let now = app.now();
    let me = visitor.me.as_ref();
    Kind::Staff {
        name: me.map(|me| me.name.full()).unwrap_or_default(),
        role: me.map(|me| words::role(me.role.word())).unwrap_or_default(),
        today,
        children,
        manager: me.is_some_and(|me| me.role == Role::Manager),
        as_at: now.today,
        at: time_of(&now),
    }
}

/// What an adviser is, from what is kept of them.
pub(crate) fn profession_of(body: &str) -> String {
    body.split_once('|').map_or(body, |(_, profession)| profession).to_owned()
}

/// "8.12am".
pub(crate) fn time_of(now: &Now) -> String {
    let (hour, minute) = now.time;
    let half = if hour < 12 { "am" } else { "pm" };
    let hour = match hour % 12 {
        0 => 12,
        hour => hour,
    };
    if minute == 0 { format!("{hour}{half}") } else { format!("{hour}.{minute:02}{half}") }
}

/// "today at 10.42am", "yesterday at 4.12pm", "on 19 November at 11.40am".
pub(crate) fn moment(at: &Now, today: Date) -> String {
    let days = crate::view::clock::days(at.today, today);
    let day = match days {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => at.today.strftime("on %-d\u{a0}%B").to_string(),
    };
    format!("{day} at {}", time_of(at))
}

/// A reference as part of an address.
pub(crate) fn base_of(record: &Record) -> String {
    let reference = record.registered().map(|child| child.reference.as_str().to_owned());
    format!("/child/{}", reference.unwrap_or_default())
}

/// The child's given name.
pub(crate) fn given(record: &Record) -> String {
    record.registered().map(|child| child.name.given.clone()).unwrap_or_default()
}

/// The own words that stand at the head of a page.
pub(crate) fn own_words(record: &Record, change: Option<String>) -> Option<Words> {
    let (header, given) = record.own_words().into_iter().next()?;
    let to = given.told_to.trim_start_matches("to ");
    let told = if to.is_empty() {
        format!("{}, {}.", given.said_by, date_words(header.on))
    } else {
        format!("{}, told to {to}, {}.", given.said_by, date_words(header.on))
    };
    Some(Words { words: given.words.clone(), told, change, picture: None })
}

/// "2 September 2026".
pub(crate) fn date_words(day: Date) -> String {
    day.strftime("%-d\u{a0}%B %Y").to_string()
}

/// The act that a duty asks for, verb first. An area's own standard asks for the law's act, sooner.
pub(crate) fn act_of(law: &Rulebook, duty: &str) -> String {
    words::duty("act", law, law.duty(duty).map_or(duty, Duty::of_law))
}

/// "2 September".
pub(crate) fn day_words(day: Date) -> String {
    day.strftime("%-d\u{a0}%B").to_string()
}

/// The first obligation of a duty in this case's latest round.
pub(crate) fn duty<'a>(file: &'a CaseFile, id: &str) -> Option<&'a Obligation> {
    file.timeline.obligations.iter().rev().find(|obligation| obligation.duty == id)
}

/// An obligation in an address: its duty, and the fact that started it, since several requests for
/// advice run under one duty.
pub(crate) fn key_of(law: &Obligation) -> String {
    format!("{}~{}", law.duty, law.trigger.event)
}

/// The obligation that an address names. With the duty alone it is the one that is late, or the
/// latest.
pub(crate) fn named<'a>(file: &'a CaseFile, key: &str) -> Option<&'a Obligation> {
    let list = || file.timeline.obligations.iter().rev();
    match key.split_once('~') {
        Some((id, event)) => {
            list().find(|one| one.duty == id && one.trigger.event.as_str() == event)
        }
        None => list()
            .find(|one| one.duty == key && one.standing == Standing::Overdue)
            .or_else(|| duty(file, key)),
    }
}

/// The path of the case: what happened with its date, what lies ahead with its day. The same for
/// family and staff.
pub(crate) fn path(file: &CaseFile, family: bool) -> Path {
    let stage = file.record.stage();
    let asked = file.record.last_of(&["assessment-requested", "brought-to-attention"]);
    if asked.is_none() && file.record.last_of(&["plan-transferred"]).is_some() {
        return path_of_plan_that_came(file, family);
    }
    let decided = match stage {
        Stage::Refused => "refused",
        Stage::Withdrawn => "withdrawn",
        _ => "",
    };
    let mut points =
        vec![point(file, "asked", &["assessment-requested", "brought-to-attention"], "", family)];
    match stage {
        Stage::Withdrawn => {
            points.push(point(file, decided, &["request-withdrawn"], "", family));
            return Path { points };
        }
        Stage::Refused => {
            points.push(point(file, decided, &["assessment-refused"], "rq-6w", family));
            points.push(ahead(file, "appeal", "ap-start", family));
            return Path { points };
        }
        _ => {}
    }
    points.push(point(file, "decision", &["assessment-agreed"], "rq-6w", family));
    points.push(advice_point(file, family));
    if stage == Stage::NoPlan {
        points.push(point(file, "no-plan", &["plan-refused"], "no-plan-16w", family));
        points.push(ahead(file, "appeal", "ap-start", family));
        return Path { points };
    }
    points.push(point(file, "draft", &["draft-plan-sent"], "plan-draft", family));
    points.push(point(file, "final", &["final-plan-sent"], "plan-20w", family));
    mark_here(&mut points);
    Path { points }
}

/// The path where another authority made the plan: nobody asked for anything here.
fn path_of_plan_that_came(file: &CaseFile, family: bool) -> Path {
    let mut points = vec![
        point(file, "came", &["plan-transferred"], "", family),
        point(file, "came-letter", &["transfer-letter-sent"], "trf-6w", family),
        point(file, "came-review", &["review-decision-sent"], "trf-review", family),
    ];
    mark_here(&mut points);
    Path { points }
}

/// The first point that is not behind us is where the case is.
fn mark_here(points: &mut [Waymark]) {
    if points.iter().any(|point| matches!(point.reached, Reached::Now | Reached::NowLate)) {
        return;
    }
    if let Some(next) = points.iter_mut().find(|point| point.reached == Reached::Ahead) {
        next.reached = Reached::Now;
    }
}

fn name_of_point(key: &str, done: bool, family: bool) -> String {
    let who = if family { "family" } else { "staff" };
    let done = if done { "done" } else { "ahead" };
    words::word("point", &format!("{key}-{done}-{who}"))
}

fn point(file: &CaseFile, key: &str, kinds: &[&str], by: &str, family: bool) -> Waymark {
    let law = duty(file, by);
    let recorded = file.record.last_of(kinds).map(|entry| entry.header.on);
    let proved = law.and_then(|law| law.done_by);
    if let Some(on) = recorded.or(proved) {
        let late = law.and_then(|law| law.days_late).is_some();
        let timely = match law.and_then(|law| law.due) {
            Some(_) if late => ", late",
            Some(due) if on <= due => ", in time",
            // A refusal that was taken back later kept the time; what came after did not.
            _ => "",
        };
        let day = day_words(on);
        let on = if recorded.is_some() { day } else { format!("by {day}") };
        return Waymark {
            name: name_of_point(key, true, family),
            is: format!("{on}{timely}"),
            reached: if late { Reached::DoneLate } else { Reached::Done },
        };
    }
    ahead(file, key, by, family)
}

fn ahead(file: &CaseFile, key: &str, by: &str, family: bool) -> Waymark {
    let today = file.timeline.as_at;
    let law = duty(file, by);
    let due = law.and_then(|law| law.due.or(law.keeps.as_ref().map(|keeps| keeps.day)));
    let own = law.is_some_and(|law| law.due.is_none());
    let (is, reached) = match due {
        // It was done on a day that nobody recorded: nobody can say that it is late.
        _ if law.is_some_and(|law| law.standing == Standing::Unclear) => {
            (String::new(), Reached::Ahead)
        }
        Some(due) if due < today && !own => (words::word("point", "late-here"), Reached::NowLate),
        Some(due) if due < today => (String::new(), Reached::Ahead),
        Some(due) => {
            let left = crate::view::clock::days(today, due);
            let days = if left == 1 { "day" } else { "days" };
            (format!("by {}, {left}\u{a0}{days} left", day_words(due)), Reached::Ahead)
        }
        None => (String::new(), Reached::Ahead),
    };
    Waymark { name: name_of_point(key, false, family), is, reached }
}

fn advice_point(file: &CaseFile, family: bool) -> Waymark {
    let asked = file.record.advice();
    let waiting = asked.iter().filter(|advice| advice.answer.is_none()).count();
    let agreed = file.record.last_of(&["assessment-agreed"]).is_some();
    let late = file.timeline.obligations.iter().any(|law| {
        law.duty == "as-advice-6w" && law.closed_on > file.timeline.as_at && law.days_late.is_some()
    });
    let past = file.record.last_of(&["draft-plan-sent", "plan-refused"]);
    let is = if asked.is_empty() {
        String::new()
    } else {
        format!("{} of {} in", asked.len() - waiting, asked.len())
    };
    let done = past.is_some() || (!asked.is_empty() && waiting == 0);
    let reached = match (done, agreed, late) {
        (true, ..) => Reached::Done,
        (_, true, true) => Reached::NowLate,
        (_, true, false) => Reached::Now,
        _ => Reached::Ahead,
    };
    let is = if reached == Reached::NowLate { words::word("point", "late-here") } else { is };
    Waymark { name: name_of_point("advice", done, family), is, reached }
}

/// Who looked, as the family reads it.
pub(crate) fn look(look: &Look, today: Date) -> crate::view::family::Look {
    let role =
        if look.profession.is_empty() { words::role(&look.role) } else { look.profession.clone() };
    let who = if look.own { words::word("role", "self") } else { look.name.clone() };
    let who = if who.is_empty() { role.clone() } else { who };
    let at = moment(&look.at, today);
    let mut letters = at.chars();
    let at = letters.next().map(|first| first.to_uppercase().chain(letters).collect());
    crate::view::family::Look {
        who,
        role,
        purpose: words::word("part", &look.part),
        at: at.unwrap_or_default(),
    }
}

/// Whether the reader may see a part of an open file.
pub(crate) fn shows(file: &CaseFile, part: Part) -> bool {
    file.shows(part)
}
