//! What can only be seen of a rulebook as a whole: a duty that keeps itself by way of others, and
//! exceptions that would do different things with nothing to say which goes first.

use crate::fault::Fault;
use crate::names::line;
use crate::rulebook::{Duty, Rulebook, SourceFile};

pub(crate) fn check(book: &Rulebook, files: &[SourceFile], faults: &mut Vec<Fault>) {
    for duty in &book.duties {
        if let Some(way) = cycle(book, duty) {
            faults.push(at(
                files,
                duty,
                format!("`keeps` runs in a circle: {way}"),
                "Let it keep a day that does not hang on its own",
            ));
        }
        if let Some((one, other)) = unordered(book, duty) {
            faults.push(at(
                files,
                duty,
                format!(
                    "`lifted-by` has `{one}` and `{other}`, which do different things, and neither \
                     goes before the other"
                ),
                "Name one in the `over` of the other in exceptions.toml",
            ));
        }
    }
}

/// A fault at the line where a duty's id stands.
fn at(files: &[SourceFile], duty: &Duty, what: String, cure: &str) -> Fault {
    let wanted = format!("id = \"{}\"", duty.id);
    let place = files
        .iter()
        .filter(|file| file.name.contains("duties/"))
        .find_map(|file| file.text.find(&wanted).map(|place| (file, place)));
    Fault {
        file: place.map_or_else(String::new, |(file, _)| file.name.clone()),
        line: place.map_or(1, |(file, place)| line(&file.text, place)),
        what,
        cure: cure.to_owned(),
    }
}

/// The way round, if keeping the date of others leads back to the duty.
fn cycle(book: &Rulebook, duty: &Duty) -> Option<String> {
    let keeps = |duty: &Duty| duty.rule.as_ref().and_then(|rule| rule.keeps).map(|(kept, _)| kept);
    let mut way = vec![duty.id.as_str()];
    let mut next = keeps(duty);
    while let Some(kept) = next.and_then(|kept| book.duties.get(kept)) {
        way.push(&kept.id);
        if kept.id == duty.id {
            return Some(way.join(" -> "));
        }
        if way.len() > book.duties.len() {
            return None;
        }
        next = keeps(kept);
    }
    None
}

/// Two grounds of a duty that do different things, with no order between them.
fn unordered<'a>(book: &'a Rulebook, duty: &'a Duty) -> Option<(&'a str, &'a str)> {
    let more = duty
        .rule
        .iter()
        .flat_map(|rule| &rule.versions)
        .flat_map(|version| version.lifted_by.iter().flatten().chain(&version.also_lifted_by));
    let grounds: Vec<_> =
        duty.lifted_by.iter().chain(more).filter_map(|id| book.ground(id)).collect();
    grounds.iter().enumerate().find_map(|(place, one)| {
        grounds
            .iter()
            .skip(place + 1)
            .find(|other| {
                one.outcome != other.outcome
                    && !one.over.contains(&other.id)
                    && !other.over.contains(&one.id)
            })
            .map(|other| (one.id.as_str(), other.id.as_str()))
    })
}
