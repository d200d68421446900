//! A faulty rulebook: each fault with its file, its line and a cure. One file is broken at a time.

use sendero_law::{Rulebook, SourceFile};

/// The faults when `from` is written as `to` in the file called `name`.
fn broken(name: &str, from: &str, to: &str) -> Vec<String> {
    let mut hit = false;
    let files: Vec<SourceFile> = crate::rulebook::law_files()
        .into_iter()
        .map(|file| {
            let broken = file.name == name;
            hit |= broken && file.text.contains(from);
            let text = if broken { file.text.replacen(from, to, 1) } else { file.text };
            SourceFile { name: file.name, text }
        })
        .collect();
    assert!(hit, "{name} does not hold {from}");
    match Rulebook::parse(&files) {
        Ok(_) => Vec::new(),
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn each_fault_has_its_line_and_cure() {
    let check = |name: &str, from: &str, to: &str, expected: &str| {
        let got = broken(name, from, to);
        assert!(got.iter().any(|fault| fault.contains(expected)), "{from} -> {to}\n  gave {got:?}");
        assert!(
            got.iter()
                .all(|fault| fault.contains(" line ") && fault.ends_with(|last: char| last != ' '))
        );
    };
    let plan = "law/duties/plan.toml";
    check(
        plan,
        "starts = { on = [\"plan-agreed\"]",
        "starts = { on = [\"plan-agred\"]",
        "law/duties/plan.toml line 20: unknown event `plan-agred`. Use one of",
    );
    check(plan, "owner = \"local-authority\"", "owner = \"council\"", "unknown party `council`");
    check(
        plan,
        "keeps = { duty = \"plan-20w\"",
        "keeps = { duty = \"plan-21w\"",
        "unknown duty `plan-21w`",
    );
    check(plan, "form = \"floor\"", "form = \"roof\"", "unknown form `roof`");
    check(plan, "agrees = [\"true\"]", "agrees = [\"yes\"]", "unknown value `yes`");
    check(plan, "weight = 3", "weight = 9", "line 16: a weight is from 1 to 7. 1 is the gravest");
    check(plan, "clock = \"open\"", "clock = \"always\"", "unknown kind of clock `always`");
    check(plan, "waits-for = \"plan\"", "waits-for = \"tea\"", "unknown thing to wait for `tea`");
    check(
        "law/duties/exclusion.toml",
        "scope = \"case\"\nwithin = { school-days = 15, counting = \"trigger-day-excluded\" }\n\
         done = [{ any-of = [\"review-panel-requested\"]",
        "scope = \"next-trigger\"\nwithin = { school-days = 15, counting = \
         \"trigger-day-excluded\" }\ndone = [{ any-of = [\"review-panel-requested\"]",
        "a right that ends where another of its kind begins",
    );
    let appeal = "law/duties/appeal.toml";
    check(appeal, "about = [\"cease\"]", "about = [\"end\"]", "unknown value `end`");
    check(
        "law/duties/review.toml",
        "done = [{ any-of = [\"review-invitations-sent\"] }]",
        "done = [{ any-of = [\"review-invitations-sent\"] }]\n\
         matter = [{ given-by = [\"review-meeting-fixed\"], says = {}, why = \"w\" }]",
        "only a right has a `matter`",
    );
    let notices = "law/notices.toml";
    check(notices, "N9 = \"evidence\"\n", "", "unknown part of a notice `evidence`");
    check(
        notices,
        "N9 = \"evidence\"",
        "N8 = \"evidence\"",
        "law/notices.toml line 15: duplicate key",
    );
    check(notices, "N9 = \"evidence\"", "N9 = \"advice\"", "`advice` stands here twice");
    check(notices, "N9 = ", "M9 = ", "law/notices.toml line 15: `M9` is no code");
    check(
        notices,
        "N18 = \"review-day\"",
        "N18 = \"review-day\"\nN19 = \"tea\"",
        "no notice holds `tea`",
    );
    let happening = "law/situations.toml";
    check(happening, "\"rq-6w\", ", "\"rq-7w\", ", "unknown duty `rq-7w`");
    check(happening, "choose = \"how\"", "choose = \"why\"", "has no field `why`");
    check(happening, "from = [\"health\"]", "from = [\"wealth\"]", "unknown value `wealth`");
    check(plan, "title = ", "titel = ", "unknown field `titel`");
    check(
        plan,
        "counting = \"trigger-day-included\"",
        "counting = \"default\"",
        "unknown way of counting `default`",
    );
    check(plan, "within = { days = 15,", "within = { days = 0,", "from 1 to 520");
    check(
        plan,
        "{owner} must send you a draft plan",
        "{owner} must send {whom} a draft plan",
        "unknown placeholder `{whom}`",
    );
    check(
        plan,
        "readings = [\"A10\", \"A11\"]",
        "readings = [\"A10\", \"A99\"]",
        "unknown reading `A99`",
    );
    check(
        plan,
        "lifted-by = [\"school-closed\"",
        "lifted-by = [\"staff-shortage\"",
        "unknown ground `staff-shortage`",
    );
    check(plan, "id = \"plan-draft\"", "id = \"plan-20w\"", "two duties are called `plan-20w`");
    check(
        "law/events.toml",
        "kind = \"brought-to-attention\"",
        "kind = \"assessment-requested\"",
        "stands here twice",
    );
    check(
        "law/events.toml",
        "is = \"requester\"",
        "is = \"asker\"",
        "unknown list of values `asker`",
    );
    check(
        "law/calendars/england-and-wales.toml",
        "2012-01-02",
        "2012-01-02T10:00:00",
        "is not a day",
    );
    check("law/rounds.toml", "\"final-plan-sent\"", "\"final-plan\"", "unknown event `final-plan`");
}

#[test]
fn what_a_rulebook_lacks_is_named_with_its_cure() {
    let check = |name: &str, from: &str, to: &str, expected: &str| {
        let got = broken(name, from, to);
        assert!(got.iter().any(|fault| fault.contains(expected)), "{from} -> {to}\n  gave {got:?}");
    };
    let plan = "law/duties/plan.toml";
    check(plan, "owner = \"local-authority\"\n", "", "missing field `owner`. Add `owner`");
    check(
        plan,
        ", counting = \"trigger-day-included\"",
        "",
        "a period that does not say how it is counted. Add `counting`",
    );
    check(
        plan,
        "remedies = [\"complaint\", \"ombudsman\", \"judicial-review\"]",
        "remedies = []",
        "a duty without a remedy",
    );
    let files = crate::rulebook::law_files();
    let text = &files.iter().find(|file| file.name == plan).unwrap().text;
    let words = &text[text.find("[duty.say]").unwrap()..];
    let words = &words[..words.find("\n\n").unwrap()];
    check(plan, words, "", "a duty without words for families. Add `[duty.say]`");
    check(
        plan,
        "also-as-soon-as-practicable = true\n",
        "also-as-soon-as-practicable = true\nkeeps = { duty = \"plan-draft\", days = 1 }\n",
        "`keeps` runs in a circle: plan-draft -> plan-20w -> plan-draft",
    );
    check(
        "law/exceptions.toml",
        "title = \"Exceptional personal circumstances\"",
        "title = \"Exceptional personal circumstances\"\noutcome = \"another-day\"",
        "which do different things, and neither goes before the other",
    );
    check(plan, "by = \"legislation\"", "by = \"hearsay\"", "unknown way of checking `hearsay`");
    check(plan, "within = { weeks = 20,", "within = { weeks = 20, days = 3,", "exactly one thing");
}

#[test]
fn a_wrong_example_fails_by_name() {
    let files: Vec<SourceFile> = crate::rulebook::law_files()
        .into_iter()
        .map(|file| SourceFile {
            text: file
                .text
                .replace("expect = { due = 2027-02-15 }", "expect = { due = 2027-02-16 }"),
            name: file.name,
        })
        .collect();
    let failures = Rulebook::parse(&files).unwrap().run_examples();
    let [failure] = failures.as_slice() else { panic!("{failures:?}") };
    assert_eq!((failure.duty.as_str(), failure.name.as_str()), ("plan-20w", "request in year six"));
    assert!(failure.what.contains("2027-02-15, expected 2027-02-16"), "{failure}");
}

#[test]
fn a_file_of_no_known_name_is_a_fault() {
    let mut files = crate::rulebook::law_files();
    files.push(SourceFile { name: "law/extra.toml".into(), text: String::new() });
    let faults = Rulebook::parse(&files).unwrap_err();
    assert!(
        faults
            .iter()
            .any(|fault| fault.to_string().contains("law/extra.toml line 1: nothing reads"))
    );
}
