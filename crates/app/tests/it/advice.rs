//! Advice that is begun: sealed to its writer, carried along when its request is put right, and gone
//! once it is given or its request is taken back.

use jiff::civil::{Date, date};
use sendero_app::house::access::{Part, Role};
use sendero_app::house::record::{
    AdviceAsk, AssessmentDecision, Body, Channel, ChildId, Command, Event, EventId, Notice,
    Requester,
};
use sendero_app::{AdviceDraft, App, Arrival, Form, Me, Problem};

use crate::rig::{app_on, area, staff};

const TODAY: Date = date(2026, 11, 23);

struct Asked {
    app: App,
    officer: Me,
    adviser: Me,
    child: ChildId,
}

impl Asked {
    async fn new() -> Self {
        let app = app_on(TODAY).await;
        app.set_area(&area()).await.unwrap();
        let officer = staff(&app, Role::Officer, "Priya", "").await;
        let adviser = staff(&app, Role::Adviser, "Fenwick", "psychologist|psychologist").await;
        let arrival = Arrival {
            child: "Idris Featherby".to_owned(),
            born: None,
            by: Requester::School,
            how: Channel::Post,
            received: TODAY,
            words: "Loud rooms.".to_owned(),
            asker: String::new(),
            relation: None,
            reach: (String::new(), String::new()),
        };
        let form = Form { command: "opens".to_owned(), seen: None };
        let reference = app.record_request(&officer, &arrival, &form).await.unwrap();
        let child = app.child_by_reference(&officer, reference.as_str()).await.unwrap();
        let asked = Self { app, officer, adviser, child };
        let decision = AssessmentDecision {
            has_or_may_have_sen: Some(true),
            may_need_plan: Some(true),
            notice: Notice {
                reasons: "School has tried all it has.".to_owned(),
                parts: Default::default(),
                how: Some(Channel::Post),
                to: Vec::new(),
                went_on: Vec::new(),
            },
        };
        let event = Event::AssessmentAgreed(decision);
        asked.by_officer(Command::Record { event, on: TODAY, known_on: TODAY }).await;
        let ask = AdviceAsk {
            from: Body::Psychologist,
            adviser: "psychologist".to_owned(),
            person: Some((asked.adviser.id.clone(), asked.adviser.name.clone())),
            question: "What helps?".to_owned(),
            letter: Vec::new(),
        };
        asked.by_officer(Command::AskForAdvice(vec![ask])).await;
        asked
    }

    async fn by_officer(&self, command: Command) {
        self.app.act(&self.officer, &self.child, &command, &Form::default()).await.unwrap();
    }

    async fn request(&self) -> (EventId, Event) {
        let file = self.app.open(&self.officer, &self.child, Part::Case, "").await.unwrap();
        let id = file.record.advice()[0].asked.id.clone();
        (id.clone(), file.record.entry(&id).unwrap().event.clone())
    }

    async fn save(&self, me: &Me, words: &str) -> Result<(), Problem> {
        let mut draft = AdviceDraft::default();
        draft.set("words", words);
        draft.set("csrf", "no field of advice");
        let (request, _) = self.request().await;
        self.app.save_advice(me, &self.child, &request, &draft).await.map(drop)
    }

    /// What the adviser finds of their own, by the request as it stands.
    async fn begun(&self) -> Option<String> {
        let inbox = self.app.inbox(&self.adviser).await.unwrap();
        let begun = inbox.into_iter().next()?.begun?;
        let fields: Vec<(String, String)> =
            begun.answers.fields().map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        assert_eq!(fields.len(), 1, "{fields:?}");
        fields.into_iter().next().map(|(_, words)| words)
    }
}

#[tokio::test]
async fn what_is_begun_is_sealed_to_its_writer() {
    let asked = Asked::new().await;
    asked.save(&asked.adviser, "Begins").await.unwrap();
    asked.save(&asked.adviser, "Begins to read").await.unwrap();
    assert_eq!(asked.begun().await.as_deref(), Some("Begins to read"));
    let (request, _) = asked.request().await;
    let other = staff(&asked.app, Role::Adviser, "Linnea", "psychologist|psychologist").await;
    let manager = staff(&asked.app, Role::Manager, "Hester", "").await;
    for me in [&asked.officer, &other, &manager] {
        assert_eq!(asked.app.begun_advice(me, &request).await.unwrap(), None);
        assert!(matches!(asked.save(me, "Mine").await, Err(Problem::NotFound)));
    }
    let long = asked.save(&asked.adviser, &"a".repeat(50_000)).await;
    assert!(matches!(long, Err(Problem::Invalid(_))), "{long:?}");
    assert_eq!(asked.begun().await.as_deref(), Some("Begins to read"));
}

#[tokio::test]
async fn what_is_begun_goes_where_its_request_goes() {
    let asked = Asked::new().await;
    asked.save(&asked.adviser, "Begins").await.unwrap();
    let (entry, event) = asked.request().await;
    let on = date(2026, 11, 20);
    let why = "It went on Friday".to_owned();
    asked.by_officer(Command::Correct { entry: entry.clone(), event, on, why }).await;
    assert_eq!(asked.begun().await.as_deref(), Some("Begins"));
    assert_eq!(asked.app.begun_advice(&asked.adviser, &entry).await.unwrap(), None);
    let (entry, _) = asked.request().await;
    let why = "Asked twice".to_owned();
    asked.by_officer(Command::Withdraw { entry: entry.clone(), why }).await;
    assert_eq!(asked.app.begun_advice(&asked.adviser, &entry).await.unwrap(), None);
}
