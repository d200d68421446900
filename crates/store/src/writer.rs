//! The writer: a task that takes whatever commits wait and writes them as one group.
//! One flush to disk then serves them all, and nobody is answered before it.

use tokio::sync::{mpsc, oneshot};

use crate::commit::{Commit, Committed, Savepoint, apply};
use crate::error::{CommitError, StoreError};
use crate::sql::{Db, Tx};

/// Commits written in one transaction at most, so that the first waits little for the last.
const GROUP_MOST: usize = 64;
/// Commits that may wait; the next caller waits to be let in.
const QUEUE_MOST: usize = 1024;
/// How often a group is tried when others hold the database.
const TRIES: usize = 3;

/// What a commit came to.
type Answer = Result<Committed, CommitError>;

/// A commit that waits, and where its answer goes.
pub(crate) struct Job {
    commit: Commit,
    reply: oneshot::Sender<Answer>,
}

/// The queues of the writers. An area always has the same one, so that its commits are grouped.
#[derive(Debug)]
pub(crate) struct Writers(Vec<mpsc::Sender<Job>>);

impl Writers {
    /// Starts as many writers as the database can use.
    pub(crate) fn start(db: &Db) -> Self {
        let start = |_| {
            let (queue, jobs) = mpsc::channel(QUEUE_MOST);
            tokio::spawn(run(db.clone(), jobs));
            queue
        };
        Self((0..db.writers()).map(start).collect())
    }

    /// Hands a commit over and waits until it is on disk. A caller that goes away does not undo it.
    pub(crate) async fn commit(&self, commit: Commit) -> Answer {
        let (reply, answer) = oneshot::channel();
        let sum = commit.authority.bytes().map(usize::from).sum::<usize>();
        let queue = self.0.get(sum % self.0.len().max(1)).ok_or(StoreError::Closed)?;
        queue.send(Job { commit, reply }).await.map_err(|_| StoreError::Closed)?;
        answer.await.map_err(|_| StoreError::Closed)?
    }
}

/// Ends when the last store is dropped, with nothing left waiting.
async fn run(db: Db, mut jobs: mpsc::Receiver<Job>) {
    while let Some(first) = jobs.recv().await {
        let mut group = vec![first];
        while group.len() < GROUP_MOST
            && let Ok(next) = jobs.try_recv()
        {
            group.push(next);
        }
        // Two servers that take the areas' heads in one order can never wait for each other.
        group.sort_by(|a, b| a.commit.authority.cmp(&b.commit.authority));
        settle(&db, group).await;
    }
}

/// Writes a group, again if others were in the way, and answers everyone.
async fn settle(db: &Db, group: Vec<Job>) {
    let commits: Vec<&Commit> = group.iter().map(|job| &job.commit).collect();
    let mut outcome = attempt(db, &commits).await;
    for _ in 1..TRIES {
        if !matches!(outcome, Err(StoreError::Busy)) {
            break;
        }
        outcome = attempt(db, &commits).await;
    }
    // Nobody may be listening any more; the commit stands all the same.
    match outcome {
        Ok(answers) => {
            for (job, answer) in group.into_iter().zip(answers) {
                let _ = job.reply.send(answer);
            }
        }
        Err(error) => {
            tracing::warn!(%error, commits = group.len(), "commits were not written");
            for job in group {
                let _ = job.reply.send(Err(error.clone().into()));
            }
        }
    }
}

/// Writes a group in one transaction. A refused commit undoes itself alone; a failing database
/// undoes them all.
async fn attempt(db: &Db, commits: &[&Commit]) -> Result<Vec<Answer>, StoreError> {
    let mut tx = db.begin().await?;
    let mut answers = Vec::with_capacity(commits.len());
    for (at, commit) in commits.iter().enumerate() {
        let savepoint = if at == 0 { Savepoint::First } else { Savepoint::Next };
        answers.push(within_savepoint(&mut tx, commit, savepoint).await?);
    }
    if answers.iter().any(Result::is_ok) {
        tx.commit().await?;
    }
    Ok(answers)
}

/// The savepoint is released by the next commit or by the end of the transaction.
async fn within_savepoint(
    tx: &mut Tx,
    commit: &Commit,
    savepoint: Savepoint,
) -> Result<Answer, StoreError> {
    let answer = apply(tx, commit, savepoint).await;
    match &answer {
        Err(CommitError::Store(
            error @ (StoreError::Busy
            | StoreError::Closed
            | StoreError::DiskFull
            | StoreError::Failed { .. }
            | StoreError::Unreachable { .. }),
        )) => return Err(error.clone()),
        Err(_) => {
            tx.run("ROLLBACK TO SAVEPOINT one", &[]).await?;
        }
        Ok(_) => {}
    }
    Ok(answer)
}
