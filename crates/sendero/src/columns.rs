//! `sendero simulate --columns`: pretend areas as a file of columns, for asking the law about a whole
//! nation at once. Nothing is stored, authorised or sent, which is why a nation takes minutes and not days.

use std::path::Path;

use sendero_law::Rulebook;
use sendero_law::batch::ColumnsWriter;
use sendero_world::Setup;

use crate::outcome::Failure;

/// Makes so many areas, in which the children of the setup are spread, and writes the file.
pub(crate) fn write(whole: &Setup, areas: u32, file: &Path) -> Result<(), Failure> {
    let cannot = |why: &dyn std::fmt::Display| Failure::Ours(format!("cannot make columns: {why}"));
    let rulebook = Rulebook::embedded();
    let mut all = ColumnsWriter::new(rulebook);
    for number in 0..areas {
        let setup = sendero_world::one_of(whole, areas, number);
        let area = sendero_world::columns(&setup, number, rulebook).map_err(|why| cannot(&why))?;
        all.append(&area.columns).map_err(|why| cannot(&why))?;
    }
    let bytes = all.bytes().map_err(|why| cannot(&why))?;
    std::fs::write(file, bytes)
        .map_err(|error| Failure::Given(format!("cannot write {}: {error}", file.display())))
}
