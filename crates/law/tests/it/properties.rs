//! What must hold of every case, whatever its facts. proptest prints the case that breaks it.

use proptest::prelude::*;
use sendero_law::{
    Calendar, Case, Date, NEVER, Question, Rulebook, Standing, Timeline, evaluate, outline,
};

use crate::stories::{case, claim, day, fact};

fn ask(case: &Case, as_at: Date) -> Timeline {
    evaluate(Rulebook::embedded(), case, Question::today(as_at))
}

proptest! {
    #[test]
    fn recording_order_never_matters(case in case(), offset in 0..900_i32, turn in 0..14_usize) {
        let mut other = case.clone();
        other.facts.reverse();
        let turn = turn.min(other.facts.len());
        other.facts.rotate_left(turn);
        prop_assert_eq!(ask(&case, day(offset)), ask(&other, day(offset)));
    }

    #[test]
    fn correcting_and_restoring_changes_nothing(
        case in case(),
        offset in 0..900_i32,
        which in 0..15_usize,
        shift in -40..40_i32,
    ) {
        prop_assume!(which < case.facts.len());
        let as_at = day(offset).max(case.facts[which].on);
        let mut plain = case.clone();
        plain.facts[which].id = "restored".to_owned();
        let mut corrected = case;
        let first = corrected.facts[which].clone();
        let mut wrong = first.clone();
        wrong.id = "wrong".to_owned();
        wrong.on = day(400 + shift);
        wrong.known_on = first.known_on;
        wrong.supersedes = Some(first.id.clone());
        let mut restored = first;
        restored.id = "restored".to_owned();
        restored.supersedes = Some("wrong".to_owned());
        corrected.facts.extend([wrong, restored]);
        prop_assert_eq!(ask(&plain, as_at), ask(&corrected, as_at));
    }

    /// What never happens has not happened on the last day of the calendar either.
    #[test]
    fn the_last_day_of_the_calendar_is_like_the_day_before(case in case()) {
        let last = NEVER.yesterday().expect("there is a day before");
        let (before, after) = (ask(&case, last), ask(&case, NEVER));
        prop_assert_eq!(&before.obligations, &after.obligations);
        for found in &before.obligations {
            prop_assert_eq!(found.standing_on(NEVER), found.standing);
        }
    }

    #[test]
    fn standing_moves_only_on_the_days_told(case in case(), asked in 0..800_i32, later in 0..1100_i32) {
        let before = ask(&case, day(asked));
        let on = day(asked + later);
        prop_assume!(on < before.holds_until);
        let after = ask(&case, on);
        prop_assert_eq!(before.obligations.len(), after.obligations.len());
        for found in &before.obligations {
            let same = after.obligations.iter().find(|other| {
                other.duty == found.duty && other.trigger.event == found.trigger.event
            });
            let standing = same.map(|same| same.standing);
            prop_assert_eq!(
                standing,
                Some(found.standing_on(on)),
                "{} from {} on {}",
                found.duty,
                found.trigger.event,
                on
            );
        }
    }

    #[test]
    fn a_claim_never_makes_it_worse(
        case in case(),
        claim in claim(),
        made in 0..730_i32,
        offset in 0..900_i32,
    ) {
        let mut more = case.clone();
        more.facts.push(fact("zz".to_owned(), claim, made));
        let (without, with) = (ask(&case, day(offset)), ask(&more, day(offset)));
        prop_assert_eq!(without.obligations.len(), with.obligations.len());
        for (old, new) in without.obligations.iter().zip(&with.obligations) {
            prop_assert_eq!(&old.trigger, &new.trigger);
            let better = (old.standing, new.standing) == (Standing::Overdue, Standing::Excused);
            let kept = old.standing == new.standing;
            prop_assert!(kept || better, "{:?} became {:?}", old.standing, new.standing);
        }
    }

    #[test]
    fn a_later_final_plan_is_never_earlier(
        case in case(),
        sent in 0..700_i32,
        later in 1..200_i32,
    ) {
        let mut sooner = case;
        sooner.facts.push(fact("final".to_owned(), ("final-plan-sent", Vec::new()), sent));
        // It passes no other step: what happened in between is the same.
        let next = sooner.facts.iter().filter(|other| other.id != "final" && other.on >= day(sent));
        prop_assume!(next.map(|other| other.on).min().is_none_or(|next| next > day(sent + later)));
        let mut moved = sooner.clone();
        for plan in moved.facts.iter_mut().filter(|fact| fact.id == "final") {
            (plan.on, plan.known_on) = (day(sent + later), day(sent + later));
        }
        let (before, after) = (ask(&sooner, day(3_000)), ask(&moved, day(3_000)));
        prop_assert_eq!(before.obligations.len(), after.obligations.len());
        // Which of two rights an act used hangs on both, so a right may change with the other.
        let right =
            |duty: &str| Rulebook::embedded().duty(duty).is_some_and(|duty| duty.form == "right");
        for old in before.obligations.iter().filter(|old| !right(&old.duty)) {
            let new = after.obligations.iter().find(|new| {
                new.duty == old.duty && new.trigger.event == old.trigger.event
            });
            // What the plan itself starts has more time; nothing else may turn out better.
            let own = old.trigger.event == "final";
            prop_assert!(
                new.is_some_and(|new| {
                    // Before every last day that it may be a plan is too early, whatever is not
                    // recorded; between two of them nobody can tell.
                    let no_sooner = new.due >= old.due || new.standing == Standing::Unclear;
                    no_sooner
                        && new.done_on >= old.done_on
                        && (own || old.standing != Standing::MetLate || new.standing != Standing::Met)
                }),
                "{:?} became {:?}",
                old,
                new
            );
        }
    }

    #[test]
    fn an_outline_says_what_the_answer_says(case in case(), offset in 0..900_i32) {
        let question = Question::today(day(offset));
        let short = outline(Rulebook::embedded(), &case, question);
        let long = ask(&case, day(offset));
        prop_assert_eq!(short.holds_until, long.holds_until);
        let mut short: Vec<_> = short
            .duties
            .iter()
            .map(|one| {
                let word = (one.duty.id.clone(), one.event(), one.body(), one.adviser());
                let days = [one.on(), one.turns_on(), one.closed_on(), one.act_by()];
                let last = [one.due(), one.due_safe(), one.done_on()];
                let stands = [one.standing, one.opens_as, one.turns_into, one.closed_as];
                (word, days, last, stands)
            })
            .collect();
        let mut long: Vec<_> = long
            .obligations
            .iter()
            .map(|one| {
                let by = &one.trigger;
                let (body, adviser) = (by.body.as_deref(), by.adviser.as_deref());
                let word = (one.duty.to_string(), by.event.as_str(), body, adviser);
                let days = [by.on, one.turns_on, one.closed_on, one.act_by];
                let last = [one.due, one.due_safe, one.done_on];
                let stands = [one.standing, one.opens_as, one.turns_into, one.closed_as];
                (word, days, last, stands)
            })
            .collect();
        short.sort();
        long.sort();
        prop_assert_eq!(short, long);
    }

    #[test]
    fn an_answer_holds_together(case in case(), offset in 0..900_i32) {
        let book = Rulebook::embedded();
        for found in ask(&case, day(offset)).obligations {
            prop_assert_eq!(found.standing, found.standing_on(day(offset)));
            prop_assert!(found.due_safe <= found.due);
            prop_assert_eq!(found.due.is_some(), found.due_safe.is_some());
            prop_assert!(found.other_readings.iter().all(|other| other.due != found.due));
            prop_assert!(found.days_late.is_none_or(|days| days > 0));
            if let Some(by) = found.done_by {
                prop_assert!(found.done_on.is_none() && found.closed_on == by && by <= day(offset));
                let late = found.standing == Standing::MetLate;
                prop_assert!(late || found.standing == Standing::Met);
                prop_assert_eq!(late, found.late_at_least());
            }
            prop_assert_eq!(found.standing == Standing::Unclear, !found.missing.is_empty());
            prop_assert!(!found.why.is_empty());
            for voice in [sendero_law::Voice::Parent, sendero_law::Voice::Officer] {
                let text = sendero_law::say(book, &found, voice);
                prop_assert!(text.ends_with('.') && !text.contains(['{', '}']), "{}", text);
                prop_assert!(!text.contains(" 0 days") && !text.contains(" 1 days"), "{}", text);
            }
        }
    }

    #[test]
    fn working_days_agree_with_a_walk_over_the_list(start in 0..5_600_i32, n in 0..60_u32) {
        let calendar = Rulebook::embedded().calendar();
        let from = jiff::civil::date(2012, 6, 1).checked_add(jiff::Span::new().days(start)).unwrap();
        let holidays = published();
        let works = |day: Date| day.weekday().to_monday_zero_offset() < 5 && !holidays.contains(&day);
        let walk = |mut day: Date, mut left: u32, counts: &dyn Fn(Date) -> bool| {
            while left > 0 {
                day = day.tomorrow().unwrap();
                left -= u32::from(works(day) && counts(day));
            }
            day
        };
        prop_assert_eq!(calendar.is_working_day(from), works(from));
        prop_assert_eq!(calendar.add_working_days(from, n), walk(from, n, &|_| true));
        let counted = |day: Date| {
            day.month() != 8
                && !(day.month() == 12 && day.day() > 24)
                && !(day.month() == 1 && day.day() == 1)
        };
        prop_assert_eq!(calendar.add_tribunal_working_days(from, n), walk(from, n, &counted));
        let mut back = from;
        while !works(back) { back = back.yesterday().unwrap(); }
        prop_assert_eq!(calendar.last_working_day_on_or_before(from), back);
        let mut rolled = from;
        while !counted(rolled) { rolled = rolled.tomorrow().unwrap(); }
        while !works(rolled) { rolled = rolled.tomorrow().unwrap(); }
        prop_assert_eq!(calendar.roll_start_of_proceedings(from), rolled);
    }
}

/// The published bank holidays, read apart from the crate.
pub(crate) fn published() -> Vec<Date> {
    include_str!("../../../../law/calendars/england-and-wales.toml")
        .lines()
        .filter_map(|line| line.trim().strip_prefix("{ on = ")?.get(..10)?.parse().ok())
        .collect()
}

#[test]
fn the_rule_gives_the_published_days_except_one_offs() {
    let computed = Calendar::new(&[]);
    let published = Calendar::new(&published());
    let mut differ = Vec::new();
    let mut at = jiff::civil::date(2012, 1, 1);
    while at.year() < 2029 {
        assert!(!published.is_computed(at));
        if computed.is_bank_holiday(at) != published.is_bank_holiday(at) {
            differ.push(at.to_string());
        }
        at = at.tomorrow().unwrap();
    }
    // Jubilees, a coronation, a funeral, and the anniversary of VE Day.
    assert_eq!(
        differ,
        [
            "2012-05-28",
            "2012-06-04",
            "2012-06-05",
            "2020-05-04",
            "2020-05-08",
            "2022-05-30",
            "2022-06-02",
            "2022-06-03",
            "2022-09-19",
            "2023-05-08",
        ]
    );
    assert!(published.is_computed(jiff::civil::date(2029, 1, 1)));
}
