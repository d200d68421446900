//! Time and chance, given from above. One [`Now`] is made for each request or job, so that every
//! day and every moment it records agree.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// One moment and the day it falls on in London.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Now {
    /// UTC, fixed width: `2026-11-21T09:15:00.000Z`.
    pub at: String,
    /// The civil day in London.
    pub today: Date,
    /// The time of day in London: hour and minute.
    pub time: (i8, i8),
}

impl Now {
    /// The moment `at`, as London sees it.
    #[must_use]
    pub fn at(at: Timestamp) -> Self {
        let london = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        let here = at.to_zoned(london);
        Self {
            at: at.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string(),
            today: here.date(),
            time: (here.hour(), here.minute()),
        }
    }

    /// The moment at which it is `hour`:`minute` in London on `day`.
    #[must_use]
    pub fn on(day: Date, hour: i8, minute: i8) -> Self {
        let london = TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC);
        let at = day
            .at(hour.clamp(0, 23), minute.clamp(0, 59), 0, 0)
            .to_zoned(london)
            .map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp());
        Self::at(at)
    }

    /// The same moment some seconds later, as fixed-width UTC.
    #[must_use]
    pub fn plus_seconds(&self, seconds: i64) -> String {
        let at: Timestamp = self.at.parse().unwrap_or(Timestamp::UNIX_EPOCH);
        at.checked_add(jiff::SignedDuration::from_secs(seconds))
            .unwrap_or(Timestamp::MAX)
            .strftime("%Y-%m-%dT%H:%M:%S.%3fZ")
            .to_string()
    }
}

/// The London day and time of a stored moment.
#[must_use]
pub fn london(at: &str) -> Now {
    Now::at(at.parse().unwrap_or(Timestamp::UNIX_EPOCH))
}

/// Tells the time. The binary has the only one that reads the machine's clock.
pub trait Clock: Send + Sync {
    /// The moment.
    fn now(&self) -> Now;
    /// A count of seconds that never goes back and that setting the day does not move.
    fn seconds(&self) -> u64;
    /// Sets the day; false where this clock cannot be set.
    fn set(&self, _day: Date) -> bool {
        false
    }
    /// Whether it can be set.
    fn can_be_set(&self) -> bool {
        false
    }
}

/// Gives random bytes. The binary has the only one that asks the machine for them.
pub trait Chance: Send + Sync {
    /// Thirty-two random bytes.
    fn bytes(&self) -> [u8; 32];
}

/// A random id as text, from sixteen of the bytes.
pub(crate) fn id(chance: &dyn Chance) -> String {
    let bytes = chance.bytes();
    let mut sixteen = [0_u8; 16];
    for (to, from) in sixteen.iter_mut().zip(bytes) {
        *to = from;
    }
    uuid::Builder::from_random_bytes(sixteen).into_uuid().to_string()
}

/// A random token as 64 hex digits.
pub(crate) fn token(chance: &dyn Chance) -> String {
    hex(&chance.bytes())
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The SHA-256 of a token, which is all that is kept of it.
pub(crate) fn token_hash(token: &str) -> String {
    use sha2::Digest as _;
    hex(&sha2::Sha256::digest(token.as_bytes()))
}
