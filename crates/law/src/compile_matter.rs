//! What tells one matter of a duty from another: what a right is about, and the steps that show an act
//! which nobody recorded.

use crate::compile_limit::{any, matching};
use crate::kinds::KindSet;
use crate::names::Names;
use crate::rule::{Act, Form, Matter, Scope, Shown};
use crate::rulebook::Rulebook;
use crate::source::{RawDuty, RawStarts};

/// What a right is about. A later start takes nothing from it, so its scope goes past that.
pub(crate) fn matters(
    book: &Rulebook,
    names: &mut Names<'_>,
    raw: &RawDuty,
    form: Form,
    scope: Option<Scope>,
    acts: &[Act],
) -> Vec<Matter> {
    if form == Form::Right && scope == Some(Scope::NextTrigger) {
        names.fault(
            raw.id.span(),
            "a right that ends where another of its kind begins",
            "Write `scope = \"case\"`, and what ends it in `[[duty.matter]]`",
        );
    }
    if form != Form::Right && !raw.matter.is_empty() {
        names.fault(raw.id.span(), "only a right has a `matter`", "Leave it out");
    }
    let kinds = acts.iter().fold(KindSet::default(), |set, act| set.and_also(act.what.kinds));
    raw.matter
        .iter()
        .map(|matter| Matter {
            given_by: any(book, names, &matter.given_by),
            says: names.filters(book, kinds, &matter.says),
            ended_by: any(book, names, &matter.ended_by),
            in_round: matter.in_round,
            why: matter.why.clone(),
        })
        .collect()
}

/// A step that starts a duty because it shows what does.
pub(crate) fn shown(book: &Rulebook, names: &mut Names<'_>, raw: &RawStarts) -> Option<Shown> {
    raw.shown.as_ref().map(|shown| {
        let itself = names.kinds(book, &shown.itself);
        Shown {
            by: names.kinds(book, &shown.by).and_also(itself),
            itself,
            except: shown.except.as_ref().map(|except| matching(book, names, except)),
            after: names.kinds(book, &shown.after),
            unless: names.kinds(book, &shown.unless),
            why: shown.why.clone(),
        }
    })
}
