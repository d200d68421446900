//! Our own taxonomies, read from `data/taxonomies.toml`: terms by which services are tagged in every
//! area alike. Their ids follow from their words, so that feeds of two areas can be laid together.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::ids::derived_id;
use crate::model::{Taxonomy, Term};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: String,
    taxonomy: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    word: String,
    name: String,
    description: String,
    /// Word, name and description of each term.
    terms: Vec<(String, String, String)>,
}

/// One term of ours, by its two words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    /// "need/autism".
    pub facet: String,
    /// The id of the term.
    pub term: String,
    /// Its name ("Autism").
    pub name: String,
    /// The name of its taxonomy ("SEND need").
    pub taxonomy: String,
}

struct Ours {
    taxonomies: Vec<Taxonomy>,
    by_facet: BTreeMap<String, Facet>,
    by_term: BTreeMap<String, String>,
}

/// The file is part of the program and a test reads it whole, so that it cannot fail here.
static OURS: LazyLock<Ours> = LazyLock::new(|| {
    let file = toml::from_str(include_str!("../data/taxonomies.toml"));
    read(file.unwrap_or(File { version: String::new(), taxonomy: Vec::new() }))
});

fn read(file: File) -> Ours {
    let mut ours =
        Ours { taxonomies: Vec::new(), by_facet: BTreeMap::new(), by_term: BTreeMap::new() };
    for entry in file.taxonomy {
        let mut terms = Vec::new();
        for (word, name, description) in entry.terms {
            let facet = format!("{}/{word}", entry.word);
            let id = derived_id(&["term", &facet]);
            ours.by_term.insert(id.clone(), facet.clone());
            ours.by_facet.insert(
                facet.clone(),
                Facet { facet, term: id.clone(), name: name.clone(), taxonomy: entry.name.clone() },
            );
            terms.push(Term { id, name, description, ..Term::default() });
        }
        ours.taxonomies.push(Taxonomy {
            id: derived_id(&["taxonomy", &entry.word]),
            name: entry.name,
            description: entry.description,
            version: file.version.clone(),
            uri: String::new(),
            terms,
        });
    }
    ours
}

/// Our own taxonomies.
#[must_use]
pub fn built_in() -> &'static [Taxonomy] {
    &OURS.taxonomies
}

/// A term of ours by its words ("need/autism").
#[must_use]
pub fn term_of(facet: &str) -> Option<&'static Facet> {
    OURS.by_facet.get(facet)
}

/// The words of a term of ours ("need/autism") by its id.
#[must_use]
pub fn facet_of(term: &str) -> Option<&'static str> {
    OURS.by_term.get(term).map(String::as_str)
}
