//! Lists of children: a person's own, all of the office's, and those found by name or reference.

use std::collections::BTreeSet;

use sendero_access::{Act, Role, Tie};
use sendero_record::Name;
use sendero_store::ChildRow;

use super::NamedChild;
use crate::{App, Me, Now, Problem};

/// The children of a member of staff's own family, whom no list of the office names to them and no
/// count of it holds.
#[derive(Default)]
pub(crate) struct OwnFamily(BTreeSet<String>);

impl OwnFamily {
    /// Whether this child is of their family.
    pub(crate) fn has(&self, child: &str) -> bool {
        self.0.contains(child)
    }

    /// The children of these rows who are not.
    pub(crate) fn others(&self, rows: Vec<ChildRow>) -> Vec<NamedChild> {
        rows.into_iter().filter(|row| !self.has(&row.child)).map(NamedChild::of).collect()
    }

    /// Their ids, for a question that leaves them out.
    pub(crate) fn ids(&self) -> Vec<String> {
        self.0.iter().cloned().collect()
    }
}

impl App {
    /// The children whom staff rights do not reach, since they are of this person's own family: no
    /// list of the office names them to this reader.
    pub(crate) async fn own_family(&self, me: &Me, now: &Now) -> Result<OwnFamily, Problem> {
        if !matches!(me.role, Role::Officer | Role::Manager) {
            return Ok(OwnFamily::default());
        }
        let today = now.today.to_string();
        let family = [Tie::ParentOf.word(), Tie::YoungPersonSelf.word()];
        let own = self.store.tied_as(&me.authority, me.id.as_str(), family, &today).await?;
        Ok(OwnFamily(own.into_iter().collect()))
    }

    /// The office's children by name, a page from the one at `first`, and how many there are.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody but a manager.
    pub async fn office_children(
        &self,
        me: &Me,
        first: u32,
        limit: u32,
    ) -> Result<(Vec<NamedChild>, usize), Problem> {
        self.may_in_office(me, Act::Forecast)?;
        let now = self.now();
        self.trace(me, &now, "", "office-children", "", "").await?;
        let (rows, total) = self.store.children_by_name(&me.authority, first, limit).await?;
        let own = self.own_family(me, &now).await?;
        Ok((own.others(rows), usize::try_from(total).unwrap_or_default()))
    }

    /// The children of this person: a family's own, an officer's caseload, an adviser's.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn my_children(&self, me: &Me) -> Result<Vec<NamedChild>, Problem> {
        let now = self.now();
        self.may_in_office(me, Act::ListOwn)?;
        self.trace(me, &now, "", "my-children", "", "").await?;
        let today = now.today.to_string();
        let rows = self.store.children_of(&me.authority, me.id.as_str(), &today).await?;
        Ok(self.own_family(me, &now).await?.others(rows))
    }

    /// Children found by name or reference, for staff of the office.
    ///
    /// # Errors
    /// [`Problem::NotFound`] for anybody else.
    pub async fn find(&self, me: &Me, words: &str) -> Result<Vec<NamedChild>, Problem> {
        self.may_list_office(me)?;
        let now = self.now();
        let own = self.own_family(me, &now).await?;
        let words: String = words.trim().chars().take(100).collect();
        self.trace(me, &now, "", "find", "", &words.to_lowercase()).await?;
        if let Ok(reference) = words.parse::<sendero_record::Reference>() {
            let rows = self.store.find(&me.authority, reference.as_str(), 5).await?;
            return Ok(own.others(rows));
        }
        let mut found = Vec::new();
        for key in name_keys(&words) {
            for child in own.others(self.store.find(&me.authority, &key, 50).await?) {
                if !found.contains(&child) {
                    found.push(child);
                }
            }
        }
        found.truncate(50);
        Ok(found)
    }
}

/// The keys by which a typed name may be found: as typed, and family name first.
fn name_keys(words: &str) -> Vec<String> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let mut keys = vec![Name::new("", words).key()];
    if let [given @ .., family] = parts.as_slice()
        && !given.is_empty()
    {
        keys.push(Name::new(&given.join(" "), family).key());
    }
    keys.into_iter().map(|key| key.trim().to_owned()).filter(|key| !key.is_empty()).collect()
}
