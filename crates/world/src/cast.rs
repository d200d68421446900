//! Aldermere and the people who work there: teams of six officers and their manager, advisers of every
//! body, and twenty-five schools and settings with one person each who answers for them.

use std::sync::LazyLock;

use sendero_record::{Body, Name, SettingKind};

use crate::names::{FAMILIES, MEN, WOMEN};
use crate::world::{Area, Contacts, WorldPerson, WorldRole};

/// The pretend authority.
pub(crate) fn area() -> Area {
    Area {
        code: "ald".to_owned(),
        name: "Aldermere".to_owned(),
        letters: "ALD".to_owned(),
        contacts: Contacts {
            email: "send.team@aldermere.example".to_owned(),
            phone: "01632 960140".to_owned(),
            hours: "Monday to Friday, 8.30am to 5.30pm".to_owned(),
            post: "SEND team, The Moot Hall, Aldermere AL0 0ZZ".to_owned(),
            advice_service: "Aldermere SENDIASS".to_owned(),
            advice_phone: "01632 960177".to_owned(),
            mediation_adviser: "Common Ground Mediation".to_owned(),
            mediation_phone: "01632 960188".to_owned(),
        },
    }
}

/// Someone who works in the area.
#[derive(Clone, Copy)]
pub(crate) struct Worker {
    /// The key of the person.
    pub(crate) key: &'static str,
    /// Given name, with a title where they use one.
    pub(crate) given: &'static str,
    /// Family name.
    pub(crate) family: &'static str,
    /// What they are.
    pub(crate) title: &'static str,
}

impl Worker {
    pub(crate) fn name(&self) -> Name {
        Name::new(self.given, self.family)
    }
}

macro_rules! workers {
    ($(#[$doc:meta])* $list:ident, $title:literal: $($key:literal $given:literal $family:literal,)+) => {
        $(#[$doc])*
        pub(crate) const $list: &[Worker] = &[
            $(Worker { key: $key, given: $given, family: $family, title: $title },)+
        ];
    };
}

workers! {
    /// Case officers of the first team.
    OFFICERS, "case officer":
    "officer-1" "Priya" "Dunmarrow",
    "officer-2" "Imogen" "Fallowfield",
    "officer-3" "Bram" "Underhay",
    "officer-4" "Tunde" "Alabastor",
    "officer-5" "Marged" "Penhallam",
    "officer-6" "Yasmin" "Corrowby",
}
workers! {
    /// Their manager.
    MANAGERS, "manager":
    "manager-1" "Gideon" "Marlpit",
}
workers! {
    /// Educational psychologists.
    PSYCHOLOGISTS, "educational psychologist":
    "psychologist-1" "Wen" "Tamarisk",
    "psychologist-2" "Fenwick" "Achterberg",
    "psychologist-3" "Ottoline" "Verrander",
    "psychologist-4" "Kojo" "Amberlake",
}
workers! {
    /// Speech and language therapists.
    SPEECH, "speech and language therapist":
    "speech-1" "Oluchi" "Brightwater",
    "speech-2" "Maribel" "Stokeley",
    "speech-3" "Ffion" "Greenhalgarth",
}
workers! {
    /// Occupational therapists.
    OCCUPATIONAL, "occupational therapist":
    "occupational-1" "Raj" "Penderwick",
    "occupational-2" "Sorcha" "Lindqvane",
}
workers! {
    /// Paediatricians.
    PAEDIATRICIANS, "paediatrician":
    "paediatrician-1" "Amina" "Crossfennel",
    "paediatrician-2" "Leopold" "Nashwick",
}
workers! {
    /// Social workers.
    SOCIAL, "social worker":
    "social-1" "Dympna" "Hartsease",
    "social-2" "Malik" "Overbridge",
    "social-3" "Roswitha" "Cane",
}
workers! {
    /// Teachers of children who are deaf.
    HEARING, "teacher of the deaf":
    "sensory-1" "Cerys" "Bellamoor",
}
workers! {
    /// Teachers of children with a vision impairment.
    VISION, "teacher of children with vision impairment":
    "sensory-2" "Ignatius" "Wray-Opal",
}

/// A school or other setting, and who answers for it.
#[derive(Clone, Copy)]
pub(crate) struct School {
    /// The key of the person who answers.
    pub(crate) key: &'static str,
    /// Its name.
    pub(crate) name: &'static str,
    /// What kind of place it is.
    pub(crate) kind: SettingKind,
    /// Youngest age.
    pub(crate) from: i32,
    /// Oldest age.
    pub(crate) to: i32,
    /// Given and family name of its SENCO, or of whoever leads support there.
    pub(crate) senco: (&'static str, &'static str),
}

impl School {
    /// The body that the SENCO speaks for.
    pub(crate) fn body(&self) -> Body {
        match self.kind {
            SettingKind::EarlyYears => Body::EarlyYears,
            SettingKind::FeCollege | SettingKind::OtherPost16 => Body::Post16,
            _ => Body::School,
        }
    }

    /// What the SENCO is called there.
    pub(crate) fn adviser(&self) -> &'static str {
        match self.kind {
            SettingKind::FeCollege | SettingKind::OtherPost16 => "learning support manager",
            _ => "SENCO",
        }
    }

    pub(crate) fn senco_name(&self) -> Name {
        Name::new(self.senco.0, self.senco.1)
    }

    /// Whether children of ordinary schools go there, so that it is drawn for them.
    pub(crate) fn ordinary(&self) -> bool {
        !matches!(self.kind, SettingKind::SpecialSchool | SettingKind::Pru)
            && !matches!(self.kind, SettingKind::IndependentS41)
    }

    /// As plans name the kind of place.
    pub(crate) fn kind_in_words(&self) -> &'static str {
        match self.kind {
            SettingKind::EarlyYears => "nursery",
            SettingKind::SpecialSchool => "special school",
            SettingKind::Pru => "pupil referral unit",
            SettingKind::IndependentS41 => "independent special school approved under section 41",
            SettingKind::FeCollege => "further education college",
            SettingKind::OtherPost16 => "post-16 institution",
            _ => "mainstream school",
        }
    }
}

macro_rules! schools {
    ($(
        $key:literal $name:literal $kind:ident $from:literal $to:literal
        $given:literal $family:literal,
    )+) => {
        /// Every school and setting of the area.
        pub(crate) const SCHOOLS: &[School] = &[
            $(School {
                key: $key, name: $name, kind: SettingKind::$kind, from: $from, to: $to,
                senco: ($given, $family),
            },)+
        ];
    };
}

schools! {
    "senco-01" "Fernhollow Primary" MainstreamSchool 4 10 "Josephine" "Dunmore",
    "senco-02" "Thornbeck Primary" MainstreamSchool 4 10 "Odette" "Marchbanks",
    "senco-03" "Millrace Primary" MainstreamSchool 4 10 "Aled" "Sparrowhay",
    "senco-04" "St Cedd's Primary" MainstreamSchool 4 10 "Concepta" "Rowe-Lally",
    "senco-05" "Harbour Road Primary" MainstreamSchool 4 10 "Gurmeet" "Saddlewick",
    "senco-06" "Larkrise Primary" MainstreamSchool 4 10 "Bethan" "Oxley-Quaye",
    "senco-07" "Copse End Primary" MainstreamSchool 4 10 "Hilary" "Tumbrel",
    "senco-08" "Windmill Lane Primary" MainstreamSchool 4 10 "Nkechi" "Farthingdale",
    "senco-09" "Bridgefoot Primary" MainstreamSchool 4 10 "Dorian" "Pell-Acre",
    "senco-10" "Upper Alder Church Primary" MainstreamSchool 4 10 "Mavis" "Thackerby",
    "senco-11" "Alder Grange School" MainstreamSchool 11 17 "Rupinder" "Castlemain",
    "senco-12" "Quarry Hill Academy" MainstreamSchool 11 17 "Lucian" "Brockhurst",
    "senco-13" "The Estuary School" MainstreamSchool 11 17 "Philomena" "Adjaye-Wood",
    "senco-14" "Kingsmoor High" MainstreamSchool 11 17 "Torben" "Aldous-Kerr",
    "senco-15" "Lady Anne's School" MainstreamSchool 11 17 "Shireen" "Mallowdale",
    "senco-16" "Southgate Academy" MainstreamSchool 11 15 "Patrice" "Ironmoor",
    "senco-17" "Little Alders Nursery" EarlyYears 2 3 "Clementine" "Babbage-Oni",
    "senco-18" "Sandpit Day Nursery" EarlyYears 2 3 "Ruairi" "Holloway-Finn",
    "senco-19" "Mere Street Children's Centre" EarlyYears 2 3 "Hyacinth" "Dray",
    "senco-20" "Heronsgate School" SpecialSchool 3 18 "Solomon" "Weatherall-Ito",
    "senco-21" "Birch Lodge School" SpecialSchool 5 16 "Annika" "Prowse-Malik",
    "senco-22" "The Bridge" Pru 7 15 "Cornelius" "Maddox-Ray",
    "senco-23" "Orchard Court School" IndependentS41 7 18 "Verity" "Lomax-Adu",
    "senco-24" "Aldermere College" FeCollege 16 24 "Winston" "Pargeter",
    "senco-25" "The Boatyard" OtherPost16 16 24 "Greta" "Holmqvarn",
}

/// Children whom one team of officers has: about as many as six people are given.
const CHILDREN_A_TEAM: u32 = 1_500;
/// Teams of the largest area that can be made.
const TEAMS_MOST: usize = 140;

/// The officers of every team after the first, six after six. They live as long as the program.
static OTHERS: LazyLock<Vec<Worker>> = LazyLock::new(|| {
    let families = FAMILIES.len().max(1);
    let one = |list: &[&'static str], at: usize| list.get(at % list.len().max(1)).copied();
    (0..(TEAMS_MOST - 1) * OFFICERS.len())
        .filter_map(|n| {
            let key: &'static str = format!("officer-{}", n + OFFICERS.len() + 1).leak();
            // The given name moves on by one each time the family names come round again.
            let list = if n.is_multiple_of(2) { WOMEN } else { MEN };
            let (given, family) = (one(list, n / 2 + n / families)?, one(FAMILIES, n)?);
            Some(Worker { key, given, family, title: "case officer" })
        })
        .collect()
});

/// The officers among whom the child at this place in the count has theirs.
pub(crate) fn team(index: u32) -> &'static [Worker] {
    let team = usize::try_from(index / CHILDREN_A_TEAM).unwrap_or(0).min(TEAMS_MOST - 1);
    match team.checked_sub(1) {
        None => OFFICERS,
        Some(other) => OTHERS.chunks(OFFICERS.len()).nth(other).unwrap_or(OFFICERS),
    }
}

/// Whether the person with this key works in the office itself.
pub(crate) fn is_of_office(key: &str) -> bool {
    key.starts_with("officer-") || MANAGERS.iter().any(|manager| manager.key == key)
}

/// The officers of an area of so many children who are not of its first team.
fn further_officers(children: u32) -> impl Iterator<Item = &'static Worker> {
    (CHILDREN_A_TEAM..children).step_by(CHILDREN_A_TEAM as usize).flat_map(team)
}

/// Everybody who works in an area of so many children.
pub(crate) fn staff(children: u32) -> Vec<WorldPerson> {
    let adviser =
        |body| move |worker: &Worker| WorldRole::Adviser { body, adviser: worker.title.to_owned() };
    let mut people = Vec::new();
    people.extend(OFFICERS.iter().map(|w| worker(w, "aldermere", WorldRole::Officer)));
    people.extend(MANAGERS.iter().map(|w| worker(w, "aldermere", WorldRole::Manager)));
    let services = [
        (PSYCHOLOGISTS, Body::Psychologist, "psychology.aldermere"),
        (SPEECH, Body::Health, "mere-health"),
        (OCCUPATIONAL, Body::Health, "mere-health"),
        (PAEDIATRICIANS, Body::Health, "mere-health"),
        (SOCIAL, Body::SocialCare, "aldermere"),
        (HEARING, Body::SensoryTeacher, "sensory.aldermere"),
        (VISION, Body::SensoryTeacher, "sensory.aldermere"),
    ];
    for (list, body, host) in services {
        let role = adviser(body);
        people.extend(list.iter().map(|w| worker(w, host, role(w))));
    }
    people.extend(SCHOOLS.iter().map(senco));
    people.extend(further_officers(children).map(|w| worker(w, "aldermere", WorldRole::Officer)));
    for (person, line) in people.iter_mut().zip((200_u32..1000).cycle()) {
        person.phone = Some(format!("01632 960{line}"));
    }
    people
}

fn worker(worker: &Worker, host: &str, role: WorldRole) -> WorldPerson {
    let email = format!("{}.{}@{host}.example", plain(worker.given), plain(worker.family));
    WorldPerson { key: worker.key.to_owned(), role, name: worker.name(), email, phone: None }
}

fn senco(school: &School) -> WorldPerson {
    WorldPerson {
        key: school.key.to_owned(),
        role: WorldRole::Adviser { body: school.body(), adviser: school.adviser().to_owned() },
        name: school.senco_name(),
        email: format!("senco@{}.example", plain(school.name)),
        phone: None,
    }
}

/// Small letters, figures and hyphens: fit for an address.
pub(crate) fn plain(text: &str) -> String {
    let kept = |c: char| match c {
        ' ' => Some('-'),
        '-' => Some('-'),
        c if c.is_ascii_alphanumeric() => Some(c.to_ascii_lowercase()),
        _ => None,
    };
    text.chars().filter_map(kept).collect()
}
