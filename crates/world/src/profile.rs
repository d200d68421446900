//! Who a child is: name, age, need, family, school, and who asks. Drawn before anything happens, from
//! figures whose sources stand in `docs/demo-area.md`.

use jiff::civil::Date;
use sendero_law::{SchoolAge, school_age};
use sendero_record::{
    Body, Contact, Name, NeedArea, PersonId, Relation, Requester, SettingKind, WhyNotInEducation,
};

use crate::cast::{SCHOOLS, School, plain};
use crate::days;
use crate::dice::{Dice, Stream};
use crate::names::{BOYS, FAMILIES, GIRLS, MEN, WOMEN};
use crate::text::Person;
use crate::world::{DEMO_DRAFT, DEMO_LATE, Setup, WorldPerson, WorldRole, person_id};

/// The primary type of need, as the statistics count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Need {
    Autism,
    Speech,
    Feelings,
    ModerateLearning,
    SevereLearning,
    Specific,
    Physical,
    Hearing,
    Vision,
}

impl Need {
    /// Which of the four broad areas.
    pub(crate) fn area(self) -> NeedArea {
        match self {
            Self::Autism | Self::Speech => NeedArea::Communication,
            Self::Feelings => NeedArea::Feelings,
            Self::ModerateLearning | Self::SevereLearning | Self::Specific => NeedArea::Learning,
            Self::Physical | Self::Hearing | Self::Vision => NeedArea::SensoryPhysical,
        }
    }

    /// A diagnosis that some children with this need have.
    pub(crate) fn diagnosis(self) -> Option<&'static str> {
        match self {
            Self::Autism => Some("autism"),
            Self::Speech => Some("developmental language disorder"),
            Self::Feelings => Some("ADHD"),
            Self::SevereLearning => Some("global developmental delay"),
            Self::Specific => Some("dyslexia"),
            Self::Physical => Some("cerebral palsy"),
            Self::Hearing => Some("sensorineural hearing loss in both ears"),
            Self::Vision => Some("nystagmus"),
            Self::ModerateLearning => None,
        }
    }
}

/// Primary type of need, in tenths of a per cent.
const NEEDS: &[(u32, Need)] = &[
    (315, Need::Autism),
    (213, Need::Speech),
    (207, Need::Feelings),
    (106, Need::ModerateLearning),
    (50, Need::SevereLearning),
    (45, Need::Specific),
    (34, Need::Physical),
    (20, Need::Hearing),
    (10, Need::Vision),
];

/// Age at the request: requests of England in a year, by age.
const AGES: &[(u32, i32)] = &[
    (2792, 2),
    (18244, 3),
    (17499, 4),
    (10761, 5),
    (9946, 6),
    (9653, 7),
    (10241, 8),
    (12004, 9),
    (14602, 10),
    (9129, 11),
    (8700, 12),
    (9314, 13),
    (8341, 14),
    (6971, 15),
    (3413, 16),
    (1538, 17),
    (647, 18),
    (300, 19),
    (150, 20),
    (100, 21),
    (70, 22),
    (50, 23),
    (23, 24),
];

/// A parent or carer.
#[derive(Clone, Debug)]
pub(crate) struct Parent {
    pub(crate) key: String,
    pub(crate) name: Name,
    pub(crate) relation: Relation,
    pub(crate) responsibility: Option<bool>,
    pub(crate) contact: Contact,
}

impl Parent {
    /// As they are named beside what they say: "Noor, mother".
    pub(crate) fn said_by(&self) -> String {
        let what = match self.relation {
            Relation::Mother => "mother",
            Relation::Father => "father",
            Relation::Self_ => return self.name.given.clone(),
            _ => "carer",
        };
        format!("{}, {what}", self.name.given)
    }

    fn person(&self) -> WorldPerson {
        WorldPerson {
            key: self.key.clone(),
            role: match self.relation {
                Relation::Self_ => WorldRole::YoungPerson,
                _ => WorldRole::Parent,
            },
            name: self.name.clone(),
            email: self.contact.email.clone().unwrap_or_default(),
            phone: self.contact.phone.clone(),
        }
    }
}

/// A child or young person, before anything happens.
pub(crate) struct Profile {
    pub(crate) index: u32,
    pub(crate) key: String,
    pub(crate) name: Name,
    pub(crate) he: bool,
    pub(crate) born: Date,
    /// Age on the day of the request.
    pub(crate) age: i32,
    pub(crate) need: Need,
    pub(crate) parents: Vec<Parent>,
    /// Whether the second parent lives apart and has a copy of their own.
    pub(crate) apart: bool,
    pub(crate) school: Option<&'static School>,
    pub(crate) setting: SettingKind,
    pub(crate) asked: Date,
    pub(crate) by: Requester,
    /// No full-time education: since when, why, and until when, if it has ended.
    pub(crate) out: Option<(Date, WhyNotInEducation, Option<Date>)>,
}

impl Profile {
    /// Draws number `index`.
    pub(crate) fn draw(setup: &Setup, index: u32) -> Self {
        let mut dice = Dice::new(setup.seed, Stream::Profile, index);
        let dice = &mut dice;
        let asked = asked_on(setup, dice);
        let age = dice.weighted(AGES, 7);
        let born = days::plus(asked, -(age * 365 + age / 4) - dice.between(1, 360));
        let he = dice.chance(643);
        let given = if he { dice.text(BOYS) } else { dice.text(GIRLS) };
        let need = need_for(dice, age);
        let (school, setting) = place_for(dice, age, need);
        let by = requester_for(dice, age, school);
        let family = Family::of(setup, index);
        let mut child = Self {
            index,
            key: format!("child-{index:06}"),
            name: Name::new(given, &family.name),
            he,
            born,
            age,
            need,
            parents: family.parents,
            apart: family.apart,
            school,
            setting,
            asked,
            by,
            out: out_of_education(setup, dice, asked, born),
        };
        match usize::try_from(index) {
            Ok(DEMO_LATE) => child.become_late_demo(setup),
            Ok(DEMO_DRAFT) => child.become_draft_demo(setup),
            Ok(2) => child.become_seventeen(setup),
            _ => {}
        }
        if child.by == Requester::YoungPerson {
            child.speak_for_themselves();
        }
        if child.by != Requester::Parent && child.by != Requester::YoungPerson {
            // Nobody but a parent keeps these office hours.
            child.asked = days::open_by(child.asked);
        }
        child
    }

    /// The first demo child: advice is being gathered, and psychology is late.
    fn become_late_demo(&mut self, setup: &Setup) {
        self.name = Name::new("Idris", "Featherby");
        self.he = true;
        self.asked = days::plus(setup.today, -79);
        self.age = 7;
        self.born = days::plus(self.asked, -2720);
        self.need = Need::Speech;
        self.at_school("senco-01");
        self.parents = vec![Parent {
            key: "parent-idris".to_owned(),
            name: Name::new("Noor", "Featherby"),
            relation: Relation::Mother,
            responsibility: Some(true),
            contact: Contact {
                email: Some("noor.featherby@families.example".to_owned()),
                phone: Some("07700 900142".to_owned()),
                interpreter: Some("Urdu".to_owned()),
                note: Some("Text before ringing. After 3 pm is best.".to_owned()),
                address: None,
            },
        }];
    }

    /// The second demo child: the draft plan is out, and the family may comment.
    fn become_draft_demo(&mut self, setup: &Setup) {
        self.name = Name::new("Leila", "Ashgrove-Sato");
        self.he = false;
        self.asked = days::plus(setup.today, -119);
        self.age = 7;
        self.born = days::plus(self.asked, -2705);
        self.need = Need::Autism;
        self.at_school("senco-02");
        let parent = |key: &str, name, relation, email: &str, phone: &str, note: &str| Parent {
            key: key.to_owned(),
            name,
            relation,
            responsibility: Some(true),
            contact: Contact {
                email: Some(email.to_owned()),
                phone: Some(phone.to_owned()),
                interpreter: None,
                note: Some(note.to_owned()),
                address: None,
            },
        };
        self.parents = vec![
            parent(
                "parent-leila-a",
                Name::new("Hana", "Ashgrove"),
                Relation::Mother,
                "hana.ashgrove@families.example",
                "07700 900151",
                "E-mail is best. Works nights from Sunday to Wednesday.",
            ),
            parent(
                "parent-leila-b",
                Name::new("Ren", "Sato"),
                Relation::Father,
                "ren.sato@families.example",
                "07700 900152",
                "Lives apart. Wants a copy of his own by post.",
            ),
        ];
        self.apart = true;
    }

    /// The third child is always a young person of 17 who asks for herself.
    fn become_seventeen(&mut self, setup: &Setup) {
        self.name = Name::new("Thandiwe", "Larkspire");
        self.he = false;
        self.asked = days::plus(setup.today, -52);
        self.age = 17;
        self.born = days::plus(self.asked, -6390);
        self.need = Need::Feelings;
        self.at_school("senco-24");
        self.by = Requester::YoungPerson;
        self.parents.truncate(1);
    }

    /// What the demo children have in common: a parent asked, and they are at school.
    fn at_school(&mut self, key: &str) {
        self.school = SCHOOLS.iter().find(|school| school.key == key);
        self.setting = self.school.map_or(SettingKind::None, |school| school.kind);
        self.by = Requester::Parent;
        self.apart = false;
        self.out = None;
    }

    /// A young person stands first among the people of their record; a parent may stay beside them.
    fn speak_for_themselves(&mut self) {
        let key = format!("young-{:06}", self.index);
        let contact = contact_of(&self.name, self.index, 'y');
        let oneself = Parent {
            key,
            name: self.name.clone(),
            relation: Relation::Self_,
            responsibility: None,
            contact,
        };
        self.apart = false;
        self.parents.truncate(1);
        self.parents.insert(0, oneself);
    }

    /// The people who come with this child.
    pub(crate) fn people(&self) -> Vec<WorldPerson> {
        self.parents.iter().map(Parent::person).collect()
    }

    /// The parent or young person who deals with the authority.
    pub(crate) fn first(&self) -> Option<&Parent> {
        self.parents.first()
    }

    /// The id of a person of this seed.
    pub(crate) fn id(setup: &Setup, key: &str) -> PersonId {
        person_id(setup.seed, key)
    }

    /// For templates.
    pub(crate) fn person(&self) -> Person<'_> {
        Person {
            name: &self.name.given,
            he: self.he,
            school: self.school.map_or("the local school", |school| school.name),
            senco: self.school.map_or("a trusted adult", |school| school.senco.0),
        }
    }

    /// Of which body the setting's advice is asked.
    pub(crate) fn school_body(&self) -> Option<Body> {
        self.school.map(School::body)
    }
}

/// The day of the request: a third in the last thirty weeks, so that a small area too shows every
/// stage, and the rest evenly over the years before.
fn asked_on(setup: &Setup, dice: &mut Dice) -> Date {
    let all = i32::try_from(setup.years.clamp(1, 15)).unwrap_or(1) * 365;
    let ago = if dice.chance(330) { dice.between(0, 210) } else { dice.between(0, all) };
    days::plus(setup.today, -ago)
}

fn need_for(dice: &mut Dice, age: i32) -> Need {
    match dice.weighted(NEEDS, Need::Autism) {
        // Nobody speaks of dyslexia before reading is taught.
        Need::Specific if age < 6 => Need::Speech,
        need => need,
    }
}

fn place_for(dice: &mut Dice, age: i32, need: Need) -> (Option<&'static School>, SettingKind) {
    let draw = dice.between(0, 999);
    let special = match need {
        Need::SevereLearning => 350,
        Need::Autism | Need::Feelings => 30,
        _ => 10,
    };
    let kind = match draw {
        d if d < special => Some(SettingKind::SpecialSchool),
        d if d < special + 15 && need == Need::Feelings => Some(SettingKind::Pru),
        d if d < special + 22 && age >= 7 => Some(SettingKind::IndependentS41),
        d if d < special + 47 && age >= 5 => return (None, SettingKind::Home),
        d if d < special + 67 => return (None, SettingKind::None),
        _ => None,
    };
    let fits = |school: &&School| (school.from..=school.to).contains(&age);
    let wanted: Vec<&School> = SCHOOLS
        .iter()
        .filter(fits)
        .filter(|school| kind.map_or(school.ordinary(), |kind| school.kind == kind))
        .collect();
    let fallback: Vec<&School> =
        SCHOOLS.iter().filter(fits).filter(|school| school.ordinary()).collect();
    let school = dice.one(&wanted).or_else(|| fallback.first()).copied();
    (school, school.map_or(SettingKind::None, |school| school.kind))
}

fn requester_for(dice: &mut Dice, age: i32, school: Option<&School>) -> Requester {
    let drawn = dice.weighted(
        &[
            (293, Requester::Parent),
            (558, Requester::School),
            (50, Requester::EarlyYears),
            (45, Requester::Health),
            (40, Requester::SocialCare),
            (14, Requester::Authority),
        ],
        Requester::School,
    );
    match (drawn, school) {
        (Requester::School | Requester::EarlyYears, None) => Requester::Parent,
        (Requester::School | Requester::EarlyYears, Some(school)) => match school.body() {
            Body::EarlyYears => Requester::EarlyYears,
            Body::Post16 => Requester::Post16,
            _ => Requester::School,
        },
        (Requester::Parent, _) if age >= 17 => Requester::YoungPerson,
        (other, _) => other,
    }
}

/// About one child in twenty-five has no full-time education now, and half as many had none for a
/// time.
fn out_of_education(
    setup: &Setup,
    dice: &mut Dice,
    asked: Date,
    born: Date,
) -> Option<(Date, WhyNotInEducation, Option<Date>)> {
    let now = dice.chance(42);
    let once = dice.chance(20);
    if !now && !once {
        return None;
    }
    let why = dice.weighted(
        &[
            (30, WhyNotInEducation::PartTime),
            (25, WhyNotInEducation::Anxious),
            (16, WhyNotInEducation::NoPlace),
            (10, WhyNotInEducation::Excluded),
            (8, WhyNotInEducation::SentHome),
            (6, WhyNotInEducation::Unwell),
            (5, WhyNotInEducation::Moved),
        ],
        WhyNotInEducation::PartTime,
    );
    let before = days::plus(asked, -dice.between(5, 120));
    // Nobody is pretended to have been out for years: who is out now has been so for months.
    let lately = days::plus(setup.today, -dice.between(12, 240));
    let back = days::plus(before, dice.between(20, 160));
    let out = if now { (before.max(lately), why, None) } else { (before, why, Some(back)) };
    // Who is too young for school does not miss it.
    (school_age(born, out.0) != SchoolAge::Under).then_some(out)
}

/// A family: of one child, or of two who stand next to each other in the count.
struct Family {
    name: String,
    parents: Vec<Parent>,
    apart: bool,
}

impl Family {
    fn of(setup: &Setup, index: u32) -> Self {
        // Only an odd place may be a younger sibling's, and the demo children have their own.
        let joined =
            index > 4 && index % 2 == 1 && Dice::new(setup.seed, Stream::Family, index).chance(70);
        let lead = if joined { index - 1 } else { index };
        let mut dice = Dice::new(setup.seed, Stream::Family, lead);
        // The draw that asked whether the lead is a sibling comes first in every stream.
        dice.chance(0);
        Self::draw(&mut dice, lead)
    }

    fn draw(dice: &mut Dice, lead: u32) -> Self {
        let name = dice.text(FAMILIES).to_owned();
        let carer = dice.chance(40);
        let mother = carer || dice.chance(880);
        let two = dice.chance(420);
        let apart = two && dice.chance(380);
        let mut parents = vec![parent(dice, lead, 'a', &name, mother, carer)];
        if two && !carer {
            let second = if apart { dice.text(FAMILIES).to_owned() } else { name.clone() };
            parents.push(parent(dice, lead, 'b', &second, !mother, false));
        }
        Self { name, apart: apart && parents.len() > 1, parents }
    }
}

fn parent(
    dice: &mut Dice,
    lead: u32,
    which: char,
    family: &str,
    woman: bool,
    carer: bool,
) -> Parent {
    let given = if woman { dice.text(WOMEN) } else { dice.text(MEN) };
    let name = Name::new(given, family);
    let relation = match (carer, woman) {
        (true, _) => Relation::Carer,
        (false, true) => Relation::Mother,
        (false, false) => Relation::Father,
    };
    let responsibility = if carer || dice.chance(50) { None } else { Some(true) };
    let mut contact = contact_of(&name, lead, which);
    if dice.chance(90) {
        let tongue = dice.text(&[
            "Urdu",
            "Polish",
            "Somali",
            "Arabic",
            "Romanian",
            "Ukrainian",
            "Bengali",
            "British Sign Language",
            "Portuguese",
            "Cantonese",
        ]);
        contact.interpreter = Some(tongue.to_owned());
    }
    if dice.chance(300) {
        let note = dice.text(&[
            "Text before ringing.",
            "E-mail is best; cannot take calls at work.",
            "Please do not ring before 10.",
            "Large print, please.",
            "Prefers to talk rather than write.",
            "Evenings only.",
            "Please send everything by post as well.",
            "Reads English slowly: short messages help.",
        ]);
        contact.note = Some(note.to_owned());
    }
    Parent { key: format!("parent-{lead:06}-{which}"), name, relation, responsibility, contact }
}

/// An address and a number that nobody has: `.example`, and a range kept for drama.
fn contact_of(name: &Name, number: u32, which: char) -> Contact {
    Contact {
        email: Some(format!("{}.{number}{which}@families.example", plain(&name.given))),
        phone: Some(format!("07700 900{:03}", (number * 7 + u32::from(which)) % 1000)),
        interpreter: None,
        note: None,
        address: None,
    }
}
