//! From the request to the decision whether to assess, and what families do about a refusal.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_record::{
    Answers, AppealMade, AskerNamed, BodiesNotified, Channel, Command, Disagreed, Disputed, Event,
    InformationRequested, NeedNoted, NewRequest, OwnWordsGiven, PersonTied, Recipient, Reference,
    Relation, Requester, Said, Told, Topic,
};

use super::Story;
use super::timetable::Challenge;
use crate::cast::{MANAGERS, PAEDIATRICIANS, SOCIAL};
use crate::days::{self, open_from, plus, term_from};
use crate::deed::Deed;
use crate::profile::{Parent, Profile};
use crate::text::{reasons, talk, voice};

impl Story<'_> {
    /// The request itself, and a date that is put right.
    pub(super) fn request(&mut self, reference: &Reference) {
        let child = self.child;
        let by_family = matches!(child.by, Requester::Parent | Requester::YoungPerson);
        let how = self.dice.weighted(
            &[(72, Channel::Portal), (17, Channel::Email), (11, Channel::Post)],
            Channel::Portal,
        );
        // Only on the portal does a family type for itself; the rest is keyed on the day it comes.
        let typed = self.shown || !by_family || !days::open(child.asked);
        let how = if typed { Channel::Portal } else { how };
        let day = child.asked;
        let who = match how {
            Channel::Portal => self.asker_key().to_owned(),
            _ => self.officer.key.to_owned(),
        };
        let speaks = self.shown || self.dice.chance(if by_family { 750 } else { 500 });
        let told = self.told_at_request(by_family);
        let request = NewRequest {
            reference: reference.clone(),
            by: child.by,
            how,
            name: child.name.clone(),
            born: Some(child.born),
            own_words: speaks.then(|| self.own_words()),
            told,
            setting: Some((child.setting, child.school.map(|school| school.name.to_owned()))),
            out_of_education: self.out_at_request(),
            asker: if by_family { child.first().map(|p| asker(self.setup, p)) } else { None },
            said_by: self.said_by_asker(by_family),
            received: None,
        };
        self.command(day, &who, Command::Request(Box::new(request)));
        if !speaks {
            self.own_words_later();
        }
        if how == Channel::Post && self.dice.chance(300) {
            let days = self.dice.between(1, 3);
            let found = open_from(plus(day, self.dice.between(2, 6)));
            let on = plus(day, -days);
            let why = talk::STAMP.to_owned();
            let what = Deed::CorrectDay { kind: "assessment-requested", on, why };
            self.act(found, self.officer_on(found).key, what);
        }
    }

    /// Who types the request.
    fn asker_key(&self) -> &str {
        let child = self.child;
        let at = usize::try_from(child.index).unwrap_or(0);
        let of = |list: &'static [crate::cast::Worker]| {
            list.iter().cycle().nth(at % 7).map_or("", |worker| worker.key)
        };
        match child.by {
            Requester::Parent | Requester::YoungPerson => self.family_key(),
            Requester::School | Requester::Post16 | Requester::EarlyYears => {
                child.school.map_or(self.officer.key, |school| school.key)
            }
            Requester::Health => of(PAEDIATRICIANS),
            Requester::SocialCare => of(SOCIAL),
            Requester::Authority | Requester::Other => self.officer.key,
        }
    }

    fn said_by_asker(&self, by_family: bool) -> String {
        match (by_family, self.child.by, self.child.school) {
            (true, ..) => self.family_name(),
            (_, Requester::Health, _) => "Mere Health, children's clinic".to_owned(),
            (_, Requester::SocialCare, _) => "Aldermere social care".to_owned(),
            (_, Requester::Authority, _) | (_, _, None) => "Aldermere".to_owned(),
            (_, _, Some(school)) => {
                format!("{}, {}", school.senco_name().full(), school.adviser())
            }
        }
    }

    fn own_words(&self) -> (String, String, String) {
        (self.voice.words.clone(), self.voice.said_by.clone(), self.voice.told_to.clone())
    }

    fn own_words_later(&mut self) {
        let (words, said_by, told_to) = self.own_words();
        let day = term_from(plus(self.child.asked, self.dice.between(8, 25)));
        let who = self.child.school.map_or(self.family_key(), |school| school.key).to_owned();
        self.record(day, &who, Event::OwnWordsGiven(OwnWordsGiven { words, said_by, told_to }));
    }

    fn told_at_request(&mut self, by_family: bool) -> BTreeMap<Topic, String> {
        let mut told = BTreeMap::new();
        if self.for_oneself() {
            for (topic, list) in voice::OF_ONESELF {
                let words = self.dice.text(list).to_owned();
                self.told.push(words.clone());
                told.insert(*topic, words);
            }
            return told;
        }
        let topics: &[(Topic, u32)] = if by_family {
            &[
                (Topic::Hard, 1000),
                (Topic::Helps, 800),
                (Topic::Hopes, 650),
                (Topic::Tried, 800),
                (Topic::WhoHelps, 500),
                (Topic::Home, 400),
                (Topic::Health, 500),
                (Topic::Reaching, 150),
            ]
        } else {
            &[(Topic::Hard, 1000), (Topic::Helps, 700), (Topic::Tried, 900)]
        };
        for (topic, chance) in topics {
            // The families who are shown tell all that a visitor may look for.
            let all = self.shown && *topic != Topic::Reaching;
            if all || self.dice.chance(*chance) {
                let template = voice::told(&mut self.dice, *topic, self.child.need);
                let words = self.fill(template);
                if by_family && matches!(topic, Topic::Hard | Topic::Hopes) {
                    self.told.push(words.clone());
                }
                told.insert(*topic, words);
            }
        }
        told
    }

    fn out_at_request(&self) -> Option<(Date, sendero_record::WhyNotInEducation, String)> {
        let (since, why, _) = self.child.out?;
        (since < self.child.asked).then(|| (since, why, self.out_words(why)))
    }

    /// What happens between the request and the decision.
    pub(super) fn first_days(&mut self) {
        let asked = self.child.asked;
        let day = open_from(asked);
        let assign = Command::Assign {
            officer: Profile::id(self.setup, self.officer.key),
            name: self.officer.name(),
        };
        self.command(day, MANAGERS.first().map_or("", |m| m.key), assign);
        self.ties(plus(asked, 1));
        let told = BodiesNotified {
            to: vec![Recipient::Institution, Recipient::CommissioningBody, Recipient::SocialCare],
            words: self.fill(talk::TO_THE_BODIES),
        };
        let day = plus(asked, self.dice.between(1, 5));
        self.officer_records(day, Event::BodiesNotified(told));
        if let Some(from) = self.child.school_body() {
            let words = self.fill(
                "What has been tried for {name} at {school}, for how long, and what came of it?",
            );
            let day = plus(asked, self.dice.between(2, 8));
            let who = self.child.school.map(|school| school.senco_name().full());
            let who = who.unwrap_or_default();
            let asked = InformationRequested { from, who, words };
            self.officer_records(day, Event::InformationRequested(asked));
        }
        self.need_noted();
        let words = self
            .fill("Talked with the family about what {name} finds hard and what should happen.");
        let day = plus(asked, self.dice.between(6, 18));
        self.officer_records(day, Event::FamilyConsulted(Said { words }));
        self.family_tells_more();
    }

    /// The people who were not named by the request.
    fn ties(&mut self, day: Date) {
        let child = self.child;
        let by_family = matches!(child.by, Requester::Parent | Requester::YoungPerson);
        if let Some(first) = child.first().filter(|_| by_family) {
            let person = Profile::id(self.setup, &first.key);
            let matched = Command::MatchAsker { asker: person.clone(), person };
            let day = open_from(day);
            self.command(day, self.officer_on(day).key, matched);
        }
        for parent in child.parents.iter().skip(usize::from(by_family)) {
            let named = asker(self.setup, parent);
            let tied = PersonTied {
                person: named.person,
                name: named.name,
                relation: named.relation,
                parental_responsibility: named.parental_responsibility,
                body: None,
                adviser: None,
                contact: Some(named.contact),
            };
            self.officer_records(day, Event::PersonTied(tied));
        }
        if let Some(school) = child.school {
            let tied = PersonTied {
                person: Profile::id(self.setup, school.key),
                name: school.senco_name(),
                relation: Relation::Adviser,
                parental_responsibility: None,
                body: Some(school.body()),
                adviser: Some(school.adviser().to_owned()),
                contact: None,
            };
            self.officer_records(day, Event::PersonTied(tied));
        }
    }

    fn need_noted(&mut self) {
        let need = self.child.need;
        let diagnosed = self.dice.chance(350);
        let said_by = match self.child.school {
            Some(school) if self.for_oneself() => school.senco_name().full(),
            _ => self.family_name(),
        };
        let noted = NeedNoted {
            area: need.area(),
            words: format!("{}.", self.fill(reasons::at_school(need))),
            diagnosis: need.diagnosis().filter(|_| diagnosed).map(str::to_owned),
            said_by,
        };
        let day = plus(self.child.asked, self.dice.between(1, 6));
        self.officer_records(day, Event::NeedNoted(noted));
    }

    fn family_tells_more(&mut self) {
        if matches!(self.child.by, Requester::Parent | Requester::YoungPerson) {
            return;
        }
        for topic in [Topic::Hopes, Topic::Home, Topic::Health] {
            if self.dice.chance(600) {
                let template = voice::told(&mut self.dice, topic, self.child.need);
                let words = self.fill(template);
                if topic == Topic::Hopes {
                    self.told.push(words.clone());
                }
                let day = plus(self.child.asked, self.dice.between(3, 20));
                let said_by = self.family_name();
                let who = self.family_key();
                self.record(day, who, Event::Told(Told { topic, words, said_by }));
            }
        }
    }

    /// The decision whether to assess, and what follows a refusal.
    pub(super) fn decision(&mut self) {
        if let Some(on) = self.times.withdrawn {
            let words = self.family_says(talk::WITHDRAWN);
            let who = self.family_key();
            self.record(on, who, Event::RequestWithdrawn(Said { words }));
        }
        if let Some(on) = self.times.refused {
            let answers = Answers { has_or_may_have_sen: Some(true), may_need_plan: Some(false) };
            let why = self.say(reasons::DO_NOT_ASSESS);
            let reasons = format!("{}. {why}", self.fill(reasons::at_school(self.child.need)));
            let sending = self.sending(reasons);
            self.officer_does(on, Command::RefuseToAssess { answers, sending });
            self.challenge(on);
        }
        if let Some(on) = self.times.agreed {
            let answers = Answers { has_or_may_have_sen: Some(true), may_need_plan: Some(true) };
            let why = self.say(reasons::ASSESS);
            let reasons = format!("{}. {why}", self.fill(reasons::at_school(self.child.need)));
            let sending = self.sending(reasons);
            self.officer_does(on, Command::AgreeToAssess { answers, sending });
        }
    }

    /// Mediation or an appeal after a refusal.
    fn challenge(&mut self, refused: Date) {
        let appeals = match self.times.challenge {
            Challenge::None => return,
            Challenge::Mediation => false,
            Challenge::Appeal => true,
        };
        let who = self.family_key();
        let said = |words: &str| Said { words: words.to_owned() };
        let contacted = plus(refused, self.dice.between(8, 35));
        let rang = step("Rang the mediation adviser.");
        self.record(contacted, who, Event::MediationContacted(rang));
        let answered = plus(contacted, self.dice.between(1, 5));
        if appeals {
            let not_wanted = step("We would rather go straight to the Tribunal.");
            self.record(answered, who, Event::MediationDeclined(not_wanted));
            let certificate = days::plus(answered, 3);
            self.record(certificate, who, Event::MediationCertificateIssued(step("")));
            let about = Some(Disputed::RefusalToAssess);
            let appeal = AppealMade { about, words: String::new() };
            let day = plus(certificate, self.dice.between(2, 18));
            self.record(day, who, Event::AppealMade(appeal));
            let registered = open_from(plus(day, 8));
            let officer = self.officer_on(registered).key;
            self.record(registered, officer, Event::AppealRegistered(said("")));
        } else {
            let wanted = step("We want to talk, with someone who can change the decision.");
            self.record(answered, who, Event::MediationWanted(wanted));
            let held = plus(answered, self.dice.between(18, 30));
            self.record(held, who, Event::MediationHeld(said("")));
            self.record(held, who, Event::MediationCertificateIssued(step("")));
        }
    }
}

/// A step after a decision, where there is no other that it could be about.
pub(super) fn step(words: &str) -> Disagreed {
    Disagreed { words: words.to_owned(), about: None }
}

/// A parent as a request names them.
fn asker(setup: &crate::world::Setup, parent: &Parent) -> AskerNamed {
    AskerNamed {
        person: Profile::id(setup, &parent.key),
        name: parent.name.clone(),
        relation: parent.relation,
        parental_responsibility: parent.responsibility,
        contact: parent.contact.clone(),
    }
}
