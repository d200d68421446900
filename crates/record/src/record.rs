//! The fold of one child's events: everything that is known, and what it was before it was
//! corrected. Nothing here is stored; every view is a pure reading of the entries.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sendero_law::{Case, Closure};

use crate::event::{
    AdviceReceived, AdviceRequested, AskerNamed, ChildRegistered, Contact, Event, NeedNoted,
    OutOfEducation, OwnWordsGiven, ServiceKept, Told,
};
use crate::ids::{ChildId, EventId, Name, PersonId};
use crate::plan::PlanText;
use crate::words::{Body, Relation, SettingKind, Topic};

/// What stands beside an event's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its id.
    pub id: EventId,
    /// Its place in the child's stream, from 1.
    pub seq: i64,
    /// The day it happened.
    pub on: Date,
    /// The day the authority knew.
    pub known_on: Date,
    /// When it was recorded: UTC, fixed width.
    pub recorded_at: String,
    /// Who recorded it; the id of a person, or a word such as `public`.
    pub actor: String,
    /// The entry it corrects or takes back.
    pub supersedes: Option<EventId>,
}

/// One event with its header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The header.
    pub header: Header,
    /// What happened.
    pub event: Event,
}

/// A person tied to the child, as last said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tied {
    /// The person.
    pub person: PersonId,
    /// Their name.
    pub name: Name,
    /// What they are to the child.
    pub relation: Relation,
    /// Whether they have parental responsibility.
    pub parental_responsibility: Option<bool>,
    /// Of an adviser, the body.
    pub body: Option<Body>,
    /// Of an adviser, what they are.
    pub adviser: Option<String>,
    /// How to reach them.
    pub contact: Option<Contact>,
    /// Since when.
    pub from: Date,
    /// First day after the tie ended.
    pub until: Option<Date>,
}

/// Where the child learns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The kind of place.
    pub kind: SettingKind,
    /// Its name.
    pub name: Option<String>,
    /// Since when.
    pub from: Date,
}

/// One request for advice and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice<'a> {
    /// The request.
    pub asked: &'a Header,
    /// What was asked, of whom.
    pub request: &'a AdviceRequested,
    /// The answer, if it came.
    pub answer: Option<(&'a Header, &'a AdviceReceived)>,
}

/// A request for advice without an answer, with what an inbox needs.
pub type OpenAdvice<'a> = Advice<'a>;

/// A decision as the family reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision<'a> {
    /// The header of the entry.
    pub header: &'a Header,
    /// The event itself.
    pub event: &'a Event,
    /// The reasons, as given.
    pub reasons: &'a str,
}

/// One child's record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    child: ChildId,
    entries: Vec<Entry>,
    superseded_by: BTreeMap<EventId, usize>,
}

impl Record {
    /// The record of `child` from its entries, in stream order.
    #[must_use]
    pub fn new(child: ChildId, entries: Vec<Entry>) -> Self {
        let superseded_by = entries
            .iter()
            .enumerate()
            .filter_map(|(at, entry)| Some((entry.header.supersedes.clone()?, at)))
            .collect();
        Self { child, entries, superseded_by }
    }

    /// The same record with entries after its last.
    #[must_use]
    pub fn with(&self, entries: impl IntoIterator<Item = Entry>) -> Self {
        Self::new(self.child.clone(), self.entries.iter().cloned().chain(entries).collect())
    }

    /// Adds an entry after its last.
    pub fn add(&mut self, entry: Entry) {
        if let Some(id) = &entry.header.supersedes {
            self.superseded_by.insert(id.clone(), self.entries.len());
        }
        self.entries.push(entry);
    }

    /// The child.
    #[must_use]
    pub fn child(&self) -> &ChildId {
        &self.child
    }

    /// How many events the stream holds: the version that a commit expects.
    #[must_use]
    pub fn version(&self) -> i64 {
        self.entries.last().map_or(0, |entry| entry.header.seq)
    }

    /// Every entry in stream order, superseded ones included.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: &EventId) -> Option<&Entry> {
        self.entries.iter().find(|entry| &entry.header.id == id)
    }

    /// What corrected or took back this entry, if anything did.
    #[must_use]
    pub fn superseded_by(&self, id: &EventId) -> Option<&Entry> {
        self.entries.get(*self.superseded_by.get(id)?)
    }

    /// Why this entry was corrected or taken back, if it was and the reason stands there.
    #[must_use]
    pub fn why_superseded(&self, id: &EventId) -> Option<&str> {
        if let Event::EntryWithdrawn(back) = &self.superseded_by(id)?.event {
            return Some(&back.why);
        }
        self.entries.iter().find_map(|entry| match &entry.event {
            Event::EntryCorrected(corrected) if corrected.entry == *id => {
                Some(corrected.why.as_str())
            }
            _ => None,
        })
    }

    /// What stood in an entry before it was corrected, the latest first.
    #[must_use]
    pub fn before(&self, id: &EventId) -> Vec<&Entry> {
        let mut before: Vec<&Entry> = Vec::new();
        let mut after = self.entry(id);
        while let Some(now) = after {
            let earlier = now.header.supersedes.as_ref().and_then(|id| self.entry(id));
            after = earlier.filter(|earlier| earlier.header.seq < now.header.seq);
            before.extend(after);
        }
        before
    }

    /// The entries that stand: neither superseded nor about another entry; in stream order.
    pub fn standing(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| {
            !self.superseded_by.contains_key(&entry.header.id) && !entry.event.is_about_an_entry()
        })
    }

    /// The standing entries in the order in which they happened.
    #[must_use]
    pub fn history(&self) -> Vec<&Entry> {
        let mut history: Vec<&Entry> = self.standing().collect();
        history.sort_by_key(|entry| (entry.header.on, entry.header.seq));
        history
    }

    /// The history with what was taken back and by which entry, in the order in which they happened.
    /// What a correction replaced is not in it: it stands behind the correction ([`Self::before`]).
    #[must_use]
    pub fn kept(&self) -> Vec<(&Entry, Option<&Entry>)> {
        let mut kept: Vec<(&Entry, Option<&Entry>)> = self
            .entries
            .iter()
            .filter(|entry| !entry.event.is_about_an_entry())
            .filter_map(|entry| match self.superseded_by(&entry.header.id) {
                None => Some((entry, None)),
                Some(after) if matches!(after.event, Event::EntryWithdrawn(_)) => {
                    Some((entry, Some(after)))
                }
                Some(_) => None,
            })
            .collect();
        kept.sort_by_key(|(entry, _)| (entry.header.on, entry.header.seq));
        kept
    }

    /// The latest standing payload that `pick` finds, by day and then by order of recording.
    fn latest<'a, T>(&'a self, pick: impl Fn(&'a Event) -> Option<T>) -> Option<(&'a Header, T)> {
        self.standing()
            .filter_map(|entry| Some((&entry.header, pick(&entry.event)?)))
            .max_by_key(|(header, _)| (header.on, header.seq))
    }

    /// Name, date of birth and reference.
    #[must_use]
    pub fn registered(&self) -> Option<&ChildRegistered> {
        self.latest(|event| match event {
            Event::ChildRegistered(registered) => Some(registered),
            _ => None,
        })
        .map(|(_, registered)| registered)
    }

    /// The own words that stand at the top of every page, and all earlier ones after them.
    #[must_use]
    pub fn own_words(&self) -> Vec<(&Header, &OwnWordsGiven)> {
        let mut given: Vec<_> = self
            .standing()
            .filter_map(|entry| match &entry.event {
                Event::OwnWordsGiven(words) => Some((&entry.header, words)),
                _ => None,
            })
            .collect();
        given.sort_by_key(|(header, _)| std::cmp::Reverse((header.on, header.seq)));
        given
    }

    /// What was told, newest version first on each topic.
    #[must_use]
    pub fn told(&self) -> BTreeMap<Topic, Vec<(&Header, &Told)>> {
        let mut told: BTreeMap<Topic, Vec<(&Header, &Told)>> = BTreeMap::new();
        for entry in self.standing() {
            if let Event::Told(said) = &entry.event {
                told.entry(said.topic).or_default().push((&entry.header, said));
            }
        }
        for versions in told.values_mut() {
            versions.sort_by_key(|(header, _)| std::cmp::Reverse((header.on, header.seq)));
        }
        told
    }

    /// The needs noted, oldest first.
    #[must_use]
    pub fn needs(&self) -> Vec<(&Header, &NeedNoted)> {
        self.standing()
            .filter_map(|entry| match &entry.event {
                Event::NeedNoted(need) => Some((&entry.header, need)),
                _ => None,
            })
            .collect()
    }

    /// The services on the child's list, in the order in which they were put there.
    #[must_use]
    pub fn kept_services(&self) -> Vec<(&Header, &ServiceKept)> {
        let mut kept: Vec<(&Header, &ServiceKept)> = Vec::new();
        for entry in self.standing() {
            match &entry.event {
                Event::ServiceKept(one) => {
                    kept.retain(|(_, known)| known.service != one.service);
                    kept.push((&entry.header, one));
                }
                Event::ServiceLetGo(one) => kept.retain(|(_, known)| known.service != one.service),
                _ => {}
            }
        }
        kept
    }

    /// Where the child learns, as last said.
    #[must_use]
    pub fn setting(&self) -> Option<Setting> {
        self.latest(|event| match event {
            Event::SettingChanged(setting) => Some(setting),
            _ => None,
        })
        .map(|(header, setting)| Setting {
            kind: setting.kind,
            name: setting.name.clone(),
            from: header.on,
        })
    }

    /// Since when, and why, the child receives no full-time education; `None` if they do.
    #[must_use]
    pub fn out_of_education(&self) -> Option<(&Header, &OutOfEducation)> {
        self.latest(|event| match event {
            Event::OutOfEducation(out) => Some(Some(out)),
            Event::BackInEducation(_) => Some(None),
            _ => None,
        })
        .and_then(|(header, out)| Some((header, out?)))
    }

    /// The officer who has the case: the last assignment or accepted offer.
    #[must_use]
    pub fn officer(&self) -> Option<(PersonId, Name)> {
        self.latest(|event| match event {
            Event::OfficerAssigned(assigned) => {
                Some((assigned.officer.clone(), assigned.name.clone()))
            }
            Event::HandoverAnswered(answer) if answer.accepted => {
                match &self.entry(&answer.offer)?.event {
                    Event::HandoverOffered(offer) => Some((offer.to.clone(), offer.name.clone())),
                    _ => None,
                }
            }
            _ => None,
        })
        .map(|(_, officer)| officer)
    }

    /// The offer to pass the case on that nobody has answered yet. Giving the case to somebody
    /// afterwards ends it.
    #[must_use]
    pub fn offered(&self) -> Option<(&Header, &crate::event::HandoverOffered)> {
        let answered: BTreeSet<&EventId> = self
            .standing()
            .filter_map(|entry| match &entry.event {
                Event::HandoverAnswered(answer) => Some(&answer.offer),
                _ => None,
            })
            .collect();
        self.latest(|event| match event {
            Event::HandoverOffered(offer) => Some(offer),
            _ => None,
        })
        .filter(|(header, _)| !answered.contains(&header.id))
        .filter(|(header, _)| {
            !self.standing().any(|entry| {
                matches!(entry.event, Event::OfficerAssigned(_)) && entry.header.seq > header.seq
            })
        })
    }

    /// Who says that they asked, where nobody has matched them yet.
    #[must_use]
    pub fn unmatched_asker(&self) -> Option<&AskerNamed> {
        self.latest(|event| match event {
            Event::AskerNamed(asker) => Some(asker),
            _ => None,
        })
        .filter(|(named, asker)| {
            // Put right later, they are who was matched before.
            let first = self.before(&named.id).last().map_or(named.seq, |first| first.header.seq);
            !self.standing().any(|entry| {
                let Event::PersonTied(tied) = &entry.event else { return false };
                let same = tied.name == asker.name && tied.relation == asker.relation;
                entry.header.seq > first && (tied.person == asker.person || same)
            })
        })
        .map(|(_, asker)| asker)
    }

    /// The people tied to the child, each as last said, in order of first being named.
    #[must_use]
    pub fn people(&self) -> Vec<Tied> {
        let mut people: Vec<Tied> = Vec::new();
        for entry in self.history() {
            match &entry.event {
                Event::PersonTied(tied) => {
                    let now = Tied {
                        person: tied.person.clone(),
                        name: tied.name.clone(),
                        relation: tied.relation,
                        parental_responsibility: tied.parental_responsibility,
                        body: tied.body,
                        adviser: tied.adviser.clone(),
                        contact: tied.contact.clone(),
                        from: entry.header.on,
                        until: None,
                    };
                    match people.iter_mut().find(|person| person.person == now.person) {
                        Some(before) => {
                            let from = before.from.min(now.from);
                            *before = Tied { from, ..now };
                        }
                        None => people.push(now),
                    }
                }
                Event::PersonUntied(untied) => {
                    if let Some(person) =
                        people.iter_mut().find(|person| person.person == untied.person)
                    {
                        person.until = Some(entry.header.on);
                    }
                }
                _ => {}
            }
        }
        people
    }

    /// Every request for advice that stands, with its answer, in the order of asking.
    #[must_use]
    pub fn advice(&self) -> Vec<Advice<'_>> {
        let answers: Vec<(&Header, &AdviceReceived)> = self
            .standing()
            .filter_map(|entry| match &entry.event {
                Event::AdviceReceived(answer) => Some((&entry.header, answer)),
                _ => None,
            })
            .collect();
        let mut advice: Vec<Advice<'_>> = self
            .standing()
            .filter_map(|entry| match &entry.event {
                Event::AdviceRequested(request) => Some((&entry.header, request)),
                _ => None,
            })
            .map(|(asked, request)| {
                let answer = answers.iter().find(|(header, answer)| match &answer.request {
                    // An answer names the request as it was when it was answered.
                    Some(id) => {
                        *id == asked.id
                            || self.before(&asked.id).iter().any(|first| first.header.id == *id)
                    }
                    None => {
                        answer.from == request.from
                            && header.on >= asked.on
                            && (answer.adviser.is_empty()
                                || request.adviser.is_empty()
                                || answer.adviser == request.adviser)
                    }
                });
                Advice { asked, request, answer: answer.copied() }
            })
            .collect();
        advice.sort_by_key(|advice| (advice.asked.on, advice.asked.seq));
        advice
    }

    /// The working text of the plan: what was last saved or sent.
    #[must_use]
    pub fn plan_text(&self) -> PlanText {
        self.latest(Event::plan).map(|(_, plan)| plan.clone()).unwrap_or_default()
    }

    /// The text of the plan in force: the last that went to the family as final, or that came from
    /// another authority. None before one did, and of a plan that came without its text.
    #[must_use]
    pub fn plan_in_force(&self) -> Option<&PlanText> {
        self.latest(|event| match event {
            Event::FinalPlanSent(_) | Event::AmendedPlanSent(_) | Event::PlanTransferred(_) => {
                event.plan()
            }
            _ => None,
        })
        .map(|(_, plan)| plan)
    }

    /// The day on which the plan in force was made or last amended, as far as it is told.
    #[must_use]
    pub fn plan_made_on(&self) -> Option<Date> {
        let (header, told) = self.latest(|event| match event {
            Event::FinalPlanSent(_) | Event::AmendedPlanSent(_) => Some(None),
            Event::PlanTransferred(passed) => Some(Some(passed.made_on)),
            _ => None,
        })?;
        told.unwrap_or(Some(header.on))
    }

    /// The day on which the plan was last reviewed: of the last decision after a review, or as it was
    /// told when the plan came.
    #[must_use]
    pub fn last_reviewed(&self) -> Option<Date> {
        let (header, told) = self.latest(|event| match event {
            Event::ReviewDecisionSent(_) => Some(None),
            Event::PlanTransferred(passed) => Some(Some(passed.last_reviewed)),
            _ => None,
        })?;
        told.unwrap_or(Some(header.on))
    }

    /// Whether the child had moved to another area by that day, or the authority knew that they
    /// would: from then on a plan that is passed on leaves here.
    #[must_use]
    pub fn moved_by(&self, day: Date) -> bool {
        self.standing().any(|entry| {
            matches!(entry.event, Event::MovedArea(_))
                && entry.header.on.min(entry.header.known_on) <= day
        })
    }

    /// The header of the last standing entry of one of these kinds.
    #[must_use]
    pub fn last_of(&self, kinds: &[&str]) -> Option<&Entry> {
        self.standing()
            .filter(|entry| kinds.contains(&entry.event.kind()))
            .max_by_key(|entry| (entry.header.on, entry.header.seq))
    }

    /// The decisions and sent plans, newest first.
    #[must_use]
    pub fn decisions(&self) -> Vec<Decision<'_>> {
        let mut decisions: Vec<Decision<'_>> = self
            .standing()
            .filter_map(|entry| {
                let reasons = match &entry.event {
                    Event::AssessmentAgreed(decision) | Event::AssessmentRefused(decision) => {
                        &decision.notice.reasons
                    }
                    Event::PlanAgreed(decision)
                    | Event::PlanRefused(decision)
                    | Event::NotAmendingSent(decision)
                    | Event::ReassessmentAgreed(decision)
                    | Event::ReassessmentRefused(decision)
                    | Event::CeaseConsulted(decision)
                    | Event::CeaseDecided(decision)
                    | Event::TransferLetterSent(decision) => &decision.notice.reasons,
                    Event::FinalPlanSent(sent) | Event::AmendedPlanSent(sent) => {
                        &sent.notice.reasons
                    }
                    Event::AmendmentNoticeSent(sent) => &sent.notice.reasons,
                    Event::ReviewDecisionSent(decision) => &decision.words,
                    _ => return None,
                };
                Some(Decision { header: &entry.header, event: &entry.event, reasons })
            })
            .collect();
        decisions
            .sort_by_key(|decision| std::cmp::Reverse((decision.header.on, decision.header.seq)));
        decisions
    }

    /// The case that the law is asked about. Entries taken back by `known_at` are left out with
    /// all that they had corrected; corrections are left to the law, which knows what was known.
    #[must_use]
    pub fn case(&self, known_at: Date) -> Case {
        let mut gone: BTreeSet<&EventId> = BTreeSet::new();
        for entry in self.entries.iter().rev() {
            let takes_back = matches!(entry.event, Event::EntryWithdrawn(_))
                && entry.header.known_on <= known_at;
            if let Some(id) = &entry.header.supersedes
                && (takes_back || gone.contains(&entry.header.id))
            {
                gone.insert(id);
            }
        }
        Case {
            born: self.registered().and_then(|registered| registered.born),
            setting: self.setting().map(|setting| setting.kind.word().to_owned()),
            closures: self
                .standing()
                .filter_map(|entry| match &entry.event {
                    Event::ClosureNoted(closure) => {
                        Some(Closure { from: closure.from, to: closure.to })
                    }
                    _ => None,
                })
                .collect(),
            terms: Vec::new(),
            facts: self
                .entries
                .iter()
                .filter(|entry| !gone.contains(&entry.header.id))
                .filter_map(Entry::fact)
                .collect(),
        }
    }
}
