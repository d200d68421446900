//! A piece of advice and the letters to bodies, as they are read afterwards.

use sendero_app::house::access::Part;
use sendero_app::house::law::Obligation;
use sendero_app::house::record::{
    Advice, AdviceReceived, Amount, Channel, Entry, Event, EventId, LetterPart,
};
use sendero_app::{CaseFile, Problem};

use super::pill_of;
use crate::view::advice::{AdvicePage, Answer, LetterPage};
use crate::view::adviser::{Item, ReadBack};
use crate::view::officer::{Letter, SheetPart};
use crate::view::parts::{Pill, State as Mark};
use crate::view::{Frame, Link};
use crate::words;

/// The request with this id and what came of it.
pub(crate) fn advice_of<'a>(file: &'a CaseFile, id: &EventId) -> Result<Advice<'a>, Problem> {
    file.record.advice().into_iter().find(|one| one.asked.id == *id).ok_or(Problem::NotFound)
}

/// The clock of a request for advice.
pub(crate) fn advice_clock<'a>(file: &'a CaseFile, id: &EventId) -> Option<&'a Obligation> {
    let of_this =
        |law: &&Obligation| law.duty == "as-advice-6w" && law.trigger.event == id.as_str();
    file.timeline.obligations.iter().find(of_this)
}

/// One piece of advice on a page of its own; `base` is where the reader's pages of the child start.
pub(crate) fn advice_page(
    file: &CaseFile,
    id: &EventId,
    frame: Frame,
    base: &str,
    back: Link,
) -> Result<AdvicePage, Problem> {
    let one = advice_of(file, id)?;
    let law = advice_clock(file, id);
    let body = words::word("body-turn", one.request.from.word());
    let cited = format!("{body}, {}", words::word("asked-as", one.request.from.word()));
    let person = one.request.person.as_ref().and_then(|asked| {
        file.record.people().into_iter().find(|tied| tied.person == *asked).map(|tied| tied.name)
    });
    let letter = file.record.entry(id).and_then(|entry| letter_link(file, entry, base));
    Ok(AdvicePage {
        frame,
        back,
        name: super::given(&file.record),
        whose: match one.request.adviser.as_str() {
            "" => body,
            adviser => capital(adviser),
        },
        pill: match (&one.answer, law) {
            (None, Some(law)) => pill_of(law, file.now.today),
            (None, None) => Pill::of(Mark::NotStarted, &words::word("head", "asked")),
            (Some(_), _) => Pill::of(Mark::Done, &words::word("head", "in")),
        },
        asked_of: match person {
            Some(person) => format!("{} ({cited})", person.full()),
            None => cited,
        },
        on: one.asked.on,
        due: law.and_then(|law| law.due),
        question: one.request.question.clone(),
        letter,
        answer: one.answer.map(|(header, given)| Answer {
            on: header.on,
            late: law.and_then(|law| law.days_late),
            items: items(given),
            how_known: given.how_known.clone(),
            words: given.words.clone(),
        }),
        write: None,
    })
}

/// The same words with a capital at the head of a sentence.
pub(crate) fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn items(given: &AdviceReceived) -> Vec<Item> {
    let item = |item: &sendero_app::house::record::AdviceItem| Item {
        need: item.need.clone(),
        outcome: item.outcome.clone(),
        provision: item.provision.clone(),
        read: read_back(item.amount.as_ref()),
    };
    given.items.iter().map(item).collect()
}

/// How an amount was understood. Hours are said only where nothing has to be guessed.
pub(crate) fn read_back(amount: Option<&Amount>) -> ReadBack {
    let Some(amount) = amount else { return ReadBack::default() };
    let unit = |word: &str, figure: Option<u32>| {
        figure.map(|figure| format!("{figure} {}", words::word("unit", word)))
    };
    let often = match (amount.times, amount.every) {
        (Some(times), Some(every)) => {
            Some(format!("{times} {}", words::word("every", every.word())))
        }
        _ => None,
    };
    let group = match (amount.adults, amount.children) {
        (Some(adults), Some(children)) => Some(format!("{adults} : {children}")),
        _ => None,
    };
    let minutes = unit("minutes", amount.minutes);
    let missing = [("how-long", minutes.is_none()), ("how-often", often.is_none())];
    let hours = amount.minutes_a_year().map(|minutes| {
        let tenths = (u64::from(minutes) * 10 + 30) / 60;
        format!("{}.{} {}", tenths / 10, tenths % 10, words::word("unit", "hours-a-year"))
    });
    ReadBack {
        chips: [group, minutes, often, unit("weeks", amount.weeks)].into_iter().flatten().collect(),
        missing: missing
            .into_iter()
            .filter(|(_, missing)| *missing)
            .map(|(word, _)| words::word("unit", word))
            .collect(),
        hours,
    }
}

/// The parts of a letter as a sheet shows them: what stands under a heading is somebody's own words.
pub(crate) fn sheet(parts: &[LetterPart]) -> Vec<SheetPart> {
    let mut sheet = Vec::new();
    for part in parts {
        if part.heading.is_empty() {
            sheet.push(SheetPart::Text(part.words.clone()));
        } else {
            sheet.push(SheetPart::Heading(part.heading.clone()));
            sheet.push(SheetPart::Said(part.words.clone()));
        }
    }
    sheet
}

/// What was written to a body, if the record holds it.
fn letter_of(file: &CaseFile, event: &Event) -> Option<Letter> {
    let said = |words: &String| vec![SheetPart::Said(words.clone())];
    let outside = words::word("channel", "outside");
    match event {
        Event::BodiesNotified(told) if !told.words.is_empty() => {
            let to: Vec<String> =
                told.to.iter().map(|one| words::word("recipient", one.word())).collect();
            Some(Letter { to: to.join("; "), how: outside, parts: said(&told.words) })
        }
        Event::InformationRequested(asked) if !asked.words.is_empty() => {
            let body = words::word("body-turn", asked.from.word());
            let to = if asked.who.is_empty() { body } else { format!("{} ({body})", asked.who) };
            Some(Letter { to, how: outside, parts: said(&asked.words) })
        }
        Event::AdviceRequested(asked) if !asked.letter.is_empty() => {
            let body = words::word("body-turn", asked.from.word());
            let named = asked.person.as_ref().and_then(|person| {
                file.record.people().into_iter().find(|tied| tied.person == *person)
            });
            Some(Letter {
                to: match named {
                    Some(tied) => format!("{}, {}", tied.name.full(), asked.adviser),
                    None => format!("{} ({body})", asked.adviser),
                },
                how: match asked.person {
                    Some(_) => words::word("channel", Channel::Portal.word()),
                    None => outside,
                },
                parts: sheet(&asked.letter),
            })
        }
        _ => None,
    }
}

/// Where a letter is read, for somebody who may read what was written.
pub(crate) fn letter_link(file: &CaseFile, entry: &Entry, base: &str) -> Option<Link> {
    letter_of(file, &entry.event).filter(|_| file.shows(Part::Messages)).map(|_| Link {
        href: format!("{base}/letter/{}", entry.header.id),
        text: words::word("head", "read-letter"),
    })
}

/// What an entry opens: advice that came, or a letter that went.
pub(crate) fn opens(file: &CaseFile, entry: &Entry, base: &str) -> Option<Link> {
    if !matches!(entry.event, Event::AdviceReceived(_)) {
        return letter_link(file, entry, base);
    }
    let answered =
        |one: &Advice<'_>| one.answer.is_some_and(|(header, _)| header.id == entry.header.id);
    let one = file.record.advice().into_iter().find(answered)?;
    file.shows(Part::Advice).then(|| Link {
        href: format!("{base}/advice/{}", one.asked.id),
        text: words::word("head", "read-advice"),
    })
}

/// A letter on a page of its own.
pub(crate) fn letter_page(
    app: &sendero_app::App,
    file: &CaseFile,
    id: &EventId,
    frame: Frame,
    back: Link,
) -> Result<LetterPage, Problem> {
    let entry = file.record.entry(id).ok_or(Problem::NotFound)?;
    let letter = letter_of(file, &entry.event).ok_or(Problem::NotFound)?;
    Ok(LetterPage { frame, back, title: super::title(app, entry), on: entry.header.on, letter })
}
