//! Messages that follow from acts. They go out by a job, carry no case content, and say what
//! there is to read and where. The words are in `letters/`, one file each.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_law::{Question, Value};
use sendero_record::{
    AdviceRequested, AskerNamed, Body, Command, Contact, Entry, Event, EventId, Fresh, Header,
    PersonId, Record, Reference, Relation,
};
use sendero_store::{Commit, OutgoingMessage, PersonRow};

use crate::followed::timeline_of;
use crate::now::{id, token};
use crate::own_list::OWN_LIST;
use crate::people::{NewPerson, read_name, row_of};
use crate::{App, AreaDetail, CaseFile, DraftAnswers, Now, Problem};

/// Sends a message, or says why it cannot.
pub trait Post: Send + Sync {
    /// Sends one message. Called again later if it fails.
    ///
    /// # Errors
    /// In words for the log, without names or addresses.
    fn send(&self, to: &str, subject: &str, body: &str, id: &str) -> Result<(), String>;
}

/// Messages that one round of the job takes.
const BATCH: u32 = 50;

/// The words of a message: the first line is the subject.
pub(crate) fn fill(template: &str, pairs: &[(&str, &str)]) -> (String, String) {
    let text = pairs.iter().fold(template.to_owned(), |text, (name, value)| {
        text.replace(&format!("{{{name}}}"), value)
    });
    match text.split_once('\n') {
        Some((subject, body)) => (subject.to_owned(), body.trim_start().to_owned()),
        None => (text, String::new()),
    }
}

/// What the family is told of an event, if they are told.
fn family_template(event: &Event) -> Option<&'static str> {
    Some(match event {
        Event::AssessmentAgreed(_) => include_str!("../letters/will-assess.txt"),
        Event::AssessmentRefused(_) => include_str!("../letters/will-not-assess.txt"),
        Event::PlanRefused(_) => include_str!("../letters/no-plan.txt"),
        Event::DraftPlanSent(_) => include_str!("../letters/draft-plan.txt"),
        Event::FinalPlanSent(_) => include_str!("../letters/final-plan.txt"),
        Event::AmendmentNoticeSent(_) => include_str!("../letters/amendments.txt"),
        Event::ReviewDecisionSent(decision) if decision.plan.is_some() => {
            include_str!("../letters/amendments.txt")
        }
        Event::AmendedPlanSent(_) => include_str!("../letters/amended-plan.txt"),
        Event::ReviewDecisionSent(_)
        | Event::NotAmendingSent(_)
        | Event::ReassessmentAgreed(_)
        | Event::ReassessmentRefused(_)
        | Event::CeaseConsulted(_)
        | Event::CeaseDecided(_)
        | Event::TransferLetterSent(_) => include_str!("../letters/about-the-plan.txt"),
        Event::MessageWritten(message) if !message.by_family => {
            include_str!("../letters/message.txt")
        }
        _ => return None,
    })
}

impl App {
    /// Adds to a commit the messages that its events call for, and the people and links that go
    /// with them.
    pub(crate) async fn add_letters(
        &self,
        commit: &mut Commit,
        now: &Now,
        record: &Record,
        fresh: &[Fresh],
        command: &Command,
    ) -> Result<(), Problem> {
        let area = self.area(&commit.authority).await?;
        let Some(registered) = record.registered() else { return Ok(()) };
        let child = registered.name.given.clone();
        let reference = registered.reference.to_string();
        if let Command::MatchAsker { asker, person } = command
            && let Some(named) = record.unmatched_asker().filter(|named| named.person == *asker)
        {
            self.welcome(commit, &area, named, person, now).await?;
        }
        if let Command::Record { event: Event::PersonTied(tied), .. } = command
            && tied.relation != Relation::Adviser
            && !record.people().iter().any(|known| known.person == tied.person)
        {
            let named = AskerNamed {
                person: tied.person.clone(),
                name: tied.name.clone(),
                relation: tied.relation,
                parental_responsibility: tied.parental_responsibility,
                contact: tied.contact.clone().unwrap_or(Contact {
                    email: None,
                    phone: None,
                    interpreter: None,
                    note: None,
                    address: None,
                }),
            };
            self.welcome(commit, &area, &named, &tied.person, now).await?;
        }
        for one in fresh {
            if let Some(template) = family_template(&one.event) {
                let address = format!("{}/child/{}", area.address, registered.reference.as_str());
                let pairs = [
                    ("child", child.as_str()),
                    ("area", area.name.as_str()),
                    ("address", address.as_str()),
                    ("reference", reference.as_str()),
                    ("phone", area.phone.as_str()),
                ];
                let (subject, body) = fill(template, &pairs);
                for email in family_addresses(record, now) {
                    let message = self.message("family", &email, &subject, &body, now);
                    commit.messages.push(message);
                }
            }
            if let Event::AdviceRequested(asked) = &one.event
                && let Some(person) = &asked.person
            {
                let address = format!("{}/advice", area.address);
                let pairs = [("area", area.name.as_str()), ("address", address.as_str())];
                let words = fill(include_str!("../letters/advice-asked.txt"), &pairs);
                self.tell_person(commit, person, words, now).await?;
            }
            if let Event::HandoverOffered(offer) = &one.event {
                let address = format!("{}/today", area.address);
                let pairs = [("area", area.name.as_str()), ("address", address.as_str())];
                let words = fill(include_str!("../letters/handover.txt"), &pairs);
                self.tell_person(commit, &offer.to, words, now).await?;
            }
        }
        Ok(())
    }

    async fn tell_person(
        &self,
        commit: &mut Commit,
        person: &PersonId,
        (subject, body): (String, String),
        now: &Now,
    ) -> Result<(), Problem> {
        if let Some(row) = self.store.person(person.as_str()).await?
            && !row.email_key.is_empty()
        {
            commit.messages.push(self.message("staff", &row.email_key, &subject, &body, now));
        }
        Ok(())
    }

    /// Gives somebody who was tied to the child a way in: a person, and a link that works once.
    async fn welcome(
        &self,
        commit: &mut Commit,
        area: &AreaDetail,
        named: &AskerNamed,
        person: &PersonId,
        now: &Now,
    ) -> Result<(), Problem> {
        let email = named.contact.email.clone().unwrap_or_default().trim().to_lowercase();
        if self.store.person(person.as_str()).await?.is_none() {
            let new = NewPerson {
                id: Some(person.clone()),
                authority: area.code.clone(),
                role: if named.relation == sendero_record::Relation::Self_ {
                    sendero_access::Role::YoungPerson
                } else {
                    sendero_access::Role::Parent
                },
                name: named.name.clone(),
                email: email.clone(),
                body: String::new(),
            };
            commit.people.push(row_of(&new, person, &email));
        }
        if email.is_empty() {
            return Ok(());
        }
        let secret = token(self.chance.as_ref());
        commit.links.push(self.link_for(&area.code, person, &secret, false));
        let address = format!("{}/link/{secret}", area.address);
        let pairs = [
            ("area", area.name.as_str()),
            ("address", address.as_str()),
            ("phone", area.phone.as_str()),
        ];
        let (subject, body) = fill(include_str!("../letters/welcome.txt"), &pairs);
        commit.messages.push(self.message("family", &email, &subject, &body, now));
        Ok(())
    }

    /// Adds the confirmation of a request that came without an account.
    pub(crate) fn add_confirmation(
        &self,
        commit: &mut Commit,
        area: &AreaDetail,
        answers: &DraftAnswers,
        reference: &Reference,
    ) {
        let email = answers.get("email").trim().to_lowercase();
        if email.is_empty() {
            return;
        }
        let address = format!("{}/ask/resume", area.address);
        let reference = reference.to_string();
        let pairs = [
            ("area", area.name.as_str()),
            ("address", address.as_str()),
            ("reference", reference.as_str()),
            ("phone", area.phone.as_str()),
        ];
        let (subject, body) = fill(include_str!("../letters/received.txt"), &pairs);
        let now = self.now();
        commit.messages.push(self.message("family", &email, &subject, &body, &now));
    }

    /// Adds a one-use link by e-mail.
    pub(crate) fn add_link_message(
        &self,
        commit: &mut Commit,
        area: &AreaDetail,
        email: &str,
        secret: &str,
        now: &Now,
    ) {
        let address = format!("{}/link/{secret}", area.address);
        let pairs = [("area", area.name.as_str()), ("address", address.as_str())];
        let (subject, body) = fill(include_str!("../letters/link.txt"), &pairs);
        commit.messages.push(self.message("link", email, &subject, &body, now));
    }

    pub(crate) fn message(
        &self,
        kind: &str,
        to: &str,
        subject: &str,
        body: &str,
        now: &Now,
    ) -> OutgoingMessage {
        OutgoingMessage {
            id: id(self.chance.as_ref()),
            recipient: to.to_owned(),
            kind: kind.to_owned(),
            subject: subject.to_owned(),
            body: body.to_owned(),
            due_at: now.at.clone(),
        }
    }

    /// Sends what waits. Returns how many went.
    ///
    /// # Errors
    /// Only where the database fails; a message that could not be sent waits a quarter of an hour.
    pub async fn send_waiting(&self, post: &dyn Post) -> Result<usize, Problem> {
        let now = self.now();
        let claimed = self.store.outbox_due(&now.at, &now.plus_seconds(120), BATCH).await?;
        let mut sent = 0;
        for message in claimed {
            match post.send(&message.recipient, &message.subject, &message.body, &message.id) {
                Ok(()) => {
                    if message.kind == OWN_LIST {
                        self.store.outbox_forget(&message.id).await?;
                    } else {
                        self.store.outbox_done(&message.id, &now.at).await?;
                    }
                    sent += 1;
                }
                Err(why) => {
                    tracing::warn!(message = %message.id, why, "a message waits");
                    self.store.outbox_again(&message.id, &now.plus_seconds(900)).await?;
                }
            }
        }
        Ok(sent)
    }

    /// A person already known here by this address, who may be tied to a further child.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn known_by_email(
        &self,
        authority: &str,
        email: &str,
    ) -> Result<Option<(PersonId, String)>, Problem> {
        let row: Option<PersonRow> =
            self.store.person_by_email(&email.trim().to_lowercase()).await?;
        Ok(row
            .filter(|row| row.authority == authority)
            .map(|row| (PersonId::new(row.id), read_name(&row.name).full())))
    }
}

/// The addresses of those tied to the child now, advisers apart.
fn family_addresses(record: &Record, now: &Now) -> Vec<String> {
    record
        .people()
        .into_iter()
        .filter(|tied| tied.relation != sendero_record::Relation::Adviser)
        .filter(|tied| tied.until.is_none_or(|until| until > now.today))
        .filter_map(|tied| tied.contact.and_then(|contact| contact.email))
        .map(|email| email.trim().to_lowercase())
        .collect()
}

impl App {
    /// The last day on which the Tribunal could have the family's appeal, were this decision sent
    /// today. None where the law gives no appeal, or no day.
    #[must_use]
    pub fn appeal_by(&self, file: &CaseFile, decision: &Event) -> Option<Date> {
        self.due_if(file, decision, "ap-start")
    }

    /// The last day for advice that is asked for and received today.
    #[must_use]
    pub fn advice_due(&self, file: &CaseFile) -> Option<Date> {
        let asked = AdviceRequested {
            from: Body::Psychologist,
            adviser: String::new(),
            person: None,
            question: String::new(),
            letter: Vec::new(),
        };
        self.due_if(file, &Event::AdviceRequested(asked), "as-advice-6w")
    }

    /// The day of a duty that would begin with this event today: what the law makes of the record
    /// with that event on it.
    fn due_if(&self, file: &CaseFile, event: &Event, duty: &str) -> Option<Date> {
        let today = file.now.today;
        let fresh = EventId::new("not-yet");
        let mut entries = file.record.entries().to_vec();
        entries.push(Entry {
            header: Header {
                id: fresh.clone(),
                seq: file.record.version() + 1,
                on: today,
                known_on: today,
                recorded_at: file.now.at.clone(),
                actor: String::new(),
                supersedes: None,
            },
            event: event.clone(),
        });
        let record = Record::new(file.record.child().clone(), entries);
        let timeline = timeline_of(&file.area_law, &record, Question::today(today));
        timeline
            .obligations
            .iter()
            .find(|law| law.duty == duty && law.trigger.event == fresh.as_str())
            .and_then(|law| law.due)
    }
}

/// The parts of a notice that the area's particulars and the law's dates give, filled in for an
/// officer to read and change. What the area has not said stays out, and is shown as missing.
impl App {
    /// The parts that the rulebook asks of a notice of this kind and these fields, as far as they can
    /// be filled in. `known` is what is known of this notice: `appeal_by`, the last day to appeal, and
    /// `changed`, the sections that proposed amendments change, both in words.
    #[must_use]
    pub fn notice_parts(
        &self,
        area: &AreaDetail,
        (kind, fields): (&str, &BTreeMap<String, Value>),
        known: &[(&str, &str)],
    ) -> BTreeMap<String, String> {
        let notice = self.rulebook.notice_for(kind, fields);
        notice
            .map(|notice| notice.parts.as_slice())
            .unwrap_or_default()
            .iter()
            .map(|part| part.id.as_str())
            .filter_map(|part| {
                let template = part_template(part)?;
                let of_area: [(&str, &str); 6] = [
                    ("area", &area.name),
                    ("mediation", &area.mediation),
                    ("disagreement", &area.disagreement),
                    ("advice", &area.advice),
                    ("advice_phone", &area.advice_phone),
                    ("institutions", &area.institutions),
                ];
                let needs = of_area.iter().chain(known).filter(|(_, value)| !value.is_empty());
                let text = needs.fold(template.trim().to_owned(), |text, (name, value)| {
                    text.replace(&format!("{{{name}}}"), value)
                });
                // What nobody has told stays out, and is shown as missing.
                (!text.contains('{')).then(|| (part.to_owned(), text))
            })
            .collect()
    }
}

/// The usual words of a part of a notice.
fn part_template(part: &str) -> Option<&'static str> {
    Some(match part {
        "appeal-right" => include_str!("../letters/part-appeal-right.txt"),
        "appeal-time" => include_str!("../letters/part-appeal-time.txt"),
        "mediation" => include_str!("../letters/part-mediation.txt"),
        "disagreement-resolution" => include_str!("../letters/part-disagreement.txt"),
        "advice" => include_str!("../letters/part-advice.txt"),
        "institutions" => include_str!("../letters/part-institutions.txt"),
        "request-institution" => include_str!("../letters/part-request-institution.txt"),
        "representations" => include_str!("../letters/part-representations.txt"),
        "meeting" => include_str!("../letters/part-meeting.txt"),
        "personal-budget" => include_str!("../letters/part-personal-budget.txt"),
        "proposed-amendments" => include_str!("../letters/part-proposed-amendments.txt"),
        "plan-goes-on" => include_str!("../letters/part-plan-goes-on.txt"),
        "transferred" => include_str!("../letters/part-transferred.txt"),
        _ => return None,
    })
}
