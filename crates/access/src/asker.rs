//! Who asks, and how they stand to one child. Everything a decision rests on is here, given by the caller:
//! this crate looks nothing up.

use crate::words::closed_list;

closed_list! {
    /// The part a person plays while signed in. One person may play several, one at a time.
    Role {
        /// A parent, or another person with parental responsibility or care.
        Parent = "parent",
        /// A person over compulsory school age and under 25, acting for themselves.
        YoungPerson = "young-person",
        /// A caseworker of the authority.
        Officer = "officer",
        /// Someone whom the authority asks for advice: a school, a psychologist, health, social care.
        Adviser = "adviser",
        /// Who answers for the officers of an authority.
        Manager = "manager",
        /// Who keeps entries of the Local Offer for whoever runs the services: no child's record is theirs.
        Provider = "provider",
    }
}

closed_list! {
    /// What binds a person to a child today. Ties that have ended, or not begun, are left out by the caller.
    Tie {
        /// A parent of the child.
        ParentOf = "parent-of",
        /// The young person whose record it is.
        YoungPersonSelf = "young-person-self",
        /// Asked for advice about the child.
        AdviserFor = "adviser-for",
        /// The officer who has the case.
        OfficerFor = "officer-for",
        /// Another officer has offered them the case, and they have not yet answered.
        OfferedTo = "offered-to",
    }
}

/// A signed-in person in one role of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asker {
    /// The person's id.
    pub person: String,
    /// The code of the authority that they are signed in to.
    pub authority: String,
    /// The role that they play now.
    pub role: Role,
}

/// One child's record, as far as a decision needs to know it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// The code of the authority that keeps the record.
    pub authority: String,
    /// The child's id.
    pub child: String,
    /// The current ties of this asker to this child, and no one else's.
    pub ties: Vec<Tie>,
}
