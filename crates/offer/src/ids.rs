//! Ids of things that come without one of the right shape: made from what they are, so that the
//! same thing has the same id in every run and every import.

use uuid::Uuid;

/// The name space of all ids that Sendero derives for the Local Offer.
const SPACE: Uuid = Uuid::from_u128(0x5e4d_e20f_0ffe_4000_8000_5e4d_e200_0ffe);

/// The id of what `parts` name, the same for the same parts.
#[must_use]
pub fn derived_id(parts: &[&str]) -> String {
    Uuid::new_v5(&SPACE, parts.join("\u{1f}").as_bytes()).to_string()
}

/// Whether a text has the shape that Open Referral UK wants of an id.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() == 36 && Uuid::try_parse(text).is_ok()
}
