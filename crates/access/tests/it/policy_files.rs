//! The two files themselves: well formed, strictly fitting each other, each rule with an id and words of its
//! own, and each list rule with a scope.

use std::collections::BTreeSet;

use cedar_policy::{Effect, PolicySet, Schema, ValidationMode, Validator};
use sendero_access::{Policies, Scope};

const POLICIES: &str = include_str!("../../policies/record.cedar");
const SCHEMA: &str = include_str!("../../policies/record.cedarschema");

fn findings(schema: &str, policies: &str) -> Vec<String> {
    let (schema, warnings) = Schema::from_cedarschema_str(schema).unwrap();
    let mut found: Vec<String> = warnings.map(|warning| warning.to_string()).collect();
    let policies: PolicySet = policies.parse().unwrap();
    let result = Validator::new(schema).validate(&policies, ValidationMode::Strict);
    found.extend(result.validation_errors().map(ToString::to_string));
    found.extend(result.validation_warnings().map(ToString::to_string));
    found
}

#[test]
fn the_embedded_policies_are_sound() {
    if let Err(fault) = Policies::embedded().check() {
        panic!("{fault}");
    }
}

#[test]
fn the_policies_fit_the_schema_strictly() {
    assert_eq!(findings(SCHEMA, POLICIES), Vec::<String>::new());
}

/// The strict check is worth having only if it finds the slips that would silently change who sees what.
#[test]
fn the_strict_check_finds_a_slip() {
    for (right, wrong) in [
        ("Role::\"parent\"", "Role::\"parents\""),
        ("Tie::\"parent-of\"", "Tie::\"parent\""),
        ("Action::\"read-plan\"", "Action::\"read-plans\""),
        ("principal.authority == resource.authority", "principal.authority == resource.office"),
        ("context.ties", "context.tie"),
    ] {
        let slipped = POLICIES.replacen(right, wrong, 1);
        assert_ne!(slipped, POLICIES, "{right} is not in the policies");
        assert_ne!(findings(SCHEMA, &slipped), Vec::<String>::new(), "{wrong} went unseen");
    }
}

#[test]
fn every_rule_has_an_id_and_words_of_its_own() {
    let policies: PolicySet = POLICIES.parse().unwrap();
    let count = policies.policies().count();
    for key in ["id", "because"] {
        let values: BTreeSet<&str> =
            policies.policies().map(|policy| policy.annotation(key).unwrap()).collect();
        assert_eq!(values.len(), count, "two rules have one {key}");
    }
}

#[test]
fn the_first_rules_forbid_another_authority_and_ones_own_child() {
    let first = POLICIES.find("@id(").unwrap();
    assert!(POLICIES[first..].starts_with("@id(\"another-authority\")"));
    let policies: PolicySet = POLICIES.parse().unwrap();
    let mut forbids: Vec<&str> = policies
        .policies()
        .filter(|policy| policy.effect() == Effect::Forbid)
        .map(|policy| policy.annotation("id").unwrap())
        .collect();
    forbids.sort_unstable();
    assert_eq!(forbids, ["another-authority", "own-child"]);
}

#[test]
fn a_rule_about_the_office_names_its_scope_and_no_other_rule_does() {
    let policies: PolicySet = POLICIES.parse().unwrap();
    for policy in policies.policies() {
        let office = policy.to_string().contains("resource is Office");
        let scope = policy.annotation("scope").and_then(Scope::from_word);
        let named = matches!(scope, Some(Scope::OwnTies | Scope::Office));
        assert_eq!(named, office, "{policy}");
    }
}
