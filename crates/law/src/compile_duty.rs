//! One duty from TOML: its words, and its mechanics with every name resolved to a number.

use std::collections::BTreeMap;

use toml::Spanned;
use toml::value::Datetime;

use crate::compile::HOW_TO;
use crate::compile_limit::{any, in_words, limit, matching, one_of, period, roll, versions};
use crate::compile_list::{clock, waits_for, weight};
use crate::compile_matter::{matters, shown};
use crate::day::Day;
use crate::examples::{Example, Expect};
use crate::fault::choices;
use crate::kinds::KindSet;
use crate::limit::{Limit, Period};
use crate::names::{Names, line};
use crate::role::Roles;
use crate::rule::{Act, Conceded, Filter, Form, Held, Instance, Match, Rule, Scope};
use crate::rulebook::{Checked, Duty, Effect, InForce, Rulebook, STAGES, Status};
use crate::say;
use crate::source::{Name, RawAct, RawDuty, RawExample, RawHeld, RawStarts};
use crate::word::Word;

const FORCES: [&str; 5] = ["statute", "rule", "guidance", "policy", "local"];
/// Four weeks: the least that an absence must last where the duty says nothing else.
const FOUR_WEEKS: i32 = 28;
/// Acts of a duty and parties it is owed to are bits of one number.
const ACTS_MAX: usize = 30;

/// Sentences by state, every placeholder known.
pub(crate) fn templates(
    names: &mut Names<'_>,
    raw: &BTreeMap<Name, Name>,
    known: &[&str],
) -> BTreeMap<String, String> {
    for (state, text) in raw {
        names.find(state, "state", known.iter().copied());
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

/// A duty's own sentences: how it stands, and what it asks in general, which leaves nothing open.
fn own_words(names: &mut Names<'_>, raw: &BTreeMap<Name, Name>) -> BTreeMap<String, String> {
    let known: Vec<&str> = say::STATES.into_iter().chain(say::GENERAL).collect();
    for (state, text) in raw {
        if say::GENERAL.contains(&state.get_ref().as_str()) && text.get_ref().contains('{') {
            names.fault(text.span(), "a general sentence has no placeholder", "Say it in words");
        }
    }
    templates(names, raw, &known)
}

/// One duty, its names resolved.
pub(crate) fn duty(
    book: &Rulebook,
    ids: &[String],
    names: &mut Names<'_>,
    raw: RawDuty,
) -> Option<Duty> {
    let before = names.count();
    let mut rule = rule(book, ids, names, &raw);
    let status = status(names, raw.status.as_ref());
    names.find(&raw.checked.by, "way of checking", CHECKED);
    if raw.checked.r#where.get_ref().trim().is_empty() {
        names.fault(raw.checked.r#where.span(), "nothing says what was read", "Name it in `where`");
    }
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
    whole(names, &raw, status, rule.as_ref(), in_force.is_empty());
    if let Some(rule) = &mut rule {
        rule.in_force = in_force
            .iter()
            .map(|span| (Day::from(span.from), span.to.map_or(Day::NEVER, Day::from)))
            .collect();
    }
    let worked: Vec<Example> =
        raw.example.iter().filter_map(|example| self::example(names, example)).collect();
    Some(Duty {
        owed_to: names.known(&raw.owed_to, "party", parties),
        remedies: names.known(&raw.remedies, "remedy", remedy_ids),
        remedies_after,
        lead_days: raw.lead_days.as_ref().map_or(0, |days| *days.get_ref()),
        weight: weight(names, &raw),
        clock: clock(names, &raw),
        waits_for: waits_for(names, &raw),
        status,
        note: raw.note,
        beside: raw.beside,
        power: raw.power,
        versions: rule.as_ref().map_or_else(Vec::new, |rule| {
            let period = rule.limit.as_ref().map(Limit::words);
            in_words(&rule.versions, period.as_deref())
        }),
        lifted_by: names.known(
            &raw.lifted_by,
            "ground",
            book.grounds.iter().map(|ground| ground.id.as_str()),
        ),
        readings: raw.readings.iter().map(|name| name.get_ref().clone()).collect(),
        notice: raw.notice.map(Spanned::into_inner),
        say: own_words(names, &raw.say),
        checked: Checked {
            by: raw.checked.by.into_inner(),
            at: raw.checked.r#where.into_inner(),
            lawyer: raw.checked.lawyer,
        },
        in_force,
        examples: worked.iter().map(|example| example.name.clone()).collect(),
        worked,
        word: Word::from(raw.id.get_ref().as_str()),
        force_word: Word::from(raw.force.get_ref().as_str()),
        id: raw.id.into_inner(),
        title: raw.title,
        stage: raw.stage.into_inner(),
        cite: raw.cite,
        code: raw.code,
        force: raw.force.into_inner(),
        form: raw.form.into_inner(),
        owner: raw.owner.into_inner(),
        followed: followed(book, rule.as_ref()),
        period: rule.as_ref().and_then(|rule| rule.limit.as_ref()).map(Limit::words),
        rule,
    })
    .filter(|_| names.count() == before)
}

/// How a row can have been checked.
const CHECKED: [&str; 4] = ["legislation", "judgment", "secondary", "not yet"];

fn status(names: &mut Names<'_>, name: Option<&Name>) -> Status {
    const STATUSES: [(&str, Status); 3] = [
        ("in-force", Status::InForce),
        ("not-commenced", Status::NotCommenced),
        ("proposed", Status::Proposed),
    ];
    name.and_then(|name| one_of(names, name, "status", &STATUSES)).unwrap_or(Status::InForce)
}

/// What every row must have, each with its own cure.
fn whole(names: &mut Names<'_>, raw: &RawDuty, status: Status, rule: Option<&Rule>, undated: bool) {
    let id = raw.id.span();
    let standing = raw.form.get_ref() == "standing";
    if status == Status::InForce && undated {
        names.fault(id.clone(), "a duty without its days in force", "Add `in-force`");
    }
    // A local standard is held to the examples of its duty of law.
    if status == Status::InForce && !standing && raw.example.is_empty() && raw.beside.is_none() {
        names.fault(id.clone(), "a duty without a worked example", "Add `[[duty.example]]`");
    }
    if status != Status::InForce && !raw.example.is_empty() {
        names.fault(id.clone(), "an example of what is not law", "Leave the example out");
    }
    if status == Status::InForce && raw.remedies.is_empty() {
        names.fault(id.clone(), "a duty without a remedy", "Add at least one to `remedies`");
    }
    if status == Status::InForce && raw.say.is_empty() {
        names.fault(id.clone(), "a duty without words for families", "Add `[duty.say]`");
    }
    if raw.owed_to.is_empty() {
        names.fault(id.clone(), "a duty owed to nobody", "Name who may claim it in `owed-to`");
    }
    if raw.title.trim().is_empty() || raw.cite.trim().is_empty() {
        names.fault(id.clone(), "a duty without a title or a citation", "Add both");
    }
    if standing && (rule.is_some() || raw.starts.is_some() || raw.within.is_some()) {
        names.fault(id.clone(), "a standing duty with a trigger or a limit", "Leave them out");
    }
    if !standing && raw.lead_days.is_none() && status == Status::InForce {
        names.fault(id, "a duty without `lead-days`", "Say how long before its day it should show");
    }
}

/// Whether the record can hold what a duty waits for: it may then be followed in a live record.
fn followed(book: &Rulebook, rule: Option<&Rule>) -> bool {
    let Some(rule) = rule else { return true };
    let recordable = |kinds: KindSet| {
        kinds
            .iter()
            .any(|kind| book.kinds.get(usize::from(kind)).is_some_and(|kind| kind.recordable))
    };
    match rule.form {
        Form::Deadline => rule.acts.iter().all(|act| recordable(act.what.kinds)),
        Form::Right => rule.acts.iter().any(|act| recordable(act.what.kinds)),
        Form::Floor | Form::Continuing | Form::Ban => recordable(rule.start_kinds),
    }
}

/// Forms of duty; `standing` has no mechanics.
const FORMS: [(&str, Option<Form>); 6] = [
    ("deadline", Some(Form::Deadline)),
    ("floor", Some(Form::Floor)),
    ("right", Some(Form::Right)),
    ("continuing", Some(Form::Continuing)),
    ("ban", Some(Form::Ban)),
    ("standing", None),
];

const INSTANCES: [(&str, Instance); 4] = [
    ("round-opening", Instance::RoundOpening),
    ("first-in-round", Instance::FirstInRound),
    ("each", Instance::Each),
    ("until-ended", Instance::UntilEnded),
];

const SCOPES: [(&str, Scope); 3] =
    [("round", Scope::Round), ("next-trigger", Scope::NextTrigger), ("case", Scope::Case)];

/// The mechanics of a duty. None for a standing duty, for a row that is no law and says nothing of
/// what would start it, and where there is a fault.
fn rule(book: &Rulebook, ids: &[String], names: &mut Names<'_>, raw: &RawDuty) -> Option<Rule> {
    let form = one_of(names, &raw.form, "form", &FORMS)??;
    let (Some(raw_starts), Some(scope)) = (&raw.starts, &raw.scope) else {
        if raw.status.is_none() || raw.starts.is_some() || raw.scope.is_some() {
            names.fault(
                raw.id.span(),
                "a duty without `starts` or `scope`",
                "Add both, or write `form = \"standing\"` for a duty that always binds",
            );
        }
        return None;
    };
    let scope = one_of(names, scope, "scope", &SCOPES);
    if let Some(name) = &raw.counts_from {
        names.find(name, "place to count acts from", ["round-opening"]);
    }
    let acts: Vec<Act> = raw.done.iter().map(|act| self::act(book, names, act)).collect();
    if acts.len() > ACTS_MAX || raw.owed_to.len() > ACTS_MAX {
        names.fault(raw.id.span(), format!("more than {ACTS_MAX} acts or parties"), HOW_TO);
    }
    if raw.to_all && acts.len() != 1 {
        names.fault(raw.id.span(), "`to-all` goes with exactly one act in `done`", HOW_TO);
    }
    let (mut starts, instance, except) = starts(book, names, raw_starts);
    let shown = shown(book, names, raw_starts);
    starts.extend(shown.iter().map(|shown| Match::new(shown.by, Vec::new(), Vec::new())));
    let first_kinds = kinds_of(&starts);
    if raw.recurs {
        recurring(names, raw, scope, instance);
        starts.extend(acts.iter().map(|act| act.what.clone()));
    }
    let for_good = raw
        .void_for_good
        .iter()
        .map(|void| {
            let kinds = names.kinds(book, std::slice::from_ref(&void.event));
            let filters = names.filters(book, kinds, &void.filter);
            (Match::new(kinds, filters, Vec::new()), void.why.clone())
        })
        .collect();
    let matters = matters(book, names, raw, form, scope, &acts);
    let mut rule = Rule {
        number: 0,
        form,
        in_force: Vec::new(),
        start_kinds: kinds_of(&starts),
        interest: KindSet::default(),
        starts,
        shown,
        instance: instance?,
        except,
        reaching: raw_starts.reaching.as_ref().map(|name| name.get_ref().clone()),
        from_service: raw_starts.day.is_some(),
        outside_round: raw_starts.outside_round,
        scope: scope?,
        acts_from_round: raw.counts_from.is_some(),
        practicable: raw.also_as_soon_as_practicable,
        foreseen: raw_starts
            .foreseen
            .then(|| raw_starts.foreseen_months.as_ref().map(|months| *months.get_ref())),
        limit: limit(book, names, first_kinds, raw.within.as_ref(), raw.limits.as_ref()),
        roll: roll(names, raw.rolls.as_ref()),
        versions: versions(book, names, first_kinds, raw),
        other_limits: other_limits(book, names, first_kinds, raw),
        conceded: conceded(book, names, raw),
        keeps: raw.keeps.as_ref().and_then(|keeps| {
            names
                .find(&keeps.duty, "duty", ids.iter().map(String::as_str))
                .map(|index| (index, keeps.days))
        }),
        acts,
        to_all: raw.to_all,
        before: names.kinds(book, &raw.before),
        void_by: any(book, names, &raw.void_by),
        for_good,
        matters,
        implied_by: any(book, names, &raw.implied_by),
        proved_by: any(book, names, &raw.proved_by),
        proved_unless: any(book, names, &raw.proved_unless),
        implied_unless: any(book, names, &raw.implied_unless),
        implied_after: raw.implied_after.as_ref().and_then(|name| names.kind(book, name)),
        ended_by: any(book, names, &raw.ended_by),
        ends_at_age: raw.ends_at_age.as_ref().map(|age| *age.get_ref()),
        of_school_age: raw.of_school_age,
        broken_by: any(book, names, &raw.broken_by),
        unless: raw.unless.as_ref().map(|unless| matching(book, names, unless)),
        held_by: raw.held_by.as_ref().map(|raw| held(book, names, raw)),
        absence_days: raw.absence_days.as_ref().map_or(FOUR_WEEKS, |days| *days.get_ref()),
        guidance_for: guidance(book, names, raw),
        opens: raw
            .remedies_after
            .iter()
            .filter_map(|(kind, list)| {
                let list = list.iter().map(|name| Word::from(name.get_ref().as_str())).collect();
                book.kind_number(kind.get_ref()).map(|kind| (kind, list))
            })
            .collect(),
        effects: effects(book, names, raw),
        late_note: raw.late_note.clone(),
        passed_note: raw.passed_note.clone(),
        roles: Roles::default(),
    };
    rule.interest = interest(book, &rule);
    Some(rule)
}

/// Every kind that can discharge a duty, end it, or change what is found on the way.
fn interest(book: &Rulebook, rule: &Rule) -> KindSet {
    let later = [&rule.void_by, &rule.implied_by, &rule.proved_by, &rule.ended_by, &rule.broken_by];
    let mut all = later.into_iter().fold(rule.before, |set, any| set.and_also(any.kinds));
    all = all.and_also(rule.proved_unless.kinds).and_also(rule.implied_unless.kinds);
    let matters = rule.matters.iter();
    all = matters.fold(all, |set, matter| set.and_also(matter.ended_by.kinds));
    let matches = rule.acts.iter().map(|act| &act.what);
    for what in matches.chain(rule.for_good.iter().map(|(what, _)| what)).chain(&rule.unless) {
        all = all.and_also(what.kinds);
    }
    if rule.form == Form::Floor {
        all = all.and_also(rule.start_kinds);
    }
    if !rule.void_by.kinds.is_empty() {
        all = all.and_also(book.round.reopens.iter().map(|(kind, _)| *kind).collect());
    }
    all.and_also(rule.conceded.iter().map(|practice| practice.by).collect())
        .and_also(rule.held_by.iter().flat_map(|held| held.what.kinds.iter()).collect())
}

fn kinds_of(matches: &[Match]) -> KindSet {
    matches.iter().fold(KindSet::default(), |set, one| set.and_also(one.kinds))
}

/// Each time it is done, the next period starts: it needs one of each, up to the next.
fn recurring(
    names: &mut Names<'_>,
    raw: &RawDuty,
    scope: Option<Scope>,
    instance: Option<Instance>,
) {
    if scope != Some(Scope::NextTrigger) || instance != Some(Instance::Each) || raw.done.is_empty()
    {
        names.fault(
            raw.id.span(),
            "a duty that recurs starts again each time it is done",
            "Write `instance = \"each\"`, `scope = \"next-trigger\"` and what is `done`",
        );
    }
}

fn other_limits(
    book: &Rulebook,
    names: &mut Names<'_>,
    starts: KindSet,
    raw: &RawDuty,
) -> Vec<(Word, Period)> {
    raw.other_limits
        .iter()
        .filter_map(|other| {
            let known = book.readings.iter().map(|reading| reading.id.as_str());
            names.find(&other.reading, "reading", known)?;
            let period = period(book, names, starts, &other.within)?;
            Some((Word::from(other.reading.get_ref().as_str()), period))
        })
        .collect()
}

fn starts(
    book: &Rulebook,
    names: &mut Names<'_>,
    raw: &RawStarts,
) -> (Vec<Match>, Option<Instance>, Vec<Filter>) {
    let kinds = names.kinds(book, &raw.on);
    let at_least = names.numbers(book, kinds, &raw.at_least);
    let mut starts = vec![Match::new(kinds, names.filters(book, kinds, &raw.filter), at_least)];
    starts.extend(raw.or.0.iter().map(|or| matching(book, names, or)));
    let instance = one_of(names, &raw.instance, "instance", &INSTANCES);
    if let Some(name) = &raw.day {
        names.find(name, "day", ["served"]);
    }
    if let Some(months) = raw.foreseen_months.as_ref().filter(|_| !raw.foreseen) {
        names.fault(months.span(), "`foreseen-months` without `foreseen`", "Add `foreseen = true`");
    }
    if let Some(name) = &raw.reaching {
        names.find(name, "party", book.parties.iter().map(|party| party.id.as_str()));
    }
    (starts, instance, names.filters(book, kinds, &raw.except))
}

fn act(book: &Rulebook, names: &mut Names<'_>, raw: &RawAct) -> Act {
    let kinds = names.kinds(book, &raw.any_of);
    Act {
        what: Match::new(kinds, names.filters(book, kinds, &raw.filter), Vec::new()),
        same: names.fields_exist(book, kinds, &raw.same),
        same_if_both: names.fields_of_any(book, kinds, &raw.same_if_both),
        when_trigger: raw.when_trigger.as_ref().map(|when| matching(book, names, when)),
        except: raw.except.as_ref().map(|except| matching(book, names, except)),
        words: raw.words.clone().unwrap_or_else(|| book.titles(kinds)),
        marks: Vec::new(),
    }
}

fn held(book: &Rulebook, names: &mut Names<'_>, raw: &RawHeld) -> Held {
    let kinds = names.kinds(book, std::slice::from_ref(&raw.event));
    let filters = names.filters(book, kinds, &raw.filter);
    let except = names.filters(book, kinds, &raw.except);
    Held { what: Match::new(kinds, filters, Vec::new()), except }
}

fn conceded(book: &Rulebook, names: &mut Names<'_>, raw: &RawDuty) -> Option<Conceded> {
    let raw = raw.conceded.as_ref()?;
    let known = book.readings.iter().map(|reading| reading.id.as_str());
    names.find(&raw.reading, "reading", known);
    Some(Conceded {
        after: names.kind(book, &raw.after)?,
        by: names.kind(book, &raw.by)?,
        weeks: raw.weeks,
        reading: Word::from(raw.reading.get_ref().as_str()),
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

fn effects(book: &Rulebook, names: &mut Names<'_>, raw: &RawDuty) -> Vec<(Word, Effect)> {
    raw.readings
        .iter()
        .filter_map(|name| {
            names
                .find(name, "reading", book.readings.iter().map(|reading| reading.id.as_str()))
                .and_then(|index| book.readings.get(index))
                .and_then(|reading| {
                    reading.effect.map(|effect| (Word::from(reading.id.as_str()), effect))
                })
        })
        .collect()
}

/// One worked example.
pub(crate) fn example(names: &mut Names<'_>, raw: &RawExample) -> Option<Example> {
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
        done_by: date(&raw.expect.done_by),
        days_late: raw.expect.days_late,
        excuse: raw.expect.excuse.as_ref().map(|name| name.get_ref().clone()),
        force: raw.expect.force.as_ref().map(|name| name.get_ref().clone()),
        trigger: date(&raw.expect.trigger),
        keeps: date(&raw.expect.keeps),
        keeps_safe: date(&raw.expect.keeps_safe),
        absent: raw.expect.absent,
        missing: raw
            .expect
            .missing
            .as_ref()
            .map(|missing| missing.iter().map(|name| name.get_ref().clone()).collect()),
        other: raw
            .expect
            .other
            .as_ref()
            .map(|other| other.iter().map(|name| name.get_ref().clone()).collect()),
    };
    let born = date(&raw.born);
    let known_at = date(&raw.known_at);
    let as_at = names.date(&raw.as_at)?;
    Some(Example {
        name: raw.name.get_ref().clone(),
        file: names.file.name.clone(),
        line,
        born,
        setting: raw.setting.as_ref().map(|name| name.get_ref().clone()),
        closures: raw.closures.iter().map(|text| text.get_ref().clone()).collect(),
        terms: raw.terms.iter().map(|text| text.get_ref().clone()).collect(),
        known_at,
        given: raw.given.iter().map(|text| text.get_ref().clone()).collect(),
        as_at,
        expect,
    })
}
