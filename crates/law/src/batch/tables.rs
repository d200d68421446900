//! What each class of fact means for each duty, worked out once a file: then a case is worked out by
//! looking numbers up, and no word is compared.

use std::collections::{BTreeMap, HashMap};

use super::columns::{Columns, Head};
use super::program::ABSENT;
use super::shape::{Input, Shape};
use super::spots::Spot;
use crate::day::Day;
use crate::evaluate::could_start;
use crate::fact::{Question, Value};
use crate::matters::matter;
use crate::rule::Rule;
use crate::rulebook::{Duty, Rulebook};
use crate::view::{Given, Seen};

/// What a fact of a class is for one duty, as bits of [`Role::is`].
pub(super) const TELLS: u16 = 1;
pub(super) const STARTS: u16 = 2;
pub(super) const FOR_GOOD: u16 = 4;
pub(super) const VOIDS: u16 = 8;
pub(super) const IMPLIES: u16 = 16;
pub(super) const DECIDES: u16 = 32;
pub(super) const ENDS: u16 = 64;
pub(super) const HOLDS: u16 = 128;
pub(super) const AGREES: u16 = 256;
pub(super) const BREAKS: u16 = 512;
/// Of a kind that starts the duty, though it may not start it itself.
pub(super) const LIKE_START: u16 = 1024;
/// It proves that the duty was done.
pub(super) const PROVES: u16 = 4096;
/// It may be the reason for what else would prove it.
pub(super) const DOUBTS: u16 = 8192;
/// It explains what else would speak for its having been done.
pub(super) const EXPLAINS: u16 = 16384;
/// Nothing says how it was sent.
pub(super) const NO_HOW: u16 = 2048;

/// What a fact of a class is for one duty.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Role {
    pub(super) is: u16,
    /// Whether what was sent counts as posted.
    pub(super) posted: bool,
    /// The acts that it is, and the parties that it reached, as bits.
    pub(super) acts: u32,
    pub(super) reached: u32,
    /// The acts that are needed where it starts the duty, as bits.
    pub(super) needed: u32,
    /// The sorts of [`Shape::sorts`] that it is of, as bits.
    pub(super) sorts: u32,
    /// Of the matters of a right, as bits: the one that it gives a right about, those whose right it
    /// ends, and those that it cannot be about.
    pub(super) gives: u32,
    pub(super) ends: u32,
    pub(super) unfit: u32,
}

/// A class of fact.
#[derive(Clone, Debug)]
pub(super) struct ClassOf {
    /// The rulebook's number of its kind; none where it does not know it.
    pub(super) kind: Option<u16>,
    /// Its place among the classes of its kind.
    pub(super) local: u32,
    /// The duties that it may start.
    pub(super) starts: Vec<u16>,
    /// The duty whose limit it says is lifted.
    pub(super) claims: Option<u16>,
    /// Whether a duty foresees such facts, and which of those that it may start do.
    pub(super) foreseen: bool,
    pub(super) foreseen_by: Vec<u16>,
}

/// One duty as columns, with what every class of fact is for it.
#[derive(Debug)]
pub(super) struct Tabled<'a> {
    pub(super) shape: Shape<'a>,
    pub(super) duty: &'a Duty,
    pub(super) all_owed: u32,
    /// By kind: where the roles of its classes begin, if it has any.
    first: Vec<Option<u32>>,
    pub(super) roles: Vec<Role>,
    /// For an input that is a field: its day by role.
    days: Vec<(Input, Vec<Option<i32>>)>,
    /// The fields that acts must share with the trigger.
    pub(super) shared: Vec<Shared>,
}

/// A field that an act must share with the trigger.
#[derive(Debug)]
pub(super) struct Shared {
    /// The act, as a bit of [`Role::acts`].
    pub(super) act: u32,
    field: String,
    /// Whether it must only be shared where both have it.
    if_both: bool,
    /// By role: equal where the fields are; 0 where there is none.
    same: Vec<u32>,
}

impl Shared {
    /// Whether facts of two roles agree in it.
    #[inline]
    pub(super) fn agree(&self, own: Option<usize>, later: usize) -> bool {
        let number = |at: usize| self.same.get(at).copied().unwrap_or(0);
        let (own, later) = (own.map_or(0, number), number(later));
        own == later || (self.if_both && (own == 0 || later == 0))
    }
}

impl Tabled<'_> {
    /// Where the role of a class is.
    #[inline]
    pub(super) fn place(&self, kind: u16, local: u32) -> Option<usize> {
        let first = (*self.first.get(usize::from(kind))?)?;
        Some((first + local) as usize)
    }

    /// Whether a fact is of a sort.
    pub(super) fn is_of(&self, spot: &Spot, sort: usize) -> bool {
        self.role(spot.kind, spot.local).is_some_and(|role| role.sorts >> sort & 1 == 1)
    }

    /// The day in a field of a fact, or absent where it may be left out.
    pub(super) fn day(&self, input: &Input, spot: &Spot) -> Option<i32> {
        let (_, days) = self.days.iter().find(|(known, _)| known == input)?;
        *days.get(self.place(spot.kind, spot.local)?)?
    }

    #[inline]
    pub(super) fn role(&self, kind: u16, local: u32) -> Option<&Role> {
        self.roles.get(self.place(kind, local)?)
    }
}

/// A rulebook and a file of columns, made ready for one another.
#[derive(Debug)]
pub(super) struct Tables<'a> {
    pub(super) book: &'a Rulebook,
    pub(super) question: Question,
    pub(super) classes: Vec<ClassOf>,
    /// By number of duty: none where the single evaluator works it out.
    pub(super) duties: Vec<Option<Tabled<'a>>>,
}

impl<'a> Tables<'a> {
    pub(super) fn new(book: &'a Rulebook, columns: &'a Columns<'_>, question: Question) -> Self {
        let head = &columns.head;
        let kinds: Vec<Option<u16>> =
            head.kinds.iter().map(|name| book.kind_number(name)).collect();
        let like = like_each(book, head, &kinds);
        let mut counts: HashMap<u16, u32> = HashMap::new();
        let classes: Vec<ClassOf> = like
            .iter()
            .map(|seen| match seen {
                Some(seen) => {
                    let count = counts.entry(seen.kind).or_default();
                    *count += 1;
                    class_of(book, seen, *count - 1)
                }
                None => {
                    let (kind, local, claims, foreseen) = (None, 0, None, false);
                    let (starts, foreseen_by) = (Vec::new(), Vec::new());
                    ClassOf { kind, local, starts, claims, foreseen, foreseen_by }
                }
            })
            .collect();
        let tabled = |number: usize| {
            let (duty, rule) = book.with_rule(u16::try_from(number).ok()?)?;
            if without_claim(book, duty, rule) {
                return None;
            }
            let shape = Shape::of(rule, question.on())?;
            Some(Tabled::new(book, shape, duty, &like, &classes))
        };
        let duties = (0..book.duties().len()).map(tabled).collect();
        Self { book, question, classes, duties }
    }
}

/// Whether a circumstance can lift the number by itself: only the case as a whole shows it.
fn without_claim(book: &Rulebook, duty: &Duty, rule: &Rule) -> bool {
    let versions = rule.versions.iter();
    let more = versions.flat_map(|one| one.lifted_by.iter().flatten().chain(&one.also_lifted_by));
    let mut grounds = duty.lifted_by.iter().chain(more).filter_map(|id| book.ground(id));
    book.told.without_claim && grounds.any(|ground| ground.without_claim)
}

/// A fact of each class, on no day; none where the rulebook does not know its kind.
fn like_each<'a>(book: &Rulebook, head: &'a Head, kinds: &[Option<u16>]) -> Vec<Option<Seen<'a>>> {
    head.classes
        .iter()
        .map(|class| {
            let kind = kinds.get(usize::from(class.kind)).copied().flatten()?;
            Some(Seen::like(book, kind, &class.fields))
        })
        .collect()
}

fn class_of(book: &Rulebook, seen: &Seen<'_>, local: u32) -> ClassOf {
    let mut starts: Vec<u16> = book
        .started_by(seen.kind)
        .iter()
        .map(|start| start.duty)
        .filter(|number| book.with_rule(*number).is_some_and(|(_, rule)| could_start(rule, seen)))
        .collect();
    starts.dedup();
    let relied_on = book.told.relied_on == Some(seen.kind);
    let claims = seen.text("duty").filter(|_| relied_on).and_then(|id| {
        book.duties().iter().position(|duty| duty.id == id).and_then(|at| u16::try_from(at).ok())
    });
    let foreseen = book.foreseen(seen.kind).is_some();
    let foresees =
        |number: &&u16| book.with_rule(**number).is_some_and(|(_, rule)| rule.foreseen.is_some());
    let foreseen_by = starts.iter().filter(foresees).copied().collect();
    ClassOf { kind: Some(seen.kind), local, starts, claims, foreseen, foreseen_by }
}

impl<'a> Tabled<'a> {
    fn new(
        book: &'a Rulebook,
        shape: Shape<'a>,
        duty: &'a Duty,
        like: &[Option<Seen<'_>>],
        classes: &[ClassOf],
    ) -> Self {
        let rule = shape.rule;
        let days = fields(&shape).into_iter().map(|input| (input, Vec::new())).collect();
        let mut tabled = Self {
            all_owed: if rule.to_all { all(duty.owed_to.len()) } else { 0 },
            first: vec![None; book.kinds().len()],
            roles: Vec::new(),
            shared: shared(rule),
            days,
            shape,
            duty,
        };
        let mut counts = vec![0_u32; book.kinds().len()];
        for kind in classes.iter().filter_map(|class| class.kind) {
            if let Some(count) = counts.get_mut(usize::from(kind)) {
                *count += 1;
            }
        }
        let kinds = rule.interest.and_also(rule.start_kinds).and_also(rule.ended_by.kinds);
        let sorts = tabled.shape.sorts.iter();
        let kinds = sorts.fold(kinds, |kinds, sort| kinds.and_also(sort.kinds));
        let mut next = 0;
        for kind in kinds.iter() {
            if let Some(first) = tabled.first.get_mut(usize::from(kind)) {
                *first = Some(next);
                next += counts.get(usize::from(kind)).copied().unwrap_or(0);
            }
        }
        let next = next as usize;
        tabled.roles = vec![Role::default(); next];
        tabled.days.iter_mut().for_each(|(_, days)| days.resize(next, None));
        tabled.shared.iter_mut().for_each(|shared| shared.same.resize(next, 0));
        let mut words = BTreeMap::new();
        for (seen, class) in like.iter().zip(classes) {
            let Some(seen) = seen else { continue };
            if let Some(at) = tabled.place(seen.kind, class.local) {
                tabled.fill(at, seen, &mut words);
            }
        }
        tabled
    }

    fn fill(&mut self, at: usize, seen: &Seen<'_>, words: &mut BTreeMap<String, u32>) {
        let rule = self.shape.rule;
        let role = Role {
            is: bits((self.duty, rule), seen),
            posted: matches!(seen.text("how"), Some("post") | None),
            acts: numbers(rule.acts.iter().map(|act| act.is(seen))),
            reached: numbers(self.duty.owed_to.iter().map(|party| seen.served(party))),
            needed: numbers(rule.acts.iter().map(|act| act.is_needed(seen))),
            sorts: numbers(self.shape.sorts.iter().map(|sort| seen.matches(sort))),
            gives: matter(rule, seen).map_or(0, |matter| {
                numbers(rule.matters.iter().map(|known| std::ptr::eq(known, matter)))
            }),
            ends: numbers(rule.matters.iter().map(|matter| seen.is_any(&matter.ended_by))),
            unfit: numbers(rule.matters.iter().map(|matter| !matter.fits(seen))),
        };
        if let Some(place) = self.roles.get_mut(at) {
            *place = role;
        }
        for (input, days) in &mut self.days {
            if let (Some((name, optional)), Some(day)) = (input.field(), days.get_mut(at)) {
                *day = seen.date(name).map(Day::number).or(optional.then_some(ABSENT));
            }
        }
        for shared in &mut self.shared {
            let Some(text) = seen.text(&shared.field) else { continue };
            let text = if shared.if_both { text.to_ascii_lowercase() } else { text.to_owned() };
            let next = u32::try_from(words.len()).unwrap_or(u32::MAX).saturating_add(1);
            let number = *words.entry(text).or_insert(next);
            if let Some(same) = shared.same.get_mut(at) {
                *same = number;
            }
        }
    }
}

/// The inputs of a duty that are fields, also those that a period of school days is counted from.
fn fields(shape: &Shape<'_>) -> Vec<Input> {
    let inputs = shape.inputs.iter().map(|input| match input {
        Input::SchoolDays { from, .. } => from,
        input => input,
    });
    inputs.filter(|input| input.field().is_some()).cloned().collect()
}

/// The fields that the acts of a duty must share with its trigger, without their words.
fn shared(rule: &Rule) -> Vec<Shared> {
    let acts = rule.acts.iter().enumerate().map(|(at, act)| (1 << at.min(31), act));
    let fields = acts.flat_map(|(bit, act)| {
        let always = act.same.iter().map(move |field| (bit, field, false));
        always.chain(act.same_if_both.iter().map(move |field| (bit, field, true)))
    });
    let shared = fields.map(|(act, field, if_both)| Shared {
        act,
        field: field.clone(),
        if_both,
        same: Vec::new(),
    });
    shared.collect()
}

fn bits((duty, rule): (&Duty, &Rule), seen: &Seen<'_>) -> u16 {
    let proves = seen.is_any(&rule.proved_by);
    [
        (TELLS, seen.is_in(&rule.interest)),
        (STARTS, could_start(rule, seen)),
        (FOR_GOOD, rule.for_good.iter().any(|(what, _)| seen.matches(what))),
        (VOIDS, seen.is_any(&rule.void_by)),
        (IMPLIES, proves || seen.is_any(&rule.implied_by)),
        (PROVES, proves && seen.told(duty, rule)),
        (DOUBTS, seen.is_any(&rule.proved_unless)),
        (EXPLAINS, seen.is_any(&rule.implied_unless)),
        (DECIDES, seen.is_in(&rule.before)),
        (ENDS, seen.is_any(&rule.ended_by)),
        (HOLDS, rule.held_by.as_ref().is_some_and(|held| held.is(seen))),
        (AGREES, rule.unless.as_ref().is_some_and(|unless| seen.matches(unless))),
        (BREAKS, seen.is_any(&rule.broken_by)),
        (LIKE_START, seen.is_in(&rule.start_kinds)),
        (NO_HOW, seen.text("how").is_none()),
    ]
    .into_iter()
    .fold(0, |bits, (bit, is)| if is { bits | bit } else { bits })
}

fn numbers(are: impl Iterator<Item = bool>) -> u32 {
    are.enumerate().fold(0, |bits, (at, is)| bits | (u32::from(is) << at.min(31)))
}

const fn all(n: usize) -> u32 {
    if n >= 32 { u32::MAX } else { (1 << n) - 1 }
}

/// The facts of one case as the single evaluator takes them.
pub(super) fn given<'a>(
    classes: &'a [ClassOf],
    fields: impl Fn(usize) -> Option<&'a BTreeMap<String, Value>>,
    (place, class, on, known_on): (usize, usize, Day, Day),
) -> Option<Given<'a>> {
    let kind = classes.get(class)?.kind?;
    let fields = fields(class)?;
    Some(Given { index: place, id: "", kind, on, known_on, corrects: false, fields })
}
