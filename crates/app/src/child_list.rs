//! The list of services that is kept with a child's record: the family keeps it, and those who work
//! with the child may put something there, with their name to it.

use sendero_access::Role;
use sendero_record::{ChildId, Command, Event, ServiceKept};

use crate::{App, CaseFile, Form, Me, Problem};

/// Services on one child's list.
const KEPT_MOST: usize = 60;

/// A change of a child's list.
#[derive(Clone, Copy, Debug)]
pub struct ListChange<'a> {
    /// The service.
    pub service: &'a str,
    /// Whether it is to be on the list.
    pub on: bool,
}

/// Whether somebody may take this off: the family anything, others what the family did not put there.
#[must_use]
pub fn may_take_off(family: bool, kept: &ServiceKept) -> bool {
    family || kept.by.is_some()
}

impl App {
    /// Puts a service on a child's list, or takes it off. Whoever is not of the family is named with it.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not theirs to do or no such service is shown, and
    /// [`Problem::TooMuch`] where the list is full.
    pub async fn change_list(
        &self,
        me: &Me,
        child: &ChildId,
        file: &CaseFile,
        change: ListChange<'_>,
        form: &Form,
    ) -> Result<(), Problem> {
        let ListChange { service, on } = change;
        let family = matches!(me.role, Role::Parent | Role::YoungPerson);
        let by = (!family).then(|| me.name.full());
        let kept = file.record.kept_services();
        let known = kept.iter().find(|(_, one)| one.service == service).map(|(_, one)| *one);
        let event = match known {
            // On the list already, or off it: that is what was asked for.
            Some(_) if on => return Ok(()),
            None if !on => return Ok(()),
            Some(one) if !may_take_off(family, one) => return Err(Problem::NotFound),
            Some(one) => Event::ServiceLetGo(ServiceKept { by, ..one.clone() }),
            None => {
                let offer = self.shown_offer(&me.authority).await?;
                let shown = offer.directory.services.get(service).filter(|one| one.is_shown());
                let name = shown.ok_or(Problem::NotFound)?.name.clone();
                if kept.len() >= KEPT_MOST {
                    return Err(Problem::TooMuch { what: "services", limit: KEPT_MOST as u64 });
                }
                Event::ServiceKept(ServiceKept { service: service.to_owned(), name, by })
            }
        };
        let today = file.now.today;
        let command = Command::Record { event, on: today, known_on: today };
        self.act(me, child, &command, form).await.map(drop)
    }
}
