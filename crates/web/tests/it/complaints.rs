//! A complaint from its first day to its last answer, as an officer writes it down: each stage is
//! followed, with the Ombudsman's twelve weeks over both.

use axum::http::StatusCode;
use sendero_app::house::access::Part;
use sendero_app::house::law::Standing;

use crate::service::{Browser, Service};
use crate::work::opened;

const OK: StatusCode = StatusCode::OK;

/// Writes one step down, on a day of October or November.
async fn came(officer: &mut Browser, reference: &str, kind: &str, (day, month): (&str, &str)) {
    let form = format!("/case/{reference}/record/{kind}");
    officer.get(&form).await.says(OK, &[]);
    let fields = [
        ("on-day", day),
        ("on-month", month),
        ("on-year", "2026"),
        ("known-day", day),
        ("known-month", month),
        ("known-year", "2026"),
        ("words", "It is late."),
    ];
    let answer = officer.post(&form, &fields).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{kind}: {}", answer.html);
}

/// Where a duty about the complaint stands, and its last day.
async fn stands(
    service: &Service,
    officer: &Browser,
    reference: &str,
    duty: &str,
) -> Option<(Standing, String)> {
    let (me, child) = (officer.me().await, officer.child(reference).await);
    let file = service.app.open(&me, &child, Part::Case, "").await.unwrap();
    let one = file.timeline.obligations.into_iter().find(|one| one.duty == *duty)?;
    Some((one.standing, one.due.map(|due| due.to_string()).unwrap_or_default()))
}

#[tokio::test]
async fn both_stages_of_a_complaint_are_followed_to_the_last_answer() {
    let service = Service::new().await;
    let (mut officer, reference) = opened(&service).await;
    officer.get(&format!("/case/{reference}/record")).await.says(
        OK,
        &["A complaint", "takes the complaint to the second stage", "answered for the last time"],
    );
    let until = |standing, due: &str| Some((standing, due.to_owned()));
    came(&mut officer, &reference, "complaint-made", ("12", "10")).await;
    let now = stands(&service, &officer, &reference, "lgsco-premature").await;
    assert_eq!(now, until(Standing::Pending, "2027-01-04"));
    came(&mut officer, &reference, "complaint-acknowledged", ("14", "10")).await;
    came(&mut officer, &reference, "complaint-extended", ("20", "10")).await;
    came(&mut officer, &reference, "complaint-answered", ("4", "11")).await;
    for (duty, due) in [("complaint-1", "2026-11-11"), ("lgsco-premature", "2027-01-04")] {
        let now = stands(&service, &officer, &reference, duty).await;
        assert_eq!(now, until(Standing::Met, due), "{duty}");
    }
    assert_eq!(stands(&service, &officer, &reference, "lgsco-premature-2").await, None);
    came(&mut officer, &reference, "complaint-second-stage", ("9", "11")).await;
    for (duty, due) in [("complaint-2-ack", "2026-11-16"), ("lgsco-premature-2", "2027-01-04")] {
        let now = stands(&service, &officer, &reference, duty).await;
        let standing =
            if duty == "complaint-2-ack" { Standing::Overdue } else { Standing::Pending };
        assert_eq!(now, until(standing, due), "{duty}");
    }
    came(&mut officer, &reference, "complaint-second-acknowledged", ("11", "11")).await;
    came(&mut officer, &reference, "complaint-closed", ("20", "11")).await;
    for duty in ["complaint-2-ack", "complaint-2", "lgsco-premature-2"] {
        let now = stands(&service, &officer, &reference, duty).await;
        assert!(matches!(now, Some((Standing::Met, _))), "{duty}: {now:?}");
    }
    let case = officer.get(&format!("/case/{reference}")).await;
    case.says(OK, &["The complaint was answered for the last time"]);
    assert!(service.app.verify().await.unwrap().findings.is_empty());
}
