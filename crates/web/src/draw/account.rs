//! The lawyer's and the officer's explanation of an obligation, from the law's own account of it.

use jiff::civil::Date;
use sendero_app::house::law::{Obligation, Rulebook, Voice, account, say};

use super::clock::{heading_of, plain};
use crate::view::account::{Lawyer, Officer};
use crate::view::parts::SumRow;
use crate::words;

pub(crate) fn lawyer_of(law: &Rulebook, one: &Obligation, today: Date, open: bool) -> Lawyer {
    let duty = law.duty(&one.duty);
    let code = duty.and_then(|duty| duty.code.as_deref());
    let cite = duty.map(|duty| duty.cite.clone()).unwrap_or_default();
    Lawyer {
        about: heading_of(law, one),
        open,
        trigger: law.kind(&one.trigger.kind).map(|kind| kind.title.clone()).unwrap_or_default(),
        from: one.trigger.on,
        due: one.due,
        period: duty.and_then(|duty| duty.period.clone()).unwrap_or_default(),
        steps: one
            .why
            .iter()
            // The first says what started it, which stands at the head already.
            .skip(1)
            .filter(|step| !step.text.is_empty())
            .map(|step| SumRow {
                head: step.on.map(crate::view::in_full).unwrap_or_default(),
                text: plain(step.text),
            })
            .collect(),
        account: account(law, one, today),
        cite: code.map_or_else(|| cite.clone(), |code| format!("{cite}; Code of Practice {code}")),
        force: words::word("force-of", &one.force),
        since: duty.and_then(|duty| duty.in_force.first()).map(|span| span.from),
        checked: duty
            .map(|duty| {
                format!("{} ({})", words::word("checked-by", &duty.checked.by), duty.checked.at)
            })
            .unwrap_or_default(),
        rulebook: law.hash().to_owned(),
    }
}

/// `claim` is where an exception is claimed, for whoever may; `waits` what a case waits for.
pub(crate) fn officer_of(
    law: &Rulebook,
    one: &Obligation,
    today: Date,
    (claim, waits): (Option<String>, String),
) -> Officer {
    Officer {
        say: say(law, one, Voice::Officer),
        waits,
        ends: law
            .duty(&one.duty)
            .and_then(|duty| duty.say.get("ends"))
            .cloned()
            .unwrap_or_default(),
        account: account(law, one, today),
        claim,
    }
}
