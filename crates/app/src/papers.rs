//! Remedies as paper: which letters a family can take away when something is not done, by when, and
//! their text filled from what is known. The words are data (`papers/papers.toml`); what nobody has
//! told stays a blank in square brackets. Nothing is sent and nothing is kept.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Date;
use sendero_law::{Case, Duty, Fact, Obligation, Question, Rulebook, Standing, Timeline, evaluate};
use serde::Deserialize;

/// A letter or the content of a form.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// Its id, such as `complaint`.
    pub id: String,
    /// The remedy of the rulebook that it is for.
    pub remedy: String,
    /// What it is.
    pub title: String,
    /// To whom it goes, and when it is the right way.
    pub route: String,
    /// Its time, in words.
    pub when: String,
    /// Where its last day comes from.
    pub limit: Option<Limit>,
    text: String,
}

/// The right of the rulebook that has a paper's last day.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// The right.
    pub duty: String,
    /// The fact from which it runs, where a breach is that fact; without it the right stands in the
    /// case itself.
    event: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Papers {
    blank: BTreeMap<String, String>,
    line: BTreeMap<String, String>,
    paper: Vec<Paper>,
}

/// Compiled in; a test reads it, so it cannot be empty.
static PAPERS: LazyLock<Papers> =
    LazyLock::new(|| toml::from_str(include_str!("../papers/papers.toml")).unwrap_or_default());

/// Something that was late or was not done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// The duty, as an order, with the adviser who was asked.
    pub duty: String,
    /// The provision.
    pub cite: String,
    /// The last day, where the law gives one.
    pub due: Option<Date>,
    /// The day it was done, where it was.
    pub done: Option<Date>,
    /// The day by which it was done, where nobody recorded that day, and the least days late.
    pub done_by: Option<(Date, Option<i32>)>,
    /// Whether a floor or a ban was not kept.
    pub broken: bool,
    /// What started it.
    pub started: String,
    /// On which day.
    pub started_on: Date,
}

/// Whether the authority answers for a duty: not for a right of the family's own, nor for what a
/// school or the Tribunal owes, which other bodies look into.
#[must_use]
pub fn authority_answers(duty: &Duty) -> bool {
    const OTHERS: [&str; 9] = [
        "parent-or-young-person",
        "parent",
        "young-person",
        "tribunal",
        "school",
        "head-teacher",
        "governing-body",
        "institution",
        "early-years-provider",
    ];
    duty.form != "right" && !OTHERS.contains(&duty.owner.as_str())
}

impl Paper {
    /// Whether it is the way to put right what this duty asks: a family's own right is nobody's
    /// failing, a council is not asked for what a school owes, and a letter to the NHS is about what
    /// the NHS owes.
    #[must_use]
    pub fn fits(&self, duty: &Duty) -> bool {
        duty.form != "right"
            && match self.remedy.as_str() {
                "ask-again" => authority_answers(duty),
                remedy => duty.remedies.iter().any(|one| one == remedy),
            }
    }
}

impl Breach {
    /// The breach that an obligation is; none where it was kept, where it is a right of the family's
    /// own, or where it is not late.
    #[must_use]
    pub fn of(law: &Rulebook, obligation: &Obligation) -> Option<Self> {
        let late =
            matches!(obligation.standing, Standing::Overdue | Standing::MetLate | Standing::Broken);
        let duty = law.duty(&obligation.duty)?;
        (late && authority_answers(duty)).then(|| Self::as_told(law, obligation)).flatten()
    }

    /// An obligation as somebody outside tells of it, kept or not.
    #[must_use]
    pub fn as_told(law: &Rulebook, obligation: &Obligation) -> Option<Self> {
        let duty = law.duty(&obligation.duty)?;
        let kind = law.kind(&obligation.trigger.kind);
        let whose = obligation.trigger.adviser.clone().or_else(|| {
            let body = law.body(obligation.trigger.body.as_deref()?)?;
            Some(body.words.clone())
        });
        Some(Self {
            duty: match whose {
                Some(whose) => format!("{} ({whose})", duty.title),
                None => duty.title.clone(),
            },
            cite: duty.cite.clone(),
            due: obligation.due,
            done: obligation.done_on,
            done_by: obligation.done_by.map(|by| (by, obligation.days_late)),
            broken: obligation.standing == Standing::Broken,
            started: kind.map(|kind| kind.title.clone()).unwrap_or_default(),
            started_on: obligation.trigger.on,
        })
    }

    /// The first day on which it was late.
    fn since(&self) -> Date {
        self.due.map_or(self.started_on, |due| due.saturating_add(jiff::Span::new().days(1)))
    }
}

/// Every breach of a case, earliest first.
#[must_use]
pub fn breaches(law: &Rulebook, timeline: &Timeline) -> Vec<Breach> {
    let mut list: Vec<Breach> =
        timeline.obligations.iter().filter_map(|one| Breach::of(law, one)).collect();
    list.sort_by_key(|breach| (breach.due.unwrap_or(breach.started_on), breach.started_on));
    list
}

/// What is known of a case for its papers. What is empty stays a blank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PaperFacts {
    /// The authority.
    pub area: String,
    /// The child.
    pub child: String,
    /// The authority's reference.
    pub reference: String,
    /// Who writes.
    pub writer: String,
    /// The mediation adviser.
    pub mediation: String,
    /// The day on which the decision was sent that can be appealed.
    pub decided: Option<Date>,
    /// What the paper is about.
    pub about: Option<Breach>,
    /// Everything that was late or not done.
    pub breaches: Vec<Breach>,
    /// What happened, with its day.
    pub story: Vec<(Date, String)>,
}

/// One way to put something right, with its papers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The paper.
    pub paper: &'static Paper,
    /// Its last day, where it can be worked out.
    pub by: Option<Date>,
}

/// The papers for these remedies, in the order in which to use them. Asking again is always first.
#[must_use]
pub fn papers_for(remedies: &[&str]) -> Vec<&'static Paper> {
    PAPERS
        .paper
        .iter()
        .filter(|paper| paper.remedy == "ask-again" || remedies.contains(&paper.remedy.as_str()))
        .collect()
}

/// The paper of that id.
#[must_use]
pub fn paper(id: &str) -> Option<&'static Paper> {
    PAPERS.paper.iter().find(|paper| paper.id == id)
}

/// The ways that stand open for an obligation, with their last days: by the duty's own remedies and
/// those that a fact has opened. What waits for a decision is offered once that right stands.
#[must_use]
pub fn ways(law: &Rulebook, timeline: &Timeline, obligation: &Obligation) -> Vec<Way> {
    let Some(duty) = law.duty(&obligation.duty) else { return Vec::new() };
    let mut remedies: Vec<&str> = duty.remedies.iter().map(String::as_str).collect();
    remedies.extend(obligation.opened.iter().map(|word| &**word));
    let about = Breach::of(law, obligation);
    papers_for(&remedies)
        .into_iter()
        .filter(|paper| match paper.remedy.as_str() {
            "ask-again" => paper.fits(duty),
            // Of those who are asked for advice, only some are of the NHS.
            "complaint-nhs" => {
                obligation.trigger.body.as_deref().is_none_or(|body| body == "health")
            }
            _ => true,
        })
        .filter_map(|paper| {
            let Some(limit) = &paper.limit else { return Some(Way { paper, by: None }) };
            match (&limit.event, &about) {
                (Some(event), Some(about)) => {
                    Some(Way { paper, by: last_day(law, limit, event, about.since()) })
                }
                (Some(_), None) => Some(Way { paper, by: None }),
                // An appeal or mediation needs a decision that it is about.
                (None, _) => timeline
                    .obligations
                    .iter()
                    .rev()
                    .find(|one| one.duty == limit.duty.as_str() && one.standing.is_live())
                    .map(|right| Way { paper, by: right.due }),
            }
        })
        .collect()
}

/// The last day of a right that runs from a day of a breach, as the rulebook counts it.
fn last_day(law: &Rulebook, limit: &Limit, event: &str, on: Date) -> Option<Date> {
    let fact = Fact {
        id: event.to_owned(),
        kind: event.to_owned(),
        on,
        known_on: on,
        supersedes: None,
        fields: BTreeMap::new(),
    };
    let case = Case { facts: vec![fact], ..Case::default() };
    let timeline = evaluate(law, &case, Question::today(on));
    timeline.obligations.iter().find(|one| one.duty == limit.duty.as_str())?.due
}

/// The text of a paper, with what is known filled in.
#[must_use]
pub fn write(paper: &Paper, facts: &PaperFacts, today: Date) -> String {
    let about = facts.about.as_ref();
    let day = |on: Date| on.strftime("%-d %B %Y").to_string();
    let lines = |list: Vec<String>| list.join("\n");
    let breaches = facts.breaches.iter().map(|breach| breach_line(breach, today)).collect();
    let value = |hole: &str| -> String {
        match hole {
            "today" => day(today),
            "area" => facts.area.clone(),
            "child" => facts.child.clone(),
            "reference" => facts.reference.clone(),
            "writer" => facts.writer.clone(),
            "mediation" => facts.mediation.clone(),
            "duty" => about.map(|about| about.duty.clone()).unwrap_or_default(),
            "cite" => about.map(|about| about.cite.clone()).unwrap_or_default(),
            "decided" => facts.decided.map(day).unwrap_or_default(),
            "limit" => about.map(|about| limit(about, today)).unwrap_or_default(),
            // Of a duty that nobody has told a day of, nobody knows whether it is late.
            "late" => about
                .filter(|about| about.due.is_some() || !about.started.is_empty())
                .map(|about| late(about, today))
                .unwrap_or_default(),
            "started" => about
                .filter(|about| !about.started.is_empty())
                .map(|about| {
                    let on = day(about.started_on);
                    line("started", &[("what", &about.started), ("on", &on)])
                })
                .unwrap_or_default(),
            "breaches" => lines(Vec::clone(&breaches)),
            "story" => lines(story(facts)),
            _ => String::new(),
        }
    };
    fill(&paper.text, |hole| {
        let known = value(hole);
        if known.is_empty() { PAPERS.blank.get(hole).cloned().unwrap_or_default() } else { known }
    })
    .trim()
    .to_owned()
}

/// What happened and the last days of what was late, in one order.
fn story(facts: &PaperFacts) -> Vec<String> {
    let day = |on: Date| on.strftime("%-d %B %Y").to_string();
    let mut all: Vec<(Date, String)> = facts
        .story
        .iter()
        .map(|(on, what)| (*on, line("story", &[("on", &day(*on)), ("what", what)])))
        .collect();
    all.extend(facts.breaches.iter().filter_map(|breach| {
        let due = breach.due?;
        let pairs =
            [("due", day(due)), ("duty", breach.duty.clone()), ("cite", breach.cite.clone())];
        let pairs: Vec<(&str, &str)> = pairs.iter().map(|(name, text)| (*name, &**text)).collect();
        Some((due, line("limit", &pairs)))
    }));
    all.sort_by_key(|(on, _)| *on);
    all.into_iter().map(|(_, text)| text).collect()
}

pub(crate) fn breach_line(breach: &Breach, today: Date) -> String {
    let due = breach.due.map(|due| due.strftime("%-d %B %Y").to_string());
    let late = late(breach, today);
    let shape = if due.is_some() { "breach" } else { "breach-no-day" };
    let due = due.unwrap_or_default();
    line(shape, &[("duty", &breach.duty), ("due", &due), ("late", &late), ("cite", &breach.cite)])
}

/// Whether it was done, and how late.
fn late(breach: &Breach, today: Date) -> String {
    let days = |days: i32| {
        line(if days == 1 { "one-day" } else { "many-days" }, &[("days", &days.to_string())])
    };
    let count = |from: Date, to: Date| days(from.until(to).map_or(0, |span| span.get_days()));
    let day = |on: Date| on.strftime("%-d %B %Y").to_string();
    if let Some((by, least)) = breach.done_by {
        let late = |least| line("done-late-by", &[("done", &day(by)), ("days", &days(least))]);
        return least.map_or_else(String::new, late);
    }
    match (breach.due, breach.done) {
        _ if breach.broken => line("broken", &[]),
        (Some(due), Some(done)) if done > due => {
            line("done-late", &[("done", &day(done)), ("days", &count(due, done))])
        }
        (Some(due), None) if today > due => line("open", &[("days", &count(due, today))]),
        (_, None) => line("open-not-yet", &[]),
        (_, Some(_)) => String::new(),
    }
}

/// The last day in a sentence, in the tense that fits; empty of a duty that nobody has told a day of.
fn limit(about: &Breach, today: Date) -> String {
    match about.due {
        Some(due) => {
            let shape = if due < today { "last-day-was" } else { "last-day-is" };
            line(shape, &[("due", &due.strftime("%-d %B %Y").to_string())])
        }
        None if about.started.is_empty() => String::new(),
        None => line("no-last-day", &[]),
    }
}

fn line(name: &str, pairs: &[(&str, &str)]) -> String {
    let shape = PAPERS.line.get(name).map_or("", String::as_str);
    fill(shape, |hole| {
        pairs
            .iter()
            .find(|(name, _)| *name == hole)
            .map_or_else(String::new, |(_, text)| (*text).to_owned())
    })
}

/// A text with its holes filled. Each is looked at once, so what stands in one cannot open another.
pub(crate) fn fill(text: &str, value: impl Fn(&str) -> String) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, after)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push_str(&value(hole));
        rest = after;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2027, 2, 10);

    fn late_plan() -> Breach {
        Breach {
            duty: "Send the final EHC plan".to_owned(),
            cite: "SEND Regulations 2014 reg 13(2)-(3)".to_owned(),
            due: Some(date(2027, 2, 1)),
            done: None,
            done_by: None,
            broken: false,
            started: "A request for an EHC needs assessment was received".to_owned(),
            started_on: date(2026, 9, 14),
        }
    }

    fn known() -> PaperFacts {
        PaperFacts {
            area: "Aldermere".to_owned(),
            child: "Oisin Fernleigh".to_owned(),
            reference: "ALD-1".to_owned(),
            writer: "Aoife Fernleigh".to_owned(),
            mediation: "Aldermere Mediation".to_owned(),
            decided: Some(date(2027, 1, 20)),
            about: Some(late_plan()),
            breaches: vec![late_plan()],
            story: vec![(date(2026, 9, 14), "The request was received".to_owned())],
        }
    }

    #[test]
    fn every_paper_is_for_a_remedy_and_a_right_that_the_rulebook_knows() {
        let law = Rulebook::embedded();
        assert!(PAPERS.paper.len() >= 19, "the papers cannot be read");
        for paper in &PAPERS.paper {
            assert!(law.remedy(&paper.remedy).is_some(), "{}", paper.id);
            let Some(limit) = &paper.limit else { continue };
            assert!(law.duty(&limit.duty).is_some(), "{}", paper.id);
            let event = limit.event.as_deref();
            assert!(event.is_none_or(|event| law.kind(event).is_some()), "{}", paper.id);
            let by = event.map(|event| last_day(law, limit, event, date(2027, 2, 2)));
            assert!(by != Some(None), "{} has no last day", paper.id);
        }
    }

    #[test]
    fn every_remedy_of_the_rulebook_has_a_paper() {
        let law = Rulebook::embedded();
        let missing: Vec<&str> = law
            .remedies()
            .iter()
            .map(|remedy| remedy.id.as_str())
            .filter(|id| !PAPERS.paper.iter().any(|paper| paper.remedy == *id))
            .collect();
        assert!(missing.is_empty(), "no paper for {missing:?}");
        let bare: Vec<&Paper> =
            PAPERS.paper.iter().filter(|one| one.route.is_empty() || one.when.is_empty()).collect();
        assert!(bare.is_empty(), "no way or time: {bare:?}");
    }

    #[test]
    fn every_hole_is_filled_or_left_as_a_blank_that_says_what_belongs_there() {
        for paper in &PAPERS.paper {
            let full = write(paper, &known(), TODAY);
            let empty = write(paper, &PaperFacts::default(), TODAY);
            for text in [&full, &empty] {
                assert!(!text.contains(['{', '}']), "{}: {text}", paper.id);
                assert!(!text.contains("  "), "{}: a hole was left empty: {text}", paper.id);
            }
            assert!(empty.contains("[your child’s name]"), "{}: {empty}", paper.id);
            for blank in PAPERS.blank.values() {
                assert!(!full.contains(blank.as_str()), "{}: {blank} is known", paper.id);
            }
        }
    }

    #[test]
    fn lateness_is_said_as_it_is() {
        let done = |day| Breach { done: Some(day), ..late_plan() };
        let proved = |least| Breach { done_by: Some((date(2027, 3, 8), least)), ..late_plan() };
        for (breach, words) in [
            (late_plan(), "It has not been done. Today it is 9 days late."),
            (done(date(2027, 2, 2)), "It was done on 2 February 2027, 1 day late."),
            (done(date(2027, 2, 1)), ""),
            (proved(Some(3)), "It was done on or before 8 March 2027, at least 3 days late."),
            (proved(None), ""),
            (Breach { due: None, ..late_plan() }, "It has not been done yet."),
            (Breach { broken: true, ..late_plan() }, "This was not kept."),
        ] {
            assert_eq!(late(&breach, TODAY), words);
        }
    }

    #[test]
    fn the_last_day_is_said_in_the_tense_that_fits() {
        for (due, words) in [
            (Some(date(2027, 2, 9)), "The last day was 9 February 2027."),
            (Some(TODAY), "The last day is 10 February 2027."),
            (None, "The law sets no last day for it."),
        ] {
            assert_eq!(limit(&Breach { due, ..late_plan() }, TODAY), words);
        }
        let untold = Breach { due: None, started: String::new(), ..late_plan() };
        assert_eq!(limit(&untold, TODAY), "");
    }

    #[test]
    fn a_paper_is_about_what_its_reader_owes() {
        let law = Rulebook::embedded();
        for (of, duty, fits) in [
            ("chase", "rq-6w", true),
            ("chase", "md-contact", false),
            ("chase", "ex-gb-15", false),
            ("health-complaint", "no-plan-16w", false),
            ("health-complaint", "as-advice-6w", true),
            ("complaint", "ex-gb-15", false),
            ("governors", "ex-gb-15", true),
            ("settle", "md-contact", false),
        ] {
            let found = paper(of).zip(law.duty(duty)).map(|(paper, duty)| paper.fits(duty));
            assert_eq!(found, Some(fits), "{of} about {duty}");
        }
    }

    #[test]
    fn the_chronology_puts_what_happened_and_the_last_days_in_one_order() {
        let paper = paper("ombudsman").cloned();
        let text = paper.map(|paper| write(&paper, &known(), TODAY)).unwrap_or_default();
        let asked = text.find("- 14 September 2026: The request was received.");
        let limit = text.find("- 1 February 2027: last day to do this: Send the final EHC plan");
        assert!(asked.is_some() && asked < limit, "{text}");
    }

    #[test]
    fn what_somebody_typed_cannot_open_a_hole() {
        let facts = PaperFacts { child: "{writer}".to_owned(), ..known() };
        let text = paper("chase").map(|paper| write(paper, &facts, TODAY)).unwrap_or_default();
        assert!(text.contains("About {writer}, reference"), "{text}");
    }

    #[test]
    fn a_late_plan_opens_the_right_ways_with_their_last_days() {
        let law = Rulebook::embedded();
        let fact = |kind: &str, on| Fact {
            id: kind.to_owned(),
            kind: kind.to_owned(),
            on,
            known_on: on,
            supersedes: None,
            fields: BTreeMap::new(),
        };
        let ways_of = |facts: Vec<Fact>, duty: &str| {
            let case = Case { facts, ..Case::default() };
            let timeline = evaluate(law, &case, Question::today(TODAY));
            let one = timeline.obligations.iter().find(|one| one.duty == duty);
            let ways = one.map(|one| ways(law, &timeline, one)).unwrap_or_default();
            ways.into_iter().map(|way| (way.paper.id.as_str(), way.by)).collect::<Vec<_>>()
        };
        let asked = fact("assessment-requested", date(2026, 9, 14));
        let agreed = fact("assessment-agreed", date(2026, 10, 20));
        assert_eq!(
            ways_of(vec![asked.clone(), agreed], "plan-20w"),
            [
                ("chase", None),
                ("complaint", None),
                ("complaint-2", None),
                // From 2 February 2027, the first day on which it was late.
                ("ombudsman", Some(date(2028, 2, 1))),
                ("before-court", Some(date(2027, 5, 2))),
            ]
        );
        // 20 March 2027 is a Saturday: the Tribunal's time rolls on to Monday, mediation's does not.
        let refused = fact("assessment-refused", date(2027, 1, 20));
        let ways = ways_of(vec![asked, refused], "rq-6w");
        for (paper, by) in [("mediation", date(2027, 3, 20)), ("appeal", date(2027, 3, 22))] {
            assert!(ways.contains(&(paper, Some(by))), "{ways:?}");
        }
    }
}
