//! What goes on beside the steps of the law: talk, calls, handovers, closed schools, days without
//! education, claims of exceptions, and entries that are put right.

use jiff::civil::Date;
use sendero_record::{
    BackInEducation, Body, CallNoted, ClosureNoted, Command, Event, Ground, MessageWritten,
    OutOfEducation, Said, SettingKind, Suspended,
};

use super::Story;
use super::timetable::{Ending, Timetable};
use crate::cast::{MANAGERS, Worker, team};
use crate::days::{between, open_by, open_from, plus, summer_of};
use crate::deed::Deed;
use crate::dice::Dice;
use crate::profile::{Need, Profile};
use crate::text::talk;

/// A case offered to another officer.
pub(super) struct Handover {
    offered: Date,
    pub(super) to: &'static Worker,
    answered: Option<Date>,
    /// The day from which the other officer has the case.
    pub(super) taken: Option<Date>,
}

impl Handover {
    /// About one case in eight is offered on; most offers are taken within days.
    pub(super) fn draw(
        child: &Profile,
        times: &Timetable,
        officer: &Worker,
        dice: &mut Dice,
    ) -> Option<Self> {
        if !dice.chance(125) {
            return None;
        }
        let others: Vec<&'static Worker> =
            team(child.index).iter().filter(|other| other.key != officer.key).collect();
        let to = dice.one(&others).copied()?;
        let last = times.last_day()?;
        let offered = open_from(plus(child.asked, dice.between(12, between(child.asked, last))));
        let answered = dice.chance(930).then(|| open_from(plus(offered, dice.between(1, 6))));
        let taken = answered.filter(|_| dice.chance(880));
        Some(Self { offered, to, answered, taken })
    }
}

impl Story<'_> {
    /// Everything beside the steps.
    pub(super) fn beside(&mut self) {
        self.handed_over();
        self.talk();
        self.calls();
        self.education();
        self.closures();
        if !self.shown {
            self.mistakes();
            self.complaint();
            self.suspension();
        }
        self.talk_on();
    }

    /// The further exchanges that the setup asks for, anywhere between the request and today.
    fn talk_on(&mut self) {
        let (asked, today) = (self.child.asked, self.setup.today);
        for _ in 0..self.setup.talk {
            self.exchange(1000, asked, today, talk::BEFORE_DECISION);
        }
    }

    fn handed_over(&mut self) {
        let Some(handover) = self.handover.take() else {
            return;
        };
        let note = self.say(talk::HANDOVERS);
        let offer = Command::OfferHandover {
            to: Profile::id(self.setup, handover.to.key),
            name: handover.to.name(),
            note,
        };
        self.command(handover.offered, self.officer.key, offer);
        if let Some(day) = handover.answered {
            let accepted = handover.taken.is_some();
            let note = if accepted {
                "Thank you. I will ring the family today."
            } else {
                "I am full until January, sorry."
            };
            let what = Deed::AnswerHandover {
                officer: handover.to.key.to_owned(),
                accepted,
                note: note.to_owned(),
            };
            self.act(day, handover.to.key, what);
        }
        self.handover = Some(handover);
    }

    /// Messages of families and their answers, by stage.
    fn talk(&mut self) {
        let asked = self.child.asked;
        let decided = self.times.refused.or(self.times.agreed);
        if let Some(decided) = decided {
            self.exchange(380, asked, decided, talk::BEFORE_DECISION);
        }
        let Some(assessment) = &self.times.assessment else {
            return;
        };
        let (asks, advice_by) = (assessment.asks, assessment.advice_by);
        let draft = match assessment.ending {
            Ending::Plan { draft, last, .. } => Some((draft, last)),
            Ending::NoPlan(_) => None,
        };
        self.exchange(
            if self.shown { 1000 } else { 600 },
            plus(asks, 20),
            advice_by,
            talk::WHILE_GATHERING,
        );
        let due = plus(asked, 140);
        if let Some((draft, last)) = draft {
            if last > due {
                self.exchange(500, due, last, talk::WHEN_LATE);
            }
            self.exchange(250, draft, plus(draft, 14), talk::ABOUT_DRAFT);
        }
    }

    /// With this chance, a message between two days and mostly an answer.
    fn exchange(
        &mut self,
        chance: u32,
        from: Date,
        to: Date,
        list: &[(&'static str, &'static str)],
    ) {
        if !self.dice.chance(chance) {
            return;
        }
        let oneself = self.for_oneself();
        let fit: Vec<(&str, &str)> =
            list.iter().copied().filter(|(asks, _)| !(oneself && asks.contains('{'))).collect();
        let Some((asks, answers)) = self.dice.one(&fit).copied() else {
            return;
        };
        let to = to.min(self.setup.today);
        let day = plus(from, self.dice.between(1, between(from, to).max(2) - 1));
        let (words, reply) = (self.fill(asks), self.fill(answers));
        let who = self.family_key();
        let message = MessageWritten { from: self.family_name(), by_family: true, words };
        self.record(day, who, Event::MessageWritten(message));
        if self.dice.chance(870) {
            let day = open_from(plus(day, self.dice.between(0, 4)));
            let from = self.officer_on(day).name().full();
            let message = MessageWritten { from, by_family: false, words: reply };
            self.officer_records(day, Event::MessageWritten(message));
        }
    }

    /// Calls, some of them written down days later.
    fn calls(&mut self) {
        let calls = if self.dice.chance(450) { self.dice.between(1, 2) } else { 0 };
        for _ in 0..calls {
            let Some((words, answer_owed)) = self.dice.one(talk::CALLS).copied() else {
                return;
            };
            let called = open_from(plus(self.child.asked, self.dice.between(3, 130)));
            let call = CallNoted { with: self.family_name(), words: self.fill(words), answer_owed };
            if self.dice.chance(150) {
                let day = open_from(plus(called, self.dice.between(1, 4)));
                let who = self.officer_on(day).key;
                self.record_later(day, who, Event::CallNoted(call), called);
            } else {
                self.officer_records(called, Event::CallNoted(call));
            }
        }
    }

    /// Why there is no full-time education, as the family says it.
    pub(super) fn out_words(&self, why: sendero_record::WhyNotInEducation) -> String {
        if self.for_oneself() {
            return "I am not in college all week. Nobody has said when that will change."
                .to_owned();
        }
        self.fill(talk::out_words(why))
    }

    /// No full-time education that began after the request, and the way back.
    fn education(&mut self) {
        let Some((since, why, back)) = self.child.out else {
            return;
        };
        if since >= self.child.asked {
            let words = self.out_words(why);
            let out = OutOfEducation { why, words, said_by: self.family_name() };
            let day = plus(since, self.dice.between(1, 9));
            let who = self.family_key();
            self.record_later(day, who, Event::OutOfEducation(out), since);
        }
        if let Some(back) = back.map(|back| back.max(plus(self.child.asked, 7))) {
            let words = self.fill(
                "{name} is in school all day again, with a meeting each Friday to see how it goes.",
            );
            self.officer_records(back, Event::BackInEducation(BackInEducation { words }));
        }
    }

    /// Summers that fall into the course, and claims made for them.
    fn closures(&mut self) {
        let (Some(school), Some(last)) = (self.child.school, self.times.last_day()) else {
            return;
        };
        if matches!(school.kind, SettingKind::EarlyYears | SettingKind::FeCollege) {
            return;
        }
        let asked = self.child.asked;
        for year in asked.year()..=last.year() {
            let (from, to) = summer_of(year);
            if from > last || to <= asked {
                continue;
            }
            let day = plus(asked, self.dice.between(3, 9)).max(plus(from, -28));
            self.officer_records(day, Event::ClosureNoted(ClosureNoted { from, to }));
            self.claim_for_summer(from, to);
        }
        self.claim_wrongly();
    }

    /// A claim that fits: the school was asked in the window that the closure makes.
    fn claim_for_summer(&mut self, from: Date, to: Date) {
        let Some(asks) = self.times.assessment.as_ref().map(|assessment| assessment.asks) else {
            return;
        };
        let window = plus(from, -7)..plus(to, -7);
        if self.shown || !window.contains(&asks) || !self.dice.chance(260) {
            return;
        }
        let weeks = between(from, to) / 7;
        let reason = format!(
            "{} is closed to pupils for {weeks} weeks. Its advice was asked for in that time and \
            nobody there could give it.",
            self.child.person().school
        );
        let claim = Command::ClaimException {
            ground: Ground::SchoolClosed,
            duty: "plan-20w".to_owned(),
            reason,
            from: None,
        };
        self.officer_does(plus(asks, 3), claim);
    }

    /// A few claims that the law does not know: a half term, or a service without people.
    fn claim_wrongly(&mut self) {
        let Some(assessment) = &self.times.assessment else {
            return;
        };
        let (asks, advice_by) = (assessment.asks, assessment.advice_by);
        if self.shown || advice_by < plus(asks, 60) || !self.dice.chance(35) {
            return;
        }
        let claim = if self.dice.chance(500) {
            Command::ClaimException {
                ground: Ground::SchoolClosed,
                duty: "plan-20w".to_owned(),
                reason: "Schools were closed for half term and Easter.".to_owned(),
                from: None,
            }
        } else {
            Command::ClaimException {
                ground: Ground::ExceptionalCircumstances,
                duty: "as-advice-6w".to_owned(),
                reason: "The psychology service has three empty posts.".to_owned(),
                from: Some(Body::Psychologist),
            }
        };
        self.officer_does(plus(asks, 45), claim);
    }

    /// An entry on the wrong record, taken back the same day.
    fn mistakes(&mut self) {
        if !self.dice.chance(14) {
            return;
        }
        let day = open_from(plus(self.child.asked, self.dice.between(4, 90)));
        let call = CallNoted {
            with: "A mother".to_owned(),
            words: "\"We will come on Thursday at ten.\"".to_owned(),
            answer_owed: false,
        };
        let who = self.officer_on(day).key;
        self.record(day, who, Event::CallNoted(call));
        let why = "This call was about another child.".to_owned();
        self.act(day, who, Deed::Withdraw { kind: "call-noted", why });
    }

    fn complaint(&mut self) {
        let Some(last) = self.times.last_day() else {
            return;
        };
        let due = plus(self.child.asked, 140);
        if last < plus(due, 14) || !self.dice.chance(80) {
            return;
        }
        let words = self.family_says(talk::COMPLAINTS);
        let day = plus(due, self.dice.between(3, between(due, last)));
        self.record(day, self.family_key(), Event::ComplaintMade(Said { words }));
        // A complaint is the manager's to answer, and they ring first.
        let answered = open_from(plus(day, self.dice.between(2, 8)));
        let call = CallNoted {
            with: self.family_name(),
            words: "Rang about the complaint, said sorry, and gave a date.".to_owned(),
            answer_owed: true,
        };
        let who = MANAGERS.first().map_or("", |manager| manager.key);
        self.record(answered, who, Event::CallNoted(call));
        let said = |words: &str| Said { words: words.to_owned() };
        let had = said("Wrote that the complaint is with us.");
        self.record(answered, who, Event::ComplaintAcknowledged(had));
        let sorry = said("Wrote what went wrong, and what is done about it.");
        self.record(open_by(plus(answered, 13)), who, Event::ComplaintAnswered(sorry));
    }

    fn suspension(&mut self) {
        let (Need::Feelings, Some(_)) = (self.child.need, self.child.school) else {
            return;
        };
        if self.child.age < 6 || !self.dice.chance(110) {
            return;
        }
        let happened = open_by(plus(self.child.asked, self.dice.between(10, 120)))
            .max(open_from(self.child.asked));
        let day = Self::next_open(happened);
        let words = self.fill("{name} hit out in the corridor and was sent home.");
        let school_days = u32::try_from(self.dice.between(1, 3)).unwrap_or(1);
        let suspended = Suspended { school_days, words };
        let day = open_from(day);
        self.record_later(day, self.officer_on(day).key, Event::Suspended(suspended), happened);
    }
}
