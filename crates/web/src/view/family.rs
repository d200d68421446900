//! What a family sees of its child: where the case is and why, what was decided, what was said, who
//! can read it and who has, and the plan, from draft to final.

use askama::Template;
use jiff::civil::Date;
use sendero_app::house::record::Section;

use super::form::{Filled, Hidden};
use super::offer::Card;
use super::parts::{Actions, Clock, Conflict, Path, Pill, Said, State, Timeline, Words};
use super::{Frame, Kind, Link, filters};

/// The person at the authority who works on the case.
#[derive(Clone, Debug)]
pub struct Officer {
    /// Their name, where the area gives names; else their role.
    pub name: String,
    /// Their telephone number.
    pub phone: String,
    /// In how many working days messages are answered, as the area's own standard.
    pub answers_in: Option<u32>,
}

/// One reading of the child's record.
#[derive(Clone, Debug)]
pub struct Look {
    /// Who: a name, or a role where the area does not give names.
    pub who: String,
    /// Their role and team.
    pub role: String,
    /// What for.
    pub purpose: String,
    /// When, in words ("Yesterday, 4.12pm").
    pub at: String,
}

/// One piece of advice that was asked for.
#[derive(Clone, Debug)]
pub struct AdviceRow {
    /// From whom ("School: Fernhollow Primary"), and where it can be read.
    pub from: Link,
    /// Where it is ("Received 3 November").
    pub line: String,
    /// Its state.
    pub pill: Pill,
}

/// A decision with its reasons.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The decision as a sentence ("Aldermere will assess Idris").
    pub title: String,
    /// In time or late.
    pub pill: Pill,
    /// The day it was taken.
    pub on: Date,
    /// By which role.
    pub by: String,
    /// When and how it was sent to the family ("the same day, by e-mail").
    pub sent: String,
    /// The reasons as given.
    pub reasons: String,
    /// The other parts of the notice, as they were sent.
    pub notice: Vec<String>,
    /// Its rights: what can be done about it and by when; empty when there is nothing to appeal.
    pub rights: Vec<String>,
}

/// `/child/{reference}`
#[derive(Clone, Debug, Template)]
#[template(path = "case.html")]
pub struct Case {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the child's pages start.
    pub base: String,
    /// The child's name as the family says it.
    pub name: String,
    /// The reference.
    pub reference: String,
    /// Today.
    pub today: Date,
    /// Their own words; none when nobody has told us yet.
    pub words: Option<Words>,
    /// The path.
    pub path: Path,
    /// The one thing that matters most now.
    pub now: Option<Clock>,
    /// What the family can do.
    pub actions: Actions,
    /// The advice that was asked for.
    pub advice: Vec<AdviceRow>,
    /// How many pieces are in.
    pub advice_in: u32,
    /// The latest decisions.
    pub decisions: Vec<Decision>,
    /// When the first decision is due, while there is none.
    pub first_decision_by: Option<Date>,
    /// The next big date.
    pub big: Option<Clock>,
    /// Whether there is a plan to read: its name ("Read the draft plan").
    pub plan: Option<String>,
    /// The officer; none until somebody has the case.
    pub officer: Option<Officer>,
    /// The latest readings.
    pub looks: Vec<Look>,
    /// How many readings there are.
    pub looks_total: u32,
}

/// A service that may help, with whether it is on the child's list.
#[derive(Clone, Debug)]
pub struct HelpCard {
    /// Its id.
    pub id: String,
    /// Whether it is on the list.
    pub kept: bool,
    /// Who put it there and when, in words, or ''.
    pub put: String,
    /// Whether the reader cannot take it off: the family put it there.
    pub fixed: bool,
    /// As lists show it.
    pub card: Card,
    /// The marks of its form: each is an act of its own.
    pub hidden: Hidden,
}

/// Services for one need.
#[derive(Clone, Debug)]
pub struct HelpHerePart {
    /// The need, or what is late.
    pub title: String,
    /// The services.
    pub cards: Vec<HelpCard>,
}

/// `/child/{reference}/help`
#[derive(Clone, Debug, Template)]
#[template(path = "help_here.html")]
pub struct HelpHere {
    /// What stands around the page.
    pub frame: Frame,
    /// The page before.
    pub back: Link,
    /// Where its forms go.
    pub action: String,
    /// Whether the reader is of the family.
    pub family: bool,
    /// The child's name as the family says it.
    pub name: String,
    /// The list that is kept with the record.
    pub list: Vec<HelpCard>,
    /// What is on it and no longer in the Local Offer: id, the name it had, and the marks of its form
    /// where the reader may take it off.
    pub gone: Vec<(String, String, Option<Hidden>)>,
    /// What is saved on this phone and not on the list.
    pub of_phone: Vec<HelpCard>,
    /// Who can help, by need.
    pub parts: Vec<HelpHerePart>,
}

/// `/child/{reference}/why/{duty}`
#[derive(Clone, Debug, Template)]
#[template(path = "why.html")]
pub struct WhyPage {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the child's pages start.
    pub base: String,
    /// The clock, its sum open.
    pub clock: Clock,
    /// The same for a lawyer.
    pub lawyer: Option<super::account::Lawyer>,
    /// The facts the sum rests on, to be corrected if wrong.
    pub facts: Vec<(String, String)>,
    /// What can be done.
    pub actions: Actions,
}

/// `/child/{reference}/dates`
#[derive(Clone, Debug, Template)]
#[template(path = "child_dates.html")]
pub struct Dates {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the child's pages start.
    pub base: String,
    /// The child's name.
    pub name: String,
    /// What is late, what is open, what is over; none of them empty.
    pub groups: Vec<DateGroup>,
    /// The file for a calendar, where a day is open.
    pub calendar: Option<String>,
}

/// Clocks of a case that stand alike.
#[derive(Clone, Debug)]
pub struct DateGroup {
    /// Its place on the page.
    pub id: &'static str,
    /// What they have in common.
    pub title: String,
    /// One a clock.
    pub list: Vec<DateRow>,
}

/// A clock in a line.
#[derive(Clone, Debug)]
pub struct DateRow {
    /// What it is, and why its day is that day.
    pub link: Link,
    /// Whose turn, by when.
    pub line: String,
    /// How it stands.
    pub pill: Pill,
}

/// `/child/{reference}/decisions`
#[derive(Clone, Debug, Template)]
#[template(path = "decisions.html")]
pub struct Decisions {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the child's pages start.
    pub base: String,
    /// The child's name.
    pub name: String,
    /// The decisions, newest first.
    pub list: Vec<Decision>,
    /// When the first one is due, while there is none.
    pub first_by: Option<Date>,
    /// Everything that happened, newest first.
    pub happened: Timeline,
}

/// One message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Who wrote it, with role.
    pub from: String,
    /// When, in words.
    pub at: String,
    /// The words.
    pub words: String,
    /// Whether the reader wrote it.
    pub mine: bool,
}

/// `/child/{reference}/messages`
#[derive(Clone, Debug, Template)]
#[template(path = "messages.html")]
pub struct Messages {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Where the child's pages start.
    pub base: String,
    /// The messages, oldest first.
    pub list: Vec<Message>,
    /// `message`, and what is wrong with it.
    pub filled: Filled,
    /// In how many working days they are answered, as the area's own standard.
    pub answers_in: Option<u32>,
}

/// Somebody who may read or act.
#[derive(Clone, Debug)]
pub struct Person {
    /// Their name, or their role.
    pub who: String,
    /// Who they are to the child, or their role and team.
    pub role: String,
    /// What they may see ("Everything", "The advice about hearing").
    pub sees: String,
    /// Until when, if it ends.
    pub until: Option<Date>,
}

/// `/child/{reference}/people`
#[derive(Clone, Debug, Template)]
#[template(path = "people.html")]
pub struct People {
    /// What stands around the page.
    pub frame: Frame,
    /// The child's name.
    pub name: String,
    /// Who may read.
    pub people: Vec<Person>,
    /// Who has, newest first.
    pub looks: Vec<Look>,
    /// How many readings there are in all.
    pub total: u32,
    /// Where earlier readings are.
    pub earlier: Option<String>,
}

/// `/child/{reference}/words`
#[derive(Clone, Debug, Template)]
#[template(path = "own_words.html")]
pub struct OwnWords {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Where the child's pages start.
    pub base: String,
    /// `words`, `told-how`, `told-to`.
    pub filled: Filled,
    /// Somebody else saved meanwhile.
    pub conflict: Option<Conflict>,
    /// What was said before, newest first.
    pub before: Vec<Said>,
}

/// `/child/{reference}/disagree`
#[derive(Clone, Debug, Template)]
#[template(path = "disagree.html")]
pub struct Disagree {
    /// What stands around the page.
    pub frame: Frame,
    /// The form's marks.
    pub hidden: Hidden,
    /// Where the child's pages start.
    pub base: String,
    /// Whether there was ever a decision to take further.
    pub any: bool,
    /// The only decision that it can be about, in words; none where there are several or none.
    pub only: Option<String>,
    /// The decisions that it can be about, where there are several: value and words.
    pub which: Vec<(String, String)>,
    /// The steps: value and words.
    pub steps: Vec<(String, String)>,
    /// `step`, the day as `on-day` and so on, `about`, `words`.
    pub filled: Filled,
}

/// One thing that was told once.
#[derive(Clone, Debug)]
pub struct Told {
    /// What it is about ("What is hard").
    pub about: String,
    /// The words, with who told and when.
    pub said: Said,
    /// Where it is used, in words ("Seen by the school and the speech therapist").
    pub used: String,
}

/// `/child/{reference}/told`
#[derive(Clone, Debug, Template)]
#[template(path = "told.html")]
pub struct ToldOnce {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the child's pages start.
    pub base: String,
    /// The child's name.
    pub name: String,
    /// What was told.
    pub list: Vec<Told>,
    /// The form's marks.
    pub hidden: Hidden,
    /// `about`, `words`.
    pub filled: Filled,
}

/// A section of a plan to read.
#[derive(Clone, Debug)]
pub struct SectionText {
    /// Which.
    pub section: Section,
    /// Whether it says something else than the plan in force.
    pub changed: bool,
    /// Its lines or paragraphs; empty when there is nothing in it.
    pub lines: Vec<String>,
    /// The advice behind it.
    pub behind: Vec<Said>,
}

impl SectionText {
    /// Provision is numbered, so that families and schools can name a line.
    fn numbered(&self) -> bool {
        matches!(self.section, Section::B | Section::E | Section::F)
    }

    /// Each line with its number: the one that its writer gave it ("F2. Speech therapy"), else its
    /// place.
    fn numbered_lines(&self) -> Vec<(String, &str)> {
        let letter = self.section.letter();
        let numbered = |(at, line)| match own_number(letter, line) {
            Some((number, text)) => (number, text),
            None => (format!("{letter}{}", at + 1), line),
        };
        self.lines.iter().map(String::as_str).enumerate().map(numbered).collect()
    }
}

/// A line's own number and what follows it.
fn own_number<'a>(letter: &str, line: &'a str) -> Option<(String, &'a str)> {
    let after = line.strip_prefix(letter)?;
    let (number, text) = after.split_at(after.bytes().take_while(u8::is_ascii_digit).count());
    let text = text.strip_prefix(['.', ':', ')', ' '])?;
    (!number.is_empty()).then(|| (format!("{letter}{number}"), text.trim_start()))
}

/// `/child/{reference}/plan`, while it is a draft or after it is final.
#[derive(Clone, Debug, Template)]
#[template(path = "plan.html")]
pub struct Plan {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the child's pages start.
    pub base: String,
    /// The child's name.
    pub name: String,
    /// The child's own words.
    pub words: Option<Words>,
    /// Draft or final, with what follows from it.
    pub stage: Stage,
    /// The sections.
    pub sections: Vec<SectionText>,
}

impl Plan {
    /// Whether it is the plan in force with changes that are proposed.
    fn proposed(&self) -> bool {
        matches!(self.stage, Stage::Draft { changes: true, .. })
    }

    /// What the family comments on.
    fn about(&self) -> &'static str {
        if self.proposed() { "changes" } else { "draft" }
    }
}

/// Where a plan stands.
#[expect(clippy::large_enum_variant, reason = "one a page, made and drawn at once")]
#[derive(Clone, Debug)]
pub enum Stage {
    /// The family reads it and says what should change.
    Draft {
        /// Whether it is the plan in force with changes that are proposed.
        changes: bool,
        /// The clock of the family's fifteen days.
        clock: Clock,
        /// The form's marks.
        hidden: Hidden,
        /// `comments`, `school`, `meeting`, and what is wrong.
        filled: Box<Filled>,
        /// What they have already sent.
        sent: Vec<Said>,
    },
    /// It is in force.
    Final {
        /// The day it was sent, or came from another council.
        sent: Date,
        /// Whether it came from another council.
        came: bool,
        /// In time or late.
        pill: Pill,
        /// The last day to appeal, as counted from that day; none where it has run, or cannot be told.
        appeal_by: Option<Date>,
        /// The mediation adviser's name and number.
        mediation: String,
        /// When it must be reviewed by, where that can be told.
        review_by: Option<Date>,
        /// The letter that came with it.
        letter: Option<Link>,
    },
}
