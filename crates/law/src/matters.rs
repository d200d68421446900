//! Which of several rights of one kind a fact is about. A second decision takes nothing from the right
//! to appeal against the first: an act counts for the one that it can be about and that was open on
//! its day. Where several were, and the record does not say which, nobody can tell.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use crate::day::Day;
use crate::evaluate::{Asked, counts};
use crate::fact::Value;
use crate::kinds::KindSet;
use crate::limit::Worked;
use crate::line::OnlyDays;
use crate::places::{Done, between, bit};
use crate::rule::{Filter, Match, Matter, Rule};
use crate::rulebook::Rulebook;
use crate::search::act_matches;
use crate::view::Seen;

/// What became of a right.
pub(crate) enum Use<'a> {
    Unused,
    Used(&'a Seen<'a>),
    /// An act that may have used it, and the words of what is not said.
    Unsaid(&'a Seen<'a>, String),
    /// What ended it, and why.
    Ended(&'a Seen<'a>, &'a str),
}

/// What became of the right that `asked` is about; `done` is what all facts do to rights like it.
pub(crate) fn used<'a>(asked: &Asked<'a>, done: &[Done]) -> Use<'a> {
    for (word, in_word) in done.iter().enumerate() {
        let telling = in_word.acts | in_word.ends_matter;
        let telling = telling & between(word, asked.after, asked.end);
        if telling == 0 {
            continue;
        }
        let about = about(asked);
        for (_, later) in asked.view.at(word, telling) {
            if let Some(matter) = about.filter(|matter| matter.ends(asked.seen, later)) {
                return Use::Ended(later, &matter.why);
            }
            if is_act(asked, about, later) {
                // Most rights are never used, so only here it is asked whether there are others.
                return if has_others(asked) {
                    among_others(asked, done)
                } else {
                    Use::Used(later)
                };
            }
        }
    }
    Use::Unused
}

fn has_others(asked: &Asked<'_>) -> bool {
    asked.rule.tells_apart()
        && started(asked, 0, asked.view.facts.len()).any(|(place, _)| place != asked.place)
}

/// Whether a period that is counted from a fact counts for this right: one that says what it is about,
/// and one that came before the next of its kind began.
pub(crate) fn is_for(asked: &Asked<'_>, place: usize, fact: &Seen<'_>) -> bool {
    if !asked.rule.tells_apart() {
        return true;
    }
    let about = about(asked);
    fits(about, fact)
        && (says(about, fact) || started(asked, asked.place + 1, place).next().is_none())
}

/// What is not said of a fact that came by `last`, while this right was open, but after another had
/// begun: it may count for either.
pub(crate) fn unsaid(asked: &Asked<'_>, what: &Match, last: Option<Day>) -> Option<String> {
    if asked.rule.matters.is_empty() {
        return None;
    }
    let about = about(asked);
    let mut later = asked.steps(&what.list).filter(|(place, fact)| {
        last.is_none_or(|last| fact.on <= last)
            && fact.matches(what)
            && fits(about, fact)
            && !is_for(asked, *place, fact)
    });
    later.next().map(|(_, fact)| what_is_unsaid(asked, fact))
}

/// One right of several of its kind, as facts go by.
struct Open<'a> {
    asked: Asked<'a>,
    about: Option<&'a Matter>,
    /// Its last day, where it has one that can be told, once somebody has asked.
    last: OnceCell<Option<Day>>,
    /// The kinds of the acts that were surely about it.
    had: KindSet,
    ended: bool,
}

impl<'a> Open<'a> {
    fn new(asked: Asked<'a>) -> Self {
        let (last, about) = (OnceCell::new(), about(&asked));
        Self { asked, about, last, had: KindSet::default(), ended: false }
    }

    fn last(&self) -> Option<Day> {
        *self.last.get_or_init(|| last_day(&self.asked))
    }
}

/// Goes through the case, giving each act to the right that it is about.
fn among_others<'a>(asked: &Asked<'a>, done: &[Done]) -> Use<'a> {
    let (rule, view) = (asked.rule, asked.view);
    let mut open: Vec<Open<'a>> = Vec::new();
    let mut unsaid = None;
    for ((word, starts), done) in view.starts_of(rule).zip(done) {
        for (place, fact) in view.at(word, done.acts | done.ends_matter | starts) {
            let is_in = |some: u64| some & bit(place) != 0;
            for right in open.iter_mut().filter(|right| is_in(done.ends_matter) && !right.ended) {
                let ends = |matter: &&Matter| matter.ends(right.asked.seen, fact);
                if let Some(matter) = right.about.filter(ends) {
                    right.ended = true;
                    if right.asked.place == asked.place {
                        return unsaid.unwrap_or(Use::Ended(fact, &matter.why));
                    }
                }
            }
            let may = if is_in(done.acts) { can_be_about(&open, fact) } else { Vec::new() };
            if let [only] = *may.as_slice()
                && let Some(right) = open.get_mut(only)
            {
                right.had.add(fact.kind);
                if right.asked.place == asked.place {
                    return Use::Used(fact);
                }
            } else if may
                .iter()
                .filter_map(|at| open.get(*at))
                .any(|one| one.asked.place == asked.place)
            {
                unsaid.get_or_insert_with(|| Use::Unsaid(fact, what_is_unsaid(asked, fact)));
            }
            if is_in(starts) && counts(view, rule, place, fact) {
                open.push(Open::new(asked.about((place, fact))));
            }
        }
    }
    unsaid.unwrap_or(Use::Unused)
}

/// The places of the rights that an act can be about: those that are open on its day; where none is,
/// the last that ran out.
fn can_be_about(open: &[Open<'_>], act: &Seen<'_>) -> Vec<usize> {
    let could = |right: &Open<'_>| {
        !right.ended && !right.had.has(act.kind) && is_act(&right.asked, right.about, act)
    };
    let could: Vec<(usize, &Open<'_>)> =
        open.iter().enumerate().filter(|(_, right)| could(right)).collect();
    if let [(only, _)] = *could.as_slice() {
        return vec![only];
    }
    let in_time = |right: &Open<'_>| right.last().is_none_or(|last| act.on <= last);
    let newest =
        could.iter().filter(|(_, right)| in_time(right)).map(|(_, right)| right.asked.place);
    let Some(newest) = newest.max() else {
        return could.last().map(|(at, _)| *at).into_iter().collect();
    };
    let since =
        open.iter().find(|right| right.asked.place == newest).map(|right| right.asked.since);
    // A step was taken in time about one of these while both were open: this may be the next step.
    let begun = |right: &Open<'_>| {
        right.had != KindSet::default()
            && right.last().zip(since).is_some_and(|(last, since)| since <= last)
    };
    let may = could.into_iter().filter(|(_, right)| in_time(right) || begun(right));
    may.map(|(at, _)| at).collect()
}

fn last_day(asked: &Asked<'_>) -> Option<Day> {
    let limit = asked.limit()?;
    match crate::forms::count(asked, limit, asked.served, &mut OnlyDays) {
        Worked::Day(ended) => Some(ended.last),
        Worked::NoNumber | Worked::Unclear(_) => None,
    }
}

/// The facts from `from` up to `to` that start a right of this kind.
fn started<'a>(
    asked: &Asked<'a>,
    from: usize,
    to: usize,
) -> impl Iterator<Item = (usize, &'a Seen<'a>)> {
    let (view, rule) = (asked.view, asked.rule);
    view.starting(rule, from, to).filter(move |(place, seen)| counts(view, rule, *place, seen))
}

/// What a right that `seen` gave is about.
pub(crate) fn matter<'r>(rule: &'r Rule, seen: &Seen<'_>) -> Option<&'r Matter> {
    rule.matters.iter().find(|matter| seen.is_any(&matter.given_by))
}

fn about<'a>(asked: &Asked<'a>) -> Option<&'a Matter> {
    matter(asked.rule, asked.seen)
}

fn is_act(asked: &Asked<'_>, about: Option<&Matter>, later: &Seen<'_>) -> bool {
    asked.rule.acts.iter().any(|act| act_matches(act, asked.seen, later)) && fits(about, later)
}

/// Whether what a fact says it is about, if it says so, is this.
fn fits(about: Option<&Matter>, fact: &Seen<'_>) -> bool {
    about.is_none_or(|matter| matter.fits(fact))
}

impl Rulebook {
    /// The words by which an act says that it is about what a fact of this kind gave a right about,
    /// where a field of it says that: the first says all of it, others a part.
    #[must_use]
    pub fn words_about(
        &self,
        duty: &str,
        kind: &str,
        fields: &BTreeMap<String, Value>,
    ) -> &[String] {
        let fact = self.kind_number(kind).map(|kind| Seen::like(self, kind, fields));
        let rule = self.duty(duty).and_then(|duty| duty.rule.as_ref());
        let matter = rule.zip(fact.as_ref()).and_then(|(rule, fact)| matter(rule, fact));
        let says = matter.and_then(|matter| matter.says.first());
        says.map_or(&[], |says| says.values.as_slice())
    }
}

impl Matter {
    /// Whether `later` ends a right about it that `seen` gave.
    fn ends(&self, seen: &Seen<'_>, later: &Seen<'_>) -> bool {
        later.is_any(&self.ended_by) && (!self.in_round || later.round == seen.round)
    }

    /// Whether a fact can be about it: one that says otherwise cannot.
    pub(crate) fn fits(&self, fact: &Seen<'_>) -> bool {
        self.says.iter().all(|says| fact.text(&says.field).is_none() || fact.passes(says))
    }
}

/// Whether a fact says what it is about.
fn says(about: Option<&Matter>, fact: &Seen<'_>) -> bool {
    let said = |says: &Filter| fact.text(&says.field).is_some();
    about.is_some_and(|matter| matter.says.iter().any(said))
}

/// The words of the field that would say what a fact is about.
fn what_is_unsaid(asked: &Asked<'_>, fact: &Seen<'_>) -> String {
    let shared = asked.rule.acts.iter().flat_map(|act| &act.same_if_both);
    let says = about(asked).into_iter().flat_map(|matter| &matter.says);
    let mut fields = shared.chain(says.map(|says| &says.field));
    fields.next().map_or_else(String::new, |field| asked.words_of(fact, field))
}
