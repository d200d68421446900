//! The index in memory and the ranking. Every text is indexed twice: as stems, and as the concepts
//! that its phrases mean, one token each, so that a rare thing weighs more than a common one however
//! many words it has. Several rankings are asked for and laid together by place, not by score.

use std::collections::{BTreeMap, BTreeSet};

use tantivy::collector::{DocSetCollector, TopDocs};
use tantivy::directory::RamDirectory;
use tantivy::indexer::SingleSegmentIndexWriter;
use tantivy::query::{BooleanQuery, BoostQuery, Occur, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument, Term};

use super::SearchError;
use super::entry::{Entry, Narrow};
use super::lexicon::{ConceptKind, Lexicon, Match};
use super::places::Places;
use super::spell::Spelling;
use super::understand::{Meant, Understood};
use super::words::Word;
use crate::model::{Directory, Service};
use crate::terms::term_of;

/// One service that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Its id.
    pub id: String,
    /// How well it fits; the best has the most.
    pub score: f32,
    /// How far away it is, where a place was named that is known.
    pub miles: Option<f64>,
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Found {
    /// Best first.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: usize,
    /// Nothing fitted the words, and these are the nearest: advice, and somebody to ask.
    pub fallback: bool,
    /// Nothing fitted all that was asked for until the age or the distance was let go.
    pub relaxed: bool,
}

/// The fields, and how much each weighs.
struct Fields {
    name: Field,
    text: Field,
    concept_name: Field,
    concept_tag: Field,
    concept_text: Field,
}

pub(crate) struct Index {
    entries: Vec<Entry>,
    fields: Fields,
    reader: IndexReader,
}

/// Memory for building the index; one segment of the largest directory fits.
const BUILD_BYTES: usize = 256 * 1024 * 1024;
/// How far down each ranking is read.
const DEPTH: usize = 400;
/// Added to a place before it is turned round, so that the first places do not decide alone.
const PLACE_FLOOR: f32 = 10.0;

impl Index {
    pub(crate) fn of(
        directory: &Directory,
        lexicon: &Lexicon,
        places: &Places,
        spelling: &mut Spelling,
    ) -> Result<Self, SearchError> {
        let mut schema = Schema::builder();
        let mut field = |name: &str| schema.add_text_field(name, as_given());
        let fields = Fields {
            name: field("name"),
            text: field("text"),
            concept_name: field("concept-name"),
            concept_tag: field("concept-tag"),
            concept_text: field("concept-text"),
        };
        let mut writer: SingleSegmentIndexWriter = tantivy::Index::builder()
            .schema(schema.build())
            .single_segment_index_writer(RamDirectory::create(), BUILD_BYTES)?;
        let mut entries = Vec::new();
        let mut reading = lexicon.clone();
        for service in directory.services.values().filter(|service| service.is_shown()) {
            writer.add_document(document(directory, service, &mut reading, &fields, spelling))?;
            entries.push(Entry::of(directory, places, service));
        }
        let index = writer.finalize()?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { entries, fields, reader })
    }

    pub(crate) fn find(
        &self,
        lexicon: &Lexicon,
        understood: &Understood,
        narrow: &Narrow,
        most: usize,
    ) -> Result<Found, SearchError> {
        if understood.is_blank() {
            return Ok(self.browse(understood, narrow, most));
        }
        let scores = self.scores(lexicon, understood)?;
        let mut found = self.ranked(&scores, understood, narrow, most);
        if found.hits.is_empty() && !scores.is_empty() {
            // A near answer is better than none: what cannot be met is let go and said.
            let wider =
                Narrow { within_miles: None, ages: None, when: Vec::new(), ..narrow.clone() };
            found = self.ranked(&scores, understood, &wider, most);
            found.relaxed = true;
        }
        if found.hits.is_empty() {
            let advice = self.advice(lexicon)?;
            found = self.ranked(&advice, &Understood::default(), &Narrow::default(), FALLBACK_MOST);
            found.fallback = true;
        }
        Ok(found)
    }

    /// Every service by name, narrowed.
    fn browse(&self, understood: &Understood, narrow: &Narrow, most: usize) -> Found {
        let from = understood.place.as_ref().and_then(|place| place.point);
        let mut fitting: Vec<(&Entry, Option<f64>)> = self
            .entries
            .iter()
            .map(|entry| (entry, entry.miles_from(from)))
            .filter(|(entry, miles)| entry.fits(narrow, *miles) && entry.takes(understood.ages))
            .collect();
        fitting.sort_by(|(a, near), (b, far)| {
            let by_way = near.unwrap_or(0.0).total_cmp(&far.unwrap_or(0.0));
            by_way.then_with(|| a.name.cmp(&b.name)).then_with(|| a.id.cmp(&b.id))
        });
        let total = fitting.len();
        let hit =
            |(entry, miles): (&Entry, Option<f64>)| Hit { id: entry.id.clone(), score: 0.0, miles };
        Found { hits: fitting.into_iter().take(most).map(hit).collect(), total, ..Found::default() }
    }

    /// Several rankings laid together: by all that was asked for, by any of it, by what was wanted,
    /// by the very words.
    fn scores(
        &self,
        lexicon: &Lexicon,
        understood: &Understood,
    ) -> Result<BTreeMap<usize, f32>, SearchError> {
        let asked = self.asked(lexicon, understood);
        let mut scores = BTreeMap::new();
        // The very words count for little where they are understood.
        let literal = if asked.wanted.is_empty() { 1.0 } else { LITERAL };
        for (weight, query) in [
            (2.0, all_of(&asked.leading)),
            (1.0, any_of(&asked.everything)),
            (1.5, any_of(&asked.wanted)),
            (literal, any_of(&asked.literal)),
        ] {
            let Some(query) = query else { continue };
            // Those of another age come after all the others of a ranking and push none down.
            let (fit, other): (Vec<_>, Vec<_>) =
                self.search(&*query)?.into_iter().partition(|(_, at)| {
                    self.entries.get(*at).is_some_and(|e| e.takes(understood.ages))
                });
            for (place, (score, at)) in fit.into_iter().chain(other).enumerate() {
                #[expect(clippy::cast_precision_loss, reason = "at most a few hundred")]
                let by_place = weight / (PLACE_FLOOR + place as f32);
                // Equal places of two rankings are told apart by how well they fitted.
                *scores.entry(at).or_insert(0.0) += by_place + score * 0.000_1;
            }
        }
        if let Some(needed) = any_of(&asked.needed).filter(|_| asked.has_thing) {
            let searcher = self.reader.searcher();
            let meets = searcher.search(&*needed, &DocSetCollector)?;
            let meets: BTreeSet<usize> = meets.iter().map(|at| at.doc_id as usize).collect();
            for (at, score) in &mut scores {
                if !meets.contains(at) {
                    *score *= OTHER_NEED;
                }
            }
        }
        Ok(scores)
    }

    fn search(&self, query: &dyn Query) -> Result<Vec<(f32, usize)>, SearchError> {
        let searcher = self.reader.searcher();
        let top = searcher.search(query, &TopDocs::with_limit(DEPTH).order_by_score())?;
        Ok(top.into_iter().map(|(score, at)| (score, at.doc_id as usize)).collect())
    }

    fn asked(&self, lexicon: &Lexicon, understood: &Understood) -> Asked {
        let kinds = kinds_of(lexicon, understood);
        let has = |kind| kinds.iter().any(|(_, one)| *one == kind);
        let has_thing = has(ConceptKind::Thing);
        let acts_lead = !has_thing && !has(ConceptKind::Need);
        let mut asked = Asked { has_thing, ..Asked::default() };
        for (place, kind) in &kinds {
            let Some(concept) = lexicon.concepts.get(*place) else { continue };
            let (weight, leads) = match kind {
                ConceptKind::Thing => (2.0, true),
                ConceptKind::Need => (1.0, !has_thing),
                ConceptKind::Act => (0.5, acts_lead),
            };
            let weight = weight * concept.weight;
            let clause = self.concept(&concept.id);
            if *kind == ConceptKind::Need {
                asked.needed.push(clause.box_clone());
            }
            if *kind != ConceptKind::Act {
                asked.leading.push(boosted(clause.box_clone(), weight));
            }
            if leads {
                asked.wanted.push(boosted(clause.box_clone(), weight));
            }
            asked.everything.push(boosted(clause, weight));
            // Who helps with a need is often all that is wanted of somebody who names it alone.
            let share = if leads && *kind != ConceptKind::Thing { 0.6 } else { 0.25 };
            for near in concept.near.iter().filter_map(|at| lexicon.concepts.get(*at)) {
                asked.everything.push(boosted(self.concept(&near.id), weight * share));
            }
            for wider in concept.also.iter().filter_map(|at| lexicon.concepts.get(*at)) {
                asked.everything.push(boosted(self.concept(&wider.id), weight * 0.25));
            }
        }
        for stem in &understood.stems {
            asked.literal.push(self.literal(stem));
        }
        for stem in &understood.left {
            asked.everything.push(self.literal(stem));
            if !has_thing {
                asked.wanted.push(boosted(self.literal(stem), 0.5));
            }
        }
        asked
    }

    /// A concept in a service's name, tags or text.
    fn concept(&self, id: &str) -> Box<dyn Query> {
        let fields = &self.fields;
        sum_of(
            &[(fields.concept_name, 3.0), (fields.concept_tag, 1.2), (fields.concept_text, 1.0)],
            id,
        )
    }

    /// A stem in a service's name or text.
    fn literal(&self, stem: &str) -> Box<dyn Query> {
        sum_of(&[(self.fields.name, 2.0), (self.fields.text, 1.0)], stem)
    }

    /// Services that give impartial advice: what there is when nothing fits.
    fn advice(&self, lexicon: &Lexicon) -> Result<BTreeMap<usize, f32>, SearchError> {
        let ids = ["advice", "early-help", "parent-group"];
        let clauses: Vec<Box<dyn Query>> = ids
            .iter()
            .zip([4.0, 1.0, 1.0])
            .filter(|(id, _)| lexicon.place(id).is_some())
            .map(|(id, weight)| boosted(self.concept(id), weight))
            .collect();
        let Some(query) = any_of(&clauses) else { return Ok(BTreeMap::new()) };
        Ok(self.search(&*query)?.into_iter().map(|(score, at)| (at, score)).collect())
    }

    fn ranked(
        &self,
        scores: &BTreeMap<usize, f32>,
        understood: &Understood,
        narrow: &Narrow,
        most: usize,
    ) -> Found {
        let from = understood.place.as_ref().and_then(|place| place.point);
        let mut hits: Vec<(Hit, &str)> = scores
            .iter()
            .filter_map(|(at, score)| {
                let entry = self.entries.get(*at)?;
                let miles = entry.miles_from(from);
                if !entry.fits(narrow, miles) {
                    return None;
                }
                let age = match entry.takes(understood.ages) {
                    true if understood.small && entry.is_for_adults() => FOR_ADULTS,
                    true => 1.0,
                    false => OTHER_AGE,
                };
                #[expect(clippy::cast_possible_truncation, reason = "a factor from 0 to 1")]
                let near = miles.map_or(1.0, |miles| (HALF_MILES / (HALF_MILES + miles)) as f32);
                let hit = Hit { id: entry.id.clone(), score: score * age * near, miles };
                Some((hit, entry.name.as_str()))
            })
            .collect();
        hits.sort_by(|(a, a_name), (b, b_name)| {
            b.score.total_cmp(&a.score).then_with(|| (a_name, &a.id).cmp(&(b_name, &b.id)))
        });
        let least = hits.first().map_or(0.0, |(best, _)| best.score * TAIL);
        hits.retain(|(hit, _)| hit.score >= least);
        let total = hits.len();
        let hits = hits.into_iter().take(most).map(|(hit, _)| hit).collect();
        Found { hits, total, ..Found::default() }
    }
}

/// How many of the nearest are given when nothing fits.
const FALLBACK_MOST: usize = 5;
/// What a service for another age keeps of its score.
const OTHER_AGE: f32 = 0.5;
/// What a service for adults keeps where somebody speaks of a child.
const FOR_ADULTS: f32 = 0.85;
/// How much the very words count beside what they are understood as.
const LITERAL: f32 = 0.7;
/// What a service for what is wanted, but for another need, keeps of its score.
const OTHER_NEED: f32 = 0.85;
/// At this distance a service keeps half its score.
const HALF_MILES: f64 = 12.0;
/// What fits less than this share of the best is left out.
const TAIL: f32 = 0.2;

/// The concepts of a search with what each is in it: a wheelchair is wanted, or is what somebody has
/// who wants another thing.
fn kinds_of(lexicon: &Lexicon, understood: &Understood) -> Vec<(usize, ConceptKind)> {
    let or_need = |place: usize| lexicon.concepts.get(place).is_some_and(|one| one.or_need);
    let wants_other =
        understood.concepts.iter().any(|one| one.kind == ConceptKind::Thing && !or_need(one.place));
    let kind = |one: &Meant| match one.kind {
        ConceptKind::Thing if wants_other && or_need(one.place) => ConceptKind::Need,
        kind => kind,
    };
    understood.concepts.iter().map(|one| (one.place, kind(one))).collect()
}

/// The clauses of a search.
#[derive(Default)]
struct Asked {
    /// Every thing and need.
    leading: Vec<Box<dyn Query>>,
    /// What leads: the things, or the needs where no thing is named.
    wanted: Vec<Box<dyn Query>>,
    /// All of it, with what lies near.
    everything: Vec<Box<dyn Query>>,
    /// The needs, of which a service for what is wanted should meet one.
    needed: Vec<Box<dyn Query>>,
    has_thing: bool,
    /// The very words.
    literal: Vec<Box<dyn Query>>,
}

fn sum_of(fields: &[(Field, f32)], token: &str) -> Box<dyn Query> {
    let clause = |(field, weight): &(Field, f32)| {
        let term = Term::from_field_text(*field, token);
        let query = Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs));
        (Occur::Should, boosted(query, *weight))
    };
    Box::new(BooleanQuery::new(fields.iter().map(clause).collect()))
}

fn boosted(query: Box<dyn Query>, weight: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, weight))
}

fn any_of(clauses: &[Box<dyn Query>]) -> Option<Box<dyn Query>> {
    joined(clauses, Occur::Should)
}

fn all_of(clauses: &[Box<dyn Query>]) -> Option<Box<dyn Query>> {
    joined(clauses, Occur::Must)
}

fn joined(clauses: &[Box<dyn Query>], occur: Occur) -> Option<Box<dyn Query>> {
    let all: Vec<_> = clauses.iter().map(|clause| (occur, clause.box_clone())).collect();
    if all.is_empty() { None } else { Some(Box::new(BooleanQuery::new(all))) }
}

/// Tokens are made here, so the index takes what stands between spaces.
fn as_given() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("whitespace")
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

fn document(
    directory: &Directory,
    service: &Service,
    lexicon: &mut Lexicon,
    fields: &Fields,
    spelling: &mut Spelling,
) -> TantivyDocument {
    let mut document = TantivyDocument::default();
    let mut write = |text: &str, stems: Option<Field>, concepts: Field, weight: u32| {
        let words = lexicon.stems.of(text);
        for word in &words {
            spelling.add(&word.written, weight);
        }
        if let Some(stems) = stems {
            let kept: Vec<&str> = words
                .iter()
                .filter(|word| !lexicon.faint.contains(&word.stem))
                .map(|word| word.stem.as_str())
                .collect();
            document.add_text(stems, kept.join(" "));
        }
        let meant: Vec<&str> = meant_by(lexicon, &words).into_iter().collect();
        document.add_text(concepts, meant.join(" "));
    };
    write(&service.name, Some(fields.name), fields.concept_name, 2);
    write(&tags(directory, service), None, fields.concept_tag, 1);
    write(&text(directory, service), Some(fields.text), fields.concept_text, 1);
    document
}

/// The concepts that a text names, with the wider ones of which they are kinds.
fn meant_by<'a>(lexicon: &'a Lexicon, words: &[Word]) -> BTreeSet<&'a str> {
    let found = lexicon.all_in(words);
    let concept = |at: usize| lexicon.concepts.get(at);
    let is_thing = |at: usize| concept(at).is_some_and(|one| one.kind == ConceptKind::Thing);
    let mut meant = BTreeSet::new();
    for one in &found {
        // "Social work" is no work, but "autism assessment" speaks of autism.
        let is_part = is_within_another(one, &found);
        let own = one.concepts.iter().copied().filter(|at| !(is_part && is_thing(*at)));
        for one in own.filter_map(concept) {
            meant.extend(one.also.iter().filter_map(|at| concept(*at)).map(|one| one.id.as_str()));
            meant.insert(one.id.as_str());
        }
    }
    meant
}

/// Whether a phrase stands within a longer one.
fn is_within_another(one: &Match, all: &[Match]) -> bool {
    let holds = |other: &Match| one.at.iter().all(|at| other.at.contains(at));
    all.iter().any(|other| other.at.len() > one.at.len() && holds(other))
}

/// The names of the terms that a service carries, each as a sentence of its own.
fn tags(directory: &Directory, service: &Service) -> String {
    let ours = ["need", "kind"].iter().flat_map(|taxonomy| {
        service.words_of(taxonomy).filter_map(move |word| term_of(&format!("{taxonomy}/{word}")))
    });
    let theirs = service.tags.iter().filter_map(|tag| directory.term(&tag.term));
    let names: Vec<String> = ours
        .map(|facet| facet.name.clone())
        .chain(theirs.map(|(_, term)| term.name.clone()))
        .collect();
    // No phrase holds this word, so none runs on from one name into the next.
    names.join(" ;.; ").replace(';', "xx")
}

/// Everything else that says what a service is.
fn text(directory: &Directory, service: &Service) -> String {
    let mut parts = vec![service.description.clone(), service.who_for.clone()];
    parts.push(service.next_step.clone());
    parts.extend(service.steps.iter().map(|step| format!("{} {}", step.lead, step.rest)));
    parts.extend(directory.organisation_of(service).map(|by| by.name.clone()));
    let told = directory.locations_of(service).filter(|location| !location.secret);
    parts.extend(told.map(|at| format!("{} {}", at.name, at.town)));
    parts.join(" xx ")
}
