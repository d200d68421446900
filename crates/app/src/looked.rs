//! Who has looked: the traces of a child, as the family sees them.

use sendero_access::Part;
use sendero_record::ChildId;

use crate::now::london;
use crate::people::read_name;
use crate::{App, Me, Now, Problem};

/// One look, by one person in one hour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// When.
    pub at: Now,
    /// The person's name.
    pub name: String,
    /// Their role.
    pub role: String,
    /// Of an adviser, what they are.
    pub profession: String,
    /// What they read or did, in the word of `access`.
    pub part: String,
    /// What for.
    pub purpose: String,
    /// Whether it was the reader.
    pub own: bool,
}

/// Looks shown at most.
const LOOKS_MAX: u32 = 500;

impl App {
    /// Who has looked at this child's record, newest first.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the record is not theirs to read.
    pub async fn who_looked(&self, me: &Me, child: &ChildId) -> Result<Vec<Look>, Problem> {
        let now = self.now();
        let act = sendero_access::Act::Read(Part::WhoLooked);
        let (allowed, _) = self.allowed(&me.asker(), act, child, &now).await?;
        let rows = self.store.traces(allowed.authority(), allowed.child(), LOOKS_MAX).await?;
        let mut looks = Vec::with_capacity(rows.len());
        let mut people = std::collections::BTreeMap::new();
        for row in rows {
            if !people.contains_key(&row.person) {
                let person = self.store.person(&row.person).await?;
                people.insert(row.person.clone(), person);
            }
            let person = people.get(&row.person).and_then(Option::as_ref);
            looks.push(Look {
                at: london(&row.at),
                name: person.map(|person| read_name(&person.name).full()).unwrap_or_default(),
                profession: person
                    .and_then(|person| person.body.split_once('|'))
                    .map(|(_, profession)| profession.to_owned())
                    .unwrap_or_default(),
                own: row.person == me.id.as_str(),
                role: row.role,
                part: row.part,
                purpose: row.purpose,
            });
        }
        Ok(looks)
    }
}
