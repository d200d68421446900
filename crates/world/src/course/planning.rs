//! From the advice to a plan or a refusal of one; the family's comments; and the years after.

use jiff::civil::Date;
use sendero_record::{
    AmendmentNoticeSent, AppealMade, Channel, Command, Disputed, Event, FinalPlanSent, Notice,
    Outcome, PlanDecision, PlanText, RepresentationsMade, ReviewDecisionSent, Said, Section,
    SettingKind,
};

use super::Story;
use super::advice::Planned;
use super::opening::step;
use super::timetable::Ending;
use crate::cast::{SCHOOLS, School};
use crate::days::{open_by, open_from, plus, term_from};
use crate::plan::{Source, Views, draft};
use crate::text::{reasons, talk};

impl Story<'_> {
    /// The assessment ends without a plan.
    pub(super) fn no_plan(&mut self, on: Date) {
        let reasons = self.say(reasons::NO_PLAN);
        let sending = self.sending(reasons);
        self.officer_does(on, Command::RefusePlan(sending));
        if self.dice.chance(300) {
            let who = self.family_key();
            let rang = step("Rang the mediation adviser about the plan.");
            let day = plus(on, self.dice.between(5, 40));
            self.record(day, who, Event::MediationContacted(rang));
            if self.dice.chance(500) {
                let wanted = step("We want to talk it over.");
                self.record(plus(day, 2), who, Event::MediationWanted(wanted));
                let talked = Said { words: "We talked it over.".to_owned() };
                self.record(plus(day, 25), who, Event::MediationHeld(talked));
            }
        }
    }

    /// The plan: decided, drafted, commented on, sent, and looked at again each year.
    pub(super) fn plan(&mut self, ending: &Ending, planned: &[Planned]) {
        let Ending::Plan { agreed, draft: sent, how, last } = ending else {
            return;
        };
        if *agreed > self.setup.today {
            // Nothing of it has happened, and a plan is the longest thing to write.
            return;
        }
        let why = self.say(reasons::PLAN);
        self.officer_does(*agreed, Command::AgreePlan { reasons: why });
        let plan = self.written(planned);
        let begun = [Section::A, Section::B, Section::E]
            .into_iter()
            .fold(PlanText::default(), |begun, section| begun.with(section, plan.section(section)));
        self.officer_does(*agreed, Command::SavePlan(begun));
        self.officer_does(*sent, Command::SavePlan(plan.clone()));
        self.officer_does(
            *sent,
            Command::SendDraft { how: *how, parts: std::collections::BTreeMap::new() },
        );
        let place = self.place();
        self.comments(*sent, *how, *last, place);
        let plan = self.final_plan(*last, plan, place);
        self.after(*last, plan);
    }

    fn written(&mut self, planned: &[Planned]) -> PlanText {
        let views = Views {
            own_words: &self.voice.words,
            said_by: &self.voice.said_by,
            family: self
                .told
                .iter()
                .map(|said| format!("{}: {said}", self.family_name()))
                .collect(),
        };
        let sources: Vec<Source<'_>> = planned
            .iter()
            .map(|one| Source {
                from: one.from,
                adviser: one.adviser,
                items: &one.items,
                words: &one.words,
                came: one.came.to_string(),
            })
            .collect();
        draft(self.child.person(), &views, &sources)
    }

    /// Where the plan will be carried out: mostly where the child is.
    fn place(&mut self) -> Option<&'static School> {
        let age = self.child.age;
        let fits = |school: &&School| (school.from..=school.to).contains(&(age + 1));
        let moves = self.child.school.is_none_or(|s| !(s.from..=s.to).contains(&(age + 1)));
        if !moves && !self.dice.chance(110) {
            return self.child.school;
        }
        let special = self.dice.chance(if moves { 250 } else { 900 });
        let wanted: Vec<&School> = SCHOOLS
            .iter()
            .filter(fits)
            .filter(|school| special == (school.kind == SettingKind::SpecialSchool))
            .filter(|school| special || school.ordinary())
            .collect();
        self.dice.one(&wanted).copied().or(self.child.school)
    }

    /// What the family says of the draft, and a meeting if it wants one.
    fn comments(&mut self, sent: Date, how: Channel, last: Date, place: Option<&'static School>) {
        if self.shown || !self.dice.chance(780) {
            return;
        }
        let who = self.family_key();
        let first = if how == Channel::Post { 4 } else { 2 };
        let day = plus(sent, self.dice.between(first, 13));
        let agrees = self.dice.chance(330);
        let meets = !agrees && self.dice.chance(250);
        let words =
            self.family_says(if agrees { talk::COMMENTS_AGREE } else { talk::COMMENTS_CHANGE });
        let said = RepresentationsMade {
            words,
            agrees: Some(agrees),
            meeting_wanted: Some(meets),
            school: place.map(|school| school.name.to_owned()),
        };
        self.record(day, who, Event::RepresentationsMade(said));
        if meets {
            let words = self.family_says(talk::MEETINGS);
            self.record(day, who, Event::MeetingRequired(Said { words }));
            let held = open_from(plus(day, self.dice.between(3, 7)));
            if held < last {
                let words = self.say(talk::MET);
                self.officer_records(held, Event::OfficerMeetingHeld(Said { words }));
            }
        }
    }

    fn final_plan(
        &mut self,
        last: Date,
        plan: PlanText,
        place: Option<&'static School>,
    ) -> PlanText {
        let named = place.filter(|_| !self.dice.chance(30));
        let section_i = match named {
            Some(school) => {
                format!("{} ({}), from {last}.", school.name, school.kind_in_words())
            }
            None if self.child.age >= 16 => "A further education college.".to_owned(),
            None => "A mainstream school. No school is named yet.".to_owned(),
        };
        let plan = plan.with(Section::I, &section_i);
        self.officer_does(open_by(last), Command::SavePlan(plan.clone()));
        let why = self.say(reasons::FINAL);
        let sending = self.sending(why);
        self.officer_does(last, Command::SendFinal { names_institution: named.is_some(), sending });
        plan
    }

    /// An appeal or a complaint by a few, and the yearly reviews.
    fn after(&mut self, last: Date, mut plan: PlanText) {
        let who = self.family_key();
        if self.dice.chance(35) {
            let day = plus(last, self.dice.between(10, 30));
            self.record(day, who, Event::MediationContacted(step("Rang about sections B and F.")));
            self.record(plus(day, 3), who, Event::MediationDeclined(step("")));
            self.record(plus(day, 6), who, Event::MediationCertificateIssued(step("")));
            let about = self.dice.weighted(
                &[
                    (60, Disputed::ContentsAndPlacement),
                    (25, Disputed::Contents),
                    (15, Disputed::Placement),
                ],
                Disputed::Contents,
            );
            let day = plus(day, self.dice.between(8, 24));
            let appeal = AppealMade { about: Some(about), words: String::new() };
            self.record(day, who, Event::AppealMade(appeal));
            let registered = open_from(plus(day, 8));
            let officer = self.officer_on(registered).key;
            let nothing = Said { words: String::new() };
            self.record(registered, officer, Event::AppealRegistered(nothing));
        }
        let mut since = last;
        // Three in four reviews are held. One that is not held leaves a gap that the law sees.
        while since < self.setup.today && self.dice.chance(740) {
            match self.review(since, &mut plan) {
                Some(decided) => since = decided,
                None => return,
            }
        }
    }

    /// One review; the day from which the next is counted, or `None` once the plan ends.
    fn review(&mut self, since: Date, plan: &mut PlanText) -> Option<Date> {
        let met = term_from(plus(since, self.dice.between(290, 372)));
        let who = self.officer_on(met).key;
        let words =
            self.fill("{name} came for the first part and said what goes well and what does not.");
        self.record(met, who, Event::ReviewMeetingHeld(Said { words }));
        let report = Said { words: "The school's report of the meeting came.".to_owned() };
        let came = open_by(plus(met, 11));
        self.record(came, self.officer_on(came).key, Event::ReviewReportSent(report));
        let quick = self.dice.chance(476);
        let days = if quick { self.dice.between(12, 28) } else { self.dice.between(31, 75) };
        let decided = open_by(plus(met, days));
        let outcome = self.dice.weighted(
            &[(617, Outcome::Amend), (372, Outcome::Maintain), (11, Outcome::Cease)],
            Outcome::Maintain,
        );
        let words = match outcome {
            Outcome::Maintain => self.say(reasons::KEEP),
            Outcome::Amend => self.say(reasons::AMEND),
            Outcome::Cease => {
                self.fill("{name} has what {he} set out to have, and {his} course has ended.")
            }
        };
        let included = (outcome == Outcome::Amend).then(|| self.dice.chance(880));
        if outcome == Outcome::Cease {
            self.asked_about_ending(plus(met, 2));
        }
        let sent = ReviewDecisionSent {
            outcome,
            amendments_included: included,
            words,
            notice: None,
            plan: None,
        };
        self.officer_records(decided, Event::ReviewDecisionSent(sent));
        match outcome {
            Outcome::Amend => self.amended(decided, included == Some(true), plan),
            Outcome::Cease => self.ended(decided),
            Outcome::Maintain => {}
        }
        (outcome != Outcome::Cease).then_some(met)
    }

    /// What follows a decision to amend: the amendments, where they did not go with it, and the
    /// amended plan, which two in three have in time. A few are not amended after all.
    fn amended(&mut self, decided: Date, included: bool, plan: &mut PlanText) {
        let line =
            self.fill("{name} goes over the new outcomes with a teacher, 20 minutes a week.");
        let f = format!("{}\n{line}", plan.section(Section::F));
        *plan = plan.clone().with(Section::F, &f);
        let mut proposed = decided;
        if !included {
            proposed = plus(decided, self.dice.between(9, 30));
            let sent = AmendmentNoticeSent {
                plan: plan.clone(),
                amendments_included: Some(true),
                outside_review: Some(false),
                notice: Notice::bare(Some(Channel::Post)),
            };
            self.officer_records(proposed, Event::AmendmentNoticeSent(sent));
        }
        let quick = self.dice.chance(660);
        let days = if quick { self.dice.between(24, 55) } else { self.dice.between(58, 110) };
        let day = plus(proposed, days);
        if self.dice.chance(40) {
            let reasons = self.say(reasons::KEEP);
            let notice = Notice { reasons, ..Notice::bare(Some(Channel::Post)) };
            self.officer_records(day, Event::NotAmendingSent(PlanDecision { notice }));
            return;
        }
        let sent = FinalPlanSent {
            plan: plan.clone(),
            names_institution: None,
            notice: Notice::bare(Some(Channel::Post)),
        };
        self.officer_records(day, Event::AmendedPlanSent(sent));
    }

    fn asked_about_ending(&mut self, day: Date) {
        let words = self.fill("{name} has nearly reached what {he} set out to do.");
        self.officer_records(day, Event::CeaseConsidered(Said { words: words.clone() }));
        let notice = Notice { reasons: words, ..Notice::bare(Some(Channel::Post)) };
        self.officer_records(day, Event::CeaseConsulted(PlanDecision { notice }));
    }

    /// The plan ends once the time to appeal is over.
    fn ended(&mut self, decided: Date) {
        let reasons = self.fill("{name} has what {he} set out to have.");
        let notice = Notice { reasons, ..Notice::bare(Some(Channel::Post)) };
        self.officer_records(decided, Event::CeaseDecided(PlanDecision { notice }));
        let over = plus(decided, self.dice.between(70, 90));
        self.officer_records(over, Event::PlanCeased(Said { words: String::new() }));
    }
}
