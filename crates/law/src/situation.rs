//! What may be happening to a family, as `law/situations.toml` tells it: which duties then bind, what
//! the family can do, and what to ask them so that their dates can be worked out.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Deserialize;

use crate::fact::{Fact, Value};
use crate::kinds::KindSet;
use crate::names::{Names, unique};
use crate::rulebook::{FieldType, Rulebook};
use crate::source::Name;

/// Something that happens to families, in their words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situation {
    /// Stable id, such as `refused`.
    pub id: String,
    /// What happened: "The council will not assess".
    pub title: String,
    /// What the law says of it, in a few short sentences.
    pub lead: String,
    /// The duties and rights that matter now, by id, in the order in which to read them.
    pub duties: Vec<String>,
    /// What the family can do today.
    pub now: Vec<String>,
    /// What must be known before the dates can be worked out; empty where no date follows.
    pub asks: Vec<Ask>,
}

/// A question whose answer is a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ask {
    /// The kind of fact that the answer is.
    pub event: String,
    /// The question.
    pub question: String,
    /// What helps to answer it.
    pub hint: String,
    /// Whether it may be left empty.
    pub optional: bool,
    /// A field that must be chosen too, with the values it may have.
    pub choose: Option<(String, Vec<String>)>,
    /// What the fact says besides.
    with: BTreeMap<String, Value>,
}

impl Ask {
    /// The fact that an answer is. `chosen` is the value of the field that is asked for.
    #[must_use]
    pub fn fact(&self, on: Date, chosen: Option<&str>) -> Fact {
        let mut fields = self.with.clone();
        if let (Some((field, _)), Some(value)) = (&self.choose, chosen) {
            fields.insert(field.clone(), Value::Text(value.to_owned()));
        }
        Fact {
            id: self.event.clone(),
            kind: self.event.clone(),
            on,
            known_on: on,
            supersedes: None,
            fields,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SituationFile {
    situation: Vec<RawSituation>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSituation {
    id: Name,
    title: String,
    lead: String,
    duties: Vec<Name>,
    now: Vec<String>,
    #[serde(default)]
    ask: Vec<RawAsk>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawAsk {
    event: Name,
    question: String,
    hint: String,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    with: BTreeMap<Name, Vec<Name>>,
    choose: Option<Name>,
}

/// The situations of a file. `duties` are the ids that may be named.
pub(crate) fn situations(
    book: &Rulebook,
    duties: &[String],
    names: &mut Names<'_>,
    file: SituationFile,
) -> Vec<Situation> {
    unique(names, &file.situation.iter().map(|raw| raw.id.clone()).collect::<Vec<_>>());
    let known = || duties.iter().map(String::as_str);
    file.situation
        .into_iter()
        .map(|raw| Situation {
            duties: names.known(&raw.duties, "duty", known()),
            asks: raw.ask.into_iter().filter_map(|ask| asked(book, names, ask)).collect(),
            id: raw.id.into_inner(),
            title: raw.title,
            lead: raw.lead,
            now: raw.now,
        })
        .collect()
}

fn asked(book: &Rulebook, names: &mut Names<'_>, raw: RawAsk) -> Option<Ask> {
    let number = names.kind(book, &raw.event)?;
    let kinds: KindSet = [number].into_iter().collect();
    names.filters(book, kinds, &raw.with);
    if let Some(field) = &raw.choose {
        names.fields_exist(book, kinds, std::slice::from_ref(field));
    }
    let kind = book.kinds.get(usize::from(number))?;
    let with = raw.with.into_iter().filter_map(|(field, values)| {
        let field = kind.field(field.get_ref())?;
        let value = values.into_iter().next()?.into_inner();
        let value = match field.holds {
            FieldType::Flag => Value::Flag(value == "true"),
            FieldType::List => Value::List(vec![value]),
            _ => Value::Text(value),
        };
        Some((field.name.clone(), value))
    });
    let with = with.collect();
    let choose = raw.choose.and_then(|field| {
        let field = kind.field(field.get_ref())?;
        Some((field.name.clone(), field.values.clone()))
    });
    Some(Ask {
        event: raw.event.into_inner(),
        question: raw.question,
        hint: raw.hint,
        optional: raw.optional,
        choose,
        with,
    })
}
