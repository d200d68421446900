//! The fields of a form with what was typed and what is wrong with it, so that nothing a person
//! wrote is lost. Every form that changes something carries its three hidden marks.

use askama::Template;
use askama::filters::HtmlSafe;

/// The hidden marks of a form that changes something.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/hidden.html")]
pub struct Hidden {
    /// Proves that the form came from a page of ours.
    pub csrf: String,
    /// Names the act, so that a second tap is answered like the first.
    pub command: String,
    /// What of the record the person had seen, where they edit something.
    pub seen: Option<String>,
}
impl HtmlSafe for Hidden {}

/// One thing that is wrong, at the field where it can be mended.
#[derive(Clone, Debug)]
pub struct Problem {
    /// The id of the field.
    pub field: String,
    /// What is wrong and what to do.
    pub text: String,
}

/// The list of problems at the head of a page; nothing when there are none.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/problems.html")]
pub struct Problems {
    /// The problems, in the order of the page.
    pub list: Vec<Problem>,
}
impl HtmlSafe for Problems {}

/// How a text field is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Look {
    /// One line.
    Line,
    /// One line for few letters.
    Short,
    /// Many lines: so many at first.
    Lines(u8),
}

/// A field for words.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/text.html")]
pub struct Text {
    /// Its id and its name in the form.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// What is in it.
    pub value: String,
    /// What is wrong with that.
    pub problem: Option<String>,
    /// How it is drawn.
    pub look: Look,
    /// Its kind for the browser's keyboard: text, email, tel.
    pub kind: &'static str,
    /// What the browser may fill in by itself ("name", "email").
    pub autocomplete: Option<&'static str>,
    /// Whether the label is the page's heading.
    pub heading: bool,
}
impl HtmlSafe for Text {}

impl Text {
    /// An empty one-line field.
    #[must_use]
    pub fn line(id: &str, label: &str) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            hint: None,
            value: String::new(),
            problem: None,
            look: Look::Line,
            kind: "text",
            autocomplete: None,
            heading: false,
        }
    }

    /// An empty field of many lines.
    #[must_use]
    pub fn lines(id: &str, label: &str, rows: u8) -> Self {
        Self { look: Look::Lines(rows), ..Self::line(id, label) }
    }

    /// The same field with these words in it.
    #[must_use]
    pub fn holding(mut self, value: &str) -> Self {
        value.clone_into(&mut self.value);
        self
    }

    /// The same field with this hint.
    #[must_use]
    pub fn hinted(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }

    /// The same field with this problem.
    #[must_use]
    pub fn wrong(mut self, problem: &str) -> Self {
        self.problem = Some(problem.to_owned());
        self
    }

    /// The same field, its label the page's heading.
    #[must_use]
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    /// The same field for this keyboard and with this leave to fill it in.
    #[must_use]
    pub fn typed(mut self, kind: &'static str, autocomplete: &'static str) -> Self {
        self.kind = kind;
        self.autocomplete = Some(autocomplete);
        self
    }

    fn described_by(&self) -> Option<String> {
        described_by(&self.id, self.hint.is_some(), self.problem.is_some())
    }

    fn rows(&self) -> Option<u8> {
        match self.look {
            Look::Lines(rows) => Some(rows),
            Look::Line | Look::Short => None,
        }
    }
}

/// A date in three boxes.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "parts/date.html")]
pub struct DateField {
    /// The id; the boxes are named `ID-day`, `ID-month` and `ID-year`.
    pub id: String,
    /// Its label.
    pub label: String,
    /// What helps to fill it in.
    pub hint: Option<String>,
    /// The day as typed.
    pub day: String,
    /// The month as typed.
    pub month: String,
    /// The year as typed.
    pub year: String,
    /// What is wrong with them.
    pub problem: Option<String>,
    /// Whether the label is the page's heading.
    pub heading: bool,
    /// Whether it is the person's own date of birth, which a browser may know.
    pub birthday: bool,
}
impl HtmlSafe for DateField {}

impl DateField {
    fn boxes(&self) -> [(&'static str, &'static str, &str, u8); 3] {
        [
            ("day", "Day", &self.day, 2),
            ("month", "Month", &self.month, 2),
            ("year", "Year", &self.year, 4),
        ]
    }

    fn described_by(&self) -> Option<String> {
        described_by(&self.id, self.hint.is_some(), self.problem.is_some())
    }
}

/// One answer of a choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub text: String,
    /// A line beneath, where the words alone do not do.
    pub hint: Option<String>,
    /// Whether it is chosen.
    pub chosen: bool,
}

impl Choice {
    /// An answer that is not chosen.
    #[must_use]
    pub fn of(value: &str, text: &str) -> Self {
        Self { value: value.to_owned(), text: text.to_owned(), hint: None, chosen: false }
    }

    /// The same answer, chosen.
    #[must_use]
    pub fn chosen(mut self) -> Self {
        self.chosen = true;
        self
    }

    /// The same answer with a line beneath.
    #[must_use]
    pub fn hinted(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }
}

/// How a choice is drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Pick {
    /// One of the answers, each on its line.
    One,
    /// One of two or three short answers, side by side.
    OneInline,
    /// Any number of the answers.
    Any,
    /// One of the answers, from a drop-down list.
    List,
}

/// A choice among answers.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/choices.html")]
pub struct Choices {
    /// Its id and its name in the form.
    pub id: String,
    /// The question.
    pub label: String,
    /// What helps to answer.
    pub hint: Option<String>,
    /// The answers.
    pub list: Vec<Choice>,
    /// What is wrong with what was chosen.
    pub problem: Option<String>,
    /// How it is drawn.
    pub pick: Pick,
    /// Whether the question is the page's heading.
    pub heading: bool,
}
impl HtmlSafe for Choices {}

impl Choices {
    /// A choice of one.
    #[must_use]
    pub fn one(id: &str, label: &str, list: Vec<Choice>) -> Self {
        Self {
            id: id.to_owned(),
            label: label.to_owned(),
            hint: None,
            list,
            problem: None,
            pick: Pick::One,
            heading: false,
        }
    }

    fn kind(&self) -> &'static str {
        if self.pick == Pick::Any { "checkbox" } else { "radio" }
    }

    fn block(&self) -> &'static str {
        if self.pick == Pick::Any { "checkboxes" } else { "radios" }
    }

    /// The same choice, drawn otherwise.
    #[must_use]
    pub fn drawn(mut self, pick: Pick) -> Self {
        self.pick = pick;
        self
    }

    /// The same choice with this hint.
    #[must_use]
    pub fn hinted(mut self, hint: &str) -> Self {
        self.hint = Some(hint.to_owned());
        self
    }

    /// The same choice with this problem.
    #[must_use]
    pub fn wrong(mut self, problem: &str) -> Self {
        self.problem = Some(problem.to_owned());
        self
    }

    /// The same choice, its question the page's heading.
    #[must_use]
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

    fn described_by(&self) -> Option<String> {
        described_by(&self.id, self.hint.is_some(), self.problem.is_some())
    }
}

fn described_by(id: &str, hint: bool, problem: bool) -> Option<String> {
    let mut ids = Vec::new();
    if hint {
        ids.push(format!("{id}-hint"));
    }
    if problem {
        ids.push(format!("{id}-error"));
    }
    (!ids.is_empty()).then(|| ids.join(" "))
}

/// A field of whichever kind a question needs.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/field.html")]
pub enum Field {
    /// Words.
    Text(Text),
    /// A date.
    Date(DateField),
    /// A choice.
    Choices(Choices),
}
impl HtmlSafe for Field {}

impl Field {
    /// What is wrong with it, for the list at the head of the page. The link goes to the box that
    /// a person has to fill in first.
    #[must_use]
    pub fn problem(&self) -> Option<Problem> {
        let (field, text) = match self {
            Self::Text(one) => (one.id.clone(), &one.problem),
            Self::Date(one) => (format!("{}-day", one.id), &one.problem),
            Self::Choices(one) => (one.id.clone(), &one.problem),
        };
        text.clone().map(|text| Problem { field, text })
    }
}

/// The problems of all these fields, in order.
#[must_use]
pub fn problems_of(fields: &[Field]) -> Problems {
    Problems { list: fields.iter().filter_map(Field::problem).collect() }
}
