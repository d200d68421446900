//! What was typed in the form of a kind, read as the event that it is.

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_app::house::record::{
    AdviceReceived, AmendmentNoticeSent, AppointmentMissed, AssessmentDecision,
    AssessmentRequested, BackInEducation, Body, Channel, ChildAbsent, ClosureNoted, Command,
    DraftPlanSent, EarlierAdviceAccepted, Event, EventId, FinalPlanSent, MovedArea, NeedArea,
    NeedNoted, Notice, OutOfEducation, Outcome, OwnWordsGiven, PlanDecision, PlanText,
    PlanTransferred, RepresentationsMade, Requester, ReviewDecisionSent, Said, SettingChanged,
    SettingKind, Suspended, Told, Topic, WhyNotInEducation,
};
use sendero_app::{FieldFault, Problem};

use super::super::Open;
use super::super::desk::family;
use super::super::plan::paper_text;
use super::goes_away;
use crate::draw::given;
use crate::page::disagree::{FIELD, STEPS, chosen};
use crate::page::typed_day;
use crate::session::Typed;

/// What a form of this kind asks the record to take.
pub(super) fn command(open: &Open<'_>, kind: &str, typed: &Typed) -> Result<Command, Problem> {
    let mut form = Form { open, typed, faults: Vec::new() };
    let today = open.file.now.today;
    let on = form.day("on").unwrap_or(today);
    // What lies ahead, such as a move, is known today at the latest.
    let known_on = form.optional_day("known").unwrap_or(on.min(today));
    let event = form.event(kind, on);
    match event {
        Some(event) if form.faults.is_empty() => Ok(Command::Record { event, on, known_on }),
        None if form.faults.is_empty() => Err(Problem::NotFound),
        _ => Err(Problem::Invalid(form.faults)),
    }
}

/// A form while it is read; what is wrong is gathered so that all of it is said at once.
struct Form<'a> {
    open: &'a Open<'a>,
    typed: &'a Typed,
    faults: Vec<FieldFault>,
}

impl Form<'_> {
    fn text(&self, field: &str) -> String {
        self.typed.get(field).trim().to_owned()
    }

    fn words(&self) -> String {
        self.text("words")
    }

    fn some(&self, field: &str) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty())
    }

    fn fault(&mut self, field: &str, fault: &'static str) {
        self.faults.push(FieldFault::of(field, fault));
    }

    fn optional_day(&mut self, field: &str) -> Option<Date> {
        match typed_day(self.typed, field) {
            Ok(day) => day,
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn day(&mut self, field: &str) -> Option<Date> {
        let faults = self.faults.len();
        let day = self.optional_day(field);
        if day.is_none() && self.faults.len() == faults {
            self.fault(field, "needed");
        }
        day
    }

    fn flag(&self, field: &str) -> Option<bool> {
        match self.typed.get(field) {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }
    }

    /// One of a closed list; a fault where nothing is chosen.
    fn one<T>(&mut self, field: &str, from_word: impl Fn(&str) -> Option<T>) -> Option<T> {
        let chosen = from_word(self.typed.get(field));
        if chosen.is_none() {
            self.fault(field, "choose");
        }
        chosen
    }

    fn how(&self) -> Option<Channel> {
        Channel::from_word(self.typed.get("how"))
    }

    /// On whose behalf it is recorded, by name; nothing for nobody.
    fn said_by(&self) -> String {
        let people = family(&self.open.file).into_iter();
        let chosen = self.typed.get("for");
        people.filter(|(id, _)| id == chosen).map(|(_, name)| name).next().unwrap_or_default()
    }

    fn said(&self) -> Said {
        Said { words: self.words() }
    }

    fn requested(&mut self) -> Option<AssessmentRequested> {
        let by = self.one("by", Requester::from_word)?;
        Some(AssessmentRequested { by, how: self.how(), words: self.words() })
    }

    fn notice(&self) -> Notice {
        Notice { reasons: self.words(), ..Notice::bare(self.how()) }
    }

    fn decision(&self) -> AssessmentDecision {
        AssessmentDecision {
            has_or_may_have_sen: self.flag("needs"),
            may_need_plan: self.flag("necessary"),
            notice: self.notice(),
        }
    }

    /// What happened, of this kind; nothing where the kind is not one of these or a field is wrong.
    fn event(&mut self, kind: &str, on: Date) -> Option<Event> {
        if let Some(event) = Event::saying(kind, &self.said()) {
            return Some(event);
        }
        Some(match kind {
            "assessment-requested" => Event::AssessmentRequested(self.requested()?),
            "brought-to-attention" => Event::BroughtToAttention(self.requested()?),
            "assessment-agreed" => Event::AssessmentAgreed(self.decision()),
            "assessment-refused" => Event::AssessmentRefused(self.decision()),
            "plan-refused" => Event::PlanRefused(PlanDecision { notice: self.notice() }),
            "draft-plan-sent" => Event::DraftPlanSent(DraftPlanSent {
                plan: self.plan_text(),
                how: self.how(),
                parts: BTreeMap::new(),
            }),
            "final-plan-sent" => Event::FinalPlanSent(self.plan()),
            "advice-received" | "earlier-advice-accepted" | "appointment-missed" => {
                self.of_a_body(kind)?
            }
            "representations-made" | "own-words-given" | "told" => self.of_the_family(kind)?,
            step if STEPS.contains(&step) => self.disagreement(step, on)?,
            _ => match self.in_force(kind) {
                Some(event) => event,
                None => self.about_the_child(kind, on)?,
            },
        })
    }

    /// The text of the plan that went on paper.
    fn plan_text(&self) -> PlanText {
        paper_text(self.typed, &self.open.file.record.plan_text())
    }

    /// A plan that went on paper.
    fn plan(&self) -> FinalPlanSent {
        FinalPlanSent {
            plan: self.plan_text(),
            names_institution: self.flag("names"),
            notice: self.notice(),
        }
    }

    /// What became of a plan in force.
    fn in_force(&mut self, kind: &str) -> Option<Event> {
        let decision = PlanDecision { notice: self.notice() };
        Some(match kind {
            "review-decision-sent" => {
                let outcome = self.one("outcome", Outcome::from_word)?;
                let included = self.flag("included");
                // Only a decision that went with its amendments holds a plan.
                let amends = outcome == Outcome::Amend && included == Some(true);
                Event::ReviewDecisionSent(ReviewDecisionSent {
                    outcome,
                    amendments_included: included,
                    words: self.words(),
                    notice: Some(self.notice()),
                    plan: amends.then(|| self.plan_text()),
                })
            }
            "amendment-notice-sent" => Event::AmendmentNoticeSent(AmendmentNoticeSent {
                plan: self.plan_text(),
                amendments_included: self.flag("included"),
                outside_review: self.flag("outside"),
                notice: self.notice(),
            }),
            "amended-plan-sent" => Event::AmendedPlanSent(self.plan()),
            "not-amending-sent" => Event::NotAmendingSent(decision),
            "reassessment-requested" => Event::ReassessmentRequested(self.requested()?),
            "reassessment-agreed" => Event::ReassessmentAgreed(decision),
            "reassessment-refused" => Event::ReassessmentRefused(decision),
            "cease-consulted" => Event::CeaseConsulted(decision),
            "cease-decided" => Event::CeaseDecided(decision),
            "plan-transferred" => Event::PlanTransferred(PlanTransferred {
                words: self.words(),
                last_reviewed: self.optional_day("last-reviewed"),
                made_on: self.optional_day("made-on"),
                plan: Some(self.plan_text())
                    .filter(|plan| !goes_away(self.open) && !plan.is_blank()),
            }),
            "transfer-letter-sent" => Event::TransferLetterSent(decision),
            _ => return None,
        })
    }

    fn of_a_body(&mut self, kind: &str) -> Option<Event> {
        if kind == "advice-received" {
            let request = self.one("request", |id| {
                let advice = self.open.file.record.advice();
                let found = advice.into_iter().find(|one| one.asked.id.as_str() == id)?;
                Some((found.request.from, found.request.adviser.clone()))
            });
            let (from, adviser) = request?;
            return Some(Event::AdviceReceived(AdviceReceived {
                from,
                adviser,
                request: Some(EventId::new(self.typed.get("request"))),
                items: Vec::new(),
                how_known: String::new(),
                words: self.words(),
            }));
        }
        let body = self.one("body", Body::from_word)?;
        Some(if kind == "appointment-missed" {
            Event::AppointmentMissed(AppointmentMissed { with: body, words: self.words() })
        } else {
            Event::EarlierAdviceAccepted(EarlierAdviceAccepted {
                from: body,
                adviser: self.text("adviser"),
                words: self.words(),
            })
        })
    }

    fn of_the_family(&mut self, kind: &str) -> Option<Event> {
        Some(match kind {
            "representations-made" => Event::RepresentationsMade(RepresentationsMade {
                words: self.words(),
                agrees: self.flag("agrees"),
                meeting_wanted: self.flag("meeting"),
                school: self.some("school"),
            }),
            "own-words-given" => Event::OwnWordsGiven(OwnWordsGiven {
                words: self.words(),
                said_by: given(&self.open.file.record),
                told_to: self.some("told-to").unwrap_or_else(|| self.said_by()),
            }),
            _ => Event::Told(Told {
                topic: self.one("topic", Topic::from_word)?,
                words: self.words(),
                said_by: self.said_by(),
            }),
        })
    }

    fn disagreement(&mut self, step: &str, on: Date) -> Option<Event> {
        let decisions = self.open.file.open_decisions(on);
        match chosen(&decisions, self.typed.get(FIELD)) {
            Ok(about) => Event::disagreeing(step, &self.words(), about),
            Err(fault) => {
                self.faults.push(fault);
                None
            }
        }
    }

    fn about_the_child(&mut self, kind: &str, on: Date) -> Option<Event> {
        Some(match kind {
            "need-noted" => Event::NeedNoted(NeedNoted {
                area: self.one("area", NeedArea::from_word)?,
                words: self.words(),
                diagnosis: self.some("diagnosis"),
                said_by: self.said_by(),
            }),
            "setting-changed" => Event::SettingChanged(SettingChanged {
                kind: self.one("setting-kind", SettingKind::from_word)?,
                name: self.some("setting"),
            }),
            "closure-noted" => {
                let (from, to) = (self.optional_day("from").unwrap_or(on), self.day("to")?);
                Event::ClosureNoted(ClosureNoted { from, to })
            }
            "child-absent" => {
                let (from, to) = (self.optional_day("from").unwrap_or(on), self.day("to")?);
                Event::ChildAbsent(ChildAbsent { from, to })
            }
            "out-of-education" => Event::OutOfEducation(OutOfEducation {
                why: self.one("why", WhyNotInEducation::from_word)?,
                words: self.words(),
                said_by: self.said_by(),
            }),
            "back-in-education" => Event::BackInEducation(BackInEducation { words: self.words() }),
            "suspended" => Event::Suspended(Suspended {
                school_days: self.figure("school-days")?,
                words: self.words(),
            }),
            "moved-area" => Event::MovedArea(MovedArea { to: self.words() }),
            _ => return None,
        })
    }

    fn figure(&mut self, field: &str) -> Option<u32> {
        let figure = self.text(field).parse::<u32>().ok().filter(|days| (1..=365).contains(days));
        if figure.is_none() {
            self.fault(field, "figure");
        }
        figure
    }
}
