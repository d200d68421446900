//! Links between documents lead somewhere, and lock files name packages but no host to fetch them
//! from, so that a mirror or a proxy serves as well.

use super::Finding;
use super::tree::{File, Tree};

/// Every relative link in a document resolves, heading included; no npm lock names a host.
pub(super) fn links_and_locks(tree: &Tree) -> Vec<Finding> {
    let mut found = Vec::new();
    for file in tree.under("", ".md") {
        for (at, link) in links(file) {
            if let Some(why) = broken(tree, file, link) {
                found.push(Finding::new(&file.path, at, why));
            }
        }
    }
    for file in tree.under("", "package-lock.json") {
        for (at, line) in file.lines() {
            if line.trim_start().starts_with("\"resolved\":") && line.contains("://") {
                found.push(Finding::new(&file.path, at, "names a registry's host: leave it out"));
            }
        }
    }
    found
}

/// The targets of `[words](target)` outside fenced code, with their lines.
fn links(file: &File) -> Vec<(usize, &str)> {
    let mut fenced = false;
    let mut all = Vec::new();
    for (at, line) in file.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        }
        if fenced {
            continue;
        }
        for piece in line.split("](").skip(1) {
            if let Some((target, _)) = piece.split_once(')') {
                all.push((at, target));
            }
        }
    }
    all
}

fn broken(tree: &Tree, from: &File, link: &str) -> Option<String> {
    if link.contains("://") || link.starts_with("mailto:") {
        return None;
    }
    let (path, heading) = link.split_once('#').map_or((link, None), |(p, h)| (p, Some(h)));
    let target = if path.is_empty() { from.path.clone() } else { resolve(&from.path, path) };
    let text = tree.text(&target);
    let there = text.is_some() || tree.root.join(&target).exists();
    if !there {
        return Some(format!("the link {link} leads nowhere: there is no {target}"));
    }
    let heading = heading?;
    let known = text?.lines().any(|line| line.starts_with('#') && slug(line) == heading);
    (!known).then(|| format!("the link {link} leads to no heading of {target}"))
}

/// `docs/a.md` and `../README.md` give `README.md`.
fn resolve(from: &str, link: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "." | "" => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    parts.join("/")
}

/// A heading's anchor as the common renderers make it.
fn slug(heading: &str) -> String {
    heading
        .trim_start_matches('#')
        .trim()
        .to_lowercase()
        .chars()
        .filter(|c| c.is_alphanumeric() || [' ', '-', '_'].contains(c))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}
