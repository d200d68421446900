//! The parts that pages are put together from. Each is a struct with a template of its own and is
//! written into a page as it is.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::civil::Date;

use super::clock::Drawn;
use super::{Link, filters};

/// Whose turn it is; exactly one on a clock card.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/turn.html")]
pub enum Turn {
    /// The reader's.
    Yours,
    /// Somebody else's ("Aldermere", "School", "Mere NHS").
    Theirs(String),
}
impl HtmlSafe for Turn {}

/// The state that a mark and a word say together.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum State {
    /// Done, in time, in.
    Done,
    /// Due soon.
    Soon,
    /// Some of it.
    Part,
    /// Late.
    Late,
    /// Missed.
    Missed,
    /// The two sides say different things.
    NotAgreed,
    /// Not started.
    NotStarted,
    /// Not known.
    NotKnown,
}

/// A state with its word.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/pill.html")]
pub struct Pill {
    /// The state, drawn.
    pub state: State,
    /// The state, said.
    pub words: String,
}
impl HtmlSafe for Pill {}

impl Pill {
    /// A state with its word.
    #[must_use]
    pub fn of(state: State, words: &str) -> Self {
        Self { state, words: words.to_owned() }
    }

    fn look(&self) -> &'static str {
        match self.state {
            State::Done => "done",
            State::Soon | State::Part | State::NotAgreed => "soon",
            State::Late | State::Missed => "late",
            State::NotStarted | State::NotKnown => "none",
        }
    }
}

/// How far a point of the path has come.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Reached {
    /// Behind us.
    Done,
    /// Behind us, and it was late.
    DoneLate,
    /// Here.
    Now,
    /// Here, and late.
    NowLate,
    /// Ahead.
    Ahead,
}

impl Reached {
    fn class(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::DoneLate => "done waslate",
            Self::Now => "now",
            Self::NowLate => "now late",
            Self::Ahead => "next",
        }
    }

    fn is_here(self) -> bool {
        matches!(self, Self::Now | Self::NowLate)
    }
}

/// One point of the path.
#[derive(Clone, Debug)]
pub struct Waymark {
    /// Its name ("You asked").
    pub name: String,
    /// Its date or state ("12 October, in time").
    pub is: String,
    /// How far it is.
    pub reached: Reached,
}

/// The path from the request to the plan: at most six points.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/path.html")]
pub struct Path {
    /// The points in order.
    pub points: Vec<Waymark>,
}
impl HtmlSafe for Path {}

/// One line of the sum behind a date.
#[derive(Clone, Debug)]
pub struct SumRow {
    /// The day or the period.
    pub head: String,
    /// What it is and what counts.
    pub text: String,
}

/// "Why this date?": the drawing, the sum and the law. The last row is the answer.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/why.html")]
pub struct Why {
    /// Whether it stands open.
    pub open: bool,
    /// The drawing, where there is something to draw.
    pub drawn: Option<Drawn>,
    /// The sum.
    pub rows: Vec<SumRow>,
    /// An earlier date, where the law can be read in a second way.
    pub careful: Option<Date>,
    /// Where it is written.
    pub cite: String,
    /// The page of the duty in plain words.
    pub duty: Option<String>,
    /// What the date is of, for those who hear the link without the card.
    pub about: String,
}
impl HtmlSafe for Why {}

/// What a clock says.
#[derive(Clone, Debug)]
pub enum Standing {
    /// More than a week is left.
    OnTrack {
        /// The last day.
        by: Date,
        /// Days left.
        left: i32,
    },
    /// A week or less is left; nought is today.
    Soon {
        /// The last day.
        by: Date,
        /// Days left.
        left: i32,
    },
    /// The last day has passed.
    Late {
        /// The last day.
        by: Date,
        /// Days past it.
        days: i32,
    },
    /// Done in time.
    Done {
        /// The day it was done.
        on: Date,
        /// Whether that is only the day by which it was done.
        by: bool,
        /// Days before the last one.
        before: i32,
    },
    /// Done after the last day.
    DoneLate {
        /// The day it was done.
        on: Date,
        /// Whether that is only the day by which it was done, and the days late are the least.
        by: bool,
        /// Days past the last one.
        days: i32,
    },
    /// The date hangs on something that nobody has told us.
    Unclear {
        /// What is missing ("when the meeting was held").
        missing: String,
        /// Who can say it, and where.
        tell: Option<Link>,
    },
    /// It stopped by a decision.
    Stopped {
        /// The decision.
        by: String,
        /// Its day.
        on: Date,
    },
    /// The law gives no number of days.
    AtOnce {
        /// Days since it began.
        open: i32,
    },
}

/// A duty with its clock.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/clock.html")]
pub struct Clock {
    /// The duty.
    pub heading: String,
    /// Whose turn it is; none when it is over.
    pub turn: Option<Turn>,
    /// What the clock says.
    pub standing: Standing,
    /// What stands beside the date ("Five of the six pieces of advice are in.").
    pub more: Option<String>,
    /// The reason that was given for being late.
    pub reason: Option<Reason>,
    /// The sum behind the date.
    pub why: Option<Why>,
}
impl HtmlSafe for Clock {}

impl Clock {
    fn look(&self) -> &'static str {
        match self.standing {
            Standing::OnTrack { .. } | Standing::AtOnce { .. } => "on",
            Standing::Soon { .. } => "soon",
            Standing::Late { .. } => "late",
            Standing::Done { .. } | Standing::DoneLate { .. } => "done",
            Standing::Unclear { .. } | Standing::Stopped { .. } => "none",
        }
    }
}

/// A reason for being late, and what the law makes of it.
#[derive(Clone, Debug)]
pub struct Reason {
    /// The reason as given, without a full stop.
    pub words: String,
    /// Whether it is one of the reasons in the law.
    pub in_law: bool,
    /// Who said when it will come.
    pub by_whom: String,
    /// When it is now expected.
    pub expected: Option<Date>,
}

/// One row of a list of things to do.
#[derive(Clone, Debug)]
pub struct Action {
    /// What to do, verb first, and where.
    pub link: Link,
    /// What you get.
    pub line: String,
}

/// A list of things to do.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/actions.html")]
pub struct Actions {
    /// The rows, most useful first, a person to talk to last.
    pub list: Vec<Action>,
}
impl HtmlSafe for Actions {}

/// A child's or a person's own words, at the head of a page.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/words.html")]
pub struct Words {
    /// The words as given.
    pub words: String,
    /// Who said it, to whom and when.
    pub told: String,
    /// Where they can be added to or changed.
    pub change: Option<String>,
    /// The picture that the child chose.
    pub picture: Option<Picture>,
}
impl HtmlSafe for Words {}

/// The pictures a child can choose from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the names are the pictures")]
pub enum Picture {
    Train,
    Leaf,
    Star,
    Wave,
}

/// Somebody's words with their source, further down a page.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/said.html")]
pub struct Said {
    /// The words as given.
    pub words: String,
    /// Who, in what, when.
    pub source: String,
    /// Where the whole of it stands.
    pub href: Option<String>,
}
impl HtmlSafe for Said {}

impl Said {
    /// Words with their source.
    #[must_use]
    pub fn of(words: &str, source: &str) -> Self {
        Self { words: words.to_owned(), source: source.to_owned(), href: None }
    }
}

/// "Saved today at 10.42am", and what follows from it.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/saved.html")]
pub struct Saved {
    /// The time ("today at 10.42am").
    pub at: String,
    /// For how many days the answers are kept.
    pub keep_days: u32,
}
impl HtmlSafe for Saved {}

/// "9 days", "Today", "7 days late": the column of a staff list.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/days.html")]
pub enum Days {
    /// So many days left; nought is today.
    Left(i32),
    /// So many days late.
    Late(i32),
    /// Passed so many days ago, of a day that is not the law's.
    Passed(i32),
    /// Open for so many days, of a duty without a number.
    Open(i32),
    /// Other words ("With the draft").
    Words(String),
}
impl HtmlSafe for Days {}

/// Which lines of a long list a page shows, and where the others are.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/pages.html")]
pub struct Pages {
    /// What is counted ("lines", "children").
    pub what: String,
    /// The first shown.
    pub from: u32,
    /// The last shown.
    pub to: u32,
    /// How many there are.
    pub of: u32,
    /// Where the earlier ones are.
    pub before: Option<String>,
    /// Where the later ones are.
    pub after: Option<String>,
}
impl HtmlSafe for Pages {}

/// Something that happened, newest first.
#[derive(Clone, Debug)]
pub struct Happened {
    /// The day it happened.
    pub on: Date,
    /// What happened.
    pub what: String,
    /// Who, how it is known, why.
    pub more: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// When the authority came to know it, where that was later.
    pub known_on: Option<Date>,
    /// Something to open.
    pub link: Option<Link>,
    /// What stood here before it was corrected, newest first.
    pub before: Vec<Version>,
    /// Why it was taken back, if it was: it stays to be read, and counts no more.
    pub taken_back: Option<String>,
}

/// What stood in an entry before it was corrected.
#[derive(Clone, Debug)]
pub struct Version {
    /// What it said.
    pub said: String,
    /// When it was corrected, and why.
    pub corrected: String,
}

/// The marks of things that happened.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// A fact.
    Fact,
    /// A decision.
    Decision,
    /// Something that came or was done late.
    Late,
}

/// What happened, in order.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/happened.html")]
pub struct Timeline {
    /// The events, newest first.
    pub list: Vec<Happened>,
}
impl HtmlSafe for Timeline {}

/// Two people changed the same words.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/conflict.html")]
pub struct Conflict {
    /// By which role the record was changed ("a case officer").
    pub who: String,
    /// When ("at 8.09am").
    pub at: String,
    /// What stands there now.
    pub theirs: String,
    /// What you had written.
    pub yours: String,
}
impl HtmlSafe for Conflict {}
