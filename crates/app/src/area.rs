//! An area and whom its families can reach: what notices and page footers say of it.

use sendero_store::{AreaRow, Commit};
use serde::{Deserialize, Serialize};

use crate::{App, Problem};

/// An area's own particulars. Notices cannot be sent without those that the law asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AreaDetail {
    /// Code of the authority.
    #[serde(skip)]
    pub code: String,
    /// Short name ("Aldermere").
    #[serde(skip)]
    pub name: String,
    /// Three letters that its references begin with.
    pub letters: String,
    /// Whether it is made up, for a demonstration.
    pub pretend: bool,
    /// Telephone number of the SEND team.
    pub phone: String,
    /// When somebody answers it.
    pub hours: String,
    /// The free advice service that is not the authority's.
    pub advice: String,
    /// Its telephone number.
    pub advice_phone: String,
    /// The mediation adviser: name and how to reach them.
    pub mediation: String,
    /// The disagreement resolution service: name and how to reach it.
    pub disagreement: String,
    /// Where schools and colleges that can be asked for are listed.
    pub institutions: String,
    /// Where this service is reached, for links in messages ("https://send.example").
    pub address: String,
    /// Codes of areas whose services families here are shown too, where an entry says of itself that it
    /// is for them. Left out, none.
    #[serde(default)]
    pub borders: Vec<String>,
}

impl AreaDetail {
    /// The name under which this area is asked for, with its port if it has one: "send.example".
    #[must_use]
    pub fn host(&self) -> &str {
        let rest = self.address.split_once("://").map_or(self.address.as_str(), |(_, rest)| rest);
        rest.split('/').next().unwrap_or_default()
    }

    fn of(row: AreaRow) -> Result<Self, Problem> {
        let detail: Self = serde_json::from_str(&row.detail)
            .map_err(|_| Problem::Broken("the area's particulars cannot be read".to_owned()))?;
        Ok(Self { code: row.authority, name: row.name, ..detail })
    }
}

impl App {
    /// The areas served here, by code.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn areas(&self) -> Result<Vec<AreaDetail>, Problem> {
        self.store.areas().await?.into_iter().map(AreaDetail::of).collect()
    }

    /// The area that is asked for under this name; the first one where none has it.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn area_at(&self, host: &str) -> Result<Option<AreaDetail>, Problem> {
        let mut areas = self.areas().await?;
        let named = areas.iter().position(|area| area.host().eq_ignore_ascii_case(host));
        Ok(match named.unwrap_or(0) {
            at if at < areas.len() => Some(areas.swap_remove(at)),
            _ => None,
        })
    }

    /// One area.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is none with this code.
    pub async fn area(&self, code: &str) -> Result<AreaDetail, Problem> {
        let row = self.store.area(code).await?.ok_or(Problem::NotFound)?;
        AreaDetail::of(row)
    }

    /// Codes under which there are standards of an area's own, and which are no area here.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn promised_by_nobody(&self) -> Result<Vec<String>, Problem> {
        let areas = self.areas().await?;
        let known = |code: &String| areas.iter().any(|area| area.code == *code);
        Ok(self.own.keys().filter(|code| !known(code)).cloned().collect())
    }

    /// Opens an area, or changes its particulars. For the command line.
    ///
    /// # Errors
    /// Only where the database fails.
    pub async fn set_area(&self, area: &AreaDetail) -> Result<(), Problem> {
        let detail = serde_json::to_string(area)
            .map_err(|_| Problem::Broken("the area's particulars cannot be written".to_owned()))?;
        let row = AreaRow { authority: area.code.clone(), name: area.name.clone(), detail };
        self.store
            .commit(Commit {
                authority: area.code.clone(),
                at: self.now().at,
                actor: "command-line".to_owned(),
                area: Some(row),
                ..Commit::default()
            })
            .await?;
        Ok(())
    }
}
