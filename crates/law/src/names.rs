//! Names looked up in their closed lists. What is in none is a fault with its line and the list.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use jiff::civil::Date;
use toml::Spanned;
use toml::value::Datetime;

use crate::fault::{Fault, choices};
use crate::kinds::KindSet;
use crate::rule::Filter;
use crate::rulebook::{FieldType, Rulebook, SourceFile};
use crate::source::Name;

/// The line, from 1, of a place in a text.
pub(crate) fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// Looks names up in closed lists, and keeps the faults of one file.
pub(crate) struct Names<'a> {
    pub(crate) file: &'a SourceFile,
    faults: &'a mut Vec<Fault>,
}

impl<'a> Names<'a> {
    pub(crate) const fn new(file: &'a SourceFile, faults: &'a mut Vec<Fault>) -> Self {
        Self { file, faults }
    }

    /// How many faults there are so far.
    pub(crate) fn count(&self) -> usize {
        self.faults.len()
    }

    pub(crate) fn fault(
        &mut self,
        span: Range<usize>,
        what: impl Into<String>,
        cure: impl Into<String>,
    ) {
        self.faults.push(Fault {
            file: self.file.name.clone(),
            line: line(&self.file.text, span.start),
            what: what.into(),
            cure: cure.into(),
        });
    }

    /// The place of `name` in `list`, or a fault that shows the list.
    pub(crate) fn find<'b>(
        &mut self,
        name: &Name,
        what: &str,
        list: impl IntoIterator<Item = &'b str> + Clone,
    ) -> Option<usize> {
        let found = list.clone().into_iter().position(|known| known == name.get_ref());
        if found.is_none() {
            self.fault(
                name.span(),
                format!("unknown {what} `{}`", name.get_ref()),
                format!("Use one of {}", choices(list)),
            );
        }
        found
    }

    pub(crate) fn known<'b>(
        &mut self,
        names: &[Name],
        what: &str,
        list: impl IntoIterator<Item = &'b str> + Clone,
    ) -> Vec<String> {
        names
            .iter()
            .filter(|name| self.find(name, what, list.clone()).is_some())
            .map(|name| name.get_ref().clone())
            .collect()
    }

    pub(crate) fn kind(&mut self, book: &Rulebook, name: &Name) -> Option<u16> {
        self.find(name, "event", book.kinds.iter().map(|kind| kind.name.as_str()))
            .and_then(|index| u16::try_from(index).ok())
    }

    pub(crate) fn kinds(&mut self, book: &Rulebook, names: &[Name]) -> KindSet {
        names.iter().filter_map(|name| self.kind(book, name)).collect()
    }

    /// Conditions on fields: every kind of the set must have the field, and its values must be
    /// among those that the field allows.
    pub(crate) fn filters(
        &mut self,
        book: &Rulebook,
        kinds: KindSet,
        raw: &BTreeMap<Name, Vec<Name>>,
    ) -> Vec<Filter> {
        let mut filters = Vec::new();
        for (field, values) in raw {
            self.fields_exist(book, kinds, std::slice::from_ref(field));
            let allowed: Vec<&str> = book
                .kinds
                .iter()
                .zip(0..)
                .filter(|(_, index)| kinds.has(*index))
                .filter_map(|(kind, _)| kind.field(field.get_ref()))
                .flat_map(|known| match known.holds {
                    FieldType::Flag => vec!["true", "false"],
                    _ => known.values.iter().map(String::as_str).collect(),
                })
                .collect();
            let values = self.known(values, "value", allowed.iter().copied());
            filters.push(Filter { field: field.get_ref().clone(), values });
        }
        filters
    }

    /// The least that fields which hold a number must be.
    pub(crate) fn numbers(
        &mut self,
        book: &Rulebook,
        kinds: KindSet,
        raw: &BTreeMap<Name, i64>,
    ) -> Vec<(String, i64)> {
        for field in raw.keys() {
            self.fields_exist(book, kinds, std::slice::from_ref(field));
            let holds = |kind: &crate::rulebook::EventKind| {
                kind.field(field.get_ref()).is_some_and(|known| known.holds == FieldType::Number)
            };
            if book.kinds.iter().zip(0..).any(|(kind, index)| kinds.has(index) && !holds(kind)) {
                self.fault(
                    field.span(),
                    format!("`{}` does not hold a number", field.get_ref()),
                    "Name a field with `is = \"number\"`",
                );
            }
        }
        raw.iter().map(|(field, least)| (field.get_ref().clone(), *least)).collect()
    }

    pub(crate) fn fields_exist(
        &mut self,
        book: &Rulebook,
        kinds: KindSet,
        names: &[Name],
    ) -> Vec<String> {
        for name in names {
            for (kind, index) in book.kinds.iter().zip(0..) {
                if kinds.has(index) && kind.field(name.get_ref()).is_none() {
                    self.fault(
                        name.span(),
                        format!("`{}` has no field `{}`", kind.name, name.get_ref()),
                        format!(
                            "Use {}",
                            choices(kind.fields.iter().map(|field| field.name.as_str()))
                        ),
                    );
                }
            }
        }
        names.iter().map(|name| name.get_ref().clone()).collect()
    }

    /// Fields of which each is one of some kind among several: the others never give it.
    pub(crate) fn fields_of_any(
        &mut self,
        book: &Rulebook,
        kinds: KindSet,
        names: &[Name],
    ) -> Vec<String> {
        let all = book.kinds.iter().zip(0..).filter(|(_, index)| kinds.has(*index));
        let fields: Vec<&str> =
            all.flat_map(|(kind, _)| kind.fields.iter().map(|field| field.name.as_str())).collect();
        for name in names {
            self.find(name, "field", fields.iter().copied());
        }
        names.iter().map(|name| name.get_ref().clone()).collect()
    }

    pub(crate) fn date(&mut self, raw: &Spanned<Datetime>) -> Option<Date> {
        let value = raw.get_ref();
        let found = match (value.date, value.time, value.offset) {
            (Some(date), None, None) => i16::try_from(date.year)
                .ok()
                .zip(i8::try_from(date.month).ok().zip(i8::try_from(date.day).ok()))
                .and_then(|(year, (month, day))| Date::new(year, month, day).ok()),
            _ => None,
        };
        if found.is_none() {
            self.fault(raw.span(), format!("`{value}` is not a day"), "Write it as 2026-09-14");
        }
        found
    }
}

pub(crate) fn unique(names: &mut Names<'_>, ids: &[Name]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    for id in ids {
        if !seen.insert(id.get_ref().clone()) {
            names.fault(id.span(), format!("`{}` stands here twice", id.get_ref()), "Keep one");
        }
    }
    ids.iter().map(|id| id.get_ref().clone()).collect()
}
