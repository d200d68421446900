//! The pretend area as others see it: what it is made from, who lives and works there, and what
//! they do. [`make`] gives all of it at once, [`children`] one child at a time.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_record::{Body, Name, PersonId, Reference};

use crate::cast;
use crate::course;
use crate::deed::Deed;
use crate::profile::Profile;

/// What a world is made from. Equal setups give equal worlds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setup {
    /// The seed of every draw.
    pub seed: u64,
    /// How many children.
    pub children: u32,
    /// The last day on which anything happens.
    pub today: Date,
    /// How many years of requests lie behind today; at least one.
    pub years: u32,
    /// Further exchanges of messages about each child. None in a demonstration; a load test, which
    /// wants long records, asks for many.
    pub talk: u32,
}

/// Place of the demo child whose advice is being gathered, with psychology late.
pub const DEMO_LATE: usize = 0;
/// Place of the demo child whose draft plan is out for comments.
pub const DEMO_DRAFT: usize = 1;

/// The pretend authority.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Short code, for addresses and rows.
    pub code: String,
    /// Its name.
    pub name: String,
    /// The letters with which its references begin.
    pub letters: String,
    /// How families reach it.
    pub contacts: Contacts,
}

/// How families reach the authority, and advice that is not the authority's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contacts {
    /// The team's e-mail address.
    pub email: String,
    /// The team's telephone number.
    pub phone: String,
    /// When somebody answers it.
    pub hours: String,
    /// Where post goes.
    pub post: String,
    /// The independent advice and support service.
    pub advice_service: String,
    /// Its telephone number.
    pub advice_phone: String,
    /// The mediation adviser.
    pub mediation_adviser: String,
    /// Their telephone number.
    pub mediation_phone: String,
}

/// What a person does in the pretend area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WorldRole {
    /// A parent, or whoever else has care of the child.
    Parent,
    /// A young person who speaks for themselves.
    YoungPerson,
    /// A case officer.
    Officer,
    /// Someone who is asked for advice.
    Adviser {
        /// For which body.
        body: Body,
        /// As what: "educational psychologist".
        adviser: String,
    },
    /// The officers' manager.
    Manager,
}

/// A person of the pretend area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldPerson {
    /// The key by which acts name them; equal for equal people of any setup.
    pub key: String,
    /// What they do.
    pub role: WorldRole,
    /// Their name.
    pub name: Name,
    /// Their address, always under `.example`.
    pub email: String,
    /// A number from those kept for drama.
    pub phone: Option<String>,
}

/// A child, with all that is done about them up to today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorldChild {
    /// The key of the child.
    pub key: String,
    /// The reference that the family quotes.
    pub reference: Reference,
    /// Parents, and the young person if they speak for themselves. Siblings share theirs.
    pub family: Vec<WorldPerson>,
    /// What is done, in order.
    pub acts: Vec<Act>,
}

/// One thing that somebody does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The day on which it is done.
    pub day: Date,
    /// The minute of that day; acts of a child on one day never share one.
    pub minute: u16,
    /// The key of the person who does it.
    pub who: String,
    /// The day on which the authority knew, where that was before it was entered.
    pub known_on: Option<Date>,
    /// What is done.
    pub what: Deed,
}

/// A whole pretend area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    /// The seed that it was made from.
    pub seed: u64,
    /// The authority.
    pub area: Area,
    /// Everybody: staff first, then families in the order of their children.
    pub people: Vec<WorldPerson>,
    /// The children, in order.
    pub children: Vec<WorldChild>,
}

impl World {
    /// The id of the person with this key.
    #[must_use]
    pub fn person_id(&self, key: &str) -> PersonId {
        person_id(self.seed, key)
    }
}

/// Makes a whole area.
#[must_use]
pub fn make(setup: &Setup) -> World {
    let mut people = staff(setup.children);
    let mut known: BTreeMap<String, ()> = BTreeMap::new();
    let mut all = Vec::new();
    for child in children(setup) {
        for person in &child.family {
            if known.insert(person.key.clone(), ()).is_none() {
                people.push(person.clone());
            }
        }
        all.push(child);
    }
    World { seed: setup.seed, area: cast::area(), people, children: all }
}

/// The children of an area, one at a time, for areas that are too large to hold.
pub fn children(setup: &Setup) -> impl Iterator<Item = WorldChild> + use<> {
    let setup = *setup;
    (0..setup.children).filter_map(move |index| {
        let profile = Profile::draw(&setup, index);
        let reference = reference(index, profile.asked)?;
        Some(WorldChild {
            key: profile.key.clone(),
            family: profile.people(),
            acts: course::acts(&setup, &profile, &reference),
            reference,
        })
    })
}

/// Officers, their manager, and everybody who is asked for advice, in an area of so many children.
/// The same for every seed; a larger area has the same people and more officers.
#[must_use]
pub fn staff(children: u32) -> Vec<WorldPerson> {
    cast::staff(children)
}

/// Children whose references one month can hold.
const REFERENCES_A_MONTH: u32 = 10_000;

/// The reference of a child: by place in the count, so that no two are equal. Beyond ten thousand
/// children the month runs past twelve, and beyond eighty thousand the area's last letter moves on.
fn reference(index: u32, asked: Date) -> Option<Reference> {
    // 417 is prime to ten thousand: neighbours in the count do not get neighbouring numbers, and
    // each number comes once.
    let number = u16::try_from((index + 1) * 417 % REFERENCES_A_MONTH).ok()?;
    let block = index / REFERENCES_A_MONTH;
    let month = asked.month() + 12 * i8::try_from(block % 8).ok()?;
    let letter = char::from(b'A' + u8::try_from((3 + block / 8) % 26).ok()?);
    Reference::make(&format!("AL{letter}"), asked.year(), month, number).ok()
}

/// The id of a person, from the seed and their key: the same in every run, and shaped like any other.
#[must_use]
pub fn person_id(seed: u64, key: &str) -> PersonId {
    let mut halves =
        [0xcbf2_9ce4_8422_2325_u64 ^ seed, 0x9e37_79b9_7f4a_7c15_u64.wrapping_add(seed)];
    for byte in key.bytes() {
        for (half, prime) in halves.iter_mut().zip([0x0100_0000_01b3_u64, 0x9fb2_1c65_1e98_df25]) {
            *half = (*half ^ u64::from(byte)).wrapping_mul(prime).rotate_left(23);
        }
    }
    let [high, low] = halves.map(scramble);
    // Version 4 and the usual variant, so that whatever reads ids as UUIDs is content.
    let high = (high & !0xf000) | 0x4000;
    let low = (low & !(0b11 << 62)) | (0b10 << 62);
    PersonId::new(format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        (high >> 16) & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    ))
}

/// Spreads every bit of a number over all of them.
fn scramble(mut word: u64) -> u64 {
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use jiff::civil::date;

    use super::reference;

    #[test]
    fn no_two_children_share_a_reference_even_in_one_month() {
        let mut seen = BTreeSet::new();
        for index in 0..100_000 {
            let made = reference(index, date(2026, 9, 14)).expect("a reference");
            assert!(seen.insert(made), "number {index}");
        }
    }
}
