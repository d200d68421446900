//! Doing something to a record: authorise, load, decide, commit; and again if another was first.

use sendero_access::{Act, Role};
use sendero_record::{
    ChildId, Command, Deciding, Entry, Event, EventId, Fresh, Header, PersonId, Record, Refusal,
    Section, decide,
};
use sendero_store::{CommandId, Commit, CommitError, NewEvent, StreamKind, StreamWrite, Trace};

use crate::now::{hex, id};
use crate::open::record_of;
use crate::{App, AreaLaw, CaseFile, FieldFault, Me, Now, Problem};

/// The marks of a form that does something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Names the act, so that a second tap gets the first answer.
    pub command: String,
    /// The version of the record that the person saw, where they edit something.
    pub seen: Option<i64>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Done {
    /// Whether it had been done before by the same form.
    pub again: bool,
    /// The version of the record now.
    pub version: i64,
}

/// Whether an act writes the messages that follow from it. Those of a made-up past went long ago.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Letters {
    Write,
    WentLongAgo,
}

/// Why an act came to nothing.
enum ActError {
    /// The record has changed since it was loaded: decide again.
    OtherWasFirst,
    Problem(Problem),
}

impl From<Problem> for ActError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

/// How often an act is decided anew when another was first.
const TRIES: usize = 3;

/// What a command is, to `access`, when a person of this role does it. What staff write down for a
/// family is something that came in, not the family's own act.
fn act_by(me: &Me, command: &Command) -> Act {
    if let (Role::Officer, Command::Assign { officer, .. }) = (me.role, command)
        && *officer == me.id
    {
        return Act::TakeOn;
    }
    match (me.role, act_of(command)) {
        (Role::Officer | Role::Manager, Act::GiveOwnWords | Act::Tell | Act::Comment) => {
            Act::RecordArrival
        }
        (_, act) => act,
    }
}

/// What a command is, to `access`.
pub(crate) fn act_of(command: &Command) -> Act {
    match command {
        Command::Request(_) | Command::TakePlan(..) | Command::MatchAsker { .. } => {
            Act::MatchRequest
        }
        Command::Record { event, .. } => act_of_event(event),
        Command::Correct { .. } | Command::Withdraw { .. } => Act::Correct,
        Command::AgreeToAssess { .. }
        | Command::RefuseToAssess { .. }
        | Command::AgreePlan { .. }
        | Command::RefusePlan(_)
        | Command::KeepPlan(_)
        | Command::NotAmend(_)
        | Command::AgreeToReassess(_)
        | Command::RefuseToReassess(_)
        | Command::AskAboutEnding(_)
        | Command::EndPlan(_)
        | Command::WriteAboutTransfer(_) => Act::Decide,
        Command::AskForAdvice(_) => Act::AskAdvice,
        Command::GiveAdvice { .. } => Act::GiveAdvice,
        Command::SavePlan(_) => Act::WritePlan,
        Command::SendDraft { .. }
        | Command::SendFinal { .. }
        | Command::ProposeAmendments(_)
        | Command::SendAmended { .. }
        | Command::PassPlan { .. } => Act::SendPlan,
        Command::ClaimException { .. } => Act::ClaimException,
        Command::Assign { .. } => Act::Assign,
        Command::OfferHandover { .. } => Act::OfferHandover,
        Command::AnswerHandover { .. } => Act::AnswerHandover,
    }
}

/// The reasons of a command that refuses, which are compared with those of other refusals.
fn reasons_of(command: &Command) -> Option<&str> {
    match command {
        Command::RefuseToAssess { sending, .. }
        | Command::RefusePlan(sending)
        | Command::RefuseToReassess(sending) => Some(&sending.reasons),
        _ => None,
    }
}

fn act_of_event(event: &Event) -> Act {
    match event {
        Event::OwnWordsGiven(_) => Act::GiveOwnWords,
        // What a family does elsewhere and tells the authority of.
        Event::Told(_)
        | Event::RequestWithdrawn(_)
        | Event::ComplaintMade(_)
        | Event::ComplaintSecondStage(_)
        | Event::MediationContacted(_)
        | Event::MediationDeclined(_)
        | Event::MediationWanted(_)
        | Event::MediationHeld(_)
        | Event::MediationCertificateIssued(_)
        | Event::AppealMade(_) => Act::Tell,
        Event::ServiceKept(_) | Event::ServiceLetGo(_) => Act::KeepList,
        Event::RepresentationsMade(_) | Event::MeetingRequired(_) => Act::Comment,
        Event::MessageWritten(_) => Act::Message,
        Event::CallNoted(_) => Act::NoteCall,
        Event::FamilyConsulted(_) => Act::Consult,
        Event::BodiesNotified(_) | Event::InformationRequested(_) => Act::NotifyBodies,
        Event::NeedNoted(_) => Act::NoteNeed,
        Event::SettingChanged(_) | Event::ClosureNoted(_) => Act::ChangeSetting,
        Event::OutOfEducation(_) | Event::BackInEducation(_) => Act::NoteEducation,
        Event::PersonTied(_) | Event::PersonUntied(_) => Act::TiePeople,
        Event::PlanDrafted(_) => Act::WritePlan,
        _ => Act::RecordArrival,
    }
}

impl App {
    /// Does `command` to this child's record, for this person.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not theirs to do, [`Problem::Refused`] where the record
    /// refuses, [`Problem::Conflict`] where what they edited has changed since they saw it.
    pub async fn act(
        &self,
        me: &Me,
        child: &ChildId,
        command: &Command,
        form: &Form,
    ) -> Result<Done, Problem> {
        if let Some(done) = self.done_before(form).await? {
            return Ok(done);
        }
        self.act_at(me, child, command, form, &self.now()).await
    }

    async fn act_at(
        &self,
        me: &Me,
        child: &ChildId,
        command: &Command,
        form: &Form,
        now: &Now,
    ) -> Result<Done, Problem> {
        let act = act_by(me, command);
        for _ in 0..TRIES {
            let (allowed, _) = self.allowed(&me.asker(), act, child, now).await?;
            let record = record_of(&self.load(&allowed).await?)?;
            if let Some(conflict) = conflict(&record, command, form, &me.id) {
                return Err(conflict);
            }
            match self.act_on(me, &record, command, form, now, Letters::Write).await {
                Ok((done, _)) => return Ok(done),
                Err(ActError::OtherWasFirst) => {}
                Err(ActError::Problem(problem)) => return Err(problem),
            }
        }
        Err(Problem::Busy)
    }

    /// The same for one of a made-up area's acts. Nobody else writes to the record that is replayed,
    /// so it is held from act to act and given back as it is after this one.
    pub(crate) async fn act_again(
        &self,
        me: &Me,
        record: &Record,
        command: &Command,
        now: &Now,
    ) -> Result<Option<Record>, Problem> {
        self.allowed(&me.asker(), act_by(me, command), record.child(), now).await?;
        let form = Form::default();
        match self.act_on(me, record, command, &form, now, Letters::WentLongAgo).await {
            Ok((_, after)) => Ok(after),
            Err(ActError::OtherWasFirst) => Err(Problem::Busy),
            Err(ActError::Problem(problem)) => Err(problem),
        }
    }

    /// Decides on a record as it was loaded, and commits: gives what came of it, and the record as it
    /// is then, if anything was to be done.
    async fn act_on(
        &self,
        me: &Me,
        record: &Record,
        command: &Command,
        form: &Form,
        now: &Now,
        letters: Letters,
    ) -> Result<(Done, Option<Record>), ActError> {
        let act = act_by(me, command);
        if act == Act::TakeOn && record.officer().is_some() {
            return Err(Problem::from(Refusal::AlreadyTheirs).into());
        }
        let in_others = match (letters, reasons_of(command)) {
            (Letters::Write, Some(reasons)) => {
                let stood = self.stood(&me.authority, record, reasons).await?;
                stood.map_or(0, |stood| stood.others)
            }
            _ => 0,
        };
        let law = self.law_of(&me.authority).await?;
        let with = Deciding { record, rulebook: law.rulebook, today: now.today, in_others };
        let fresh = decide(with, command).map_err(Problem::from)?;
        if fresh.is_empty() {
            return Ok((Done { again: false, version: record.version() }, None));
        }
        let (mut commit, after) =
            self.commit_of(now, (&me.authority, &law), &me.id, record, &fresh, form);
        commit.traces.push(Trace {
            person: me.id.as_str().to_owned(),
            role: me.role.word().to_owned(),
            child: record.child().as_str().to_owned(),
            part: act.word().to_owned(),
            purpose: String::new(),
            filters: String::new(),
        });
        if letters == Letters::Write {
            self.settle_draft(&mut commit, command).await?;
            self.send_plan_on(&mut commit, me, now, record, command).await?;
            self.add_letters(&mut commit, now, record, &fresh, command).await?;
        }
        match self.store.commit(commit).await {
            Ok(_) => Ok((Done { again: false, version: after.version() }, Some(after))),
            Err(CommitError::CommandSeen { answer }) => Ok((done_again(&answer), None)),
            Err(CommitError::Stale { .. }) => Err(ActError::OtherWasFirst),
            Err(CommitError::EmailTaken) => {
                Err(Problem::Invalid(vec![FieldFault::of("email", "address-taken")]).into())
            }
            Err(other) => Err(Problem::from(other).into()),
        }
    }

    /// What would keep `command` from being done to this open record now, if anything would: for a
    /// page that shows what will leave before it leaves. `in_others` is the number of other refusals
    /// in which the wording of its reasons stands, where the page has asked for that.
    #[must_use]
    pub fn refusal_of(
        &self,
        file: &CaseFile,
        command: &Command,
        in_others: usize,
    ) -> Option<Refusal> {
        let (record, today) = (&file.record, file.now.today);
        let with = Deciding { record, rulebook: file.law, today, in_others };
        decide(with, command).err()
    }

    /// The answer of a form that was carried out before.
    pub(crate) async fn done_before(&self, form: &Form) -> Result<Option<Done>, Problem> {
        if form.command.is_empty() {
            return Ok(None);
        }
        Ok(self.store.command(&form.command).await?.map(|answer| done_again(&answer)))
    }

    /// The commit that appends `fresh` to a child's stream with the rows that follow from it, and the
    /// record as it is after.
    pub(crate) fn commit_of(
        &self,
        now: &Now,
        (authority, law): (&str, &AreaLaw),
        actor: &PersonId,
        record: &Record,
        fresh: &[Fresh],
        form: &Form,
    ) -> (Commit, Record) {
        let ids: Vec<String> = fresh.iter().map(|_| id(self.chance.as_ref())).collect();
        let entries = fresh.iter().zip(&ids).zip(record.version() + 1..).map(|((one, id), seq)| {
            let header = Header {
                id: EventId::new(id.clone()),
                seq,
                on: one.on,
                known_on: one.known_on,
                recorded_at: now.at.clone(),
                actor: actor.as_str().to_owned(),
                supersedes: one.supersedes.clone(),
            };
            Entry { header, event: one.event.clone() }
        });
        let after = record.with(entries);
        let events =
            fresh.iter().zip(ids).map(|(one, id)| self.new_event(one, id, actor)).collect();
        let command = (!form.command.is_empty())
            .then(|| CommandId { id: form.command.clone(), answer: after.version().to_string() });
        let commit = Commit {
            authority: authority.to_owned(),
            at: now.at.clone(),
            actor: actor.as_str().to_owned(),
            command,
            streams: vec![StreamWrite {
                stream: record.child().as_str().to_owned(),
                kind: StreamKind::Child,
                expected: record.version(),
                events,
            }],
            rows: vec![crate::projection::rows_of(law, &after)],
            ..Commit::default()
        };
        (commit, after)
    }

    fn new_event(&self, fresh: &Fresh, id: String, actor: &PersonId) -> NewEvent {
        NewEvent {
            id,
            kind: fresh.event.kind().to_owned(),
            format: Event::FORMAT,
            on: fresh.on.to_string(),
            known_on: fresh.known_on.to_string(),
            actor: actor.as_str().to_owned(),
            supersedes: fresh.supersedes.as_ref().map(|id| id.as_str().to_owned()),
            salt: hex(&self.chance.bytes()),
            content: fresh.event.content(),
        }
    }
}

fn done_again(answer: &str) -> Done {
    Done { again: true, version: answer.parse().unwrap_or_default() }
}

/// A conflict, where the part that a person edits has changed since they saw it. What is only
/// added to (a message, own words, a fact) never conflicts.
fn conflict(record: &Record, command: &Command, form: &Form, me: &PersonId) -> Option<Problem> {
    let Command::SavePlan(yours) = command else { return None };
    let seen = form.seen?;
    let theirs = record.plan_text();
    let changed = record
        .standing()
        .filter(|entry| {
            matches!(
                entry.event,
                Event::PlanDrafted(_)
                    | Event::DraftPlanSent(_)
                    | Event::FinalPlanSent(_)
                    | Event::AmendedPlanSent(_)
            )
        })
        .rfind(|entry| entry.header.seq > seen)?;
    if theirs == *yours {
        return None;
    }
    let Header { actor, .. } = &changed.header;
    let (theirs, yours) = Section::ALL
        .into_iter()
        .filter(|section| theirs.section(*section) != yours.section(*section))
        .fold((String::new(), String::new()), |(mut a, mut b), section| {
            for (side, text) in
                [(&mut a, theirs.section(section)), (&mut b, yours.section(section))]
            {
                side.push_str(section.letter());
                side.push_str(": ");
                side.push_str(text);
                side.push('\n');
            }
            (a, b)
        });
    let by_role = if actor == me.as_str() { "you" } else { "officer" };
    Some(Problem::Conflict { by_role: by_role.to_owned(), theirs, yours })
}
