//! How lists and pages treat a duty: its weight, whether families watch it, and what it waits for.

use crate::compile_limit::one_of;
use crate::names::Names;
use crate::rulebook::Clock;
use crate::source::RawDuty;

/// How families watch a duty.
const CLOCKS: [(&str, Clock); 2] = [("open", Clock::Open), ("late", Clock::Late)];

/// What a duty can wait for. `advice` and `plan` are worked out further from the record.
const WAITS_FOR: [&str; 12] = [
    "decision",
    "asking",
    "advice",
    "plan",
    "comments",
    "meeting",
    "certificate",
    "review",
    "amended",
    "not-amending",
    "letter",
    "passing-on",
];

/// The lightest there is: what says nothing weighs so much.
const LIGHTEST: i64 = 8;

pub(crate) fn weight(names: &mut Names<'_>, raw: &RawDuty) -> i64 {
    let Some(weight) = &raw.weight else { return LIGHTEST };
    if !(1..LIGHTEST).contains(weight.get_ref()) {
        let cure = "1 is the gravest; leave it out for the lightest";
        names.fault(weight.span(), format!("a weight is from 1 to {}", LIGHTEST - 1), cure);
    }
    *weight.get_ref()
}

pub(crate) fn clock(names: &mut Names<'_>, raw: &RawDuty) -> Clock {
    let clock = raw.clock.as_ref();
    clock.and_then(|clock| one_of(names, clock, "kind of clock", &CLOCKS)).unwrap_or_default()
}

pub(crate) fn waits_for(names: &mut Names<'_>, raw: &RawDuty) -> Option<String> {
    let word = raw.waits_for.as_ref()?;
    names.find(word, "thing to wait for", WAITS_FOR).map(|_| word.get_ref().clone())
}
