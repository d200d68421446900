//! Telling cases, with the words of the rule that decided each.

use sendero_access::{Act, Part, Policies, Role, Tie};

use crate::{OTHER, OWN, asker, child};

const NO_RULE: Result<&str, &str> = Err("no rule permits it");
const ELSEWHERE: Result<&str, &str> = Err("the record belongs to another authority");
const PARENT: Result<&str, &str> = Ok("a parent of this child");
const SELF: Result<&str, &str> = Ok("the young person whose record this is");
const ADVISER: Result<&str, &str> = Ok("asked for advice about this child");
const OFFICER: Result<&str, &str> = Ok("the officer for this child");
const COVER: Result<&str, &str> = Ok("an officer of the child's authority, covering");
const OFFERED: Result<&str, &str> = Ok("the officer whom the case is offered to");
const TAKING_ON: Result<&str, &str> =
    Ok("an officer of the child's authority, taking on a case that nobody has");
const OWN_CHILD: Result<&str, &str> =
    Err("a child of the asker's own family, whom staff rights do not reach");
const MANAGER: Result<&str, &str> = Ok("a manager of the child's authority");

fn check(role: Role, ties: &[Tie], authority: &str, act: Act, expected: Result<&str, &str>) {
    let answer = Policies::embedded().may(&asker(role), act, &child(authority, ties));
    let words = answer.as_ref().map(|leave| leave.because()).map_err(|denied| denied.because);
    assert_eq!(words, expected, "{role:?} {ties:?} {authority} {}", act.word());
}

fn check_office(role: Role, act: Act, expected: Result<&str, &str>) {
    let answer = Policies::embedded().may_office(&asker(role), act);
    let words = answer.as_ref().map(|list| list.because()).map_err(|denied| denied.because);
    assert_eq!(words, expected, "{role:?} {}", act.word());
}

#[test]
fn a_family() {
    let read = |part| Act::Read(part);
    check(Role::Parent, &[Tie::ParentOf], OWN, read(Part::Plan), PARENT);
    check(Role::Parent, &[Tie::ParentOf], OWN, read(Part::WhoLooked), PARENT);
    check(Role::Parent, &[Tie::ParentOf], OWN, Act::Comment, PARENT);
    // Families are asked for advice too (reg 6(1)(a)), and read what they gave.
    check(Role::Parent, &[Tie::ParentOf], OWN, read(Part::OwnAdvice), PARENT);
    check(Role::Parent, &[Tie::ParentOf], OWN, read(Part::DraftWork), NO_RULE);
    check(Role::Parent, &[Tie::ParentOf], OWN, read(Part::Notes), NO_RULE);
    check(Role::Parent, &[Tie::ParentOf], OWN, Act::Decide, NO_RULE);
    check(Role::Parent, &[], OWN, read(Part::Case), NO_RULE);
    check(Role::Parent, &[Tie::ParentOf], OTHER, read(Part::Case), ELSEWHERE);
    check(Role::YoungPerson, &[Tie::YoungPersonSelf], OWN, read(Part::Advice), SELF);
    check(Role::YoungPerson, &[Tie::YoungPersonSelf], OWN, Act::GiveOwnWords, SELF);
    // A tie opens a record in its own role alone.
    check(Role::YoungPerson, &[Tie::ParentOf], OWN, read(Part::Case), NO_RULE);
    check(Role::Parent, &[Tie::OfficerFor], OWN, read(Part::Case), NO_RULE);
}

#[test]
fn an_adviser() {
    let tied = [Tie::AdviserFor];
    check(Role::Adviser, &tied, OWN, Act::Read(Part::OwnAdvice), ADVISER);
    check(Role::Adviser, &tied, OWN, Act::GiveAdvice, ADVISER);
    check(Role::Adviser, &tied, OWN, Act::GiveOwnWords, ADVISER);
    check(Role::Adviser, &tied, OWN, Act::Message, NO_RULE);
    for part in [Part::Advice, Part::Notes, Part::DraftWork, Part::WhoLooked] {
        check(Role::Adviser, &tied, OWN, Act::Read(part), NO_RULE);
    }
    check(Role::Adviser, &[], OWN, Act::GiveAdvice, NO_RULE);
}

#[test]
fn an_officer() {
    check(Role::Officer, &[Tie::OfficerFor], OWN, Act::SendPlan, OFFICER);
    check(Role::Officer, &[], OWN, Act::SendPlan, COVER);
    check(Role::Officer, &[], OWN, Act::Read(Part::Notes), COVER);
    check(Role::Officer, &[Tie::OfficerFor], OWN, Act::OfferHandover, OFFICER);
    check(Role::Officer, &[], OWN, Act::OfferHandover, NO_RULE);
    check(Role::Officer, &[Tie::OfferedTo], OWN, Act::AnswerHandover, OFFERED);
    check(Role::Officer, &[Tie::OfficerFor], OWN, Act::AnswerHandover, NO_RULE);
    check(Role::Officer, &[Tie::OfficerFor], OWN, Act::Assign, NO_RULE);
    check(Role::Officer, &[], OWN, Act::TakeOn, TAKING_ON);
    check(Role::Officer, &[], OTHER, Act::TakeOn, ELSEWHERE);
    check(Role::Officer, &[Tie::OfficerFor], OTHER, Act::Read(Part::Case), ELSEWHERE);
    check(Role::Officer, &[], OWN, Act::MatchRequest, COVER);
}

#[test]
fn a_manager() {
    check(Role::Manager, &[], OWN, Act::Read(Part::Notes), MANAGER);
    check(Role::Manager, &[], OWN, Act::Assign, MANAGER);
    check(Role::Manager, &[], OWN, Act::TakeOn, NO_RULE);
    check(Role::Manager, &[], OWN, Act::OfferHandover, MANAGER);
    check(Role::Manager, &[], OWN, Act::Decide, MANAGER);
    check(Role::Manager, &[], OTHER, Act::Read(Part::Case), ELSEWHERE);
}

#[test]
fn staff_whose_own_child_it_is() {
    let ties = [Tie::ParentOf, Tie::OfficerFor, Tie::OfferedTo];
    for role in [Role::Officer, Role::Manager] {
        for act in [Act::Read(Part::Case), Act::Read(Part::Notes), Act::Decide, Act::Message] {
            check(role, &ties, OWN, act, OWN_CHILD);
            check(role, &[Tie::YoungPersonSelf], OWN, act, OWN_CHILD);
        }
    }
    check(Role::Officer, &ties, OWN, Act::AnswerHandover, OWN_CHILD);
    check(Role::Officer, &ties, OWN, Act::TakeOn, OWN_CHILD);
    check(Role::Manager, &ties, OWN, Act::Assign, OWN_CHILD);
    // The same person at the family's pages plays the parent.
    check(Role::Parent, &ties, OWN, Act::Read(Part::Plan), PARENT);
    check(Role::Parent, &ties, OWN, Act::Read(Part::Notes), NO_RULE);
}

#[test]
fn the_list_of_services() {
    check(Role::Parent, &[Tie::ParentOf], OWN, Act::KeepList, PARENT);
    check(Role::YoungPerson, &[Tie::YoungPersonSelf], OWN, Act::KeepList, SELF);
    check(Role::Adviser, &[Tie::AdviserFor], OWN, Act::KeepList, ADVISER);
    check(Role::Officer, &[Tie::OfficerFor], OWN, Act::KeepList, OFFICER);
    check(Role::Officer, &[], OWN, Act::KeepList, COVER);
    check(Role::Manager, &[], OWN, Act::KeepList, MANAGER);
    check(Role::Officer, &[Tie::ParentOf], OWN, Act::KeepList, OWN_CHILD);
    check(Role::Officer, &[], OTHER, Act::KeepList, ELSEWHERE);
    for role in [Role::Parent, Role::YoungPerson, Role::Adviser, Role::Provider] {
        check(role, &[], OWN, Act::KeepList, NO_RULE);
    }
}

#[test]
fn the_office() {
    let nothing_here = Err("no rule speaks of this act here");
    check_office(Role::Parent, Act::ListOwn, Ok("a list of the children one is tied to"));
    check_office(Role::Parent, Act::ListOffice, NO_RULE);
    check_office(Role::Officer, Act::ListOffice, Ok("staff of the authority whose list this is"));
    check_office(Role::Officer, Act::Forecast, NO_RULE);
    check_office(Role::Manager, Act::Forecast, Ok("a manager of the authority, looking ahead"));
    let matching = Ok("staff matching a request to a child of the authority");
    check_office(Role::Manager, Act::MatchRequest, matching);
    check_office(Role::Officer, Act::MatchRequest, matching);
    check_office(Role::Adviser, Act::MatchRequest, NO_RULE);
    check_office(Role::Officer, Act::Decide, nothing_here);
    let keeper = Ok("somebody who keeps entries of the Local Offer, for those that are theirs");
    check_office(Role::Provider, Act::KeepEntry, keeper);
    for act in [Act::AgreeEntries, Act::ListOwn, Act::ListOffice, Act::AnswerComments] {
        check_office(Role::Provider, act, NO_RULE);
    }
    for role in [Role::Parent, Role::YoungPerson, Role::Adviser] {
        check_office(role, Act::KeepEntry, NO_RULE);
        check_office(role, Act::AgreeEntries, NO_RULE);
    }
    check_office(Role::Officer, Act::KeepEntry, NO_RULE);
    let terms = Ok("a manager of the authority, entering the school terms of its area");
    check_office(Role::Manager, Act::KeepTerms, terms);
    for role in [Role::Officer, Role::Provider, Role::Parent, Role::Adviser] {
        check_office(role, Act::KeepTerms, NO_RULE);
    }
    check(Role::Manager, &[], OWN, Act::Forecast, nothing_here);
}
