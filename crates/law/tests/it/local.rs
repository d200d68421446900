//! An area's own standards: duties of their own beside the law's, never in its place, and refused by
//! name where they would give more time.

use sendero_law::{Case, Fact, Question, Rulebook, SourceFile, casefile, evaluate};

fn pack(rows: &str) -> Vec<SourceFile> {
    vec![SourceFile { name: "local/aldermere.toml".to_owned(), text: rows.to_owned() }]
}

fn standard(id: &str, beside: &str, within: &str) -> String {
    format!(
        "[[standard]]\nid = \"{id}\"\ntitle = \"Sooner than the law\"\ncite = \"Aldermere, \
         promise of 2026\"\nbeside = \"{beside}\"\nwithin = {{ {within} }}\nfrom = 2026-09-01\n\
         words = \"Your council has said that it will be quicker.\"\n"
    )
}

fn refused(rows: &str, expected: &str) {
    let faults = Rulebook::with_local(&pack(rows)).err().unwrap_or_default();
    let said: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(said.iter().any(|fault| fault.contains(expected)), "{rows}\n  gave {said:?}");
}

const EXCLUDED: &str = "counting = \"trigger-day-excluded\"";

#[test]
fn a_standard_stands_beside_the_law_under_its_own_label() {
    let rows = standard("decide-4w", "rq-6w", &format!("weeks = 4, {EXCLUDED}"));
    let book = Rulebook::with_local(&pack(&rows)).unwrap();
    assert_ne!(book.hash(), Rulebook::embedded().hash());
    let duty = book.duty("decide-4w").unwrap();
    assert_eq!((duty.force.as_str(), duty.beside.as_deref()), ("local", Some("rq-6w")));
    assert!(duty.followed && duty.cite.contains("promise of 2026"));
    let asked = |on: &str, kind: &str| Fact {
        id: kind.to_owned(),
        kind: kind.to_owned(),
        on: on.parse().unwrap(),
        known_on: on.parse().unwrap(),
        supersedes: None,
        fields: std::collections::BTreeMap::new(),
    };
    let standings = |facts: Vec<Fact>, today: &str| {
        let case = Case { facts, ..Case::default() };
        let timeline = evaluate(&book, &case, Question::today(today.parse().unwrap()));
        let one = |id: &str| {
            let found = timeline.obligations.iter().find(|one| one.duty == id);
            found.map(|one| (one.due.map(|due| due.to_string()), one.standing.word().to_owned()))
        };
        (one("decide-4w"), one("rq-6w"))
    };
    let said = |due: &str, word: &str| Some((Some(due.to_owned()), word.to_owned()));
    let request = || asked("2026-09-14", "assessment-requested");
    let (ours, law) = standings(vec![request()], "2026-10-13");
    assert_eq!(ours, said("2026-10-12", "overdue"));
    assert_eq!(law, said("2026-10-26", "pending"));
    let decided = asked("2026-10-12", "assessment-agreed");
    let (ours, law) = standings(vec![request(), decided], "2026-10-13");
    assert_eq!(ours, said("2026-10-12", "met"));
    assert_eq!(law, said("2026-10-26", "met"));
    // Before its first day there is no standard.
    let (ours, _) = standings(vec![asked("2026-08-03", "assessment-requested")], "2026-08-04");
    assert_eq!(ours, None);
}

#[test]
fn an_exception_of_a_standard_leaves_the_law_as_it_is() {
    let weeks = format!("weeks = 4, {EXCLUDED}");
    let lifted = |duty: &str, rows: &str| {
        let book = Rulebook::with_local(&pack(rows)).unwrap();
        let file = format!(
            r#"{{"case": "promise", "events": [
                {{"id": "request", "kind": "assessment-requested", "on": "2026-09-14"}},
                {{"id": "claim", "kind": "exception-relied-on", "on": "2026-10-01",
                  "ground": "exceptional-circumstances", "duty": "{duty}"}}]}}"#
        );
        let case = casefile::read_with(&book, &file).unwrap().case;
        let timeline = evaluate(&book, &case, Question::today("2026-12-01".parse().unwrap()));
        ["decide-4w", "rq-6w"].map(|id| {
            let found = timeline.obligations.iter().find(|one| one.duty == *id);
            found.map(|one| one.standing.word())
        })
    };
    let plain = standard("decide-4w", "rq-6w", &weeks);
    let with = format!("{plain}lifted-by = [\"exceptional-circumstances\"]\n");
    assert_eq!(lifted("decide-4w", &with), [Some("excused"), Some("overdue")]);
    // A claim that names another duty, or that the standard does not know, lifts nothing of it.
    assert_eq!(lifted("decide-4w", &plain), [Some("overdue"), Some("overdue")]);
    let [own, law] = lifted("rq-6w", &with);
    assert_eq!((own, law), (Some("overdue"), lifted("rq-6w", &plain)[1]));
}

#[test]
fn what_keeps_a_later_day_keeps_the_same_one_beside_a_standard() {
    let rows = standard("advice-4w", "as-advice-6w", &format!("weeks = 4, {EXCLUDED}"));
    let with = Rulebook::with_local(&pack(&rows)).unwrap();
    let kept = |book: &Rulebook| {
        let worked = book.worked("plan-draft").into_iter().next().unwrap();
        let question = Question::today(worked.as_at);
        let timeline = evaluate(book, &worked.case, question);
        let found = timeline.obligations.into_iter().find(|one| one.duty == *"plan-draft");
        found.and_then(|one| one.keeps).map(|keeps| (keeps.duty.to_string(), keeps.day))
    };
    let law = kept(Rulebook::embedded());
    assert_eq!(law.as_ref().map(|(duty, _)| duty.as_str()), Some("plan-20w"));
    assert_eq!(kept(&with), law);
}

#[test]
fn a_standard_that_would_weaken_the_law_is_refused_by_name() {
    let eight = standard("decide-8w", "rq-6w", &format!("weeks = 8, {EXCLUDED}"));
    refused(&eight, "`decide-8w` would weaken the law, “Decide whether to assess");
    refused(&eight, "local/aldermere.toml line 2");
    // The same time is no standard, and a month and a half is longer than six weeks from some days.
    refused(&standard("d", "rq-6w", &format!("weeks = 6, {EXCLUDED}")), "would weaken");
    refused(&standard("d", "rq-6w", &format!("days = 43, {EXCLUDED}")), "would weaken");
    refused(&standard("d", "ar-12m", &format!("days = 365, {EXCLUDED}")), "would weaken");
    for weeks in [1, 5] {
        let rows = standard("d", "rq-6w", &format!("weeks = {weeks}, {EXCLUDED}"));
        assert!(Rulebook::with_local(&pack(&rows)).is_ok(), "{weeks}");
    }
    // Where the law gives no number, any number is stricter.
    let seek = standard("seek-2d", "as-seek", &format!("working-days = 2, {EXCLUDED}"));
    assert!(Rulebook::with_local(&pack(&seek)).is_ok());
}

#[test]
fn what_cannot_be_stricter_is_refused() {
    let weeks = format!("weeks = 1, {EXCLUDED}");
    refused(&standard("d", "rq-7w", &weeks), "unknown duty `rq-7w`");
    refused(&standard("rq-6w", "rq-6w", &weeks), "`rq-6w` is a duty of law");
    refused(&standard("d", "plan-secure", &weeks), "`plan-secure` is no deadline");
    refused(&standard("d", "rq-6w", &weeks).replace("from", "form"), "unknown field `form`");
}

#[test]
fn school_terms_are_the_area_s_own_and_cut_where_they_are_closed() {
    let terms = |rows: &str| Rulebook::with_local(&pack(rows));
    let autumn = "[[term]]\nfrom = 2026-09-02\nlast = 2026-10-23\n\
                  closed = [2026-10-08, 2026-10-09]\n";
    let book = terms(autumn).unwrap();
    let told: Vec<String> =
        book.terms().iter().map(|term| format!("{} {}", term.from, term.to)).collect();
    assert_eq!(told, ["2026-09-02 2026-10-08", "2026-10-10 2026-10-24"]);
    assert_ne!(book.hash(), Rulebook::embedded().hash(), "what rests on it is worked out again");
    refused(&autumn.replace("last = 2026-10-23", "last = 2026-08-23"), "ends before it begins");
    refused(&autumn.replace("2026-10-09", "2026-10-07"), "line 4: a closed day outside");
    refused(&autumn.repeat(2), "two terms on the same days");
    refused(&autumn.replace("closed", "holidays"), "unknown field `holidays`");
}
