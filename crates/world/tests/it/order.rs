//! Whether a record can take the acts in their order, as far as can be told without the law: each
//! step after the one it needs, nothing sent that is blank.

use jiff::civil::Date;
use sendero_record::{Body, Channel, Command, Event, PlanText, Section};
use sendero_world::{Act, Deed, WorldChild, children};

use crate::area;

/// What has happened so far to one child.
#[derive(Default)]
struct SoFar {
    asked: Option<Date>,
    born: Option<Date>,
    refused: bool,
    agreed: bool,
    asks: Vec<Option<Body>>,
    plan: PlanText,
    plan_agreed: bool,
    draft: Option<(Date, Channel)>,
    offered: bool,
    calls: usize,
    ended: bool,
}

#[test]
fn each_step_comes_after_the_one_it_needs() {
    let mut finals = 0;
    for child in children(&area(1_200)) {
        let mut so_far = SoFar::default();
        for act in &child.acts {
            if let Err(why) = so_far.take(act) {
                panic!("{} on {}: {why}", child.key, act.day);
            }
        }
        finals += usize::from(so_far.ended);
        assert!(so_far.asked.is_some() || child.acts.is_empty(), "{} was never asked", child.key);
        ends_well(&child);
    }
    assert!(finals > 250, "{finals} courses came to their end");
}

/// A check that fails with what was wrong.
fn must(holds: bool, why: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(why.to_owned()) }
}

fn ends_well(child: &WorldChild) {
    assert!(child.acts.len() < 200, "{} has {} acts", child.key, child.acts.len());
    assert!(!child.family.is_empty(), "{} has nobody", child.key);
}

impl SoFar {
    fn take(&mut self, act: &Act) -> Result<(), String> {
        match &act.what {
            Deed::Command(Command::Request(_)) => {}
            _ => must(self.asked.is_some(), "before the request")?,
        }
        match &act.what {
            Deed::Command(command) => self.command(command, act),
            Deed::GiveAdvice { nth_request, items, words, by, .. } => {
                must(!items.is_empty() || !words.is_empty(), "empty advice")?;
                must(*by == act.who, "advice by another")?;
                let open = self.asks.get_mut(*nth_request).ok_or("advice that nobody asked for")?;
                must(open.take().is_some(), "advice given twice")
            }
            Deed::AnswerHandover { officer, .. } => {
                must(*officer == act.who, "answered by another")?;
                must(std::mem::take(&mut self.offered), "no open offer")
            }
            Deed::CorrectDay { on, .. } => must(*on < act.day, "corrected to a later day"),
            Deed::Withdraw { kind, why } => {
                must(*kind == "call-noted" && self.calls > 0, "nothing to withdraw")?;
                must(!why.is_empty(), "withdrawn without a reason")
            }
        }
    }

    fn command(&mut self, command: &Command, act: &Act) -> Result<(), String> {
        match command {
            Command::Request(request) => {
                must(self.asked.replace(act.day).is_none(), "asked twice")?;
                self.born = request.born;
                must(request.born.is_some_and(|born| born < act.day), "not born")?;
                must(!request.name.given.is_empty(), "no name")?;
                must(request.told.values().all(|words| !words.trim().is_empty()), "told nothing")?;
                let since = request.out_of_education.as_ref().map(|(since, ..)| *since);
                must(since.is_none_or(|since| since < act.day), "out of education ahead")
            }
            Command::Record { event, on, known_on } => self.recorded(event, *on, *known_on, act),
            Command::RefuseToAssess { answers, sending } => {
                must(!self.agreed && !self.refused, "decided twice")?;
                must(answers.may_need_plan == Some(false), "the test says assess")?;
                self.refused = true;
                notice(sending)
            }
            Command::AgreeToAssess { answers, sending } => {
                must(!std::mem::replace(&mut self.agreed, true), "agreed twice")?;
                must(answers.may_need_plan == Some(true), "the test says refuse")?;
                must(answers.has_or_may_have_sen == Some(true), "the test says refuse")?;
                notice(sending)
            }
            Command::AskForAdvice(asks) => {
                must(self.agreed, "advice asked for before the decision")?;
                must(self.asks.is_empty(), "asked twice")?;
                let bodies: Vec<Body> = asks.iter().map(|ask| ask.from).collect();
                let core = [Body::Psychologist, Body::Health, Body::SocialCare];
                must(core.iter().all(|body| bodies.contains(body)), "a body is missing")?;
                must(asks.iter().all(|ask| !ask.question.is_empty()), "no question")?;
                self.asks = bodies.into_iter().map(Some).collect();
                Ok(())
            }
            _ => self.planned(command, act),
        }
    }

    fn planned(&mut self, command: &Command, act: &Act) -> Result<(), String> {
        match command {
            Command::AgreePlan { reasons } => {
                must(self.agreed && !reasons.trim().is_empty(), "agreed to a plan out of turn")?;
                must(!std::mem::replace(&mut self.plan_agreed, true), "agreed to a plan twice")
            }
            Command::RefusePlan(sending) => {
                must(self.agreed && !self.plan_agreed, "refused a plan out of turn")?;
                self.ended = true;
                notice(sending)
            }
            Command::SavePlan(plan) => {
                self.plan = plan.clone();
                must(!plan.is_blank(), "a blank plan")
            }
            Command::SendDraft { how, parts } => {
                must(parts.is_empty(), "parts are filled at replay")?;
                must(self.asks.iter().all(Option::is_none), "advice is missing")?;
                must(self.plan.blank_of(&[Section::I]).len() == 1, "a draft names a place")?;
                let others = Section::ALL.into_iter().filter(|section| *section != Section::I);
                must(self.plan.blank_of(&others.collect::<Vec<_>>()).is_empty(), "blank sections")?;
                must(self.draft.replace((act.day, *how)).is_none(), "two drafts")
            }
            Command::SendFinal { sending, .. } => {
                let (sent, how) = self.draft.ok_or("final before draft")?;
                let served = if how == Channel::Post { 6 } else { 0 };
                let days = act.day.duration_since(sent).as_hours() / 24;
                must(days >= 15 + served, "the family's days are not over")?;
                must(self.plan.blank_of(&[Section::A, Section::I]).is_empty(), "no place")?;
                must(!std::mem::replace(&mut self.ended, true), "two final plans")?;
                notice(sending)
            }
            Command::ClaimException { reason, .. } => must(!reason.is_empty(), "no reason"),
            Command::OfferHandover { .. } => {
                must(!std::mem::replace(&mut self.offered, true), "offered twice")
            }
            Command::Assign { .. } => Ok(()),
            Command::MatchAsker { .. } => must(!self.agreed, "matched after the decision"),
            other => Err(format!("not expected as it stands: {other:?}")),
        }
    }

    fn recorded(
        &mut self,
        event: &Event,
        on: Date,
        known_on: Date,
        act: &Act,
    ) -> Result<(), String> {
        must(on <= known_on && known_on <= act.day, "known before it happened")?;
        must(act.known_on.is_none_or(|known| known == known_on), "two days of knowing")?;
        must(self.born.is_none_or(|born| born < on), "before birth")?;
        match event {
            Event::CallNoted(call) => {
                self.calls += 1;
                must(!call.words.is_empty() && !call.with.is_empty(), "an empty call")
            }
            Event::MessageWritten(message) => must(!message.words.is_empty(), "an empty message"),
            Event::RepresentationsMade(_) => must(self.draft.is_some(), "comments on no draft"),
            Event::MediationContacted(_) => {
                must(self.refused || self.ended, "mediation about nothing")
            }
            _ => Ok(()),
        }
    }
}

fn notice(sending: &sendero_record::Sending) -> Result<(), String> {
    must(!sending.reasons.trim().is_empty(), "no reasons")?;
    must(sending.parts.is_empty(), "parts are filled at replay")?;
    let served = matches!(sending.how, Some(Channel::Portal | Channel::Email | Channel::Post));
    must(served, "not served")
}
