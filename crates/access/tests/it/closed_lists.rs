//! The closed lists, the schema and the policies name the same things, and nothing on a list is dead.

use std::collections::BTreeSet;

use cedar_policy::{EntityUid, Schema};
use sendero_access::{Act, Part, Policies, Purpose, Role, Scope, Tie, for_purpose};

use crate::{OWN, asker, child, tie_sets};

fn schema() -> Schema {
    include_str!("../../policies/record.cedarschema").parse().unwrap()
}

fn name(uid: &EntityUid) -> String {
    uid.id().unescaped().to_owned()
}

#[test]
fn the_schema_has_every_act_and_no_other() {
    let schema = schema();
    let groups: BTreeSet<String> = schema.action_groups().map(name).collect();
    assert_eq!(groups, BTreeSet::from(["casework".to_owned(), "read".to_owned()]));

    let known: BTreeSet<String> =
        schema.actions().map(name).filter(|action| !groups.contains(action)).collect();
    let acts: BTreeSet<String> = Act::ALL.iter().map(|act| act.word().to_owned()).collect();
    assert_eq!(known, acts);
    assert_eq!(acts.len(), Act::ALL.len(), "an act is listed twice");
}

#[test]
fn every_part_can_be_asked_for() {
    for part in Part::ALL {
        assert_eq!(Act::Read(part).word(), format!("read-{}", part.word()));
        assert!(Act::ALL.contains(&Act::Read(part)), "{part:?}");
    }
}

#[test]
fn words_come_back_as_what_they_were() {
    fn check<T: Copy + PartialEq + std::fmt::Debug>(
        all: &[T],
        word: impl Fn(T) -> &'static str,
        from_word: impl Fn(&str) -> Option<T>,
    ) {
        for value in all {
            assert_eq!(from_word(word(*value)), Some(*value));
        }
        for stranger in ["", "Parent", "read-", "list", "administrator"] {
            assert_eq!(from_word(stranger), None, "{stranger}");
        }
    }
    check(&Role::ALL, Role::word, Role::from_word);
    check(&Tie::ALL, Tie::word, Tie::from_word);
    check(&Part::ALL, Part::word, Part::from_word);
    check(&Act::ALL, Act::word, Act::from_word);
    check(&Scope::ALL, Scope::word, Scope::from_word);
    check(&Purpose::ALL, Purpose::word, Purpose::from_word);
}

#[test]
fn every_act_is_open_to_someone() {
    let policies = Policies::embedded();
    for act in Act::ALL {
        let by_someone = Role::ALL.into_iter().any(|role| {
            policies.may_office(&asker(role), act).is_ok()
                || tie_sets()
                    .any(|ties| policies.may(&asker(role), act, &child(OWN, &ties)).is_ok())
        });
        assert!(by_someone, "{} is open to nobody", act.word());
    }
}

#[test]
fn an_act_of_the_office_is_never_asked_of_a_child() {
    let schema = schema();
    for act in Act::ALL {
        let action: EntityUid = format!("Action::\"{}\"", act.word()).parse().unwrap();
        let about: BTreeSet<String> =
            schema.resources_for_action(&action).unwrap().map(ToString::to_string).collect();
        assert_eq!(act.is_of_office(), !about.contains("Child"), "{}", act.word());
    }
}

#[test]
fn a_purpose_carries_its_words_and_its_authority() {
    let mut words = BTreeSet::new();
    for purpose in Purpose::ALL {
        let leave = for_purpose(purpose, OWN);
        assert_eq!((leave.purpose(), leave.authority()), (purpose, OWN));
        words.insert(leave.because());
    }
    assert_eq!(words.len(), Purpose::ALL.len(), "two purposes have one reason");
}
