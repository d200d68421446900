//! A request that came on paper, by e-mail or by phone, about a child who has no record here yet: an
//! officer writes it down, and the clock runs from the day it was received.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_access::Act;
use sendero_record::{
    AskerNamed, Channel, ChildId, Command, Contact, Name, NewRequest, PersonId, Reference,
    Relation, Requester, Topic,
};
use sendero_store::{CommitError, DraftWrite, Trace};

use crate::act::Form;
use crate::draft::name_of;
use crate::now::id;
use crate::{App, FieldFault, Me, Problem};

/// A request as it stands on the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// The child's name.
    pub child: String,
    /// Date of birth, if it is given.
    pub born: Option<Date>,
    /// Who asked.
    pub by: Requester,
    /// How it came.
    pub how: Channel,
    /// The day it was received.
    pub received: Date,
    /// What it says.
    pub words: String,
    /// The name of whoever asked; empty if it is not said.
    pub asker: String,
    /// What they say they are to the child, where they are of the family.
    pub relation: Option<Relation>,
    /// How they can be reached: e-mail, then telephone; empty where not given.
    pub reach: (String, String),
}

impl App {
    /// Whether this person may open a record for a request that came otherwise than here.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody who does not match requests.
    pub fn may_record_requests(&self, me: &Me) -> Result<(), Problem> {
        self.may_in_office(me, Act::MatchRequest)
    }

    /// Opens a record for a request that came otherwise than here, and gives it its reference.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody who does not match requests, [`Problem::Invalid`] for a
    /// child without a name, [`Problem::Refused`] where a day cannot be.
    pub async fn record_request(
        &self,
        me: &Me,
        arrival: &Arrival,
        form: &Form,
    ) -> Result<Reference, Problem> {
        if arrival.child.trim().is_empty() {
            return Err(Problem::Invalid(vec![FieldFault::of("child-name", "needed")]));
        }
        let first = |reference: Reference, asker: PersonId| {
            Command::Request(Box::new(request_of(arrival, reference, asker)))
        };
        self.open_record(me, form, &[], first).await
    }

    /// Opens a record with its first command, under a new reference. `drafts` are settled with it.
    pub(crate) async fn open_record(
        &self,
        me: &Me,
        form: &Form,
        drafts: &[DraftWrite],
        first: impl Fn(Reference, PersonId) -> Command,
    ) -> Result<Reference, Problem> {
        self.may_record_requests(me)?;
        if let Some(answer) = self.store.command(&form.command).await? {
            return answer.parse().map_err(|_| Problem::NotFound);
        }
        let now = self.now();
        let area = self.area(&me.authority).await?;
        let law = self.law_of(&me.authority).await?;
        for _ in 0..20 {
            let reference = self.new_reference(&area, &now)?;
            let child = ChildId::new(id(self.chance.as_ref()));
            let asker = PersonId::new(id(self.chance.as_ref()));
            let first = first(reference.clone(), asker);
            let (record, fresh) = self.decided_first(&child, &first, now.today)?;
            let (mut commit, _) =
                self.commit_of(&now, (&me.authority, &law), &me.id, &record, &fresh, form);
            commit.drafts.extend(drafts.iter().cloned());
            // A second tap is answered with the reference, which is all that the page needs.
            if let Some(command) = &mut commit.command {
                command.answer = reference.as_str().to_owned();
            }
            commit.traces.push(Trace {
                person: me.id.as_str().to_owned(),
                role: me.role.word().to_owned(),
                child: child.as_str().to_owned(),
                part: Act::RecordArrival.word().to_owned(),
                purpose: String::new(),
                filters: String::new(),
            });
            match self.store.commit(commit).await {
                Ok(_) => return Ok(reference),
                Err(CommitError::ReferenceTaken) => {}
                Err(CommitError::CommandSeen { answer }) => {
                    return answer.parse().map_err(|_| Problem::NotFound);
                }
                Err(CommitError::DraftGone) => return Err(Problem::NotFound),
                Err(other) => return Err(other.into()),
            }
        }
        Err(Problem::Busy)
    }
}

fn request_of(arrival: &Arrival, reference: Reference, person: PersonId) -> NewRequest {
    let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let said_by: Name = name_of(&arrival.asker);
    let asker = arrival.relation.zip(some(&arrival.asker)).map(|(relation, _)| AskerNamed {
        person,
        name: said_by.clone(),
        relation,
        parental_responsibility: None,
        contact: Contact {
            email: some(&arrival.reach.0),
            phone: some(&arrival.reach.1),
            interpreter: None,
            note: None,
            address: None,
        },
    });
    let told = some(&arrival.words).map(|words| (Topic::Hard, words));
    NewRequest {
        reference,
        by: arrival.by,
        how: arrival.how,
        name: name_of(&arrival.child),
        born: arrival.born,
        own_words: None,
        told: told.into_iter().collect::<BTreeMap<_, _>>(),
        setting: None,
        out_of_education: None,
        asker,
        said_by: said_by.full(),
        received: Some(arrival.received),
    }
}
