//! A limit from TOML: which periods, counted how and from which day, and which of them decides.

use std::ops::Range;

use toml::Spanned;

use crate::compile::HOW_TO;
use crate::kinds::KindSet;
use crate::limit::{Anchor, Counting, End, Limit, Period, Take, Unit};
use crate::names::Names;
use crate::rule::{Any, Decides, Match, Roll, Version};
use crate::rulebook::{Earlier, FieldType, Rulebook};
use crate::source::{
    Kind, Kinds, Name, RawDuty, RawFromEvent, RawLimits, RawMatch, RawVersion, RawWithin,
};

/// The longest period, in whatever unit.
const LONGEST: i32 = 520;

/// A limit is one period (`within`) or several (`limits`), never both.
pub(crate) fn limit(
    book: &Rulebook,
    names: &mut Names<'_>,
    starts: KindSet,
    one: Option<&Spanned<RawWithin>>,
    several: Option<&Spanned<RawLimits>>,
) -> Option<Limit> {
    const TAKES: [(&str, Take); 3] =
        [("earliest", Take::Earliest), ("latest", Take::Latest), ("first", Take::First)];
    match (one, several) {
        (None, None) => None,
        (Some(one), None) => {
            Some(Limit { take: Take::First, needs: 0, of: vec![period(book, names, starts, one)?] })
        }
        (Some(_), Some(several)) => {
            names.fault(several.span(), "a duty has `within` or `limits`, not both", HOW_TO);
            None
        }
        (None, Some(several)) => {
            if several.get_ref().of.len() < 2 {
                names.fault(several.span(), "`limits` needs two periods", "Write `within` for one");
            }
            let take = one_of(names, &several.get_ref().take, "way to take a limit", &TAKES)?;
            let of: Vec<Period> = several
                .get_ref()
                .of
                .iter()
                .filter_map(|raw| period(book, names, starts, raw))
                .collect();
            let needs = several.get_ref().needs;
            let conditional =
                |period: &Period| period.when.is_some() || period.when_trigger.is_some();
            if needs > of.len() || (needs > 0 && of.iter().any(conditional)) {
                names.fault(
                    several.span(),
                    "`needs` is how many of the periods must be there, none of them with `when`",
                    HOW_TO,
                );
            }
            Some(Limit { take, needs, of })
        }
    }
}

/// One of a list of words, each with what it stands for.
pub(crate) fn one_of<T: Copy>(
    names: &mut Names<'_>,
    name: &Name,
    what: &str,
    list: &[(&'static str, T)],
) -> Option<T> {
    let words: Vec<&str> = list.iter().map(|(word, _)| *word).collect();
    let index = names.find(name, what, words.iter().copied())?;
    list.get(index).map(|(_, value)| *value)
}

/// One period.
pub(crate) fn period(
    book: &Rulebook,
    names: &mut Names<'_>,
    starts: KindSet,
    raw: &Spanned<RawWithin>,
) -> Option<Period> {
    let (span, raw) = (raw.span(), raw.get_ref());
    let when = raw.when.as_ref().map(|when| matching(book, names, when));
    Some(Period {
        end: end(names, span.clone(), raw)?,
        from: anchor(book, names, starts, span, raw)?,
        when,
        when_trigger: raw.when_trigger.as_ref().map(|when| matching(book, names, when)),
        in_time: raw.in_time,
        optional: raw.optional,
    })
}

/// Facts of a kind whose fields have some values.
pub(crate) fn matching(book: &Rulebook, names: &mut Names<'_>, raw: &RawMatch) -> Match {
    let kinds = names.kinds(book, std::slice::from_ref(&raw.event));
    let at_least = names.numbers(book, kinds, &raw.at_least);
    Match::new(kinds, names.filters(book, kinds, &raw.filter), at_least)
}

/// Facts of any of some kinds, some with conditions.
pub(crate) fn any(book: &Rulebook, names: &mut Names<'_>, raw: &Kinds) -> Any {
    let mut any = Any::default();
    for one in raw {
        match one.get_ref() {
            Kind::Named(name) => {
                let kinds = names.kinds(book, &[Spanned::new(one.span(), name.clone())]);
                any.plain = any.plain.and_also(kinds);
                any.kinds = any.kinds.and_also(kinds);
            }
            Kind::Where(raw) => {
                let what = matching(book, names, raw);
                any.kinds = any.kinds.and_also(what.kinds);
                any.with.push(what);
            }
        }
    }
    any
}

fn end(names: &mut Names<'_>, span: Range<usize>, raw: &RawWithin) -> Option<End> {
    const ENDS: [(&str, End); 2] = [("that-day", End::ThatDay), ("day-before", End::DayBefore)];
    let counts: Vec<(&Spanned<i32>, Unit)> = [
        (&raw.days, Unit::Days),
        (&raw.weeks, Unit::Weeks),
        (&raw.months, Unit::Months),
        (&raw.years, Unit::Years),
        (&raw.working_days, Unit::WorkingDays),
        (&raw.tribunal_days, Unit::TribunalDays),
        (&raw.tribunal_calendar_days, Unit::TribunalCalendarDays),
        (&raw.school_days, Unit::SchoolDays),
    ]
    .into_iter()
    .filter_map(|(n, unit)| n.as_ref().map(|n| (n, unit)))
    .collect();
    match (counts.as_slice(), &raw.end, &raw.before, &raw.by) {
        ([(n, unit)], None, None, None) => count(names, span, n, *unit, raw.counting.as_ref()),
        ([], Some(name), None, None) => one_of(names, name, "end", &ENDS),
        ([], None, Some(text), None) => fixed(names, text, true, raw.year.as_ref()),
        ([], None, None, Some(text)) => fixed(names, text, false, raw.year.as_ref()),
        _ => {
            names.fault(
                span,
                "a period counts exactly one thing",
                "Write one of days, weeks, months, years, working-days, tribunal-days, \
                 tribunal-calendar-days, school-days, \
                 end, before and by: `within = { weeks = 6, counting = \"trigger-day-excluded\" }`",
            );
            None
        }
    }
}

fn count(
    names: &mut Names<'_>,
    span: Range<usize>,
    n: &Spanned<i32>,
    unit: Unit,
    counting: Option<&Name>,
) -> Option<End> {
    const COUNTING: [(&str, Counting); 3] = [
        ("trigger-day-excluded", Counting::Excluded),
        ("trigger-day-included", Counting::Included),
        ("at-least-before", Counting::AtLeastBefore),
    ];
    if !(1..=LONGEST).contains(n.get_ref()) {
        names.fault(n.span(), format!("a period is from 1 to {LONGEST}"), "Check the number");
    }
    let Some(counting) = counting else {
        names.fault(
            span,
            "a period that does not say how it is counted",
            "Add `counting`: `trigger-day-excluded`, `trigger-day-included` or `at-least-before`",
        );
        return None;
    };
    let counting = one_of(names, counting, "way of counting", &COUNTING)?;
    Some(End::Count { n: *n.get_ref(), unit, counting })
}

/// "15 February", strictly before or by.
fn fixed(names: &mut Names<'_>, text: &Name, before: bool, year: Option<&Name>) -> Option<End> {
    const YEARS: [(&str, bool); 2] = [("same", false), ("next", true)];
    let next = match year {
        Some(year) => one_of(names, year, "year", &YEARS)?,
        None => {
            names.fault(
                text.span(),
                "a fixed day that does not say of which year",
                "Add `year`: `same` (the calendar year of the day it is counted from) or `next` \
                 (the first such day after it)",
            );
            return None;
        }
    };
    let found = text.get_ref().split_once(' ').and_then(|(day, month)| {
        let day: i8 = day.parse().ok()?;
        let month = (1..=12).find(|number| crate::day::month(*number) == month)?;
        jiff::civil::Date::new(2024, month, day).ok().map(|_| End::Fixed {
            month,
            day,
            before,
            next,
        })
    });
    if found.is_none() {
        let what = format!("`{}` is no day of the year", text.get_ref());
        names.fault(text.span(), what, "Write it as `15 February`");
    }
    found
}

fn anchor(
    book: &Rulebook,
    names: &mut Names<'_>,
    starts: KindSet,
    span: Range<usize>,
    raw: &RawWithin,
) -> Option<Anchor> {
    const FROM: [&str; 5] = ["trigger", "known", "round-opening", "next-term", "term-end"];
    let mut given = Vec::new();
    if let Some(name) = &raw.from {
        given.push(match names.find(name, "day to count from", FROM)? {
            0 => Anchor::Trigger,
            1 => Anchor::Known,
            2 => Anchor::RoundOpening,
            3 => Anchor::NextTerm,
            _ => Anchor::TermEnd,
        });
    }
    if let Some(field) = &raw.from_field {
        given.push(Anchor::Field(date_field(book, names, starts, field)));
    }
    if let Some(event) = &raw.from_event {
        given.push(from_event(book, names, event));
    }
    given.extend(raw.from_birthday.as_ref().map(|age| Anchor::Birthday(*age.get_ref())));
    given.extend(
        raw.from_school_year_after_birthday
            .as_ref()
            .map(|age| Anchor::SchoolYearAfter(*age.get_ref())),
    );
    if given.len() > 1 {
        names.fault(span, "a period is counted from one day", "Keep one `from`");
    }
    Some(given.pop().unwrap_or(Anchor::Trigger))
}

fn from_event(book: &Rulebook, names: &mut Names<'_>, raw: &RawFromEvent) -> Anchor {
    let kinds = names.kinds(book, std::slice::from_ref(&raw.event));
    Anchor::Event {
        what: Match::new(kinds, names.filters(book, kinds, &raw.filter), Vec::new()),
        before: raw.before,
        field: raw.field.as_ref().map(|field| date_field(book, names, kinds, field)),
    }
}

/// A field that every kind of the set has, and that holds a day.
fn date_field(book: &Rulebook, names: &mut Names<'_>, kinds: KindSet, field: &Name) -> String {
    names.fields_exist(book, kinds, std::slice::from_ref(field));
    let other = book.kinds.iter().zip(0..).find(|(kind, index)| {
        kinds.has(*index)
            && kind.field(field.get_ref()).is_some_and(|field| field.holds != FieldType::Date)
    });
    if let Some((kind, _)) = other {
        names.fault(
            field.span(),
            format!("`{}` of `{}` does not hold a day", field.get_ref(), kind.name),
            "Name a field with `is = \"date\"`",
        );
    }
    field.get_ref().clone()
}

/// What moves a last day on.
pub(crate) fn roll(names: &mut Names<'_>, name: Option<&Name>) -> Option<Roll> {
    const ROLLS: [(&str, Roll); 2] =
        [("tribunal-start", Roll::TribunalStart), ("next-working-day", Roll::NextWorkingDay)];
    one_of(names, name?, "way to roll", &ROLLS)
}

/// The rule as it stood between other days.
pub(crate) fn versions(
    book: &Rulebook,
    names: &mut Names<'_>,
    starts: KindSet,
    raw: &RawDuty,
) -> Vec<Version> {
    raw.version.iter().filter_map(|raw| version(book, names, starts, raw)).collect()
}

fn version(
    book: &Rulebook,
    names: &mut Names<'_>,
    starts: KindSet,
    raw: &RawVersion,
) -> Option<Version> {
    const DECIDES: [(&str, Decides); 2] =
        [("trigger", Decides::Trigger), ("running", Decides::Running)];
    let grounds = book.grounds.iter().map(|ground| ground.id.as_str());
    let from = names.date(&raw.from)?;
    let to = match &raw.to {
        Some(to) => Some(names.date(to)?),
        None => None,
    };
    if to.is_some_and(|to| to <= from) {
        names.fault(raw.from.span(), "a version that ends before it begins", "Check both days");
    }
    Some(Version {
        from: from.into(),
        to: to.map(Into::into),
        decides: one_of(names, &raw.decides, "way to choose a version", &DECIDES)?,
        limit: limit(book, names, starts, raw.within.as_ref(), raw.limits.as_ref()),
        no_number: raw.no_number,
        roll: roll(names, raw.rolls.as_ref()),
        lifted_by: raw.lifted_by.as_ref().map(|list| names.known(list, "ground", grounds.clone())),
        also_lifted_by: names.known(&raw.also_lifted_by, "ground", grounds),
        cite: raw.cite.clone(),
        note: raw.note.clone(),
    })
}

/// The versions in words.
pub(crate) fn in_words(versions: &[Version], period: Option<&str>) -> Vec<Earlier> {
    versions
        .iter()
        .map(|version| Earlier {
            from: version.from.date(),
            to: version.to.map(crate::day::Day::date),
            period: match &version.limit {
                Some(limit) => Some(limit.words()),
                None if version.no_number => None,
                None => period.map(str::to_owned),
            },
            cite: version.cite.clone(),
        })
        .collect()
}
