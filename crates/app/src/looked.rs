//! Who has looked: the traces of a child, as the family sees them.

use sendero_access::Part;
use sendero_record::ChildId;
use sendero_store::Looked;

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
        Ok(rows
            .into_iter()
            .map(|Looked { trace, name, body }| Look {
                at: london(&trace.at),
                name: read_name(&name).full(),
                profession: body
                    .split_once('|')
                    .map(|(_, profession)| profession.to_owned())
                    .unwrap_or_default(),
                own: trace.person == me.id.as_str(),
                role: trace.role,
                part: trace.part,
                purpose: trace.purpose,
            })
            .collect())
    }
}
