//! A pretend area: it stands, its rows are a fresh fold of its events on any day, and what a list
//! says is what the law says.

use jiff::civil::date;
use sendero_app::house::access::Part;
use sendero_app::{DemoSetup, ListFilters};

use crate::rig::app_on;

#[tokio::test(flavor = "multi_thread")]
async fn a_pretend_area_is_what_its_events_say_on_every_day() {
    let today = date(2026, 11, 23);
    let app = app_on(today).await;
    let setup = DemoSetup { seed: 7, children: 40, today, years: 3, port: 8080, talk: 0 };
    app.make_demo(&setup).await.expect("a world whose every act is allowed");
    for day in [today, date(2026, 12, 24), date(2027, 2, 14), date(2028, 2, 29)] {
        assert!(app.set_day(day));
        let verified = app.verify().await.unwrap();
        assert_eq!(verified.findings, [], "on {day}");
        assert_eq!(verified.children, 40);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_says_what_the_law_says_of_each_child() {
    let today = date(2026, 11, 23);
    let app = app_on(today).await;
    let setup = DemoSetup { seed: 3, children: 30, today, years: 3, port: 8080, talk: 0 };
    app.make_demo(&setup).await.expect("a world whose every act is allowed");
    let manager = app
        .demo_links(&setup)
        .await
        .unwrap()
        .into_iter()
        .find(|link| link.role == "manager")
        .expect("a manager");
    let me = app.sign_in_by_link(&manager.token, "test").await.unwrap().me;
    for day in [today, date(2026, 12, 21), date(2027, 3, 1)] {
        assert!(app.set_day(day));
        let mut lines = 0;
        let mut from = 0;
        loop {
            let filters = ListFilters { from, office: true, ..ListFilters::default() };
            let list = app.today(&me, &filters).await.unwrap();
            for line in &list.lines {
                let Some(duty) = &line.duty else { continue };
                let file = app.open(&me, &line.child.id, Part::Case, "").await.unwrap();
                let same = file.timeline.obligations.iter().any(|law| {
                    law.duty == *duty && law.standing == line.standing && law.due == line.due
                });
                assert!(same, "{duty} {:?} on {day}: {:#?}", line.standing, file.timeline);
                lines += 1;
            }
            from += list.lines.len();
            if list.lines.is_empty() || from >= list.total {
                break;
            }
        }
        assert!(lines > 10, "{lines} lines on {day} show little");
    }
}
