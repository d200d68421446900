//! Lists: today's work, a person's children, an adviser's inbox, and what will breach. Each asks
//! `access` for its scope, refreshes the few children whose rows no longer hold, and leaves a trace.

mod children;
mod shapes;
mod today;

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_access::{Act, Role, Scope};
use sendero_law::{Obligation, Question, Rulebook, SchoolAge, Standing, Timeline, school_age};
use sendero_record::{ChildId, PersonId, Record, SettingKind, Stage};
use sendero_store::{
    ChildRow, Commit, CommitError, ListFilter, ListQuery, ObligationRow, Order, StreamKind,
    StreamWrite,
};

use self::children::OwnFamily;
pub use shapes::{
    CauseCount, Forecast, GivenLine, Group, InboxLine, ListFilters, NamedChild, NewCase,
    OfferedCase, OfficeGaps, OfficerLoad, PAGE_LINES, Today, TodayLine,
};

use crate::followed::timeline_of;
use crate::people::{read_asker, read_name};
use crate::{App, Me, Now, Problem};

/// Lines that a list reads at most; more than any officer can hold.
const LINES_MAX: u32 = 2_000;
/// Children refreshed before a list is read.
const REFRESH_MAX: u32 = 200;
/// New requests that one page shows.
const NEW_MAX: u32 = 30;
/// How far ahead today's list looks, in days.
const AHEAD_DAYS: i32 = 14;

impl NamedChild {
    pub(crate) fn of(row: ChildRow) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let day = |text: &str| text.parse().ok();
        Self {
            name: read_name(&row.name),
            born: day(&row.born),
            setting: SettingKind::from_word(&row.setting_kind).map(|kind| (kind, row.setting_name)),
            stage: Stage::from_word(&row.stage).unwrap_or(Stage::NotAsked),
            officer: some(row.officer).map(PersonId::new),
            offered_to: some(row.offered_to).map(PersonId::new),
            out_since: day(&row.not_in_education_since),
            requested_on: day(&row.requested_on),
            id: ChildId::new(row.child),
            reference: row.reference,
        }
    }

    /// Age in whole years on a day.
    #[must_use]
    pub fn age(&self, today: Date) -> Option<i16> {
        let born = self.born?;
        let before_birthday = (today.month(), today.day()) < (born.month(), born.day());
        Some(today.year() - born.year() - i16::from(before_birthday))
    }
}

/// A stored day; none for the day that never comes.
pub(crate) fn day_of(text: &str) -> Option<Date> {
    text.parse().ok().filter(|day| *day != sendero_law::NEVER)
}

fn line_of(row: ObligationRow, child: ChildRow, standing: &str, today: Date) -> TodayLine {
    let due = day_of(&row.due);
    let act_by = day_of(&row.act_by).unwrap_or(today);
    let standing = Standing::from_word(standing).unwrap_or(Standing::Unclear);
    TodayLine {
        group: group_of(&row.turn, due, act_by, standing, today),
        child: NamedChild::of(child),
        duty: Some(row.duty),
        body: row.body,
        adviser: row.adviser,
        turn: row.turn,
        due,
        due_safe: day_of(&row.due_safe),
        act_by,
        since: day_of(&row.trigger_on).unwrap_or(today),
        standing,
        cause: row.cause,
        class: row.class,
    }
}

fn days_after(today: Date, days: i32) -> Date {
    today.checked_add(jiff::Span::new().days(days)).unwrap_or(sendero_law::NEVER)
}

/// The group of a line. Another's act is waiting, however late it is: the reader's own date behind
/// it has a line of its own.
fn group_of(turn: &str, due: Option<Date>, act_by: Date, standing: Standing, today: Date) -> Group {
    if turn != "authority" {
        return Group::Waiting;
    }
    let late = matches!(standing, Standing::Overdue | Standing::Excused);
    if late || due.is_some_and(|due| due <= today) {
        return Group::LateOrLastDay;
    }
    let breaks = due.map_or(act_by, |due| due.min(act_by.max(today)));
    if breaks <= days_after(today, 7) { Group::ThisWeek } else { Group::NextWeek }
}

impl App {
    /// Whether this person may have lists of the whole office.
    fn may_list_office(&self, me: &Me) -> Result<(), Problem> {
        let allowed = self.policies.may_office(&me.asker(), Act::ListOffice);
        match allowed {
            Ok(allowed) if allowed.scope() == Scope::Office => Ok(()),
            _ => Err(Problem::NotFound),
        }
    }

    /// Brings up to date the rows of children whose answer has changed by itself.
    pub(crate) async fn refresh(&self, authority: &str, now: &Now) -> Result<usize, Problem> {
        let today = now.today.to_string();
        let law = self.law_of(authority).await?;
        let stale = self.store.stale_children(authority, &today, &law.stamp(), REFRESH_MAX).await?;
        let mut refreshed = 0;
        for child in stale {
            let Some(stored) = self.store.child(authority, &child).await? else { continue };
            let record = crate::open::record_of(&stored)?;
            let rows = crate::projection::rows_of(&law, &record);
            let commit = Commit {
                authority: authority.to_owned(),
                at: now.at.clone(),
                actor: "refresh".to_owned(),
                streams: vec![StreamWrite {
                    stream: child,
                    kind: StreamKind::Child,
                    expected: stored.version,
                    events: Vec::new(),
                }],
                rows: vec![rows],
                ..Commit::default()
            };
            match self.store.commit(commit).await {
                // Another was first and has brought the rows up to date.
                Ok(_) | Err(CommitError::Stale { .. }) => refreshed += 1,
                Err(other) => return Err(other.into()),
            }
        }
        Ok(refreshed)
    }

    /// What will breach in two, four and six weeks if nothing changes, by cause.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody but a manager.
    pub async fn forecast(&self, me: &Me) -> Result<Forecast, Problem> {
        self.may_in_office(me, Act::Forecast)?;
        let now = self.now();
        self.refresh(&me.authority, &now).await?;
        self.trace(me, &now, "", "forecast", "", "").await?;
        let from = days_after(now.today, 1).to_string();
        let to = days_after(now.today, 43).to_string();
        let own = self.own_family(me, &now).await?;
        let rows = self.store.forecast(&me.authority, &from, &to).await?;
        let edges = [15, 29, 43].map(|days| days_after(now.today, days).to_string());
        let mut causes: BTreeMap<String, [usize; 3]> = BTreeMap::new();
        let mut totals = [0; 3];
        let mut first = Vec::new();
        for row in rows {
            if row.obligation.turn == "family" || own.has(&row.child.child) {
                continue;
            }
            let within = causes.entry(row.obligation.cause.clone()).or_default();
            for (at, edge) in edges.iter().enumerate() {
                if row.obligation.turns_on < *edge
                    && let (Some(a), Some(b)) = (within.get_mut(at), totals.get_mut(at))
                {
                    *a += 1;
                    *b += 1;
                }
            }
            if first.len() < 10 {
                first.push(line_of(row.obligation, row.child, &row.standing, now.today));
            }
        }
        let mut causes: Vec<CauseCount> =
            causes.into_iter().map(|(cause, within)| CauseCount { cause, within }).collect();
        causes.sort_by_key(|count| std::cmp::Reverse(count.within));
        let late_already = self.late_already(me, &now, &own).await?;
        let load = self.officer_load(me, &now).await?;
        Ok(Forecast { now, causes, totals, first, late_already, load })
    }

    async fn late_already(&self, me: &Me, now: &Now, own: &OwnFamily) -> Result<usize, Problem> {
        let query = ListQuery {
            authority: me.authority.clone(),
            scope: sendero_store::Scope::Office,
            today: now.today.to_string(),
            filter: ListFilter {
                standing: Some(Standing::Overdue.word().to_owned()),
                ..ListFilter::default()
            },
            order: Order::ByDate,
            after: None,
            limit: LINES_MAX * 10,
        };
        let late = self.store.list(query).await?.lines;
        Ok(late.iter().filter(|line| !own.has(&line.child.child)).count())
    }

    /// Each officer with their open children, by name.
    async fn officer_load(&self, me: &Me, now: &Now) -> Result<Vec<OfficerLoad>, Problem> {
        let load: BTreeMap<String, i64> =
            self.store.load_of_officers(&me.authority).await?.into_iter().collect();
        let officers = self.people_with(&me.authority, Role::Officer).await?;
        let due = self.due_by_officer(me, now).await?;
        Ok(officers
            .into_iter()
            .map(|officer| OfficerLoad {
                children: load.get(officer.id.as_str()).copied().unwrap_or_default(),
                due: due.get(officer.id.as_str()).copied().unwrap_or_default(),
                id: officer.id,
                name: officer.name,
            })
            .collect())
    }

    /// How much of each officer's work falls due within two weeks.
    async fn due_by_officer(&self, me: &Me, now: &Now) -> Result<BTreeMap<String, usize>, Problem> {
        let query = ListQuery {
            authority: me.authority.clone(),
            scope: sendero_store::Scope::Office,
            today: now.today.to_string(),
            filter: ListFilter {
                due_before: Some(days_after(now.today, AHEAD_DAYS + 1).to_string()),
                turn: Some("authority".to_owned()),
                ..ListFilter::default()
            },
            order: Order::ByDate,
            after: None,
            limit: LINES_MAX * 10,
        };
        let mut due = BTreeMap::new();
        for line in self.store.list(query).await?.lines {
            *due.entry(line.child.officer).or_insert(0) += 1;
        }
        Ok(due)
    }

    /// Children who have no full-time education and are old enough to be owed it; an officer's, or
    /// all of the area.
    async fn without_education(
        &self,
        me: &Me,
        officer: Option<&str>,
        now: &Now,
    ) -> Result<Vec<ChildRow>, Problem> {
        let rows = self.store.without_education(&me.authority, officer).await?;
        let too_young = |row: &ChildRow| {
            let born = row.born.parse::<Date>().ok();
            born.is_some_and(|born| school_age(born, now.today) == SchoolAge::Under)
        };
        Ok(rows.into_iter().filter(|row| !too_young(row)).collect())
    }

    /// Children without education, setting or named person.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody but a manager.
    pub async fn gaps(&self, me: &Me) -> Result<OfficeGaps, Problem> {
        self.may_in_office(me, Act::Forecast)?;
        let now = self.now();
        self.trace(me, &now, "", "gaps", "", "").await?;
        let own = self.own_family(me, &now).await?;
        Ok(OfficeGaps {
            without_education: own.others(self.without_education(me, None, &now).await?),
            without_setting: own.others(self.store.without_setting(&me.authority).await?),
            without_officer: own.others(self.store.without_officer(&me.authority).await?),
            offered: own.others(self.store.offered(&me.authority).await?),
            now,
        })
    }

    /// The cases offered to this officer.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn offered_to_me(&self, me: &Me) -> Result<Vec<OfferedCase>, Problem> {
        let now = self.now();
        let own = self.own_family(me, &now).await?;
        let mut offered = Vec::new();
        for child in own.others(self.store.offered_to(&me.authority, me.id.as_str()).await?) {
            let Some((record, timeline)) = self.listed(me, &child, &now).await? else { continue };
            let Some((header, offer)) = record.offered() else { continue };
            offered.push(OfferedCase {
                by: record.officer().map(|(_, name)| name),
                on: header.on,
                note: offer.note.clone(),
                next: timeline
                    .obligations
                    .iter()
                    .filter(|law| law.standing_on(now.today).is_live())
                    .filter(|law| is_work(self.rulebook_of(&me.authority), law))
                    .filter_map(|law| Some((law.duty.to_string(), law.due?)))
                    .min_by_key(|(_, due)| *due),
                child,
            });
        }
        Ok(offered)
    }

    /// Children whom nobody has taken on yet, the first to be received first: new requests.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody outside the office.
    pub async fn new_requests(&self, me: &Me) -> Result<Vec<NewCase>, Problem> {
        self.may_list_office(me)?;
        let now = self.now();
        self.trace(me, &now, "", "new-requests", "", "").await?;
        let own = self.own_family(me, &now).await?;
        let lines = self.store.new_children(&me.authority, ["rq-6w", "trf-6w"], NEW_MAX).await?;
        Ok(lines
            .into_iter()
            .filter(|line| !own.has(&line.child.child))
            .map(|line| {
                let asker = read_asker(&line.child.asker);
                let child = NamedChild::of(line.child);
                NewCase {
                    asker,
                    received: child.requested_on.unwrap_or(now.today),
                    due: day_of(&line.due),
                    due_safe: day_of(&line.due_safe),
                    child,
                }
            })
            .collect())
    }

    /// What is due next for each child: the reader's own, or the whole office's.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody outside the office.
    pub async fn next_lines(
        &self,
        me: &Me,
        office: bool,
    ) -> Result<BTreeMap<String, TodayLine>, Problem> {
        self.may_list_office(me)?;
        let now = self.now();
        let scope = if office {
            sendero_store::Scope::Office
        } else {
            sendero_store::Scope::Officer(me.id.as_str().to_owned())
        };
        let query = ListQuery {
            authority: me.authority.clone(),
            scope,
            today: now.today.to_string(),
            filter: ListFilter::default(),
            order: Order::ByDate,
            after: None,
            limit: LINES_MAX,
        };
        let mut next: BTreeMap<String, TodayLine> = BTreeMap::new();
        for line in self.store.list(query).await?.lines {
            let line = line_of(line.obligation, line.child, &line.standing, now.today);
            next.entry(line.child.id.as_str().to_owned()).or_insert(line);
        }
        Ok(next)
    }

    /// The record of a child that stands in a list which the reader may have; the list left the
    /// trace.
    async fn listed(
        &self,
        me: &Me,
        child: &NamedChild,
        now: &Now,
    ) -> Result<Option<(Record, Timeline)>, Problem> {
        let Some(stored) = self.store.child(&me.authority, child.id.as_str()).await? else {
            return Ok(None);
        };
        let record = crate::open::record_of(&stored)?;
        let question = Question { as_at: now.today, known_at: now.today, explain: false };
        let timeline = timeline_of(&self.law_of(&me.authority).await?, &record, question);
        Ok(Some((record, timeline)))
    }
}

/// Whether a duty is somebody's work with a day to it.
fn is_work(rulebook: &Rulebook, law: &Obligation) -> bool {
    rulebook.duty(&law.duty).is_some_and(|duty| duty.form == "deadline")
}
