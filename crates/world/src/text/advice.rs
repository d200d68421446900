//! What advisers write: a need, what should come of it, who does what, and how much. Plans are put
//! together from the same items, so that a plan and its advice hang together.

use sendero_record::{AdviceItem, Amount, Every};

use super::Person;
use crate::profile::Need;

/// One need with its outcome, provision and amount.
pub(crate) struct Item {
    need: &'static str,
    outcome: &'static str,
    provision: &'static str,
    /// Minutes, times, in each, weeks a year, adults, children. No minutes: the text says it.
    amount: (u32, u32, Every, u32, u32, u32),
}

impl Item {
    /// The item as it is said of this child.
    pub(crate) fn of(&self, person: Person<'_>) -> AdviceItem {
        let (minutes, times, every, weeks, adults, children) = self.amount;
        AdviceItem {
            need: person.fill(self.need),
            outcome: person.fill(self.outcome),
            provision: person.fill(self.provision),
            amount: (minutes > 0).then_some(Amount {
                minutes: Some(minutes),
                times: Some(times),
                every: Some(every),
                weeks: Some(weeks),
                adults: Some(adults),
                children: Some(children),
            }),
        }
    }
}

macro_rules! items {
    ($(#[$doc:meta])* $list:ident: $($need:literal, $outcome:literal, $provision:literal,
        $minutes:literal x $times:literal $every:ident $weeks:literal,
        $adults:literal:$children:literal;)+) => {
        $(#[$doc])*
        pub(crate) const $list: &[Item] = &[$(Item {
            need: $need, outcome: $outcome, provision: $provision,
            amount: ($minutes, $times, Every::$every, $weeks, $adults, $children),
        },)+];
    };
}

/// What a school writes, by need.
pub(crate) const fn school(need: Need) -> &'static [Item] {
    match need {
        Need::Autism => SCHOOL_AUTISM,
        Need::Speech => SCHOOL_SPEECH,
        Need::Feelings => SCHOOL_FEELINGS,
        Need::ModerateLearning | Need::SevereLearning => SCHOOL_LEARNING,
        Need::Specific => SCHOOL_SPECIFIC,
        Need::Physical | Need::Hearing | Need::Vision => SCHOOL_BODY,
    }
}

/// What a psychologist writes, by need.
pub(crate) const fn psychology(need: Need) -> &'static [Item] {
    match need {
        Need::Autism | Need::Speech => PSYCHOLOGY_TALK,
        Need::Feelings => PSYCHOLOGY_FEELINGS,
        _ => PSYCHOLOGY_LEARNING,
    }
}

items! { SCHOOL_AUTISM:
    "{name} loses track when the day changes and leaves the room two or three times a week.",
    "By next July {name} gets through a changed day with a warning and stays in class for it.",
    "A teaching assistant trained in autism goes through the day with {name} on a visual \
    timetable and warns of any change.",
    10 x 2 Day 38, 1:1;
    "{name} does not eat or rest at lunch: the hall is too loud for {him}.",
    "By Easter {name} eats lunch every day with two others.",
    "A midday supervisor runs a quiet lunch room for {name} and up to three friends.",
    30 x 1 Day 38, 1:4;
    "{name} plays alone and takes what others say as meant against {him}.",
    "By next July {name} joins a game of {his} choice on three days a week.",
    "A learning mentor leads a play group with two classmates of {name}'s choice and a written aim.",
    40 x 1 Week 38, 1:3;
}
items! { SCHOOL_SPEECH:
    "{name} follows one step of an instruction and then watches the others.",
    "By next July {name} carries out two steps given to the class, four times in five.",
    "The class teacher gives instructions in single steps with a picture or sign for each; a \
    teaching assistant checks with {name}.",
    15 x 4 Day 38, 1:1;
    "{name} seldom puts {his} hand up and gives up when {he} is not understood.",
    "By Easter {name} speaks once each day in a small group without being asked.",
    "A teaching assistant leads a language group with the therapist's programme.",
    25 x 3 Week 38, 1:4;
}
items! { SCHOOL_FEELINGS:
    "{name} comes in upset on most days and takes an hour to be ready to learn.",
    "By Easter {name} is settled in class by half past nine on four days in five.",
    "A named key adult meets {name} at the door and eats breakfast with {him}.",
    20 x 1 Day 38, 1:1;
    "{name} leaves the room, or the site, when {he} is corrected before others.",
    "By next July {name} uses {his} pass to the calm room in place of leaving, and is back in ten minutes.",
    "All staff correct {name} in private; the key adult goes over the day with {him}.",
    15 x 1 Day 38, 1:1;
    "{name} has missed eleven days in a term through worry.",
    "By next July {name} comes on every day of a half term.",
    "The pastoral lead makes a plan for coming back with {name} and the family, and meets them.",
    45 x 1 Fortnight 38, 1:1;
}
items! { SCHOOL_LEARNING:
    "{name} needs each new word or number shown with real things, and shown again.",
    "By next July {name} keeps twenty new words for a month.",
    "A teacher plans, and a teaching assistant leads, short lessons with real objects, over and over.",
    20 x 2 Day 38, 1:2;
    "{name} cannot yet start a task without an adult.",
    "By Easter {name} begins three known tasks a day from a picture list.",
    "A teaching assistant sets up a work station with three trays and stands back as {name} learns it.",
    30 x 1 Day 38, 1:1;
    "{name} needs help in the toilet and at meals.",
    "By next July {name} manages both with a reminder.",
    "A teaching assistant follows the plan for personal care that was agreed with the family.",
    15 x 3 Day 38, 1:1;
}
items! { SCHOOL_SPECIFIC:
    "{name} reads four years below what {he} understands.",
    "By next July {name}'s reading age rises by eighteen months.",
    "A teacher with a qualification in dyslexia teaches a structured programme.",
    45 x 3 Week 38, 1:1;
    "{name} writes little, and what {he} writes does not show what {he} knows.",
    "By Easter {name} hands in half of {his} work typed or spoken.",
    "The school gives {name} a laptop with speech to text, and a teaching assistant teaches {him} to use it.",
    30 x 2 Week 19, 1:1;
}
items! { SCHOOL_BODY:
    "{name} misses the start of lessons and cannot use half of what is handed out.",
    "By Easter {name} has what {he} needs, in a form that {he} can use, at the start of every lesson.",
    "A teaching assistant makes everything ready for {name} a day ahead.",
    30 x 1 Day 38, 1:1;
    "{name} is worn out after lunch.",
    "By next July {name} takes part in three whole afternoons a week.",
    "The school sets a rest in a quiet room after lunch, with an adult near by.",
    25 x 1 Day 38, 1:1;
}
items! { PSYCHOLOGY_TALK:
    "{name} reasons well with pictures but keeps little of what {he} only hears.",
    "By the end of the key stage {name} learns a new idea from a lesson that is shown as well as \
    told, in all subjects.",
    "Teachers give each new idea with a picture or an object; a specialist teacher visits to plan with them.",
    60 x 1 HalfTerm 38, 1:1;
    "{name} finds it hard to tell what others think, and to put right a falling-out.",
    "By next July {name} puts right a small falling-out with an adult's help, four times in five.",
    "A trained learning mentor works with {name} on real events of the week, in drawings.",
    30 x 2 Week 38, 1:1;
    "Waiting and stopping are hard for {name}, most of all without a warning.",
    "By next July {name} stops a loved task within two minutes of a warning.",
    "Staff use a timer and the same five words; the psychologist trains them.",
    120 x 1 Term 38, 1:6;
}
items! { PSYCHOLOGY_FEELINGS:
    "{name} reads a neutral face as an angry one, and acts on it.",
    "By next July {name} can name how {he} feels and ask for help on four days in five.",
    "A trained emotional literacy assistant works with {name}, guided each half term by the psychologist.",
    45 x 1 Week 38, 1:1;
    "{name} has missed much teaching and has gaps in number and spelling.",
    "By next July {name} closes six agreed gaps in number.",
    "A teacher gives lessons in the gaps, at {name}'s best time of day.",
    30 x 3 Week 38, 1:2;
    "{name} trusts few adults, and each change costs {him} weeks.",
    "By Easter {name} goes to two adults by {his} own choice.",
    "The same key adult stays with {name} for the school year, with a second who takes over when away.",
    60 x 1 Day 38, 1:1;
}
items! { PSYCHOLOGY_LEARNING:
    "{name} takes in new learning slowly and needs it in small steps.",
    "By the end of the key stage {name} reads and writes simple sentences about what {he} has done.",
    "A teacher plans small steps for each half term; a teaching assistant goes over them daily.",
    40 x 1 Day 38, 1:2;
    "{name} remembers what {he} has done, not what {he} is told.",
    "By next July {name} tells about a lesson with three of {his} own photographs.",
    "Every topic begins with something to do; {name} keeps a picture book of it with an adult.",
    20 x 1 Day 38, 1:1;
    "{name} doubts that {he} can learn, and gives up early.",
    "By Easter {name} tries a hard task for five minutes before asking.",
    "A learning mentor sets one task a day that {name} can finish, and shows {him} that {he} has.",
    15 x 1 Day 38, 1:1;
}
items! {
    /// What a speech and language therapist writes.
    SPEECH:
    "{name} understands sentences of three key words; {his} class uses eight.",
    "By next July {name} understands five key words in a sentence, four times in five.",
    "A speech and language therapist works with {name} and shows a teaching assistant how to go on.",
    45 x 1 Week 38, 1:1;
    "{name} leaves out the ends of words, so that people who do not know {him} guess.",
    "By next July someone new understands {name} three times in four.",
    "A speech and language therapist treats speech sounds in blocks of direct therapy.",
    30 x 2 Week 24, 1:1;
    "{name} has about half of the words that {he} needs for {his} lessons.",
    "By Easter {name} uses forty new topic words in talk.",
    "A teaching assistant, trained and watched each half term by the therapist, teaches words \
    before the lesson.",
    20 x 3 Week 38, 1:2;
    "{name} talks at length about one thing and does not notice when the listener is lost.",
    "By next July {name} asks one question in a talk with a classmate.",
    "A therapist leads a group for talk with two classmates.",
    40 x 1 Fortnight 38, 1:3;
}
items! {
    /// What an occupational therapist writes.
    OCCUPATIONAL:
    "{name} cannot hold a pencil for more than three minutes without pain.",
    "By next July {name} writes or types for fifteen minutes.",
    "An occupational therapist sets up seating and a programme for hands; a teaching assistant \
    does it daily.",
    15 x 1 Day 38, 1:1;
    "{name} seeks movement and loses the thread when kept still.",
    "By Easter {name} listens to a story of ten minutes after moving first.",
    "A movement circuit planned by an occupational therapist, who looks at it again each term.",
    15 x 3 Day 38, 1:2;
    "Dressing for games takes {name} twenty minutes.",
    "By next July {name} changes with the class.",
    "An occupational therapist teaches the steps to {name} and staff.",
    45 x 1 HalfTerm 38, 1:1;
}
items! {
    /// What a paediatrician writes.
    PAEDIATRICS:
    "{name} sleeps about five hours a night and is tired in the morning.",
    "{name} sleeps for seven hours on most nights.",
    "The sleep clinic sees {name} and the family, and reviews at three months.",
    0 x 0 Term 0, 0:0;
    "{name} has a narrow diet, and {his} weight is watched.",
    "{name} keeps {his} place on the growth chart.",
    "A dietitian sees {name} and writes to {school}.",
    0 x 0 Term 0, 0:0;
    "{name} may have absences, and school has seen two.",
    "Everyone at {school} knows what to do.",
    "The epilepsy nurse trains staff at {school} and writes the care plan.",
    0 x 0 Year 0, 0:0;
}
items! {
    /// What a teacher of the deaf writes.
    HEARING:
    "{name} hears speech at one metre in quiet, and little at all in a busy room.",
    "By next July {name} follows class talk with a radio aid in every lesson.",
    "A qualified teacher of the deaf teaches {name} and trains staff in the radio aid.",
    60 x 1 Week 38, 1:1;
    "{name} has fewer words than others {his} age because much goes past {him}.",
    "By Easter {name} learns ten topic words a fortnight.",
    "A teaching assistant with a signing qualification teaches the words before each topic.",
    20 x 1 Day 38, 1:1;
}
items! {
    /// What a teacher of children with vision impairment writes.
    VISION:
    "{name} reads print of 24 point at twenty centimetres and tires in ten minutes.",
    "By next July {name} uses a tablet to see the board, without help.",
    "A qualified teacher of children with vision impairment teaches {name} and shows staff how \
    to make things ready.",
    60 x 1 Week 38, 1:1;
    "{name} is not safe on stairs and outdoors.",
    "By next July {name} walks four known ways through school alone.",
    "A habilitation specialist teaches {name} to find {his} way.",
    45 x 1 Fortnight 38, 1:1;
}
items! {
    /// What social care writes where something is needed.
    CARE:
    "{name} needs watching at every moment in the holidays, and {his} family has no rest.",
    "The family has a break each week of the holidays, and {name} has something {he} enjoys.",
    "A short-breaks club takes {name} in school holidays.",
    240 x 2 Week 12, 1:3;
}
