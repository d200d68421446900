//! What staff see and do, in modules that mirror the addresses. Here is what they share: opening a
//! case for a member of staff, its head, and the frame.

mod call;
mod claim;
mod desk;
mod entry;
mod new_child;
mod plan;
mod record;
mod send;

use axum::Router;
use jiff::civil::Date;
use sendero_app::house::access::{Part, Role};
use sendero_app::house::record::ChildId;
use sendero_app::{CaseFile, Me, Problem};

use crate::draw::{area_of, staff_kind};
use crate::server::Web;
use crate::session::Visitor;
use crate::stop::Stop;
use crate::view::{Frame, Tab};

/// Every staff page's routes.
pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .merge(plan::routes())
        .merge(send::routes())
        .merge(claim::routes())
        .merge(record::routes())
        .merge(entry::routes())
        .merge(call::routes())
        .merge(new_child::routes())
}

/// An open case with who is looking.
pub(crate) struct Open<'a> {
    pub(crate) me: &'a Me,
    pub(crate) child: ChildId,
    pub(crate) file: CaseFile,
    /// Where the case's pages start: `/case/ALD260904171K`.
    pub(crate) base: String,
}

/// Opens a case for a member of staff, with a trace that names the part.
pub(crate) async fn open<'a>(
    web: &Web,
    visitor: &'a Visitor,
    reference: &str,
    part: Part,
) -> Result<Open<'a>, Stop> {
    let me = visitor.me()?;
    // A family has pages of its own, whatever parts of the record it may read.
    if !matches!(me.role, Role::Officer | Role::Manager) {
        return Err(Problem::NotFound.into());
    }
    let child = web.app.child_by_reference(me, reference).await?;
    let file = web.app.open(me, &child, part, "").await?;
    let base = file
        .record
        .registered()
        .map(|child| format!("/case/{}", child.reference.as_str()))
        .unwrap_or_default();
    Ok(Open { me, child, file, base })
}

/// The staff frame with one part of the menu marked.
pub(crate) fn frame(web: &Web, visitor: &Visitor, tab: Tab) -> Frame {
    Frame { area: area_of(visitor), kind: staff_kind(&web.app, visitor, None, None), tab }
}

/// Age in whole years on a day.
pub(crate) fn age(born: Option<Date>, today: Date) -> Option<u32> {
    let born = born?;
    let before = (today.month(), today.day()) < (born.month(), born.day());
    u32::try_from(today.year() - born.year() - i16::from(before)).ok()
}
