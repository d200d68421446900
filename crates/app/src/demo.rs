//! A pretend area: the acts of a made-up world, replayed through the use cases as people would do
//! them, each on its day.

mod keepers;
mod terms;

use std::collections::{BTreeMap, BTreeSet};

use sendero_access::Role;
use sendero_law::Date;
use sendero_record::{ChildId, Command, Name, PersonId, Record};
use sendero_store::{Commit, CommitError, PersonRow};
use sendero_world::{Setup, World, WorldChild, WorldPerson, WorldRole};

use crate::act::{Form, act_of};
use crate::demo_offer::NEIGHBOUR;
use crate::now::{token, token_hash};
use crate::people::{NewPerson, row_of};
use crate::{App, AreaDetail, Me, Now, Problem};

/// What a demonstration is made from.
#[derive(Clone, Copy, Debug)]
pub struct DemoSetup {
    /// The seed.
    pub seed: u64,
    /// How many children.
    pub children: u32,
    /// The day up to which things have happened.
    pub today: Date,
    /// How many years of requests lie behind that day.
    pub years: u32,
    /// Where it will be reached.
    pub port: u16,
    /// Further exchanges of messages about each child.
    pub talk: u32,
}

/// A way in for one role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLink {
    /// The role, in a word.
    pub role: String,
    /// The token of a link that works again until the server stops.
    pub token: String,
}

/// Years of requests behind the day of a demonstration.
pub const DEMO_YEARS: u32 = 3;
/// Children replayed at once: more than one group of commits takes, so that the acts of some are
/// decided while those of others are written.
const AT_ONCE: usize = 160;

impl App {
    /// Makes the pretend area in an empty database, or finds it there.
    ///
    /// # Errors
    /// Where an act of the made-up world is refused, which is a fault of ours, or the database
    /// fails.
    pub async fn make_demo(&self, setup: &DemoSetup) -> Result<(), Problem> {
        if !self.store.areas().await?.is_empty() {
            return Ok(());
        }
        let world = sendero_world::make(&Setup {
            seed: setup.seed,
            children: setup.children,
            today: setup.today,
            years: setup.years,
            talk: setup.talk,
        });
        let area = demo_area(&world, setup.port);
        self.set_area(&area).await?;
        self.make_demo_neighbour(&area, setup.port, setup.today).await?;
        self.add_cast(&world, &area).await?;
        self.add_terms(&world, &area, setup.today).await?;
        let staff = world.people.iter().find(|one| matches!(one.role, WorldRole::Officer));
        let staff =
            staff.ok_or_else(|| Problem::Broken("an area without an officer".to_owned()))?;
        self.make_demo_offer(&area, &me_of(&world, &area, staff), setup.today).await?;
        self.add_keeper(&world, &area).await?;
        let world = std::sync::Arc::new(world);
        let mut running = tokio::task::JoinSet::new();
        let mut outcome = Ok(());
        for index in 0..world.children.len() {
            if running.len() >= AT_ONCE {
                outcome = outcome.and(joined(running.join_next().await));
            }
            let (app, world, area) = (self.clone(), world.clone(), area.clone());
            running.spawn(async move {
                match world.children.get(index) {
                    Some(child) => app.replay(&world, &area, child).await,
                    None => Ok(()),
                }
            });
        }
        while let Some(done) = running.join_next().await {
            outcome = outcome.and(joined(Some(done)));
        }
        outcome
    }

    async fn add_cast(&self, world: &World, area: &AreaDetail) -> Result<(), Problem> {
        let people: Vec<PersonRow> = world
            .people
            .iter()
            .map(|person| {
                let id = world.person_id(&person.key);
                let new = new_person(person, &id, &area.code);
                row_of(&new, &id, &person.email)
            })
            .collect();
        for some in people.chunks(200) {
            let commit = Commit {
                authority: area.code.clone(),
                at: self.now().at,
                actor: "demo".to_owned(),
                people: some.to_vec(),
                ..Commit::default()
            };
            self.store.commit(commit).await?;
        }
        Ok(())
    }

    async fn replay(
        &self,
        world: &World,
        area: &AreaDetail,
        child: &WorldChild,
    ) -> Result<(), Problem> {
        let id = ChildId::new(world.person_id(&child.key).as_str());
        let acting: BTreeSet<&str> = child.acts.iter().map(|act| act.who.as_str()).collect();
        let people: BTreeMap<&str, Me> = world
            .people
            .iter()
            .filter(|person| acting.contains(person.key.as_str()))
            .map(|person| (person.key.as_str(), me_of(world, area, person)))
            .collect();
        let mut record = Record::new(id, Vec::new());
        for act in &child.acts {
            let (hour, minute) = (act.minute / 60, act.minute % 60);
            let now = Now::on(
                act.day,
                i8::try_from(hour).unwrap_or(12),
                i8::try_from(minute).unwrap_or(0),
            );
            match self.replay_act(world, area, &record, &people, act, &now).await {
                Ok(after) => record = after.unwrap_or(record),
                Err(problem) => {
                    let what = format!("{} by {} on {}: {problem}", child.key, act.who, act.day);
                    tracing::error!(what, "the made-up world does what is refused");
                    return Err(Problem::Broken(format!("a made-up act was refused: {what}")));
                }
            }
        }
        Ok(())
    }

    /// Does one act of a child's made-up past, and gives the record as it is then.
    async fn replay_act(
        &self,
        world: &World,
        area: &AreaDetail,
        record: &Record,
        people: &BTreeMap<&str, Me>,
        act: &sendero_world::Act,
        now: &Now,
    ) -> Result<Option<Record>, Problem> {
        let me = people
            .get(act.who.as_str())
            .ok_or_else(|| Problem::Broken(format!("nobody is called {}", act.who)))?;
        if let sendero_world::Deed::Command(first @ Command::Request(_)) = &act.what {
            let (record, fresh) = self.decided_first(record.child(), first, now.today)?;
            let (by, form) = (PersonId::new("public"), Form::default());
            let law = self.law_of(&area.code).await?;
            let (commit, after) =
                self.commit_of(now, (&area.code, &law), &by, &record, &fresh, &form);
            self.store.commit(commit).await.map_err(Problem::from)?;
            return Ok(Some(after));
        }
        let command = act
            .what
            .command(record, |key| world.person_id(key))
            .ok_or_else(|| Problem::Broken("an act names what is not there".to_owned()))?;
        let command = self.with_notice(area, command, now);
        tracing::debug!(act = act_of(&command).word(), "replayed");
        self.act_again(me, record, &command, now).await
    }

    /// A made-up command leaves the parts of notices to the area, as the officer's page does.
    fn with_notice(&self, area: &AreaDetail, command: Command, now: &Now) -> Command {
        let appeal_by = now
            .today
            .checked_add(jiff::Span::new().months(2))
            .map_or_else(|_| String::new(), |day| day.strftime("%-d %B %Y").to_string());
        let none = BTreeMap::new();
        let parts =
            |kind: &str| self.notice_parts(area, (kind, &none), &[("appeal_by", &appeal_by)]);
        match command {
            Command::RefuseToAssess { answers, mut sending } => {
                sending.parts = parts("assessment-refused");
                Command::RefuseToAssess { answers, sending }
            }
            Command::AgreeToAssess { answers, mut sending } => {
                sending.parts = parts("assessment-agreed");
                Command::AgreeToAssess { answers, sending }
            }
            Command::RefusePlan(mut sending) => {
                sending.parts = parts("plan-refused");
                Command::RefusePlan(sending)
            }
            Command::SendDraft { how, .. } => {
                Command::SendDraft { how, parts: parts("draft-plan-sent") }
            }
            Command::SendFinal { names_institution, mut sending } => {
                sending.parts = parts("final-plan-sent");
                Command::SendFinal { names_institution, sending }
            }
            other => other,
        }
    }

    /// One link a role, which works again until it is made anew. The parent is the one whose child
    /// the walk through the demonstration is about.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn demo_links(&self, setup: &DemoSetup) -> Result<Vec<DemoLink>, Problem> {
        let world = sendero_world::make(&Setup {
            seed: setup.seed,
            children: 2,
            today: setup.today,
            years: 3,
            talk: setup.talk,
        });
        let cast = demo_cast(&world);
        let code = world.area.code.clone();
        let mut links = Vec::new();
        let cast = cast.into_iter().map(|(role, key)| (role, world.person_id(&key)));
        let keeper = self.demo_keeper().await?.map(|keeper| ("provider".to_owned(), keeper.id));
        for (role, id) in cast.chain(keeper) {
            if self.store.person(id.as_str()).await?.is_none() {
                continue;
            }
            let secret = token(self.chance.as_ref());
            let commit = Commit {
                authority: code.clone(),
                at: self.now().at,
                actor: "demo".to_owned(),
                links: vec![self.link_for(&code, &id, &secret, true)],
                ..Commit::default()
            };
            match self.store.commit(commit).await {
                Ok(_) => links.push(DemoLink { role, token: secret }),
                Err(CommitError::Store(error)) => return Err(error.into()),
                Err(other) => return Err(Problem::Broken(other.to_string())),
            }
        }
        Ok(links)
    }
}

/// Who stands for each role: the first child's parent, officer and late adviser, and the second
/// child's parent, whose draft plan is out.
fn demo_cast(world: &World) -> Vec<(String, String)> {
    let mut cast = Vec::new();
    let first = world.children.first();
    if let Some(parent) = first.and_then(|child| child.family.first()) {
        cast.push(("parent".to_owned(), parent.key.clone()));
    }
    if let Some(parent) = world.children.get(1).and_then(|child| child.family.first()) {
        cast.push(("parent-with-draft".to_owned(), parent.key.clone()));
    }
    let officer = first.and_then(|child| {
        let by_officer = |act: &&sendero_world::Act| {
            world
                .people
                .iter()
                .any(|person| person.key == act.who && matches!(person.role, WorldRole::Officer))
        };
        child.acts.iter().rev().find(by_officer).map(|act| act.who.clone())
    });
    if let Some(officer) = officer {
        cast.push(("officer".to_owned(), officer));
    }
    let of_body = |wanted: &str| {
        world.people.iter().find_map(|person| match &person.role {
            WorldRole::Adviser { body, .. } if body.word() == wanted => Some(person.key.clone()),
            _ => None,
        })
    };
    for (role, body) in [
        ("psychologist", "psychologist"),
        ("health", "health"),
        ("school", "school"),
        ("social-care", "social-care"),
    ] {
        if let Some(key) = asked_adviser(world, body).or_else(|| of_body(body)) {
            cast.push((role.to_owned(), key));
        }
    }
    if let Some(manager) =
        world.people.iter().find(|person| matches!(person.role, WorldRole::Manager))
    {
        cast.push(("manager".to_owned(), manager.key.clone()));
    }
    cast
}

/// The adviser of a body who is asked about the first child.
fn asked_adviser(world: &World, body: &str) -> Option<String> {
    let first = world.children.first()?;
    first.acts.iter().find_map(|act| match &act.what {
        sendero_world::Deed::Command(Command::AskForAdvice(asks)) => asks.iter().find_map(|ask| {
            let (person, _) = ask.person.as_ref()?;
            (ask.from.word() == body).then(|| {
                world
                    .people
                    .iter()
                    .find(|one| world.person_id(&one.key) == *person)
                    .map(|one| one.key.clone())
            })?
        }),
        _ => None,
    })
}

fn role_of(role: &WorldRole) -> Role {
    match role {
        WorldRole::Parent => Role::Parent,
        WorldRole::YoungPerson => Role::YoungPerson,
        WorldRole::Officer => Role::Officer,
        WorldRole::Adviser { .. } => Role::Adviser,
        WorldRole::Manager => Role::Manager,
    }
}

fn body_of(role: &WorldRole) -> String {
    match role {
        WorldRole::Adviser { body, adviser } => format!("{}|{adviser}", body.word()),
        _ => String::new(),
    }
}

fn new_person(person: &WorldPerson, id: &PersonId, authority: &str) -> NewPerson {
    NewPerson {
        id: Some(id.clone()),
        authority: authority.to_owned(),
        role: role_of(&person.role),
        name: person.name.clone(),
        email: person.email.clone(),
        body: body_of(&person.role),
    }
}

fn me_of(world: &World, area: &AreaDetail, person: &WorldPerson) -> Me {
    Me::for_replay(
        world.person_id(&person.key),
        area.code.clone(),
        role_of(&person.role),
        Name::new(&person.name.given, &person.name.family),
        token_hash(&person.key),
    )
}

fn demo_area(world: &World, port: u16) -> AreaDetail {
    let area = &world.area;
    AreaDetail {
        code: area.code.clone(),
        name: area.name.clone(),
        letters: area.letters.clone(),
        pretend: true,
        phone: area.contacts.phone.clone(),
        hours: area.contacts.hours.clone(),
        advice: area.contacts.advice_service.clone(),
        advice_phone: area.contacts.advice_phone.clone(),
        mediation: format!(
            "{}, {}",
            area.contacts.mediation_adviser, area.contacts.mediation_phone
        ),
        disagreement: format!(
            "{}, {}",
            area.contacts.mediation_adviser, area.contacts.mediation_phone
        ),
        institutions: format!("the list that {} sends with every draft plan", area.name),
        address: format!("http://127.0.0.1:{port}"),
        borders: vec![NEIGHBOUR.to_owned()],
    }
}

fn joined(
    done: Option<Result<Result<(), Problem>, tokio::task::JoinError>>,
) -> Result<(), Problem> {
    match done {
        Some(Ok(outcome)) => outcome,
        Some(Err(_)) => Err(Problem::Broken("a replay stopped".to_owned())),
        None => Ok(()),
    }
}
