//! What every page keeps: one heading, ordered ones beneath, named fields, ids that are unique and
//! lead somewhere, no script, no style of its own, and links to pages that exist.

use std::collections::BTreeSet;

use crate::examples;
use crate::html::{Tag, tags};

/// Reads every example page; a rule gives what is wrong with one.
fn check(rule: impl Fn(&str, &str, &[Tag]) -> Vec<String>) {
    let pages = examples::all();
    assert!(pages.len() > 60, "only {} pages", pages.len());
    let wrong: Vec<String> = pages
        .iter()
        .flat_map(|(name, html)| {
            rule(name, html, &tags(html)).into_iter().map(move |one| format!("{name}: {one}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pages_have_language_title_and_one_heading() {
    check(|_, _, tags| {
        let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
        let mut wrong = Vec::new();
        if tags.iter().find(|tag| tag.name == "html").and_then(|tag| tag.get("lang"))
            != Some("en-GB")
        {
            wrong.push("no language".to_owned());
        }
        if !tags
            .iter()
            .any(|tag| tag.name == "title" && tag.text.ends_with("– Aldermere – Sendero"))
        {
            wrong.push("no whole title".to_owned());
        }
        for (name, most) in [("h1", 1), ("main", 1), ("header", 1), ("footer", 1)] {
            if count(name) != most {
                wrong.push(format!("{} times {name}", count(name)));
            }
        }
        wrong
    });
}

#[test]
fn every_place_in_the_words_is_filled() {
    check(|_, html, _| {
        let open = html.split('{').skip(1).filter_map(|rest| rest.split_once('}'));
        open.filter(|(place, _)| {
            !place.is_empty() && place.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'_' | b'-'))
        })
        .map(|(place, _)| format!("nothing stands for {{{place}}}"))
        .collect()
    });
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    check(|_, _, tags| {
        let levels: Vec<u32> =
            tags.iter().filter_map(|tag| tag.name.strip_prefix('h')?.parse().ok()).collect();
        let first = levels.first() != Some(&1) && levels.first() != Some(&2);
        let jumps = levels.windows(2).filter(|pair| pair[1] > pair[0] + 1);
        jumps
            .map(|pair| format!("h{} after h{}", pair[1], pair[0]))
            .chain(first.then(|| "starts too deep".to_owned()))
            .collect()
    });
}

#[test]
fn ids_are_unique_and_what_points_to_one_finds_it() {
    check(|_, _, tags| {
        let mut ids = BTreeSet::new();
        let mut wrong: Vec<String> = tags
            .iter()
            .filter_map(|tag| tag.get("id"))
            .filter(|id| !ids.insert(*id))
            .map(|id| format!("id {id} twice"))
            .collect();
        for tag in tags {
            for name in ["for", "aria-labelledby", "aria-describedby"] {
                let targets = tag.get(name).unwrap_or("").split_whitespace();
                wrong.extend(
                    targets
                        .filter(|id| !ids.contains(id))
                        .map(|id| format!("{name} {id} leads nowhere")),
                );
            }
            if let Some(id) = tag.get("href").and_then(|href| href.strip_prefix('#'))
                && !ids.contains(id)
            {
                wrong.push(format!("link to #{id} leads nowhere"));
            }
        }
        wrong
    });
}

#[test]
fn fields_are_labelled_and_forms_carry_their_marks() {
    check(|_, html, tags| {
        let labels: BTreeSet<&str> = tags.iter().filter_map(|tag| tag.get("for")).collect();
        let fields = tags.iter().filter(|tag| {
            matches!(tag.name.as_str(), "input" | "select" | "textarea")
                && tag.get("type") != Some("hidden")
        });
        let mut wrong: Vec<String> = fields
            .filter(|tag| tag.get("id").is_none_or(|id| !labels.contains(id)))
            .map(|tag| format!("{:?} has no label", tag.get("name")))
            .collect();
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            let posts = form.contains("method=\"post\"");
            let marks = ["name=\"csrf\"", "name=\"command\""];
            if posts && !marks.iter().all(|mark| form.contains(mark)) {
                wrong.push("a form without its marks".to_owned());
            }
            if !form.contains("type=\"submit\"") && !form.contains("disabled") {
                wrong.push("a form without a button".to_owned());
            }
        }
        wrong
    });
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    check(|_, _, tags| {
        tags.iter()
            .flat_map(|tag| {
                let inline = tag
                    .attributes
                    .keys()
                    .filter(|name| *name == "style" || name.starts_with("on"))
                    .map(|name| format!("{name} on {}", tag.name));
                let element = matches!(tag.name.as_str(), "script" | "style" | "iframe" | "img");
                let source = tag.get("src").map(|src| format!("fetches {src}"));
                inline.chain(element.then(|| tag.name.clone())).chain(source).collect::<Vec<_>>()
            })
            .collect()
    });
}

/// Where a link may lead: the first part of the path is one of ours.
const PARTS: &[&str] = &[
    "",
    "accessibility",
    "account",
    "advice",
    "ask",
    "assets",
    "breaches",
    "breaches.csv",
    "carry-on",
    "case",
    "child",
    "children",
    "comments",
    "dates",
    "entries",
    "forecast",
    "gaps",
    "happening",
    "keep",
    "law",
    "link",
    "local-offer",
    "offer",
    "privacy",
    "sign-in",
    "terms",
    "today",
];

/// The pages under a child and under a case.
const CHILD_PAGES: &[&str] = &[
    "",
    "advice",
    "dates",
    "dates.ics",
    "decisions",
    "disagree",
    "do",
    "help",
    "letter",
    "messages",
    "paper",
    "people",
    "plan",
    "told",
    "words",
    "why",
];
const CASE_PAGES: &[&str] = &[
    "",
    "advice",
    "apology",
    "ask-advice",
    "asker",
    "help",
    "before",
    "call",
    "decide",
    "decide-plan",
    "entry",
    "exception",
    "late",
    "letter",
    "messages",
    "notice",
    "offer",
    "pass-on",
    "people",
    "plan",
    "record",
    "take",
    "why",
];

#[test]
fn links_lead_to_pages_that_exist() {
    check(|_, _, tags| {
        let links = tags.iter().filter(|tag| matches!(tag.name.as_str(), "a" | "form"));
        links
            .filter_map(|tag| tag.get("href").or_else(|| tag.get("action")))
            .filter(|href| !leads_somewhere(href))
            .map(|href| format!("{href} is no page of ours"))
            .collect()
    });
}

fn leads_somewhere(href: &str) -> bool {
    let known = ["#", "?", "tel:", "mailto:"].iter().any(|start| href.starts_with(start));
    // A service of the Local Offer may have a page of its own elsewhere; the example has this one.
    if known || href.starts_with("https://sparrows.example/") {
        return true;
    }
    // "Leave quickly" is the one way out.
    let Some(path) = href.strip_prefix('/') else { return href == "https://www.bbc.co.uk/weather" };
    let path = path.split(['?', '#']).next().unwrap_or("");
    let mut parts = path.split('/');
    let (first, third) = (parts.next().unwrap_or(""), parts.nth(1).unwrap_or(""));
    PARTS.contains(&first)
        && match first {
            "child" => CHILD_PAGES.contains(&third),
            "case" => CASE_PAGES.contains(&third),
            _ => true,
        }
}

#[test]
fn pages_keep_to_plain_words() {
    const AVOID: &[&str] = &[
        "successfully",
        "please note",
        "unfortunately",
        "should you wish",
        "invalid",
        " submit",
        "portal",
        "case closed",
        "service user",
        "overdue",
        "gov.uk",
    ];
    check(|_, _, tags| {
        let text = tags.iter().map(|tag| tag.text.to_lowercase()).collect::<Vec<_>>().join(" ");
        AVOID
            .iter()
            .filter(|word| text.contains(**word))
            .map(|word| format!("says “{}”", word.trim()))
            .collect()
    });
}
