//! Several areas as columns of facts, for asking the law about all of them at once. The same acts are
//! done as in an area with a database, and the record decides each.

use sendero_law::Rulebook;
use sendero_law::batch::{ColumnsFault, ColumnsWriter};

use crate::replay::record;
use crate::world::{Setup, children};

/// One of several areas over which the children of a setup are spread: a seed of its own, and its
/// share of the children. Areas are numbered from 0.
#[must_use]
pub fn one_of(whole: &Setup, areas: u32, number: u32) -> Setup {
    let areas = areas.max(1);
    let more = u32::from(number < whole.children % areas);
    let seed = whole.seed.wrapping_add(number.into());
    Setup { seed, children: whole.children / areas + more, ..*whole }
}

/// The facts of all children of an area, as its record knows them on the last day; and how many acts
/// the record refused, which were therefore not done.
///
/// # Errors
/// More than the columns can hold.
pub fn columns<'b>(
    setup: &Setup,
    number: u32,
    rulebook: &'b Rulebook,
) -> Result<(ColumnsWriter<'b>, usize), ColumnsFault> {
    let mut columns = ColumnsWriter::new(rulebook);
    let name = format!("area-{:03}", number + 1);
    let mut not_done = 0;
    for child in children(setup) {
        let (record, refused) = record(setup.seed, &child, rulebook);
        not_done += refused.len();
        columns.case(&name, &record.case(setup.today))?;
    }
    Ok((columns, not_done))
}
