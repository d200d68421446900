//! What a family says and reads beside the case: messages, own words, what was told once, and who
//! has looked.

use axum::extract::{Path, State};
use sendero_app::house::access::Part;
use sendero_app::house::record::{
    Event, MessageWritten, OwnWordsGiven, Relation, Told as ToldEvent, Topic,
};

use super::{Open, frame, open, record};
use crate::draw::{base_of, date_words, given, look, moment};
use crate::page::{Answer, Shown, page, page_as};
use crate::server::Web;
use crate::session::{Typed, Visitor};
use crate::view::Tab;
use crate::view::family::{Message, Messages, OwnWords, People, Person, Told, ToldOnce};
use crate::view::parts::Said;
use crate::words;

pub(super) async fn messages(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    messages_page(&visitor, &open, open.fresh(&web, &visitor))
}

fn messages_page(visitor: &Visitor, open: &Open, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let today = open.file.now.today;
    let list = open
        .file
        .record
        .history()
        .into_iter()
        .filter_map(|entry| match &entry.event {
            Event::MessageWritten(message) => Some(Message {
                from: message.from.clone(),
                at: moment(&sendero_app::london(&entry.header.recorded_at), today),
                words: message.words.clone(),
                mine: entry.header.actor == open.me.id.as_str(),
            }),
            _ => None,
        })
        .collect();
    page_as(
        status,
        &Messages {
            frame: frame(visitor, &open.file, Tab::Messages),
            hidden,
            base: base_of(&open.file.record),
            list,
            filled,
            answers_in: None,
        },
    )
}

pub(super) async fn write(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Messages).await?;
    let name = given(&open.file.record);
    let event = Event::MessageWritten(MessageWritten {
        from: open.me.name.full(),
        by_family: true,
        words: typed.get("message").trim().to_owned(),
    });
    let done = record(&web, &open, event, &typed).await;
    let to = format!("{}/messages", base_of(&open.file.record));
    let kept = Shown::typed(&visitor, &typed, &name);
    kept.after(done, &to, "message", |shown| messages_page(&visitor, &open, shown))
}

pub(super) async fn people(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let Open { me, child, file } = open(&web, &visitor, &reference, Part::WhoLooked).await?;
    let looks = web.app.who_looked(&me, &child).await?;
    let mut people: Vec<Person> = file
        .record
        .people()
        .into_iter()
        .filter(|tied| tied.until.is_none_or(|until| until > file.now.today))
        .map(|tied| Person {
            who: tied.name.full(),
            role: tied
                .adviser
                .clone()
                .unwrap_or_else(|| words::word("relation", tied.relation.word())),
            sees: words::word(
                "sees",
                if tied.relation == Relation::Adviser { "adviser" } else { "family" },
            ),
            until: tied.until,
        })
        .collect();
    if let Some((_, name)) = file.record.officer() {
        people.push(Person {
            who: name.full(),
            role: words::role("officer"),
            sees: words::word("sees", "officer"),
            until: None,
        });
    }
    page(&People {
        frame: frame(&visitor, &file, Tab::People),
        name: given(&file.record),
        people,
        total: u32::try_from(looks.len()).unwrap_or(u32::MAX),
        looks: looks.iter().map(|one| look(one, file.now.today)).collect(),
        earlier: None,
    })
}

pub(super) async fn own(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::OwnWords).await?;
    own_page(&visitor, &open, open.fresh(&web, &visitor))
}

fn own_page(visitor: &Visitor, open: &Open, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let before = open
        .file
        .record
        .own_words()
        .into_iter()
        .map(|(header, said)| Said {
            words: said.words.clone(),
            source: format!("{}, {}", said.said_by, date_words(header.on)),
            href: None,
        })
        .collect();
    page_as(
        status,
        &OwnWords {
            frame: frame(visitor, &open.file, Tab::Case),
            hidden,
            base: base_of(&open.file.record),
            filled,
            conflict: None,
            before,
        },
    )
}

pub(super) async fn give_own(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::OwnWords).await?;
    let name = given(&open.file.record);
    let heard: Vec<&str> = [typed.get("told-to").trim(), typed.get("told-how").trim()]
        .into_iter()
        .filter(|part| !part.is_empty())
        .collect();
    let event = Event::OwnWordsGiven(OwnWordsGiven {
        words: typed.get("words").trim().to_owned(),
        said_by: name.clone(),
        told_to: heard.join(": "),
    });
    let done = record(&web, &open, event, &typed).await;
    let to = base_of(&open.file.record);
    let kept = Shown::typed(&visitor, &typed, &name);
    kept.after(done, &to, "words", |shown| own_page(&visitor, &open, shown))
}

pub(super) async fn told(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Told).await?;
    told_page(&visitor, &open, open.fresh(&web, &visitor))
}

fn told_page(visitor: &Visitor, open: &Open, shown: Shown) -> Answer {
    let Shown { hidden, filled, status } = shown;
    let list = open
        .file
        .record
        .told()
        .into_iter()
        .flat_map(|(topic, versions)| {
            versions.into_iter().map(move |(header, told)| Told {
                about: words::word("topic", topic.word()),
                said: Said {
                    words: told.words.clone(),
                    source: format!("{}, {}", told.said_by, date_words(header.on)),
                    href: None,
                },
                used: words::word("sees", "told"),
            })
        })
        .collect();
    page_as(
        status,
        &ToldOnce {
            frame: frame(visitor, &open.file, Tab::Case),
            base: base_of(&open.file.record),
            name: given(&open.file.record),
            list,
            hidden,
            filled,
        },
    )
}

pub(super) async fn tell(
    State(web): State<Web>,
    visitor: Visitor,
    Path(reference): Path<String>,
    typed: Typed,
) -> Answer {
    let open = open(&web, &visitor, &reference, Part::Told).await?;
    let name = given(&open.file.record);
    let topic = match typed.get("about") {
        "hope" => Topic::Hopes,
        word => Topic::from_word(word).unwrap_or(Topic::Other),
    };
    let event = Event::Told(ToldEvent {
        topic,
        words: typed.get("words").trim().to_owned(),
        said_by: open.me.name.full(),
    });
    let done = record(&web, &open, event, &typed).await;
    let to = format!("{}/told", base_of(&open.file.record));
    let kept = Shown::typed(&visitor, &typed, &name);
    kept.after(done, &to, "words", |shown| told_page(&visitor, &open, shown))
}
