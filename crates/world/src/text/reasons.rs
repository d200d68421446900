//! Reasons of decisions. They speak of the child, never of a policy or of a lack of staff.

use crate::profile::Need;

/// What this need has meant in class, to stand in a reason.
pub(crate) const fn at_school(need: Need) -> &'static str {
    match need {
        Need::Autism => {
            "{name} is out of class for part of most days because noise and change overwhelm {him}"
        }
        Need::Speech => {
            "{name} cannot yet follow what the class is told, or be understood by those who do not know {him}"
        }
        Need::Feelings => "{name} is too anxious or upset to learn for much of the week",
        Need::ModerateLearning => {
            "{name} cannot yet do most of what the class is set although {he} has been taught in small groups"
        }
        Need::SevereLearning => {
            "{name} needs an adult beside {him} to learn, to communicate and to keep safe"
        }
        Need::Specific => {
            "{name} reads and spells so far below what {he} understands that {he} cannot show what {he} knows"
        }
        Need::Physical => {
            "{name} cannot reach, record or move about school without help, and tires before the day ends"
        }
        Need::Hearing => {
            "{name} misses much of what is said in a noisy room and is worn out by listening"
        }
        Need::Vision => {
            "{name} cannot see what the class is shown and needs it made ready for {him}"
        }
    }
}

/// Why there will be an assessment; follows on from what is seen at school.
pub(crate) const ASSESS: &[&str] = &[
    "Two years of help have not been enough, and we do not yet know what would be. {name} may \
    need provision that {school} cannot make from what it has.",
    "What {school} has put in place is well run and {name} still makes little progress. It may \
    be that a plan is needed, and an assessment will tell us.",
    "{name} and {his} family describe a daily struggle which the reports from {school} bear out. \
    Specialist advice is needed before anyone can say what {he} should have.",
    "The help that works for {name} is given by one person, for an hour a day, and stops when \
    that person is away. It may need a plan to make it sure.",
];

/// Why there will be none.
pub(crate) const DO_NOT_ASSESS: &[&str] = &[
    "We see that {he} finds this hard. {school} has begun help this term that fits it, and \
    {name} has already moved on: {he} now joins a group of six and finishes short tasks. We do \
    not think it necessary for provision to be made under a plan.",
    "The reports show that {name} makes steady progress with the help {he} has, and that \
    {school} can go on giving it and can add to it. For that reason a plan may not be needed. We \
    would look again if this changed.",
    "{name} has had support for one term. What is described can be met by {school} with advice \
    from the outreach teacher, whom we have asked to visit. If {he} does not get on, please ask \
    again: you need not wait.",
    "We looked at {his} reading, {his} attendance and what you told us. {name} is close to what \
    is expected in most things, and what is hard can be met at {school}.",
];

/// Why a plan is necessary.
pub(crate) const PLAN: &[&str] = &[
    "The advice agrees that {name} needs therapy and teaching every week that {school} cannot \
    give from what it has. A plan will make it sure.",
    "Help needs to come from school and from health together, and to last. Without a plan {name} \
    would lose it at the first change.",
    "{name} needs an adult trained in {his} needs for much of the day. That is more than a \
    school is expected to provide itself.",
];

/// Why there will be no plan.
pub(crate) const NO_PLAN: &[&str] = &[
    "The assessment has told us much about {name}. Each adviser describes help that {school} can \
    give now, and has begun to. We have written it down with {senco} so that it happens. We do \
    not think that a plan is necessary.",
    "{name} has made real progress since the assessment began: {he} is in class all day and \
    reads with a partner. What {he} needs is set out in the advice and can be given by {school} \
    without a plan.",
    "What is still hard for {name} is mostly about health, and the clinic has offered a place \
    from next month. The help at {school} is working. We do not think that a plan is needed.",
];

/// What goes with the final plan.
pub(crate) const FINAL: &[&str] = &[
    "This plan follows the advice and your comments. Where we could not do what you asked, the \
    letter says why.",
    "We have changed sections B and F as you asked, and named the school. {name} keeps {his} place there.",
    "Thank you for your comments. {name}'s own words stand at the top, as {he} gave them.",
];

/// Reasons after a review.
pub(crate) const KEEP: &[&str] = &[
    "{name} is on the way to what the plan sets out, and the help is the right help. The plan \
    stays as it is.",
    "The outcomes still fit and {name} asked for nothing to change. The plan stays as it is.",
];

/// Reasons after a review that changes the plan.
pub(crate) const AMEND: &[&str] = &[
    "{name} has reached two of {his} outcomes, and needs new ones. The proposed changes come \
    with this letter.",
    "Therapy is now needed more often, as the therapist told the meeting. The proposed changes \
    come with this letter.",
];
