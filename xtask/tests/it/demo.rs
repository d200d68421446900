//! What a demo prints when it is ready, as an address and a link a role.
//! People read the same lines, so words may stand around them.

use xtask::browser::demo::parse;

fn check(printed: &str, address: &str, roles: &[(&str, &str)]) {
    let lines: Vec<String> = printed.lines().map(str::to_owned).collect();
    let greeting = parse(&lines);
    assert_eq!(greeting.address, address, "{printed}");
    let found: Vec<(&str, &str)> =
        greeting.roles.iter().map(|(role, url)| (role.as_str(), url.as_str())).collect();
    assert_eq!(found, roles, "{printed}");
}

#[test]
fn a_demo_is_read_by_its_lines() {
    check(
        "Making a pretend area: 400 children\n\
         Sendero is at http://127.0.0.1:8080/.\n\
         officer http://127.0.0.1:8080/demo/o-1\n\
         parent  http://127.0.0.1:8080/demo/p-1\n",
        "http://127.0.0.1:8080",
        &[
            ("officer", "http://127.0.0.1:8080/demo/o-1"),
            ("parent", "http://127.0.0.1:8080/demo/p-1"),
        ],
    );
}

#[test]
fn the_address_may_stand_alone_or_be_a_role_links_own() {
    check("http://127.0.0.1:41233", "http://127.0.0.1:41233", &[]);
    check("address http://127.0.0.1:9/", "http://127.0.0.1:9", &[]);
    check(
        "case-officer http://127.0.0.1:9/demo/x?y=1",
        "http://127.0.0.1:9",
        &[("case-officer", "http://127.0.0.1:9/demo/x?y=1")],
    );
}

#[test]
fn other_lines_say_nothing() {
    check("", "", &[]);
    check("Press Ctrl+C to stop\nhttp://\n", "", &[]);
    check("see https://example.org/help", "", &[]);
    check("Parent of two http://127.0.0.1:9/x", "http://127.0.0.1:9", &[]);
}
