//! An entry as a form and back, and how a change of it goes: nothing that was not touched moves, and
//! each slip is said at its field.

use jiff::civil::{Date, date};
use sendero_offer::history::{Happened, How, ServicePut};
use sendero_offer::keep::{
    Entry, Event, Fields, Keep, changed, edited, fields_of, look_again_on, name_keeper,
    place_fields, whole,
};
use sendero_offer::{Service, made_up, made_up_id};

const TODAY: Date = date(2026, 11, 23);

fn entry() -> Entry {
    let all = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 60);
    Entry::of(&all, &all.services[&made_up_id("999", "talking-time")])
}

/// The entry with another service in it.
fn other(change: impl FnOnce(&mut Service)) -> Entry {
    let mut entry = entry();
    change(&mut entry.service);
    entry
}

fn with(pairs: &[(&str, &[&str])]) -> Fields {
    let mut fields = fields_of(&entry());
    for (name, values) in pairs {
        fields.insert((*name).to_owned(), values.iter().map(|one| (*one).to_owned()).collect());
    }
    fields
}

#[test]
fn an_entry_goes_through_the_form_unharmed() {
    let all = made_up("999", "Aldermere", "https://aldermere.example", TODAY, 260);
    for service in all.services.values() {
        let entry = Entry::of(&all, service);
        let fields = fields_of(&entry);
        assert_eq!(whole(&fields), fields, "{}", service.name);
        assert!(changed(&entry, &fields).is_empty(), "{}", service.name);
        assert_eq!(edited(&entry, &fields, TODAY).as_ref(), Ok(&entry));
        // Boxes may come in any order.
        let turned: Fields = fields
            .into_iter()
            .map(|(name, values)| (name, values.into_iter().rev().collect()))
            .collect();
        assert_eq!(edited(&entry, &turned, TODAY).as_ref(), Ok(&entry));
    }
}

#[test]
fn what_is_typed_is_what_stands() {
    fn check(name: &str, values: &[&str], stands: &dyn Fn(&Service) -> String, expected: &str) {
        let after = edited(&entry(), &with(&[(name, values)]), TODAY);
        let after = after.unwrap_or_else(|faults| panic!("{name} {values:?}: {faults:?}"));
        assert_eq!(stands(&after.service), expected, "{name} {values:?}");
    }
    check("name", &[" Talking  "], &|one| one.name.clone(), "Talking");
    let web = "https://sparrows.example/easy";
    check("easy-read", &[web], &|one| one.easy_read.clone(), web);
    check("bsl", &[web], &|one| one.bsl.clone(), web);
    check("language", &["en", "so"], &|one| one.words_of("language").collect(), "enso");
    check(
        "areas",
        &["Aldermere\n Wethermoor \n"],
        &|one| one.areas.iter().map(|area| format!("{},", area.name)).collect(),
        "Aldermere,Wethermoor,",
    );
    check(
        "phones",
        &["01632 960 300, text too\n+44 1632 960301"],
        &|one| {
            format!(
                "{:?}",
                one.phones
                    .iter()
                    .map(|phone| (phone.number.as_str(), phone.about.as_str()))
                    .collect::<Vec<_>>()
            )
        },
        r#"[("01632 960 300", "text too"), ("+44 1632 960301", "")]"#,
    );
    check("price", &["2.50"], &|one| format!("{:?}", one.costs[0].pence), "Some(250)");
    check("price", &["£3"], &|one| format!("{:?}", one.costs[0].pence), "Some(300)");
    check("price", &[], &|one| one.costs.len().to_string(), "0");
    check(
        "wait",
        &["6"],
        &|one| format!("{:?}", one.wait.map(|wait| (wait.weeks, wait.as_of == TODAY))),
        "Some((6, true))",
    );
    check(
        "route",
        &["school", "health"],
        &|one| one.words_of("route").collect::<Vec<_>>().join(" "),
        "school health",
    );
    check("youngest", &[], &|one| format!("{:?}", one.youngest), "None");
    check("opens1", &["9am"], &|one| one.schedules[0].opens.clone(), "09:00");
    check("closes1", &["12.15 pm"], &|one| one.schedules[0].closes.clone(), "12:15");
    check("days1", &["TH", "MO"], &|one| one.schedules[0].days.clone(), "MO,TH");
    check(
        "times2",
        &["The first Saturday too"],
        &|one| one.schedules[1].words.clone(),
        "The first Saturday too",
    );
    check("status", &["defunct"], &|one| one.is_shown().to_string(), "false");
    check(
        "steps",
        &["You ring | and ask\nThat is all"],
        &|one| {
            format!(
                "{:?}",
                one.steps
                    .iter()
                    .map(|step| (step.lead.as_str(), step.rest.as_str()))
                    .collect::<Vec<_>>()
            )
        },
        r#"[("You ring", "and ask"), ("That is all", "")]"#,
    );
}

#[test]
fn a_time_that_is_emptied_goes_alone() {
    let emptied = with(&[("days1", &[]), ("opens1", &[]), ("closes1", &[]), ("times1", &[])]);
    let after = edited(&entry(), &emptied, TODAY).unwrap();
    assert!(after.service.schedules.is_empty());
    assert_eq!(after, other(|service| service.schedules.clear()));
}

#[test]
fn each_slip_is_said_at_its_field() {
    fn check(name: &str, values: &[&str], field: &str, fault: &str) {
        let faults = edited(&entry(), &with(&[(name, values)]), TODAY).unwrap_err();
        let said: Vec<(&str, &str)> =
            faults.iter().map(|one| (one.field.as_str(), one.fault)).collect();
        assert_eq!(said, [(field, fault)], "{name} {values:?}");
    }
    check("name", &[], "name", "needed");
    check("name", &["x".repeat(201).as_str()], "name", "too-long");
    check("email", &["nobody"], "email", "not-an-address");
    check("url", &["sparrows.example"], "url", "entry-web");
    check("url", &["javascript:alert(1)"], "url", "entry-web");
    check("phones", &["ring us"], "phones", "entry-phone");
    check("youngest", &["four"], "youngest", "figure");
    check("youngest", &["12"], "oldest", "entry-ages");
    check("wait", &["9999"], "wait", "figure");
    check("price", &["2.5"], "price", "entry-price");
    check("opens1", &["25:00"], "opens1", "entry-time");
    check("opens1", &["13pm"], "opens1", "entry-time");
    check("days1", &[], "days1", "entry-days");
    check("need", &["nonsense"], "need", "choose");
    check("status", &["gone"], "status", "choose");
}

#[test]
fn a_change_waits_until_the_area_has_agreed() {
    let stands = entry();
    let mut keep = Keep::default();
    keep.take(TODAY, &Happened::Kept(name_keeper("p1", " the play leader ").unwrap()));
    assert_eq!(keep.keeper.as_ref().map(|one| one.who.as_str()), Some("the play leader"));
    let same = keep.propose(&stands, &fields_of(&stands), TODAY).unwrap_err();
    assert_eq!(same[0].fault, "entry-same");
    let typed = with(&[("fees", &["Two pounds"]), ("wait", &["6"])]);
    let event = keep.propose(&stands, &typed, TODAY).unwrap();
    let Event::ChangeProposed { fields } = &event else { panic!("{event:?}") };
    assert_eq!(fields.keys().collect::<Vec<_>>(), ["fees", "wait"]);
    let fields = fields.clone();
    keep.take(TODAY, &Happened::Kept(event));

    // The entry has moved on elsewhere, and staff put one field right.
    let moved = other(|service| service.alert = "Closed on Friday".to_owned());
    let mut agreed = fields.clone();
    agreed.insert("fees".to_owned(), vec!["£2".to_owned()]);
    agreed.insert("name".to_owned(), vec!["Not asked for".to_owned()]);
    let later = date(2026, 12, 1);
    let put = keep.agree(&moved, &agreed, later).unwrap();
    assert_eq!((put.how, put.by.as_str()), (How::Agreed, "the play leader"));
    let wait = put.service.wait.map(|wait| wait.weeks);
    assert_eq!((put.service.fees.as_str(), wait), ("£2", Some(6)));
    assert_eq!((put.service.name, put.service.alert), (moved.service.name, moved.service.alert));
    assert_eq!(put.service.checked, Some(later));

    let down = keep.turn_down("The price is on the door.").unwrap();
    let mut refused = keep.clone();
    refused.take(later, &Happened::Kept(down));
    assert!(refused.waiting.is_none());
    assert_eq!(refused.turned_down.as_ref().unwrap().0, later);
    assert_eq!(refused.turn_down("again").unwrap_err().fault, "entry-settled");
    assert_eq!(refused.agree(&stands, &fields, later).unwrap_err()[0].fault, "entry-settled");
}

#[test]
fn what_comes_from_a_feed_leaves_what_waits() {
    let mut keep = Keep::default();
    let fields = Fields::from([("fees".to_owned(), vec!["x".to_owned()])]);
    keep.take(TODAY, &Happened::Kept(Event::ChangeProposed { fields }));
    keep.take(TODAY, &Happened::Put(Box::default()));
    assert!(keep.waiting.is_some());
    let agreed = ServicePut { how: How::Agreed, ..ServicePut::default() };
    keep.take(TODAY, &Happened::Put(Box::new(agreed)));
    assert!(keep.waiting.is_none());
    // Somebody who puts everything back as it stands takes their change back.
    let fields = Fields::from([("fees".to_owned(), vec!["x".to_owned()])]);
    keep.take(TODAY, &Happened::Kept(Event::ChangeProposed { fields }));
    let back = keep.propose(&entry(), &fields_of(&entry()), TODAY).unwrap();
    keep.take(TODAY, &Happened::Kept(back));
    assert!(keep.waiting.is_none());
}

#[test]
fn still_right_is_a_day_and_nothing_else() {
    let mut keep = Keep::default();
    keep.take(TODAY, &Happened::Kept(name_keeper("p1", "the play leader").unwrap()));
    let put = keep.confirm(&entry(), TODAY);
    assert_eq!(put.service.checked, Some(TODAY));
    assert_eq!(put.service.checked_by, "the play leader");
    assert_eq!(put.service.wait.map(|wait| wait.as_of), Some(TODAY));
    let places = entry().places;
    assert_eq!(fields_of(&Entry { service: put.service, places }), fields_of(&entry()));
    assert!(put.places.is_empty(), "a place that nobody changed stays as it was");
}

#[test]
fn events_are_read_as_they_were_written() {
    let event = name_keeper("p1", "the play leader").unwrap();
    let content = serde_json::to_vec(&event).unwrap();
    assert_eq!(Happened::read(event.kind(), &content).unwrap(), Happened::Kept(event));
    // As the first release wrote it, without how and by whom.
    let old = br#"{"source":"feed","service":{"id":"a","name":"b"}}"#;
    let Happened::Put(put) = Happened::read("service-put", old).unwrap() else { panic!() };
    assert_eq!((put.how, put.by.as_str(), put.service.name.as_str()), (How::Taken, "", "b"));
    let plain = serde_json::to_string(&ServicePut::default()).unwrap();
    assert!(!plain.contains("\"how\"") && !plain.contains("\"by\""), "{plain}");
    assert_eq!(Happened::read("later", b"?").unwrap(), Happened::Other);
}

#[test]
fn somebody_is_asked_again_after_eleven_months() {
    assert_eq!(look_again_on(date(2026, 3, 31)), date(2027, 2, 28));
    assert_eq!(look_again_on(date(2026, 11, 23)), date(2027, 10, 23));
}

#[test]
fn a_place_that_is_changed_is_the_services_own() {
    let stands = entry();
    let [was] = stands.places.as_slice() else { panic!("{:?}", stands.places) };
    let typed = with(&[
        ("place1", &["The new hall"]),
        ("postcode1", &["al42qt"]),
        ("access1", &["Step-free from the street\n A hearing loop\n"]),
        ("street2", &["2 Weir Lane"]),
        ("town2", &["Aldermere"]),
    ]);
    let after = edited(&stands, &typed, TODAY).unwrap();
    let [first, second] = after.places.as_slice() else { panic!("{:?}", after.places) };
    assert_eq!((first.name.as_str(), first.postcode.as_str()), ("The new hall", "AL4 2QT"));
    assert_eq!(first.access, ["Step-free from the street", "A hearing loop"]);
    assert_eq!((&first.street, &first.county), (&was.street, &was.county), "the rest stays");
    assert_eq!((second.street.as_str(), second.town.as_str()), ("2 Weir Lane", "Aldermere"));
    assert_ne!(first.id, was.id, "other services may be at the old one");
    let named: Vec<&str> = after.service.at.iter().map(|at| at.location.as_str()).collect();
    assert_eq!(named, [first.id.as_str(), second.id.as_str()]);
    assert_eq!(after.own_places().count(), 2);
    assert_eq!(stands.own_places().count(), 0);
    // Nothing else of the entry moves, and typed again it is the same.
    assert_eq!(after.service, Service { at: after.service.at.clone(), ..stands.service });
    assert_eq!(edited(&after, &fields_of(&after), TODAY).as_ref(), Ok(&after));

    let mut fields = fields_of(&after);
    fields.insert("away1".to_owned(), vec!["yes".to_owned()]);
    let left = edited(&after, &fields, TODAY).unwrap();
    assert_eq!(left.places, std::slice::from_ref(second));
    assert_eq!(left.service.at, [after.service.at[1].clone()]);
    let emptied = place_fields(1).into_iter().map(|name| (name, Vec::new())).collect();
    assert_eq!(edited(&left, &emptied, TODAY).unwrap().places, []);
}

#[test]
fn a_point_belongs_to_its_address() {
    fn check(name: &str, value: &str, stays: bool) {
        let after = edited(&entry(), &with(&[(name, &[value])]), TODAY).unwrap();
        assert_eq!(after.places[0].point.is_some(), stays, "{name}");
    }
    assert!(entry().places[0].point.is_some());
    check("place1", "The new hall", true);
    check("access1", "Ramp", true);
    check("secret1", "yes", true);
    check("street1", "9 Weir Lane", false);
    check("postcode1", "AL4 2QT", false);
}

#[test]
fn each_slip_in_a_place_is_said_at_its_field() {
    fn check(pairs: &[(&str, &[&str])], expected: &[(&str, &str)]) {
        let faults = edited(&entry(), &with(pairs), TODAY).unwrap_err();
        let said: Vec<(&str, &str)> =
            faults.iter().map(|one| (one.field.as_str(), one.fault)).collect();
        assert_eq!(said, expected, "{pairs:?}");
    }
    check(&[("postcode1", &["Weir Lane"])], &[("postcode1", "entry-postcode")]);
    check(&[("town1", &[])], &[("town1", "entry-town")]);
    check(&[("place1", &[]), ("street1", &[])], &[("place1", "entry-place")]);
    check(&[("access2", &["Ramp"])], &[("place2", "entry-place"), ("town2", "entry-town")]);
    check(&[("street1", &["x".repeat(201).as_str()])], &[("street1", "too-long")]);
    check(&[("access1", &["x\n".repeat(21).as_str()])], &[("access1", "entry-lines")]);
    // A refuge may have no town.
    let secret = with(&[("town1", &[]), ("secret1", &["yes"])]);
    assert!(edited(&entry(), &secret, TODAY).is_ok());
}
