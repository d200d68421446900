//! The public pages of the law: by stage, by who owes, every duty drawn, and the whole of it.

use axum::http::StatusCode;
use sendero_app::house::law::{Rulebook, Status};

use crate::service::Service;

const OK: StatusCode = StatusCode::OK;

#[tokio::test]
async fn every_duty_is_found_by_stage_and_by_who_owes_it() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    for address in ["/law", "/law?by=who", "/law/all"] {
        let page = anybody.get(address).await;
        assert_eq!(page.status, OK, "{address}");
        for duty in Rulebook::embedded().duties() {
            let there = page.html.contains(&format!("/law/{}\"", duty.id))
                || page.html.contains(&format!("id=\"{}\"", duty.id));
            assert!(there, "{} is not on {address}", duty.id);
        }
    }
    let page = anybody.get("/law?by=who").await;
    page.says(OK, &["The mediation adviser", "The health body that pays for care"]);
}

#[tokio::test]
async fn every_duty_of_the_law_is_drawn_and_what_is_not_law_is_not() {
    let service = Service::new().await;
    let mut anybody = service.browser();
    for duty in Rulebook::embedded().duties() {
        let page = anybody.get(&format!("/law/{}", duty.id)).await;
        assert_eq!(page.status, OK, "{}", duty.id);
        let drawn = page.html.contains("<title>How the time runs</title><desc>");
        assert_eq!(drawn, duty.status == Status::InForce, "{}", duty.id);
    }
    // A last day before the day that it is counted from is drawn backwards, and said so.
    anybody.get("/law/pt-15feb").await.says(OK, &["Counted back from", "counted back"]);
    anybody.get("/law/ar-12m").await.says(OK, &["12 months end on"]);
}

#[tokio::test]
async fn the_whole_rulebook_is_open_as_data() {
    let service = Service::new().await;
    let page = service.browser().get("/law/rulebook.json").await;
    assert_eq!(page.status, OK);
    let read: serde_json::Value = serde_json::from_str(&page.html).unwrap();
    let law = Rulebook::embedded();
    assert_eq!(read["rulebook"], law.hash());
    let duties = read["files"].as_object().unwrap().iter().filter_map(|(_, file)| {
        let list = file.get("duty")?.as_array()?;
        Some(list.len())
    });
    assert_eq!(duties.sum::<usize>(), law.duties().len());
    let plan = &read["files"]["law/duties/plan.toml"]["duty"];
    let twenty = plan.as_array().unwrap().iter().find(|one| one["id"] == "plan-20w").unwrap();
    assert_eq!(twenty["within"]["weeks"], 20);
    // Days are text that anybody's reader takes.
    assert_eq!(twenty["in-force"][0]["from"], "2014-09-01");
}
