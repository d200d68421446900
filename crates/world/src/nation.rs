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

/// An area as columns.
#[derive(Debug)]
pub struct AreaColumns<'b> {
    /// The facts of all its children, as their records know them on the last day.
    pub columns: ColumnsWriter<'b>,
    /// How many events the records hold: not all of them are facts of law.
    pub events: usize,
    /// How many acts the record refused, which were therefore not done.
    pub refused: usize,
}

/// Makes an area.
///
/// # Errors
/// More than the columns can hold.
pub fn columns<'b>(
    setup: &Setup,
    number: u32,
    rulebook: &'b Rulebook,
) -> Result<AreaColumns<'b>, ColumnsFault> {
    let mut area = AreaColumns { columns: ColumnsWriter::new(rulebook), events: 0, refused: 0 };
    let name = format!("area-{:03}", number + 1);
    for child in children(setup) {
        let (record, refused) = record(setup.seed, &child, rulebook);
        area.refused += refused.len();
        area.events += record.entries().len();
        area.columns.case(&name, &record.case(setup.today))?;
    }
    Ok(area)
}
