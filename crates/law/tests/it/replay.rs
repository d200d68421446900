//! A case file replayed as at several days, with what should come out on each.

use std::path::Path;

use sendero_law::{Date, Question, Rulebook, casefile, evaluate};
use serde::Deserialize;
use toml::value::Datetime;

/// One day, and what is expected on it. `file` names the case where a folder holds several of one.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Run {
    #[serde(default)]
    pub(crate) file: String,
    as_at: Datetime,
    expect: Vec<Expect>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Expect {
    duty: String,
    trigger: Option<String>,
    #[serde(default)]
    absent: bool,
    due: Option<Datetime>,
    standing: Option<String>,
    days_late: Option<i32>,
    reading: Option<String>,
    owner: Option<String>,
    excuse: Option<String>,
}

/// Replays the case in the file at `path`.
pub(crate) fn check(path: &Path, run: &Run) {
    let text = std::fs::read_to_string(path).unwrap();
    let file = path.display();
    let case = casefile::read(&text).unwrap_or_else(|faults| panic!("{file}: {faults:?}")).case;
    let as_at: Date = run.as_at.to_string().parse().unwrap();
    let timeline = evaluate(Rulebook::embedded(), &case, Question::today(as_at));
    for expect in &run.expect {
        let place = format!("{file} as at {as_at}: {} {:?}", expect.duty, expect.trigger);
        let found = timeline.obligations.iter().find(|found| {
            found.duty == expect.duty
                && expect.trigger.as_ref().is_none_or(|trigger| *trigger == found.trigger.event)
        });
        let Some(found) = found else {
            assert!(expect.absent, "{place} is missing");
            continue;
        };
        assert!(!expect.absent, "{place} should not be there");
        if let Some(due) = &expect.due {
            assert_eq!(found.due.map(|due| due.to_string()), Some(due.to_string()), "{place} due");
        }
        if let Some(standing) = &expect.standing {
            assert_eq!(found.standing.word(), standing, "{place} standing");
        }
        if expect.days_late.is_some() {
            assert_eq!(found.days_late, expect.days_late, "{place} days late");
        }
        if let Some(owner) = &expect.owner {
            assert_eq!(&Rulebook::embedded().duty(&found.duty).unwrap().owner, owner, "{place}");
        }
        if let Some(excuse) = &expect.excuse {
            let state = found.excuse.as_ref().map(|excuse| excuse.state.word());
            assert_eq!(state, Some(excuse.as_str()), "{place} excuse");
        }
        if let Some(reading) = &expect.reading {
            let shown = found
                .other_readings
                .iter()
                .any(|other| *reading == format!("{} {}", other.reading, other.due.unwrap()));
            assert!(shown, "{place}: {reading} is not among {:?}", found.other_readings);
        }
    }
}
