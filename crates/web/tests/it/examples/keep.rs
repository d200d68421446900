//! Keeping entries of the Local Offer, with invented ones.

use jiff::civil::date;
use sendero_web::view::form::{Choice, Choices, Filled, Pick, Text};
use sendero_web::view::keep::{
    ChangeRow, EntriesPage, EntryPage, EntryRow, KeepForm, KeepLine, KeepList, PlaceFields,
    TimeFields,
};
use sendero_web::view::offer::Checked;
use sendero_web::view::officer::Field;
use sendero_web::view::{Frame, Kind, Tab};

use super::staff::officer;
use super::{Page, area, draw, hidden};

pub(crate) fn pages() -> Vec<Page> {
    let wrong = Filled::default().wrong("name", "Fill this in").wrong("phones", "Put one number");
    let turned = KeepForm {
        waiting: None,
        turned_down: Some((date(2026, 11, 2), "The price is on the door.".into())),
        nowhere: vec!["https://sparrows.example/gone".into()],
        filled: wrong,
        ..form()
    };
    let office = KeepForm {
        frame: officer(Tab::Offer),
        office: true,
        public: None,
        waiting: None,
        ..form()
    };
    vec![
        draw("keep-list", &list(true)),
        draw("keep-list-empty", &list(false)),
        draw("keep-form", &form()),
        draw("keep-form-wrong", &turned),
        draw("keep-form-right", &KeepForm { done: Some("right".into()), waiting: None, ..form() }),
        draw("keep-form-sent", &KeepForm { done: Some("sent".into()), ..form() }),
        draw("staff-entry-edit", &office),
        draw("staff-entries", &desk()),
        draw(
            "staff-entries-none",
            &EntriesPage {
                waiting: vec![],
                nowhere: vec![],
                old: vec![],
                old_count: 0,
                find: "zz".into(),
                found: vec![],
                ..desk()
            },
        ),
        draw("staff-entry", &entry()),
        draw(
            "staff-entry-plain",
            &EntryPage {
                keeper: None,
                public: None,
                asked: true,
                tried: vec![],
                waiting: None,
                fields: vec![],
                filled: Filled::default(),
                ..entry()
            },
        ),
    ]
}

fn guest() -> Frame {
    let kind = Kind::Guest {
        home: "/keep",
        name: "the play leader".into(),
        role: "keeps entries of the Local Offer".into(),
        as_at: date(2026, 11, 21),
        at: "8.12am".into(),
    };
    Frame { area: area(), kind, tab: Tab::None }
}

fn list(any: bool) -> KeepList {
    let line = KeepLine {
        href: "/keep/a1".into(),
        name: "Little Sparrows Talking Time".into(),
        checked: "Last checked on 3 November 2026".into(),
        stands: "A change waits for the council".into(),
    };
    KeepList { frame: guest(), list: if any { vec![line] } else { vec![] } }
}

fn fields() -> Vec<Field> {
    let needs = vec![Choice::of("autism", "Autism").chosen(), Choice::of("hearing", "Hearing")];
    vec![
        Field::Text(Text::line("name", "Name of the service").holding("Talking Time")),
        Field::Text(Text::lines("phones", "Phone numbers", 4).hinted("One a line")),
        Field::Choices(Choices::one("need", "Which needs is it for?", needs).drawn(Pick::Any)),
    ]
}

fn place(row: usize, used: bool) -> PlaceFields {
    let line = |part: &str, label: &str| Text::line(&format!("{part}{row}"), label);
    let town = line("town", "Town or village").wrong("Enter the town or village");
    PlaceFields {
        fields: vec![line("place", "What the place is called"), town]
            .into_iter()
            .map(Field::Text)
            .collect(),
        used,
    }
}

fn form() -> KeepForm {
    let days = vec![Choice::of("MO", "Monday"), Choice::of("TU", "Tuesday").chosen()];
    KeepForm {
        frame: guest(),
        base: "/keep/a1".into(),
        back: "/keep".into(),
        name: "Little Sparrows Talking Time".into(),
        public: Some("/offer/service/a1".into()),
        checked: Checked::LongAgo("13\u{a0}months".into()),
        waiting: Some(date(2026, 11, 20)),
        turned_down: None,
        done: None,
        office: false,
        nowhere: vec![],
        hidden: [hidden(), hidden()],
        filled: Filled::default(),
        fields: fields(),
        times: vec![TimeFields {
            days: Field::Choices(Choices::one("days1", "Days", days).drawn(Pick::Any)),
            rest: [
                Field::Text(Text::line("opens1", "From")),
                Field::Text(Text::line("closes1", "To")),
                Field::Text(Text::line("times1", "In words")),
            ],
        }],
        places: vec![place(1, true), place(2, false)],
    }
}

fn row(name: &str, who: &str) -> EntryRow {
    EntryRow {
        href: "/entries/a1".into(),
        name: name.into(),
        who: who.into(),
        since: Some(date(2025, 11, 3)),
        address: None,
    }
}

fn desk() -> EntriesPage {
    let address = ("https://swim.example/quiet".into(), "Nothing answers".into());
    EntriesPage {
        frame: officer(Tab::Offer),
        waiting: vec![row("Little Sparrows Talking Time", "the play leader")],
        nowhere: vec![EntryRow { address: Some(address), ..row("Quiet swim", "") }],
        old: vec![row("Stay and Sign", ""), EntryRow { since: None, ..row("Teen club", "") }],
        old_count: 14,
        counts: (260, 12),
        find: "swim".into(),
        found: vec![row("Quiet swim", "")],
    }
}

fn entry() -> EntryPage {
    let change = |name: &str, now: &str, then: &str| ChangeRow {
        name: name.into(),
        now: now.into(),
        then: then.into(),
    };
    EntryPage {
        frame: officer(Tab::Offer),
        base: "/entries/a1".into(),
        name: "Little Sparrows Talking Time".into(),
        public: Some("/offer/service/a1".into()),
        checked: Checked::Lately("3\u{a0}weeks ago".into()),
        keeper: Some(("the play leader".into(), "play@sparrows.example".into())),
        asked: false,
        tried: vec![("https://sparrows.example/".into(), "It answers".into(), date(2026, 11, 20))],
        waiting: Some((
            date(2026, 11, 20),
            vec![change("Phone numbers", "01632 960211", "01632 960299"), change("Cost", "", "£2")],
        )),
        fields: fields(),
        hidden: [hidden(), hidden(), hidden()],
        filled: Filled::default().wrong("reason", "Say why"),
    }
}
