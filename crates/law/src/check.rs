//! Whether a case can be true at all. Dates that cannot be, names nobody knows and corrections of
//! nothing get a message that names the event and says what to do, never a calculation.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::fact::{Case, Fact, Value};
use crate::fault::{CaseFault, choices};
use crate::rulebook::{EventKind, Field, FieldType, Rulebook};

/// The years that a date of a case may have.
pub const YEARS: std::ops::RangeInclusive<i16> = 1990..=2100;
/// What every event of a case file may have, beside the fields of its kind.
pub(crate) const HEADER: [&str; 5] = ["id", "kind", "on", "known_on", "supersedes"];

impl Rulebook {
    /// Everything that is wrong with a case; empty when it can be evaluated.
    #[must_use]
    pub fn check_case(&self, case: &Case) -> Vec<CaseFault> {
        let mut faults = Vec::new();
        whole(self, case, &mut faults);
        let mut ids: BTreeMap<&str, &Fact> = BTreeMap::new();
        let mut corrected: BTreeMap<&str, &str> = BTreeMap::new();
        for fact in &case.facts {
            if ids.insert(&fact.id, fact).is_some() {
                faults.push(CaseFault::of(
                    &fact.id,
                    "two events have this id",
                    "Give each event its own id",
                ));
            }
        }
        for fact in &case.facts {
            self.check_fact(case, fact, &mut faults);
            let Some(target) = fact.supersedes.as_deref() else { continue };
            if target == fact.id || !ids.contains_key(target) {
                faults.push(CaseFault::of(
                    &fact.id,
                    format!("it corrects `{target}`, which is no other event of this case"),
                    "Name the event that it corrects, or leave `supersedes` out",
                ));
            } else if let Some(first) = corrected.insert(target, &fact.id) {
                faults.push(CaseFault::of(
                    &fact.id,
                    format!("`{first}` corrects `{target}` already"),
                    format!("Correct `{first}` in its turn"),
                ));
            } else if in_a_ring(&ids, fact) {
                faults.push(CaseFault::of(
                    &fact.id,
                    format!("it corrects `{target}`, which corrects it in its turn"),
                    "Leave `supersedes` out of the one that was recorded first",
                ));
            }
        }
        faults
    }

    fn check_fact(&self, case: &Case, fact: &Fact, faults: &mut Vec<CaseFault>) {
        year(Some(&fact.id), "on", fact.on, faults);
        if fact.known_on != fact.on {
            year(Some(&fact.id), "known_on", fact.known_on, faults);
        }
        if let Some(born) = case.born.filter(|born| fact.on < *born) {
            faults.push(CaseFault::of(
                &fact.id,
                format!("it happened on {}, before the birth on {born}", fact.on),
                "Check both years",
            ));
        }
        let Some(kind) = self.kind(&fact.kind) else {
            faults.push(unknown_kind(self, &fact.id, &fact.kind));
            return;
        };
        for (name, value) in &fact.fields {
            match kind.field(name) {
                Some(field) => check_value(&fact.id, field, value, faults),
                None => faults.push(unknown_field(&fact.id, kind, name)),
            }
        }
        for field in kind.fields.iter().filter(|field| field.required) {
            if !fact.fields.contains_key(&field.name) {
                faults.push(CaseFault::of(
                    &fact.id,
                    format!("`{}` needs `{}`", kind.name, field.name),
                    if field.values.is_empty() || field.values.len() > 20 {
                        "Add it".to_owned()
                    } else {
                        format!("Add it: {}", choices(field.values.iter().map(String::as_str)))
                    },
                ));
            }
        }
        if let (Some(Value::Date(from)), Some(Value::Date(to))) =
            (fact.fields.get("from").or(Some(&Value::Date(fact.on))), fact.fields.get("to"))
            && to < from
        {
            faults.push(reversed(Some(&fact.id), "it", *from, *to));
        }
    }
}

fn whole(book: &Rulebook, case: &Case, faults: &mut Vec<CaseFault>) {
    if let Some(born) = case.born {
        year(None, "born", born, faults);
    }
    if let Some(setting) = case
        .setting
        .as_deref()
        .filter(|setting| !book.settings.iter().any(|known| known == setting))
    {
        faults.push(CaseFault::whole(
            format!("unknown setting `{setting}`"),
            format!("Use {}", choices(book.settings.iter().map(String::as_str))),
        ));
    }
    let closures = case.closures.iter().map(|span| ("closures", span.from, span.to));
    let terms = case.terms.iter().map(|span| ("terms", span.from, span.to));
    for (name, from, to) in closures.chain(terms) {
        year(None, name, from, faults);
        year(None, name, to, faults);
        if to < from {
            faults.push(reversed(None, &format!("one of `{name}`"), from, to));
        }
    }
    let mut terms = case.terms.clone();
    terms.sort_by_key(|term| term.from);
    for (one, next) in terms.iter().zip(terms.iter().skip(1)) {
        if next.from < one.to {
            faults.push(CaseFault::whole(
                format!(
                    "one of `terms` begins on {}, before another ends on {}",
                    next.from, one.to
                ),
                "Write each term once, with the day after its last in `to`",
            ));
        }
    }
}

/// Whether the corrections that begin with `fact` come back to it: then none of them would count.
fn in_a_ring(ids: &BTreeMap<&str, &Fact>, fact: &Fact) -> bool {
    let next = |fact: &Fact| fact.supersedes.as_deref().and_then(|id| ids.get(id)).copied();
    let steps = std::iter::successors(next(fact), |fact| next(fact));
    steps.take(ids.len()).any(|step| step.id == fact.id)
}

fn reversed(event: Option<&str>, what: &str, from: Date, to: Date) -> CaseFault {
    CaseFault {
        event: event.map(str::to_owned),
        what: format!("{what} ends on {to}, before it begins on {from}"),
        cure: "Put the first day in `from` and the first day after in `to`".to_owned(),
    }
}

fn year(event: Option<&str>, what: &str, day: Date, faults: &mut Vec<CaseFault>) {
    if !YEARS.contains(&day.year()) {
        faults.push(CaseFault {
            event: event.map(str::to_owned),
            what: format!(
                "`{what}` is {day}, outside the years {} to {}",
                YEARS.start(),
                YEARS.end()
            ),
            cure: "Check the year".to_owned(),
        });
    }
}

/// The fault of a field that a kind does not have.
pub(crate) fn unknown_field(event: &str, kind: &EventKind, name: &str) -> CaseFault {
    let near = near(name, kind.fields.iter().map(|field| field.name.as_str()).chain(HEADER));
    let cure = if !near.is_empty() {
        near.trim_end().to_owned()
    } else if kind.fields.is_empty() {
        format!("`{}` has no fields of its own: leave it out", kind.name)
    } else {
        format!("Use {}", choices(kind.fields.iter().map(|field| field.name.as_str())))
    };
    CaseFault::of(event, format!("`{}` has no field `{name}`", kind.name), cure)
}

fn check_value(event: &str, field: &Field, value: &Value, faults: &mut Vec<CaseFault>) {
    let one = |word: &str| field.values.iter().any(|known| known == word);
    let fault = match (field.holds, value) {
        (FieldType::Number, Value::Number(number)) if *number < 0 => Some(CaseFault::of(
            event,
            format!("`{}` cannot be {number}", field.name),
            "Write a whole number, 0 or more",
        )),
        (FieldType::Text, Value::Text(_))
        | (FieldType::Flag, Value::Flag(_))
        | (FieldType::Number, Value::Number(_)) => None,
        (FieldType::Date, Value::Date(day)) => {
            year(Some(event), &field.name, *day, faults);
            None
        }
        (FieldType::Choice, Value::Text(word)) if one(word) => None,
        (FieldType::Choice, Value::Text(word)) => Some(unknown_value(event, field, word)),
        (FieldType::List, Value::List(words)) => {
            words.iter().find(|word| !one(word)).map(|word| unknown_value(event, field, word))
        }
        _ => Some(wrong_type(event, field)),
    };
    faults.extend(fault);
}

fn unknown_value(event: &str, field: &Field, word: &str) -> CaseFault {
    let cure = if field.values.len() > 20 {
        format!(
            "{}`sendero law list` lists every duty",
            near(word, field.values.iter().map(String::as_str))
        )
    } else {
        format!("Use {}", choices(field.values.iter().map(String::as_str)))
    };
    CaseFault::of(event, format!("`{}` cannot be `{word}`", field.name), cure)
}

/// The fault of a value of another type than the field holds.
pub(crate) fn wrong_type(event: &str, field: &Field) -> CaseFault {
    let wanted = match field.holds {
        FieldType::Text => "words in quotes".to_owned(),
        FieldType::Flag => "true or false".to_owned(),
        FieldType::Number => "a whole number".to_owned(),
        FieldType::Date => "a day such as 2026-09-14".to_owned(),
        FieldType::Choice => "one word in quotes".to_owned(),
        FieldType::List => {
            let first = field.values.first().map_or("word", String::as_str);
            format!("a list of words, such as [\"{first}\"]")
        }
    };
    CaseFault::of(event, format!("`{}` has the wrong type", field.name), format!("Write {wanted}"))
}

/// The fault of a kind that nobody knows, with those that are spelled or called most like it.
pub(crate) fn unknown_kind(book: &Rulebook, event: &str, word: &str) -> CaseFault {
    let mut likely = near(word, book.kinds().iter().map(|kind| kind.name.as_str()));
    if likely.is_empty() {
        let alike = alike(book, word);
        if !alike.is_empty() {
            likely = format!("The likeliest: {}. ", choices(alike));
        }
    }
    let cure = format!("{likely}`sendero law kinds` lists every kind");
    CaseFault::of(event, format!("unknown kind `{word}`"), cure)
}

/// The kinds, at most three, that share most words with one that nobody knows. A word in the name
/// says more than one in the title, and only how it begins counts: "refusal" and "refused". What
/// people call issued is sent here. Of those that score the same, what is recorded most comes first.
fn alike<'b>(book: &'b Rulebook, word: &str) -> Vec<&'b str> {
    let stems = |text: &str| -> Vec<String> {
        let parts = text.split(|letter: char| !letter.is_alphanumeric());
        parts
            .filter(|part| part.chars().count() >= 4)
            .map(|part| part.to_lowercase().chars().take(5).collect())
            .map(|stem: String| if stem == "issue" { "sent".to_owned() } else { stem })
            .collect()
    };
    let asked = stems(word);
    let score = |kind: &EventKind| -> usize {
        let (name, title) = (stems(&kind.name), stems(&kind.title));
        let one =
            |stem| if name.contains(stem) { 3 } else { 2 * usize::from(title.contains(stem)) };
        asked.iter().map(one).sum()
    };
    let best = book.kinds().iter().map(score).max().filter(|best| *best > 0);
    let mut kinds: Vec<&EventKind> =
        book.kinds().iter().filter(|kind| Some(score(kind)) == best).collect();
    kinds.sort_by_key(|kind| !kind.recordable);
    kinds.iter().map(|kind| kind.name.as_str()).take(3).collect()
}

/// "Did you mean `x`? " for a slip of a few letters.
pub(crate) fn near<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    known
        .into_iter()
        .map(|name| (distance(word, name), name))
        .filter(|(distance, name)| *distance <= 3 && distance * 3 <= name.chars().count())
        .min()
        .map_or_else(String::new, |(_, name)| format!("Did you mean `{name}`? "))
}

fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, left) in a.chars().take(100).enumerate() {
        let mut next = vec![i + 1];
        let mut above = row.iter().copied();
        let mut corner = above.next().unwrap_or(0);
        for (right, up) in b.iter().zip(above) {
            let before = next.last().copied().unwrap_or(0);
            next.push((corner + usize::from(left != *right)).min(up + 1).min(before + 1));
            corner = up;
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}
