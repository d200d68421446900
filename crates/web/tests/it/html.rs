//! Just enough reading of HTML for the tests: tags with their attributes, in order. The pages are
//! ours and well formed, so this needs to know no more.

use std::collections::BTreeMap;

/// An opening tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
    /// The letters between this tag and the next.
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn get(&self, attribute: &str) -> Option<&str> {
        self.attributes.get(attribute).map(String::as_str)
    }
}

/// Every opening and closing tag; a closing one has a name that starts with a slash.
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    html.split('<')
        .skip(1)
        .filter_map(|piece| {
            let (inside, text) = piece.split_once('>')?;
            let inside = inside.trim_end_matches('/');
            let (name, rest) = inside.split_once(char::is_whitespace).unwrap_or((inside, ""));
            Some(Tag {
                name: name.to_lowercase(),
                attributes: attributes(rest),
                text: text.trim().to_owned(),
            })
        })
        .collect()
}

fn attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    loop {
        rest = rest.trim_start();
        if rest.is_empty() {
            return found;
        }
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        if let Some(quoted) = after.strip_prefix("=\"") {
            let (value, after) = quoted.split_once('"').unwrap_or((quoted, ""));
            found.insert(name.to_owned(), value.to_owned());
            rest = after;
        } else {
            found.insert(name.to_owned(), String::new());
            rest = after;
        }
    }
}
