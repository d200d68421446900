//! Ten criteria by which anybody can tell how good a Local Offer is, each counted, and counted again
//! as it was on an earlier day: from the histories of its entries and from what was said and done.
//! Nothing is stored for it, so that no figure of the past can be other than its history gives; but
//! for two, which no history gives: what came of trying addresses, and how our own pages read.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::audit::{Audit, Part, Reading, Seen, audit_of};
use crate::comment::{Comment, answer_by};
use crate::history::ServicePut;
use crate::log::{Decision, GROUPS, LogEntry, Told};
use crate::model::Directory;
use crate::terms::built_in;

/// A number, of how many where there is a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Figure {
    /// What it counts, in a word.
    pub word: &'static str,
    /// The number.
    pub count: usize,
    /// Of how many.
    pub of: Option<usize>,
}

/// One criterion with its figures on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its word.
    pub word: &'static str,
    /// Its figures.
    pub figures: Vec<Figure>,
}

/// So many months after it was counted a figure still says how things are.
const STANDS_MONTHS: i32 = 2;

/// The searches of one month.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Month {
    /// "2026-11".
    pub month: String,
    /// Searches.
    pub searches: u64,
    /// Those that found nothing.
    pub nothing: u64,
    /// Those after which somebody said that they did not find what they need.
    pub pressed: u64,
}

/// What was last counted in a month and follows from no history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counted {
    /// "2026-11".
    pub month: String,
    /// What was counted: a word of [`COUNTED`].
    pub word: &'static str,
    /// How many, and of how many.
    pub count: (usize, usize),
}

/// Addresses on the web that lead nowhere, and our own pages that can be read by somebody of
/// [`crate::audit::READ_BY`].
pub const COUNTED: [&str; 2] = ["broken-links", "own-readable"];

/// The states of every entry, by the day from which each held.
#[derive(Clone, Debug, Default)]
pub struct History(BTreeMap<String, Vec<(Date, Seen)>>);

impl History {
    /// Reads the events of entries in the order in which they happened: id, day and what was put.
    /// Who runs what, and where, is as `directory` has it now.
    #[must_use]
    pub fn of(
        puts: impl IntoIterator<Item = (String, Date, ServicePut)>,
        directory: &Directory,
        reading: Reading<'_>,
    ) -> Self {
        let mut history = Self::default();
        for (id, on, put) in puts {
            let seen = Seen::of(directory, &put.service, &put.places, reading);
            history.0.entry(id).or_default().push((on, seen));
        }
        history
    }

    /// The first day of which anything is known.
    #[must_use]
    pub fn begins(&self) -> Option<Date> {
        self.0.values().filter_map(|states| states.first()).map(|(on, _)| *on).min()
    }

    /// The entries that were shown on a day.
    fn shown(&self, on: Date) -> Vec<&Seen> {
        let at = |states: &'_ [(Date, Seen)]| states.iter().rposition(|(from, _)| *from <= on);
        let states = self.0.values().filter_map(|states| states.get(at(states)?));
        states.map(|(_, seen)| seen).filter(|seen| seen.shown).collect()
    }
}

/// All that the criteria are counted from.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The states of every entry.
    pub history: &'a History,
    /// What was said.
    pub comments: &'a [Comment],
    /// What was done.
    pub log: &'a [LogEntry],
    /// How often families searched.
    pub months: &'a [Month],
    /// What was counted a month at a time.
    pub counted: &'a [Counted],
}

/// The ten criteria as they stood on a day; nothing for a day before the history begins.
#[must_use]
pub fn health(known: &Known<'_>, on: Date) -> Option<Vec<Criterion>> {
    if known.history.begins().is_none_or(|begins| on < begins) {
        return None;
    }
    let shown = known.history.shown(on);
    let audit = audit_of(&shown, on);
    Some(vec![
        coverage(&audit),
        findability(known, &shown, on),
        of("freshness", freshness(known, &audit, on)),
        of("actionability", vec![part("whole", audit.whole, audit.services)]),
        of("readability", readability(known, &audit, on)),
        of("access", access(&shown)),
        of("feedback", feedback(known.comments, on)),
        of("coproduction", coproduction(known.log, on)),
        of(
            "equity",
            month_of(known, on).map(|one| number("pressed", one.pressed)).into_iter().collect(),
        ),
        of("gaps", gaps(known, on)),
    ])
}

fn of(word: &'static str, figures: Vec<Figure>) -> Criterion {
    Criterion { word, figures }
}

fn part(word: &'static str, count: usize, of: usize) -> Figure {
    Figure { word, count, of: Some(of) }
}

fn number(word: &'static str, count: u64) -> Figure {
    Figure { word, count: usize::try_from(count).unwrap_or(usize::MAX), of: None }
}

fn many(word: &'static str, count: usize) -> Figure {
    Figure { word, count, of: None }
}

fn coverage(audit: &Audit) -> Criterion {
    let answered = audit.headings.iter().filter(|(_, count)| *count > 0).count();
    of("coverage", vec![part("headings", answered, audit.headings.len())])
}

fn findability(known: &Known<'_>, shown: &[&Seen], on: Date) -> Criterion {
    // From where families begin, each kind of help is one step, and an entry of it the second.
    let facets = built_in().iter().flat_map(|taxonomy| &taxonomy.terms);
    let kinds: Vec<&str> = facets
        .filter_map(|term| crate::terms::facet_of(&term.id))
        .filter(|facet| facet.starts_with("kind/"))
        .filter(|kind| shown.iter().any(|one| one.facets.iter().any(|facet| facet == kind)))
        .collect();
    let rings = |kind: &&&str| {
        let mut of_kind = shown.iter().filter(|one| one.facets.iter().any(|facet| facet == **kind));
        of_kind.any(|one| one.says(Part::Phone))
    };
    let near = kinds.iter().filter(rings).count();
    let mut figures = vec![part("two-steps", near, kinds.len())];
    if let Some(month) = month_of(known, on) {
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        figures.push(part("nothing", count(month.nothing), count(month.searches)));
    }
    of("findability", figures)
}

/// The searches of the month that a day is in.
fn month_of<'a>(known: &Known<'a>, on: Date) -> Option<&'a Month> {
    let month = on.strftime("%Y-%m").to_string();
    known.months.iter().find(|one| one.month == month)
}

fn freshness(known: &Known<'_>, audit: &Audit, on: Date) -> Vec<Figure> {
    let all = audit.services;
    let mut figures =
        vec![part("lately", audit.lately, all), part("not-checked", audit.not_checked, all)];
    figures.extend(counted(known, "broken-links", on));
    figures
}

fn readability(known: &Known<'_>, audit: &Audit, on: Date) -> Vec<Figure> {
    let entries = part("readable", audit.readable, audit.services);
    std::iter::once(entries).chain(counted(known, "own-readable", on)).collect()
}

/// What stood on a day: last counted in its month, or in the months before it that are near enough to
/// say anything of it.
fn counted(known: &Known<'_>, word: &str, on: Date) -> Option<Figure> {
    let until = on.strftime("%Y-%m").to_string();
    let from = on.saturating_sub(jiff::Span::new().months(STANDS_MONTHS));
    let from = from.strftime("%Y-%m").to_string();
    let near = |one: &&Counted| one.word == word && one.month >= from && one.month <= until;
    let last = known.counted.iter().filter(near).max_by(|a, b| a.month.cmp(&b.month))?;
    Some(part(last.word, last.count.0, last.count.1))
}

fn access(shown: &[&Seen]) -> Vec<Figure> {
    let placed: Vec<bool> = shown.iter().filter_map(|one| one.place).collect();
    let easy = shown.iter().filter(|one| one.easy).count();
    vec![
        part("access-said", placed.iter().filter(|said| **said).count(), placed.len()),
        part("easy-read", easy, shown.len()),
    ]
}

fn feedback(comments: &[Comment], on: Date) -> Vec<Figure> {
    let made: Vec<&Comment> = comments.iter().filter(|one| one.made_on <= on).collect();
    let kept_off = made.iter().filter(|one| one.withheld.is_some()).count();
    let answered: Vec<_> =
        made.iter().filter_map(|one| one.answer.as_ref()).filter(|one| one.on <= on).collect();
    let late = made
        .iter()
        .filter(|one| one.withheld.is_none() && answer_by(one.made_on) < on)
        .filter(|one| one.answer.as_ref().is_none_or(|answer| answer.on > on))
        .count();
    let promised: Vec<_> = answered.iter().filter(|one| one.action.is_some()).collect();
    let done = promised.iter().filter(|one| one.done.as_ref().is_some_and(|(day, _)| *day <= on));
    let last = answered.iter().map(|one| one.on).max();
    let since = last.and_then(|last| last.until(on).ok()).map(|span| span.get_days());
    let mut figures = vec![
        part("answered", answered.len(), made.len() - kept_off),
        many("answers-late", late),
        part("promises-done", done.count(), promised.len()),
    ];
    figures.extend(
        since.and_then(|days| usize::try_from(days).ok()).map(|days| many("days-since", days)),
    );
    figures
}

/// Those of a log that were not taken back by a day.
fn standing(log: &[LogEntry], on: Date) -> impl Iterator<Item = &LogEntry> {
    let stands = move |entry: &&LogEntry| {
        entry.on <= on && entry.taken_back.as_ref().is_none_or(|(day, _)| *day > on)
    };
    log.iter().filter(stands)
}

fn coproduction(log: &[LogEntry], on: Date) -> Vec<Figure> {
    let year_before = on.saturating_sub(jiff::Span::new().years(1));
    let asked: Vec<_> = standing(log, on)
        .filter(|entry| entry.on > year_before)
        .filter_map(|entry| match &entry.told {
            Told::Making(asked, changes) => Some((asked, changes)),
            _ => None,
        })
        .collect();
    let groups: BTreeSet<&str> =
        asked.iter().flat_map(|(asked, _)| asked.groups.iter().map(String::as_str)).collect();
    let changed =
        asked.iter().filter(|(_, changes)| changes.iter().any(|(day, _)| *day <= on)).count();
    vec![
        many("asked", asked.len()),
        part("groups", groups.len(), GROUPS.len()),
        part("changed", changed, asked.len()),
    ]
}

fn gaps(known: &Known<'_>, on: Date) -> Vec<Figure> {
    let decided = standing(known.log, on).filter_map(|entry| match &entry.told {
        Told::Gap(_, all) => all.iter().rev().find(|(day, _)| *day <= on),
        _ => None,
    });
    let decided: Vec<Decision> = decided.map(|(_, one)| one.decision).collect();
    let year_before = on.saturating_sub(jiff::Span::new().years(1));
    let cut = standing(known.log, on)
        .filter(|entry| matches!(entry.told, Told::Reduction(_)) && entry.on > year_before)
        .count();
    let will = decided.iter().filter(|one| **one == Decision::Arrange).count();
    vec![many("decided", decided.len()), many("will-arrange", will), many("cut", cut)]
}
