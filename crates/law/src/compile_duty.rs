//! One duty from TOML: its words, and its mechanics with every name resolved to a number.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::value::Datetime;

use crate::compile::HOW_TO;
use crate::examples::{Example, Expect};
use crate::fault::choices;
use crate::names::{Names, line};
use crate::rule::{Act, Conceded, Filter, Form, Instance, Match, Rule, Scope, Unit, Within};
use crate::rulebook::{Checked, Duty, Effect, InForce, Rulebook};
use crate::say;
use crate::source::{Name, RawAct, RawDuty, RawExample, RawStarts, RawWithin};

const STAGES: [&str; 5] = ["request", "assessment", "plan", "review", "appeal"];
const FORCES: [&str; 5] = ["statute", "rule", "guidance", "policy", "local"];
/// Acts of a duty and parties it is owed to are bits of one number.
const ACTS_MAX: usize = 30;

/// Sentences by state, every placeholder known.
pub(crate) fn templates(
    names: &mut Names<'_>,
    raw: &BTreeMap<Name, Name>,
) -> BTreeMap<String, String> {
    for (state, text) in raw {
        names.find(state, "state", say::STATES);
        for hole in say::holes(text.get_ref()) {
            if !say::HOLES.contains(&hole) {
                names.fault(
                    text.span(),
                    format!("unknown placeholder `{{{hole}}}`"),
                    format!("Use one of {}", choices(say::HOLES)),
                );
            }
        }
    }
    raw.iter().map(|(state, text)| (state.get_ref().clone(), text.get_ref().clone())).collect()
}

/// One duty, its names resolved.
pub(crate) fn duty(
    book: &Rulebook,
    ids: &[String],
    names: &mut Names<'_>,
    raw: RawDuty,
) -> Option<Duty> {
    let rule = rule(book, ids, names, &raw);
    names.find(&raw.stage, "stage", STAGES);
    names.find(&raw.force, "force", FORCES);
    let parties = book.parties.iter().map(|party| party.id.as_str());
    names.find(&raw.owner, "party", parties.clone());
    let remedy_ids = book.remedies.iter().map(|remedy| remedy.id.as_str());
    let mut remedies_after = BTreeMap::new();
    for (kind, list) in &raw.remedies_after {
        names.kind(book, kind);
        remedies_after
            .insert(kind.get_ref().clone(), names.known(list, "remedy", remedy_ids.clone()));
    }
    if let Some(notice) = &raw.notice {
        names.find(notice, "notice", book.notices.iter().map(|notice| notice.code.as_str()));
    }
    let in_force: Vec<InForce> = raw
        .in_force
        .iter()
        .filter_map(|span| {
            Some(InForce {
                from: names.date(&span.from)?,
                to: match &span.to {
                    Some(to) => Some(names.date(to)?),
                    None => None,
                },
            })
        })
        .collect();
    if raw.example.is_empty() || in_force.is_empty() {
        names.fault(
            raw.id.span(),
            "a duty without an example or without its days in force",
            HOW_TO,
        );
    }
    let worked: Vec<Example> =
        raw.example.iter().filter_map(|example| self::example(names, example)).collect();
    Some(Duty {
        owed_to: names.known(&raw.owed_to, "party", parties),
        remedies: names.known(&raw.remedies, "remedy", remedy_ids),
        remedies_after,
        lead_days: *raw.lead_days.get_ref(),
        lifted_by: names.known(
            &raw.lifted_by,
            "ground",
            book.grounds.iter().map(|ground| ground.id.as_str()),
        ),
        readings: raw.readings.iter().map(|name| name.get_ref().clone()).collect(),
        notice: raw.notice.map(Spanned::into_inner),
        say: templates(names, &raw.say),
        checked: Checked { by: raw.checked.by, lawyer: raw.checked.lawyer },
        in_force,
        examples: worked.iter().map(|example| example.name.clone()).collect(),
        worked,
        id: raw.id.into_inner(),
        title: raw.title,
        stage: raw.stage.into_inner(),
        cite: raw.cite,
        code: raw.code,
        force: raw.force.into_inner(),
        form: raw.form.into_inner(),
        owner: raw.owner.into_inner(),
        period: rule.as_ref().and_then(|rule| rule.within).map(Within::words),
        rule: rule?,
    })
}

const FORMS: [(&str, Form); 4] = [
    ("deadline", Form::Deadline),
    ("floor", Form::Floor),
    ("right", Form::Right),
    ("continuing", Form::Continuing),
];

const INSTANCES: [(&str, Instance); 4] = [
    ("round-opening", Instance::RoundOpening),
    ("first-in-round", Instance::FirstInRound),
    ("each", Instance::Each),
    ("until-ended", Instance::UntilEnded),
];

const SCOPES: [(&str, Scope); 3] =
    [("round", Scope::Round), ("next-trigger", Scope::NextTrigger), ("case", Scope::Case)];

fn rule(book: &Rulebook, ids: &[String], names: &mut Names<'_>, raw: &RawDuty) -> Option<Rule> {
    let form = names
        .find(&raw.form, "form", FORMS.map(|(word, _)| word))
        .and_then(|index| FORMS.get(index))
        .map(|(_, form)| *form);
    let scope = names
        .find(&raw.scope, "scope", SCOPES.map(|(word, _)| word))
        .and_then(|index| SCOPES.get(index))
        .map(|(_, scope)| *scope);
    if let Some(name) = &raw.counts_from {
        names.find(name, "place to count acts from", ["round-opening"]);
    }
    if let Some(name) = &raw.rolls {
        names.find(name, "way to roll", ["tribunal-start"]);
    }
    let (starts, instance, except) = starts(book, names, &raw.starts);
    let acts: Vec<Act> = raw.done.iter().map(|act| self::act(book, names, act)).collect();
    if acts.len() > ACTS_MAX || raw.owed_to.len() > ACTS_MAX {
        names.fault(raw.id.span(), format!("more than {ACTS_MAX} acts or parties"), HOW_TO);
    }
    if raw.to_all && acts.len() != 1 {
        names.fault(raw.id.span(), "`to-all` goes with exactly one act in `done`", HOW_TO);
    }
    let matching = |names: &mut Names<'_>, event: &Name, filter: &BTreeMap<Name, Vec<Name>>| {
        let kinds = names.kinds(book, std::slice::from_ref(event));
        Match { kinds, filters: names.filters(book, kinds, filter) }
    };
    let for_good = raw
        .void_for_good
        .iter()
        .map(|void| (matching(names, &void.event, &void.filter), void.why.clone()))
        .collect();
    let unless = raw.unless.as_ref().map(|unless| matching(names, &unless.event, &unless.filter));
    Some(Rule {
        form: form?,
        start_kinds: starts.iter().fold(0, |set, start| set | start.kinds),
        starts,
        instance: instance?,
        except,
        reaching: raw.starts.reaching.as_ref().map(|name| name.get_ref().clone()),
        from_service: raw.starts.day.is_some(),
        scope: scope?,
        acts_from_round: raw.counts_from.is_some(),
        practicable: raw.also_as_soon_as_practicable,
        within: raw.within.as_ref().and_then(|within| self::within(names, within)),
        or_later: raw
            .or_later
            .as_ref()
            .and_then(|later| names.kind(book, &later.event).map(|kind| (kind, later.months))),
        tribunal_roll: raw.rolls.is_some(),
        conceded: conceded(book, names, raw),
        keeps: raw.keeps.as_ref().and_then(|keeps| {
            names
                .find(&keeps.duty, "duty", ids.iter().map(String::as_str))
                .map(|index| (index, keeps.days))
        }),
        acts,
        to_all: raw.to_all,
        before: names.kinds(book, &raw.before),
        void_by: names.kinds(book, &raw.void_by),
        for_good,
        implied_by: names.kinds(book, &raw.implied_by),
        ended_by: names.kinds(book, &raw.ended_by),
        ends_at_age: raw.ends_at_age.as_ref().map(|age| *age.get_ref()),
        broken_by: names.kinds(book, &raw.broken_by),
        unless,
        guidance_for: guidance(book, names, raw),
        effects: effects(book, names, raw),
        note: raw.note.clone(),
        late_note: raw.late_note.clone(),
        passed_note: raw.passed_note.clone(),
    })
}

fn starts(
    book: &Rulebook,
    names: &mut Names<'_>,
    raw: &RawStarts,
) -> (Vec<Match>, Option<Instance>, Vec<Filter>) {
    let kinds = names.kinds(book, &raw.on);
    let mut starts = vec![Match { kinds, filters: Vec::new() }];
    if let Some(or) = &raw.or {
        let kinds = names.kinds(book, std::slice::from_ref(&or.event));
        starts.push(Match { kinds, filters: names.filters(book, kinds, &or.filter) });
    }
    let instance = names
        .find(&raw.instance, "instance", INSTANCES.map(|(word, _)| word))
        .and_then(|index| INSTANCES.get(index))
        .map(|(_, instance)| *instance);
    if let Some(name) = &raw.day {
        names.find(name, "day", ["served"]);
    }
    if let Some(name) = &raw.reaching {
        names.find(name, "party", book.parties.iter().map(|party| party.id.as_str()));
    }
    (starts, instance, names.filters(book, kinds, &raw.except))
}

fn act(book: &Rulebook, names: &mut Names<'_>, raw: &RawAct) -> Act {
    let kinds = names.kinds(book, &raw.any_of);
    Act {
        what: Match { kinds, filters: names.filters(book, kinds, &raw.filter) },
        same: names.fields_exist(book, kinds, &raw.same),
        same_if_both: names.fields_exist(book, kinds, &raw.same_if_both),
        words: raw.words.clone(),
    }
}

fn within(names: &mut Names<'_>, raw: &RawWithin) -> Option<Within> {
    const COUNTING: [&str; 2] = ["trigger-day-excluded", "trigger-day-included"];
    let counting = names.find(&raw.counting, "way of counting", COUNTING)?;
    let given: Vec<(&Spanned<i32>, Unit)> =
        [(&raw.days, Unit::Days), (&raw.weeks, Unit::Weeks), (&raw.months, Unit::Months)]
            .into_iter()
            .filter_map(|(n, unit)| n.as_ref().map(|n| (n, unit)))
            .collect();
    match given.as_slice() {
        [(n, unit)] if (1..=520).contains(n.get_ref()) => {
            Some(Within { n: *n.get_ref(), unit: *unit, trigger_day_counts: counting == 1 })
        }
        _ => {
            names.fault(
                raw.counting.span(),
                "a period needs one of days, weeks and months, from 1 to 520",
                "Write `within = { weeks = 6, counting = \"trigger-day-excluded\" }`",
            );
            None
        }
    }
}

fn conceded(book: &Rulebook, names: &mut Names<'_>, raw: &RawDuty) -> Option<Conceded> {
    let raw = raw.conceded.as_ref()?;
    let known = book.readings.iter().map(|reading| reading.id.as_str());
    names.find(&raw.reading, "reading", known);
    Some(Conceded {
        after: names.kind(book, &raw.after)?,
        by: names.kind(book, &raw.by)?,
        weeks: raw.weeks,
        reading: raw.reading.get_ref().clone(),
    })
}

fn guidance(
    book: &Rulebook,
    names: &mut Names<'_>,
    raw: &RawDuty,
) -> Option<(String, Vec<String>, String)> {
    let raw = raw.guidance_for.as_ref()?;
    names.find(&raw.field, "field", ["from"]);
    names.find(&raw.reading, "reading", book.readings.iter().map(|reading| reading.id.as_str()));
    let values = names.known(&raw.values, "body", book.bodies.iter().map(|body| body.id.as_str()));
    Some((raw.field.get_ref().clone(), values, raw.reading.get_ref().clone()))
}

fn effects(book: &Rulebook, names: &mut Names<'_>, raw: &RawDuty) -> Vec<(String, Effect)> {
    raw.readings
        .iter()
        .filter_map(|name| {
            names
                .find(name, "reading", book.readings.iter().map(|reading| reading.id.as_str()))
                .and_then(|index| book.readings.get(index))
                .and_then(|reading| reading.effect.map(|effect| (reading.id.clone(), effect)))
        })
        .collect()
}

fn example(names: &mut Names<'_>, raw: &RawExample) -> Option<Example> {
    let line = line(&names.file.text, raw.name.span().start);
    let mut date = |given: &Option<Spanned<Datetime>>| match given {
        Some(value) => names.date(value),
        None => None,
    };
    let expect = Expect {
        due: date(&raw.expect.due),
        no_due: raw.expect.no_due,
        due_safe: date(&raw.expect.due_safe),
        standing: raw.expect.standing.as_ref().map(|name| name.get_ref().clone()),
        done_on: date(&raw.expect.done_on),
        days_late: raw.expect.days_late,
        excuse: raw.expect.excuse.as_ref().map(|name| name.get_ref().clone()),
        force: raw.expect.force.as_ref().map(|name| name.get_ref().clone()),
        trigger: date(&raw.expect.trigger),
        keeps: date(&raw.expect.keeps),
        keeps_safe: date(&raw.expect.keeps_safe),
        other: raw
            .expect
            .other
            .as_ref()
            .map(|other| other.iter().map(|name| name.get_ref().clone()).collect()),
    };
    let born = date(&raw.born);
    let as_at = names.date(&raw.as_at)?;
    Some(Example {
        name: raw.name.get_ref().clone(),
        file: names.file.name.clone(),
        line,
        born,
        closures: raw.closures.iter().map(|text| text.get_ref().clone()).collect(),
        given: raw.given.iter().map(|text| text.get_ref().clone()).collect(),
        as_at,
        expect,
    })
}
