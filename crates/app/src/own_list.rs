//! A family's saved list, sent to the address that they type. The words are ours alone, nothing of it
//! is kept once it has gone, and few can be sent: nobody can write to others through us.

use sendero_offer::{Directory, Service};
use sendero_store::Commit;

use crate::letters::fill;
use crate::now::token_hash;
use crate::people::email_key;
use crate::{App, FieldFault, Problem};

/// The kind of these messages, which are let go once they have gone.
pub(crate) const OWN_LIST: &str = "own-list";
/// Services in one list.
const SERVICES_MOST: usize = 60;
/// Lists to one address within a quarter of an hour.
const TO_ONE_MOST: usize = 2;

impl App {
    /// Sends a list of services to an address. `place` is where the request came from.
    ///
    /// # Errors
    /// Where it is no address, nothing is on the list, or too many were sent.
    pub async fn send_list(
        &self,
        authority: &str,
        ids: &[String],
        email: &str,
        place: &str,
    ) -> Result<(), Problem> {
        let email = email_key(email);
        let fault = |fault| Problem::Invalid(vec![FieldFault::of("email", fault)]);
        let two = email.split_once('@');
        let is_address =
            two.is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'));
        let plain =
            !email.chars().any(|c| c.is_whitespace() || c.is_control() || ",;<>".contains(c));
        if !is_address || !plain || email.len() > 254 {
            return Err(fault("not-an-address"));
        }
        let area = self.area(authority).await?;
        let offer = self.shown_offer(authority).await?;
        let services = ids
            .iter()
            .take(SERVICES_MOST)
            .filter_map(|id| offer.directory.services.get(id).filter(|service| service.is_shown()));
        let lines: String =
            services.map(|service| told(&offer.directory, service, &area.address)).collect();
        if lines.is_empty() {
            return Err(fault("list-empty"));
        }
        // What is counted is a hash: the address itself stands in the message alone.
        let (to, from) = (token_hash(&format!("list to {email}")), format!("list from {place}"));
        let seconds = self.clock.seconds();
        if !self.guesses.may_still(&to, seconds, TO_ONE_MOST) || !self.guesses.may(&from, seconds) {
            return Err(Problem::TooMuch { what: "tries", limit: TO_ONE_MOST as u64 });
        }
        self.guesses.wrong(&to, seconds);
        self.guesses.wrong(&from, seconds);
        let address = format!("{}/offer", area.address);
        let pairs = [("area", area.name.as_str()), ("address", &address), ("list", &lines)];
        let (subject, body) = fill(include_str!("../letters/list.txt"), &pairs);
        let now = self.now();
        let commit = Commit {
            authority: authority.to_owned(),
            at: now.at.clone(),
            actor: "anybody".to_owned(),
            messages: vec![self.message(OWN_LIST, &email, &subject, &body, &now)],
            ..Commit::default()
        };
        self.store.commit(commit).await?;
        Ok(())
    }
}

/// One service in a letter: its name, the number, the next step, where it is and its page.
fn told(directory: &Directory, service: &Service, address: &str) -> String {
    let phone = service.phones.first().map(|phone| phone.number.clone());
    let place = directory.locations_of(service).find(|location| !location.secret).map(|location| {
        let lines = [&location.name, &location.street, &location.town, &location.postcode];
        let lines: Vec<&str> =
            lines.into_iter().filter(|line| !line.is_empty()).map(String::as_str).collect();
        lines.join(", ")
    });
    let lines = [
        Some(service.name.clone()),
        phone,
        Some(service.next_step.clone()),
        place,
        Some(format!("{address}/offer/service/{}", service.id)),
    ];
    let lines: Vec<String> = lines.into_iter().flatten().filter(|line| !line.is_empty()).collect();
    format!("{}\n\n", lines.join("\n"))
}
