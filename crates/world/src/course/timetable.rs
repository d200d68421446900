//! On which days the steps of one child's course fall. Delays are drawn from what England's
//! statistics tell; whether a day was too late is for the law to say.

use jiff::civil::Date;
use sendero_record::{Channel, Requester};

use crate::days::{between, open_by, open_from, plus};
use crate::dice::Dice;
use crate::profile::Profile;
use crate::world::{DEMO_DRAFT, DEMO_LATE, Setup};

/// Which way a course goes, and when. A step that never comes is `None`.
pub(crate) struct Timetable {
    pub(crate) withdrawn: Option<Date>,
    pub(crate) refused: Option<Date>,
    pub(crate) agreed: Option<Date>,
    /// The steps after a decision to assess.
    pub(crate) assessment: Option<Assessment>,
    /// After a refusal: how the family takes it on.
    pub(crate) challenge: Challenge,
}

/// What a family does about a refusal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Challenge {
    None,
    Mediation,
    Appeal,
}

/// The days of an assessment.
pub(crate) struct Assessment {
    pub(crate) asks: Date,
    /// The day on which the last advice comes.
    pub(crate) advice_by: Date,
    pub(crate) ending: Ending,
}

/// How an assessment ends.
pub(crate) enum Ending {
    NoPlan(Date),
    Plan { agreed: Date, draft: Date, how: Channel, last: Date },
}

/// How a course runs against its twenty weeks.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Pace {
    InTime,
    Late,
    VeryLate,
}

impl Timetable {
    pub(crate) fn draw(setup: &Setup, child: &Profile, dice: &mut Dice) -> Self {
        match usize::try_from(child.index) {
            Ok(DEMO_LATE) => return Self::late_demo(setup),
            Ok(DEMO_DRAFT) => return Self::draft_demo(setup),
            Ok(2) => return Self::gathering(open_by(plus(setup.today, -14)), dice),
            _ => {}
        }
        if dice.chance(16) {
            return Self::ended(Some(plus(child.asked, dice.between(5, 35))), None);
        }
        let pace = dice
            .weighted(&[(45, Pace::InTime), (38, Pace::Late), (17, Pace::VeryLate)], Pace::InTime);
        let decided = decided_on(child.asked, pace, dice);
        if !dice.chance(refused_in_thousand(child.by)) {
            return Self::assessed(child.asked, decided, pace, dice);
        }
        Self::refused(child.asked, decided, dice)
    }

    fn ended(withdrawn: Option<Date>, refused: Option<Date>) -> Self {
        Self { withdrawn, refused, agreed: None, assessment: None, challenge: Challenge::None }
    }

    fn assessed(asked: Date, agreed: Date, pace: Pace, dice: &mut Dice) -> Self {
        let asks = open_from(plus(agreed, dice.between(0, 2)));
        let assessment = Some(assessment(asked, asks, pace, dice));
        Self { agreed: Some(agreed), assessment, ..Self::ended(None, None) }
    }

    /// About a quarter of refusals go to mediation and an eighth to appeal; some are then taken back.
    fn refused(asked: Date, refused: Date, dice: &mut Dice) -> Self {
        let challenge = dice.weighted(
            &[(620, Challenge::None), (260, Challenge::Mediation), (120, Challenge::Appeal)],
            Challenge::None,
        );
        let given_way = match challenge {
            Challenge::None => None,
            Challenge::Mediation => dice.chance(350).then(|| dice.between(70, 110)),
            Challenge::Appeal => dice.chance(600).then(|| dice.between(110, 220)),
        };
        let course = match given_way {
            None => Self::ended(None, None),
            Some(days) => Self::assessed(asked, open_from(plus(refused, days)), Pace::Late, dice),
        };
        Self { refused: Some(refused), challenge, ..course }
    }

    fn gathering(agreed: Date, dice: &mut Dice) -> Self {
        Self::assessed(plus(agreed, -38), agreed, Pace::Late, dice)
    }

    /// Asked 79 days ago, advice asked for 51 days ago: psychology is nine days late, or a little
    /// more where a weekend comes between.
    fn late_demo(setup: &Setup) -> Self {
        let agreed = open_by(plus(setup.today, -51));
        let draft = open_from(plus(setup.today, 21));
        let ending = Ending::Plan {
            agreed: open_from(plus(setup.today, 14)),
            draft,
            how: Channel::Portal,
            last: open_from(plus(draft, 24)),
        };
        let advice_by = open_from(plus(setup.today, 9));
        let assessment = Some(Assessment { asks: agreed, advice_by, ending });
        Self { agreed: Some(agreed), assessment, ..Self::ended(None, None) }
    }

    /// The draft went a week ago on the portal, so that half of the fifteen days is left.
    fn draft_demo(setup: &Setup) -> Self {
        let agreed = open_by(plus(setup.today, -86));
        let draft = open_by(plus(setup.today, -7));
        let ending = Ending::Plan {
            agreed: open_by(plus(draft, -4)),
            draft,
            how: Channel::Portal,
            last: open_from(plus(draft, 24)),
        };
        let advice_by = open_by(plus(setup.today, -16));
        let assessment = Some(Assessment { asks: agreed, advice_by, ending });
        Self { agreed: Some(agreed), assessment, ..Self::ended(None, None) }
    }

    /// The last day of this course, as far as it is known.
    pub(crate) fn last_day(&self) -> Option<Date> {
        match &self.assessment {
            Some(Assessment { ending: Ending::Plan { last, .. }, .. }) => Some(*last),
            Some(Assessment { ending: Ending::NoPlan(on), .. }) => Some(*on),
            None => self.refused.or(self.withdrawn),
        }
    }
}

/// Refusals by who asked, in a thousand: parents are refused three times as often as schools.
fn refused_in_thousand(by: Requester) -> u32 {
    match by {
        Requester::Parent | Requester::YoungPerson => 488,
        Requester::School | Requester::Post16 | Requester::EarlyYears => 166,
        _ => 251,
    }
}

/// Nearly nine in ten decisions come within six weeks.
fn decided_on(asked: Date, pace: Pace, dice: &mut Dice) -> Date {
    let late = pace != Pace::InTime && dice.chance(230);
    if late {
        open_from(plus(asked, 43 + dice.wait(14.0, 60)))
    } else {
        let latest = if pace == Pace::InTime { 38 } else { 42 };
        open_by(plus(asked, dice.between(22, latest)))
    }
}

/// Days that a family surely has, however a draft is served, before the final plan may go.
fn days_to_comment(how: Channel) -> i32 {
    match how {
        Channel::Post => 28,
        Channel::Email => 24,
        _ => 22,
    }
}

fn assessment(asked: Date, asks: Date, pace: Pace, dice: &mut Dice) -> Assessment {
    let how = dice.weighted(
        &[(70, Channel::Portal), (20, Channel::Email), (10, Channel::Post)],
        Channel::Portal,
    );
    let (draft, last) = match pace {
        Pace::InTime => (
            open_by(plus(asked, dice.between(100, 110))),
            open_by(plus(asked, dice.between(134, 140))),
        ),
        Pace::Late | Pace::VeryLate => {
            let total = match pace {
                Pace::VeryLate => 366 + dice.wait(50.0, 260),
                _ => 142 + dice.wait(38.0, 221),
            };
            let total = total.max(between(asked, asks) + 122);
            let last = open_from(plus(asked, total));
            (open_by(plus(last, -dice.between(29, 40))), last)
        }
    };
    let how = if between(draft, last) < days_to_comment(how) { Channel::Portal } else { how };
    let last = open_from(last.max(plus(draft, days_to_comment(how))));
    let advice_by = open_by(plus(draft, -dice.between(7, 24))).max(open_from(plus(asks, 30)));
    let draft = draft.max(open_from(plus(advice_by, 3)));
    let ending = if dice.chance(61) {
        Ending::NoPlan(open_from(plus(advice_by, dice.between(3, 9))))
    } else {
        let agreed = open_from(plus(advice_by, dice.between(1, 4))).min(draft);
        Ending::Plan { agreed, draft, how, last: last.max(open_from(plus(draft, 22))) }
    };
    Assessment { asks, advice_by, ending }
}
