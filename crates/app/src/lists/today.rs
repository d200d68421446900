//! Today's list: what is due, and children without education, in groups and in the order asked for.
//! All of it is counted and put in order; only the lines of one page are read whole.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use sendero_access::Role;
use sendero_law::Standing;
use sendero_record::Stage;
use sendero_store::{ChildRow, ListFilter, ListMark, ListQuery, Order};

use super::{
    AHEAD_DAYS, Group, LINES_MAX, ListFilters, NamedChild, PAGE_LINES, Today, TodayLine, day_of,
    days_after, group_of, line_of,
};
use crate::{App, Me, Now, Problem};

/// Where a line stands in today's list, before its words are read.
struct Place {
    group: Group,
    class: i64,
    due: Option<Date>,
    act_by: Date,
    /// Whether it is the authority's turn.
    is_ours: bool,
    child: String,
    name: String,
    /// The duty, or a child without education.
    mark: Result<ListMark, Box<ChildRow>>,
}

impl Place {
    fn of(mark: ListMark, today: Date) -> Self {
        let due = day_of(&mark.due);
        let act_by = day_of(&mark.act_by).unwrap_or(today);
        let standing = Standing::from_word(&mark.standing).unwrap_or(Standing::Unclear);
        Self {
            group: group_of(&mark.turn, due, act_by, standing, today),
            class: mark.class,
            due,
            act_by,
            is_ours: mark.turn == "authority",
            child: mark.child.clone(),
            name: mark.name_key.clone(),
            mark: Ok(mark),
        }
    }

    fn out_of_education(row: ChildRow, today: Date) -> Self {
        Self {
            group: Group::LateOrLastDay,
            class: 0,
            due: None,
            act_by: day_of(&row.not_in_education_since).unwrap_or(today),
            is_ours: true,
            child: row.child.clone(),
            name: row.name_key.clone(),
            mark: Err(Box::new(row)),
        }
    }
}

impl App {
    /// Today's list for this person.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where a person of their role has no list.
    pub async fn today(&self, me: &Me, filters: &ListFilters) -> Result<Today, Problem> {
        let now = self.now();
        self.may_list_office(me)?;
        self.refresh(&me.authority, &now).await?;
        let today = now.today.to_string();
        let scope = if filters.office || me.role == Role::Manager {
            sendero_store::Scope::Office
        } else {
            sendero_store::Scope::Officer(me.id.as_str().to_owned())
        };
        let query = ListQuery {
            authority: me.authority.clone(),
            scope: scope.clone(),
            today: today.clone(),
            filter: ListFilter {
                act_before: Some(days_after(now.today, AHEAD_DAYS + 1).to_string()),
                stage: Stage::from_word(&filters.stage).map(|stage| stage.word().to_owned()),
                ..ListFilter::default()
            },
            order: Order::ByDate,
            after: None,
            limit: LINES_MAX,
        };
        let described = format!("{filters:?}");
        self.trace(me, &now, "", "today", "", &described).await?;
        let mut places: Vec<Place> = self
            .store
            .marks(&query)
            .await?
            .into_iter()
            .map(|mark| Place::of(mark, now.today))
            .collect();
        let officer = match &scope {
            sendero_store::Scope::Officer(officer) => Some(officer.as_str()),
            _ => None,
        };
        for row in self.without_education(me, officer, &now).await? {
            if filters.stage.is_empty() || filters.stage == row.stage {
                places.push(Place::out_of_education(row, now.today));
            }
        }
        let own = self.own_family(me, &now).await?;
        places.retain(|place| !own.has(&place.child));
        let mine = places.iter().filter(|place| place.is_ours).count();
        let by_turn = [mine, places.len() - mine];
        let busy = places.iter().map(|place| place.child.as_str()).collect::<BTreeSet<_>>().len();
        match filters.turn.as_str() {
            "mine" => places.retain(|place| place.is_ours),
            "others" => places.retain(|place| !place.is_ours),
            _ => {}
        }
        if filters.by_date {
            places.sort_by_key(|place| (place.due.unwrap_or(place.act_by), place.act_by));
        } else if filters.by_name {
            places.sort_by(|a, b| (a.group, &a.name, a.act_by).cmp(&(b.group, &b.name, b.act_by)));
        } else {
            places.sort_by_key(|place| (place.group, place.class, place.act_by));
        }
        let mut counts = BTreeMap::new();
        for place in &places {
            *counts.entry(place.group).or_insert(0) += 1;
        }
        let total = places.len();
        // A page beyond the end is the last one: the list was longer when its address was made.
        let last = total.saturating_sub(1) / PAGE_LINES * PAGE_LINES;
        let first = filters.from.min(last);
        let shown: Vec<Place> = places.into_iter().skip(first).take(PAGE_LINES).collect();
        let mut lines = self.lines_at(&me.authority, shown, &now).await?;
        if filters.by_date {
            for line in &mut lines {
                line.class = 0;
            }
        }
        let children = self.children_with(me, &scope).await?;
        let next_due = self.first_beyond(me, &scope, &today, now.today).await?;
        let quiet = children.saturating_sub(busy);
        Ok(Today { now, lines, counts, total, by_turn, children, quiet, first, next_due })
    }

    /// The lines that stand at these places.
    async fn lines_at(
        &self,
        authority: &str,
        places: Vec<Place>,
        now: &Now,
    ) -> Result<Vec<TodayLine>, Problem> {
        let marks: Vec<&ListMark> =
            places.iter().filter_map(|place| place.mark.as_ref().ok()).collect();
        let today = now.today.to_string();
        let mut found =
            self.store.lines_of(authority, &today, &marks).await?.into_iter().peekable();
        let mut lines = Vec::with_capacity(places.len());
        for place in places {
            match place.mark {
                Err(child) => lines.push(out_of_education_line(NamedChild::of(*child), now.today)),
                // A duty that was closed a moment ago has no line any more.
                Ok(mark) => {
                    let line =
                        found.next_if(|line| line.n == mark.n && line.child.child == mark.child);
                    lines.extend(line.map(|line| {
                        line_of(line.obligation, line.child, &line.standing, now.today)
                    }));
                }
            }
        }
        Ok(lines)
    }

    async fn children_with(&self, me: &Me, scope: &sendero_store::Scope) -> Result<usize, Problem> {
        let total = match scope {
            sendero_store::Scope::Officer(officer) => {
                self.store.load_of(&me.authority, officer).await?
            }
            _ => {
                let load = self.store.load_of_officers(&me.authority).await?;
                load.into_iter().map(|(_, children)| children).sum()
            }
        };
        Ok(usize::try_from(total).unwrap_or_default())
    }

    /// The first day beyond the list on which something is to be done.
    async fn first_beyond(
        &self,
        me: &Me,
        scope: &sendero_store::Scope,
        today: &str,
        day: Date,
    ) -> Result<Option<Date>, Problem> {
        let query = ListQuery {
            authority: me.authority.clone(),
            scope: scope.clone(),
            today: today.to_owned(),
            filter: ListFilter {
                act_from: Some(days_after(day, AHEAD_DAYS + 1).to_string()),
                ..ListFilter::default()
            },
            order: Order::ByDate,
            after: None,
            limit: 1,
        };
        let page = self.store.list(query).await?;
        Ok(page.lines.first().and_then(|line| day_of(&line.obligation.act_by)))
    }
}

fn out_of_education_line(child: NamedChild, today: Date) -> TodayLine {
    let since = child.out_since.unwrap_or(today);
    TodayLine {
        child,
        group: Group::LateOrLastDay,
        duty: None,
        body: String::new(),
        adviser: String::new(),
        turn: "authority".to_owned(),
        due: None,
        due_safe: None,
        act_by: since,
        since,
        standing: Standing::Pending,
        cause: "education".to_owned(),
        class: 0,
    }
}
