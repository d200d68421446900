//! How good the Local Offer is, with invented counts.

use sendero_web::view::Tab;
use sendero_web::view::audit::Check;

use super::{Page, anybody, draw};

pub(crate) fn pages() -> Vec<Page> {
    let gaps = Check { empty: vec!["Travel".into(), "Training".into()], ..check() };
    vec![draw("offer-check", &check()), draw("offer-check-gaps", &gaps)]
}

fn check() -> Check {
    Check {
        frame: anybody(Tab::Help),
        services: 56,
        headings: vec![("Health care".into(), 12), ("Travel".into(), 0)],
        empty: vec!["Travel".into()],
        checked: [40, 10, 6],
        parts: vec![("How long people wait".into(), 31)],
        whole: 21,
    }
}
