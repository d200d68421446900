//! `/case/{reference}/record`: what came in. Each kind has its form, with the day it happened and the
//! day the authority knew; whatever happened can be recorded, however unlawful.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::get;
use jiff::civil::Date;
use sendero_app::house::access::Part;
use sendero_app::house::record::{
    AdviceReceived, AmendmentNoticeSent, AppealAbout, AppealMade, AppointmentMissed,
    AssessmentDecision, AssessmentRequested, BackInEducation, Body, Channel, ChildAbsent,
    ClosureNoted, Command, DraftPlanSent, EarlierAdviceAccepted, Event, EventId, FinalPlanSent,
    MovedArea, NeedArea, NeedNoted, Notice, OutOfEducation, Outcome, OwnWordsGiven, PlanDecision,
    PlanTransferred, RepresentationsMade, Requester, ReviewDecisionSent, Said, SettingChanged,
    SettingKind, Suspended, Told, Topic, WhyNotInEducation,
};
use sendero_app::{FieldFault, Problem};

use super::desk::{family, full_name, today_filled, typed_day};
use super::{Open, frame, open};
use crate::draw::given;
use crate::page::{Answer, filled, go, mend, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{Field, Kinds, Record};
use crate::view::{Link, Tab};
use crate::words;

pub(super) fn routes() -> Router<Web> {
    Router::new()
        .route("/case/{reference}/record", get(kinds))
        .route("/case/{reference}/record/{kind}", get(form).post(record))
}

/// What can be recorded here, under the heading it stands beneath.
const KINDS: [(&str, &[&str]); 6] = [
    (
        "family",
        &[
            "own-words-given",
            "told",
            "representations-made",
            "meeting-required",
            "request-withdrawn",
            "complaint-made",
        ],
    ),
    (
        "child",
        &[
            "need-noted",
            "setting-changed",
            "closure-noted",
            "out-of-education",
            "back-in-education",
            "child-absent",
            "suspended",
            "permanently-excluded",
            "moved-area",
        ],
    ),
    (
        "assessment",
        &[
            "assessment-requested",
            "brought-to-attention",
            "advice-received",
            "earlier-advice-accepted",
            "appointment-missed",
            "officer-meeting-held",
        ],
    ),
    (
        "in-force",
        &[
            "review-meeting-held",
            "reassessment-requested",
            "cease-considered",
            "cease-consulted",
            "cease-resolved",
            "plan-ceased",
            "plan-transferred",
        ],
    ),
    (
        "paper",
        &[
            "assessment-agreed",
            "assessment-refused",
            "plan-refused",
            "draft-plan-sent",
            "final-plan-sent",
            "review-decision-sent",
            "amendment-notice-sent",
            "amended-plan-sent",
            "not-amending-sent",
            "reassessment-agreed",
            "reassessment-refused",
            "cease-decided",
            "transfer-letter-sent",
        ],
    ),
    (
        "disagreeing",
        &[
            "mediation-contacted",
            "mediation-wanted",
            "mediation-declined",
            "mediation-certificate-issued",
            "appeal-made",
        ],
    ),
];

fn is_known(kind: &str) -> bool {
    KINDS.iter().any(|(_, kinds)| kinds.contains(&kind))
}

async fn kinds(State(web): State<Web>, visitor: Visitor, Path(reference): Path<String>) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let link = |kind: &&str| Link {
        href: format!("{}/record/{kind}", open.base),
        text: words::word("came", kind),
    };
    page(&Kinds {
        frame: frame(&web, &visitor, Tab::MyChildren),
        child: open.head(),
        groups: KINDS
            .iter()
            .map(|(group, kinds)| {
                (words::word("came-group", group), kinds.iter().map(link).collect())
            })
            .collect(),
    })
}

async fn form(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, kind)): Path<(String, String)>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let filled = Filled::about(&full_name(&open.file.record));
    let filled = today_filled(filled, "on", open.file.now.today);
    let hidden = visitor.hidden(&web, None);
    record_page(&web, &visitor, &open, &kind, hidden, filled, StatusCode::OK)
}

fn record_page(
    web: &Web,
    visitor: &Visitor,
    open: &Open<'_>,
    kind: &str,
    hidden: Hidden,
    filled: Filled,
    status: StatusCode,
) -> Answer {
    if !is_known(kind) {
        return Err(Problem::NotFound.into());
    }
    let says_who = matches!(kind, "own-words-given" | "told" | "need-noted" | "out-of-education");
    page_as(
        status,
        &Record {
            frame: frame(web, visitor, Tab::MyChildren),
            child: open.head(),
            hidden,
            kind: kind.to_owned(),
            title: words::word("came", kind),
            for_whom: if says_who { family(&open.file) } else { Vec::new() },
            fields: fields(open, kind, &filled),
            filled,
        },
    )
}

/// The words of a closed list, as answers.
fn answers<'a>(list: &str, values: impl Iterator<Item = &'a str>) -> Vec<(&'a str, String)> {
    values.map(|value| (value, words::word(list, value))).collect()
}

/// A drop-down of these answers.
fn choice(filled: &Filled, id: &str, answers: &[(&str, String)]) -> Field {
    let choose = words::word("came-field", "choose");
    let mut list = vec![("", choose.as_str())];
    list.extend(answers.iter().map(|(value, text)| (*value, text.as_str())));
    Field::Choices(filled.list(id, words::word("came-field", id), "", &list))
}

fn yes_no(filled: &Filled, id: &str) -> Field {
    let (yes, no) = (words::word("came-field", "yes"), words::word("came-field", "no"));
    let list = [("yes", yes.as_str()), ("no", no.as_str())];
    Field::Choices(filled.inline(id, words::word("came-field", id), "", &list))
}

fn line(filled: &Filled, id: &str) -> Field {
    Field::Text(filled.line(id, words::word("came-field", id), ""))
}

fn day(filled: &Filled, id: &str) -> Field {
    Field::Date(filled.date(id, &words::word("came-field", id), ""))
}

/// The fields of a kind alone.
fn fields(open: &Open<'_>, kind: &str, filled: &Filled) -> Vec<Field> {
    let bodies = || answers("body", Body::ALL.iter().map(|body| body.word()));
    match kind {
        "own-words-given" => vec![line(filled, "told-to")],
        "told" => {
            vec![choice(filled, "topic", &answers("topic", Topic::ALL.iter().map(|t| t.word())))]
        }
        "representations-made" => {
            vec![yes_no(filled, "agrees"), yes_no(filled, "meeting"), line(filled, "school")]
        }
        "need-noted" => vec![
            choice(filled, "area", &answers("need", NeedArea::ALL.iter().map(|a| a.word()))),
            line(filled, "diagnosis"),
        ],
        "setting-changed" => vec![
            choice(
                filled,
                "setting-kind",
                &answers("setting", SettingKind::ALL.iter().map(|kind| kind.word())),
            ),
            line(filled, "setting"),
        ],
        "closure-noted" | "child-absent" => vec![day(filled, "from"), day(filled, "to")],
        "out-of-education" => vec![choice(
            filled,
            "why",
            &answers("why-out", WhyNotInEducation::ALL.iter().map(|why| why.word())),
        )],
        "suspended" => vec![line(filled, "school-days")],
        "assessment-requested" | "brought-to-attention" | "reassessment-requested" => vec![choice(
            filled,
            "by",
            &answers("requester", Requester::ALL.iter().map(|by| by.word())),
        )],
        "advice-received" => vec![choice(filled, "request", &open_requests(open))],
        "earlier-advice-accepted" => {
            vec![choice(filled, "body", &bodies()), line(filled, "adviser")]
        }
        "appointment-missed" => vec![choice(filled, "body", &bodies())],
        "assessment-agreed" | "assessment-refused" => {
            vec![yes_no(filled, "needs"), yes_no(filled, "necessary")]
        }
        "final-plan-sent" | "amended-plan-sent" => vec![yes_no(filled, "names")],
        "review-decision-sent" => vec![
            choice(filled, "outcome", &answers("outcome", Outcome::ALL.iter().map(|of| of.word()))),
            yes_no(filled, "included"),
        ],
        "amendment-notice-sent" => vec![yes_no(filled, "included"), yes_no(filled, "outside")],
        "plan-transferred" => vec![day(filled, "last-reviewed")],
        "appeal-made" => vec![choice(
            filled,
            "about",
            &answers("appeal", AppealAbout::ALL.iter().map(|about| about.word())),
        )],
        _ => Vec::new(),
    }
}

/// The requests that wait for advice, by the entry that asked.
fn open_requests<'a>(open: &'a Open<'_>) -> Vec<(&'a str, String)> {
    let advice = open.file.record.advice().into_iter().filter(|one| one.answer.is_none());
    advice
        .map(|one| {
            let body = words::word("body-turn", one.request.from.word());
            (one.asked.id.as_str(), format!("{body}: {}", one.request.adviser))
        })
        .collect()
}

async fn record(
    State(web): State<Web>,
    visitor: Visitor,
    Path((reference, kind)): Path<(String, String)>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Case).await?;
    let done = match command(&open, &kind, &typed) {
        Ok(command) => web.app.act(open.me, &open.child, &command, &typed.form()).await.map(drop),
        Err(problem) => Err(problem),
    };
    match done {
        Ok(()) => go(&open.saved("recorded")),
        Err(problem) => {
            let kept = filled(&full_name(&open.file.record), &typed, &[]);
            let field = field_of(&problem);
            let kept = mend(problem, kept, field)?;
            let hidden = visitor.again(&typed);
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            record_page(&web, &visitor, &open, &kind, hidden, kept, status)
        }
    }
}

/// Where on the form a refusal can be mended.
fn field_of(problem: &Problem) -> &'static str {
    use sendero_app::house::record::Refusal;
    match problem {
        Problem::Refused(Refusal::Empty { .. } | Refusal::TooLong { .. }) => "words",
        Problem::Refused(Refusal::NotServed) => "how",
        Problem::Refused(Refusal::Reversed { .. }) => "to-day",
        _ => "on-day",
    }
}

fn command(open: &Open<'_>, kind: &str, typed: &Typed) -> Result<Command, Problem> {
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
        Some(match kind {
            "assessment-requested" => Event::AssessmentRequested(self.requested()?),
            "brought-to-attention" => Event::BroughtToAttention(self.requested()?),
            "request-withdrawn" => Event::RequestWithdrawn(self.said()),
            "meeting-required" => Event::MeetingRequired(self.said()),
            "officer-meeting-held" => Event::OfficerMeetingHeld(self.said()),
            "complaint-made" => Event::ComplaintMade(self.said()),
            "mediation-contacted" => Event::MediationContacted(self.said()),
            "mediation-wanted" => Event::MediationWanted(self.said()),
            "mediation-declined" => Event::MediationDeclined(self.said()),
            "mediation-certificate-issued" => Event::MediationCertificateIssued(self.said()),
            "permanently-excluded" => Event::PermanentlyExcluded(self.said()),
            "assessment-agreed" => Event::AssessmentAgreed(self.decision()),
            "assessment-refused" => Event::AssessmentRefused(self.decision()),
            "plan-refused" => Event::PlanRefused(PlanDecision { notice: self.notice() }),
            "draft-plan-sent" => Event::DraftPlanSent(DraftPlanSent {
                plan: self.open.file.record.plan_text(),
                how: self.how(),
                parts: BTreeMap::new(),
            }),
            "final-plan-sent" => Event::FinalPlanSent(self.plan()),
            "advice-received" | "earlier-advice-accepted" | "appointment-missed" => {
                self.of_a_body(kind)?
            }
            "representations-made" | "own-words-given" | "told" | "appeal-made" => {
                self.of_the_family(kind)?
            }
            _ => match self.in_force(kind) {
                Some(event) => event,
                None => self.about_the_child(kind, on)?,
            },
        })
    }

    /// A plan that went on paper: its text is the working text here.
    fn plan(&self) -> FinalPlanSent {
        FinalPlanSent {
            plan: self.open.file.record.plan_text(),
            names_institution: self.flag("names"),
            notice: self.notice(),
        }
    }

    /// What became of a plan in force.
    fn in_force(&mut self, kind: &str) -> Option<Event> {
        let decision = PlanDecision { notice: self.notice() };
        Some(match kind {
            "review-meeting-held" => Event::ReviewMeetingHeld(self.said()),
            "review-decision-sent" => Event::ReviewDecisionSent(ReviewDecisionSent {
                outcome: self.one("outcome", Outcome::from_word)?,
                amendments_included: self.flag("included"),
                words: self.words(),
                notice: Some(self.notice()),
                plan: None,
            }),
            "amendment-notice-sent" => Event::AmendmentNoticeSent(AmendmentNoticeSent {
                plan: self.open.file.record.plan_text(),
                amendments_included: self.flag("included"),
                outside_review: self.flag("outside"),
                notice: self.notice(),
            }),
            "amended-plan-sent" => Event::AmendedPlanSent(self.plan()),
            "not-amending-sent" => Event::NotAmendingSent(decision),
            "reassessment-requested" => Event::ReassessmentRequested(self.requested()?),
            "reassessment-agreed" => Event::ReassessmentAgreed(decision),
            "reassessment-refused" => Event::ReassessmentRefused(decision),
            "cease-considered" => Event::CeaseConsidered(self.said()),
            "cease-consulted" => Event::CeaseConsulted(decision),
            "cease-resolved" => Event::CeaseResolved(self.said()),
            "cease-decided" => Event::CeaseDecided(decision),
            "plan-ceased" => Event::PlanCeased(self.said()),
            "plan-transferred" => Event::PlanTransferred(PlanTransferred {
                words: self.words(),
                last_reviewed: self.optional_day("last-reviewed"),
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
            "told" => Event::Told(Told {
                topic: self.one("topic", Topic::from_word)?,
                words: self.words(),
                said_by: self.said_by(),
            }),
            _ => Event::AppealMade(AppealMade {
                about: AppealAbout::from_word(self.typed.get("about")),
            }),
        })
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
