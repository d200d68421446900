//! The fields of a form with what was typed and what is wrong with it, so that nothing a person
//! wrote is lost. Every form that changes something carries its three hidden marks.

use std::collections::BTreeMap;

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
}
impl HtmlSafe for DateField {}

impl DateField {
    /// The same field, its label the page's heading.
    #[must_use]
    pub fn as_heading(mut self) -> Self {
        self.heading = true;
        self
    }

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

/// What somebody has filled in so far, and what is wrong with it: the view model behind every
/// form. Templates ask it for fields; `{name}` in their words becomes the child's name.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    /// The child's name as the family says it.
    pub name: String,
    /// What the form sent or the record holds, by field.
    pub values: BTreeMap<String, Vec<String>>,
    /// The problems, in the order of the page.
    pub problems: Vec<Problem>,
}

impl Filled {
    /// An untouched form about this child.
    #[must_use]
    pub fn about(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The same form with this value in a field, beside any that are there.
    #[must_use]
    pub fn with(mut self, field: &str, value: &str) -> Self {
        self.values.entry(field.to_owned()).or_default().push(value.to_owned());
        self
    }

    /// The same form with this problem at a field. A date's problem names the date, not a box.
    #[must_use]
    pub fn wrong(mut self, field: &str, text: &str) -> Self {
        self.problems.push(Problem { field: field.to_owned(), text: text.to_owned() });
        self
    }

    /// What a field holds, or nothing.
    #[must_use]
    pub fn value(&self, field: &str) -> &str {
        self.values.get(field).and_then(|list| list.first()).map_or("", String::as_str)
    }

    /// The list of problems for the head of the page.
    #[must_use]
    pub fn summary(&self) -> Problems {
        Problems { list: self.problems.clone() }
    }

    /// Whether anything is wrong.
    #[must_use]
    pub fn has_problems(&self) -> bool {
        !self.problems.is_empty()
    }

    /// These words with the child's name where they have a place for it.
    #[must_use]
    pub fn say(&self, words: &str) -> String {
        words.replace("{name}", &self.name)
    }

    fn hint(&self, words: &str) -> Option<String> {
        (!words.is_empty()).then(|| self.say(words))
    }

    fn problem(&self, field: &str) -> Option<String> {
        self.problems.iter().find(|one| one.field == field).map(|one| one.text.clone())
    }

    /// A field of one line.
    #[must_use]
    pub fn line(&self, id: impl AsRef<str>, label: impl AsRef<str>, hint: &str) -> Text {
        let (id, label) = (id.as_ref(), label.as_ref());
        Text {
            hint: self.hint(hint),
            problem: self.problem(id),
            ..Text::line(id, &self.say(label)).holding(self.value(id))
        }
    }

    /// A field of one line for few letters.
    #[must_use]
    pub fn short(&self, id: &str, label: &str, hint: &str) -> Text {
        Text { look: Look::Short, ..self.line(id, label, hint) }
    }

    /// A field of many lines.
    #[must_use]
    pub fn lines(&self, id: impl AsRef<str>, label: impl AsRef<str>, hint: &str, rows: u8) -> Text {
        Text { look: Look::Lines(rows), ..self.line(id, label, hint) }
    }

    /// A date in three boxes. Its id is given to the first box's place in a list of problems.
    #[must_use]
    pub fn date(&self, id: &str, label: &str, hint: &str) -> DateField {
        let part = |name: &str| self.value(&format!("{id}-{name}")).to_owned();
        DateField {
            id: id.to_owned(),
            label: self.say(label),
            hint: self.hint(hint),
            day: part("day"),
            month: part("month"),
            year: part("year"),
            problem: self.problem(&format!("{id}-day")).or_else(|| self.problem(id)),
            heading: false,
        }
    }

    /// A choice of one; each answer is its value and its words.
    #[must_use]
    pub fn one(
        &self,
        id: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: &str,
        answers: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Choices {
        let (id, label) = (id.as_ref(), label.as_ref());
        let held = self.values.get(id).map_or(&[][..], Vec::as_slice);
        let list = answers
            .iter()
            .map(|(value, text)| (value.as_ref(), text.as_ref()))
            .map(|(value, text)| Choice {
                chosen: held.iter().any(|one| one == value),
                ..Choice::of(value, &self.say(text))
            })
            .collect();
        Choices {
            hint: self.hint(hint),
            problem: self.problem(id),
            ..Choices::one(id, &self.say(label), list)
        }
    }

    /// A choice of one among two or three short answers, side by side.
    #[must_use]
    pub fn inline(
        &self,
        id: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: &str,
        answers: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Choices {
        self.one(id, label, hint, answers).drawn(Pick::OneInline)
    }

    /// A choice of any number.
    #[must_use]
    pub fn any(
        &self,
        id: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: &str,
        answers: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Choices {
        self.one(id, label, hint, answers).drawn(Pick::Any)
    }

    /// A choice of one from a drop-down list.
    #[must_use]
    pub fn list(
        &self,
        id: impl AsRef<str>,
        label: impl AsRef<str>,
        hint: &str,
        answers: &[(impl AsRef<str>, impl AsRef<str>)],
    ) -> Choices {
        self.one(id, label, hint, answers).drawn(Pick::List)
    }
}
