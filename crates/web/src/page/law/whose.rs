//! Whose own standards and school terms stand with the law: those of the area whose pages these are, or
//! of the one that the address names. They stand beside the law and never in its place.

use std::collections::BTreeMap;

use sendero_app::house::law::Duty;
use sendero_app::{AreaDetail, AreaLaw};

use super::row_of;
use crate::server::Web;
use crate::session::Visitor;
use crate::stop::Stop;
use crate::view::Link;
use crate::view::public::{Areas, DutyRow};

/// The law as it stands for somebody who lives in an area.
pub(crate) struct Here {
    pub(crate) law: AreaLaw,
    pub(crate) area: AreaDetail,
    /// Whether the address has to name it.
    named: bool,
    /// All areas of the server, where there are several.
    all: Vec<AreaDetail>,
}

/// The area that was asked for by its code; the visitor's own where none was.
///
/// # Errors
/// `NotFound` for a code that is no area's here.
pub(crate) async fn here(
    web: &Web,
    visitor: &Visitor,
    asked: &BTreeMap<String, String>,
) -> Result<Here, Stop> {
    let code = asked.get("area").map(|code| code.trim()).filter(|code| !code.is_empty());
    let area = match code {
        Some(code) => web.app.area(code).await?,
        None => visitor.area.clone(),
    };
    let all = web.app.areas().await?;
    Ok(Here {
        law: web.app.law_of(&area.code).await?,
        named: area.code != visitor.area.code,
        area,
        all: if all.len() > 1 { all } else { Vec::new() },
    })
}

impl Here {
    /// This address, for the same area.
    pub(crate) fn at(&self, address: &str) -> String {
        let bare = address.trim_end_matches('?');
        if !self.named {
            return bare.to_owned();
        }
        let sign = if bare.contains('?') { '&' } else { '?' };
        format!("{bare}{sign}area={}", self.area.code)
    }

    /// The other areas, each with this page; `more` ends its address.
    pub(crate) fn areas(&self, address: &str, more: &str) -> Areas {
        let others = self.all.iter().filter(|area| area.code != self.area.code);
        let link = |area: &AreaDetail| Link {
            href: format!("{address}?area={}{more}", area.code),
            text: area.name.clone(),
        };
        Areas { name: self.area.name.clone(), others: others.map(link).collect() }
    }

    /// The areas to choose from, by code and name; none where the server has one.
    pub(crate) fn choices(&self) -> Vec<(&str, &str)> {
        self.all.iter().map(|area| (area.code.as_str(), area.name.as_str())).collect()
    }

    /// A duty as a line of a list.
    pub(crate) fn row(&self, duty: &Duty) -> DutyRow {
        let row = row_of(self.law.rulebook, duty);
        DutyRow { href: self.at(&row.href), ..row }
    }
}
