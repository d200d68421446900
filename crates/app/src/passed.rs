//! A plan that moves with a child: passed on by the old authority, and taken by the new one, which
//! opens a record with it. Where both keep their records here, what is sent lies with the new
//! authority until somebody there takes it; nobody reads the record that it came from.

use sendero_record::{
    AskerNamed, Command, Contact, Name, NewPlan, PersonId, Record, Reference, Relation,
};
use sendero_store::{Commit, Draft as DraftRow, DraftWrite};

use crate::act::Form;
use crate::draft::name_of;
use crate::now::{id, token_hash};
use crate::{App, FieldFault, Me, Now, Problem};

/// What opens a plan that was passed on: being of the office of the area that it was sent to.
fn key_of(authority: &str) -> String {
    token_hash(&format!("plans passed on to {authority}"))
}

/// A plan that another authority has passed on here, and nobody has taken yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedPlan {
    /// What it is asked for by.
    pub id: String,
    /// What was sent.
    pub plan: NewPlan,
}

/// Who of the family is written to, as an officer types it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FamilyTyped {
    /// Their name; empty where nobody is named.
    pub name: String,
    /// What they are to the child.
    pub relation: Option<Relation>,
    /// E-mail address; empty where not given.
    pub email: String,
    /// Telephone number; empty where not given.
    pub phone: String,
}

impl FamilyTyped {
    /// The same as the record names somebody whom nobody has matched yet.
    #[must_use]
    pub fn named(&self) -> Option<AskerNamed> {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        some(&self.name).zip(self.relation).map(|(name, relation)| AskerNamed {
            person: PersonId::new(""),
            name: name_of(&name),
            relation,
            parental_responsibility: None,
            contact: Contact {
                email: some(&self.email),
                phone: some(&self.phone),
                interpreter: None,
                note: None,
                address: None,
            },
        })
    }
}

impl App {
    /// The plans that other authorities have passed on to this one, in the order in which they came.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody who opens no records.
    pub async fn passed_plans(&self, me: &Me) -> Result<Vec<PassedPlan>, Problem> {
        self.may_record_requests(me)?;
        self.trace(me, &self.now(), "", "passed-plans", "", "").await?;
        let rows = self.store.drafts_opened_by(&key_of(&me.authority)).await?;
        let mut list = rows.into_iter().map(read).collect::<Result<Vec<_>, _>>()?;
        list.sort_by(|a, b| (a.plan.on, &a.id).cmp(&(b.plan.on, &b.id)));
        Ok(list)
    }

    /// Opens a record with a plan that came from another authority. `passed` is the one that was
    /// passed on here, where it was; what was typed stands in its place.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody who opens no records, and where somebody has taken it already;
    /// [`Problem::Invalid`] for a child without a name, [`Problem::Refused`] where a day cannot be.
    pub async fn take_plan(
        &self,
        me: &Me,
        plan: &NewPlan,
        passed: Option<&str>,
        form: &Form,
    ) -> Result<Reference, Problem> {
        if plan.name.full().trim().is_empty() {
            return Err(Problem::Invalid(vec![FieldFault::of("child-name", "needed")]));
        }
        let mut drafts = Vec::new();
        if let Some(id) = passed {
            // A second tap comes after it was taken, and gets the first answer.
            let sent = self.store.draft(id).await?;
            if sent.is_some_and(|row| row.code_hash != key_of(&me.authority)) {
                return Err(Problem::NotFound);
            }
            drafts.push(DraftWrite::Take { reference: id.to_owned() });
        }
        let first = |reference: Reference, person: PersonId| {
            let family = plan.family.clone().map(|family| AskerNamed { person, ..family });
            Command::TakePlan(reference, Box::new(NewPlan { family, ..plan.clone() }))
        };
        self.open_record(me, form, &drafts, first).await
    }

    /// What is sent with a plan that is passed on to an authority that keeps its records here: beside
    /// the event, in the same commit.
    pub(crate) async fn send_plan_on(
        &self,
        commit: &mut Commit,
        me: &Me,
        now: &Now,
        record: &Record,
        command: &Command,
    ) -> Result<(), Problem> {
        let Command::PassPlan { to } = command else { return Ok(()) };
        let areas = self.areas().await?;
        let from = areas.iter().find(|area| area.code == me.authority);
        let there = areas
            .iter()
            .find(|area| area.code != me.authority && area.name.eq_ignore_ascii_case(to.trim()));
        let (Some(from), Some(there), Some(plan)) = (from, there, record.plan_in_force()) else {
            return Ok(());
        };
        let Some(child) = record.registered() else { return Ok(()) };
        let setting = record.setting();
        let content = NewPlan {
            name: child.name.clone(),
            born: child.born,
            setting: setting.map(|setting| (setting.kind, setting.name)),
            family: family_of(record, now),
            from: from.name.clone(),
            on: now.today,
            made_on: record.plan_made_on(),
            last_reviewed: record.last_reviewed(),
            plan: plan.clone(),
        };
        let content = serde_json::to_string(&content)
            .map_err(|_| Problem::Broken("a plan cannot be written".to_owned()))?;
        commit.drafts.push(DraftWrite::Begin(DraftRow {
            reference: format!("plan-{}", id(self.chance.as_ref())),
            authority: there.code.clone(),
            code_hash: key_of(&there.code),
            content,
            updated_at: now.at.clone(),
            submitted_child: String::new(),
        }));
        Ok(())
    }
}

fn read(row: DraftRow) -> Result<PassedPlan, Problem> {
    let plan = serde_json::from_str(&row.content)
        .map_err(|_| Problem::Broken("a plan that was passed on cannot be read".to_owned()))?;
    Ok(PassedPlan { id: row.reference, plan })
}

/// Whom of the family to write to: the first of those tied now who are no advisers. They are nobody's
/// id in the other area until somebody there has checked who they are.
fn family_of(record: &Record, now: &Now) -> Option<AskerNamed> {
    let people = record.people();
    let mut family = people
        .iter()
        .filter(|tied| tied.relation != Relation::Adviser)
        .filter(|tied| tied.until.is_none_or(|until| until > now.today));
    let tied = family.next()?;
    let nothing =
        Contact { email: None, phone: None, interpreter: None, note: None, address: None };
    Some(AskerNamed {
        person: PersonId::new(""),
        name: Name { given: tied.name.given.clone(), family: tied.name.family.clone() },
        relation: tied.relation,
        parental_responsibility: tied.parental_responsibility,
        contact: tied.contact.clone().unwrap_or(nothing),
    })
}
