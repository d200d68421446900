//! Closed lists: each value has one word, the same in events, in the rulebook and in scripts.

/// Makes an enum whose values are words, with the list of all of them.
macro_rules! closed_list {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $word:literal,)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $value,)+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [Self] = &[$(Self::$value,)+];

            /// The word for it.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$value => $word,)+ }
            }

            /// The value that `word` names.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.word() == word)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.word())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                let word = <std::borrow::Cow<'de, str>>::deserialize(from)?;
                Self::from_word(&word)
                    .ok_or_else(|| serde::de::Error::unknown_variant(&word, &[$($word,)+]))
            }
        }
    };
}

closed_list! {
    /// Who asked for an assessment, or brought a child to the authority's attention.
    Requester {
        /// A parent, or anyone with parental responsibility or care.
        Parent = "parent",
        /// The young person.
        YoungPerson = "young-person",
        /// A school.
        School = "school",
        /// A college or other post-16 institution.
        Post16 = "post-16",
        /// A nursery or other early years provider.
        EarlyYears = "early-years",
        /// A health body.
        Health = "health",
        /// Social care.
        SocialCare = "social-care",
        /// The authority itself.
        Authority = "authority",
        /// Anyone else.
        Other = "other",
    }
}

closed_list! {
    /// A body that may be asked for advice or information.
    Body {
        /// A parent.
        Parent = "parent",
        /// The young person.
        YoungPerson = "young-person",
        /// A school.
        School = "school",
        /// A post-16 institution.
        Post16 = "post-16",
        /// An early years provider.
        EarlyYears = "early-years",
        /// A health body.
        Health = "health",
        /// The educational psychology service.
        Psychologist = "psychologist",
        /// Social care.
        SocialCare = "social-care",
        /// A teacher of children with a sensory impairment.
        SensoryTeacher = "sensory-teacher",
        /// Another local authority.
        OtherAuthority = "other-authority",
        /// The Tribunal.
        Tribunal = "tribunal",
        /// The Ombudsman.
        Ombudsman = "ombudsman",
        /// Anyone else.
        Other = "other",
    }
}

closed_list! {
    /// How something was sent, or how it came in.
    Channel {
        /// On this service.
        Portal = "portal",
        /// By e-mail.
        Email = "email",
        /// By post.
        Post = "post",
        /// Handed over.
        ByHand = "by-hand",
        /// By telephone. Only for what comes in.
        Phone = "phone",
        /// In person. Only for what comes in.
        InPerson = "in-person",
    }
}

closed_list! {
    /// Who must have a plan or notice.
    Recipient {
        /// The child's parent, or the young person.
        ParentOrYoungPerson = "parent-or-young-person",
        /// The school or other institution named.
        Institution = "institution",
        /// The responsible commissioning body (the integrated care board).
        CommissioningBody = "commissioning-body",
        /// The authority's officers for social care.
        SocialCare = "social-care",
    }
}

closed_list! {
    /// A ground on which an authority or adviser may rely for missing a time limit.
    Ground {
        /// School or college closed for at least four weeks.
        SchoolClosed = "school-closed",
        /// Early years provider closed for at least four weeks.
        EarlyYearsClosed = "early-years-closed",
        /// Exceptional personal circumstances.
        ExceptionalCircumstances = "exceptional-circumstances",
        /// Away from the area for at least four weeks.
        AbsentFromArea = "absent-from-area",
        /// An appointment for the advice was missed.
        MissedAppointment = "missed-appointment",
    }
}

closed_list! {
    /// The kind of place where the child or young person learns.
    SettingKind {
        /// A mainstream school.
        MainstreamSchool = "mainstream-school",
        /// A special school.
        SpecialSchool = "special-school",
        /// A pupil referral unit.
        Pru = "pru",
        /// An independent school on the Secretary of State's list (s.41).
        IndependentS41 = "independent-s41",
        /// Another independent school.
        Independent = "independent",
        /// A non-maintained special school.
        Nmss = "nmss",
        /// A further education college.
        FeCollege = "fe-college",
        /// Another post-16 institution.
        OtherPost16 = "other-post-16",
        /// A nursery or other early years provider.
        EarlyYears = "early-years",
        /// Educated at home.
        Home = "home",
        /// Nowhere at present.
        None = "none",
    }
}

closed_list! {
    /// How a person is tied to a child.
    Relation {
        /// Mother.
        Mother = "mother",
        /// Father.
        Father = "father",
        /// Another person with parental responsibility.
        ParentalResponsibility = "parental-responsibility",
        /// A person with care of the child: kin or foster carer.
        Carer = "carer",
        /// The young person.
        Self_ = "self",
        /// An adviser who has been asked.
        Adviser = "adviser",
    }
}

impl Relation {
    /// Whether a person so tied holds a parent's rights (Education Act 1996 s.576).
    #[must_use]
    pub const fn is_parent(self) -> bool {
        matches!(self, Self::Mother | Self::Father | Self::ParentalResponsibility | Self::Carer)
    }
}

closed_list! {
    /// The four broad areas of need of the Code of Practice, chapter 6.
    NeedArea {
        /// Communication and interaction.
        Communication = "communication",
        /// Cognition and learning.
        Learning = "learning",
        /// Social, emotional and mental health.
        Feelings = "feelings",
        /// Sensory and physical.
        SensoryPhysical = "sensory-physical",
    }
}

closed_list! {
    /// What a contribution is about. Told once; later forms show it.
    Topic {
        /// What is hard.
        Hard = "hard",
        /// What helps.
        Helps = "helps",
        /// What the family hopes for.
        Hopes = "hopes",
        /// What has been tried.
        Tried = "tried",
        /// Who else helps.
        WhoHelps = "who-helps",
        /// Home and family.
        Home = "home",
        /// Health.
        Health = "health",
        /// How best to reach and talk with the family.
        Reaching = "reaching",
        /// Anything else.
        Other = "other",
    }
}

closed_list! {
    /// Why a child is not receiving full-time education. Causes name systems.
    WhyNotInEducation {
        /// No place has been found.
        NoPlace = "no-place",
        /// A part-time timetable.
        PartTime = "part-time",
        /// Suspended or excluded.
        Excluded = "excluded",
        /// Unwell.
        Unwell = "unwell",
        /// Anxious about school, or school makes them unwell.
        Anxious = "anxious",
        /// Sent home without a formal suspension.
        SentHome = "sent-home",
        /// Between moves.
        Moved = "moved",
        /// Another reason.
        Other = "other",
    }
}

closed_list! {
    /// The decision at the end of a review.
    Outcome {
        /// Keep the plan as it is.
        Maintain = "maintain",
        /// Amend it.
        Amend = "amend",
        /// Cease to maintain it.
        Cease = "cease",
    }
}

closed_list! {
    /// What a family disagrees with: which decision, and of a plan which part.
    Disputed {
        /// The refusal to assess.
        RefusalToAssess = "refusal-to-assess",
        /// The refusal to issue a plan.
        RefusalToIssue = "refusal-to-issue",
        /// The refusal to reassess.
        RefusalToReassess = "refusal-to-reassess",
        /// The refusal to amend.
        RefusalToAmend = "refusal-to-amend",
        /// The plan as it was sent, whatever part of it.
        Plan = "plan",
        /// Sections B and F.
        Contents = "contents",
        /// Section I.
        Placement = "placement",
        /// Sections B, F and I.
        ContentsAndPlacement = "contents-and-placement",
        /// Ceasing to maintain.
        Cease = "cease",
    }
}

impl Disputed {
    /// Whether it is one part of a plan. An appeal says so; what comes before it is about all of it.
    #[must_use]
    pub const fn is_part(self) -> bool {
        matches!(self, Self::Contents | Self::Placement | Self::ContentsAndPlacement)
    }
}

closed_list! {
    /// How often provision is given.
    Every {
        /// Each school day.
        Day = "day",
        /// Each week.
        Week = "week",
        /// Each fortnight.
        Fortnight = "fortnight",
        /// Each half term.
        HalfTerm = "half-term",
        /// Each term.
        Term = "term",
        /// Each year.
        Year = "year",
    }
}

/// The months, as a reader of typed words looks for them.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
