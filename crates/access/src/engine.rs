//! Cedar, and the two files that it reads. A question in our words goes in, a ruling in the words of a rule
//! comes out, and whatever goes wrong between is a refusal.

use std::collections::{HashMap, HashSet};
use std::error::Error;

use cedar_policy::{
    Authorizer, CedarSchemaError, Context, Decision, Entities, Entity, EntityId, EntityTypeName,
    EntityUid, ParseErrors, Policy, PolicyId, PolicySet, PolicySetError, Request, Response,
    RestrictedExpression, Schema, ValidationMode, Validator, entities_errors::EntitiesError,
};

use crate::act::Act;
use crate::allowed::Scope;
use crate::asker::{Asker, Tie};

/// The rules, embedded: what is reviewed is what runs.
const POLICIES: &str = include_str!("../policies/record.cedar");
/// The shape of every question that the rules may be asked.
const SCHEMA: &str = include_str!("../policies/record.cedarschema");

/// What a refusal says when no rule spoke for the asker.
const NO_RULE: &str = "no rule permits it";
/// What a refusal says when the schema knows no such question.
const NO_QUESTION: &str = "no rule speaks of this act here";
/// What a refusal says when a rule could not be worked out.
const UNDECIDED: &str = "the rules could not be worked out";

/// Why the embedded policies cannot be used. Everything is then refused.
#[derive(Debug, thiserror::Error)]
pub enum PolicyFault {
    /// The schema is not well formed.
    #[error("the access schema cannot be read")]
    Schema(#[source] Box<CedarSchemaError>),
    /// The schema's acts cannot be drawn from it.
    #[error("the acts of the access schema cannot be read")]
    Acts(#[source] Box<EntitiesError>),
    /// The policies are not well formed.
    #[error("the access policies cannot be read")]
    Policies(#[source] Box<ParseErrors>),
    /// Two policies have one id.
    #[error("the access policies cannot be put together")]
    Set(#[source] Box<PolicySetError>),
    /// The policies do not fit the schema; the finding of the strict check, in Cedar's words.
    #[error("the access policies do not fit their schema: {0}")]
    Unfit(String),
    /// A policy lacks the id or the words that a trace needs, or names an unknown scope.
    #[error("access policy {0} needs an @id and a @because of its own, and a @scope from the list")]
    Wordless(String),
    /// A policy names one person, child, office or authority: rules are for roles and ties.
    #[error("access policy {0} names {1}: a rule may not single anyone out")]
    Singles(String, String),
}

/// The answer to a question, in the words of the rule that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Ruling {
    pub(crate) allowed: bool,
    pub(crate) because: &'static str,
    pub(crate) scope: Scope,
}

impl Ruling {
    pub(crate) const fn refused(because: &'static str) -> Self {
        Self { allowed: false, because, scope: Scope::None }
    }
}

/// What a question is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum About<'a> {
    Child { child: &'a str, authority: &'a str, ties: &'a [Tie] },
    Office,
}

/// One policy, as a trace needs it.
#[derive(Debug)]
struct Rule {
    id: PolicyId,
    because: &'static str,
    scope: Scope,
}

/// The policies, parsed and found sound.
#[derive(Debug)]
pub(crate) struct Engine {
    authorizer: Authorizer,
    kinds: Kinds,
    schema: Schema,
    /// Every act and the groups that it is in, as the schema has them.
    acts: Entities,
    set: PolicySet,
    /// In the order of the file, so that the first rule that applies gives its words.
    rules: Vec<Rule>,
}

impl Engine {
    /// The engine over the embedded files.
    pub(crate) fn embedded() -> Result<Self, PolicyFault> {
        Self::load(SCHEMA, POLICIES)
    }

    fn load(schema: &str, text: &'static str) -> Result<Self, PolicyFault> {
        let (schema, _) = Schema::from_cedarschema_str(schema)
            .map_err(|error| PolicyFault::Schema(Box::new(error)))?;
        let kinds = Kinds::new().map_err(PolicyFault::Policies)?;
        let parsed: PolicySet =
            text.parse().map_err(|error| PolicyFault::Policies(Box::new(error)))?;

        let mut found = Vec::new();
        let mut set = PolicySet::new();
        for policy in parsed.policies() {
            singles_nobody_out(policy)?;
            let (at, rule) = rule_of(policy, text)?;
            set.add(policy.new_id(rule.id.clone()))
                .map_err(|error| PolicyFault::Set(Box::new(error)))?;
            found.push((at, rule));
        }
        found.sort_by_key(|(at, _)| *at);

        let check = Validator::new(schema.clone()).validate(&set, ValidationMode::Strict);
        if !check.validation_passed_without_warnings() {
            let findings = check.validation_errors().map(ToString::to_string);
            let warnings = check.validation_warnings().map(ToString::to_string);
            let all: Vec<_> = findings.chain(warnings).collect();
            return Err(PolicyFault::Unfit(all.join("; ")));
        }
        let rules = found.into_iter().map(|(_, rule)| rule).collect();
        let acts = schema.action_entities().map_err(|error| PolicyFault::Acts(Box::new(error)))?;
        Ok(Self { authorizer: Authorizer::new(), kinds, schema, acts, set, rules })
    }

    /// Puts one question to Cedar.
    pub(crate) fn decide(&self, asker: &Asker, act: Act, about: About<'_>) -> Ruling {
        let Ok(question) = Question::new(&self.kinds, asker, act, about) else {
            return Ruling::refused(UNDECIDED);
        };
        let Question { principal, action, resource, context, entities } = question;
        let request = Request::new(principal, action, resource, context, Some(&self.schema));
        let Ok(request) = request else { return Ruling::refused(NO_QUESTION) };
        let Ok(entities) = self.acts.clone().add_entities(entities, Some(&self.schema)) else {
            return Ruling::refused(UNDECIDED);
        };
        self.ruling(&self.authorizer.is_authorized(&request, &self.set, &entities))
    }

    fn ruling(&self, response: &Response) -> Ruling {
        // Cedar passes over a rule that fails in the working. It might have been a forbid.
        if response.diagnostics().errors().next().is_some() {
            return Ruling::refused(UNDECIDED);
        }
        let deciding: HashSet<&PolicyId> = response.diagnostics().reason().collect();
        let rule = self.rules.iter().find(|rule| deciding.contains(&rule.id));
        match (response.decision(), rule) {
            (Decision::Allow, Some(rule)) => {
                Ruling { allowed: true, because: rule.because, scope: rule.scope }
            }
            (Decision::Allow, None) => Ruling::refused(UNDECIDED),
            (Decision::Deny, Some(rule)) => Ruling::refused(rule.because),
            (Decision::Deny, None) => Ruling::refused(NO_RULE),
        }
    }
}

/// A rule's words and its place in the file. The words are found again in the text of the file, which lives
/// as long as the program: a trace can then carry them without a copy.
fn rule_of(policy: &Policy, text: &'static str) -> Result<(usize, Rule), PolicyFault> {
    let wordless = || PolicyFault::Wordless(policy.to_string());
    let id = policy.annotation("id").filter(|id| !id.is_empty()).ok_or_else(wordless)?;
    let because = policy.annotation("because").ok_or_else(wordless)?;
    let quoted = format!("@because(\"{because}\")");
    let mut places = text.match_indices(&quoted);
    let (Some((at, found)), None) = (places.next(), places.next()) else { return Err(wordless()) };
    let words = found.strip_prefix("@because(\"").and_then(|rest| rest.strip_suffix("\")"));
    let because = words.filter(|words| !words.is_empty()).ok_or_else(wordless)?;
    let scope = match policy.annotation("scope") {
        Some(word) => Scope::from_word(word).ok_or_else(wordless)?,
        None => Scope::None,
    };
    Ok((at, Rule { id: PolicyId::new(id), because, scope }))
}

/// Rules speak of roles, ties and acts alone, so that an answer may be remembered without its names.
fn singles_nobody_out(policy: &Policy) -> Result<(), PolicyFault> {
    for literal in policy.entity_literals() {
        if !matches!(literal.type_name().to_string().as_str(), "Role" | "Tie" | "Action") {
            return Err(PolicyFault::Singles(policy.to_string(), literal.to_string()));
        }
    }
    Ok(())
}

/// The kinds of thing that the schema knows, parsed once: parsing costs more than deciding.
#[derive(Debug)]
struct Kinds {
    action: EntityTypeName,
    authority: EntityTypeName,
    child: EntityTypeName,
    office: EntityTypeName,
    person: EntityTypeName,
    role: EntityTypeName,
    tie: EntityTypeName,
}

impl Kinds {
    fn new() -> Result<Self, Box<ParseErrors>> {
        Ok(Self {
            action: "Action".parse()?,
            authority: "Authority".parse()?,
            child: "Child".parse()?,
            office: "Office".parse()?,
            person: "Person".parse()?,
            role: "Role".parse()?,
            tie: "Tie".parse()?,
        })
    }
}

/// A question in Cedar's terms.
struct Question {
    principal: EntityUid,
    action: EntityUid,
    resource: EntityUid,
    context: Context,
    entities: [Entity; 2],
}

impl Question {
    fn new(
        kinds: &Kinds,
        asker: &Asker,
        act: Act,
        about: About<'_>,
    ) -> Result<Self, Box<dyn Error>> {
        let (kind, id, authority, ties) = match about {
            About::Child { child, authority, ties } => (&kinds.child, child, authority, ties),
            About::Office => (&kinds.office, &*asker.authority, &*asker.authority, &[][..]),
        };
        let principal = uid(&kinds.person, &asker.person);
        let resource = uid(kind, id);
        let person = [
            ("role", uid(&kinds.role, asker.role.word())),
            ("authority", uid(&kinds.authority, &asker.authority)),
        ];
        let record = [("authority", uid(&kinds.authority, authority))];
        let ties = ties.iter().map(|tie| uid(&kinds.tie, tie.word()));
        let ties = RestrictedExpression::new_set(ties.map(RestrictedExpression::new_entity_uid));
        Ok(Self {
            action: uid(&kinds.action, act.word()),
            context: Context::from_pairs([("ties".to_owned(), ties)])?,
            entities: [entity(&principal, person)?, entity(&resource, record)?],
            principal,
            resource,
        })
    }
}

fn uid(kind: &EntityTypeName, id: &str) -> EntityUid {
    EntityUid::from_type_name_and_id(kind.clone(), EntityId::new(id))
}

fn entity<const N: usize>(
    uid: &EntityUid,
    attributes: [(&str, EntityUid); N],
) -> Result<Entity, Box<dyn Error>> {
    let attributes: HashMap<_, _> = attributes
        .into_iter()
        .map(|(name, value)| (name.to_owned(), RestrictedExpression::new_entity_uid(value)))
        .collect();
    Ok(Entity::new(uid.clone(), attributes, HashSet::new())?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asker::Role;

    /// Loads the files with one slip in them, and tells the fault found.
    fn check(right: &str, wrong: &str, expected: &str) {
        let schema = SCHEMA.replacen(right, wrong, 1);
        let policies = POLICIES.replacen(right, wrong, 1);
        assert!(schema != SCHEMA || policies != POLICIES, "{right} is in neither file");
        let fault = match Engine::load(&schema, policies.leak()) {
            Err(PolicyFault::Schema(_)) => "schema",
            Err(PolicyFault::Acts(_)) => "acts",
            Err(PolicyFault::Policies(_)) => "policies",
            Err(PolicyFault::Set(_)) => "set",
            Err(PolicyFault::Unfit(_)) => "unfit",
            Err(PolicyFault::Wordless(_)) => "wordless",
            Err(PolicyFault::Singles(..)) => "singles",
            Ok(_) => "none",
        };
        assert_eq!(fault, expected, "{right} -> {wrong}");
    }

    #[test]
    fn a_slip_in_the_files_is_a_fault() {
        check("a parent of this child", "the child's parent", "none");
        check("entity Authority;", "entity Authority", "schema");
        check("permit (", "permit ", "policies");
        check("@id(\"parent\")", "@id(\"manager\")", "set");
        check("@id(\"parent\")", "@id(\"\")", "wordless");
        check("@because(\"a parent of this child\")", "", "wordless");
        check("a parent of this child", "asked for advice about this child", "wordless");
        check("@scope(\"office\")", "@scope(\"everyone\")", "wordless");
        check("Role::\"parent\"", "Role::\"parents\"", "unfit");
        check("principal.role == Role::\"parent\"", "principal == Person::\"p1\"", "singles");
    }

    #[test]
    fn a_rule_that_fails_in_the_working_refuses() {
        let engine = Engine::embedded().unwrap();
        let asker = Asker { person: "p".into(), authority: "a".into(), role: Role::Officer };
        let about = About::Child { child: "c", authority: "a", ties: &[] };
        assert!(engine.decide(&asker, Act::Decide, about).allowed);

        // The permits still hold; the forbid cannot be worked out.
        let sum = "principal.authority == resource.authority && 9223372036854775807 + 1 > 0";
        let text = POLICIES.replacen("principal.authority == resource.authority", sum, 1);
        let engine = Engine::load(SCHEMA, text.leak()).unwrap();
        assert_eq!(engine.decide(&asker, Act::Decide, about), Ruling::refused(UNDECIDED));
    }
}
