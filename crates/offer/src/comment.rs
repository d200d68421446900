//! Comments on the Local Offer, which the area must seek and publish with its answer at least once a
//! year, so that nobody can be recognised (SEND Regulations 2014, regulation 56). Here is what can
//! happen to one, and what a person has to look at before it is published.

mod gate;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use gate::{Mark, marks};

/// What a comment is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// A service and how good it is.
    #[default]
    Service,
    /// Help that is not there.
    Missing,
    /// How the Local Offer can be read and found.
    Pages,
    /// How the Local Offer was made and who had a part in it.
    Making,
}

impl About {
    /// Everything that a comment can be about.
    pub const ALL: [Self; 4] = [Self::Service, Self::Missing, Self::Pages, Self::Making];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Missing => "missing",
            Self::Pages => "pages",
            Self::Making => "making",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Why a comment is not published: the two reasons that regulation 56(4) knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// It means to hurt or to annoy and says nothing of the offer.
    Vexatious,
    /// It is about the help that one person has.
    OnePerson,
}

impl Reason {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Vexatious, Self::OnePerson];

    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Vexatious => "vexatious",
            Self::OnePerson => "one-person",
        }
    }

    /// What a word stands for.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Something that happened to a comment, in the order in which it can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Event {
    /// Somebody made it.
    CommentMade {
        /// What it is about.
        about: About,
        /// The service, or ''.
        service: String,
        /// The words as they were typed.
        words: String,
    },
    /// It is published, with the answer.
    CommentPublished {
        /// The words as anybody may read them.
        words: String,
        /// The answer of the area.
        response: String,
        /// What is going to be done, where anything is.
        action: Option<Action>,
    },
    /// It is kept from the page.
    CommentWithheld {
        /// Why.
        reason: Reason,
    },
    /// What was promised is done.
    ActionDone {
        /// What was done.
        what: String,
    },
}

impl Event {
    /// The kind under which it is kept.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::CommentMade { .. } => "comment-made",
            Self::CommentPublished { .. } => "comment-published",
            Self::CommentWithheld { .. } => "comment-withheld",
            Self::ActionDone { .. } => "action-done",
        }
    }
}

/// What an area says that it will do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// What.
    pub what: String,
    /// Which team or body does it: never a person's name.
    pub owner: String,
    /// By when.
    pub by: Date,
}

/// Where a comment stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// It waits for an answer.
    #[default]
    Waiting,
    /// It is on the page.
    Published,
    /// It is not.
    Withheld,
}

impl Standing {
    /// Its word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Published => "published",
            Self::Withheld => "withheld",
        }
    }
}

/// A comment as its events make it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    /// What it is about.
    pub about: About,
    /// The service, or ''.
    pub service: String,
    /// The words as they were typed.
    pub typed: String,
    /// The day on which it was made.
    pub made_on: Date,
    /// Why it is not published, if it is not.
    pub withheld: Option<Reason>,
    /// The answer, once it is published.
    pub answer: Option<Answer>,
}

/// What stands on the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The day on which it was published.
    pub on: Date,
    /// The words as anybody may read them.
    pub words: String,
    /// The answer of the area.
    pub response: String,
    /// What is going to be done.
    pub action: Option<Action>,
    /// What was done in the end, and when.
    pub done: Option<(Date, String)>,
}

/// What somebody wants to do with a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Publish it with an answer.
    Publish {
        /// The words as anybody may read them.
        words: String,
        /// The answer.
        response: String,
        /// What is going to be done.
        action: Option<Action>,
        /// Whether the officer has seen to it that nobody can be recognised.
        nobody_recognised: bool,
    },
    /// Keep it from the page.
    Withhold(Reason),
    /// Say that what was promised is done.
    Finish(String),
}

/// Why a comment cannot be taken or answered: a field and what is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    /// The field.
    pub field: &'static str,
    /// What is wrong.
    pub fault: &'static str,
}

/// The longest text of one field, in characters.
pub const LETTERS_MOST: usize = 3_000;

/// The last day on which a comment is answered in time: the law says at least once a year.
#[must_use]
pub fn answer_by(made_on: Date) -> Date {
    made_on.saturating_add(jiff::Span::new().years(1))
}

/// Makes a comment.
///
/// # Errors
/// Where nothing is said, or too much.
pub fn make(about: About, service: &str, words: &str) -> Result<Event, Refused> {
    let words = text("words", words)?;
    let service = if about == About::Service { service.to_owned() } else { String::new() };
    Ok(Event::CommentMade { about, service, words })
}

/// A field's text.
fn text(field: &'static str, text: &str) -> Result<String, Refused> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refused { field, fault: "needed" });
    }
    if text.chars().count() > LETTERS_MOST {
        return Err(Refused { field, fault: "too-long" });
    }
    Ok(text.to_owned())
}

impl Comment {
    /// The comment of its events; nothing where they do not begin with its making.
    #[must_use]
    pub fn of<'a>(events: impl IntoIterator<Item = (Date, &'a Event)>) -> Option<Self> {
        let mut events = events.into_iter();
        let (made_on, Event::CommentMade { about, service, words }) = events.next()? else {
            return None;
        };
        let mut comment = Self {
            about: *about,
            service: service.clone(),
            typed: words.clone(),
            made_on,
            withheld: None,
            answer: None,
        };
        for (on, event) in events {
            comment.take(on, event);
        }
        Some(comment)
    }

    fn take(&mut self, on: Date, event: &Event) {
        match event {
            Event::CommentMade { .. } => {}
            Event::CommentPublished { words, response, action } => {
                self.withheld = None;
                self.answer = Some(Answer {
                    on,
                    words: words.clone(),
                    response: response.clone(),
                    action: action.clone(),
                    done: None,
                });
            }
            Event::CommentWithheld { reason } => self.withheld = Some(*reason),
            Event::ActionDone { what } => {
                if let Some(answer) = &mut self.answer {
                    answer.done = Some((on, what.clone()));
                }
            }
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match (&self.answer, self.withheld) {
            (_, Some(_)) => Standing::Withheld,
            (Some(_), None) => Standing::Published,
            (None, None) => Standing::Waiting,
        }
    }

    /// What follows from a command on `today`, or why nothing does.
    ///
    /// # Errors
    /// Where a field is wrong, or the comment is not where it could be done.
    pub fn decide(&self, command: &Command, today: Date) -> Result<Event, Refused> {
        match command {
            Command::Publish { words, response, action, nobody_recognised } => {
                if self.standing() == Standing::Published {
                    return Err(Refused { field: "response", fault: "comment-answered" });
                }
                let words = text("words", words)?;
                let response = text("response", response)?;
                let action = action.as_ref().map(|action| sound(action, today)).transpose()?;
                if !nobody_recognised {
                    return Err(Refused { field: "nobody", fault: "comment-recognised" });
                }
                Ok(Event::CommentPublished { words, response, action })
            }
            Command::Withhold(reason) if self.standing() == Standing::Waiting => {
                Ok(Event::CommentWithheld { reason: *reason })
            }
            Command::Withhold(_) => Err(Refused { field: "reason", fault: "comment-answered" }),
            Command::Finish(what) => {
                let open = self
                    .answer
                    .as_ref()
                    .is_some_and(|answer| answer.action.is_some() && answer.done.is_none());
                if !open || self.withheld.is_some() {
                    return Err(Refused { field: "done", fault: "comment-no-action" });
                }
                Ok(Event::ActionDone { what: text("done", what)? })
            }
        }
    }
}

/// An action with everything that makes it one.
fn sound(action: &Action, today: Date) -> Result<Action, Refused> {
    if action.by < today {
        return Err(Refused { field: "by", fault: "comment-by-past" });
    }
    Ok(Action {
        what: text("action", &action.what)?,
        owner: text("owner", &action.owner)?,
        by: action.by,
    })
}
