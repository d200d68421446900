//! The questions that the rest of the program asks. Cedar is asked once for each kind of case, and there are
//! few: a role, a set of ties, the same authority or another, and an act; after that the answer is
//! remembered.

use std::sync::{LazyLock, OnceLock};

use crate::act::Act;
use crate::allowed::{Allowed, AllowedList, Denied};
use crate::asker::{Asker, Role, Subject, Tie};
use crate::engine::{About, Engine, PolicyFault, Ruling};

/// What a refusal says when the policies themselves cannot be used.
const NO_POLICIES: &str = "the access policies cannot be used";

const TIE_SETS: usize = 1 << Tie::ALL.len();
/// A child of the same authority or another, each with any set of ties; and the office.
const PLACES: usize = 2 * TIE_SETS + 1;
const CASES: usize = Role::ALL.len() * PLACES * Act::ALL.len();

/// The access policies, ready to be asked.
#[derive(Debug)]
pub struct Policies {
    engine: Result<Engine, PolicyFault>,
    remembered: Box<[OnceLock<Ruling>]>,
}

impl Policies {
    /// The policies inside the program, read once.
    #[must_use]
    pub fn embedded() -> &'static Self {
        static EMBEDDED: LazyLock<Policies> = LazyLock::new(|| Policies {
            engine: Engine::embedded(),
            remembered: (0..CASES).map(|_| OnceLock::new()).collect(),
        });
        &EMBEDDED
    }

    /// Whether the policies could be read and fit their schema. If not, everything is refused.
    ///
    /// # Errors
    /// The first fault found.
    pub fn check(&self) -> Result<(), &PolicyFault> {
        self.engine.as_ref().map(|_| ())
    }

    /// May this person do this to this child's record?
    ///
    /// # Errors
    /// Denied when no rule permits it, when a rule forbids it, and when it cannot be worked out.
    pub fn may(&self, asker: &Asker, act: Act, about: &Subject) -> Result<Allowed, Denied> {
        let place = place_of(asker, about);
        let ruling = self.remember(asker, act, place, || self.about_child(asker, act, about));
        allowed(ruling, asker, act, about)
    }

    /// The same question as `may`, put to Cedar afresh: what the remembered answers are held against.
    ///
    /// # Errors
    /// As `may`.
    pub fn may_afresh(&self, asker: &Asker, act: Act, about: &Subject) -> Result<Allowed, Denied> {
        allowed(self.about_child(asker, act, about), asker, act, about)
    }

    /// May this person ask this of the whole office of their authority, and for which children?
    ///
    /// # Errors
    /// As `may`; also for every act that is about one child alone.
    pub fn may_office(&self, asker: &Asker, act: Act) -> Result<AllowedList, Denied> {
        let fresh = || self.ask(asker, act, About::Office);
        let ruling = self.remember(asker, act, 2 * TIE_SETS, fresh);
        if ruling.allowed {
            Ok(AllowedList::new(asker, act, ruling.scope, ruling.because))
        } else {
            Err(Denied { because: ruling.because })
        }
    }

    fn about_child(&self, asker: &Asker, act: Act, about: &Subject) -> Ruling {
        let Subject { authority, child, ties } = about;
        self.ask(asker, act, About::Child { child, authority, ties })
    }

    fn ask(&self, asker: &Asker, act: Act, about: About<'_>) -> Ruling {
        match &self.engine {
            Ok(engine) => engine.decide(asker, act, about),
            Err(_) => Ruling::refused(NO_POLICIES),
        }
    }

    fn remember(
        &self,
        asker: &Asker,
        act: Act,
        place: usize,
        fresh: impl FnOnce() -> Ruling,
    ) -> Ruling {
        let role = Role::ALL.iter().position(|role| *role == asker.role);
        let act = Act::ALL.iter().position(|each| *each == act);
        let kept = role.zip(act).and_then(|(role, act)| {
            self.remembered.get((role * PLACES + place) * Act::ALL.len() + act)
        });
        match kept {
            Some(kept) => *kept.get_or_init(fresh),
            None => fresh(),
        }
    }
}

/// The number of the place that a child has for this asker: their ties as bits, and whose child it is.
fn place_of(asker: &Asker, about: &Subject) -> usize {
    let bits = Tie::ALL.iter().enumerate().map(
        |(bit, tie)| {
            if about.ties.contains(tie) { 1 << bit } else { 0 }
        },
    );
    let theirs = if asker.authority == about.authority { 0 } else { TIE_SETS };
    theirs + bits.sum::<usize>()
}

fn allowed(ruling: Ruling, asker: &Asker, act: Act, about: &Subject) -> Result<Allowed, Denied> {
    if ruling.allowed {
        Ok(Allowed::new(asker, act, about, ruling.because))
    } else {
        Err(Denied { because: ruling.because })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn with_faulty_policies_everything_is_refused() {
        let engine = Err(PolicyFault::Unfit("a slip".to_owned()));
        let policies = Policies { engine, remembered: Box::default() };
        let asker = Asker { person: "p".into(), authority: "a".into(), role: Role::Officer };
        let about =
            Subject { authority: "a".into(), child: "c".into(), ties: vec![Tie::OfficerFor] };
        assert!(policies.check().is_err());
        for act in Act::ALL {
            let refused = Denied { because: NO_POLICIES };
            assert_eq!(policies.may(&asker, act, &about), Err(refused));
            assert_eq!(policies.may_office(&asker, act), Err(refused));
        }
    }
}
