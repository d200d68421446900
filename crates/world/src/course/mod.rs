//! One child's course, told as acts. Each part is told to its end and what lies after today is left
//! out, so that a course can be cut on any day and what is left still hangs together.

mod advice;
mod beside;
mod opening;
mod planning;
mod timetable;

use jiff::civil::Date;
use sendero_record::{Channel, Command, Event, Reference, Sending};

use crate::cast::{OFFICERS, Worker, is_of_office, team};
use crate::course::beside::Handover;
use crate::course::timetable::Timetable;
use crate::days;
use crate::deed::Deed;
use crate::dice::{Dice, Stream};
use crate::profile::Profile;
use crate::text::voice;
use crate::world::{Act, Setup};

/// Everything that is done about one child, in order.
pub(crate) fn acts(setup: &Setup, child: &Profile, reference: &Reference) -> Vec<Act> {
    let mut story = Story::new(setup, child);
    story.request(reference);
    story.first_days();
    story.decision();
    story.assessment();
    story.beside();
    story.in_order()
}

/// A child's own words.
struct Voice {
    words: String,
    said_by: String,
    told_to: String,
}

/// A course while it is told.
struct Story<'a> {
    setup: &'a Setup,
    child: &'a Profile,
    dice: Dice,
    times: Timetable,
    voice: Voice,
    officer: &'static Worker,
    handover: Option<Handover>,
    /// The first three children are told plainly: what they show must stand in every area.
    shown: bool,
    /// What the family told, for section A.
    told: Vec<String>,
    acts: Vec<Act>,
}

impl<'a> Story<'a> {
    fn new(setup: &'a Setup, child: &'a Profile) -> Self {
        let mut dice = Dice::new(setup.seed, Stream::Course, child.index);
        let times = Timetable::draw(setup, child, &mut dice);
        let voice = voice_of(child, &mut dice);
        let shown = child.index < 3;
        let officer = if shown {
            OFFICERS.get(usize::try_from(child.index).unwrap_or(0))
        } else {
            dice.one(team(child.index))
        };
        let officer = officer.unwrap_or(const { &OFFICERS[0] });
        let handover = if shown { None } else { Handover::draw(child, &times, officer, &mut dice) };
        Self {
            setup,
            child,
            dice,
            times,
            voice,
            officer,
            handover,
            shown,
            told: Vec::new(),
            acts: Vec::new(),
        }
    }

    /// Adds an act, unless its day is still to come.
    fn act(&mut self, day: Date, who: &str, what: Deed) {
        self.act_known(day, who, None, what);
    }

    fn act_known(&mut self, day: Date, who: &str, known_on: Option<Date>, what: Deed) {
        if day <= self.setup.today {
            self.acts.push(Act { day, minute: 0, who: who.to_owned(), known_on, what });
        }
    }

    fn command(&mut self, day: Date, who: &str, command: Command) {
        self.act(day, who, Deed::Command(command));
    }

    /// The first day on which family and school are surely tied to the child: an officer ties
    /// them on the first working day after the request.
    fn tied_from(&self) -> Date {
        days::plus(days::open_from(days::plus(self.child.asked, 1)), 1)
    }

    /// The day on which this person can first do what they would do on `day`: whoever is not of
    /// the office can do something once they are tied.
    fn may_from(&self, day: Date, who: &str) -> Date {
        if is_of_office(who) { day } else { day.max(self.tied_from()) }
    }

    /// Records what happened on the day on which it is recorded.
    fn record(&mut self, day: Date, who: &str, event: Event) {
        let day = self.may_from(day, who);
        self.command(day, who, Command::Record { event, on: day, known_on: day });
    }

    /// Records later what happened before.
    fn record_later(&mut self, day: Date, who: &str, event: Event, on: Date) {
        let day = self.may_from(day, who);
        let what = Deed::Command(Command::Record { event, on, known_on: on });
        self.act_known(day, who, Some(on), what);
    }

    /// The officer who has the case on a day.
    fn officer_on(&self, day: Date) -> &'static Worker {
        match &self.handover {
            Some(handover) if handover.taken.is_some_and(|taken| taken < day) => handover.to,
            _ => self.officer,
        }
    }

    /// An act of the officer, on the first open day from `day`.
    fn officer_records(&mut self, day: Date, event: Event) {
        let day = days::open_from(day);
        self.record(day, self.officer_on(day).key, event);
    }

    fn officer_does(&mut self, day: Date, command: Command) {
        let day = days::open_from(day);
        self.command(day, self.officer_on(day).key, command);
    }

    /// The key of the parent or young person who deals with the authority.
    fn family_key(&self) -> &'a str {
        self.child.first().map_or("", |parent| parent.key.as_str())
    }

    /// How that person is named beside what they say.
    fn family_name(&self) -> String {
        self.child.first().map(crate::profile::Parent::said_by).unwrap_or_default()
    }

    fn fill(&self, template: &str) -> String {
        self.child.person().fill(template)
    }

    /// A text of a list, said of this child.
    fn say(&mut self, list: &[&'static str]) -> String {
        let template = self.dice.text(list);
        self.fill(template)
    }

    /// Whether a young person deals with the authority for themselves.
    fn for_oneself(&self) -> bool {
        self.child.by == sendero_record::Requester::YoungPerson
    }

    /// A text that the family says. A young person does not speak of themselves by name.
    fn family_says(&mut self, list: &[&'static str]) -> String {
        if !self.for_oneself() {
            return self.say(list);
        }
        let own: Vec<&'static str> =
            list.iter().copied().filter(|text| !text.contains('{')).collect();
        self.dice.text(&own).to_owned()
    }

    /// A notice. Its parts by law are filled in by whoever replays the act, from the rulebook.
    fn sending(&mut self, reasons: String) -> Sending {
        let how = self.dice.weighted(
            &[(70, Channel::Portal), (20, Channel::Email), (10, Channel::Post)],
            Channel::Portal,
        );
        Sending { reasons, how: Some(how), ..Sending::default() }
    }

    /// The acts in order, with a minute each.
    fn in_order(mut self) -> Vec<Act> {
        // A stable sort: acts of one day stay in the order in which they are told.
        self.acts.sort_by_key(|act| act.day);
        let mut before: Option<(Date, u16)> = None;
        for act in &mut self.acts {
            let minute = match before {
                Some((day, minute)) if day == act.day => minute + step(&mut self.dice, 2, 25),
                _ => step(&mut self.dice, 520, 720),
            };
            act.minute = minute.min(1439);
            before = Some((act.day, act.minute));
        }
        self.acts
    }
}

fn step(dice: &mut Dice, low: i32, high: i32) -> u16 {
    u16::try_from(dice.between(low, high)).unwrap_or(1)
}

/// What the child says, or a parent for a child who does not speak yet.
fn voice_of(child: &Profile, dice: &mut Dice) -> Voice {
    let person = child.person();
    let parent = child.first().map(crate::profile::Parent::said_by).unwrap_or_default();
    match child.index {
        0 => Voice {
            words: "I like trains and quiet mornings. When it is loud my words hide. Please wait \
            till they come out."
                .to_owned(),
            said_by: child.name.given.clone(),
            told_to: "to his mum, at breakfast".to_owned(),
        },
        1 => Voice {
            words: "I like lists and my own table. Loud places fill my ears up. I know a lot of \
            jokes and I want to get to the end of them."
                .to_owned(),
            said_by: child.name.given.clone(),
            told_to: "to a teaching assistant, with talking mats".to_owned(),
        },
        _ if child.age < 4 => Voice {
            words: person.fill(dice.text(voice::FOR_THE_CHILD)),
            said_by: format!("{parent}, for {}", child.name.given),
            told_to: "at home".to_owned(),
        },
        _ => Voice {
            words: voice::own_words(dice, child.age),
            said_by: child.name.given.clone(),
            told_to: if child.school.is_some() {
                person.fill(dice.text(voice::TOLD_TO))
            } else {
                "at home, to a parent".to_owned()
            },
        },
    }
}
