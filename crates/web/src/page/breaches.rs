//! `/breaches` and `/breaches.csv`: what was late in the whole area, by duty, by what held it up and by
//! month, and with which doubts refusals went. Counted by system, never by person.

use axum::Router;
use axum::extract::{Query, State};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;
use sendero_app::breaches::{AreaRegister, SPANS, Tally, guarded};
use sendero_app::house::law::Rulebook;
use sendero_app::house::record::doubt;
use serde::Deserialize;

use super::staff::frame;
use super::{Answer, page};
use crate::server::Web;
use crate::session::Visitor;
use crate::view::Tab;
use crate::view::manager::{Breaches, Count};
use crate::words;

pub(crate) fn routes() -> Router<Web> {
    Router::new().route("/breaches", get(breaches)).route("/breaches.csv", get(csv))
}

/// How many months back, as typed: what is none of ours gives a year, and no error of a parser.
#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    months: String,
}

impl Asked {
    fn span(&self) -> u8 {
        self.months.parse().ok().filter(|months| SPANS.contains(months)).unwrap_or(12)
    }
}

async fn breaches(State(web): State<Web>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let me = visitor.me()?;
    let law = web.app.rulebook_of(&me.authority);
    let found = web.app.area_register(me, asked.span()).await?;
    let named = |tallies: &[Tally], name: &dyn Fn(&str) -> String| {
        tallies
            .iter()
            .map(|one| Count { name: name(&one.key), many: one.many, open: one.open })
            .collect::<Vec<_>>()
    };
    page(&Breaches {
        frame: frame(&web, &visitor, Tab::Forecast),
        from: found.from,
        today: found.now.today,
        months: asked.span(),
        spans: SPANS.to_vec(),
        total: Count { name: String::new(), many: found.total.many, open: found.total.open },
        by_duty: named(&found.by_duty, &|key| duty(law, key)),
        by_cause: named(&found.by_cause, &cause),
        by_month: named(&found.by_month, &month),
        refusals: found.refusals,
        went_on: found.went_on,
        doubts: found
            .doubts
            .iter()
            .map(|(id, many)| Count { name: doubt_title(id), many: *many, open: 0 })
            .collect(),
    })
}

fn duty(law: &Rulebook, id: &str) -> String {
    law.duty(id).map_or_else(|| id.to_owned(), |duty| duty.title.clone())
}

fn cause(cause: &str) -> String {
    words::word("cause", if cause.is_empty() { "not-told" } else { cause })
}

/// "November 2026".
fn month(month: &str) -> String {
    let first = format!("{month}-01").parse::<jiff::civil::Date>();
    first.map_or_else(|_| month.to_owned(), |day| day.strftime("%B %Y").to_string())
}

fn doubt_title(id: &str) -> String {
    doubt(id).map_or_else(|| id.to_owned(), |doubt| doubt.title.clone())
}

/// The same as a table that may leave the office: small counts are hidden, and there are no totals
/// from which they could be worked out.
async fn csv(State(web): State<Web>, visitor: Visitor, Query(asked): Query<Asked>) -> Answer {
    let me = visitor.me()?;
    let law = web.app.rulebook_of(&me.authority);
    let found = web.app.area_register(me, asked.span()).await?;
    let name = format!("attachment; filename=\"late-{}-{}.csv\"", found.from, found.now.today);
    let headers =
        [(CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()), (CONTENT_DISPOSITION, name)];
    Ok((headers, table(law, &found)).into_response())
}

fn table(law: &Rulebook, found: &AreaRegister) -> String {
    let mut rows = vec![["counted by", "what", "late", "of them not done yet"].map(str::to_owned)];
    let mut add = |by: &str, tallies: &[Tally], name: &dyn Fn(&str) -> String| {
        rows.extend(
            tallies
                .iter()
                .map(|one| [by.to_owned(), name(&one.key), guarded(one.many), guarded(one.open)]),
        );
    };
    add("duty", &found.by_duty, &|key| duty(law, key));
    add("held up by", &found.by_cause, &cause);
    add("month", &found.by_month, &|month| month.to_owned());
    rows.extend(found.doubts.iter().map(|(id, many)| {
        ["refusal with a doubt".to_owned(), doubt_title(id), guarded(*many), String::new()]
    }));
    let field = |text: &String| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |row: &[String; 4]| row.iter().map(field).collect::<Vec<_>>().join(",") + "\r\n";
    rows.iter().map(line).collect()
}
