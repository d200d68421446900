//! A pretend area's Local Offer: how it grew, what people said of it, and what was done, through the
//! same use cases by which people do it. What they say is in `demo/offer.toml`.

use jiff::civil::Date;
use sendero_offer::comment::{About, Action, Command, Reason, make};
use sendero_offer::log::{
    Consultation, Decided, Decision, Gap, GapSource, LogCommand, Reduction, gap_id,
};
use sendero_offer::search::Narrow;
use sendero_offer::{Directory, ServiceArea, derived_id, made_up, made_up_id, made_up_neighbour};
use serde::Deserialize;

use crate::{App, AreaDetail, Form, Me, Now, Problem};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    comment: Vec<Said>,
    consultation: Vec<Asked>,
    reduction: Vec<Cut>,
    search: Vec<Searched>,
    pressed: Vec<Searched>,
    gap: Vec<Missing>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Said {
    about: String,
    service: String,
    days: i32,
    words: String,
    answered: i32,
    response: String,
    action: String,
    owner: String,
    by: i32,
    done: i32,
    done_what: String,
    withheld: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Asked {
    days: i32,
    about: String,
    groups: Vec<String>,
    how: String,
    said: String,
    changed: i32,
    changed_what: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cut {
    days: i32,
    what: String,
    from: i32,
    by: String,
    why: String,
    consultation: String,
    instead: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Searched {
    words: String,
    times: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Missing {
    words: String,
    days: i32,
    decision: String,
    why: String,
    by: String,
    again: i32,
}

/// Services of the pretend Local Offer: as many as a small area has.
const SERVICES: usize = 260;
/// How the offer stood so many days before: how many services there were, and of how many one in
/// each did not say all that it says now.
const BEFORE: [(i32, usize, usize); 2] = [(380, 210, 2), (100, 250, 5)];

/// The area beside the pretend one, of which there is a Local Offer and nothing else.
pub(crate) const NEIGHBOUR: &str = "wet";
/// Those of its services that are for families of the pretend area, too.
const FOR_BOTH: [&str; 3] = ["splash", "hangout", "earn"];

fn broken(what: &str) -> Problem {
    Problem::Broken(format!("the made-up Local Offer: {what}"))
}

/// Noon on the day so many days before `today`.
fn days_before(today: Date, days: i32) -> Now {
    Now::on(today.saturating_sub(jiff::Span::new().days(days)), 12, 0)
}

impl App {
    /// Makes the Local Offer of a pretend area as it stands on `today`, with its past; `me` is a
    /// member of its staff.
    pub(crate) async fn make_demo_offer(
        &self,
        area: &AreaDetail,
        me: &Me,
        today: Date,
    ) -> Result<(), Problem> {
        for (days, services, unsaid) in BEFORE {
            let now = days_before(today, days);
            let mut before = made_up(&area.code, &area.name, &area.address, now.today, services);
            say_less(&mut before, unsaid);
            self.take_offer_at(&area.code, &before, "", false, &now).await?;
        }
        let offer = made_up(&area.code, &area.name, &area.address, today, SERVICES);
        self.take_offer_at(&area.code, &offer, "", false, &days_before(today, 0)).await?;
        let file: File = toml::from_str(include_str!("../demo/offer.toml"))
            .map_err(|error| broken(&error.to_string()))?;
        for one in &file.comment {
            self.demo_comment(area, me, today, one).await?;
        }
        for one in &file.consultation {
            self.demo_consultation(me, today, one).await?;
        }
        for one in &file.reduction {
            let from = days_before(today, one.from).today;
            let command = LogCommand::Reduce(Reduction {
                what: one.what.clone(),
                from,
                by: one.by.clone(),
                why: one.why.clone(),
                consultation: one.consultation.clone(),
                instead: one.instead.clone(),
            });
            self.demo_log(me, &self.fresh_id(), &command, &days_before(today, one.days)).await?;
        }
        self.demo_searches(area, &file).await?;
        for one in &file.gap {
            self.demo_gap(area, me, today, one).await?;
        }
        Ok(())
    }

    /// Makes the area beside a pretend one, with its Local Offer as it stands on `today`. Its pages are
    /// at a name of their own, which leads to the same machine.
    pub(crate) async fn make_demo_neighbour(
        &self,
        area: &AreaDetail,
        port: u16,
        today: Date,
    ) -> Result<(), Problem> {
        let neighbour = AreaDetail {
            code: NEIGHBOUR.to_owned(),
            name: "Wethermoor".to_owned(),
            letters: "WET".to_owned(),
            phone: "01632 960 800".to_owned(),
            advice: "Family Compass Wethermoor".to_owned(),
            advice_phone: "01632 960 806".to_owned(),
            address: format!("http://wethermoor.localhost:{port}"),
            borders: vec![area.code.clone()],
            ..area.clone()
        };
        self.set_area(&neighbour).await?;
        let mut offer = made_up_neighbour(NEIGHBOUR, &neighbour.name, &neighbour.address, today);
        for key in FOR_BOTH {
            let id = made_up_id(NEIGHBOUR, key);
            if let Some(service) = offer.services.get_mut(&id) {
                service.areas.push(ServiceArea {
                    id: derived_id(&[&id, "area", &area.name]),
                    name: area.name.clone(),
                    uri: String::new(),
                });
            }
        }
        self.take_offer_at(NEIGHBOUR, &offer, "", false, &days_before(today, 0)).await?;
        Ok(())
    }

    async fn demo_comment(
        &self,
        area: &AreaDetail,
        me: &Me,
        today: Date,
        said: &Said,
    ) -> Result<(), Problem> {
        let about = About::from_word(&said.about).ok_or_else(|| broken(&said.about))?;
        let service = match said.service.as_str() {
            "" => String::new(),
            key => made_up_id(&area.code, key),
        };
        let form = Form::default();
        let made = make(about, &service, &said.words).map_err(|_| broken(&said.words))?;
        let at = days_before(today, said.days);
        let id = self.take_comment(&area.code, &made, &form, &at).await?;
        if let Some(reason) = Reason::from_word(&said.withheld) {
            let at = days_before(today, said.days - 10);
            return self.answer_comment_at(me, &id, &Command::Withhold(reason), &form, &at).await;
        }
        if said.response.is_empty() {
            return Ok(());
        }
        let action = (!said.action.is_empty()).then(|| Action {
            what: said.action.clone(),
            owner: said.owner.clone(),
            by: days_before(today, -said.by).today,
        });
        let publish = Command::Publish {
            words: said.words.clone(),
            response: said.response.clone(),
            action,
            nobody_recognised: true,
        };
        let at = days_before(today, said.answered);
        self.answer_comment_at(me, &id, &publish, &form, &at).await?;
        if !said.done_what.is_empty() {
            let done = Command::Finish(said.done_what.clone());
            self.answer_comment_at(me, &id, &done, &form, &days_before(today, said.done)).await?;
        }
        Ok(())
    }

    async fn demo_consultation(&self, me: &Me, today: Date, asked: &Asked) -> Result<(), Problem> {
        let command = LogCommand::Consult(Consultation {
            about: asked.about.clone(),
            groups: asked.groups.clone(),
            how: asked.how.clone(),
            said: asked.said.clone(),
        });
        let id = self.fresh_id();
        self.demo_log(me, &id, &command, &days_before(today, asked.days)).await?;
        if !asked.changed_what.is_empty() {
            let command = LogCommand::Change(asked.changed_what.clone());
            self.demo_log(me, &id, &command, &days_before(today, asked.changed)).await?;
        }
        Ok(())
    }

    /// Searches of this month: each of another place.
    async fn demo_searches(&self, area: &AreaDetail, file: &File) -> Result<(), Problem> {
        let offer = self.local_offer(&area.code).await?;
        for one in &file.search {
            let understood = offer.finder.understand(&one.words);
            let found = offer.finder.find(&understood, &Narrow::default(), 1);
            let nothing = found.map_err(|error| broken(&error.to_string()))?.fallback;
            for place in 0..one.times {
                let place = format!("demo {place}");
                self.count_search(&area.code, &understood, nothing, &place).await?;
            }
        }
        for one in &file.pressed {
            for place in 0..one.times {
                self.count_not_found(&area.code, &one.words, &format!("demo {place}")).await?;
            }
        }
        Ok(())
    }

    async fn demo_gap(
        &self,
        area: &AreaDetail,
        me: &Me,
        today: Date,
        one: &Missing,
    ) -> Result<(), Problem> {
        let gap =
            Gap { source: GapSource::Search, key: one.words.clone(), what: one.words.clone() };
        let decision = Decision::from_word(&one.decision).ok_or_else(|| broken(&one.decision))?;
        let decided = Decided {
            decision,
            why: one.why.clone(),
            by: one.by.clone(),
            again_on: Some(days_before(today, -one.again).today),
        };
        let id = gap_id(&area.code, &gap);
        let command = LogCommand::Decide(gap, decided);
        self.demo_log(me, &id, &command, &days_before(today, one.days)).await
    }

    async fn demo_log(
        &self,
        me: &Me,
        id: &str,
        command: &LogCommand,
        now: &Now,
    ) -> Result<(), Problem> {
        self.keep_log(me, id, command, now.today, &Form::default(), now).await
    }
}

/// Takes from one in so many services what families missed in it at first.
fn say_less(directory: &mut Directory, one_in: usize) {
    for service in directory.services.values_mut().step_by(one_in) {
        service.wait = None;
        service.who_for = String::new();
        service.costs = Vec::new();
    }
}
