//! Signing in: e-mail and password, or a one-use link. Sign-ins are rows that can be revoked; the
//! browser holds a random token, the database only its hash.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use sendero_access::{Asker, Role};
use sendero_record::{Name, PersonId};
use sendero_store::{Commit, CommitError, LinkWrite, PersonRow, SignIn, SignInWrite};

use crate::now::{token, token_hash};
use crate::people::{email_key, read_name};
use crate::{App, FieldFault, Problem};

/// Who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Me {
    /// Their id.
    pub id: PersonId,
    /// Their authority.
    pub authority: String,
    /// Their role.
    pub role: Role,
    /// Their name.
    pub name: Name,
    /// Of an adviser, body and profession, parted by `|`.
    pub body: String,
    /// What forms of this sign-in carry.
    pub csrf: String,
    /// Whether they have set a password.
    pub has_password: bool,
    token_hash: String,
}

impl Me {
    /// Somebody of a made-up world, who acts without a browser.
    pub(crate) fn for_replay(
        id: PersonId,
        authority: String,
        role: Role,
        name: Name,
        token_hash: String,
    ) -> Self {
        let csrf = String::new();
        Self {
            id,
            authority,
            role,
            name,
            body: String::new(),
            csrf,
            has_password: false,
            token_hash,
        }
    }

    /// As `access` asks for them.
    #[must_use]
    pub fn asker(&self) -> Asker {
        Asker {
            person: self.id.as_str().to_owned(),
            authority: self.authority.clone(),
            role: self.role,
        }
    }
}

/// A sign-in that was made: the token goes into a cookie and is kept nowhere else.
#[derive(Clone, Debug)]
pub struct SignedIn {
    /// The token.
    pub token: String,
    /// Who.
    pub me: Me,
}

/// One sign-in, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What was said of the browser.
    pub label: String,
    /// Since when.
    pub since: String,
    /// Last used.
    pub last_seen: String,
    /// Whether it is the one now used.
    pub this: bool,
}

/// How long a sign-in works: 30 days for a family's phone, half a day for staff.
const FAMILY_SECONDS: i64 = 30 * 24 * 60 * 60;
const STAFF_SECONDS: i64 = 12 * 60 * 60;
/// The shortest password.
const PASSWORD_LETTERS_MIN: usize = 10;
/// The longest, so that hashing cannot be made to work for ever.
const PASSWORD_LETTERS_MAX: usize = 200;

/// Wrong guesses of late, by address and by where they come from. Kept in memory by monotonic
/// time: setting the day of a demonstration changes nothing here.
#[derive(Clone, Default)]
pub(crate) struct Guesses(Arc<Mutex<BTreeMap<String, Vec<u64>>>>);

/// Guesses allowed in one window, for an address and for a place.
const GUESSES_MAX: usize = 8;
/// The window, in seconds.
const GUESS_WINDOW: u64 = 15 * 60;
/// Keys held at most; the oldest give way.
const GUESS_KEYS_MAX: usize = 50_000;

impl Guesses {
    /// Whether another guess may be made for this key.
    pub(crate) fn may(&self, key: &str, seconds: u64) -> bool {
        self.may_still(key, seconds, GUESSES_MAX)
    }

    /// The same where fewer are let through.
    pub(crate) fn may_still(&self, key: &str, seconds: u64, most: usize) -> bool {
        let Ok(mut guesses) = self.0.lock() else { return false };
        let Some(times) = guesses.get_mut(key) else { return true };
        times.retain(|time| time + GUESS_WINDOW > seconds);
        times.len() < most
    }

    /// Notes a wrong guess.
    pub(crate) fn wrong(&self, key: &str, seconds: u64) {
        let Ok(mut guesses) = self.0.lock() else { return };
        if guesses.len() >= GUESS_KEYS_MAX {
            guesses.retain(|_, times| times.iter().any(|time| time + GUESS_WINDOW > seconds));
        }
        if guesses.len() < GUESS_KEYS_MAX {
            guesses.entry(key.to_owned()).or_default().push(seconds);
        }
    }

    /// Forgets the guesses of a key: somebody has signed in.
    fn right(&self, key: &str) {
        if let Ok(mut guesses) = self.0.lock() {
            guesses.remove(key);
        }
    }
}

impl App {
    /// Signs in by e-mail and password. `place` is where the request came from, for the limit on
    /// guesses; `label` what the browser says it is.
    ///
    /// # Errors
    /// [`Problem::Invalid`] in the same words whether the address or the password is wrong, and
    /// [`Problem::TooMuch`] after too many wrong guesses.
    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        place: &str,
        label: &str,
    ) -> Result<SignedIn, Problem> {
        let email = email_key(email);
        let keys = [format!("address {email}"), format!("place {place}")];
        self.guess(&keys)?;
        let person = self.store.person_by_email(&email).await?;
        let hash = person
            .as_ref()
            .filter(|person| person.revoked_at.is_empty() && !person.password_hash.is_empty())
            .map_or_else(|| NOBODY.to_owned(), |person| person.password_hash.clone());
        let fits = verify_password(password, hash).await?;
        self.guessed(&keys, fits && person.is_some());
        let Some(person) = person.filter(|_| fits) else {
            return Err(Problem::Invalid(vec![FieldFault::of("email", "not-recognised")]));
        };
        self.begin(person, label, Vec::new()).await
    }

    /// Refuses a further guess for any of these keys.
    pub(crate) fn guess(&self, keys: &[String]) -> Result<(), Problem> {
        let seconds = self.clock.seconds();
        if keys.iter().all(|key| self.guesses.may(key, seconds)) {
            Ok(())
        } else {
            Err(Problem::TooMuch { what: "tries", limit: GUESSES_MAX as u64 })
        }
    }

    /// Notes how a guess went.
    pub(crate) fn guessed(&self, keys: &[String], right: bool) {
        for key in keys {
            if right {
                self.guesses.right(key);
            } else {
                self.guesses.wrong(key, self.clock.seconds());
            }
        }
    }

    /// Signs in by a link.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the link was used, is too old, or never was.
    pub async fn sign_in_by_link(&self, secret: &str, label: &str) -> Result<SignedIn, Problem> {
        let hash = token_hash(secret);
        let link = self.store.one_use_link(&hash).await?.ok_or(Problem::NotFound)?;
        let person = self.store.person(&link.person).await?.ok_or(Problem::NotFound)?;
        if !person.revoked_at.is_empty() {
            return Err(Problem::NotFound);
        }
        self.begin(person, label, vec![LinkWrite::Use { token_hash: hash }]).await
    }

    async fn begin(
        &self,
        person: PersonRow,
        label: &str,
        links: Vec<LinkWrite>,
    ) -> Result<SignedIn, Problem> {
        let role = Role::from_word(&person.role).ok_or(Problem::NotFound)?;
        let now = self.now();
        let secret = token(self.chance.as_ref());
        let seconds = match role {
            Role::Parent | Role::YoungPerson => FAMILY_SECONDS,
            Role::Officer | Role::Adviser | Role::Manager | Role::Provider => STAFF_SECONDS,
        };
        let sign_in = SignIn {
            token_hash: token_hash(&secret),
            authority: person.authority.clone(),
            person: person.id.clone(),
            created_at: now.at.clone(),
            last_seen: now.at.clone(),
            // Setting the day of a demonstration signs nobody out.
            expires: if self.is_demo() {
                "9999-12-31T00:00:00.000Z".to_owned()
            } else {
                now.plus_seconds(seconds)
            },
            revoked_at: String::new(),
            label: label.chars().take(120).collect(),
        };
        let commit = Commit {
            authority: person.authority.clone(),
            at: now.at,
            actor: person.id.clone(),
            sign_ins: vec![SignInWrite::Begin(sign_in.clone())],
            links,
            ..Commit::default()
        };
        match self.store.commit(commit).await {
            Ok(_) => Ok(SignedIn { me: me_of(&person, role, &sign_in.token_hash), token: secret }),
            Err(CommitError::LinkUsed) => Err(Problem::NotFound),
            Err(other) => Err(other.into()),
        }
    }

    /// Who holds this token; `None` for nobody.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn me(&self, secret: &str) -> Result<Option<Me>, Problem> {
        let hash = token_hash(secret);
        let Some(sign_in) = self.store.sign_in(&hash).await? else { return Ok(None) };
        if !sign_in.revoked_at.is_empty() || sign_in.expires <= self.now().at {
            return Ok(None);
        }
        let person = self.store.person(&sign_in.person).await?;
        Ok(person.filter(|person| person.revoked_at.is_empty()).and_then(|person| {
            let role = Role::from_word(&person.role)?;
            Some(me_of(&person, role, &hash))
        }))
    }

    /// Ends this sign-in.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn sign_out(&self, me: &Me) -> Result<(), Problem> {
        let write = SignInWrite::Revoke { token_hash: me.token_hash.clone() };
        self.write_sign_in(me, write).await
    }

    /// Ends every sign-in of this person, this one included.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn sign_out_everywhere(&self, me: &Me) -> Result<(), Problem> {
        let write = SignInWrite::RevokeAll { person: me.id.as_str().to_owned() };
        self.write_sign_in(me, write).await
    }

    async fn write_sign_in(&self, me: &Me, write: SignInWrite) -> Result<(), Problem> {
        let commit = Commit {
            authority: me.authority.clone(),
            at: self.now().at,
            actor: me.id.as_str().to_owned(),
            sign_ins: vec![write],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }

    /// Where this person is signed in.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn my_devices(&self, me: &Me) -> Result<Vec<Device>, Problem> {
        let now = self.now().at;
        let rows = self.store.sign_ins_of(me.id.as_str()).await?;
        Ok(rows
            .into_iter()
            .filter(|row| row.revoked_at.is_empty() && row.expires > now)
            .map(|row| Device {
                this: row.token_hash == me.token_hash,
                label: row.label,
                since: row.created_at,
                last_seen: row.last_seen,
            })
            .collect())
    }

    /// Sets this person's password.
    ///
    /// # Errors
    /// [`Problem::Invalid`] where it is too short or too long.
    pub async fn set_password(&self, me: &Me, password: &str) -> Result<(), Problem> {
        let letters = password.chars().count();
        if letters < PASSWORD_LETTERS_MIN {
            return Err(Problem::Invalid(vec![FieldFault::of("password", "too-short")]));
        }
        if letters > PASSWORD_LETTERS_MAX {
            return Err(Problem::Invalid(vec![FieldFault::of("password", "too-long")]));
        }
        let mut person = self.store.person(me.id.as_str()).await?.ok_or(Problem::NotFound)?;
        person.password_hash = hash_password(password, self.chance.bytes()).await?;
        let commit = Commit {
            authority: me.authority.clone(),
            at: self.now().at,
            actor: me.id.as_str().to_owned(),
            people: vec![person],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }
}

fn me_of(person: &PersonRow, role: Role, hash: &str) -> Me {
    Me {
        id: PersonId::new(person.id.clone()),
        authority: person.authority.clone(),
        role,
        name: read_name(&person.name),
        body: person.body.clone(),
        csrf: token_hash(&format!("form {hash}")),
        has_password: !person.password_hash.is_empty(),
        token_hash: hash.to_owned(),
    }
}

/// A hash that no password fits, so that an unknown address takes as long as a known one.
const NOBODY: &str = "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA\
    $AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Hashing takes tens of milliseconds, so it stays off the threads that answer requests.
async fn hash_password(password: &str, bytes: [u8; 32]) -> Result<String, Problem> {
    let password = password.to_owned();
    let hashed = tokio::task::spawn_blocking(move || {
        let salt = bytes.get(..16).unwrap_or(&bytes);
        Argon2::default()
            .hash_password_with_salt(password.as_bytes(), salt)
            .map(|hash| hash.to_string())
    });
    match hashed.await {
        Ok(Ok(hash)) => Ok(hash),
        _ => Err(Problem::Broken("a password could not be hashed".to_owned())),
    }
}

async fn verify_password(password: &str, hash: String) -> Result<bool, Problem> {
    if password.chars().count() > PASSWORD_LETTERS_MAX {
        return Ok(false);
    }
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash)
            .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
    .map_err(|_| Problem::Broken("a password could not be checked".to_owned()))
}

impl App {
    /// Sends a one-use link to an address, if it is one we know. The caller is told the same
    /// either way.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for what is no address; [`Problem::TooMuch`] after too many tries.
    pub async fn send_sign_in_link(&self, email: &str, place: &str) -> Result<(), Problem> {
        let email = email_key(email);
        if !email.contains('@') {
            return Err(Problem::Invalid(vec![FieldFault::of("email", "not-an-address")]));
        }
        let keys = [format!("link {email}"), format!("link from {place}")];
        self.guess(&keys)?;
        self.guessed(&keys, false);
        let Some(person) = self.store.person_by_email(&email).await? else { return Ok(()) };
        if !person.revoked_at.is_empty() {
            return Ok(());
        }
        let area = self.area(&person.authority).await?;
        let secret = token(self.chance.as_ref());
        let id = PersonId::new(person.id.clone());
        let now = self.now();
        let mut commit = Commit {
            authority: person.authority.clone(),
            at: now.at.clone(),
            actor: person.id,
            links: vec![self.link_for(&person.authority, &id, &secret, false)],
            ..Commit::default()
        };
        self.add_link_message(&mut commit, &area, &email, &secret, &now);
        self.store.commit(commit).await?;
        Ok(())
    }

    /// Whose a link is, if it can still be used, and whether it works again and again, as those of
    /// a demonstration do.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn link_owner(&self, secret: &str) -> Result<Option<(String, bool)>, Problem> {
        let Some(link) = self.store.one_use_link(&token_hash(secret)).await? else {
            return Ok(None);
        };
        let spent = !link.used_at.is_empty() && !link.reusable;
        if spent || link.expires <= self.now().at {
            return Ok(None);
        }
        let person = self.store.person(&link.person).await?;
        Ok(person.map(|person| (read_name(&person.name).full(), link.reusable)))
    }
}
