//! Asking for advice and giving it. Psychology is late most often, then health.

use jiff::civil::Date;
use sendero_record::{
    AdviceAsk, AdviceItem, AppointmentMissed, Body, Command, Event, LetterPart, Requester,
};

use super::Story;
use super::timetable::{Assessment, Ending};
use crate::cast::{
    HEARING, OCCUPATIONAL, PAEDIATRICIANS, PSYCHOLOGISTS, SOCIAL, SPEECH, VISION, Worker,
};
use crate::days::{between, in_term, open_by, open_from, plus, term_from};
use crate::deed::Deed;
use crate::profile::{Need, Profile};
use crate::text::advice::{self, Item};
use crate::text::talk;

/// One piece of advice that will be asked for, with what will come of it.
pub(super) struct Planned {
    pub(super) from: Body,
    pub(super) adviser: &'static str,
    /// The key of who gives it, and their name if they are asked by name.
    by: String,
    name: Option<sendero_record::Name>,
    question: String,
    pub(super) items: Vec<AdviceItem>,
    how_known: String,
    pub(super) words: String,
    pub(super) came: Date,
}

impl Story<'_> {
    /// The assessment, if there is one: asking, advice, and what it ends in.
    pub(super) fn assessment(&mut self) {
        let Some(assessment) = self.times.assessment.take() else {
            return;
        };
        let mut planned = self.planned();
        self.days_of_advice(&assessment, &mut planned);
        self.ask(assessment.asks, &planned);
        self.answers(&planned);
        match assessment.ending {
            Ending::NoPlan(on) => self.no_plan(on),
            Ending::Plan { .. } => self.plan(&assessment.ending, &planned),
        }
        self.times.assessment = Some(assessment);
    }

    /// The advisers of this child: those of regulation 6 who fit.
    fn planned(&mut self) -> Vec<Planned> {
        let mut planned = vec![self.by_family()];
        let need = self.child.need;
        if let Some(school) = self.child.school {
            let worker = Worker {
                key: school.key,
                given: school.senco.0,
                family: school.senco.1,
                title: school.adviser(),
            };
            let one = self.by_worker(school.body(), &worker, advice::school(need), 2);
            planned.push(one);
        }
        let psychology = advice::psychology(need);
        planned.push(self.by_team(Body::Psychologist, PSYCHOLOGISTS, psychology, 2));
        let speech =
            matches!(need, Need::Autism | Need::Speech | Need::SevereLearning | Need::Hearing);
        if self.shown || speech || self.dice.chance(150) {
            planned.push(self.by_team(Body::Health, SPEECH, advice::SPEECH, 2));
        }
        if need == Need::Physical || self.dice.chance(220) {
            planned.push(self.by_team(Body::Health, OCCUPATIONAL, advice::OCCUPATIONAL, 1));
        }
        let health_so_far = planned.iter().any(|one| one.from == Body::Health);
        let doctor = matches!(need, Need::Physical | Need::SevereLearning);
        if self.shown || !health_so_far || doctor || self.dice.chance(400) {
            planned.push(self.by_team(Body::Health, PAEDIATRICIANS, advice::PAEDIATRICS, 1));
        }
        planned.push(self.by_social_care());
        match need {
            Need::Hearing => {
                planned.push(self.by_team(Body::SensoryTeacher, HEARING, advice::HEARING, 2));
            }
            Need::Vision => {
                planned.push(self.by_team(Body::SensoryTeacher, VISION, advice::VISION, 2));
            }
            _ => {}
        }
        planned
    }

    fn by_family(&mut self) -> Planned {
        let own = self.child.by == Requester::YoungPerson;
        Planned {
            from: if own { Body::YoungPerson } else { Body::Parent },
            adviser: if own { "young person" } else { "parent" },
            by: self.family_key().to_owned(),
            name: None,
            question: self.fill("What should we know about {name}, and what do you hope for?"),
            items: Vec::new(),
            how_known: String::new(),
            words: if own { self.voice.words.clone() } else { self.say(talk::PARENT_ADVICE) },
            came: self.child.asked,
        }
    }

    /// One of a team: always the same for the children who are shown.
    fn by_team(
        &mut self,
        from: Body,
        team: &'static [Worker],
        items: &'static [Item],
        count: usize,
    ) -> Planned {
        let worker = if self.shown {
            team.iter().cycle().nth(usize::try_from(self.child.index).unwrap_or(0))
        } else {
            self.dice.one(team)
        };
        let nobody = Worker { key: "", given: "", family: "", title: "" };
        self.by_worker(from, worker.unwrap_or(&nobody), items, count)
    }

    fn by_worker(&mut self, from: Body, worker: &Worker, items: &[Item], count: usize) -> Planned {
        let person = self.child.person();
        let count = count + usize::from(self.dice.chance(350));
        let known = match from {
            Body::Health => talk::KNOWN_AT_CLINIC,
            Body::School | Body::EarlyYears | Body::Post16 => talk::KNOWN_AT_SCHOOL,
            _ if self.child.school.is_none() => talk::KNOWN_AT_CLINIC,
            _ => talk::KNOWN_BY_VISIT,
        };
        Planned {
            from,
            adviser: worker.title,
            by: worker.key.to_owned(),
            name: Some(worker.name()),
            question: self.fill(question(from)),
            items: self.dice.some(items, count).into_iter().map(|item| item.of(person)).collect(),
            how_known: self.say(known),
            words: String::new(),
            came: self.child.asked,
        }
    }

    fn by_social_care(&mut self) -> Planned {
        let needed = self.dice.chance(160);
        let items = if needed { advice::CARE } else { &[] };
        let mut one = self.by_team(Body::SocialCare, SOCIAL, items, 1);
        one.how_known = self.fill("A visit at home, and a talk with {name}.");
        if !needed {
            one.words = self.say(talk::SOCIAL);
        }
        one
    }

    /// Chooses the day of each answer. One of them is the last, and it is mostly psychology's.
    fn days_of_advice(&mut self, assessment: &Assessment, planned: &mut [Planned]) {
        let span = between(assessment.asks, assessment.advice_by);
        let slowest = if self.shown {
            Body::Psychologist
        } else {
            self.dice.weighted(
                &[
                    (64, Body::Psychologist),
                    (24, Body::Health),
                    (7, Body::School),
                    (5, Body::SocialCare),
                ],
                Body::Psychologist,
            )
        };
        let mut taken = false;
        for one in planned {
            let last = one.from == slowest && !taken;
            taken |= last;
            let late = match one.from {
                Body::Psychologist => 450,
                Body::Health => 260,
                Body::Parent | Body::YoungPerson => 0,
                _ => 90,
            };
            let days = if last {
                span
            } else if !self.shown && self.dice.chance(late) {
                self.dice.between(43.min(span), span)
            } else {
                self.dice.between(8.min(span), span.min(41))
            };
            one.came = self.open_for(one.from, plus(assessment.asks, days), assessment);
        }
    }

    /// A day on which this body works, and not after the last advice came.
    fn open_for(&self, from: Body, day: Date, assessment: &Assessment) -> Date {
        match from {
            Body::Parent | Body::YoungPerson => day,
            Body::School | Body::EarlyYears | Body::Post16 if !in_term(day) => {
                let back = term_from(day);
                if back <= assessment.advice_by { back } else { open_by(day).max(assessment.asks) }
            }
            _ => open_by(day).max(assessment.asks),
        }
    }

    fn ask(&mut self, day: Date, planned: &[Planned]) {
        let asks = planned
            .iter()
            .map(|one| AdviceAsk {
                from: one.from,
                adviser: one.adviser.to_owned(),
                person: one.name.clone().map(|name| (Profile::id(self.setup, &one.by), name)),
                question: one.question.clone(),
                letter: self.letter_to(one),
            })
            .collect();
        self.officer_does(day, Command::AskForAdvice(asks));
    }

    /// The letter that asks: why it comes, the child's own words, and the question.
    fn letter_to(&self, one: &Planned) -> Vec<LetterPart> {
        let part = |heading: &str, words: String| LetterPart { heading: heading.to_owned(), words };
        vec![
            part("", self.fill(talk::ADVICE_LETTER)),
            part(talk::OWN_WORDS, self.voice.words.clone()),
            part(talk::QUESTION, one.question.clone()),
        ]
    }

    fn answers(&mut self, planned: &[Planned]) {
        for (nth_request, one) in planned.iter().enumerate() {
            let visited = matches!(one.from, Body::Psychologist | Body::Health);
            if !self.shown && visited && self.dice.chance(25) {
                let words = self.fill("{name} was ill on the day. A new day has been given.");
                let missed = AppointmentMissed { with: one.from, words };
                self.officer_records(
                    plus(one.came, -20).max(self.child.asked),
                    Event::AppointmentMissed(missed),
                );
            }
            self.act(
                one.came,
                &one.by,
                Deed::GiveAdvice {
                    nth_request,
                    by: one.by.clone(),
                    items: one.items.clone(),
                    how_known: one.how_known.clone(),
                    words: one.words.clone(),
                },
            );
        }
    }

    /// The first open day after a day.
    pub(super) fn next_open(day: Date) -> Date {
        open_from(plus(day, 1))
    }
}

fn question(from: Body) -> &'static str {
    match from {
        Body::Psychologist => {
            "How does {name} learn, what gets in the way, and what teaching would help?"
        }
        Body::Health => {
            "What does {name} need, what should come of it, and how much of your help would do it?"
        }
        Body::SocialCare => {
            "Does {name} or {his} family need care or support, and under which Act?"
        }
        Body::SensoryTeacher => {
            "What can {name} hear or see at {school}, and what teaching does {he} need for it?"
        }
        _ => "What has {name} had at {school}, what came of it, and what does {he} need now?",
    }
}
