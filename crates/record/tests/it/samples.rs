//! One event of each kind, as the fixtures of format 1 hold it.

use std::collections::BTreeMap;

use sendero_record::{
    AdviceItem, AdviceReceived, AdviceRequested, AmendmentNoticeSent, Amount, AppealMade,
    AppointmentMissed, AssessmentDecision, AssessmentRequested, BackInEducation, BodiesNotified,
    Body, CallNoted, Channel, ChildAbsent, ChildRegistered, ClosureNoted, Disagreed, Disputed,
    DraftPlanSent, EarlierAdviceAccepted, EntryCorrected, EntryWithdrawn, Event, Every,
    ExceptionReliedOn, FinalPlanSent, Ground, HandoverAnswered, HandoverOffered,
    InformationRequested, LetterPart, MessageWritten, MovedArea, Name, NeedArea, NeedNoted, Notice,
    OfficerAssigned, OutOfEducation, Outcome, OwnWordsGiven, PersonTied, PersonUntied,
    PlanDecision, PlanDrafted, PlanText, PlanTransferred, Recipient, Relation, RepresentationsMade,
    Requester, ReviewDecisionSent, Said, Section, ServiceKept, SettingChanged, SettingKind,
    Suspended, Told, Topic, WhyNotInEducation,
};

use crate::story::{BORN, asker, day, id, person, reference};

fn said(words: &str) -> Said {
    Said { words: words.to_owned() }
}

fn notice() -> Notice {
    Notice {
        reasons: "The reports agree.".to_owned(),
        parts: BTreeMap::from([("mediation".to_owned(), "Whom to ring.".to_owned())]),
        how: Some(Channel::Post),
        to: vec![Recipient::ParentOrYoungPerson, Recipient::Institution],
        went_on: Vec::new(),
    }
}

fn decision() -> AssessmentDecision {
    AssessmentDecision {
        has_or_may_have_sen: Some(true),
        may_need_plan: Some(true),
        notice: notice(),
    }
}

fn plan() -> PlanText {
    PlanText::default().with(Section::B, "Reading.").with(Section::H1, "None is needed.")
}

/// One of each kind, in the order of [`Event::KINDS`].
pub(crate) fn samples() -> Vec<Event> {
    let mut samples = about_people();
    samples.extend(about_the_course());
    samples.extend(about_plans_and_after());
    samples
}

fn about_people() -> Vec<Event> {
    vec![
        Event::ChildRegistered(ChildRegistered {
            reference: reference(),
            name: Name::new("Idris", "Ashgrove"),
            born: Some(day(BORN)),
        }),
        Event::AskerNamed(asker()),
        Event::PersonTied(PersonTied {
            person: person("p1"),
            name: Name::new("Noor", "Ashgrove"),
            relation: Relation::Self_,
            parental_responsibility: None,
            body: Some(Body::SensoryTeacher),
            adviser: Some("teacher of the deaf".to_owned()),
            contact: Some(asker().contact),
        }),
        Event::PersonUntied(PersonUntied { person: person("p1"), why: "Moved post".to_owned() }),
        Event::OwnWordsGiven(OwnWordsGiven {
            words: "I like trains.".to_owned(),
            said_by: "Idris".to_owned(),
            told_to: "his mum".to_owned(),
        }),
        Event::Told(Told {
            topic: Topic::WhoHelps,
            words: "His aunt.".to_owned(),
            said_by: "Noor, mother".to_owned(),
        }),
        Event::NeedNoted(NeedNoted {
            area: NeedArea::SensoryPhysical,
            words: "Hears little in noise.".to_owned(),
            diagnosis: Some("Moderate hearing loss".to_owned()),
            said_by: "Noor, mother".to_owned(),
        }),
        Event::ServiceKept(ServiceKept {
            service: "s1".to_owned(),
            name: "Talking Time".to_owned(),
            by: None,
        }),
        Event::ServiceLetGo(ServiceKept {
            service: "s1".to_owned(),
            name: "Talking Time".to_owned(),
            by: None,
        }),
        Event::SettingChanged(SettingChanged {
            kind: SettingKind::IndependentS41,
            name: Some("Alder House".to_owned()),
        }),
        Event::ClosureNoted(ClosureNoted { from: day("2026-07-23"), to: day("2026-09-02") }),
        Event::OutOfEducation(OutOfEducation {
            why: WhyNotInEducation::PartTime,
            words: "Mornings only.".to_owned(),
            said_by: "Noor, mother".to_owned(),
        }),
        Event::BackInEducation(BackInEducation { words: "Whole days.".to_owned() }),
        Event::OfficerAssigned(OfficerAssigned {
            officer: person("o1"),
            name: Name::new("Tobias", "Wren"),
        }),
        Event::HandoverOffered(HandoverOffered {
            to: person("o2"),
            name: Name::new("Ada", "Marsh"),
            note: "Ring on Fridays.".to_owned(),
        }),
        Event::HandoverAnswered(HandoverAnswered {
            offer: id("e9"),
            accepted: true,
            note: String::new(),
        }),
        Event::MessageWritten(MessageWritten {
            from: "Noor".to_owned(),
            by_family: true,
            words: "Has it come?".to_owned(),
        }),
        Event::CallNoted(CallNoted {
            with: "Noor".to_owned(),
            words: "She asked when.".to_owned(),
            answer_owed: true,
        }),
        Event::PlanDrafted(PlanDrafted { plan: plan() }),
        Event::EntryWithdrawn(EntryWithdrawn { why: "Another child's".to_owned() }),
        Event::EntryCorrected(EntryCorrected {
            entry: id("e4"),
            why: "The stamp says the 10th.".to_owned(),
        }),
    ]
}

fn about_the_course() -> Vec<Event> {
    let request = |by| AssessmentRequested {
        by,
        how: Some(Channel::InPerson),
        words: "Please assess him.".to_owned(),
    };
    vec![
        Event::AssessmentRequested(request(Requester::Post16)),
        Event::BroughtToAttention(request(Requester::SocialCare)),
        Event::RequestWithdrawn(said("Not now.")),
        Event::FamilyConsulted(said("By telephone.")),
        Event::BodiesNotified(BodiesNotified {
            to: vec![Recipient::CommissioningBody, Recipient::SocialCare, Recipient::Institution],
            words: "We consider an assessment.".to_owned(),
        }),
        Event::InformationRequested(InformationRequested {
            from: Body::EarlyYears,
            who: "Nadia Thornbury".to_owned(),
            words: "What has been tried?".to_owned(),
        }),
        Event::AssessmentAgreed(decision()),
        Event::AssessmentRefused(decision()),
        Event::AdviceRequested(AdviceRequested {
            from: Body::Health,
            adviser: "speech and language therapist".to_owned(),
            person: Some(person("p2")),
            question: "How does he follow talk?".to_owned(),
            letter: vec![LetterPart {
                heading: "The question".to_owned(),
                words: "How does he follow talk?".to_owned(),
            }],
        }),
        Event::AdviceReceived(AdviceReceived {
            from: Body::Health,
            adviser: "speech and language therapist".to_owned(),
            request: Some(id("e3")),
            items: vec![AdviceItem {
                need: "Follows one instruction".to_owned(),
                outcome: "Follows two by July".to_owned(),
                provision: "Therapy by a qualified therapist".to_owned(),
                amount: Some(Amount {
                    minutes: Some(30),
                    times: Some(1),
                    every: Some(Every::HalfTerm),
                    weeks: Some(38),
                    adults: Some(1),
                    children: None,
                }),
            }],
            how_known: "Two visits".to_owned(),
            words: String::new(),
        }),
        Event::EarlierAdviceAccepted(EarlierAdviceAccepted {
            from: Body::Psychologist,
            adviser: "educational psychologist".to_owned(),
            words: "The report of May.".to_owned(),
        }),
        Event::PlanAgreed(PlanDecision { notice: notice() }),
        Event::PlanRefused(PlanDecision { notice: notice() }),
    ]
}

fn step() -> Disagreed {
    Disagreed { words: String::new(), about: None }
}

fn about_plans_and_after() -> Vec<Event> {
    vec![
        Event::DraftPlanSent(DraftPlanSent {
            plan: plan(),
            how: Some(Channel::ByHand),
            parts: notice().parts,
        }),
        Event::RepresentationsMade(RepresentationsMade {
            words: "Weekly, please.".to_owned(),
            agrees: Some(false),
            meeting_wanted: Some(true),
            school: Some("Alder House".to_owned()),
        }),
        Event::MeetingRequired(said("Soon.")),
        Event::OfficerMeetingHeld(said("At home.")),
        Event::FinalPlanSent(FinalPlanSent {
            plan: plan(),
            names_institution: Some(true),
            notice: notice(),
        }),
        Event::ExceptionReliedOn(ExceptionReliedOn {
            ground: Ground::SchoolClosed,
            duty: "rq-6w".to_owned(),
            reason: "The head was asked on 20 July.".to_owned(),
            from: Some(Body::School),
        }),
        Event::ChildAbsent(ChildAbsent { from: day("2026-10-01"), to: day("2026-11-05") }),
        Event::AppointmentMissed(AppointmentMissed {
            with: Body::Health,
            words: "The letter came late.".to_owned(),
        }),
        Event::MediationContacted(step()),
        Event::MediationDeclined(step()),
        Event::MediationWanted(step()),
        Event::MediationCertificateIssued(step()),
        Event::AppealMade(AppealMade {
            about: Some(Disputed::ContentsAndPlacement),
            words: String::new(),
        }),
        Event::ComplaintMade(said("It is late.")),
        Event::AppealRegistered(said("")),
        Event::MediationHeld(said("")),
        Event::ComplaintAcknowledged(said("")),
        Event::ComplaintAnswered(said("We are sorry.")),
        Event::ComplaintExtended(said("")),
        Event::ComplaintSecondStage(said("It is still late.")),
        Event::ComplaintSecondAcknowledged(said("")),
        Event::ComplaintClosed(said("We are sorry once more.")),
        Event::ReviewReportSent(said("")),
        Event::SuitableEducationArranged(said("A tutor, 15 hours.")),
        Event::ReinstatementConsidered(said("")),
        Event::ReviewMeetingHeld(said("")),
        Event::ReviewDecisionSent(ReviewDecisionSent {
            outcome: Outcome::Amend,
            amendments_included: Some(true),
            words: "New outcomes.".to_owned(),
            notice: None,
            plan: None,
        }),
        Event::AmendmentNoticeSent(AmendmentNoticeSent {
            plan: plan(),
            amendments_included: Some(true),
            outside_review: Some(false),
            notice: notice(),
        }),
        Event::AmendedPlanSent(FinalPlanSent {
            plan: plan(),
            names_institution: Some(false),
            notice: notice(),
        }),
        Event::NotAmendingSent(PlanDecision { notice: notice() }),
        Event::ReassessmentRequested(AssessmentRequested {
            by: Requester::School,
            how: Some(Channel::Email),
            words: "Much has changed.".to_owned(),
        }),
        Event::ReassessmentAgreed(PlanDecision { notice: notice() }),
        Event::ReassessmentRefused(PlanDecision { notice: notice() }),
        Event::CeaseConsidered(said("He has a job.")),
        Event::CeaseConsulted(PlanDecision { notice: notice() }),
        Event::CeaseResolved(said("")),
        Event::CeaseDecided(PlanDecision { notice: notice() }),
        Event::PlanCeased(said("")),
        Event::PermanentlyExcluded(said("")),
        Event::Suspended(Suspended { school_days: 3, words: String::new() }),
        Event::MovedArea(MovedArea { to: "Penhallow".to_owned() }),
        Event::PlanTransferred(PlanTransferred {
            words: "From Penhallow.".to_owned(),
            last_reviewed: Some(day("2026-02-10")),
            made_on: None,
            plan: None,
        }),
        Event::TransferLetterSent(PlanDecision { notice: notice() }),
    ]
}
