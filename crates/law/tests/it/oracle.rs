//! A second, naive reading of the duties that have a number: it walks day by day and step by step,
//! shares no code with the engine, and must agree with it on random cases.

use proptest::prelude::*;
use sendero_law::{Case, Date, Fact, Question, Rulebook, Value, evaluate};

use crate::rights_walk;
use crate::stories::{case, day};

/// Duty, trigger, last day and standing, in words; of what nobody recorded and a later step proves,
/// the day by which it was done and the least days late.
type Line = (String, String, Option<String>, String);

pub(crate) struct Oracle<'a> {
    pub(crate) facts: Vec<&'a Fact>,
    pub(crate) as_at: Date,
    lines: Vec<Line>,
}

fn walk(mut from: Date, days: i32) -> Date {
    for _ in 0..days {
        from = from.tomorrow().unwrap();
    }
    from
}

/// The same day `n` months on, or the last day of that month.
pub(crate) fn months(from: Date, n: i8) -> Date {
    let total = i16::from(from.month() - 1 + n);
    let first =
        jiff::civil::date(from.year() + total / 12, i8::try_from(total % 12).unwrap() + 1, 1);
    let mut at = first;
    while at.day() < from.day() && at.tomorrow().unwrap().month() == first.month() {
        at = at.tomorrow().unwrap();
    }
    at
}

pub(crate) fn field<'a>(fact: &'a Fact, name: &str) -> &'a str {
    match fact.fields.get(name) {
        Some(Value::Text(text)) => text,
        Some(Value::Flag(true)) => "true",
        _ => "",
    }
}

pub(crate) fn works(day: Date) -> bool {
    Rulebook::embedded().calendar().is_working_day(day)
}

impl Oracle<'_> {
    pub(crate) fn add(&mut self, duty: &str, trigger: &str, due: Option<Date>, standing: &str) {
        self.lines.push((
            duty.to_owned(),
            trigger.to_owned(),
            due.map(|due| due.to_string()),
            standing.to_owned(),
        ));
    }

    fn timed(&self, due: Date, done: Option<Date>, excused: bool) -> &'static str {
        match done {
            Some(done) if done <= due => "met",
            Some(_) => "met-late",
            None if self.as_at <= due => "pending",
            None if excused => "excused",
            None => "overdue",
        }
    }

    /// What a step proves of an act that nobody recorded, which came after `first` where that is known.
    fn proved(due: Date, first: Option<Date>, by: Date) -> Option<String> {
        let mut late = 0;
        while first.is_some_and(|first| walk(due, late) < first) {
            late += 1;
        }
        match late {
            0 if by <= due => Some(format!("met by {by}")),
            0 => None,
            _ => Some(format!("met-late by {by}, at least {late}")),
        }
    }

    pub(crate) fn rounds(&self) -> Vec<(usize, usize)> {
        let mut starts = Vec::new();
        let mut shut: Option<&str> = Some("never opened");
        for (index, fact) in self.facts.iter().enumerate() {
            let opener =
                ["assessment-requested", "brought-to-attention"].contains(&fact.kind.as_str());
            let taken_back = matches!(
                (shut, fact.kind.as_str()),
                (Some("assessment-refused"), "assessment-agreed")
                    | (Some("plan-refused"), "plan-agreed")
            );
            if shut.is_some() && opener {
                starts.push(index);
                shut = None;
            } else if taken_back {
                shut = None;
            } else if shut.is_none()
                && [
                    "request-withdrawn",
                    "assessment-refused",
                    "plan-refused",
                    "final-plan-sent",
                    "moved-area",
                ]
                .contains(&fact.kind.as_str())
            {
                shut = Some(&fact.kind);
            }
        }
        let ends: Vec<usize> = starts.iter().skip(1).copied().chain([self.facts.len()]).collect();
        starts.into_iter().zip(ends).collect()
    }

    /// Whether a claim for `duty` stands in a stretch of facts, on what dates can show.
    fn excused(&self, duty: &str, from: Date, span: (usize, usize), health: bool) -> bool {
        self.facts[span.0..span.1].iter().any(|fact| {
            fact.kind == "exception-relied-on"
                && fact.on >= from
                && field(fact, "duty") == duty
                && match (field(fact, "ground"), health) {
                    ("exceptional-circumstances" | "absent-from-area", _)
                    | ("missed-appointment", true) => true,
                    ("school-closed", false) => self.facts[span.0..span.1].iter().any(|ask| {
                        ask.kind == "advice-requested" && field(ask, "from") == "school"
                    }),
                    _ => false,
                }
        })
    }

    fn round_duties(&mut self) {
        for (start, end) in self.rounds() {
            let opener = self.facts[start];
            let steps: Vec<&Fact> = self.facts[start + 1..end].to_vec();
            for (duty, weeks, done_by, void_by, implied_by) in [
                (
                    "rq-6w",
                    6,
                    &["assessment-agreed", "assessment-refused"][..],
                    &["request-withdrawn"][..],
                    &[
                        "advice-requested",
                        "advice-received",
                        "plan-agreed",
                        "plan-refused",
                        "draft-plan-sent",
                        "final-plan-sent",
                    ][..],
                ),
                (
                    "no-plan-16w",
                    16,
                    &["plan-refused"],
                    &[
                        "request-withdrawn",
                        "assessment-refused",
                        "plan-agreed",
                        "draft-plan-sent",
                        "final-plan-sent",
                    ],
                    &[],
                ),
                (
                    "plan-20w",
                    20,
                    &["final-plan-sent"],
                    &["request-withdrawn", "assessment-refused", "plan-refused"],
                    &[],
                ),
            ] {
                let due = walk(opener.on, weeks * 7);
                let (mut done, mut void, mut dead) = (None, None, false);
                for step in &steps {
                    let kind = step.kind.as_str();
                    if kind == "moved-area"
                        || (kind == "tribunal-ordered" && field(step, "order") == "assess")
                    {
                        dead = true;
                        break;
                    }
                    if done_by.contains(&kind) {
                        done = Some(step.on);
                        break;
                    }
                    if void_by.contains(&kind) {
                        void = void.or(Some(kind));
                    }
                    if matches!(
                        (void, kind),
                        (Some("assessment-refused"), "assessment-agreed")
                            | (Some("plan-refused"), "plan-agreed")
                    ) {
                        void = None;
                    }
                }
                let implied = steps.iter().any(|step| implied_by.contains(&step.kind.as_str()));
                // The family was asked, or was sent what the assessment came to.
                let told = |step: &&&Fact| match step.kind.as_str() {
                    "advice-requested" => field(step, "from") == "parent",
                    kind => ["plan-refused", "draft-plan-sent", "final-plan-sent"].contains(&kind),
                };
                let proof = steps.iter().filter(|_| implied).find(told);
                let proved = proof.and_then(|step| Self::proved(due, None, step.on));
                let standing = if dead || (void.is_some() && done.is_none()) {
                    "void".to_owned()
                } else if done.is_none() && implied {
                    proved.unwrap_or_else(|| "unclear".to_owned())
                } else {
                    let excused = self.excused(duty, opener.on, (start, end), false);
                    self.timed(due, done, excused).to_owned()
                };
                self.add(duty, &opener.id.clone(), Some(due), &standing);
            }
        }
    }

    fn advice(&mut self) {
        let mut cuts: Vec<usize> = self.rounds().iter().map(|(start, _)| *start).collect();
        cuts.push(self.facts.len());
        for index in 0..self.facts.len() {
            let asked = self.facts[index];
            if asked.kind != "advice-requested" || field(asked, "from") == "parent" {
                continue;
            }
            let end = *cuts.iter().find(|cut| **cut > index).unwrap();
            let start = cuts.iter().rev().find(|cut| **cut <= index).copied().unwrap_or(0);
            let due = walk(asked.on, 42);
            let (mut done, mut void, mut dead) = (None, None::<&str>, false);
            for step in &self.facts[index + 1..end] {
                match step.kind.as_str() {
                    "moved-area" => {
                        dead = true;
                        break;
                    }
                    "advice-received" if field(step, "from") == field(asked, "from") => {
                        done = Some(step.on);
                        break;
                    }
                    kind @ ("request-withdrawn" | "plan-refused" | "final-plan-sent") => {
                        void = void.or(Some(kind));
                    }
                    // A refusal given up: what was asked for is wanted again.
                    "plan-agreed" if void == Some("plan-refused") => void = None,
                    _ => {}
                }
            }
            let standing = if dead || (void.is_some() && done.is_none()) {
                "void"
            } else {
                self.timed(due, done, self.excused("as-advice-6w", asked.on, (start, end), true))
            };
            self.add("as-advice-6w", &asked.id.clone(), Some(due), standing);
        }
    }

    /// Whether a changed plan shows that a review was decided, and nobody recorded when.
    fn shows_a_decision(&self, index: usize) -> bool {
        if self.facts[index].kind != "amended-plan-sent" {
            return false;
        }
        for fact in self.facts[..index].iter().rev() {
            match fact.kind.as_str() {
                "review-meeting-held" => return true,
                "review-decision-sent" | "final-plan-sent" | "amended-plan-sent" => return false,
                _ => {}
            }
        }
        false
    }

    fn reviews(&mut self) {
        let starts = |index: usize| {
            let fact = self.facts[index];
            fact.kind == "final-plan-sent"
                || fact.kind == "review-decision-sent"
                || self.shows_a_decision(index)
        };
        let mut lines = Vec::new();
        for index in 0..self.facts.len() {
            let plan = self.facts[index];
            if !starts(index) {
                continue;
            }
            // The day before the corresponding day; where there is none, the last day of the month.
            let end = months(plan.on, 12);
            let due = if end.day() == plan.on.day() { end.yesterday().unwrap() } else { end };
            let mut standing = None;
            for (at, step) in self.facts.iter().enumerate().skip(index + 1) {
                match step.kind.as_str() {
                    "moved-area" => standing = Some("void".to_owned()),
                    "amended-plan-sent" if self.shows_a_decision(at) => {
                        let between = &self.facts[index + 1..at];
                        let met = between.iter().find(|fact| fact.kind == "review-meeting-held");
                        let ordered = between.iter().any(|fact| fact.kind == "tribunal-ordered");
                        let proved = Self::proved(due, met.map(|met| met.on), step.on);
                        let proved = proved.filter(|_| !ordered);
                        standing = Some(proved.unwrap_or_else(|| "unclear".to_owned()));
                    }
                    "review-decision-sent" => {
                        standing = Some(self.timed(due, Some(step.on), false).to_owned());
                    }
                    "plan-ceased" => {
                        // A later decision in the same stretch still counts as the review done.
                        let rest = self.facts.iter().enumerate().skip(at + 1);
                        let next = rest
                            .take_while(|(at, fact)| {
                                fact.kind != "final-plan-sent"
                                    && fact.kind != "moved-area"
                                    && !self.shows_a_decision(*at)
                            })
                            .map(|(_, fact)| fact)
                            .find(|fact| fact.kind == "review-decision-sent");
                        let timed = |next: &&Fact| self.timed(due, Some(next.on), false);
                        standing = Some(next.map_or("void", |next| timed(next)).to_owned());
                    }
                    "final-plan-sent" => standing = Some("void".to_owned()),
                    _ => continue,
                }
                break;
            }
            let standing = standing.unwrap_or_else(|| self.timed(due, None, false).to_owned());
            lines.push((plan.id.clone(), due, standing));
        }
        for (trigger, due, standing) in lines {
            self.add("ar-12m", &trigger, Some(due), &standing);
        }
    }

    fn drafts(&mut self) {
        for index in 0..self.facts.len() {
            let sent = self.facts[index];
            if sent.kind != "draft-plan-sent" {
                continue;
            }
            let mut posted = sent.on;
            for _ in 0..2 {
                posted = posted.tomorrow().unwrap();
                while !works(posted) {
                    posted = posted.tomorrow().unwrap();
                }
            }
            let stand = |served: Date| {
                let last = walk(served, 14);
                let mut agreed = false;
                for step in self.facts[index + 1..].iter().take_while(|step| step.on <= last) {
                    match step.kind.as_str() {
                        "representations-made" if field(step, "agrees") == "true" => agreed = true,
                        "final-plan-sent" => return if agreed { "met" } else { "broken" },
                        "request-withdrawn" | "plan-refused" | "draft-plan-sent" => return "void",
                        _ => {}
                    }
                }
                if self.as_at > last { "met" } else { "pending" }
            };
            let (due, standing) = match field(sent, "how") {
                "post" => (Some(walk(posted, 14)), stand(posted)),
                "" if stand(sent.on) != stand(posted) => (None, "unclear"),
                "" => (Some(walk(posted, 14)), stand(posted)),
                _ => (Some(walk(sent.on, 14)), stand(sent.on)),
            };
            self.add("plan-reps-15d", &sent.id.clone(), due, standing);
        }
    }
}

fn expected(case: &Case, as_at: Date) -> Vec<Line> {
    let rank =
        |fact: &Fact| Rulebook::embedded().kinds().iter().position(|kind| kind.name == fact.kind);
    let mut facts: Vec<&Fact> = case.facts.iter().filter(|fact| fact.on <= as_at).collect();
    facts.sort_by_key(|fact| (fact.on, rank(fact), fact.id.clone()));
    let mut oracle = Oracle { facts, as_at, lines: Vec::new() };
    oracle.round_duties();
    oracle.advice();
    oracle.reviews();
    rights_walk::walk(&mut oracle);
    oracle.drafts();
    oracle.lines.sort();
    oracle.lines
}

/// The duties that the naive walk works out.
const DATED: [&str; 8] = [
    "rq-6w",
    "no-plan-16w",
    "plan-20w",
    "as-advice-6w",
    "ar-12m",
    "md-contact",
    "ap-start",
    "plan-reps-15d",
];

/// How many random cases are compared: 20,000, or as many as `cargo xtask oracle` asks for.
pub(crate) fn cases() -> u32 {
    std::env::var("SENDERO_ORACLE_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(20_000)
}

#[test]
fn the_rulebook_that_is_compared() {
    println!("rulebook {}", Rulebook::embedded().hash());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(cases()))]
    #[test]
    fn the_engine_agrees_with_a_naive_walk(case in case(), offset in 0..900_i32) {
        let wanted = expected(&case, day(offset));
        let mut found: Vec<Line> = evaluate(Rulebook::embedded(), &case, Question::today(day(offset)))
            .obligations
            .into_iter()
            .filter(|found| DATED.contains(&found.duty.as_str()))
            .map(|found| {
                let due = found.due.map(|due| due.to_string());
                let least = found.days_late.map(|days| format!(", at least {days}"));
                let proved = found.done_by.map(|by| format!(" by {by}{}", least.unwrap_or_default()));
                let standing = format!("{}{}", found.standing.word(), proved.unwrap_or_default());
                (found.duty.to_string(), found.trigger.event, due, standing)
            })
            .collect();
        found.sort();
        prop_assert_eq!(found, wanted);
    }
}
