//! What people say of the Local Offer: anybody may, staff answer, and what is answered is published.
//! Each comment is a stream of its own, with a row beside it for the lists.

use jiff::civil::Date;
use sendero_access::Act;
use sendero_offer::comment::{
    About, Command, Comment, Event, LETTERS_MOST, Reason, Standing, answer_by, make,
};
use sendero_store::{
    CommandId, Commit, CommitError, NewEvent, OfferComment, StoredChild, StreamKind, StreamWrite,
};

use crate::{App, FieldFault, Form, Me, Now, Problem};

/// Comments that may wait for an answer; more than any area has had in a year.
const WAITING_MOST: i64 = 5_000;
/// Comments that a page reads.
const READ_MOST: i64 = 2_000;
/// Who acts where nobody is signed in.
const ANYBODY: &str = "anybody";

/// A comment in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaidLine {
    /// Its id.
    pub id: String,
    /// The comment.
    pub comment: Comment,
    /// The name of the service that it is about, where there is one.
    pub service: String,
}

/// What is published, and how it stands with the rest.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What is published, the latest answer first.
    pub lines: Vec<SaidLine>,
    /// How many are not published, for each reason that the law knows.
    pub withheld: Vec<(Reason, usize)>,
    /// How many wait for an answer.
    pub waiting: usize,
    /// The last day for the one that waits longest.
    pub answer_by: Option<Date>,
}

/// What staff see: what waits, the oldest first, and what was promised and is not done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommentsDesk {
    /// What waits.
    pub waiting: Vec<SaidLine>,
    /// What was promised, in the order of its days.
    pub promised: Vec<SaidLine>,
}

impl App {
    /// Takes a comment from anybody. `place` is where it came from, for the limit on how many.
    ///
    /// # Errors
    /// Where a field is wrong, the service is not there, or too many came from one place.
    pub async fn comment_on_offer(
        &self,
        authority: &str,
        about: About,
        service: &str,
        words: &str,
        place: &str,
        form: &Form,
    ) -> Result<(), Problem> {
        let now = self.now();
        let made = make(about, service, words).map_err(refused)?;
        if about == About::Service {
            let offer = self.shown_offer(authority).await?;
            let shown = offer.directory.services.get(service).is_some_and(|one| one.is_shown());
            if !shown {
                return Err(Problem::NotFound);
            }
        }
        let key = format!("comment {place}");
        let seconds = self.clock.seconds();
        if !self.guesses.may(&key, seconds) {
            return Err(Problem::TooMuch { what: "tries", limit: 0 });
        }
        let waiting = self.store.offer_comments_count(authority, Standing::Waiting.word()).await?;
        if waiting >= WAITING_MOST {
            return Err(Problem::TooMuch { what: "comments", limit: WAITING_MOST.unsigned_abs() });
        }
        self.take_comment(authority, &made, form, &now).await?;
        self.guesses.wrong(&key, seconds);
        Ok(())
    }

    /// Writes a comment that was made; gives its id.
    pub(crate) async fn take_comment(
        &self,
        authority: &str,
        made: &Event,
        form: &Form,
        now: &Now,
    ) -> Result<String, Problem> {
        let comment = Comment::of([(now.today, made)])
            .ok_or_else(|| Problem::Broken("a comment that was never made".to_owned()))?;
        let id = self.fresh_id();
        self.write_comment(authority, ANYBODY, &id, 0, made, &comment, now, form).await?;
        Ok(id)
    }

    /// What is published of an area's Local Offer.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn said_of_offer(&self, authority: &str) -> Result<Said, Problem> {
        let mut lines = self.lines(authority, Standing::Published).await?;
        lines.sort_by_key(|line| {
            std::cmp::Reverse(line.comment.answer.as_ref().map(|answer| answer.on))
        });
        let waiting = self.lines(authority, Standing::Waiting).await?;
        let withheld = self.lines(authority, Standing::Withheld).await?;
        let count = |reason: Reason| {
            withheld.iter().filter(|line| line.comment.withheld == Some(reason)).count()
        };
        Ok(Said {
            lines,
            withheld: Reason::ALL.into_iter().map(|reason| (reason, count(reason))).collect(),
            answer_by: waiting.first().map(|line| answer_by(line.comment.made_on)),
            waiting: waiting.len(),
        })
    }

    /// What is published about one service, the latest answer first.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn said_of_service(
        &self,
        authority: &str,
        service: &str,
    ) -> Result<Vec<Comment>, Problem> {
        let published = Standing::Published.word();
        let rows = self.store.offer_comments_about(authority, service, published).await?;
        let mut said = rows.iter().map(comment_of).collect::<Result<Vec<_>, _>>()?;
        said.sort_by_key(|one| std::cmp::Reverse(one.answer.as_ref().map(|answer| answer.on)));
        Ok(said)
    }

    /// The desk of those who answer.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever may not.
    pub async fn comments_desk(&self, me: &Me) -> Result<CommentsDesk, Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        let waiting = self.lines(&me.authority, Standing::Waiting).await?;
        let mut promised = self.lines(&me.authority, Standing::Published).await?;
        promised.retain(|line| open_action(&line.comment).is_some());
        promised.sort_by_key(|line| open_action(&line.comment));
        Ok(CommentsDesk { waiting, promised })
    }

    /// One comment with the version of its stream, for those who answer.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for whoever may not, and where there is none.
    pub async fn comment_at_desk(&self, me: &Me, id: &str) -> Result<(SaidLine, i64), Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        let stored = self.comment_stream(&me.authority, id).await?;
        let comment = folded(&stored)?;
        let service = self.service_name(&me.authority, &comment.service).await?;
        Ok((SaidLine { id: id.to_owned(), comment, service }, stored.version))
    }

    /// Answers a comment, keeps it from the page, or says that what was promised is done.
    ///
    /// # Errors
    /// Where a field is wrong, or another was first.
    pub async fn answer_comment(
        &self,
        me: &Me,
        id: &str,
        command: &Command,
        form: &Form,
    ) -> Result<(), Problem> {
        if self.store.command(&form.command).await?.is_some() {
            return Ok(());
        }
        self.answer_comment_at(me, id, command, form, &self.now()).await
    }

    pub(crate) async fn answer_comment_at(
        &self,
        me: &Me,
        id: &str,
        command: &Command,
        form: &Form,
        now: &Now,
    ) -> Result<(), Problem> {
        self.may_in_office(me, Act::AnswerComments)?;
        let stored = self.comment_stream(&me.authority, id).await?;
        let mut events = read_events(&stored)?;
        let before = folded(&stored)?;
        let event = before.decide(command, now.today).map_err(refused)?;
        events.push((now.today, event));
        let after = Comment::of(events.iter().map(|(on, event)| (*on, event)));
        let after = after.ok_or_else(|| broken(id))?;
        let Some((_, event)) = events.last() else { return Err(broken(id)) };
        let version = stored.version;
        self.write_comment(&me.authority, me.id.as_str(), id, version, event, &after, now, form)
            .await
    }

    async fn comment_stream(&self, authority: &str, id: &str) -> Result<StoredChild, Problem> {
        let stored = self.store.stream(authority, StreamKind::Comment, id).await?;
        stored.ok_or(Problem::NotFound)
    }

    /// The name of a service, also of one that is no longer shown.
    async fn service_name(&self, authority: &str, id: &str) -> Result<String, Problem> {
        if id.is_empty() {
            return Ok(String::new());
        }
        let offer = self.shown_offer(authority).await?;
        Ok(offer.directory.services.get(id).map(|one| one.name.clone()).unwrap_or_default())
    }

    async fn lines(&self, authority: &str, standing: Standing) -> Result<Vec<SaidLine>, Problem> {
        let rows = self.store.offer_comments(authority, standing.word(), READ_MOST).await?;
        let offer = self.shown_offer(authority).await?;
        let named = |id: &str| offer.directory.services.get(id).map(|one| one.name.clone());
        rows.iter()
            .map(|row| {
                let comment = comment_of(row)?;
                let service = named(&comment.service).unwrap_or_default();
                Ok(SaidLine { id: row.id.clone(), service, comment })
            })
            .collect()
    }

    /// An area's comments of one standing, each with its id, the oldest first.
    pub(crate) async fn comments_of(
        &self,
        authority: &str,
        standing: Standing,
    ) -> Result<Vec<(String, Comment)>, Problem> {
        let rows = self.store.offer_comments(authority, standing.word(), READ_MOST).await?;
        rows.iter().map(|row| Ok((row.id.clone(), comment_of(row)?))).collect()
    }

    #[expect(clippy::too_many_arguments, reason = "one commit and everything that stands in it")]
    async fn write_comment(
        &self,
        authority: &str,
        actor: &str,
        id: &str,
        version: i64,
        event: &Event,
        comment: &Comment,
        now: &Now,
        form: &Form,
    ) -> Result<(), Problem> {
        let text = |value: Result<String, serde_json::Error>| value.map_err(|_| broken(id));
        let today = now.today.to_string();
        let new = NewEvent {
            id: self.fresh_id(),
            kind: event.kind().to_owned(),
            format: 1,
            on: today.clone(),
            known_on: today,
            actor: actor.to_owned(),
            supersedes: None,
            salt: self.fresh_token(),
            content: text(serde_json::to_string(event))?.into_bytes(),
        };
        let command = CommandId { id: form.command.clone(), answer: id.to_owned() };
        let commit = Commit {
            authority: authority.to_owned(),
            at: now.at.clone(),
            actor: actor.to_owned(),
            command: Some(command).filter(|command| !command.id.is_empty()),
            streams: vec![StreamWrite {
                stream: id.to_owned(),
                kind: StreamKind::Comment,
                expected: version,
                events: vec![new],
            }],
            comments: vec![row_of(id, version + 1, comment)?],
            ..Commit::default()
        };
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::CommandSeen { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }
}

fn row_of(id: &str, version: i64, comment: &Comment) -> Result<OfferComment, Problem> {
    Ok(OfferComment {
        id: id.to_owned(),
        standing: comment.standing().word().to_owned(),
        service: comment.service.clone(),
        made_on: comment.made_on.to_string(),
        version,
        content: serde_json::to_string(comment).map_err(|_| broken(id))?,
    })
}

/// The row that a stream's events give.
pub(crate) fn row_of_stream(stored: &StoredChild) -> Option<OfferComment> {
    row_of(&stored.child, stored.version, &folded(stored).ok()?).ok()
}

/// The day of an action that was promised and is not done.
fn open_action(comment: &Comment) -> Option<Date> {
    let answer = comment.answer.as_ref().filter(|answer| answer.done.is_none())?;
    answer.action.as_ref().map(|action| action.by)
}

fn comment_of(row: &OfferComment) -> Result<Comment, Problem> {
    serde_json::from_str(&row.content).map_err(|_| broken(&row.id))
}

fn folded(stored: &StoredChild) -> Result<Comment, Problem> {
    let events = read_events(stored)?;
    let comment = Comment::of(events.iter().map(|(on, event)| (*on, event)));
    comment.ok_or_else(|| broken(&stored.child))
}

fn read_events(stored: &StoredChild) -> Result<Vec<(Date, Event)>, Problem> {
    let read = |event: &NewEvent| {
        let on = event.on.parse().map_err(|_| broken(&stored.child))?;
        let read = serde_json::from_slice(&event.content).map_err(|_| broken(&stored.child))?;
        Ok((on, read))
    };
    stored.events.iter().map(|stored| read(&stored.event)).collect()
}

fn broken(id: &str) -> Problem {
    Problem::Broken(format!("comment {id} cannot be read or written"))
}

fn refused(refused: sendero_offer::comment::Refused) -> Problem {
    let detail = if refused.fault == "too-long" { LETTERS_MOST.to_string() } else { String::new() };
    Problem::Invalid(vec![FieldFault {
        field: refused.field.to_owned(),
        fault: refused.fault,
        detail,
    }])
}
