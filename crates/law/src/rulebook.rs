//! The rulebook as read: duties, kinds of fact, and the words for them. Names are resolved to small
//! numbers when it is read, so that asking about a case compares numbers and not words.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasherDefault;
use std::sync::LazyLock;

use jiff::civil::Date;

use crate::calendar::Calendar;
use crate::fact::{Term, Value};
use crate::fault::Fault;
use crate::kinds::KindSet;
use crate::lookup::{Short, Told};
use crate::role::{Roles, Start};
use crate::rule::Rule;
use crate::say::Phrases;
pub use crate::shapes::{
    Checked, Clock, Duty, Earlier, EventKind, Field, FieldType, Ground, InForce, Notice,
    NoticePart, Party, Reading, Remedy, STAGES, Status,
};
pub(crate) use crate::shapes::{Effect, GroundTest, Outcome};
use crate::situation::Situation;
use crate::traits::Traits;
use crate::word::Word;
use crate::{compile, embedded};

/// One file of a rulebook.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Its name, ending as under `law/`: `law/duties/plan.toml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

/// The law as data, read and checked.
#[derive(Debug)]
pub struct Rulebook {
    pub(crate) hash: String,
    /// The files that it was read from.
    pub(crate) files: Vec<SourceFile>,
    pub(crate) preview: bool,
    pub(crate) duties: Vec<Duty>,
    pub(crate) kinds: Vec<EventKind>,
    pub(crate) kind_index: HashMap<String, u16, BuildHasherDefault<Short>>,
    /// By number of kind: the duties that it can start, and how far ahead some foresee it.
    pub(crate) told: Told,
    pub(crate) traits: Traits,
    /// The place of each duty in the order of ids.
    ranks: Vec<u16>,
    /// The word for what binds by guidance alone.
    pub(crate) guidance: Word,
    pub(crate) starters: Vec<Vec<Start>>,
    pub(crate) foreseen: Vec<Option<Option<i32>>>,
    pub(crate) parties: Vec<Party>,
    pub(crate) bodies: Vec<Party>,
    pub(crate) remedies: Vec<Remedy>,
    pub(crate) readings: Vec<Reading>,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) notices: Vec<Notice>,
    pub(crate) terms: Vec<Term>,
    pub(crate) settings: Vec<String>,
    pub(crate) round: Round,
    pub(crate) calendar: Calendar,
    pub(crate) words: [BTreeMap<String, String>; 2],
    pub(crate) phrases: Phrases,
    pub(crate) situations: Vec<Situation>,
}

/// What ties the steps of one assessment together. Sets of kinds are bits.
#[derive(Debug, Default)]
pub(crate) struct Round {
    pub(crate) opens: KindSet,
    pub(crate) closes: KindSet,
    /// Kind that reopens, and the kind of closing that it takes back.
    pub(crate) reopens: Vec<(u16, u16)>,
    /// All of these.
    pub(crate) touched_by: KindSet,
}

impl Round {
    pub(crate) fn new(opens: KindSet, closes: KindSet, reopens: Vec<(u16, u16)>) -> Self {
        let reopening = reopens.iter().map(|(kind, _)| *kind).collect();
        let touched_by = opens.and_also(closes).and_also(reopening);
        Self { opens, closes, reopens, touched_by }
    }
}

static EMBEDDED: LazyLock<Rulebook> = LazyLock::new(|| {
    match Rulebook::parse(&Rulebook::embedded_files()) {
        Ok(rulebook) => rulebook,
        // The files are compiled in and a test reads them: this cannot depend on anybody's data.
        Err(faults) => unreachable!("the rulebook inside this program is faulty: {faults:?}"),
    }
});

impl Rulebook {
    /// A rulebook with nothing in it yet.
    pub(crate) fn empty(hash: String, files: &[SourceFile]) -> Self {
        Self {
            hash,
            files: files.to_vec(),
            preview: false,
            duties: Vec::new(),
            kinds: Vec::new(),
            kind_index: HashMap::default(),
            told: Told::default(),
            traits: Traits::default(),
            ranks: Vec::new(),
            guidance: Word::from("guidance"),
            starters: Vec::new(),
            foreseen: Vec::new(),
            parties: Vec::new(),
            bodies: Vec::new(),
            remedies: Vec::new(),
            readings: Vec::new(),
            grounds: Vec::new(),
            notices: Vec::new(),
            terms: Vec::new(),
            settings: Vec::new(),
            round: Round::default(),
            calendar: Calendar::default(),
            words: [BTreeMap::new(), BTreeMap::new()],
            phrases: Phrases::default(),
            situations: Vec::new(),
        }
    }

    /// The rulebook inside the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &EMBEDDED
    }

    /// Reads a rulebook.
    ///
    /// # Errors
    /// Everything wrong with the files, each fault with its file and line.
    pub fn parse(files: &[SourceFile]) -> Result<Self, Vec<Fault>> {
        compile::rulebook(files)
    }

    /// Whether rows that are not law are taken as if they were.
    #[must_use]
    pub const fn is_preview(&self) -> bool {
        self.preview
    }

    /// Reads a rulebook with a pack of files over it, as if all of it were law: a file of the pack
    /// takes the place of the one with its name, and its proposed rows count from their days.
    ///
    /// # Errors
    /// Everything wrong with the files, each fault with its file and line.
    pub fn preview(files: &[SourceFile], pack: &[SourceFile]) -> Result<Self, Vec<Fault>> {
        compile::preview(files, pack)
    }

    /// The rulebook inside the program with an area's own standards beside it: files that begin with
    /// `local/`.
    ///
    /// # Errors
    /// Everything wrong with them, among it each standard that would weaken the law, by name.
    pub fn with_local(pack: &[SourceFile]) -> Result<Self, Vec<Fault>> {
        let files: Vec<SourceFile> =
            Self::embedded_files().into_iter().chain(pack.iter().cloned()).collect();
        Self::parse(&files)
    }

    /// The files inside the program, for a preview to be put over.
    #[must_use]
    pub fn embedded_files() -> Vec<SourceFile> {
        embedded::FILES
            .iter()
            .map(|(name, text)| SourceFile { name: (*name).to_owned(), text: (*text).to_owned() })
            .collect()
    }

    /// SHA-256 of the files, in hexadecimal.
    #[must_use]
    pub fn hash(&self) -> &str {
        &self.hash
    }

    /// Every duty, in the order of the files.
    #[must_use]
    pub fn duties(&self) -> &[Duty] {
        &self.duties
    }

    /// The duties that bind without a trigger, in force on a day. They have no day of their own.
    pub fn standing_on(&self, day: Date) -> impl Iterator<Item = &Duty> {
        self.duties.iter().filter(move |duty| duty.form == "standing" && duty.binds_on(day))
    }

    /// The duty that `id` names.
    #[must_use]
    pub fn duty(&self, id: &str) -> Option<&Duty> {
        self.duties.iter().find(|duty| duty.id == id)
    }

    /// Every kind of fact, in the order of procedure.
    #[must_use]
    pub fn kinds(&self) -> &[EventKind] {
        &self.kinds
    }

    /// The kind of fact that `name` names.
    #[must_use]
    pub fn kind(&self, name: &str) -> Option<&EventKind> {
        self.kinds.get(usize::from(self.kind_number(name)?))
    }

    /// Whether a fact of this kind is there for some duty before its own day, as a move is.
    #[must_use]
    pub fn is_foreseen(&self, kind: &str) -> bool {
        self.kind_number(kind).is_some_and(|kind| self.foreseen(kind).is_some())
    }

    /// Whether a fact of this kind is an act that discharges this duty, or one of several.
    #[must_use]
    pub fn is_done_by(&self, duty: &str, kind: &str) -> bool {
        let rule = self.duty(duty).and_then(|duty| duty.rule.as_ref());
        self.kind_number(kind)
            .zip(rule)
            .is_some_and(|(kind, rule)| rule.acts.iter().any(|act| act.what.kinds.has(kind)))
    }

    /// What a fact of a kind can start, duty by duty in their order.
    pub(crate) fn started_by(&self, kind: u16) -> &[Start] {
        self.starters.get(usize::from(kind)).map_or(&[], Vec::as_slice)
    }

    /// The place of a duty in the order of ids.
    pub(crate) fn rank(&self, number: u16) -> u16 {
        self.ranks.get(usize::from(number)).copied().unwrap_or(u16::MAX)
    }

    /// How far ahead a fact of a kind is seen by duties that foresee it; none where no duty does.
    pub(crate) fn foreseen(&self, kind: u16) -> Option<Option<i32>> {
        self.foreseen.get(usize::from(kind)).copied().flatten()
    }

    /// A duty by its number, where it is law and has mechanics.
    pub(crate) fn with_rule(&self, number: u16) -> Option<(&Duty, &Rule)> {
        let duty = self.duties.get(usize::from(number))?;
        duty.rule.as_ref().map(|rule| (duty, rule))
    }

    /// Puts a duty at a place. Those that keep the day of a later one go on naming the same.
    pub(crate) fn insert(&mut self, at: usize, duty: Duty) {
        self.duties.insert(at, duty);
        for rule in self.duties.iter_mut().filter_map(|duty| duty.rule.as_mut()) {
            if let Some((kept, _)) = &mut rule.keeps
                && *kept >= at
            {
                *kept += 1;
            }
        }
    }

    /// Works out which duties each kind of fact can start. What is not law starts nothing.
    pub(crate) fn index(&mut self) {
        self.starters = vec![Vec::new(); self.kinds.len()];
        self.foreseen = vec![None; self.kinds.len()];
        let mut sorted: Vec<(&str, usize)> =
            self.duties.iter().zip(0..).map(|(duty, number)| (duty.id.as_str(), number)).collect();
        sorted.sort_unstable();
        self.ranks = vec![0; sorted.len()];
        for ((_, number), rank) in sorted.into_iter().zip(0..) {
            if let Some(place) = self.ranks.get_mut(number) {
                *place = rank;
            }
        }
        self.told = Told {
            relied_on: self.kind_number("exception-relied-on"),
            advice_requested: self.kind_number("advice-requested"),
            information_requested: self.kind_number("information-requested"),
            absent: self.kind_number("child-absent"),
            appointment_missed: self.kind_number("appointment-missed"),
            without_claim: self.grounds.iter().any(|ground| ground.without_claim),
        };
        let mut traits = Traits::new(self.kinds.len());
        let mut kept = Vec::new();
        for (duty, number) in self.duties.iter_mut().zip(0..) {
            let Some(rule) = duty.rule.as_mut() else { continue };
            rule.number = number;
            rule.each_match(|what| {
                what.list = what.kinds.iter().collect();
                what.needs = traits.needed(what);
            });
            let starts = rule.start_kinds;
            rule.acts.iter_mut().for_each(|act| act.marks = traits.marks(act, starts));
            rule.roles = Roles::of(rule, &self.round.reopens, &mut traits);
            kept.extend(rule.keeps.map(|(kept, _)| kept));
        }
        for kept in kept {
            if let Some(rule) = self.duties.get_mut(kept).and_then(|duty| duty.rule.as_mut()) {
                rule.roles.kept = true;
            }
        }
        self.traits = traits;
        for duty in &self.duties {
            let Some(rule) = duty.rule.as_ref().filter(|_| duty.status == Status::InForce) else {
                continue;
            };
            for start in &rule.roles.starts {
                if let Some(list) = self.starters.get_mut(usize::from(start.kind)) {
                    list.push(*start);
                }
            }
            for kind in rule.start_kinds.iter() {
                if let (Some(foreseen), Some(months)) =
                    (self.foreseen.get_mut(usize::from(kind)), rule.foreseen)
                {
                    *foreseen = Some(foreseen.flatten().max(months));
                }
            }
        }
    }

    /// The number of the kind that `name` names.
    pub(crate) fn kind_number(&self, name: &str) -> Option<u16> {
        self.kind_index.get(name).copied()
    }

    /// What may be happening to a family, in the order in which they are shown.
    #[must_use]
    pub fn situations(&self) -> &[Situation] {
        &self.situations
    }

    /// The school terms of the area, in order; none where nobody has told them.
    #[must_use]
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Every notice.
    #[must_use]
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// The parts that a notice of this kind of event must hold, by id; none where nothing is asked.
    pub fn notice_parts(&self, kind: &str) -> impl Iterator<Item = &str> {
        self.kind(kind)
            .and_then(|kind| self.notice(kind.notice.as_deref()?))
            .into_iter()
            .flat_map(|notice| notice.parts.iter().map(|part| part.id.as_str()))
    }

    /// The notice that must go with a fact of this kind and these fields when it is sent.
    #[must_use]
    pub fn notice_for(&self, kind: &str, fields: &BTreeMap<String, Value>) -> Option<&Notice> {
        let kind = self.kind(kind)?;
        let by_field = kind.notice_by.as_ref().and_then(|(field, of)| match fields.get(field)? {
            Value::Text(value) => of.get(value),
            _ => None,
        });
        self.notice(by_field.or(kind.notice.as_ref())?)
    }

    /// The notice with that code.
    #[must_use]
    pub fn notice(&self, code: &str) -> Option<&Notice> {
        self.notices.iter().find(|notice| notice.code == code)
    }

    /// The reading with that number.
    #[must_use]
    pub fn reading(&self, id: &str) -> Option<&Reading> {
        self.readings.iter().find(|reading| reading.id == id)
    }

    /// Every remedy, in the order of the file.
    #[must_use]
    pub fn remedies(&self) -> &[Remedy] {
        &self.remedies
    }

    /// The remedy that `id` names.
    #[must_use]
    pub fn remedy(&self, id: &str) -> Option<&Remedy> {
        self.remedies.iter().find(|remedy| remedy.id == id)
    }

    /// The ground that `id` names.
    #[must_use]
    pub fn ground(&self, id: &str) -> Option<&Ground> {
        self.grounds.iter().find(|ground| ground.id == id)
    }

    /// Who owes and who is owed, in the order of the file.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// The party that `id` names.
    #[must_use]
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.parties.iter().find(|party| party.id == id)
    }

    /// A body that may be asked for advice.
    #[must_use]
    pub fn body(&self, id: &str) -> Option<&Party> {
        self.bodies.iter().find(|body| body.id == id)
    }

    /// The kinds of place a child can be at.
    #[must_use]
    pub fn settings(&self) -> &[String] {
        &self.settings
    }

    /// The calendar of working days.
    #[must_use]
    pub const fn calendar(&self) -> &Calendar {
        &self.calendar
    }

    /// The titles of a set of kinds, joined for a sentence.
    pub(crate) fn titles(&self, set: KindSet) -> String {
        let titles: BTreeSet<&str> = self
            .kinds
            .iter()
            .zip(0..)
            .filter(|(_, index)| set.has(*index))
            .map(|(kind, _)| kind.title.as_str())
            .collect();
        titles.into_iter().collect::<Vec<_>>().join("; ")
    }
}
