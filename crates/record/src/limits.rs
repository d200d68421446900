//! How much a record holds. Every limit has a name, and a refusal that says it.

/// Letters in one answer, message or set of reasons.
pub const WORDS_LETTERS_MAX: usize = 20_000;
/// Letters in one section of a plan.
pub const SECTION_LETTERS_MAX: usize = 60_000;
/// Letters in a name.
pub const NAME_LETTERS_MAX: usize = 120;
/// Needs with their outcome and provision in one piece of advice.
pub const ADVICE_ITEMS_MAX: usize = 60;
/// Events in one child's stream; a lifetime in the system is a few thousand.
pub const EVENTS_PER_CHILD_MAX: usize = 20_000;
