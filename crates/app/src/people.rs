//! The people who sign in: how one is added, and who has which role.

use sendero_access::Role;
use sendero_record::{AskerNamed, Name, PersonId, Relation};
use sendero_store::{Commit, CommitError, Link, LinkWrite, PersonRow};

use crate::now::{id, token, token_hash};
use crate::{App, FieldFault, Problem};

/// A person to be added.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// The id they already have on a record, if any.
    pub id: Option<PersonId>,
    /// Their authority.
    pub authority: String,
    /// Their role.
    pub role: Role,
    /// Their name.
    pub name: Name,
    /// Where one-use links go.
    pub email: String,
    /// Of an adviser, the body they speak for and what they are: `psychologist|educational
    /// psychologist`.
    pub body: String,
}

/// A member of staff whom a case can be given to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Officer {
    /// Id.
    pub id: PersonId,
    /// Name.
    pub name: Name,
    /// The body, of an adviser.
    pub body: String,
}

/// How long a one-use link works: seven days.
const LINK_SECONDS: i64 = 7 * 24 * 60 * 60;
/// Links that one commit makes.
const LINKS_A_COMMIT: usize = 200;

/// The key by which an address is found: trimmed and in lower case.
pub(crate) fn email_key(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Names are stored as given and family parted by a tab, which no form lets in.
pub(crate) fn stored_name(name: &Name) -> String {
    format!("{}\t{}", name.given, name.family)
}

/// Somebody who asked and is not known yet, stored as name and relation, parted by a tab.
pub(crate) fn stored_asker(asker: &AskerNamed) -> String {
    format!("{}\t{}", stored_name(&asker.name), asker.relation.word())
}

/// Who asked, as it was stored.
pub(crate) fn read_asker(stored: &str) -> Option<(Name, Relation)> {
    let (name, relation) = stored.rsplit_once('\t')?;
    Some((read_name(name), Relation::from_word(relation)?))
}

/// The name that was stored.
pub(crate) fn read_name(stored: &str) -> Name {
    let (given, family) = stored.split_once('\t').unwrap_or((stored, ""));
    Name::new(given, family)
}

impl App {
    /// Adds a person and makes a link by which they sign in once and set a password. The token of
    /// the link is returned and kept only as a hash.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for an address that is none or is taken; [`Problem::NotFound`] for an
    /// authority that is not served here.
    pub async fn add_person(&self, person: &NewPerson) -> Result<(PersonId, String), Problem> {
        let email = email_key(&person.email);
        let is_address = email
            .split_once('@')
            .is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'));
        if !is_address || email.chars().any(char::is_whitespace) || email.len() > 254 {
            return Err(Problem::Invalid(vec![FieldFault::of("email", "not-an-address")]));
        }
        self.area(&person.authority).await?;
        let known = person.id.clone();
        let person_id = known.unwrap_or_else(|| PersonId::new(id(self.chance.as_ref())));
        let secret = token(self.chance.as_ref());
        let commit = Commit {
            authority: person.authority.clone(),
            at: self.now().at,
            actor: "command-line".to_owned(),
            people: vec![row_of(person, &person_id, &email)],
            links: vec![self.link_for(&person.authority, &person_id, &secret, false)],
            ..Commit::default()
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok((person_id, secret)),
            Err(CommitError::EmailTaken) => {
                Err(Problem::Invalid(vec![FieldFault::of("email", "address-taken")]))
            }
            Err(other) => Err(other.into()),
        }
    }

    /// A link for a person, of which only the hash is kept.
    pub(crate) fn link_for(
        &self,
        authority: &str,
        person: &PersonId,
        secret: &str,
        reusable: bool,
    ) -> LinkWrite {
        LinkWrite::Make(Link {
            token_hash: token_hash(secret),
            authority: authority.to_owned(),
            person: person.as_str().to_owned(),
            expires: if reusable {
                "9999-12-31T00:00:00.000Z".to_owned()
            } else {
                self.now().plus_seconds(LINK_SECONDS)
            },
            reusable,
            used_at: String::new(),
        })
    }

    /// A link for each person of a role, in the order of their names, by which they sign in once:
    /// for opening an area to its staff, and where a letter did not arrive.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn links_for(
        &self,
        authority: &str,
        role: Role,
        most: usize,
    ) -> Result<Vec<(Officer, String)>, Problem> {
        let mut people = self.people_with(authority, role).await?;
        people.truncate(most);
        let made: Vec<(Officer, String)> =
            people.into_iter().map(|person| (person, token(self.chance.as_ref()))).collect();
        for some in made.chunks(LINKS_A_COMMIT) {
            let links = some
                .iter()
                .map(|(person, secret)| self.link_for(authority, &person.id, secret, false));
            let commit = Commit {
                authority: authority.to_owned(),
                at: self.now().at,
                actor: "command-line".to_owned(),
                links: links.collect(),
                ..Commit::default()
            };
            self.store.commit(commit).await?;
        }
        Ok(made)
    }

    /// The people of an authority with this role, by name.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn people_with(&self, authority: &str, role: Role) -> Result<Vec<Officer>, Problem> {
        let rows = self.store.people_with_role(authority, role.word()).await?;
        Ok(rows.into_iter().map(officer_of).collect())
    }
}

fn officer_of(row: PersonRow) -> Officer {
    Officer { id: PersonId::new(row.id), name: read_name(&row.name), body: row.body }
}

/// The row of a new person, who has no password yet.
pub(crate) fn row_of(person: &NewPerson, id: &PersonId, email: &str) -> PersonRow {
    PersonRow {
        id: id.as_str().to_owned(),
        authority: person.authority.clone(),
        role: person.role.word().to_owned(),
        name: stored_name(&person.name),
        name_key: person.name.key(),
        email_key: email.to_owned(),
        password_hash: String::new(),
        contact: String::new(),
        body: person.body.clone(),
        revoked_at: String::new(),
    }
}
