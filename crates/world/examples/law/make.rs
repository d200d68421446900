//! The nation: several areas at once, a thread a core.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use sendero_law::Rulebook;
use sendero_law::batch::{ColumnsFault, ColumnsWriter};
use sendero_world::{AreaColumns, Setup, columns, one_of};

use crate::Outcome;

type Area<'b> = Result<AreaColumns<'b>, ColumnsFault>;

/// Makes the areas and writes the file.
pub(crate) fn make(whole: &Setup, areas: u32, file: &Path) -> Outcome<()> {
    let rulebook = Rulebook::embedded();
    let made: Vec<Mutex<Option<Area<'_>>>> = (0..areas).map(|_| Mutex::new(None)).collect();
    let next = AtomicU32::new(0);
    let at_once = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..at_once {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(place) = made.get(number as usize) else { break };
                    let area = columns(&one_of(whole, areas, number), number, rulebook);
                    if let Ok(mut place) = place.lock() {
                        *place = Some(area);
                    }
                }
            });
        }
    });
    let mut all = ColumnsWriter::new(rulebook);
    let (mut refused, mut events) = (0, 0);
    for area in made {
        let area = area.into_inner().ok().flatten().ok_or("an area was not made")??;
        all.append(&area.columns)?;
        refused += area.refused;
        events += area.events;
    }
    let about = format!(
        "Their records hold {events} events, of which {} are facts of law; the record refused \
         {refused} acts, which were therefore not done.",
        all.events()
    );
    println!("{about}");
    std::fs::write(file.with_extension("about"), about)?;
    std::fs::write(file, all.bytes()?)?;
    Ok(())
}
