//! What must still be put right before a request can be sent.

use jiff::civil::Date;
use sendero_record::Requester;

use super::{DraftAnswers, requester_of};
use crate::{App, FieldFault};

/// Letters that a name or an address can have.
const NAME_LETTERS_MAX: usize = 120;

/// Every fault, in the order of the form.
pub(super) fn faults_of(answers: &DraftAnswers, today: Date) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let empty = |field: &str| answers.get(field).trim().is_empty();
    let needed = |field: &str, faults: &mut Vec<FieldFault>| {
        if empty(field) {
            faults.push(FieldFault::of(field, "needed"));
        }
    };
    needed("child-name", &mut faults);
    let dated = |field: &str, faults: &mut Vec<FieldFault>| match answers.date(field) {
        Err(fault) => {
            faults.push(fault);
            None
        }
        Ok(Some(day)) if day > today => {
            faults.push(FieldFault::of(field, "not-yet"));
            None
        }
        Ok(day) => day,
    };
    let born = dated("born", &mut faults);
    if born.is_some_and(|born| today.year() - born.year() > 25) {
        faults.push(FieldFault::of("born", "over-25"));
    }
    needed("hard", &mut faults);
    let since = dated("since", &mut faults);
    if let (Some(born), Some(since)) = (born, since)
        && since < born
    {
        faults.push(FieldFault::of("since", "before-birth"));
    }
    needed("your-name", &mut faults);
    if empty("relation") && requester_of(answers) != Requester::YoungPerson {
        faults.push(FieldFault::of("relation", "choose"));
    }
    if empty("email") && empty("phone") {
        faults.push(FieldFault::of("email", "email-or-phone"));
    } else if !empty("email") && !answers.get("email").contains('@') {
        faults.push(FieldFault::of("email", "not-an-address"));
    }
    let reached_by = match answers.get("reach") {
        "text" | "phone" => Some("phone"),
        "email" => Some("email"),
        "post" => Some("address"),
        _ => None,
    };
    if let Some(field) = reached_by
        && empty(field)
        && !faults.iter().any(|fault| fault.field == field)
    {
        faults.push(FieldFault::of(field, "way-chosen"));
    }
    for field in ["child-name", "your-name", "setting", "email", "phone"] {
        if answers.get(field).chars().count() > NAME_LETTERS_MAX {
            let detail = NAME_LETTERS_MAX.to_string();
            faults.push(FieldFault { detail, ..FieldFault::of(field, "too-long") });
        }
    }
    faults
}

impl App {
    /// What must still be put right in a draft, for the page that checks answers.
    #[must_use]
    pub fn draft_faults(&self, answers: &DraftAnswers) -> Vec<FieldFault> {
        faults_of(answers, self.now().today)
    }
}
