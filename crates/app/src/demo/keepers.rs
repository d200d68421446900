//! Somebody who keeps entries of the made-up Local Offer, with a change that waits for the area.

use sendero_access::Role;
use sendero_offer::keep::fields_of;
use sendero_offer::made_up_id;
use sendero_record::{Name, PersonId};
use sendero_world::{World, WorldRole};

use super::me_of;
use crate::{App, AreaDetail, Form, Me, Problem};

/// Where links to the made-up keeper go.
const KEEPER: &str = "play-leader@quarry-road.example";
/// The entries that they keep.
const KEPT: [&str; 2] = ["talking-time", "stay-and-sign"];

impl App {
    /// Asks the made-up keeper, and lets them change the first of their entries.
    pub(super) async fn add_keeper(&self, world: &World, area: &AreaDetail) -> Result<(), Problem> {
        let manager = world.people.iter().find(|person| matches!(person.role, WorldRole::Manager));
        let Some(manager) = manager else { return Ok(()) };
        let manager = me_of(world, area, manager);
        let form = Form::default();
        for key in KEPT {
            let id = made_up_id(&area.code, key);
            self.ask_keeper(&manager, &id, "the play leader", KEEPER, &form).await?;
        }
        let Some(keeper) = self.demo_keeper().await? else { return Ok(()) };
        let [first, _] = KEPT.map(|key| made_up_id(&area.code, key));
        let entry = self.my_entry(&keeper, &first).await?;
        let mut fields = fields_of(&entry.stands);
        fields.insert("fees".to_owned(), vec!["Free. A cup of tea is 50p.".to_owned()]);
        self.propose_entry(&keeper, &first, &fields, &form).await
    }

    /// The made-up keeper, once they were asked.
    pub(super) async fn demo_keeper(&self) -> Result<Option<Me>, Problem> {
        let row = self.store.person_by_email(KEEPER).await?;
        Ok(row.map(|row| {
            let (id, name) = (PersonId::new(row.id), Name::new("the play leader", ""));
            Me::for_replay(id, row.authority, Role::Provider, name, String::new())
        }))
    }
}
