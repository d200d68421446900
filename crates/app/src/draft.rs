//! A request begun without an account: saved at every step under a reference and a resume code,
//! then sent. The clock starts on receipt; who asked is matched by an officer afterwards.

mod faults;

use std::collections::BTreeMap;

use jiff::civil::Date;
use sendero_law::{Question, Rulebook, Timeline};
use sendero_record::{
    AskerNamed, Channel, ChildId, Command, Contact, Deciding, Fresh, MONTHS, Name, NewRequest,
    PersonId, Record, Reference, Relation, Requester, SettingKind, Topic, WhyNotInEducation,
    decide,
};
use sendero_store::{Commit, CommitError, Draft as DraftRow, DraftWrite};
use serde::{Deserialize, Serialize};

use self::faults::faults_of;
use crate::act::Form;
use crate::followed::timeline_of;
use crate::now::{id, london, token_hash};
use crate::{App, AreaDetail, FieldFault, Now, Problem};

/// How a browser or a person names a draft: the reference, and the code that opens it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftHandle {
    /// The reference that it will keep.
    pub reference: Reference,
    /// The code.
    pub code: String,
}

/// What has been typed so far, as typed, by field. Fields are those of [`DraftAnswers::FIELDS`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct DraftAnswers(BTreeMap<String, String>);

/// A draft as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its area.
    pub authority: String,
    /// What was typed.
    pub answers: DraftAnswers,
    /// When it was last saved.
    pub saved: Now,
    /// The child's record, once it was sent.
    pub sent: Option<ChildId>,
}

/// A request that was received.
#[derive(Clone, Debug)]
pub struct Submitted {
    /// The reference.
    pub reference: Reference,
    /// When it was received.
    pub received: Now,
    /// The child's given name.
    pub given: String,
    /// The record: until the asker is matched, only their own words are shown from it.
    pub record: Record,
    /// The dates that follow.
    pub timeline: Timeline,
    /// The rulebook that they follow from.
    pub law: &'static Rulebook,
    /// Whether an officer has matched the asker.
    pub matched: bool,
}

/// Letters that one field of a draft holds.
const FIELD_LETTERS_MAX: usize = 20_000;

/// The fields of a draft that hold more than can be kept.
pub(crate) fn too_long(typed: &BTreeMap<String, String>) -> Result<(), Problem> {
    let faults: Vec<FieldFault> = typed
        .iter()
        .filter(|(_, typed)| typed.chars().count() > FIELD_LETTERS_MAX)
        .map(|(field, _)| FieldFault {
            detail: FIELD_LETTERS_MAX.to_string(),
            ..FieldFault::of(field, "too-long")
        })
        .collect();
    if faults.is_empty() { Ok(()) } else { Err(Problem::Invalid(faults)) }
}

impl DraftAnswers {
    /// Every field that a draft can hold.
    pub const FIELDS: [&'static str; 27] = [
        "asker",
        "child-name",
        "born-day",
        "born-month",
        "born-year",
        "own-words",
        "own-words-how",
        "hard",
        "helps",
        "hope",
        "setting",
        "setting-kind",
        "education",
        "since-day",
        "since-month",
        "since-year",
        "education-why",
        "others",
        "reach",
        "interpreter",
        "language",
        "needs",
        "your-name",
        "relation",
        "email",
        "phone",
        "address",
    ];

    /// What was typed in a field; empty if nothing was.
    #[must_use]
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", String::as_str)
    }

    /// Keeps what was typed in a field of the list; anything else is left out.
    pub fn set(&mut self, field: &str, typed: &str) {
        if Self::FIELDS.contains(&field) {
            self.0.insert(field.to_owned(), typed.replace("\r\n", "\n"));
        }
    }

    /// The date in three boxes.
    ///
    /// # Errors
    /// The fault, named for the boxes' common field.
    pub fn date(&self, field: &str) -> Result<Option<Date>, FieldFault> {
        let typed = |part: &str| self.get(&format!("{field}-{part}")).trim().to_owned();
        read_date(field, &typed("day"), &typed("month"), &typed("year"))
    }
}

/// The date that three boxes hold: none if all are empty, a fault in words if they cannot be one.
///
/// # Errors
/// The fault, with the day of the month that is the last, where that is what is wrong.
pub fn read_date(
    field: &str,
    day: &str,
    month: &str,
    year: &str,
) -> Result<Option<Date>, FieldFault> {
    if day.is_empty() && month.is_empty() && year.is_empty() {
        return Ok(None);
    }
    let fault = |fault| FieldFault::of(field, fault);
    let year: i16 = year.parse().map_err(|_| fault("date-year"))?;
    if !(1900..=2100).contains(&year) {
        return Err(fault("date-year"));
    }
    let month: i8 = read_month(month).ok_or_else(|| fault("date-month"))?;
    let day: i8 = day.parse().map_err(|_| fault("date-day"))?;
    let first = Date::new(year, month, 1).map_err(|_| fault("date-month"))?;
    let last = first.last_of_month();
    if day < 1 {
        return Err(fault("date-day"));
    }
    if day > last.day() {
        let detail = format!("{}-{:02}", last.day(), month);
        return Err(FieldFault { detail, ..fault("date-too-late-in-month") });
    }
    Date::new(year, month, day).map(Some).map_err(|_| fault("date-day"))
}

/// A month as a figure or by its name or first three letters.
fn read_month(typed: &str) -> Option<i8> {
    let typed = typed.trim().to_lowercase();
    if let Ok(figure) = typed.parse::<i8>() {
        return (1..=12).contains(&figure).then_some(figure);
    }
    let found = |name: &str| typed.len() >= 3 && name.starts_with(&typed);
    let at = MONTHS.iter().position(|name| found(name))?;
    i8::try_from(at + 1).ok()
}

impl App {
    /// Begins a request in an area.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the area is not served here.
    pub async fn begin_draft(&self, area: &str) -> Result<DraftHandle, Problem> {
        let area = self.area(area).await?;
        let now = self.now();
        let code = self.resume_code();
        for _ in 0..20 {
            let reference = self.new_reference(&area, &now)?;
            let row = DraftRow {
                reference: reference.as_str().to_owned(),
                authority: area.code.clone(),
                code_hash: code_hash(&code),
                content: "{}".to_owned(),
                updated_at: now.at.clone(),
                submitted_child: String::new(),
            };
            let commit = draft_commit(&area.code, &now, DraftWrite::Begin(row));
            match self.store.commit(commit).await {
                Ok(_) => return Ok(DraftHandle { reference, code }),
                Err(CommitError::ReferenceTaken) => {}
                Err(other) => return Err(other.into()),
            }
        }
        Err(Problem::Busy)
    }

    /// A reference of this month with a random number.
    pub(crate) fn new_reference(&self, area: &AreaDetail, now: &Now) -> Result<Reference, Problem> {
        let [a, b, ..] = self.chance.bytes();
        let number = u16::from_be_bytes([a, b]) % 10_000;
        Reference::make(&area.letters, now.today.year(), now.today.month(), number)
            .map_err(|_| Problem::Broken("the area's letters make no reference".to_owned()))
    }

    /// Nine characters in threes, none that is mistaken for another.
    fn resume_code(&self) -> String {
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKMNPQRSTUVWXYZ23456789#";
        let mut code = String::with_capacity(11);
        for byte in self.chance.bytes() {
            let letter = LETTERS.get(usize::from(byte % 32)).copied().unwrap_or(b'#');
            if letter == b'#' {
                continue;
            }
            if code.len() == 3 || code.len() == 7 {
                code.push('-');
            }
            code.push(char::from(letter));
            if code.len() == 11 {
                break;
            }
        }
        code
    }

    /// The draft that a handle opens.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where reference and code do not belong together.
    pub async fn draft(&self, handle: &DraftHandle) -> Result<Draft, Problem> {
        let row = self.draft_row(handle).await?;
        let answers = if row.content.is_empty() {
            DraftAnswers::default()
        } else {
            serde_json::from_str(&row.content)
                .map_err(|_| Problem::Broken("a saved request cannot be read".to_owned()))?
        };
        let sent = (!row.submitted_child.is_empty()).then(|| ChildId::new(row.submitted_child));
        Ok(Draft { authority: row.authority, answers, saved: london(&row.updated_at), sent })
    }

    async fn draft_row(&self, handle: &DraftHandle) -> Result<DraftRow, Problem> {
        let row = self.store.draft(handle.reference.as_str()).await?.ok_or(Problem::NotFound)?;
        if row.code_hash == code_hash(&handle.code) { Ok(row) } else { Err(Problem::NotFound) }
    }

    /// The draft that somebody names by what they wrote down. Guesses are limited.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the two do not belong together, [`Problem::TooMuch`] after too
    /// many tries.
    pub async fn resume_draft(
        &self,
        reference: &str,
        code: &str,
        place: &str,
    ) -> Result<DraftHandle, Problem> {
        let reference: Reference = reference.parse().map_err(|_| Problem::NotFound)?;
        let keys = [format!("resume {}", reference.as_str()), format!("resume from {place}")];
        self.guess(&keys)?;
        let handle = DraftHandle { reference, code: code.trim().to_owned() };
        let found = self.draft_row(&handle).await;
        self.guessed(&keys, found.is_ok());
        found.map(|_| handle)
    }

    /// Saves the answers of a draft.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for a field with too many letters; [`Problem::NotFound`] where the
    /// handle opens nothing, or the request was sent.
    pub async fn save_draft(
        &self,
        handle: &DraftHandle,
        answers: &DraftAnswers,
    ) -> Result<Now, Problem> {
        let row = self.draft_row(handle).await?;
        if !row.submitted_child.is_empty() {
            return Err(Problem::NotFound);
        }
        too_long(&answers.0)?;
        let now = self.now();
        let content = serde_json::to_string(answers)
            .map_err(|_| Problem::Broken("a request cannot be written".to_owned()))?;
        let write = DraftWrite::Save { reference: row.reference, content };
        self.store.commit(draft_commit(&row.authority, &now, write)).await?;
        Ok(now)
    }

    /// Sends a draft: the request is received now, and the clock starts.
    ///
    /// # Errors
    /// [`Problem::Invalid`] with the fields that must still be answered.
    pub async fn submit_draft(&self, handle: &DraftHandle, form: &Form) -> Result<(), Problem> {
        let row = self.draft_row(handle).await?;
        if !row.submitted_child.is_empty() || self.done_before(form).await?.is_some() {
            return Ok(());
        }
        let draft = self.draft(handle).await?;
        let now = self.now();
        let asker = PersonId::new(id(self.chance.as_ref()));
        let request = request_of(&draft.answers, handle.reference.clone(), &asker, now.today)?;
        let child = ChildId::new(id(self.chance.as_ref()));
        let first = Command::Request(Box::new(request));
        let (record, fresh) = self.decided_first(&child, &first, now.today)?;
        let by = PersonId::new("public");
        let law = self.law_of(&row.authority).await?;
        let of = (row.authority.as_str(), &law);
        let (mut commit, _) = self.commit_of(&now, of, &by, &record, &fresh, form);
        commit.drafts.push(DraftWrite::Submitted {
            reference: row.reference,
            child: child.as_str().to_owned(),
        });
        let area = self.area(&row.authority).await?;
        self.add_confirmation(&mut commit, &area, &draft.answers, &handle.reference);
        match self.store.commit(commit).await {
            Ok(_) | Err(CommitError::CommandSeen { .. }) => Ok(()),
            Err(other) => Err(other.into()),
        }
    }

    /// The events of the command that opens a record, with the empty record that they open.
    pub(crate) fn decided_first(
        &self,
        child: &ChildId,
        first: &Command,
        today: Date,
    ) -> Result<(Record, Vec<Fresh>), Problem> {
        let record = Record::new(child.clone(), Vec::new());
        let with = Deciding { record: &record, rulebook: self.rulebook, today, in_others: 0 };
        let fresh = decide(with, first)?;
        Ok((record, fresh))
    }

    /// A sent request, for whoever holds its code.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the handle opens nothing that was sent.
    pub async fn submitted(&self, handle: &DraftHandle) -> Result<Submitted, Problem> {
        let row = self.draft_row(handle).await?;
        if row.submitted_child.is_empty() {
            return Err(Problem::NotFound);
        }
        let stored = self.store.child(&row.authority, &row.submitted_child).await?;
        let record = crate::open::record_of(&stored.ok_or(Problem::NotFound)?)?;
        let now = self.now();
        let law = self.law_of(&row.authority).await?;
        let timeline = timeline_of(&law, &record, Question::today(now.today));
        let first = record.entries().first();
        Ok(Submitted {
            reference: handle.reference.clone(),
            received: london(first.map_or("", |entry| &entry.header.recorded_at)),
            given: record.registered().map(|child| child.name.given.clone()).unwrap_or_default(),
            matched: record.unmatched_asker().is_none(),
            timeline,
            law: law.rulebook,
            record,
        })
    }
}

fn draft_commit(authority: &str, now: &Now, write: DraftWrite) -> Commit {
    Commit {
        authority: authority.to_owned(),
        at: now.at.clone(),
        actor: "public".to_owned(),
        drafts: vec![write],
        ..Commit::default()
    }
}

/// The hash of a resume code, however it was typed.
fn code_hash(code: &str) -> String {
    let plain: String =
        code.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
    token_hash(&plain)
}

/// A name typed in one field: the last word is the family name.
#[must_use]
pub fn name_of(typed: &str) -> Name {
    let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
    match typed.rsplit_once(' ') {
        Some((given, family)) => Name::new(given, family),
        None => Name::new(&typed, ""),
    }
}

/// The request that a draft's answers make, or what must still be put right.
fn request_of(
    answers: &DraftAnswers,
    reference: Reference,
    asker: &PersonId,
    today: Date,
) -> Result<NewRequest, Problem> {
    let faults = faults_of(answers, today);
    if !faults.is_empty() {
        return Err(Problem::Invalid(faults));
    }
    let some = |field: &str| {
        let typed = answers.get(field).trim();
        (!typed.is_empty()).then(|| typed.to_owned())
    };
    let by = requester_of(answers);
    let name = name_of(answers.get("child-name"));
    let asker_name = name_of(answers.get("your-name"));
    let said_by = asker_name.full();
    let own_words = some("own-words").map(|words| {
        let heard = match some("own-words-how") {
            Some(how) => format!("{said_by}: {how}"),
            None => said_by.clone(),
        };
        (words, name.given.clone(), heard)
    });
    let kind = SettingKind::from_word(answers.get("setting-kind"));
    let setting = match (kind, some("setting")) {
        (Some(kind), place) => Some((kind, place)),
        // A place that is named without its kind is a school until somebody says otherwise.
        (None, Some(place)) => Some((SettingKind::MainstreamSchool, Some(place))),
        (None, None) => None,
    };
    let asker = (by != Requester::School).then(|| AskerNamed {
        person: asker.clone(),
        name: asker_name,
        relation: relation_of(answers),
        parental_responsibility: None,
        contact: Contact {
            email: some("email"),
            phone: some("phone"),
            interpreter: some("language").filter(|_| answers.get("interpreter") == "yes"),
            note: reaching(some("reach"), some("needs")),
            address: some("address"),
        },
    });
    Ok(NewRequest {
        reference,
        by,
        how: Channel::Portal,
        name,
        born: answers.date("born").unwrap_or_default(),
        own_words,
        told: told_of(answers),
        setting,
        out_of_education: out_of(answers, today),
        asker,
        said_by,
        received: None,
    })
}

/// How the family would be reached, and what makes it easier, in one line.
fn reaching(reach: Option<String>, needs: Option<String>) -> Option<String> {
    match (reach, needs) {
        (Some(reach), Some(needs)) => Some(format!("{reach}. {needs}")),
        (one, other) => one.or(other),
    }
}

fn requester_of(answers: &DraftAnswers) -> Requester {
    Requester::from_word(answers.get("asker")).unwrap_or(Requester::Parent)
}

fn told_of(answers: &DraftAnswers) -> BTreeMap<Topic, String> {
    [
        ("hard", Topic::Hard),
        ("helps", Topic::Helps),
        ("hope", Topic::Hopes),
        ("others", Topic::WhoHelps),
    ]
    .into_iter()
    .filter_map(|(field, topic)| {
        let words = answers.get(field).trim();
        (!words.is_empty()).then(|| (topic, words.to_owned()))
    })
    .collect()
}

/// Not receiving full-time education: since when (today, if nobody said), why, in words.
fn out_of(answers: &DraftAnswers, today: Date) -> Option<(Date, WhyNotInEducation, String)> {
    let part_time = match answers.get("education") {
        "part-time" => true,
        "none" => false,
        _ => return None,
    };
    let since = answers.date("since").unwrap_or_default().unwrap_or(today);
    let usual = if part_time { WhyNotInEducation::PartTime } else { WhyNotInEducation::Other };
    let why = WhyNotInEducation::from_word(answers.get("education-why")).unwrap_or(usual);
    Some((since, why, String::new()))
}

fn relation_of(answers: &DraftAnswers) -> Relation {
    if requester_of(answers) == Requester::YoungPerson {
        return Relation::Self_;
    }
    Relation::from_word(answers.get("relation"))
        .filter(|relation| relation.is_parent())
        .unwrap_or(Relation::Carer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_boxes() {
        let check = |typed: (&str, &str, &str), expected: Result<Option<&str>, &str>| {
            let found = read_date("born", typed.0, typed.1, typed.2);
            let found = found.map(|day| day.map(|day| day.to_string())).map_err(|f| f.fault);
            let expected = expected.map(|day| day.map(str::to_owned));
            assert_eq!(found, expected, "{typed:?}");
        };
        check(("", "", ""), Ok(None));
        check(("2", "3", "2019"), Ok(Some("2019-03-02")));
        check(("29", "February", "2024"), Ok(Some("2024-02-29")));
        check(("29", "feb", "2025"), Err("date-too-late-in-month"));
        check(("31", "9", "2026"), Err("date-too-late-in-month"));
        check(("0", "9", "2026"), Err("date-day"));
        check(("1", "13", "2026"), Err("date-month"));
        check(("1", "1", "26"), Err("date-year"));
        check(("x", "1", "2026"), Err("date-day"));
    }
}
