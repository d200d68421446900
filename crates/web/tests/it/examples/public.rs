//! Pages that anybody may read.

use sendero_web::view::Tab;
use sendero_web::view::public::{Situation, Start};

use super::{Page, anybody, draw};

pub(crate) fn pages() -> Vec<Page> {
    vec![draw("start", &start())]
}

fn start() -> Start {
    let to = |situation, href: &str| (situation, href.to_owned());
    Start {
        frame: anybody(Tab::None),
        situations: vec![
            to(Situation::Worried, "/law#asking"),
            to(Situation::SchoolSaysNo, "/law#support"),
            to(Situation::Refused, "/law#decision"),
            to(Situation::NotInSchool, "/law#out-of-school"),
            to(Situation::TurningSixteen, "/law#adulthood"),
            to(Situation::PlanNotHappening, "/law#provision"),
        ],
    }
}
