//! What children say for themselves, and what families tell once. Each is put together from parts,
//! so that hundreds of children do not say the same thing.

use sendero_record::Topic;

use crate::dice::Dice;
use crate::profile::Need;

/// What young children like.
const LIKES_YOUNG: &[&str] = &[
    "I like trains.",
    "I like digging for worms.",
    "I like the sand tray and the blue spade.",
    "I like my cat. He is called Soup.",
    "I like when it rains on the roof.",
    "I like dinosaurs with long necks.",
    "I like the swing, the high one.",
    "I like drumming on pots.",
    "I like my gran's bus pass.",
    "I like sorting buttons.",
    "I like snails and their houses.",
    "I like the song about the ten buses.",
    "I like being read to in the tent.",
    "I like lifts that talk.",
    "I like painting with my hands.",
    "I like bread when it is warm.",
];

/// What older children like.
const LIKES_OLDER: &[&str] = &[
    "I draw maps of places that aren't real.",
    "I like fixing bikes with my uncle.",
    "I know every ferry that comes into the harbour.",
    "I'm good at drums.",
    "I like cooking if I can do it my way.",
    "I like chess online because nobody rushes you.",
    "I like animals more than people, mostly.",
    "I write stories but I say them into my phone.",
    "I like football but not the shouting.",
    "I like looking after my little sister.",
    "I like science when we do it and don't just copy it.",
    "I like old radios and how they work.",
    "I'm into fishing. You can be quiet.",
    "I like making films on my tablet.",
    "I like growing chillies.",
    "I like knowing what the plan is.",
    "I like metalwork. It makes sense.",
    "I like singing when no one is looking.",
];

const HARD_YOUNG: &[&str] = &[
    "The hall is too loud.",
    "I don't like when everyone talks.",
    "Carpet time is long.",
    "My legs want to run.",
    "Words get stuck in me.",
    "I cry when it changes.",
    "The toilets make a big noise.",
    "I don't know what the teacher wants.",
    "Nobody plays my game.",
    "Pencils are hard.",
    "My tummy hurts on school days.",
    "I get lost in the big playground.",
];

const HARD_OLDER: &[&str] = &[
    "When people talk fast I lose the start before they get to the end.",
    "Reading out loud makes my face go hot.",
    "I can say it but I can't write it.",
    "Lessons change and nobody tells me.",
    "If I ask for help everyone looks.",
    "I pretend I understand so they go away.",
    "The corridors are the worst part of the day.",
    "I'm tired by dinner time from holding it all in.",
    "I forget the instruction while I'm finding my pen.",
    "People think I'm being rude when I'm thinking.",
    "I get blamed because I'm the loud one.",
    "My hands shake and then I can't do the practical.",
    "I can't see the board unless I say so, and I don't like saying so.",
    "I miss half of it if they turn round while they talk.",
    "Supply teachers don't know about me.",
    "I go home and I can't talk till bedtime.",
];

const HELPS_YOUNG: &[&str] = &[
    "Miss shows me pictures and then I know.",
    "I like a hug from Mum.",
    "My headphones help.",
    "Count slowly with me.",
    "I want a friend who waits.",
    "Let me bring my rabbit.",
    "I like the quiet corner.",
    "Tell me one thing, not lots.",
    "Let me jump first.",
    "Sit next to me.",
];

const HELPS_OLDER: &[&str] = &[
    "It helps if you write the steps down.",
    "Give me a minute and I'll get there.",
    "It helps when one adult knows and I don't have to explain again.",
    "I'd like to finish one thing before the next.",
    "Ask me on my own, not in front of people.",
    "If I can go out for five minutes I always come back.",
    "Typing helps. So does a quiet room.",
    "I want to be asked, not told about afterwards.",
    "Please wait till the end of my sentence.",
    "I want lessons that are hard enough.",
    "It helps if I know who is coming.",
    "I'd like people to notice when it goes well too.",
    "Sit me near the front, on the left.",
    "I want to do my exams like everyone else, with more time.",
];

const WISH_GROWN: &[&str] = &[
    "I'd like to work outdoors.",
    "I want to get the bus on my own by summer.",
    "I want a job where they let me show what I can do.",
    "I want to live with friends one day.",
    "I want to pass my maths.",
    "I'd like to train with dogs.",
];

/// A child's own words, as far as age goes.
pub(crate) fn own_words(dice: &mut Dice, age: i32) -> String {
    let (likes, hard, helps) = if age < 8 {
        (LIKES_YOUNG, HARD_YOUNG, HELPS_YOUNG)
    } else {
        (LIKES_OLDER, HARD_OLDER, HELPS_OLDER)
    };
    let mut parts = vec![dice.text(likes), dice.text(hard), dice.text(helps)];
    if age >= 15 {
        parts.push(dice.text(WISH_GROWN));
    } else if dice.chance(250) {
        parts.remove(0);
    }
    parts.join(" ")
}

/// What a parent says for a child who does not speak yet.
pub(crate) const FOR_THE_CHILD: &[&str] = &[
    "{name} cannot say this, so I will. {He} loves water and being outside. {He} pulls my hand \
    to show what {he} wants.",
    "{He} laughs when the washing machine spins. {He} hides when more than two people come in.",
    "{name} points, and hums when {he} is happy. Waiting is very hard for {him}.",
    "{He} likes people who get down on the floor with {him}. {He} covers {his} ears when a door bangs.",
    "{name} tells us with {his} eyes. {He} likes music, slow swings and the same book every night.",
    "{He} plays beside other children and watches them. I think {he} would like to join in and \
    does not know how.",
];

/// What a young person tells who asks for themselves.
pub(crate) const OF_ONESELF: &[(Topic, &[&str])] =
    &[(Topic::Hard, HARD_OLDER), (Topic::Helps, HELPS_OLDER), (Topic::Hopes, WISH_GROWN)];

/// To whom the child said it, and how.
pub(crate) const TOLD_TO: &[&str] = &[
    "to {senco}, with picture cards",
    "at home, to a parent",
    "to {senco}, on a walk round the field",
    "to a teaching assistant, with talking mats",
    "at home, while drawing",
    "to a family support worker",
    "typed on a tablet",
];

struct Story {
    hard: &'static [&'static str],
    tried: &'static [&'static str],
}

const fn story(need: Need) -> Story {
    match need {
        Need::Autism => Story {
            hard: &[
                "Any change to the day can undo {him}: a new teacher, a fire drill, the wrong \
                coat peg. After school {he} needs an hour alone in the dark.",
                "{name} holds it together at school and comes apart at home. People say {he} is \
                fine because they do not see it.",
                "{He} wants friends but does not know how to begin, and takes jokes as the truth.",
                "Noise hurts {him}. {He} has stopped going into the dinner hall and often does \
                not eat until half past three.",
            ],
            tried: &[
                "A visual timetable and a quiet corner since last year. They help in the morning \
                but nobody keeps them up.",
                "The school lets {him} come in ten minutes early. The outreach teacher came twice.",
                "A social skills group for six weeks. {He} sat through it and used none of it afterwards.",
            ],
        },
        Need::Speech => Story {
            hard: &[
                "Strangers understand about half of what {name} says. {He} has begun to give up \
                and say it does not matter.",
                "{He} follows one instruction, not two. By the time the class starts {he} is \
                watching what the others do.",
                "{name} cannot find the word {he} wants and gets cross with {himself}. Other \
                children finish {his} sentences.",
                "{He} hardly speaks in class. At home {he} talks, but in short bits, and gets \
                the order of things mixed up.",
            ],
            tried: &[
                "A block of six therapy sessions, then a programme for school to do. It was done \
                for half a term.",
                "Word games at home every night and a language group at {school}. It goes slowly.",
                "Signs with speech at nursery. {He} uses eleven signs now.",
            ],
        },
        Need::Feelings => Story {
            hard: &[
                "{name} worries all night before school. Most mornings {he} is sick, and I am late for work.",
                "When {he} is told off in front of others {he} runs, and once {he} got as far as the road.",
                "{He} cannot sit through a lesson. {He} knows it and calls {himself} stupid.",
                "Since {his} grandad died {name} does not trust that people will come back. A \
                change of teacher sets {him} off.",
            ],
            tried: &[
                "A mentor on Tuesdays, which {he} liked, until the mentor left.",
                "A report card, which made it worse, and a time-out pass, which helped.",
                "Eight weeks of play therapy. We are on a list for more.",
            ],
        },
        Need::ModerateLearning | Need::SevereLearning => Story {
            hard: &[
                "{name} learns something on Monday and it is gone by Thursday. {He} is years \
                behind and {he} knows.",
                "{He} needs help with dressing, the toilet and keeping safe, all day long.",
                "Numbers mean very little to {him}. Money, time and how long things take are a mystery.",
                "{He} plays with much younger children, and is kind to them. {His} own class has \
                left {him} behind.",
            ],
            tried: &[
                "Small-group phonics every day for two years. {He} has moved on by a few sounds.",
                "Work set lower, with an adult near by. {He} gets it done, but the adult does most of it.",
                "We go over things at home with real objects. That is the only thing that stays.",
            ],
        },
        Need::Specific => Story {
            hard: &[
                "{name} can tell you all about volcanoes and cannot read the page about them.",
                "Spelling tests end in tears. {He} writes three lines in an hour, and they do \
                not show what {he} knows.",
                "{He} misreads the question and gets a low mark for things {he} understands.",
            ],
            tried: &[
                "A reading programme three times a week. {His} score has not moved in a year.",
                "Coloured paper, a reading pen, more time. The pen helps most.",
            ],
        },
        Need::Physical => Story {
            hard: &[
                "By the afternoon {name} is too tired to hold a pencil. Stairs take {him} so \
                long that {he} misses the start.",
                "{He} cannot manage the toilet alone and waits until {he} is home.",
                "{name} falls often. {He} has stopped trying in the playground so as not to be looked at.",
            ],
            tried: &[
                "Stretches at home morning and night, and a sloping board at school.",
                "A walking frame, which does not go through the door of the art room.",
            ],
        },
        Need::Hearing => Story {
            hard: &[
                "In a noisy room {name} hears almost nothing, and nods. By the time someone \
                notices, the lesson is over.",
                "{He} is worn out by listening. The hearing aids come off the moment {he} is \
                through the door.",
            ],
            tried: &[
                "A radio aid, when it is charged. A seat at the front. A visit each term from \
                the teacher of the deaf.",
            ],
        },
        Need::Vision => Story {
            hard: &[
                "{name} cannot read the board from any seat. {He} copies from whoever is beside {him}.",
                "Stairs and kerbs frighten {him}, and {he} will not go out at break when it is bright.",
            ],
            tried: &[
                "Larger print, when teachers remember. A magnifier that {he} does not like to be seen with.",
            ],
        },
    }
}

const HELPS: &[&str] = &[
    "One adult who knows {him} well. Telling {him} what comes next. Not too many words.",
    "A calm start. If {he} can talk to {senco} for five minutes first, the day goes better.",
    "Moving about. Being given a job to do. Being believed.",
    "Pictures, patience and time. {He} gets there if nobody hurries {him}.",
    "When people use {his} name first and wait. When it is quiet. When {he} has eaten.",
    "Doing it together the first time, then letting {him} do it alone.",
    "Knowing that {he} may leave the room and come back without being asked why.",
];

const HOPES: &[&str] = &[
    "That {he} has one good friend, and likes going to school most days.",
    "That {he} can read well enough to choose {his} own book.",
    "That {he} grows up able to say what {he} needs and be understood.",
    "That {he} leaves school with something {he} is proud of, and a next step.",
    "That {he} can look after {himself} one day, with a bit of help.",
    "That school sees the child we see at home.",
    "That it does not take a crisis for {him} to be helped.",
];

const WHO_HELPS: &[&str] = &[
    "The health visitor was good. We have seen a paediatrician once.",
    "{senco} at {school}, and my sister, who has {him} on Fridays.",
    "Nobody at the moment. We are on two waiting lists.",
    "The family hub, a speech therapist last year, and a parents' group on Thursdays.",
    "Early help for three months. A mentor in school.",
];

const HOME: &[&str] = &[
    "{name} shares a room with a brother, so quiet time is hard to find.",
    "There are three of us and the dog. I work part time so that I can be here at three.",
    "We live with my mother, who is a great help with {name}.",
    "{He} is an only child. We moved here last year and know few people.",
    "Home is calm, but mornings are long. {He} needs an hour and a half to get ready.",
];

const HEALTH: &[&str] = &[
    "Sleeps badly: up from two until four most nights.",
    "Asthma, with an inhaler at school. Otherwise well.",
    "Eats five foods. The doctor is watching {his} weight.",
    "Grommets twice. Hearing was fine in the spring.",
    "No medicines. Waiting for an appointment with the children's doctor.",
    "Has fits, not often. School has the plan for them.",
];

const REACHING: &[&str] = &[
    "Please write rather than ring. I need time to think about an answer.",
    "Ring after school. If I do not pick up I will ring back.",
    "Please speak to both of us, not only to me.",
    "Short letters, please. Long ones frighten me.",
];

/// What a family tells on a topic.
pub(crate) fn told(dice: &mut Dice, topic: Topic, need: Need) -> &'static str {
    match topic {
        Topic::Hard => dice.text(story(need).hard),
        Topic::Tried => dice.text(story(need).tried),
        Topic::Helps => dice.text(HELPS),
        Topic::Hopes => dice.text(HOPES),
        Topic::WhoHelps => dice.text(WHO_HELPS),
        Topic::Home => dice.text(HOME),
        Topic::Health => dice.text(HEALTH),
        Topic::Reaching => dice.text(REACHING),
        Topic::Other => "",
    }
}
