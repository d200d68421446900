//! Where an officer does what a duty asks: a page of its own, of those listed here, which a test holds to
//! the routes; the notice that is owed under it; or the form that writes down what ends it.

use sendero_app::house::law::{Duty, Rulebook};
use sendero_app::house::record::Stage;

use super::record::recorded_kinds;
use super::send::Goes;

/// Duties, the stages in which a page is theirs (none: all), and the page under the case. The first line
/// that fits decides.
const PAGES: &[(&[&str], &[Stage], &str)] = &[
    (&["education"], &[], "/record"),
    (&["rq-6w"], &[], "/decide"),
    (&["rq-36-7", "rq-consult", "rq-notify-bodies"], &[], "/before"),
    (&["as-seek"], &[], "/ask-advice"),
    (&["no-plan-16w", "plan-draft", "plan-20w"], &[Stage::Asked], "/decide"),
    (&["no-plan-16w", "plan-draft", "plan-20w"], &[Stage::Assessing], "/decide-plan"),
    (&["plan-20w"], &[Stage::Drafting], "/plan"),
    (&["plan-20w"], &[], "/plan/final"),
    (&["plan-draft"], &[], "/plan"),
    (&["ar-12m", "trf-review"], &[], "/record/review-meeting-held"),
    (&["ar-dec", "ra-15d"], &[], "/notice"),
    (&["trf-plan"], &[], "/pass-on"),
];

/// The page under a case where a duty's act is done; the case itself where there is none. An area's own
/// standard is kept as the duty of law beside it is.
pub(crate) fn act_href(book: &Rulebook, base: &str, id: &str, stage: Stage) -> String {
    let duty = book.duty(id);
    let law = duty.map_or(id, Duty::of_law);
    let own = PAGES.iter().find(|(duties, stages, _)| {
        duties.contains(&law) && (stages.is_empty() || stages.contains(&stage))
    });
    let page = own.map(|(_, _, page)| (*page).to_owned()).or_else(|| {
        let notice = Goes::IN_FORCE.into_iter().find(|goes| goes.duties().contains(&law));
        notice.map(|goes| format!("/{}", goes.path()))
    });
    let page = page.or_else(|| form_of(book, duty?));
    format!("{base}{}", page.unwrap_or_default())
}

/// The form that writes down what ends a duty of the authority; the list of forms where several do.
fn form_of(book: &Rulebook, duty: &Duty) -> Option<String> {
    if duty.form != "deadline" || !duty.owner.ends_with("authority") {
        return None;
    }
    let mut ending = recorded_kinds().filter(|kind| book.is_done_by(&duty.id, kind));
    let form = ending.next()?;
    Some(if ending.next().is_some() { "/record".to_owned() } else { format!("/record/{form}") })
}

#[cfg(test)]
mod tests {
    use sendero_app::house::law::{Rulebook, Status};
    use sendero_app::house::record::Stage;

    use super::{Goes, PAGES, act_href, recorded_kinds};
    use crate::server::{ROUTES, Route};

    /// Whether somebody who opens `page` under a case finds a form there.
    fn is_page(page: &str) -> bool {
        let asked = format!("GET /case/{{reference}}{page}");
        let is_route = |address: &str| {
            let (theirs, ours) = (address.split('/'), asked.split('/'));
            theirs.clone().count() == ours.clone().count()
                && theirs.zip(ours).all(|(theirs, ours)| theirs == ours || theirs.starts_with('{'))
        };
        let routed = ROUTES.iter().any(|route| match route {
            Route::Open(address) | Route::SignedIn(address) | Route::Asks(address, _) => {
                is_route(address)
            }
        });
        routed
            && match page.strip_prefix("/record/") {
                Some(kind) => recorded_kinds().any(|known| known == kind),
                None => {
                    page.strip_prefix("/notice/").is_none_or(|it| Goes::from_word(it).is_some())
                }
            }
    }

    #[test]
    fn every_page_of_an_act_is_a_route_and_every_duty_is_law() {
        assert!(!is_page("/record/crowned") && !is_page("/notice/crowned") && !is_page("/crown"));
        let law = Rulebook::embedded();
        for (duties, _, page) in PAGES {
            assert!(is_page(page), "{page}");
            for duty in *duties {
                assert!(*duty == "education" || law.duty(duty).is_some(), "{duty}");
            }
        }
    }

    /// What the authority must do by a day, and a live record follows, leads to where it is done.
    #[test]
    fn every_deadline_that_an_officer_follows_leads_somewhere() {
        let law = Rulebook::embedded();
        let followed = law.duties().iter().filter(|duty| {
            let is_law = duty.status == Status::InForce && duty.followed;
            is_law && duty.form == "deadline" && duty.owner.ends_with("authority")
        });
        let leads = |duty: &str| {
            let pages = Stage::ALL.map(|stage| act_href(law, "", duty, stage));
            pages.iter().all(|page| page.is_empty() || is_page(page)) && !pages[8].is_empty()
        };
        let nowhere: Vec<&str> =
            followed.map(|duty| duty.id.as_str()).filter(|duty| !leads(duty)).collect();
        assert_eq!(nowhere, [""; 0]);
    }
}
