//! Writing cases down as columns. Pure: the bytes are the caller's to put somewhere.

use std::collections::{BTreeMap, HashMap};

use super::columns::{CLOSURE, CORRECTION, Class, ColumnsFault, Head, MAGIC, NO_DAY, TERM};
use crate::day::Day;
use crate::fact::{Case, Fact, Value};
use crate::rulebook::Rulebook;

/// Cases on their way into columns.
#[derive(Debug)]
pub struct ColumnsWriter<'b> {
    book: &'b Rulebook,
    head: Head,
    /// By kind: the class of each set of fields.
    known: Vec<HashMap<BTreeMap<String, Value>, u32>>,
    authority: Vec<u16>,
    born: Vec<i32>,
    first_event: Vec<u32>,
    first_aside: Vec<u32>,
    class: Vec<u32>,
    on: Vec<i32>,
    later: Vec<i16>,
    aside: Vec<[u32; 3]>,
}

impl<'b> ColumnsWriter<'b> {
    /// Nothing yet; the rulebook gives the kinds of fact and their order.
    #[must_use]
    pub fn new(book: &'b Rulebook) -> Self {
        let kinds: Vec<String> = book.kinds().iter().map(|kind| kind.name.clone()).collect();
        Self {
            book,
            known: vec![HashMap::new(); kinds.len()],
            head: Head { kinds, ..Head::default() },
            authority: Vec::new(),
            born: Vec::new(),
            first_event: Vec::new(),
            first_aside: Vec::new(),
            class: Vec::new(),
            on: Vec::new(),
            later: Vec::new(),
            aside: Vec::new(),
        }
    }

    /// Adds a case of an authority. What the law does not read of it, such as the ids of its facts,
    /// is left out.
    ///
    /// # Errors
    /// A fact that the columns cannot hold, or more of them than they can count.
    pub fn case(&mut self, authority: &str, case: &Case) -> Result<(), ColumnsFault> {
        let mut facts = Vec::with_capacity(case.facts.len());
        for fact in &case.facts {
            let kind = self.book.kind_number(&fact.kind);
            let kind = kind.ok_or_else(|| ColumnsFault::Kind(fact.kind.clone()))?;
            facts.push((Day::from(fact.on), kind, fact));
        }
        facts.sort_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
        self.begin(authority, case)?;
        for (on, kind, fact) in &facts {
            let class = self.class_of(*kind, &fact.fields)?;
            let later = on.until(fact.known_on.into());
            let later = i16::try_from(later).map_err(|_| ColumnsFault::Known(fact.id.clone()))?;
            self.class.push(class);
            self.on.push(on.number());
            self.later.push(later);
        }
        self.corrections(&facts);
        Ok(())
    }

    fn begin(&mut self, authority: &str, case: &Case) -> Result<(), ColumnsFault> {
        let authority = self.authority_of(authority)?;
        self.authority.push(authority);
        self.born.push(case.born.map_or(NO_DAY, |born| Day::from(born).number()));
        let place = |at: usize| u32::try_from(at).map_err(|_| ColumnsFault::TooMany("facts"));
        self.first_event.push(place(self.class.len())?);
        self.first_aside.push(place(self.aside.len())?);
        let day = |day| Day::from(day).number().cast_unsigned();
        self.aside.extend(case.closures.iter().map(|one| [CLOSURE, day(one.from), day(one.to)]));
        self.aside.extend(case.terms.iter().map(|one| [TERM, day(one.from), day(one.to)]));
        Ok(())
    }

    fn corrections(&mut self, facts: &[(Day, u16, &Fact)]) {
        for (by, (.., fact)) in (0..).zip(facts) {
            let target = fact
                .supersedes
                .as_ref()
                .and_then(|id| (0..).zip(facts).find(|(_, (.., other))| other.id == *id));
            self.aside.extend(target.map(|(target, _)| [CORRECTION, by, target]));
        }
    }

    fn authority_of(&mut self, name: &str) -> Result<u16, ColumnsFault> {
        // Cases come authority by authority, so the last is looked at first.
        let known = self.head.authorities.iter().rposition(|known| known == name);
        let at = known.unwrap_or(self.head.authorities.len());
        if known.is_none() {
            self.head.authorities.push(name.to_owned());
        }
        u16::try_from(at).map_err(|_| ColumnsFault::TooMany("authorities"))
    }

    fn class_of(
        &mut self,
        kind: u16,
        fields: &BTreeMap<String, Value>,
    ) -> Result<u32, ColumnsFault> {
        let next = self.head.classes.len();
        let Some(known) = self.known.get_mut(usize::from(kind)) else {
            return Err(ColumnsFault::Place("kinds"));
        };
        if let Some(class) = known.get(fields) {
            return Ok(*class);
        }
        let class = u32::try_from(next).map_err(|_| ColumnsFault::TooMany("classes"))?;
        known.insert(fields.clone(), class);
        self.head.classes.push(Class { kind, fields: fields.clone() });
        Ok(class)
    }

    /// Adds the cases of another writer after its own. Several can so be filled side by side.
    ///
    /// # Errors
    /// More of something than the columns can count.
    pub fn append(&mut self, other: &Self) -> Result<(), ColumnsFault> {
        let classes = other.head.classes.iter().map(|one| self.class_of(one.kind, &one.fields));
        let classes: Vec<u32> = classes.collect::<Result<_, _>>()?;
        let names = other.head.authorities.iter().map(|name| self.authority_of(name));
        let names: Vec<u16> = names.collect::<Result<_, _>>()?;
        let moved = |from: &[u32], by: usize| {
            let by = u32::try_from(by).map_err(|_| ColumnsFault::TooMany("facts"));
            by.map(|by| from.iter().map(|at| at.saturating_add(by)).collect::<Vec<_>>())
        };
        self.first_event.extend(moved(&other.first_event, self.class.len())?);
        self.first_aside.extend(moved(&other.first_aside, self.aside.len())?);
        let of = |at: &u16| names.get(usize::from(*at)).copied().unwrap_or_default();
        self.authority.extend(other.authority.iter().map(of));
        let of = |at: &u32| classes.get(*at as usize).copied().unwrap_or_default();
        self.class.extend(other.class.iter().map(of));
        self.born.extend_from_slice(&other.born);
        self.on.extend_from_slice(&other.on);
        self.later.extend_from_slice(&other.later);
        self.aside.extend_from_slice(&other.aside);
        Ok(())
    }

    /// How many facts there are so far.
    #[must_use]
    pub const fn events(&self) -> usize {
        self.class.len()
    }

    /// The file.
    ///
    /// # Errors
    /// More of something than the columns can count.
    pub fn bytes(mut self) -> Result<Vec<u8>, ColumnsFault> {
        let count = |at: usize, what| u32::try_from(at).map_err(|_| ColumnsFault::TooMany(what));
        self.head.cases = count(self.authority.len(), "cases")?;
        self.head.events = count(self.class.len(), "facts")?;
        self.head.asides = count(self.aside.len(), "asides")?;
        self.first_event.push(self.head.events);
        self.first_aside.push(self.head.asides);
        let head = serde_json::to_vec(&self.head)
            .map_err(|error| ColumnsFault::Head(error.to_string()))?;
        let mut bytes = Vec::with_capacity(
            16 + head.len()
                + 14 * self.authority.len()
                + 10 * self.class.len()
                + 12 * self.aside.len()
                + 8,
        );
        bytes.extend(MAGIC);
        bytes.extend((head.len() as u64).to_le_bytes());
        bytes.extend(head);
        bytes.extend(self.authority.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.born.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.first_event.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.first_aside.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.class.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.on.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.later.iter().flat_map(|one| one.to_le_bytes()));
        bytes.extend(self.aside.iter().flatten().flat_map(|one| one.to_le_bytes()));
        Ok(bytes)
    }
}
