//! Finding a service with a family's own words. The words are understood first (concepts, age,
//! place, misspellings), then looked up in an index held in memory, and what was wanted counts for
//! more than what somebody has. There is always something to go on with.

mod danger;
mod entry;
mod index;
mod keep;
mod lexicon;
mod places;
mod sound;
mod spell;
mod understand;
mod words;

use std::sync::Arc;

pub use entry::{Narrow, When};
pub use index::{Found, Hit};
pub use lexicon::{Concept, ConceptKind, Lexicon, LexiconError};
pub(crate) use places::whole_postcode;
pub use places::{Place, Point, miles_between};
pub use understand::{Meant, Understood, WORDS_MOST};

use crate::model::{Directory, Location};
use index::Index;
use keep::Common;
use places::Places;
use spell::Spelling;

/// Why a directory cannot be searched.
#[derive(Debug, thiserror::Error)]
#[error("the index of services cannot be used: {0}")]
pub struct SearchError(String);

impl From<tantivy::TantivyError> for SearchError {
    fn from(error: tantivy::TantivyError) -> Self {
        Self(error.to_string())
    }
}

/// A directory made ready to be searched.
pub struct Finder {
    lexicon: Arc<Lexicon>,
    spelling: Spelling,
    places: Places,
    common: Common,
    index: Index,
}

impl Finder {
    /// Reads a directory. Services that are not shown are left out.
    ///
    /// # Errors
    /// Where the index cannot be made, for want of memory.
    pub fn of(directory: &Directory, lexicon: Arc<Lexicon>) -> Result<Self, SearchError> {
        let mut spelling = Spelling::default();
        for word in &lexicon.written {
            spelling.add(word, 3);
        }
        for word in &lexicon.right {
            spelling.add(word, 0);
        }
        let places = Places::of(directory);
        let index = Index::of(directory, &lexicon, &places, &mut spelling)?;
        spelling.finish(&lexicon);
        let common = Common::of(directory, &lexicon);
        Ok(Self { places, lexicon, spelling, common, index })
    }

    /// What somebody's words mean here.
    #[must_use]
    pub fn understand(&self, words: &str) -> Understood {
        understand::understand(&self.lexicon, &self.spelling, &self.places, words)
    }

    /// What may be kept of somebody's words when they are counted: the concepts that they mean, and
    /// common words. No name, place, age or number is among them. '' where nothing may.
    #[must_use]
    pub fn keepable(&self, understood: &Understood) -> String {
        self.common.of_search(understood)
    }

    /// Where a postcode is, as far as this directory knows.
    #[must_use]
    pub fn postcode(&self, code: &str) -> Option<Point> {
        self.places.postcode(code)
    }

    /// Where a place is: as it says itself, or as far as its postcode says it.
    #[must_use]
    pub fn point_of(&self, location: &Location) -> Option<Point> {
        self.places.point_of(location)
    }

    /// Services for what was understood, best first; at most `most` of them.
    ///
    /// # Errors
    /// Where the index fails.
    pub fn find(
        &self,
        understood: &Understood,
        narrow: &Narrow,
        most: usize,
    ) -> Result<Found, SearchError> {
        self.index.find(&self.lexicon, understood, narrow, most)
    }
}

impl std::fmt::Debug for Finder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Finder").finish_non_exhaustive()
    }
}
