//! People, their sign-ins and links, areas, and what was begun and not sent.
//! Tokens and codes come hashed; moments come from the caller.

use std::fmt;

use crate::Store;
use crate::commit::count;
use crate::error::{CommitError, StoreError};
use crate::rows::{Stored as _, initials, stored};
use crate::sql::{Arg, Built, Row, Tx};

stored! {
    /// A person who may sign in, or whom letters reach.
    PersonRow {
        /// Id.
        id: String,
        /// Code of the authority; on writing, the authority of the commit counts.
        authority: String,
        /// Role, in the caller's word.
        role: String,
        /// Name as it is written.
        name: String,
        /// Name as it is sorted.
        name_key: String,
        /// Address for signing in, in the form that is compared; unique, or ''.
        email_key: String,
        /// Hash of a password, or ''.
        password_hash: String,
        /// How to reach them, as the caller writes it.
        contact: String,
        /// The body that they act for, or ''.
        body: String,
        /// When their access was taken away, or ''.
        revoked_at: String,
    }
}

stored! {
    /// One device where a person is signed in.
    SignIn {
        /// Hash of the token that the device holds.
        token_hash: String,
        /// Code of the authority; on writing, the authority of the commit counts.
        authority: String,
        /// Id of the person.
        person: String,
        /// When it began.
        created_at: String,
        /// When it was last used.
        last_seen: String,
        /// When it ends.
        expires: String,
        /// When it was taken away, or ''.
        revoked_at: String,
        /// What the person calls the device.
        label: String,
    }
}

stored! {
    /// A link that signs a person in without a password.
    Link {
        /// Hash of the token in the link.
        token_hash: String,
        /// Code of the authority; on writing, the authority of the commit counts.
        authority: String,
        /// Id of the person.
        person: String,
        /// When it ends.
        expires: String,
        /// Whether it works again (a demo's links do).
        reusable: bool,
        /// When it was used, or ''.
        used_at: String,
    }
}

stored! {
    /// Something begun and not sent: a request without an account, or an adviser's advice.
    Draft {
        /// What names it: the reference that a family keeps, or the entry that asked for advice.
        reference: String,
        /// Code of the authority; on writing, the authority of the commit counts.
        authority: String,
        /// Hash of what opens it again: a family's code, or the person who was asked.
        code_hash: String,
        /// What was filled in, as the caller writes it.
        content: String,
        /// When it was last written.
        updated_at: String,
        /// Id of the child that it became, or ''.
        submitted_child: String,
    }
}

stored! {
    /// An area.
    AreaRow {
        /// Code of the authority.
        authority: String,
        /// Its name.
        name: String,
        /// Anything else, as the caller writes it.
        detail: String,
    }
}

/// A person as they are now; takes the place of the row with this id.
pub type PersonWrite = PersonRow;

/// A change of sign-ins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SignInWrite {
    /// A device signs in.
    Begin(SignIn),
    /// A device was used, at the commit's moment.
    Seen {
        /// Hash of its token.
        token_hash: String,
    },
    /// One device is signed out.
    Revoke {
        /// Hash of its token.
        token_hash: String,
    },
    /// Every device of a person is signed out.
    RevokeAll {
        /// The person.
        person: String,
    },
}

/// A change of links.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkWrite {
    /// A link is made.
    Make(Link),
    /// A link is used; refused if it was used before, is gone, or ended before the commit's moment.
    Use {
        /// Hash of its token.
        token_hash: String,
    },
}

/// A change of drafts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum DraftWrite {
    /// A draft is begun; refused if its reference is taken.
    Begin(Draft),
    /// What was filled in is kept.
    Save {
        /// Its reference.
        reference: String,
        /// The content.
        content: String,
    },
    /// It became a child's record; what was filled in is let go.
    Submitted {
        /// Its reference.
        reference: String,
        /// The child.
        child: String,
    },
    /// What it holds goes into this commit; refused if somebody else took it first.
    Take {
        /// Its reference.
        reference: String,
    },
    /// It is thrown away.
    Drop {
        /// Its reference.
        reference: String,
    },
}

impl Store {
    /// A person by id.
    pub async fn person(&self, id: &str) -> Result<Option<PersonRow>, StoreError> {
        let rows = self.db().rows(person(" WHERE id = $1"), &[Arg::Text(id)]).await?;
        one(rows, PersonRow::take)
    }

    /// A person by the address that they sign in with.
    pub async fn person_by_email(&self, email_key: &str) -> Result<Option<PersonRow>, StoreError> {
        // The second condition is the index's own, so that '' finds nobody and the index serves.
        let sql = person(" WHERE email_key = $1 AND email_key <> ''");
        one(self.db().rows(sql, &[Arg::Text(email_key)]).await?, PersonRow::take)
    }

    /// People of an area who have a role and may still sign in, by name.
    pub async fn people_with_role(
        &self,
        authority: &str,
        role: &str,
    ) -> Result<Vec<PersonRow>, StoreError> {
        let sql =
            person(" WHERE authority = $1 AND role = $2 AND revoked_at = '' ORDER BY name_key, id");
        all(self.db().rows(sql, &[Arg::Text(authority), Arg::Text(role)]).await?, PersonRow::take)
    }

    /// Every area, by code.
    pub async fn areas(&self) -> Result<Vec<AreaRow>, StoreError> {
        let sql = select(AreaRow::COLUMNS, " FROM area ORDER BY authority");
        all(self.db().rows(sql, &[]).await?, AreaRow::take)
    }

    /// One area.
    pub async fn area(&self, authority: &str) -> Result<Option<AreaRow>, StoreError> {
        let sql = select(AreaRow::COLUMNS, " FROM area WHERE authority = $1");
        one(self.db().rows(sql, &[Arg::Text(authority)]).await?, AreaRow::take)
    }

    /// A sign-in by its token, ended or not.
    pub async fn sign_in(&self, token_hash: &str) -> Result<Option<SignIn>, StoreError> {
        let sql = select(SignIn::COLUMNS, " FROM sign_in WHERE token_hash = $1");
        one(self.db().rows(sql, &[Arg::Text(token_hash)]).await?, SignIn::take)
    }

    /// Every sign-in of a person, newest first.
    pub async fn sign_ins_of(&self, person: &str) -> Result<Vec<SignIn>, StoreError> {
        let sql = select(
            SignIn::COLUMNS,
            " FROM sign_in WHERE person = $1 ORDER BY created_at DESC, token_hash",
        );
        all(self.db().rows(sql, &[Arg::Text(person)]).await?, SignIn::take)
    }

    /// A link by its token, used or not; `LinkWrite::Use` is what spends it.
    pub async fn one_use_link(&self, token_hash: &str) -> Result<Option<Link>, StoreError> {
        let sql = select(Link::COLUMNS, " FROM link WHERE token_hash = $1");
        one(self.db().rows(sql, &[Arg::Text(token_hash)]).await?, Link::take)
    }

    /// A draft by its reference.
    pub async fn draft(&self, reference: &str) -> Result<Option<Draft>, StoreError> {
        let sql = select(Draft::COLUMNS, " FROM draft WHERE reference = $1");
        one(self.db().rows(sql, &[Arg::Text(reference)]).await?, Draft::take)
    }

    /// The drafts that one key opens: of an adviser, all that they have begun.
    pub async fn drafts_opened_by(&self, code_hash: &str) -> Result<Vec<Draft>, StoreError> {
        let sql = select(Draft::COLUMNS, " FROM draft WHERE code_hash = $1 ORDER BY reference");
        all(self.db().rows(sql, &[Arg::Text(code_hash)]).await?, Draft::take)
    }
}

/// Puts a person in place.
pub(crate) async fn write_person(
    tx: &mut Tx,
    authority: &str,
    row: &PersonRow,
) -> Result<(), CommitError> {
    let taken = tx
        .rows(
            "SELECT COUNT(*) FROM person WHERE email_key = $1 AND email_key <> '' AND id <> $2",
            &[Arg::Text(&row.email_key), Arg::Text(&row.id)],
        )
        .await?;
    if count(taken)? > 0 {
        return Err(CommitError::EmailTaken);
    }
    tx.run(
        "INSERT INTO person (id, authority, role, name, name_key, email_key, password_hash, \
         contact, body, revoked_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) \
         ON CONFLICT (id) DO UPDATE SET role = $3, name = $4, name_key = $5, email_key = $6, \
         password_hash = $7, contact = $8, body = $9, revoked_at = $10",
        &[
            Arg::Text(&row.id),
            Arg::Text(authority),
            Arg::Text(&row.role),
            Arg::Text(&row.name),
            Arg::Text(&row.name_key),
            Arg::Text(&row.email_key),
            Arg::Text(&row.password_hash),
            Arg::Text(&row.contact),
            Arg::Text(&row.body),
            Arg::Text(&row.revoked_at),
        ],
    )
    .await?;
    Ok(())
}

/// Applies a change of sign-ins at a moment.
pub(crate) async fn write_sign_in(
    tx: &mut Tx,
    authority: &str,
    at: &str,
    write: &SignInWrite,
) -> Result<(), CommitError> {
    match write {
        SignInWrite::Begin(row) => {
            let row = SignIn { authority: authority.to_owned(), ..row.clone() };
            let mut args = Vec::new();
            row.push(&mut args);
            tx.run(
                "INSERT INTO sign_in (token_hash, authority, person, created_at, last_seen, \
                 expires, revoked_at, label) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                &args,
            )
            .await?;
        }
        SignInWrite::Seen { token_hash } => {
            tx.run(
                "UPDATE sign_in SET last_seen = $1 WHERE token_hash = $2 AND last_seen < $1",
                &[Arg::Text(at), Arg::Text(token_hash)],
            )
            .await?;
        }
        SignInWrite::Revoke { token_hash } => {
            tx.run(
                "UPDATE sign_in SET revoked_at = $1 WHERE token_hash = $2 AND revoked_at = ''",
                &[Arg::Text(at), Arg::Text(token_hash)],
            )
            .await?;
        }
        SignInWrite::RevokeAll { person } => {
            tx.run(
                "UPDATE sign_in SET revoked_at = $1 WHERE person = $2 AND revoked_at = ''",
                &[Arg::Text(at), Arg::Text(person)],
            )
            .await?;
        }
    }
    Ok(())
}

/// Applies a change of links at a moment.
pub(crate) async fn write_link(
    tx: &mut Tx,
    authority: &str,
    at: &str,
    write: &LinkWrite,
) -> Result<(), CommitError> {
    match write {
        LinkWrite::Make(row) => {
            let row = Link { authority: authority.to_owned(), ..row.clone() };
            let mut args = Vec::new();
            row.push(&mut args);
            tx.run(
                "INSERT INTO link (token_hash, authority, person, expires, reusable, used_at) \
                 VALUES ($1, $2, $3, $4, $5, $6)",
                &args,
            )
            .await?;
        }
        LinkWrite::Use { token_hash } => {
            let spent = tx
                .run(
                    "UPDATE link SET used_at = $1 WHERE token_hash = $2 AND expires > $1 \
                     AND (used_at = '' OR reusable = 1)",
                    &[Arg::Text(at), Arg::Text(token_hash)],
                )
                .await?;
            if spent == 0 {
                return Err(CommitError::LinkUsed);
            }
        }
    }
    Ok(())
}

/// Applies a change of drafts at a moment. A draft belongs to the area that it names, which is not
/// always that of whoever writes it.
pub(crate) async fn write_draft(
    tx: &mut Tx,
    at: &str,
    write: &DraftWrite,
) -> Result<(), CommitError> {
    match write {
        DraftWrite::Begin(row) => {
            let begun = tx
                .run(
                    "INSERT INTO draft (reference, authority, code_hash, content, updated_at, \
                     submitted_child) VALUES ($1, $2, $3, $4, $5, '') \
                     ON CONFLICT (reference) DO NOTHING",
                    &[
                        Arg::Text(&row.reference),
                        Arg::Text(&row.authority),
                        Arg::Text(&row.code_hash),
                        Arg::Text(&row.content),
                        Arg::Text(at),
                    ],
                )
                .await?;
            if begun == 0 {
                return Err(CommitError::ReferenceTaken);
            }
        }
        DraftWrite::Save { reference, content } => {
            tx.run(
                "UPDATE draft SET content = $1, updated_at = $2 \
                 WHERE reference = $3 AND submitted_child = ''",
                &[Arg::Text(content), Arg::Text(at), Arg::Text(reference)],
            )
            .await?;
        }
        DraftWrite::Submitted { reference, child } => {
            tx.run(
                "UPDATE draft SET submitted_child = $1, content = '', updated_at = $2 \
                 WHERE reference = $3",
                &[Arg::Text(child), Arg::Text(at), Arg::Text(reference)],
            )
            .await?;
        }
        DraftWrite::Drop { reference } => {
            tx.run("DELETE FROM draft WHERE reference = $1", &[Arg::Text(reference)]).await?;
        }
        DraftWrite::Take { reference } => {
            let sql = "DELETE FROM draft WHERE reference = $1";
            if tx.run(sql, &[Arg::Text(reference)]).await? == 0 {
                return Err(CommitError::DraftGone);
            }
        }
    }
    Ok(())
}

/// Puts an area in place.
pub(crate) async fn write_area(
    tx: &mut Tx,
    authority: &str,
    row: &AreaRow,
) -> Result<(), CommitError> {
    tx.run(
        "INSERT INTO area (authority, name, detail) VALUES ($1, $2, $3) \
         ON CONFLICT (authority) DO UPDATE SET name = $2, detail = $3",
        &[Arg::Text(authority), Arg::Text(&row.name), Arg::Text(&row.detail)],
    )
    .await?;
    Ok(())
}

/// `SELECT columns` and the rest.
pub(crate) fn select(columns: &'static [&'static str], rest: &'static str) -> Built {
    let mut sql = Built::new("SELECT ");
    sql.columns("", columns).push(rest);
    sql
}

fn person(rest: &'static str) -> Built {
    let mut sql = select(PersonRow::COLUMNS, " FROM person");
    sql.push(rest);
    sql
}

/// How a row type is taken from a row.
type Take<T> = fn(&mut crate::sql::Fields) -> Result<T, StoreError>;

/// Reads every row.
pub(crate) fn all<T>(rows: Vec<Row>, take: Take<T>) -> Result<Vec<T>, StoreError> {
    rows.into_iter().map(|row| take(&mut row.fields())).collect()
}

/// Reads the first row, if there is one.
pub(crate) fn one<T>(rows: Vec<Row>, take: Take<T>) -> Result<Option<T>, StoreError> {
    rows.into_iter().next().map(|row| take(&mut row.fields())).transpose()
}

impl fmt::Debug for PersonRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PersonRow")
            .field("id", &self.id)
            .field("authority", &self.authority)
            .field("role", &self.role)
            .field("initials", &initials(&self.name))
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for SignIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SignIn")
            .field("person", &self.person)
            .field("created_at", &self.created_at)
            .field("expires", &self.expires)
            .field("revoked_at", &self.revoked_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Link")
            .field("person", &self.person)
            .field("expires", &self.expires)
            .field("used_at", &self.used_at)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Draft")
            .field("authority", &self.authority)
            .field("updated_at", &self.updated_at)
            .field("submitted_child", &self.submitted_child)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for AreaRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AreaRow")
            .field("authority", &self.authority)
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}
