//! What an import says: what came, what changed, and what was mended or left out.

use sendero_app::Taken;
use sendero_app::house::offer::read::Reader;

use crate::outcome::say;

/// What the reader notes, in a sentence.
const FINDINGS: [(&str, &str); 21] = [
    ("age-below-nought", "Mended: an age below nought, taken as no limit"),
    ("cell-left-out", "Left out: a cell that cannot be read"),
    ("column-not-known", "Left out: a column that the template does not have"),
    ("day-left-out", "Left out: a day of checking that is no date"),
    ("entry-repeated", "Taken once: an entry that came more than once"),
    ("fewer-than-said", "Noted: fewer services came than the feed says that it has"),
    ("front-page-missing", "Noted: the feed has no front page"),
    ("id-made", "Mended: an id that is no UUID was given one, always the same"),
    ("list-missing", "Noted: a list that the standard allows is not there"),
    ("mail-address-left-out", "Left out: an e-mail address that is none"),
    ("not-a-service", "Left out: something that is no service"),
    ("organisation-without-name", "Left out: an organisation without a name"),
    ("page-repeated", "Noted: the feed gave the same page again, and the list ended there"),
    ("service-not-alone", "Noted: a service with no address of its own, taken as its list told it"),
    ("service-without-id", "Left out: a service without an id"),
    ("service-without-name", "Left out: a service without a name"),
    ("status-not-known", "Mended: a status that the standard does not have, taken as active"),
    ("tag-without-term", "Left out: a tag without its term"),
    ("term-not-known", "Left out: a term that our taxonomies do not have"),
    ("term-without-name", "Left out: a term without a name"),
    ("web-address-left-out", "Left out: a web address that leads nowhere"),
];

/// Says what an import came to.
pub(super) fn say_taken(area: &str, reader: &Reader, taken: Taken, dry: bool) {
    let directory = &reader.directory;
    say(&format!(
        "{area}: {} services, {} organisations, {} locations, {} taxonomies.",
        directory.services.len(),
        directory.organisations.len(),
        directory.locations.len(),
        directory.taxonomies.len()
    ));
    let would = if dry { "would be " } else { "" };
    say(&format!(
        "{} {would}new, {} {would}changed, {} the same; {} of this source are no longer in it and stay.",
        taken.new, taken.changed, taken.same, taken.no_longer
    ));
    if taken.kept_here > 0 {
        let many = taken.kept_here;
        say(&format!("{many} are kept here by those who run them, and stay as they stand."));
    }
    for (what, finding) in &reader.findings {
        let said = FINDINGS.iter().find(|(word, _)| word == what).map_or(*what, |(_, said)| *said);
        say(&format!("{said}: {} times, such as {}", finding.count, finding.examples.join("; ")));
    }
}
