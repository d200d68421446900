//! A child's record built by commands, as an officer and a family would build it.
//! Ids are `e1`, `e2`, … in the order of recording.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_law::{NoticePart, Rulebook};
use sendero_record::{
    AdviceAsk, Answers, AskerNamed, Body, Channel, ChildId, Command, Contact, Deciding, Entry,
    Event, EventId, Fresh, Header, Name, NewRequest, PersonId, PlanText, Record, Reference,
    Refusal, Relation, Requester, Section, Sending, decide,
};

/// The child's birthday in every story.
pub(crate) const BORN: &str = "2018-05-04";

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn id(text: &str) -> EventId {
    EventId::new(text)
}

pub(crate) fn person(text: &str) -> PersonId {
    PersonId::new(text)
}

/// One record and the day it is.
#[derive(Clone)]
pub(crate) struct Story {
    entries: Vec<Entry>,
    today: Date,
    /// In how many other refusals the wording of what is decided stands.
    pub(crate) in_others: usize,
}

impl Story {
    /// Nothing yet, on this day.
    pub(crate) fn on(today: &str) -> Self {
        Self { entries: Vec::new(), today: day(today), in_others: 0 }
    }

    /// A request that came on Monday 14 September 2026.
    pub(crate) fn requested() -> Self {
        Self::on("2026-09-14").does(&Command::Request(Box::new(request())))
    }

    /// Agreed on Tuesday 20 October 2026, and the psychologist asked (`e6`).
    pub(crate) fn assessing() -> Self {
        Self::requested().at("2026-10-20").does(&agree()).does(&ask_psychologist())
    }

    /// A draft plan sent by portal on Monday 14 December 2026.
    pub(crate) fn draft_sent() -> Self {
        Self::assessing()
            .at("2026-12-14")
            .does(&Command::SavePlan(plan()))
            .does(&Command::SendDraft { how: Channel::Portal, parts: parts("draft-plan-sent") })
    }

    pub(crate) fn at(mut self, today: &str) -> Self {
        self.today = day(today);
        self
    }

    pub(crate) fn record(&self) -> Record {
        Record::new(ChildId::new("child"), self.entries.clone())
    }

    pub(crate) fn decide(&self, command: &Command) -> Result<Vec<Fresh>, Refusal> {
        let record = self.record();
        let rulebook = Rulebook::embedded();
        let in_others = self.in_others;
        let with = Deciding { record: &record, rulebook, today: self.today, in_others };
        decide(with, command)
    }

    /// Carries a command out.
    pub(crate) fn does(mut self, command: &Command) -> Self {
        let fresh = match self.decide(command) {
            Ok(fresh) => fresh,
            Err(refusal) => panic!("{command:?} is refused: {refusal}"),
        };
        for one in fresh {
            self.keep(one);
        }
        self
    }

    /// Puts an event on the record as it is.
    pub(crate) fn keep(&mut self, fresh: Fresh) {
        let seq = i64::try_from(self.entries.len()).unwrap() + 1;
        let header = Header {
            id: id(&format!("e{seq}")),
            seq,
            on: fresh.on,
            known_on: fresh.known_on,
            recorded_at: format!("{}T09:00:00.000Z", self.today),
            actor: "officer-1".to_owned(),
            supersedes: fresh.supersedes,
        };
        self.entries.push(Entry { header, event: fresh.event });
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The id of the last entry of a kind.
    pub(crate) fn last(&self, kind: &str) -> EventId {
        let last = self.entries.iter().rfind(|entry| entry.event.kind() == kind);
        last.unwrap_or_else(|| panic!("no {kind}")).header.id.clone()
    }
}

pub(crate) fn reference() -> Reference {
    Reference::make("ALD", 2026, 9, 417).unwrap()
}

pub(crate) fn asker() -> AskerNamed {
    AskerNamed {
        person: person("asker-1"),
        name: Name::new("Noor", "Ashgrove"),
        relation: Relation::Mother,
        parental_responsibility: Some(true),
        contact: Contact {
            email: Some("noor@example.org".to_owned()),
            phone: None,
            interpreter: Some("Urdu".to_owned()),
            note: Some("text before ringing".to_owned()),
            address: None,
        },
    }
}

/// A request with a name, a birthday, one thing told and an asker.
pub(crate) fn request() -> NewRequest {
    NewRequest {
        reference: reference(),
        by: Requester::Parent,
        how: Channel::Portal,
        name: Name::new("Idris", "Ashgrove"),
        born: Some(day(BORN)),
        own_words: None,
        told: BTreeMap::from([(sendero_record::Topic::Hard, "Reading and noise.".to_owned())]),
        setting: None,
        out_of_education: None,
        asker: Some(asker()),
        said_by: "Noor, mother".to_owned(),
        received: None,
    }
}

/// Every part that the rulebook asks of a notice of this kind.
pub(crate) fn parts(kind: &str) -> BTreeMap<String, String> {
    let parts = Rulebook::embedded().notice_parts(kind);
    parts.map(|part| (part.to_owned(), format!("The words on {part}."))).collect()
}

/// That part of the notice of this kind, as the rulebook has it.
pub(crate) fn part(kind: &str, id: &str) -> NoticePart {
    let notice = Rulebook::embedded().notice_for(kind, &BTreeMap::new()).unwrap();
    notice.parts.iter().find(|part| part.id == id).unwrap().clone()
}

/// A whole notice, by portal.
pub(crate) fn sending(kind: &str) -> Sending {
    Sending {
        reasons: "The reports agree.".to_owned(),
        parts: parts(kind),
        how: Some(Channel::Portal),
        to: Vec::new(),
        went_on: Vec::new(),
    }
}

pub(crate) fn answers(has_sen: bool, may_need: bool) -> Answers {
    Answers { has_or_may_have_sen: Some(has_sen), may_need_plan: Some(may_need) }
}

pub(crate) fn agree() -> Command {
    Command::AgreeToAssess { answers: answers(true, true), sending: sending("assessment-agreed") }
}

pub(crate) fn refuse() -> Command {
    let sending = sending("assessment-refused");
    Command::RefuseToAssess { answers: answers(true, false), sending }
}

pub(crate) fn ask_psychologist() -> Command {
    Command::AskForAdvice(vec![AdviceAsk {
        from: Body::Psychologist,
        adviser: "educational psychologist".to_owned(),
        person: Some((person("psychologist-1"), Name::new("Maribel", "Stoke"))),
        question: "How does Idris learn?".to_owned(),
        letter: Vec::new(),
    }])
}

/// A plan with everything that every plan has, and no place.
pub(crate) fn plan() -> PlanText {
    [Section::A, Section::B, Section::E, Section::F]
        .into_iter()
        .fold(PlanText::default(), |plan, section| plan.with(section, "Written."))
}

pub(crate) fn recorded(event: Event, on: &str) -> Command {
    Command::Record { event, on: day(on), known_on: day(on) }
}
