//! Events as bytes: what is given, what is kept, and how each is chained to the one before.
//! The store does not know what an event means; it knows that none may change or vanish unseen.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::sql::{Arg, Fields};

/// What a stream tells of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum StreamKind {
    /// One child; the stream is named by the child's id.
    #[default]
    Child,
    /// One person; the stream is named by the person's id.
    Person,
    /// The area itself; the stream is named by the authority's code.
    Area,
    /// One service of the Local Offer; the stream is named by its id.
    Service,
    /// One comment on the Local Offer; the stream is named by its id.
    Comment,
    /// One entry of what an area does about its Local Offer; the stream is named by its id.
    OfferLog,
}

/// An event to be appended.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct NewEvent {
    /// Its id, unique in the area.
    pub id: String,
    /// Its kind.
    pub kind: String,
    /// The version of the content's format.
    pub format: i64,
    /// The day it happened.
    pub on: String,
    /// The day the authority knew.
    pub known_on: String,
    /// Id of the person who recorded it.
    pub actor: String,
    /// The event that it corrects.
    pub supersedes: Option<String>,
    /// Random bytes in hex, so that a digest cannot be guessed from likely content.
    pub salt: String,
    /// The content, UTF-8 text kept byte for byte.
    pub content: Vec<u8>,
}

/// An event as it is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredEvent {
    /// Its place in the area, counted from 1 without a gap.
    pub area_seq: i64,
    /// Its place in its stream, counted from 1 without a gap.
    pub seq: i64,
    /// When it was recorded, by the clock of the binary.
    pub recorded_at: String,
    /// Hex SHA-256 of salt and content.
    pub digest: String,
    /// Hex SHA-256 of the stream's previous hash, this header and this digest.
    pub hash: String,
    /// What was given.
    pub event: NewEvent,
}

/// Where an event stands: the part of its header that the store adds.
pub(crate) struct Place<'a> {
    pub(crate) authority: &'a str,
    pub(crate) stream: &'a str,
    pub(crate) kind: &'a str,
    pub(crate) seq: i64,
    pub(crate) recorded_at: &'a str,
}

/// Columns of `event`, in the order that `StoredEvent::read` takes them.
pub(crate) const EVENT_COLUMNS: [&str; 14] = [
    "area_seq",
    "seq",
    "recorded_at",
    "digest",
    "hash",
    "id",
    "kind",
    "format",
    "happened_on",
    "known_on",
    "actor",
    "supersedes",
    "salt",
    "content",
];

impl StreamKind {
    /// The word that is stored.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Person => "person",
            Self::Area => "area",
            Self::Service => "service",
            Self::Comment => "comment",
            Self::OfferLog => "offer-log",
        }
    }
}

impl NewEvent {
    /// The content as text.
    pub(crate) fn text(&self) -> Result<&str, StoreError> {
        std::str::from_utf8(&self.content)
            .map_err(|_| StoreError::NotText { what: "the content of an event" })
    }

    /// SHA-256 of the salt's bytes and the content's.
    pub(crate) fn digest(&self) -> Result<String, StoreError> {
        let salt =
            from_hex(&self.salt).ok_or(StoreError::NotText { what: "the salt of an event" })?;
        Ok(hex(&Sha256::new().chain_update(salt).chain_update(&self.content).finalize()))
    }

    /// SHA-256 of the previous hash, the header and the digest. Each part stands behind its length,
    /// so that no two headers are written alike.
    pub(crate) fn hash(&self, place: &Place<'_>, digest: &str, previous: &str) -> String {
        let seq = place.seq.to_string();
        let format = self.format.to_string();
        let parts = [
            previous,
            place.authority,
            place.stream,
            place.kind,
            &seq,
            &self.id,
            &self.kind,
            &format,
            &self.on,
            &self.known_on,
            place.recorded_at,
            &self.actor,
            self.supersedes.as_deref().unwrap_or_default(),
            digest,
        ];
        let mut sum = Sha256::new().chain_update("sendero-event-1\n");
        for part in parts {
            sum.update(format!("{}:", part.len()));
            sum.update(part);
            sum.update("\n");
        }
        hex(&sum.finalize())
    }
}

/// The area's head after one more event: a chain over the hashes of all streams in area order.
pub(crate) fn area_hash(previous: &str, event: &str) -> String {
    hex(&Sha256::new()
        .chain_update("sendero-area-1\n")
        .chain_update(previous)
        .chain_update("\n")
        .chain_update(event)
        .finalize())
}

impl StoredEvent {
    /// Takes the columns of `EVENT_COLUMNS`.
    pub(crate) fn take(fields: &mut Fields) -> Result<Self, StoreError> {
        Ok(Self {
            area_seq: fields.take()?,
            seq: fields.take()?,
            recorded_at: fields.take()?,
            digest: fields.take()?,
            hash: fields.take()?,
            event: NewEvent {
                id: fields.take()?,
                kind: fields.take()?,
                format: fields.take()?,
                on: fields.take()?,
                known_on: fields.take()?,
                actor: fields.take()?,
                supersedes: Some(fields.take::<String>()?).filter(|id| !id.is_empty()),
                salt: fields.take()?,
                content: fields.take::<String>()?.into_bytes(),
            },
        })
    }

    /// Pushes the values of `EVENT_COLUMNS`.
    pub(crate) fn push<'a>(&'a self, args: &mut Vec<Arg<'a>>) -> Result<(), StoreError> {
        let event = &self.event;
        args.extend([
            Arg::Int(self.area_seq),
            Arg::Int(self.seq),
            Arg::Text(&self.recorded_at),
            Arg::Text(&self.digest),
            Arg::Text(&self.hash),
            Arg::Text(&event.id),
            Arg::Text(&event.kind),
            Arg::Int(event.format),
            Arg::Text(&event.on),
            Arg::Text(&event.known_on),
            Arg::Text(&event.actor),
            Arg::Text(event.supersedes.as_deref().unwrap_or_default()),
            Arg::Text(&event.salt),
            Arg::Text(event.text()?),
        ]);
        Ok(())
    }
}

/// Content tells of a child, so only its length is printed.
impl fmt::Debug for NewEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("NewEvent")
            .field("id", &self.id)
            .field("kind", &self.kind)
            .field("on", &self.on)
            .field("supersedes", &self.supersedes)
            .field("content_bytes", &self.content.len())
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for StoredEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StoredEvent")
            .field("area_seq", &self.area_seq)
            .field("seq", &self.seq)
            .field("hash", &self.hash)
            .field("event", &self.event)
            .finish_non_exhaustive()
    }
}

fn hex(bytes: &[u8]) -> String {
    let digit = |half: u8| char::from(if half < 10 { b'0' + half } else { b'a' + half - 10 });
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn from_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> =
        text.chars().map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    let (pairs, rest) = digits.as_deref()?.as_chunks::<2>();
    rest.is_empty().then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
