//! What families and the authority say to each other while they wait.

/// Why the day of a request is put right.
pub(crate) const STAMP: &str = "The date stamp on the letter is earlier than what was typed.";

/// What goes to the bodies that must know of a request.
pub(crate) const TO_THE_BODIES: &str =
    "The authority considers whether to assess {name}\u{2019}s education, health and care needs.";

/// The letter that asks for advice, with what stands above its parts.
pub(crate) const ADVICE_LETTER: &str = "Aldermere is assessing {name}\u{2019}s education, health \
    and care needs and asks for your advice. It must be with us within 6 weeks of the day you \
    receive this.";
pub(crate) const OWN_WORDS: &str = "In the child\u{2019}s own words";
pub(crate) const QUESTION: &str = "The question";

/// A family writes before the decision.
pub(crate) const BEFORE_DECISION: &[(&str, &str)] = &[
    (
        "Hello, I asked for an assessment and have heard nothing since. Did it arrive?",
        "Yes, it came and it is with me. You will have our decision by the date on your page. I \
        am sorry that I did not write sooner.",
    ),
    (
        "Do you need the letter from the hospital? I can take a photo of it.",
        "Please do. A photo is fine, and you will not be asked for it again.",
    ),
    (
        "Will somebody talk to {name}, or only read about {him}?",
        "Yes. If we assess, the psychologist will meet {name}. What {he} has told you is on the \
        first page already.",
    ),
    (
        "{name} had a very bad week. Can this be added to what I told you?",
        "It is added, in your words. Thank you for telling me.",
    ),
];

/// A family writes while advice is gathered.
pub(crate) const WHILE_GATHERING: &[(&str, &str)] = &[
    (
        "Is there any news of the psychologist? Nobody has rung us.",
        "Not yet. The advice is late, and that is ours to put right. I have asked the service \
        for a date and will tell you on Friday whatever they say.",
    ),
    (
        "The appointment is on a day when I work. Can it be moved?",
        "Yes. I have asked for a morning later that week. This will not count against you.",
    ),
    (
        "{name} asks when the lady with the cards will come again.",
        "She will be back on Tuesday. I have told {senco} so that {name} can be ready.",
    ),
    (
        "I don't understand what the report says about working memory.",
        "I have asked the psychologist to explain it in plain words, and she will ring you.",
    ),
    (
        "We have a private report. Do you want it?",
        "Please send it. We must think about it, and we will.",
    ),
];

/// A family writes when a date has passed.
pub(crate) const WHEN_LATE: &[(&str, &str)] = &[
    (
        "The date for the plan has gone by. What happens now?",
        "You are right: it is late, and I am sorry. Your page says what you may do about it. I \
        hope to send the draft by the end of next week.",
    ),
    (
        "{name} has lost half a year. Who is answerable for this?",
        "The authority is. My manager has read your message and will ring you tomorrow.",
    ),
];

/// A family writes about the draft.
pub(crate) const ABOUT_DRAFT: &[(&str, &str)] = &[
    (
        "Section F says \"regular\". How often is that?",
        "It should say. I have asked the therapist for a number and will put it in.",
    ),
    (
        "Thank you, this sounds like {name}. We will answer by the weekend.",
        "I am glad. Take the time that is yours: the last day is on your page.",
    ),
];

/// Calls from families, as the officer writes them down.
pub(crate) const CALLS: &[(&str, bool)] = &[
    (
        "\"Is there any news? I only want to know that somebody has it.\" Told them the next date.",
        false,
    ),
    ("\"{name} was sent home again on Tuesday.\" Asked {school} for its record of it.", true),
    (
        "\"Who will see the report?\" Explained who may read what. They asked for it in writing.",
        true,
    ),
    ("\"We can't do Thursdays.\" Noted for the visit.", false),
    ("\"{He} slept through for the first time since the new routine.\" Nice to hear.", false),
    (
        "\"The letter uses words I don't know.\" Went through it together, about twenty minutes.",
        false,
    ),
    (
        "\"When does the school get told?\" Said that {school} has been told and gave the date.",
        false,
    ),
];

/// Comments on a draft that agree.
pub(crate) const COMMENTS_AGREE: &[&str] = &[
    "We agree with the plan as it stands. {name} read section A and says it is {him}.",
    "This is right. Please send the final plan when you can.",
    "Yes to all of it. Thank you for putting in what {senco} said.",
];

/// Comments on a draft that ask for changes.
pub(crate) const COMMENTS_CHANGE: &[&str] = &[
    "The needs are right but the help is too thin. The therapist said weekly, and the draft says \
    each half term.",
    "Please take out that {name} \"refuses\". {He} cannot, which is not the same.",
    "Nothing is said about lunch and break, and that is when it goes wrong.",
    "Who trains the adult who is with {him}? The draft does not say, and the last one had no training.",
    "We would like the plan to say that the same person stays with {him} for the year.",
    "{name} wants to add that {he} would like to learn to cook.",
    "Outcome two is too easy. {He} can do that already.",
];

/// Why the family wants a meeting.
pub(crate) const MEETINGS: &[&str] = &[
    "I would rather talk this through than write. Could we meet?",
    "We want to go over section F with someone who can change it.",
    "We both want to be there, and {name} for the first ten minutes.",
];

/// What came of the meeting.
pub(crate) const MET: &[&str] = &[
    "Met at {school} for an hour. Three changes agreed, one not, with the reason.",
    "Met by video. Went through sections B and F line by line. Both parents spoke.",
    "{name} came in for the start and showed us {his} drawing. Agreed to add break times.",
];

/// Complaints about delay.
pub(crate) const COMPLAINTS: &[&str] = &[
    "The plan is late and nobody has said why. {name} has had nothing in place since the summer.",
    "We have been given four different dates for the psychologist. I want to know what is true.",
    "I have had to stop work. The delay is yours and we are paying for it.",
];

/// What the next officer should know.
pub(crate) const HANDOVERS: &[&str] = &[
    "I move to the post-16 team. Family is kind and worn out: ring rather than write.",
    "Sharing out cases so that numbers are even. Everything is up to date; psychology is the one to chase.",
    "I am on leave for six weeks. Please keep the Friday message going: they rely on it.",
    "You know the school and I do not. Draft half written, sections A to E are there.",
];

/// How the school describes how it knows the child.
pub(crate) const KNOWN_AT_SCHOOL: &[&str] = &[
    "Taught here since {he} joined; I see {name} every week.",
    "Class teacher's notes, two terms of reviews, and a talk with {name}.",
    "I have watched {name} in three lessons and at lunch this month.",
];

/// How a visiting adviser came to know the child.
pub(crate) const KNOWN_BY_VISIT: &[&str] = &[
    "One visit to {school}, a talk with the family, and work with {name} for an hour.",
    "Two visits, watching in class and at play, and tests where {he} was willing.",
    "Seen at home and at {school}; earlier reports read.",
];

/// How health came to know the child.
pub(crate) const KNOWN_AT_CLINIC: &[&str] = &[
    "Seen in clinic with a parent, and the notes since birth.",
    "Three sessions this term, and what {school} told us.",
    "One appointment of ninety minutes and a call with {senco}.",
];

/// What social care found.
pub(crate) const SOCIAL: &[&str] = &[
    "Visited at home. The family manages well and asks for nothing now. Short breaks were \
    explained, and the carer's assessment offered.",
    "Not an open case. I visited and talked with {name} and a parent: no care need that bears on \
    learning, but holidays are long and hard. Details of the holiday club given.",
    "Early help has been open since spring. A family worker comes each fortnight, and will go on to do so.",
    "Visited. The house has one bedroom for four. A letter has gone to housing. No provision \
    under the 1970 Act is needed now.",
];

/// A parent's own advice.
pub(crate) const PARENT_ADVICE: &[&str] = &[
    "All that I told when I asked still stands. What matters most: do not wait until {he} breaks.",
    "Please read {his} own words first. At home {he} is funny, stubborn and kind. School gets \
    the worn-out one.",
    "{He} learns by doing and by moving. Sitting is the hardest thing you can ask of {him}.",
    "I have kept a diary for two months and have put it in. Mondays are worst. After swimming is best.",
];

/// Why a child gets no full-time education; one for each reason, in words that blame nobody.
pub(crate) fn out_words(why: sendero_record::WhyNotInEducation) -> &'static str {
    use sendero_record::WhyNotInEducation as Why;
    match why {
        Why::NoPlace => {
            "No school has had a place since {name}'s last one ended. Work comes by post."
        }
        Why::PartTime => {
            "{name} is in school from nine to eleven. It was to be for four weeks and has no end date."
        }
        Why::Excluded => "{name} was excluded, and the new place is not open yet.",
        Why::Unwell => "{name} is in hospital two days a week and too tired on the others.",
        Why::Anxious => {
            "{name} cannot get through the gate. {He} dresses, comes with us, and is sick in the car."
        }
        Why::SentHome => {
            "We are rung to fetch {name} before lunch most days. No letter comes with it."
        }
        Why::Moved => "We moved here and {name} has no school yet.",
        Why::Other => "{name} is not in school now.",
    }
}

/// Why a family takes its request back.
pub(crate) const WITHDRAWN: &[&str] = &[
    "We would like to wait and see how {name} gets on with the new help at {school}.",
    "The new help has begun. I would like to wait and see.",
];
