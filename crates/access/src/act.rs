//! What can be done, and to which part of a record: two closed lists. A page or command that fits none of
//! these acts needs a new one here, in the schema and in the policies, before anyone can reach it.

use crate::words::closed_list;

closed_list! {
    /// A part of a child's record that is read as one.
    Part {
        /// What stage the case has reached, and what is due by when.
        Case = "case",
        /// What the authority has decided, as it was sent.
        Decisions = "decisions",
        /// What the child and the parents say, in their own words.
        OwnWords = "own-words",
        /// What the family has told, once, for everyone who needs it.
        Told = "told",
        /// All the advice received.
        Advice = "advice",
        /// The advice that the asker gave.
        OwnAdvice = "own-advice",
        /// Plans as sent, draft and final.
        Plan = "plan",
        /// A plan still being written.
        DraftWork = "draft-work",
        /// Messages between the family, the advisers and the authority.
        Messages = "messages",
        /// Who is who around the child.
        People = "people",
        /// Who has looked at the record, and when.
        WhoLooked = "who-looked",
        /// Notes that staff keep.
        Notes = "notes",
        /// How each date was worked out, with other readings.
        Workings = "workings",
    }
}

/// Something that a person may ask to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Read one part of a child's record.
    Read(Part),
    /// List the children that the asker is tied to.
    ListOwn,
    /// List the children of the asker's authority.
    ListOffice,
    /// Say, in one's own words, what a plan should know.
    GiveOwnWords,
    /// Tell a fact about the child, once.
    Tell,
    /// Comment on a draft plan.
    Comment,
    /// Write to the other side of the case.
    Message,
    /// Record a request, a letter or advice that arrived on paper or by email.
    RecordArrival,
    /// Note a telephone call.
    NoteCall,
    /// Consult a school or another institution.
    Consult,
    /// Tell the bodies that must know of a request or a decision.
    NotifyBodies,
    /// Decide: to assess or not, to make a plan or not, and the rest.
    Decide,
    /// Ask for advice.
    AskAdvice,
    /// Give the advice that was asked for.
    GiveAdvice,
    /// Write a plan.
    WritePlan,
    /// Send a plan, draft or final.
    SendPlan,
    /// Rely on an exception to a time limit, with its reason.
    ClaimException,
    /// Note a need.
    NoteNeed,
    /// Record a change of school or other setting.
    ChangeSetting,
    /// Note what education the child has: absence, suspension, part-time hours.
    NoteEducation,
    /// Give a case to an officer.
    Assign,
    /// Take on a case that nobody has.
    TakeOn,
    /// Offer a case to another officer.
    OfferHandover,
    /// Take or decline a case that was offered.
    AnswerHandover,
    /// Tie a person to the child, or end a tie.
    TiePeople,
    /// Correct what was recorded.
    Correct,
    /// See which cases of the authority will be late.
    Forecast,
    /// Find the child that a request is about.
    MatchRequest,
    /// Answer what is said of the Local Offer.
    AnswerComments,
    /// Change the list of services that is kept with the record.
    KeepList,
    /// Keep one's own entries in the Local Offer.
    KeepEntry,
    /// Ask others to keep entries of the Local Offer, and agree to what they would change.
    AgreeEntries,
    /// Enter the school terms of the area, in which school days are counted.
    KeepTerms,
}

impl Act {
    /// Every act, reading first.
    pub const ALL: [Self; 45] = [
        Self::Read(Part::Case),
        Self::Read(Part::Decisions),
        Self::Read(Part::OwnWords),
        Self::Read(Part::Told),
        Self::Read(Part::Advice),
        Self::Read(Part::OwnAdvice),
        Self::Read(Part::Plan),
        Self::Read(Part::DraftWork),
        Self::Read(Part::Messages),
        Self::Read(Part::People),
        Self::Read(Part::WhoLooked),
        Self::Read(Part::Notes),
        Self::Read(Part::Workings),
        Self::ListOwn,
        Self::ListOffice,
        Self::GiveOwnWords,
        Self::Tell,
        Self::Comment,
        Self::Message,
        Self::RecordArrival,
        Self::NoteCall,
        Self::Consult,
        Self::NotifyBodies,
        Self::Decide,
        Self::AskAdvice,
        Self::GiveAdvice,
        Self::WritePlan,
        Self::SendPlan,
        Self::ClaimException,
        Self::NoteNeed,
        Self::ChangeSetting,
        Self::NoteEducation,
        Self::Assign,
        Self::TakeOn,
        Self::OfferHandover,
        Self::AnswerHandover,
        Self::TiePeople,
        Self::Correct,
        Self::Forecast,
        Self::MatchRequest,
        Self::KeepList,
        Self::AnswerComments,
        Self::KeepEntry,
        Self::AgreeEntries,
        Self::KeepTerms,
    ];

    /// The word for this act in policies and traces.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Read(part) => read_word(part),
            Self::ListOwn => "list-own",
            Self::ListOffice => "list-office",
            Self::GiveOwnWords => "give-own-words",
            Self::Tell => "tell",
            Self::Comment => "comment",
            Self::Message => "message",
            Self::RecordArrival => "record-arrival",
            Self::NoteCall => "note-call",
            Self::Consult => "consult",
            Self::NotifyBodies => "notify-bodies",
            Self::Decide => "decide",
            Self::AskAdvice => "ask-advice",
            Self::GiveAdvice => "give-advice",
            Self::WritePlan => "write-plan",
            Self::SendPlan => "send-plan",
            Self::ClaimException => "claim-exception",
            Self::NoteNeed => "note-need",
            Self::ChangeSetting => "change-setting",
            Self::NoteEducation => "note-education",
            Self::Assign => "assign",
            Self::TakeOn => "take-on",
            Self::OfferHandover => "offer-handover",
            Self::AnswerHandover => "answer-handover",
            Self::TiePeople => "tie-people",
            Self::Correct => "correct",
            Self::Forecast => "forecast",
            Self::MatchRequest => "match-request",
            Self::AnswerComments => "answer-comments",
            Self::KeepList => "keep-list",
            Self::KeepEntry => "keep-entry",
            Self::AgreeEntries => "agree-entries",
            Self::KeepTerms => "keep-terms",
        }
    }

    /// The act that a word stands for; none for a word that is not on the list.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }

    /// Whether the act is asked of a whole office alone, never of one child.
    #[must_use]
    pub const fn is_of_office(self) -> bool {
        matches!(
            self,
            Self::ListOwn
                | Self::ListOffice
                | Self::Forecast
                | Self::AnswerComments
                | Self::KeepEntry
                | Self::AgreeEntries
                | Self::KeepTerms
        )
    }
}

const fn read_word(part: Part) -> &'static str {
    match part {
        Part::Case => "read-case",
        Part::Decisions => "read-decisions",
        Part::OwnWords => "read-own-words",
        Part::Told => "read-told",
        Part::Advice => "read-advice",
        Part::OwnAdvice => "read-own-advice",
        Part::Plan => "read-plan",
        Part::DraftWork => "read-draft-work",
        Part::Messages => "read-messages",
        Part::People => "read-people",
        Part::WhoLooked => "read-who-looked",
        Part::Notes => "read-notes",
        Part::Workings => "read-workings",
    }
}
