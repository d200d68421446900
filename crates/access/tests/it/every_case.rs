//! Properties held over the whole space: every role, every set of ties, the same authority and another, every
//! act.

use sendero_access::{Act, Allowed, Asker, Denied, Part, Policies, Role, Scope, Subject, Tie};

use crate::{OTHER, OWN, asker, child, tie_sets};

/// Runs `check` on every role, act and set of ties; the roles side by side, since Cedar takes its time in
/// a debug build.
fn each_case(check: impl Fn(Role, Act, &[Tie]) + Sync) {
    std::thread::scope(|scope| {
        for role in Role::ALL {
            let check = &check;
            scope.spawn(move || {
                for ties in tie_sets() {
                    for act in Act::ALL {
                        check(role, act, &ties);
                    }
                }
            });
        }
    });
}

#[test]
fn another_authoritys_child_is_out_of_reach() {
    let policies = Policies::embedded();
    each_case(|role, act, ties| {
        let Err(denied) = policies.may(&asker(role), act, &child(OTHER, ties)) else {
            panic!("{role:?} may {} with {ties:?}", act.word());
        };
        if !act.is_of_office() {
            assert_eq!(denied.because, "the record belongs to another authority");
        }
    });
}

#[test]
fn a_family_or_an_adviser_without_the_tie_reaches_nothing() {
    let policies = Policies::embedded();
    each_case(|role, act, ties| {
        let tie = match role {
            Role::Parent => Tie::ParentOf,
            Role::YoungPerson => Tie::YoungPersonSelf,
            Role::Adviser => Tie::AdviserFor,
            Role::Officer | Role::Manager => return,
            Role::Provider => {
                let answer = policies.may(&asker(role), act, &child(OWN, ties));
                assert!(answer.is_err(), "{role:?} may {} with {ties:?}", act.word());
                return;
            }
        };
        if !ties.contains(&tie) {
            let answer = policies.may(&asker(role), act, &child(OWN, ties));
            assert!(answer.is_err(), "{role:?} may {} with {ties:?}", act.word());
        }
    });
}

/// What staff may do, no tie of theirs may bring back on a child of their own family.
fn is_own_child(role: Role, ties: &[Tie]) -> bool {
    matches!(role, Role::Officer | Role::Manager)
        && ties.iter().any(|tie| matches!(tie, Tie::ParentOf | Tie::YoungPersonSelf))
}

/// This is what lets the matrix show single ties alone.
#[test]
fn several_ties_allow_what_any_one_of_them_allows() {
    let policies = Policies::embedded();
    each_case(|role, act, ties| {
        let may = |ties: &[Tie]| policies.may(&asker(role), act, &child(OWN, ties)).is_ok();
        let any_one = may(&[]) || ties.iter().any(|tie| may(&[*tie]));
        let expected = any_one && !is_own_child(role, ties);
        assert_eq!(may(ties), expected, "{role:?} {} {ties:?}", act.word());
    });
}

/// What is remembered under plain names is asked afresh under strange ones, the ties turned about and
/// doubled: an answer depends on the role, the set of ties, whose child it is and the act, and on
/// nothing else.
#[test]
fn a_remembered_answer_is_what_cedar_says() {
    let policies = Policies::embedded();
    each_case(|role, act, ties| {
        for (authority, strange_authority) in [(OWN, "\"é\\"), (OTHER, "")] {
            let kept = policies.may(&asker(role), act, &child(authority, ties));
            let stranger = Asker {
                person: "Role::\"manager\"".to_owned(),
                authority: "\"é\\".to_owned(),
                role,
            };
            let about = Subject {
                authority: strange_authority.to_owned(),
                child: String::new(),
                ties: ties.iter().rev().chain(ties).copied().collect(),
            };
            let afresh = policies.may_afresh(&stranger, act, &about);
            assert_eq!(
                words(&kept),
                words(&afresh),
                "{role:?} {} {ties:?} {authority}",
                act.word()
            );
        }
    });
}

fn words(answer: &Result<Allowed, Denied>) -> Result<&'static str, &'static str> {
    answer.as_ref().map(Allowed::because).map_err(|denied| denied.because)
}

#[test]
fn leave_names_who_what_and_whose() {
    let policies = Policies::embedded();
    each_case(|role, act, ties| {
        let about = child(OWN, ties);
        if let Ok(leave) = policies.may(&asker(role), act, &about) {
            let given =
                (leave.person(), leave.role(), leave.authority(), leave.child(), leave.act());
            assert_eq!(given, ("person-1", role, OWN, "child-1", act));
            assert!(!leave.because().is_empty());
        }
    });
}

/// The whole office is listed to exactly those who may open any child of it; a list of one's own holds
/// only children whom some tie opens.
#[test]
fn a_list_holds_what_its_reader_may_open() {
    let policies = Policies::embedded();
    for role in Role::ALL {
        let opens = |ties: &[Tie]| {
            policies.may(&asker(role), Act::Read(Part::Case), &child(OWN, ties)).is_ok()
        };
        let scope = |act| policies.may_office(&asker(role), act).map(|list| list.scope());
        let office = scope(Act::ListOffice) == Ok(Scope::Office);
        assert_eq!(office, opens(&[]), "{role:?}");
        let own = scope(Act::ListOwn) == Ok(Scope::OwnTies);
        assert_eq!(own, tie_sets().any(|ties| !ties.is_empty() && opens(&ties)), "{role:?}");
        for act in Act::ALL {
            let whole = scope(act) == Ok(Scope::Office);
            assert!(
                !whole || opens(&[]),
                "{role:?} is listed by {} what they may not open",
                act.word()
            );
            assert_ne!(scope(act), Ok(Scope::None), "{role:?} is given an empty {}", act.word());
        }
    }
}

#[test]
fn a_list_is_of_the_askers_own_authority() {
    let policies = Policies::embedded();
    for authority in [OWN, OTHER] {
        let asker = Asker { authority: authority.to_owned(), ..asker(Role::Manager) };
        let list = policies.may_office(&asker, Act::Forecast).unwrap();
        let given = (list.person(), list.role(), list.authority(), list.act());
        assert_eq!(given, ("person-1", Role::Manager, authority, Act::Forecast));
    }
}
