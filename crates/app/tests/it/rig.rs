//! An app on a database of its own, with a day that can be set and chance that repeats.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use jiff::civil::Date;
use sendero_app::house::access::Role;
use sendero_app::house::law::Rulebook;
use sendero_app::house::record::Name;
use sendero_app::{App, AreaDetail, Chance, Clock, Me, NewPerson, Now};
use sendero_store::{OpenOptions, Store, Synchronous};

/// A clock that stands on a day until it is set.
pub(crate) struct Still(Mutex<Date>);

impl Clock for Still {
    fn now(&self) -> Now {
        Now::on(*self.0.lock().expect("nobody panics here"), 10, 30)
    }

    fn seconds(&self) -> u64 {
        0
    }

    fn set(&self, day: Date) -> bool {
        *self.0.lock().expect("nobody panics here") = day;
        true
    }

    fn can_be_set(&self) -> bool {
        true
    }
}

/// Bytes that differ each time and are the same in every run.
struct Counted(AtomicU64);

impl Chance for Counted {
    fn bytes(&self) -> [u8; 32] {
        let mut word = self.0.fetch_add(1, Ordering::Relaxed);
        let mut bytes = [0; 32];
        for chunk in bytes.chunks_mut(8) {
            word = word.wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(31) ^ 0x5bd1_e995;
            chunk.copy_from_slice(&word.to_le_bytes());
        }
        bytes
    }
}

/// An app that stands on `day`.
pub(crate) async fn app_on(day: Date) -> App {
    let options = OpenOptions { synchronous: Synchronous::Off, ..OpenOptions::default() };
    let store = Store::open("sqlite::memory:", options).await.expect("a database");
    let clock = Arc::new(Still(Mutex::new(day)));
    App::new(store, Rulebook::embedded(), clock, Arc::new(Counted(AtomicU64::new(1))))
}

/// The area that tests are about.
pub(crate) fn area() -> AreaDetail {
    AreaDetail {
        code: "ald".to_owned(),
        name: "Aldermere".to_owned(),
        letters: "ALD".to_owned(),
        pretend: true,
        phone: "01632 960140".to_owned(),
        hours: "Monday to Friday".to_owned(),
        advice: "Aldermere SENDIASS".to_owned(),
        advice_phone: "01632 960177".to_owned(),
        mediation: "Mere Mediation, 01632 960155".to_owned(),
        disagreement: "Mere Mediation, 01632 960155".to_owned(),
        institutions: "the list at the library".to_owned(),
        address: "https://send.example".to_owned(),
        borders: vec![],
    }
}

/// Somebody who works here, signed in; `body` is an adviser's.
pub(crate) async fn staff(app: &App, role: Role, given: &str, body: &str) -> Me {
    let person = NewPerson {
        id: None,
        authority: "ald".to_owned(),
        role,
        name: Name::new(given, "Dunmarrow"),
        email: format!("{}@aldermere.example", given.to_lowercase()),
        body: body.to_owned(),
    };
    let (_, token) = app.add_person(&person).await.expect("a person");
    app.sign_in_by_link(&token, "test").await.expect("a sign-in").me
}
