//! Advice as whoever is asked for it works on it: what is asked of them, what they have begun, and
//! what they gave. What is begun is kept beside the record, for its writer alone, until it is given.

use std::collections::{BTreeMap, BTreeSet};

use sendero_access::{Act, Part};
use sendero_record::{ADVICE_ITEMS_MAX, ChildId, Command, Event, EventId, PersonId};
use sendero_store::{AdviceLine, Commit, CommitError, Draft as DraftRow, DraftWrite};
use serde::{Deserialize, Serialize};

use crate::draft::too_long;
use crate::lists::{GivenLine, InboxLine, NamedChild, day_of};
use crate::now::{london, token_hash};
use crate::{App, Me, Now, Problem};

/// Lines of an inbox, and of what was given, at most.
const LINES_MAX: u32 = 500;

/// What an adviser has typed so far, as typed, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AdviceDraft(BTreeMap<String, String>);

/// Advice that was begun and not given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedAdvice {
    /// What was typed.
    pub answers: AdviceDraft,
    /// When it was last saved.
    pub saved: Now,
}

/// The fields of each need; the field of the second is `need-2`.
const OF_A_NEED: [&str; 9] =
    ["need", "outcome", "provision", "minutes", "times", "every", "weeks", "adults", "children"];

impl AdviceDraft {
    /// Keeps what was typed in a field of advice; anything else is left out.
    pub fn set(&mut self, field: &str, typed: &str) {
        let known = matches!(field, "rows" | "how-known" | "words") || of_a_need(field).is_some();
        if known {
            self.0.insert(field.to_owned(), typed.to_owned());
        }
    }

    /// Every field with what was typed in it.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(field, typed)| (field.as_str(), typed.as_str()))
    }

    /// Whether nothing was written: the number of rows alone is no advice.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|(field, typed)| field == "rows" || typed.trim().is_empty())
    }

    /// How many needs have something written.
    #[must_use]
    pub fn needs(&self) -> usize {
        let written = self.0.iter().filter(|(_, typed)| !typed.trim().is_empty());
        written.filter_map(|(field, _)| of_a_need(field)).collect::<BTreeSet<_>>().len()
    }
}

/// The number of the need that a field belongs to.
fn of_a_need(field: &str) -> Option<usize> {
    let (name, number) = field.rsplit_once('-')?;
    let number: usize = number.parse().ok()?;
    (OF_A_NEED.contains(&name) && (1..=ADVICE_ITEMS_MAX).contains(&number)).then_some(number)
}

/// What names the draft of the answer to a request.
fn draft_of(request: &EventId) -> String {
    format!("advice {}", request.as_str())
}

/// What opens it: being the person who was asked.
fn key_of(person: &PersonId) -> String {
    token_hash(&format!("advice by {}", person.as_str()))
}

fn read(row: &DraftRow) -> Result<SavedAdvice, Problem> {
    let answers = serde_json::from_str(&row.content)
        .map_err(|_| Problem::Broken("saved advice cannot be read".to_owned()))?;
    Ok(SavedAdvice { answers, saved: london(&row.updated_at) })
}

impl App {
    /// What is asked of somebody and not given, by due date, with what they have begun.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn inbox(&self, me: &Me) -> Result<Vec<InboxLine>, Problem> {
        let now = self.now();
        self.may_in_office(me, Act::ListOwn)?;
        self.trace(me, &now, "", "advice-inbox", "", "").await?;
        let lines = self.store.advice_of(&me.authority, me.id.as_str(), LINES_MAX).await?;
        let mut begun = BTreeMap::new();
        for row in self.store.drafts_opened_by(&key_of(&me.id)).await? {
            begun.insert(row.reference.clone(), read(&row)?);
        }
        let mut inbox = Vec::new();
        for line in self.tied_alone(me, &now, lines).await? {
            let request = EventId::new(line.advice.request_event);
            inbox.push(InboxLine {
                child: NamedChild::of(line.child),
                begun: begun.remove(&draft_of(&request)),
                request,
                adviser: line.advice.adviser,
                asked_on: day_of(&line.advice.asked_on).unwrap_or(now.today),
                due: day_of(&line.advice.due),
            });
        }
        Ok(inbox)
    }

    /// What somebody was asked for and has come, newest first.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn advice_given(&self, me: &Me) -> Result<Vec<GivenLine>, Problem> {
        let now = self.now();
        self.may_in_office(me, Act::ListOwn)?;
        self.trace(me, &now, "", "advice-inbox", "", "").await?;
        let lines = self.store.advice_given_by(&me.authority, me.id.as_str(), LINES_MAX).await?;
        let lines = self.tied_alone(me, &now, lines).await?;
        Ok(lines
            .into_iter()
            .map(|line| GivenLine {
                child: NamedChild::of(line.child),
                request: EventId::new(line.advice.request_event),
                adviser: line.advice.adviser,
                on: day_of(&line.advice.received_on).unwrap_or(now.today),
            })
            .collect())
    }

    /// The lines about children whom the person is tied to today: no list names another.
    async fn tied_alone(
        &self,
        me: &Me,
        now: &Now,
        mut lines: Vec<AdviceLine>,
    ) -> Result<Vec<AdviceLine>, Problem> {
        if !lines.is_empty() {
            let today = now.today.to_string();
            let tied = self.store.children_of(&me.authority, me.id.as_str(), &today).await?;
            let tied: BTreeSet<String> = tied.into_iter().map(|child| child.child).collect();
            lines.retain(|line| tied.contains(&line.child.child));
        }
        Ok(lines)
    }

    /// The answer that this person has begun to a request, if they have.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn begun_advice(
        &self,
        me: &Me,
        request: &EventId,
    ) -> Result<Option<SavedAdvice>, Problem> {
        let row = self.store.draft(&draft_of(request)).await?;
        let own = row.filter(|row| row.code_hash == key_of(&me.id));
        own.map(|row| read(&row)).transpose()
    }

    /// Saves an answer that is begun. Nobody else sees it, and it counts for nothing until it is
    /// given. One in which nothing is written any more is let go; then there is no moment of saving.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where nothing is asked of this person there or it was given already,
    /// [`Problem::Invalid`] for a field with too many letters.
    pub async fn save_advice(
        &self,
        me: &Me,
        child: &ChildId,
        request: &EventId,
        answers: &AdviceDraft,
    ) -> Result<Option<Now>, Problem> {
        let now = self.now();
        self.allowed(&me.asker(), Act::GiveAdvice, child, &now).await?;
        let file = self.open(me, child, Part::OwnAdvice, "").await?;
        let asked = file.record.advice().into_iter().any(|one| {
            one.asked.id == *request
                && one.answer.is_none()
                && one.request.person.as_ref() == Some(&me.id)
        });
        if !asked {
            return Err(Problem::NotFound);
        }
        too_long(&answers.0)?;
        let content = serde_json::to_string(answers)
            .map_err(|_| Problem::Broken("advice cannot be written".to_owned()))?;
        let reference = draft_of(request);
        let begin = DraftWrite::Begin(DraftRow {
            reference: reference.clone(),
            authority: me.authority.clone(),
            code_hash: key_of(&me.id),
            content: content.clone(),
            updated_at: now.at.clone(),
            submitted_child: String::new(),
        });
        let write = |write: DraftWrite| Commit {
            authority: me.authority.clone(),
            at: now.at.clone(),
            actor: me.id.as_str().to_owned(),
            drafts: vec![write],
            ..Commit::default()
        };
        if answers.is_empty() {
            self.store.commit(write(DraftWrite::Drop { reference })).await?;
            return Ok(None);
        }
        match self.store.commit(write(begin)).await {
            Err(CommitError::ReferenceTaken) => {
                self.store.commit(write(DraftWrite::Save { reference, content })).await?;
            }
            other => drop(other?),
        }
        Ok(Some(now))
    }

    /// What becomes of a begun answer when something is done to its request: given or taken back,
    /// it goes; put right, it goes with the request.
    pub(crate) async fn settle_draft(
        &self,
        commit: &mut Commit,
        command: &Command,
    ) -> Result<(), Problem> {
        let (Command::GiveAdvice { request: entry, .. }
        | Command::Withdraw { entry, .. }
        | Command::Correct { entry, event: Event::AdviceRequested(_), .. }) = command
        else {
            return Ok(());
        };
        let Some(row) = self.store.draft(&draft_of(entry)).await? else { return Ok(()) };
        commit.drafts.push(DraftWrite::Drop { reference: row.reference.clone() });
        if let Command::Correct { .. } = command
            && let Some(anew) = commit.streams.iter().flat_map(|one| &one.events).next()
        {
            let reference = draft_of(&EventId::new(anew.id.clone()));
            commit.drafts.push(DraftWrite::Begin(DraftRow { reference, ..row }));
        }
        Ok(())
    }
}
