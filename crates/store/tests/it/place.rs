//! Where a story runs, and the small records that stories are about.

use sendero_store::{
    AdviceRow, ChildRow, ChildRows, Commit, HeadRow, NEVER, NewEvent, ObligationRow, OpenOptions,
    Store, StreamKind, StreamWrite, Tie,
};
use tempfile::TempDir;

/// Runs a story `async fn(&Place)` on SQLite, on PostgreSQL, and on a PostgreSQL database that
/// sorts by the rules of a language.
macro_rules! both {
    ($($story:ident),* $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                super::$story(&crate::place::Place::sqlite()).await;
            })*
        }

        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                let Some(place) = crate::place::Place::postgres(false) else { return };
                super::$story(&place).await;
            })*
        }

        mod postgres_of_language {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $story() {
                let Some(place) = crate::place::Place::postgres(true) else { return };
                super::$story(&place).await;
            })*
        }
    };
}
pub(crate) use both;

/// An empty database of its own.
pub(crate) enum Place {
    Sqlite { dir: TempDir },
    Postgres { url: String },
}

impl Place {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite { dir: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn postgres(of_language: bool) -> Option<Self> {
        let cluster = sendero_testkit::postgres()?;
        let url = if of_language { cluster.database_of_language() } else { cluster.database() };
        Some(Self::Postgres { url: url.unwrap() })
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite { dir } => format!("sqlite:{}/sendero.sqlite", dir.path().display()),
            Self::Postgres { url } => url.clone(),
        }
    }

    /// As a report names it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres { .. } => "PostgreSQL",
        }
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(&self.url(), OpenOptions::default()).await.unwrap()
    }

    /// Does to the database what other hands could, behind the store's back.
    pub(crate) async fn tamper(&self, statement: &'static str) {
        match self {
            Self::Sqlite { .. } => {
                let raw = rusqlite::Connection::open(self.url().trim_start_matches("sqlite:"));
                raw.unwrap().execute_batch(statement).unwrap();
            }
            Self::Postgres { url } => {
                use sqlx::Connection as _;
                let mut raw = sqlx::PgConnection::connect(url).await.unwrap();
                sqlx::raw_sql(statement).execute(&mut raw).await.unwrap();
                raw.close().await.unwrap();
            }
        }
    }
}

/// The authority of the stories.
pub(crate) const AREA: &str = "E09000001";
/// A moment.
pub(crate) const AT: &str = "2026-11-21T09:15:00.000Z";
/// The day of that moment.
pub(crate) const TODAY: &str = "2026-11-21";

pub(crate) fn event(id: &str) -> NewEvent {
    NewEvent {
        id: id.to_owned(),
        kind: "assessment-requested".to_owned(),
        format: 1,
        on: "2026-09-14".to_owned(),
        known_on: "2026-09-15".to_owned(),
        actor: "officer-1".to_owned(),
        supersedes: None,
        salt: "00ff10".to_owned(),
        content: format!(r#"{{"by":"parent","words":"Zoë’s \u0000 {id}"}}"#).into_bytes(),
    }
}

pub(crate) fn write(child: &str, expected: i64, events: Vec<NewEvent>) -> StreamWrite {
    StreamWrite { stream: child.to_owned(), kind: StreamKind::Child, expected, events }
}

pub(crate) fn commit() -> Commit {
    Commit {
        authority: AREA.to_owned(),
        at: AT.to_owned(),
        actor: "officer-1".to_owned(),
        ..Commit::default()
    }
}

/// A commit of one event for one child, without rows.
pub(crate) fn one_event(child: &str, expected: i64, id: &str) -> Commit {
    Commit { streams: vec![write(child, expected, vec![event(id)])], ..commit() }
}

pub(crate) fn child_row(child: &str) -> ChildRow {
    ChildRow {
        child: child.to_owned(),
        reference: format!("R-{child}"),
        name: format!("Name {child}"),
        name_key: format!("name {child}"),
        born: "2016-03-02".to_owned(),
        setting_kind: "mainstream-school".to_owned(),
        setting_name: "Hill School".to_owned(),
        stage: "assessing".to_owned(),
        officer: "officer-1".to_owned(),
        requested_on: "2026-09-14".to_owned(),
        open: true,
        ..ChildRow::default()
    }
}

pub(crate) fn obligation(duty: &str, act_by: &str, class: i64) -> ObligationRow {
    ObligationRow {
        duty: duty.to_owned(),
        trigger_event: "a".to_owned(),
        trigger_on: "2026-09-14".to_owned(),
        due: act_by.to_owned(),
        due_safe: act_by.to_owned(),
        opens_as: "pending".to_owned(),
        turns_on: act_by.to_owned(),
        turns_into: "overdue".to_owned(),
        act_by: act_by.to_owned(),
        class,
        officer: child_row("").officer,
        ..ObligationRow::unset()
    }
}

pub(crate) fn tie(person: &str, from_day: &str, until_day: &str) -> Tie {
    Tie {
        person: person.to_owned(),
        relation: "parent".to_owned(),
        from_day: from_day.to_owned(),
        until_day: until_day.to_owned(),
        ..Tie::default()
    }
}

pub(crate) fn advice(person: &str, due: &str) -> AdviceRow {
    AdviceRow {
        request_event: "b".to_owned(),
        body: "health".to_owned(),
        adviser: "speech and language therapist".to_owned(),
        person: person.to_owned(),
        asked_on: "2026-10-01".to_owned(),
        due: due.to_owned(),
        received_on: String::new(),
    }
}

pub(crate) fn rows(child: &str, obligations: Vec<ObligationRow>) -> ChildRows {
    ChildRows {
        child_row: child_row(child),
        head: HeadRow { rulebook: "law-1".to_owned(), holds_until: NEVER.to_owned() },
        obligations,
        refusals: Vec::new(),
        wordings: Vec::new(),
        ties: vec![tie("parent-1", "2026-01-01", NEVER)],
        advice: vec![advice("adviser-1", "2026-11-12")],
    }
}
