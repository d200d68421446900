//! Each house rule on a small tree of its own: what it finds and what it lets be.
//! A case is one file, the rule it is for, and the lines that the rule must name.

use std::collections::BTreeMap;

use xtask::tidy::tree::{Crate, File, Tree};
use xtask::tidy::{self, Finding};

fn found(tree: &Tree, rule: &str) -> Vec<Finding> {
    let all = tidy::findings(tree);
    let (_, found) = all.into_iter().find(|(name, _)| *name == rule).expect("a rule of that name");
    found
}

fn tree_of(files: &[(&str, &str)]) -> Tree {
    let file = |(path, text): &(&str, &str)| File { path: (*path).into(), text: (*text).into() };
    Tree { files: files.iter().map(file).collect(), ..Tree::default() }
}

fn check(rule: &str, path: &str, text: &str, expected: &[usize]) {
    let found = found(&tree_of(&[(path, text)]), rule);
    let lines: Vec<usize> = found.iter().map(|finding| finding.line).collect();
    assert_eq!(lines, expected, "{rule} on {path}:\n{text}\n{found:#?}");
}

#[test]
fn pure_crates_reach_nothing_outside() {
    let rule = "pure crates stay pure";
    let law = "crates/law/src/clock.rs";
    check(rule, law, "use std::fs;\nlet a = 1;\nstd::env::var(x)", &[1, 3]);
    check(rule, law, "use std::{\n    fs::File,\n};", &[2]);
    check(rule, law, "let t = Instant::now();\nlet c = prefs::read();", &[1]);
    check(rule, law, "// tokio is not here\n/// nor println!\nlet instantly = 1;", &[]);
    check(rule, law, "#[cfg(test)]\nmod tests {\n    use std::fs;\n}", &[]);
    check(rule, law, "#[cfg(test)]\nmod tests;\nuse std::fs;", &[3]);
    check(rule, "crates/app/src/a.rs", "use tokio::fs;", &[]);
}

#[test]
fn only_the_binary_reads_the_clock() {
    let rule = "one place reads the clock";
    check(rule, "crates/store/src/a.rs", "let at = Timestamp::now();", &[1]);
    check(rule, "crates/store/src/a.rs", "let since = Instant::now();", &[]);
    check(rule, "crates/web/src/a.rs", "#[expect(clippy::disallowed_methods)]", &[1]);
    check(rule, "crates/sendero/src/clock.rs", "let at = Timestamp::now();", &[]);
}

#[test]
fn only_the_store_names_sql_and_one_file_tells_databases_apart() {
    check("one crate names SQL", "crates/app/src/a.rs", "fn f(e: sqlx::Error) {}", &[1]);
    check("one crate names SQL", "crates/store/src/a.rs", "fn f(e: sqlx::Error) {}", &[]);
    let rule = "one file tells databases apart";
    let asks = "match tx {\n    Tx::Sqlite(tx) => a,\n    Tx::Postgres(tx) => b,\n}";
    check(rule, "crates/store/src/list.rs", asks, &[2, 3]);
    check(rule, "crates/store/src/sql.rs", asks, &[]);
    let rule = "one file vouches for built SQL";
    check(rule, "crates/store/src/list.rs", "query(AssertSqlSafe(text))", &[1]);
    check(rule, "crates/store/src/sql.rs", "query(AssertSqlSafe(text))", &[]);
}

#[test]
fn law_files_are_embedded() {
    let rule = "the rulebook is all embedded";
    check(rule, "law/assessment.toml", "", &[0]);
    let law = ("law/assessment.toml", "");
    let source = r#"include_str!("../../../law/assessment.toml")"#;
    assert!(found(&tree_of(&[law, ("crates/law/src/book.rs", source)]), rule).is_empty());
    let script = "for entry in std::fs::read_dir(law)";
    assert!(found(&tree_of(&[law, ("crates/law/build.rs", script)]), rule).is_empty());
}

#[test]
fn modules_are_declared() {
    let rule = "no file is forgotten";
    let case = |path: &str, parent: &str, text: &str, forgotten: usize| {
        let count = found(&tree_of(&[(path, ""), (parent, text)]), rule).len();
        assert_eq!(count, forgotten, "{path} under {parent}: {text}");
    };
    case("crates/law/src/fact.rs", "crates/law/src/lib.rs", "mod fact;", 0);
    case("crates/law/src/fact.rs", "crates/law/src/lib.rs", "pub(crate) mod fact;", 0);
    case("crates/law/src/fact.rs", "crates/law/src/lib.rs", "mod artefact;", 1);
    case("crates/law/src/a/b.rs", "crates/law/src/a.rs", "mod b;", 1);
    case("crates/law/tests/it/dates.rs", "crates/law/tests/it/main.rs", "mod dates;", 0);
    case("crates/law/tests/it/dates.rs", "crates/law/tests/it/main.rs", "", 1);
    case("xtask/src/tidy/mod.rs", "xtask/src/lib.rs", "pub mod tidy;", 0);
    check("one test binary a crate", "crates/law/tests/dates.rs", "", &[0]);
    check("one test binary a crate", "crates/law/tests/it/dates.rs", "", &[]);
}

#[test]
fn files_are_of_a_size_to_read() {
    let rule = "files are of a size to read";
    let long = "//! Long.\n".repeat(601);
    check(rule, "crates/law/src/a.rs", &long, &[0]);
    check(rule, "crates/law/src/a.rs", &"a\n".repeat(600), &[]);
    check(rule, "Cargo.lock", &long, &[]);
    let list = "xtask/long-files.txt";
    let listed = (list, "crates/law/src/a.rs: one table that is read as one\n");
    assert!(found(&tree_of(&[("crates/law/src/a.rs", &long), listed]), rule).is_empty());
    check(rule, list, "crates/law/src/gone.rs: was long\n", &[1]);
    let rule = "lines are of a width to read";
    check(rule, "a.rs", &format!("{}\n{}", "é".repeat(110), "a".repeat(111)), &[2]);
    let wide_case = format!("check(\"{}\", 1);", "a".repeat(111));
    check(rule, "crates/law/src/a.rs", &wide_case, &[1]);
    check(rule, "crates/law/tests/it/a.rs", &wide_case, &[]);
}

#[test]
fn files_say_what_they_are_for() {
    check("files say what they are for", "crates/law/src/a.rs", "//! Dates.\n", &[]);
    check("files say what they are for", "crates/law/src/a.rs", "use x;\n", &[1]);
}

#[test]
fn words_are_respectful_and_work_is_finished() {
    let rule = "words are respectful and ours";
    let page = "crates/web/templates/case.html";
    check(rule, page, "A plan is no Golden Ticket.\nFamilies who won’t engage", &[1, 2]);
    check(rule, "crates/web/src/a.rs", "// the golden ticket case", &[]);
    check(rule, "docs/glossary.md", "Not: service user", &[]);
    check(rule, "docs/a.md", "see /home/me/notes", &[1]);
    let rule = "nothing is left for later";
    check(
        rule,
        "crates/web/src/a.rs",
        "todo!()\n// TODO: words\n#[ignore]\nlet a = 1;",
        &[1, 2, 3],
    );
    check(rule, page, "<!-- FIXME -->\n{# TODO #}\n<p>FIXME</p>", &[1, 2]);
    check(rule, "crates/web/src/a.rs", "#[ignore = \"run by the other half\"]", &[]);
    check(rule, "crates/web/src/a.rs", "assert!(!note.contains(\"TODO\"));", &[]);
}

#[test]
fn links_lead_somewhere_and_locks_name_no_host() {
    let rule = "links and lock files hold";
    let see = "# Two Words, Here\nsee [a](b.md) and [c](../README.md)\n```\n[d](e.md)\n```";
    check(rule, "docs/a.md", see, &[2, 2]);
    let text = "# Top\n[two](#two-words) [gone](#three) [far](https://example.org)\n## Two words";
    check(rule, "docs/a.md", text, &[2]);
    let lock = "{\n  \"resolved\": \"https://example.org/a.tgz\"\n}";
    check(rule, "ui/package-lock.json", lock, &[2]);
}

#[test]
fn crates_lean_downwards() {
    let rule = "crates stand on lower floors";
    let table =
        "| `sendero-law` | 1 | x |\n| `sendero-app` | 5 | x |\n| `sendero-testkit` | - | x |";
    let case = |name: &str, needs: &[&str], expected: usize| {
        let mut tree = tree_of(&[("docs/architecture.md", table)]);
        tree.crates = ["sendero-law", "sendero-app", "sendero-testkit", "xtask"]
            .iter()
            .map(|name| ((*name).to_owned(), Crate::default()))
            .collect::<BTreeMap<_, _>>();
        let needs = needs.iter().map(|name| (*name).to_owned()).collect();
        tree.crates.insert(name.to_owned(), Crate { needs, test_needs: Vec::new() });
        assert_eq!(found(&tree, rule).len(), expected, "{name} on {:?}", tree.crates);
    };
    case("sendero-app", &["sendero-law", "serde"], 0);
    case("sendero-law", &["sendero-app"], 1);
    case("sendero-law", &["sendero-law"], 1);
    case("sendero-app", &["sendero-testkit"], 1);
    case("sendero-new", &[], 1);
    check(rule, "README.md", "no table", &[0]);
}

#[test]
fn pages_do_not_know_the_store() {
    let mut tree = Tree::default();
    let entry = Crate { needs: vec!["sendero-store".into()], test_needs: Vec::new() };
    tree.crates.insert("sendero-web".into(), entry);
    assert_eq!(found(&tree, "web goes through app").len(), 1);
}
