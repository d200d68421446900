//! The notices that are sent from one room: under which address, with what, and as which command.

use std::collections::BTreeMap;

use sendero_app::house::access::Part;
use sendero_app::house::record::{
    AmendmentNoticeSent, Channel, Command, DraftPlanSent, Event, FinalPlanSent, Notice, Outcome,
    PlanDecision, Record, Refusal, ReviewDecisionSent, Sending,
};
use sendero_app::{FieldFault, Problem};

use crate::view::form::Filled;
use crate::view::officer::Sends;

/// What goes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::page::staff) enum Goes {
    Draft,
    Final,
    Keep,
    Amendments,
    Amended,
    NotAmending,
    Reassess,
    NotReassess,
    AskToEnd,
    End,
    Transfer,
}

/// Whether a notice is written with reasons.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reasons {
    None,
    May,
    Must,
}

impl Goes {
    /// Those about a plan in force, in the order in which they may come.
    pub(in crate::page::staff) const IN_FORCE: [Self; 9] = [
        Self::Keep,
        Self::Amendments,
        Self::Amended,
        Self::NotAmending,
        Self::Reassess,
        Self::NotReassess,
        Self::AskToEnd,
        Self::End,
        Self::Transfer,
    ];

    /// Its word in an address, and in the lists of words.
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Final => "final",
            Self::Keep => "keep",
            Self::Amendments => "amendments",
            Self::Amended => "amended",
            Self::NotAmending => "not-amending",
            Self::Reassess => "reassess",
            Self::NotReassess => "not-reassess",
            Self::AskToEnd => "ask-to-end",
            Self::End => "end",
            Self::Transfer => "transfer",
        }
    }

    pub(in crate::page::staff) fn from_word(word: &str) -> Option<Self> {
        Self::IN_FORCE.into_iter().find(|goes| goes.word() == word)
    }

    /// Its address under the case's.
    pub(in crate::page::staff) fn path(self) -> String {
        match self {
            Self::Draft | Self::Final => format!("plan/{}", self.word()),
            _ => format!("notice/{}", self.word()),
        }
    }

    pub(super) const fn sends(self) -> Sends {
        match self {
            Self::Draft => Sends::Draft,
            Self::Final => Sends::Final,
            _ => Sends::Notice,
        }
    }

    /// Whether it is a plan or changes one, and who may see a plan that is being written.
    pub(super) const fn part(self) -> Part {
        if self.is_plan() { Part::DraftWork } else { Part::Case }
    }

    pub(super) const fn is_plan(self) -> bool {
        matches!(self, Self::Draft | Self::Final | Self::Amendments | Self::Amended)
    }

    /// Whether it ends the family's days to answer, so that what they said stands beside it.
    pub(super) const fn is_final(self) -> bool {
        matches!(self, Self::Final | Self::Amended)
    }

    /// The duties that it is owed under, the one to show first.
    pub(in crate::page::staff) const fn duties(self) -> &'static [&'static str] {
        match self {
            Self::Draft => &["plan-draft"],
            Self::Final => &["plan-20w"],
            Self::Keep => &["ar-dec"],
            Self::Amendments => &["ar-notice"],
            Self::Amended => &["ar-final-12w", "ar-final-8w", "am-anytime", "ra-14w"],
            Self::NotAmending => &["ar-noamend-8w", "am-anytime", "ra-noamend"],
            Self::Reassess | Self::NotReassess => &["ra-15d"],
            Self::AskToEnd => &["ce-consult"],
            Self::End => &["ce-notice"],
            Self::Transfer => &["trf-6w"],
        }
    }

    pub(super) const fn reasons(self) -> Reasons {
        match self {
            Self::Draft => Reasons::None,
            Self::Amendments | Self::Transfer => Reasons::May,
            _ => Reasons::Must,
        }
    }

    /// The event as it would stand on the record if it went today: for what the law makes of it.
    pub(super) fn event(self, record: &Record, how: Option<Channel>) -> Event {
        let notice = Notice::bare(how);
        let plan = record.plan_text();
        let of = |kind: fn(PlanDecision) -> Event, notice| kind(PlanDecision { notice });
        match self {
            Self::Draft => {
                Event::DraftPlanSent(DraftPlanSent { plan, how, parts: BTreeMap::new() })
            }
            Self::Final => {
                Event::FinalPlanSent(FinalPlanSent { plan, names_institution: None, notice })
            }
            Self::Keep => Event::ReviewDecisionSent(ReviewDecisionSent {
                outcome: Outcome::Maintain,
                amendments_included: None,
                words: String::new(),
                notice: Some(notice),
                plan: None,
            }),
            Self::Amendments => Event::AmendmentNoticeSent(AmendmentNoticeSent {
                plan,
                amendments_included: Some(true),
                outside_review: None,
                notice,
            }),
            Self::Amended => {
                Event::AmendedPlanSent(FinalPlanSent { plan, names_institution: None, notice })
            }
            Self::NotAmending => of(Event::NotAmendingSent, notice),
            Self::Reassess => of(Event::ReassessmentAgreed, notice),
            Self::NotReassess => of(Event::ReassessmentRefused, notice),
            Self::AskToEnd => of(Event::CeaseConsulted, notice),
            Self::End => of(Event::CeaseDecided, notice),
            Self::Transfer => of(Event::TransferLetterSent, notice),
        }
    }

    /// What a form with this in it asks the record to do.
    pub(super) fn command(self, filled: &Filled) -> Result<Command, Problem> {
        if self.is_final() && filled.value("names").is_empty() {
            return Err(Problem::Invalid(vec![FieldFault::of("names", "choose")]));
        }
        Ok(self.begun(filled)?)
    }

    /// The same of a form that is not yet filled in.
    pub(super) fn begun(self, filled: &Filled) -> Result<Command, Refusal> {
        let sending = sending(filled);
        let names_institution = filled.value("names") == "yes";
        Ok(match self {
            Self::Draft => Command::SendDraft {
                how: sending.how.ok_or(Refusal::Empty { field: "how" })?,
                parts: sending.parts,
            },
            Self::Final => Command::SendFinal { names_institution, sending },
            Self::Keep => Command::KeepPlan(sending),
            Self::Amendments => Command::ProposeAmendments(sending),
            Self::Amended => Command::SendAmended { names_institution, sending },
            Self::NotAmending => Command::NotAmend(sending),
            Self::Reassess => Command::AgreeToReassess(sending),
            Self::NotReassess => Command::RefuseToReassess(sending),
            Self::AskToEnd => Command::AskAboutEnding(sending),
            Self::End => Command::EndPlan(sending),
            Self::Transfer => Command::WriteAboutTransfer(sending),
        })
    }
}

/// The notice as the form has it.
fn sending(filled: &Filled) -> Sending {
    let parts = filled.values.keys().filter_map(|field| {
        let part = field.strip_prefix("part-")?;
        let words = filled.value(field).trim();
        (!words.is_empty()).then(|| (part.to_owned(), words.to_owned()))
    });
    Sending {
        reasons: filled.value("reasons").to_owned(),
        parts: parts.collect(),
        how: Channel::from_word(filled.value("how")),
        to: Vec::new(),
        went_on: filled.values.get("went-on").cloned().unwrap_or_default(),
    }
}
