//! The decisions that a family can still take further: where there are several, a step such as speaking
//! to a mediation adviser has to say which of them it is about.

use std::borrow::Cow;

use jiff::civil::Date;
use sendero_law::Question;
use sendero_record::{Disputed, Entry, EventId};

use crate::CaseFile;
use crate::followed::timeline_of;

/// The rights that a step is about: to speak to a mediation adviser, and to appeal.
const RIGHTS: [&str; 2] = ["md-contact", "ap-start"];

/// A decision that a family could take further on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenDecision {
    /// The day of the decision.
    pub on: Date,
    /// What a step says that is about this one and no other that is open: the whole of it first.
    pub about: Vec<Disputed>,
}

impl OpenDecision {
    /// What a step says that is about all of it.
    #[must_use]
    pub fn whole(&self) -> Option<Disputed> {
        self.about.first().copied()
    }
}

impl CaseFile {
    /// The decisions that were open to mediation or an appeal on `day`, in the order of their days. Two
    /// refusals of the same thing are told apart by no word of the law, and are one here.
    #[must_use]
    pub fn open_decisions(&self, day: Date) -> Vec<OpenDecision> {
        let timeline = if day == self.timeline.as_at {
            Cow::Borrowed(&self.timeline)
        } else {
            let known_at = self.now.today.max(day);
            let question = Question { as_at: day, known_at, explain: false };
            Cow::Owned(timeline_of(&self.area_law, &self.record, question))
        };
        let mut open: Vec<OpenDecision> = Vec::new();
        let mut seen: Vec<&Entry> = Vec::new();
        for right in &timeline.obligations {
            let entry = self.record.entry(&EventId::new(right.trigger.event.as_str()));
            let Some(entry) = entry.filter(|_| RIGHTS.contains(&right.duty.as_str())) else {
                continue;
            };
            if right.standing.is_live() && !seen.contains(&entry) {
                seen.push(entry);
                let about = self.words_about(&right.duty, entry);
                if !open.iter().any(|known| known.about == about) {
                    open.push(OpenDecision { on: entry.header.on, about });
                }
            }
        }
        let all = open.clone();
        for one in &mut open {
            let others = || all.iter().filter(|other| other.about != one.about);
            let is_shared = |word: &Disputed| others().any(|other| other.about.contains(word));
            let own: Vec<Disputed> =
                one.about.iter().copied().filter(|word| !is_shared(word)).collect();
            one.about = own;
        }
        open.sort_by_key(|one| one.on);
        open
    }

    fn words_about(&self, duty: &str, decision: &Entry) -> Vec<Disputed> {
        let fields = decision.event.fact_fields().unwrap_or_default();
        let words = self.law.words_about(duty, decision.event.kind(), &fields);
        words.iter().filter_map(|word| Disputed::from_word(word)).collect()
    }
}
