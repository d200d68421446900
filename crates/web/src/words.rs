//! Small sentences that code needs as values. The words are in `templates/words/`; here is only
//! which of them is meant.

use askama::Template;
use jiff::civil::Date;
use sendero_app::FieldFault;
use sendero_app::house::law::Rulebook;
use sendero_app::house::record::{Refusal, Section};

#[derive(Template)]
#[template(path = "words/fault.txt")]
struct FaultWords<'a> {
    fault: &'a str,
    field: &'a str,
    detail: &'a str,
}

impl FaultWords<'_> {
    /// "31 September does not exist" said by what does: "September has 30 days".
    fn month_end(&self) -> String {
        let Some((days, month)) = self.detail.split_once('-') else { return String::new() };
        let first = month.parse().ok().and_then(|month| Date::new(2024, month, 1).ok());
        let name = first.map(|day| day.strftime("%B").to_string()).unwrap_or_default();
        format!("That day does not exist. {name} has {days} days")
    }
}

/// What is wrong with a field, and what to do.
pub(crate) fn fault(fault: &FieldFault) -> String {
    write(&FaultWords { fault: fault.fault, field: &fault.field, detail: &fault.detail })
}

#[derive(Template)]
#[template(path = "words/refusal.txt")]
struct RefusalWords<'a> {
    refusal: &'a Refusal,
}

impl RefusalWords<'_> {
    fn day(day: &Date) -> String {
        crate::view::filters::in_full(*day)
    }

    fn letters(sections: &[Section]) -> String {
        sections.iter().map(|section| section.letter()).collect::<Vec<_>>().join(", ")
    }
}

/// Why the record refuses, and what would mend it.
pub(crate) fn refusal(refusal: &Refusal) -> String {
    write(&RefusalWords { refusal })
}

#[derive(Template)]
#[template(path = "words/word.txt")]
struct Word<'a> {
    list: &'a str,
    word: &'a str,
}

/// The words for a word of a closed list: `body`, `topic`, `setting`, `relation`, `role`, `channel`,
/// `ground`, `area` of need, `stage`, `cause`, `part`, `why-out`.
pub(crate) fn word(list: &str, word: &str) -> String {
    write(&Word { list, word })
}

/// A duty in the words of `list`: `act` for an officer, `duty` for a family. One that has none there,
/// such as an area's own standard, goes by its title.
pub(crate) fn duty(list: &str, law: &Rulebook, id: &str) -> String {
    let said = word(list, id);
    match law.duty(id) {
        Some(duty) if said.is_empty() => duty.title.clone(),
        _ => said,
    }
}

/// A role as a family reads it.
pub(crate) fn role(role: &str) -> String {
    word("role", role)
}

/// A limit that was passed.
pub(crate) fn limit(what: &str, limit: u64) -> String {
    write(&FaultWords { fault: what, field: "", detail: &limit.to_string() })
}

/// A form that was opened too long ago, or elsewhere.
pub(crate) fn old_form() -> String {
    write(&FaultWords { fault: "old-form", field: "", detail: "" })
}

#[derive(Template)]
#[template(path = "words/searched.txt")]
struct Searched {
    nothing: u64,
    pressed: u64,
}

/// How often something was searched for and not found.
pub(crate) fn searched(nothing: u64, pressed: u64) -> String {
    write(&Searched { nothing, pressed })
}

/// A template of words on one line, without the spaces that laying it out brings.
fn write(template: &impl Template) -> String {
    let text = template.render().unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_words() {
        let day = jiff::civil::date(2026, 11, 21);
        let refusals = [
            Refusal::Empty { field: "reasons" },
            Refusal::TooLong { field: "words", max: 5 },
            Refusal::NotYet { on: day },
            Refusal::BeforeBirth { on: day },
            Refusal::Reversed { from: day, to: day },
            Refusal::CannotBeMeant { on: day },
            Refusal::NoOpenRequest,
            Refusal::AlreadyDone { on: day },
            Refusal::StepBefore { step: "assessment-agreed" },
            Refusal::StepBefore { step: "draft-plan-sent" },
            Refusal::TestUnanswered,
            Refusal::TestSaysAssess,
            Refusal::TestSaysRefuse,
            Refusal::ReasonsDoubted { doubts: vec!["diagnosis".to_owned()] },
            Refusal::NoticeIncomplete {
                missing: vec![sendero_app::house::law::NoticePart {
                    code: "N4".to_owned(),
                    id: "mediation".to_owned(),
                    words: "Mediation: whom to ask".to_owned(),
                    cite: "SEND Regulations 2014 reg 32".to_owned(),
                }],
            },
            Refusal::NoAmendments,
            Refusal::StepBefore { step: "final-plan-sent" },
            Refusal::StepBefore { step: "review-meeting-held" },
            Refusal::StepBefore { step: "amendment-notice-sent" },
            Refusal::StepBefore { step: "cease-consulted" },
            Refusal::StepBefore { step: "reassessment-requested" },
            Refusal::StepBefore { step: "plan-transferred" },
            Refusal::StepBefore { step: "moved-area" },
            Refusal::NotServed,
            Refusal::SectionsBlank { sections: vec![Section::F] },
            Refusal::PlaceInDraft,
            Refusal::StillTheirs { last_day: day },
            Refusal::ServiceUnknown,
            Refusal::NotAsked,
            Refusal::AdviceEmpty,
            Refusal::NotKnownIsNoAnswer,
            Refusal::GroundUnknownToDuty { duty: "rq-6w".to_owned() },
            Refusal::DutyNotHere { duty: "rq-6w".to_owned() },
            Refusal::NoSuchEntry,
            Refusal::AlreadyCorrected,
            Refusal::OtherKind,
            Refusal::AlreadyOpen,
            Refusal::NotOffered,
            Refusal::AlreadyTheirs,
            Refusal::OwnFamily,
            Refusal::Full,
        ];
        let said: std::collections::BTreeSet<String> = refusals.iter().map(refusal).collect();
        assert!(said.iter().all(|words| words.ends_with('.')), "{said:#?}");
        // Two variants take the same step; every other has words of its own.
        assert_eq!(said.len(), refusals.len());
    }
}
