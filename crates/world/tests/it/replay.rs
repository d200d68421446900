//! Every act is taken by the record itself, under the law that is in force: nothing is refused.

use sendero_law::Rulebook;
use sendero_world::{children, record};

use crate::area;

#[test]
fn no_act_is_refused() {
    let setup = area(250);
    for child in children(&setup) {
        let (made, refused) = record(setup.seed, &child, Rulebook::embedded());
        assert!(refused.is_empty(), "{}: {refused:?}", child.key);
        assert!(made.entries().len() >= child.acts.len(), "{}: an act did nothing", child.key);
    }
}
