//! The words of a pretend area. Templates name the child by `{name}`, and say `{he}`, `{him}`,
//! `{his}` as the child is spoken of; a capital letter in the slot gives one in the text.

pub(crate) mod advice;
pub(crate) mod reasons;
pub(crate) mod talk;
pub(crate) mod voice;

/// Whom a template speaks of.
#[derive(Clone, Copy)]
pub(crate) struct Person<'a> {
    /// Given name.
    pub(crate) name: &'a str,
    /// Whether "he", else "she".
    pub(crate) he: bool,
    /// Where the child learns.
    pub(crate) school: &'a str,
    /// Given name of who leads support there.
    pub(crate) senco: &'a str,
}

impl Person<'_> {
    /// What a slot stands for.
    fn slot(&self, slot: &str) -> &str {
        match (slot, self.he) {
            ("name", _) => self.name,
            ("school", _) => self.school,
            ("senco", _) => self.senco,
            ("he", true) => "he",
            ("he", false) => "she",
            ("He", true) => "He",
            ("He", false) => "She",
            ("him", true) => "him",
            ("him" | "his", false) => "her",
            ("his", true) => "his",
            ("His", true) => "His",
            ("His", false) => "Her",
            ("himself", true) => "himself",
            ("himself", false) => "herself",
            _ => "",
        }
    }

    /// The template with its slots filled.
    pub(crate) fn fill(&self, template: &str) -> String {
        let mut text = String::with_capacity(template.len() + 24);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            text.push_str(before);
            let Some((slot, after)) = after.split_once('}') else {
                break;
            };
            text.push_str(self.slot(slot));
            rest = after;
        }
        text.push_str(rest);
        text
    }
}
