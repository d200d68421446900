//! What a case officer works with: the list of today, one child's case on a page, and each act with
//! the law beside it.

use askama::Template;
use jiff::civil::Date;

use super::family::Section;
use super::form::{Filled, Hidden};
use super::parts::{Conflict, Days, Path, Said, State, Timeline, Why, Words};
use super::{Frame, Kind, Link, filters};

/// Whose turn a line waits for.
#[derive(Clone, Debug)]
pub enum Whose {
    /// The reader's.
    You,
    /// Somebody else's, named.
    Other(String),
}

/// One line of a work list: who, what, by when, how many days, whose turn, why now.
#[derive(Clone, Debug)]
pub struct Line {
    /// The id that a tick sends.
    pub id: String,
    /// The child's full name.
    pub child: String,
    /// Age, year and reference ("8, Y4 · AL-22981").
    pub about: String,
    /// The child's case.
    pub case: String,
    /// What is due, and where it is done.
    pub act: Link,
    /// Its citation, or "our own standard".
    pub cite: String,
    /// The last day; none where the law gives no number.
    pub by: Option<Date>,
    /// The last working day, where that is another.
    pub safe: Option<Date>,
    /// How many days.
    pub days: Days,
    /// Whose turn.
    pub whose: Whose,
    /// Why now, in at most two short sentences.
    pub why: String,
}

/// The groups of a work list, in their order.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum GroupKind {
    /// Late, or last day.
    Late,
    /// Breaks within seven days.
    ThisWeek,
    /// Another's act with our date behind it.
    Waiting,
    /// Next week.
    NextWeek,
}

impl GroupKind {
    fn class(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::ThisWeek => "soon",
            Self::Waiting => "wait",
            Self::NextWeek => "next",
        }
    }
}

/// A group of lines.
#[derive(Clone, Debug)]
pub struct Group {
    /// Which.
    pub kind: GroupKind,
    /// How many lines it has in all.
    pub total: u32,
    /// Those shown.
    pub lines: Vec<Line>,
}

/// One way to look at a list.
#[derive(Clone, Debug)]
pub struct View {
    /// Its link.
    pub link: Link,
    /// How many lines it has.
    pub count: u32,
    /// Whether it is the one shown.
    pub current: bool,
}

/// `/today`
#[derive(Clone, Debug, Template)]
#[template(path = "staff/today.html")]
pub struct Today {
    /// What stands around the page.
    pub frame: Frame,
    /// Today.
    pub today: Date,
    /// How many children are with the reader.
    pub children: u32,
    /// How many lines need somebody.
    pub due: u32,
    /// How many children have nothing due, and until when.
    pub quiet: Option<(u32, Date)>,
    /// The views.
    pub views: Vec<View>,
    /// `stage`, `within`, `setting`, `order`, as chosen.
    pub filters: Filled,
    /// The settings that can be chosen: value and name.
    pub settings: Vec<(String, String)>,
    /// Whether a filter hides lines.
    pub filtered: bool,
    /// The groups that have lines.
    pub groups: Vec<Group>,
    /// Which lines are shown.
    pub pages: super::parts::Pages,
}

impl Today {
    fn settings(&self) -> Vec<(&str, &str)> {
        std::iter::once(("", "Any"))
            .chain(self.settings.iter().map(|(value, name)| (value.as_str(), name.as_str())))
            .collect()
    }
}

/// One child in a list.
#[derive(Clone, Debug)]
pub struct ChildRow {
    /// Name and case.
    pub child: Link,
    /// Age, year and reference.
    pub about: String,
    /// School or setting.
    pub setting: Option<String>,
    /// Where the case is.
    pub stage: String,
    /// What is next.
    pub next: String,
    /// By when.
    pub by: Option<Date>,
    /// How many days.
    pub days: Days,
    /// The officer, in a manager's list; none when there is nobody.
    pub officer: Option<String>,
}

/// `/children`
#[derive(Clone, Debug, Template)]
#[template(path = "staff/children.html")]
pub struct Children {
    /// What stands around the page.
    pub frame: Frame,
    /// What was looked for.
    pub find: Option<String>,
    /// The children.
    pub list: Vec<ChildRow>,
    /// Which are shown.
    pub pages: super::parts::Pages,
}

/// One duty of the case.
#[derive(Clone, Debug)]
pub struct Obligation {
    /// The duty.
    pub title: String,
    /// Its citation.
    pub cite: String,
    /// The last day.
    pub by: Option<Date>,
    /// How many days, or words.
    pub days: Days,
    /// Whose turn.
    pub whose: Whose,
    /// The sum.
    pub why: Option<Why>,
}

/// A document or piece of advice in the side column.
#[derive(Clone, Debug)]
pub struct Paper {
    /// What it is, and where it opens.
    pub link: Link,
    /// Its state.
    pub pill: super::parts::Pill,
    /// When it came and what it holds.
    pub line: String,
}

/// The act that comes next.
#[derive(Clone, Debug)]
pub struct NextAct {
    /// What to do and by when ("Send the draft by Friday 27 November").
    pub title: String,
    /// The reason for the date.
    pub why: String,
    /// Where it is done.
    pub link: Link,
}

/// `/case/{reference}`
#[derive(Clone, Debug, Template)]
#[template(path = "staff/case.html")]
pub struct Case {
    /// What stands around the page.
    pub frame: Frame,
    /// Where the case's pages start.
    pub base: String,
    /// The child's full name.
    pub name: String,
    /// Age and date of birth ("7, born 2 Mar 2019").
    pub age: String,
    /// Year, school, reference.
    pub about: Vec<String>,
    /// The parents, with parental responsibility said.
    pub parents: String,
    /// Seals, named by effect.
    pub seals: Vec<String>,
    /// Things to keep in mind.
    pub mind: Vec<String>,
    /// Own words; none when nobody has asked yet.
    pub words: Option<Words>,
    /// The path.
    pub path: Path,
    /// The next act.
    pub next: Option<NextAct>,
    /// What can be done now, beside the next act.
    pub tools: Vec<Link>,
    /// The duties that are open.
    pub obligations: Vec<Obligation>,
    /// How many are met, and how many of them late.
    pub met: (u32, u32),
    /// What happened.
    pub happened: Timeline,
    /// The people: name and role, then a line.
    pub people: Vec<(String, String)>,
    /// Advice and documents.
    pub papers: Vec<Paper>,
    /// What the family can do if it is late.
    pub if_late: String,
    /// A word on what was just saved.
    pub saved: Option<String>,
}

/// The head of every page about one act in a case.
#[derive(Clone, Debug, Template)]
#[template(path = "staff/about.html")]
pub struct About {
    /// The child's full name.
    pub name: String,
    /// Age, setting and reference.
    pub about: String,
    /// Where the case's pages start.
    pub base: String,
    /// Own words.
    pub words: Option<Words>,
}
impl askama::filters::HtmlSafe for About {}

/// A passage of the reasons that the check marks.
#[derive(Clone, Debug)]
pub struct Passage {
    /// The words.
    pub words: String,
    /// Its number in the list of findings; none for words that nothing is said about.
    pub finding: Option<u32>,
}

/// What the check says of a passage.
#[derive(Clone, Debug)]
pub struct Finding {
    /// In a few words ("This is not in the test").
    pub title: String,
    /// Why, with the citation.
    pub why: String,
    /// What the record holds instead.
    pub instead: String,
}

/// A part that a notice must hold.
#[derive(Clone, Debug)]
pub struct NoticePart {
    /// The part ("Mediation adviser’s contact").
    pub name: String,
    /// Whether it is there.
    pub there: bool,
    /// Where it can be mended.
    pub mend: Option<Link>,
}

/// A block of a letter as the family will read it.
#[derive(Clone, Debug)]
pub enum Block {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Words(String),
    /// A missing part, in its place.
    Missing {
        /// What is missing.
        what: String,
        /// Where to mend it.
        mend: Option<Link>,
    },
}

/// A notice as it would go out, with what it lacks.
#[derive(Clone, Debug, Template)]
#[template(path = "staff/notice.html")]
pub struct Notice {
    /// The parts the law asks for.
    pub parts: Vec<NoticePart>,
    /// The letter.
    pub letter: Vec<Block>,
}
impl askama::filters::HtmlSafe for Notice {}

impl Notice {
    /// How many parts are missing. While there is one, the notice cannot be sent.
    #[must_use]
    pub fn missing(&self) -> usize {
        self.parts.iter().filter(|part| !part.there).count()
    }
}

/// `/case/{reference}/decide`
#[derive(Clone, Debug, Template)]
#[template(path = "staff/decide.html")]
pub struct Decide {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub about: About,
    /// The form's marks.
    pub hidden: Hidden,
    /// The child's first name, `has-sen`, `plan-needed`, `reasons`, `keep`, and what is wrong.
    pub filled: Filled,
    /// Who asked, and on which day it arrived.
    pub asked: (String, Date),
    /// The last day.
    pub by: Date,
    /// How many days.
    pub days: Days,
    /// The reasons with marks, once they have been checked.
    pub checked: Vec<Passage>,
    /// What the check says.
    pub findings: Vec<Finding>,
    /// The evidence: link, line, and whether the reasons mention it.
    pub evidence: Vec<(Link, String, bool)>,
    /// The notice.
    pub notice: Notice,
    /// Somebody else saved meanwhile.
    pub conflict: Option<Conflict>,
}

impl Decide {
    /// The two answers: none while one is open, else whether they amount to an assessment.
    fn amounts_to(&self) -> Option<bool> {
        match (self.filled.value("has-sen"), self.filled.value("plan-needed")) {
            ("yes", "yes") => Some(true),
            ("", _) | (_, "") => None,
            _ => Some(false),
        }
    }
}

/// A body that must be asked for advice.
#[derive(Clone, Debug)]
pub struct Body {
    /// Its value in the form; the field `to-{value}` holds who is asked.
    pub value: String,
    /// Its name ("Educational psychologist").
    pub name: String,
    /// The regulation.
    pub cite: String,
    /// Whether it has been asked already, and when.
    pub asked: Option<Date>,
}

/// `/case/{reference}/advice`: ask everybody at once.
#[derive(Clone, Debug, Template)]
#[template(path = "staff/ask.html")]
pub struct AskAdvice {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub about: About,
    /// The form's marks.
    pub hidden: Hidden,
    /// `body` ticked, `to-{value}`, `question`, and what is wrong.
    pub filled: Filled,
    /// Who must be asked.
    pub bodies: Vec<Body>,
    /// The last day for their answers, if asked today.
    pub due: Date,
}

/// A section in the editor with the advice beside it.
#[derive(Clone, Debug)]
pub struct SectionEdit {
    /// Which; the field is `section-{id}`.
    pub section: Section,
    /// The advice that speaks to it.
    pub advice: Vec<Said>,
}

/// `/case/{reference}/draft`
#[derive(Clone, Debug, Template)]
#[template(path = "staff/draft.html")]
pub struct Draft {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub about: About,
    /// The form's marks.
    pub hidden: Hidden,
    /// The sections, and what is wrong.
    pub filled: Filled,
    /// The sections.
    pub sections: Vec<SectionEdit>,
    /// Somebody else saved meanwhile.
    pub conflict: Option<Conflict>,
    /// When it was last saved.
    pub saved: Option<String>,
    /// The last day that keeps the family's fifteen days before the plan is due.
    pub send_by: Option<Date>,
}

/// What is about to be sent.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sending {
    /// The decision whether to assess.
    Decision,
    /// The decision that there will be no plan.
    NoPlan,
    /// The draft plan.
    Draft,
    /// The final plan.
    Final,
}

/// Somebody who gets it.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// Who.
    pub who: String,
    /// How ("by e-mail and post").
    pub how: String,
}

/// `/case/{reference}/send`: see before sending.
#[derive(Clone, Debug, Template)]
#[template(path = "staff/send.html")]
pub struct Send {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub about: About,
    /// The form's marks.
    pub hidden: Hidden,
    /// What is wrong, if it was refused.
    pub filled: Filled,
    /// What is sent.
    pub sending: Sending,
    /// Where the form goes.
    pub action: String,
    /// Who gets it.
    pub to: Vec<Recipient>,
    /// The notice, with what it lacks.
    pub notice: Notice,
    /// Where it can be changed.
    pub change: String,
    /// What follows: dates in words.
    pub follows: Vec<String>,
}

/// An act in a case that is one form: what it asks is in its template.
#[derive(Clone, Debug, Template)]
#[template(path = "staff/act.html")]
pub struct ActPage {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub about: About,
    /// The form's marks.
    pub hidden: Hidden,
    /// The fields, and what is wrong.
    pub filled: Filled,
    /// Which act.
    pub act: Act,
}

/// The acts that are one form.
#[derive(Clone, Debug)]
pub enum Act {
    /// `/case/{reference}/exception`: `ground`, `duty`, `since-*`, `reason`.
    Exception {
        /// The duties it can be claimed for: value and title.
        duties: Vec<(String, String)>,
    },
    /// `/case/{reference}/record`: `kind`, `on-*`, `known-*`, `from`, `words`.
    Record {
        /// What can have come in: value and words.
        kinds: Vec<(String, String)>,
    },
    /// `/case/{reference}/call`: `who`, `on-*`, `said`, `owed`.
    Call,
    /// `/case/{reference}/give`: `officer`, `note`.
    Give {
        /// The officers: value and name with load.
        officers: Vec<(String, String)>,
    },
}

impl Act {
    fn slug(&self) -> &'static str {
        match self {
            Self::Exception { .. } => "exception",
            Self::Record { .. } => "record",
            Self::Call => "call",
            Self::Give { .. } => "give",
        }
    }
}

impl ActPage {
    fn pairs<'a>(&self, list: &'a [(String, String)]) -> Vec<(&'a str, &'a str)> {
        list.iter().map(|(value, name)| (value.as_str(), name.as_str())).collect()
    }
}

/// `/case/{reference}/people`
#[derive(Clone, Debug, Template)]
#[template(path = "staff/people.html")]
pub struct People {
    /// What stands around the page.
    pub frame: Frame,
    /// The child.
    pub about: About,
    /// Who may read, and what.
    pub people: Vec<super::family::Person>,
    /// The officer; none when there is nobody.
    pub officer: Option<String>,
}
