//! What staff see and do, in modules that mirror the addresses. Here is what they share: opening a
//! case for a member of staff, its head, and the frame.

mod acts;
mod advice;
mod ask_advice;
mod asker;
mod before;
mod call;
mod case;
mod children;
mod claim;
mod comments;
mod decide;
mod desk;
mod entries;
mod entry;
mod late;
mod moved;
mod new_child;
mod offer_log;
mod people;
mod plan;
mod record;
mod send;
mod terms;
pub(crate) mod today;
mod why;

use axum::Router;
use jiff::civil::Date;
use sendero_app::breaches::Stood;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::law::{Duty, Obligation, Standing};
use sendero_app::house::record::{ChildId, Command, Event, Record, Refusal, Tied};
use sendero_app::{CaseFile, Form, Me, Problem};

use super::Shown;
use crate::draw::{area_of, duty, staff_kind};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::stop::Stop;
use crate::view::clock::days;
use crate::view::form::{Filled, Hidden};
use crate::view::officer::{By, Child, Whose};
use crate::view::parts::Days;
use crate::view::{Frame, Tab};
use crate::words;

/// The routes of an office.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .merge(today::routes())
        .merge(children::routes())
        .merge(case::routes())
        .merge(asker::routes())
        .merge(decide::routes())
        .merge(why::routes())
        .merge(late::routes())
        .merge(before::routes())
        .merge(ask_advice::routes())
        .merge(people::routes())
        .merge(plan::routes())
        .merge(send::routes())
        .merge(claim::routes())
        .merge(record::routes())
        .merge(entry::routes())
        .merge(advice::routes())
        .merge(call::routes())
        .merge(new_child::routes())
        .merge(moved::routes())
        .merge(comments::routes())
        .merge(entries::routes())
        .merge(offer_log::routes())
        .merge(terms::routes())
}

/// An open case with who is looking.
pub(crate) struct Open<'a> {
    pub(crate) me: &'a Me,
    pub(crate) child: ChildId,
    pub(crate) file: CaseFile,
    /// Where the case's pages start: `/case/ALD260904171K`.
    pub(crate) base: String,
    /// Where the page has asked: the wording of these reasons as it stood in other refusals.
    pub(crate) stood: Option<Stood>,
}

/// Who is signed in, if they are of the office. A family and an adviser have pages of their own, and
/// find nothing here.
pub(crate) fn staff(visitor: &Visitor) -> Result<&Me, Stop> {
    let me = visitor.me()?;
    match me.role {
        Role::Officer | Role::Manager => Ok(me),
        Role::Parent | Role::YoungPerson | Role::Adviser | Role::Provider => {
            Err(Problem::NotFound.into())
        }
    }
}

/// Opens a case for a member of staff, with a trace that names the part.
pub(crate) async fn open<'a>(
    web: &Web,
    visitor: &'a Visitor,
    reference: &str,
    part: Part,
) -> Result<Open<'a>, Stop> {
    let me = staff(visitor)?;
    let child = web.app.child_by_reference(me, reference).await?;
    let file = web.app.open(me, &child, part, "").await?;
    let base = file
        .record
        .registered()
        .map(|child| format!("/case/{}", child.reference.as_str()))
        .unwrap_or_default();
    Ok(Open { me, child, file, base, stood: None })
}

/// The staff frame with one part of the menu marked.
pub(crate) fn frame(web: &Web, visitor: &Visitor, tab: Tab) -> Frame {
    Frame { area: area_of(visitor), kind: staff_kind(&web.app, visitor, None, None), tab }
}

/// Age in whole years on a day.
pub(crate) fn age(born: Option<Date>, today: Date) -> Option<u32> {
    let born = born?;
    let before = (today.month(), today.day()) < (born.month(), born.day());
    u32::try_from(today.year() - born.year() - i16::from(before)).ok()
}

impl<'a> Open<'a> {
    /// The same case as it stands now, for a page that is drawn after an act.
    pub(crate) async fn again(&self, web: &Web) -> Result<Open<'a>, Stop> {
        let file = web.app.open(self.me, &self.child, Part::Case, "").await?;
        Ok(Open {
            me: self.me,
            child: self.child.clone(),
            file,
            base: self.base.clone(),
            stood: None,
        })
    }
}

impl Open<'_> {
    /// The child as the head of a page names them.
    pub(crate) fn head(&self) -> Child {
        let registered = self.file.record.registered();
        let setting = self.file.record.setting();
        let age = age(registered.and_then(|child| child.born), self.file.now.today);
        let line: Vec<String> = [
            age.map(|age| age.to_string()),
            setting.map(|at| at.name.unwrap_or_else(|| words::word("setting", at.kind.word()))),
        ]
        .into_iter()
        .flatten()
        .collect();
        Child {
            base: self.base.clone(),
            name: registered.map(|child| child.name.full()).unwrap_or_default(),
            line: line.join(", "),
            reference: registered.map(|child| child.reference.to_string()).unwrap_or_default(),
        }
    }

    /// A form on this case that nobody has sent yet.
    pub(crate) fn fresh(&self, web: &Web, visitor: &Visitor) -> Shown {
        Shown::fresh(visitor.hidden(web, None), Filled::about(&self.head().name))
    }

    /// The case page, which says what was saved a moment ago: a word of the list `saved`.
    pub(crate) fn saved(&self, what: &str) -> String {
        format!("{}?saved={what}", self.base)
    }

    /// The marks of a form on this case, with the version that the reader has seen.
    pub(crate) fn hidden(&self, web: &Web, visitor: &Visitor) -> Hidden {
        visitor.hidden(web, Some(self.file.record.version()))
    }

    /// The same case, with the wording of these reasons compared with that of other refusals.
    pub(crate) async fn compared(self, web: &Web, reasons: &str) -> Result<Self, Problem> {
        let stood = web.app.stood_before(self.me, &self.file, reasons).await?;
        Ok(Self { stood, ..self })
    }

    /// What would keep a command from being done now, if anything would.
    pub(crate) fn refusal_of(&self, web: &Web, command: &Command) -> Option<Refusal> {
        let in_others = self.stood.as_ref().map_or(0, |stood| stood.others);
        web.app.refusal_of(&self.file, command, in_others)
    }

    /// Does something to the case, as the form says.
    pub(crate) async fn act(
        &self,
        web: &Web,
        command: &Command,
        typed: &Typed,
    ) -> Result<(), Problem> {
        web.app.act(self.me, &self.child, command, &typed.form()).await.map(drop)
    }

    /// Does something that goes with what the same form did: under a mark of its own, so that a
    /// second tap does neither twice.
    pub(crate) async fn act_beside(
        &self,
        web: &Web,
        event: Event,
        typed: &Typed,
    ) -> Result<(), Problem> {
        let today = self.file.now.today;
        let command = Command::Record { event, on: today, known_on: today };
        let form = Form { command: format!("{}-beside", typed.get("command")), seen: None };
        web.app.act(self.me, &self.child, &command, &form).await.map(drop)
    }

    /// Records something of today.
    pub(crate) async fn record(
        &self,
        web: &Web,
        event: Event,
        typed: &Typed,
    ) -> Result<(), Problem> {
        self.act(web, &self.today(event), typed).await
    }

    /// The command that records an event of today.
    pub(crate) fn today(&self, event: Event) -> Command {
        let today = self.file.now.today;
        Command::Record { event, on: today, known_on: today }
    }

    /// The last day of a duty while somebody waits for it; none once it was done or fell away.
    pub(crate) fn due(&self, id: &str) -> Option<Date> {
        duty(&self.file, id).filter(|law| law.standing.is_live()).and_then(|law| law.due)
    }
}

/// Where a duty is written, for a line of a list; an area's own standard says that it is one.
pub(crate) fn cite_of(duty: &Duty) -> String {
    match duty.beside {
        Some(_) => format!("{}: {}", words::word("cite", "own"), duty.cite),
        None => short_cite(&duty.cite),
    }
}

/// Where the law is written, short enough for a line of a list.
pub(crate) fn short_cite(cite: &str) -> String {
    cite.replace("SEND Regulations 2014 ", "")
        .replace("Children and Families Act 2014 ", "")
        .replace("Tribunal Procedure (HESC) Rules 2008 ", "")
}

/// The last day as a list writes it.
pub(crate) fn by_of(due: Option<Date>, safe: Option<Date>, standing: Standing, today: Date) -> By {
    match due {
        Some(due) => By::day(due, safe.unwrap_or(due), today),
        None if standing == Standing::Unclear => By::Unclear,
        None => By::AtOnce,
    }
}

/// Days left, late or open.
pub(crate) fn days_of(due: Option<Date>, since: Date, standing: Standing, today: Date) -> Days {
    match due {
        Some(due) if due < today => Days::Late(days(due, today)),
        Some(due) => Days::Left(days(today, due)),
        None if standing == Standing::Unclear => Days::Words(words::word("standing", "unclear")),
        None => Days::Open(days(since, today).max(0)),
    }
}

/// Whose turn it is in a duty of an open case.
pub(crate) fn whose_of(open: &Open<'_>, law: &Obligation) -> Whose {
    let duty = open.file.law.duty(&law.duty);
    match duty.map(|duty| (duty.form.as_str(), duty.owner.as_str())) {
        Some(("floor", _) | (_, "parent-or-young-person")) => {
            Whose::Other(words::word("turn", "family"))
        }
        Some((_, "advice-body")) => {
            Whose::Other(words::word("body-turn", law.trigger.body.as_deref().unwrap_or_default()))
        }
        _ => match open.file.record.officer() {
            Some((officer, _)) if officer == open.me.id => Whose::You,
            Some((_, name)) => Whose::Other(name.full()),
            None => Whose::Other(words::word("turn", "nobody")),
        },
    }
}

/// The people of the family who are tied to the child today.
pub(crate) fn family(file: &CaseFile) -> Vec<Tied> {
    file.record
        .people()
        .into_iter()
        .filter(|tied| tied.relation != sendero_app::house::record::Relation::Adviser)
        .filter(|tied| tied.until.is_none_or(|until| until > file.now.today))
        .collect()
}

/// "Noor Ashgrove, mother".
pub(crate) fn person_words(tied: &Tied) -> String {
    format!("{}, {}", tied.name.full(), words::word("relation", tied.relation.word()))
}

/// The day of the request that is open, and who asked, in a sentence without its full stop.
pub(crate) fn asked_words(record: &Record) -> String {
    let asked = record.last_of(&["assessment-requested", "brought-to-attention"]);
    asked.map_or_else(String::new, |entry| {
        let by = match &entry.event {
            Event::AssessmentRequested(request) | Event::BroughtToAttention(request) => {
                words::word("requester", request.by.word())
            }
            _ => String::new(),
        };
        format!("{by} on {}", crate::view::in_full(entry.header.on))
    })
}
