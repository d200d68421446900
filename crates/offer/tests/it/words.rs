//! What families' words are understood as, and what a search gives when it understands nothing.

use std::sync::Arc;

use sendero_offer::search::{ConceptKind, Finder, Lexicon, LexiconError, Narrow};
use sendero_offer::{Delivery, Directory, made_up_id};

use crate::relevance::{area, finder};

#[test]
fn an_age_is_read_from_words() {
    let directory = area();
    let finder = finder(&directory);
    for (words, ages) in [
        ("my 3 year old isn't talking", Some((3, 3))),
        ("three year old", Some((3, 3))),
        ("18 months not walking", Some((1, 1))),
        ("aged 14 and anxious", Some((14, 14))),
        ("14yo autistic", Some((14, 14))),
        ("year 9 options", Some((13, 14))),
        ("deaf toddler", Some((1, 3))),
        ("clubs for teenagers", Some((13, 17))),
        ("turning 18 social care", Some((18, 18))),
        ("autism waiting list 52 weeks", None),
        ("section 19", None),
        ("speech therapy", None),
    ] {
        assert_eq!(finder.understand(words).ages, ages, "{words}");
    }
}

#[test]
fn a_place_is_read_from_words_and_gives_miles() {
    let directory = area();
    let finder = finder(&directory);
    let understood = finder.understand("my 3 year old isn’t talking, AL4 2QT");
    assert_eq!(understood.place.as_ref().map(|place| place.name.as_str()), Some("AL4 2QT"));
    let found = finder.find(&understood, &Narrow::default(), 10).unwrap();
    let talking =
        found.hits.iter().find(|hit| hit.id == made_up_id("ald", "talking-time")).unwrap();
    assert!(talking.miles.is_some_and(|miles| miles < 1.0), "{talking:?}");
    let town = finder.understand("swimming in Thornbeck");
    assert_eq!(town.place.map(|place| place.name).as_deref(), Some("Thornbeck"));
}

#[test]
fn misspelt_words_are_put_right_and_said() {
    let directory = area();
    let finder = finder(&directory);
    let understood = finder.understand("autsim assesment");
    let right = [("autsim", "autism"), ("assesment", "assessment")];
    let right = right.map(|(typed, read)| (typed.to_owned(), read.to_owned()));
    assert_eq!(understood.put_right, right);
    for words in ["slt", "salt", "worried about the holidays", "my sister", "friends"] {
        assert_eq!(finder.understand(words).put_right, [], "{words}");
    }
}

#[test]
fn words_of_danger_are_seen_and_other_words_are_not() {
    let directory = area();
    let finder = finder(&directory);
    let mut wrong = Vec::new();
    for (words, danger) in [
        ("my daughter is suicidal", Some("life")),
        ("he says he wants to die", Some("life")),
        ("he doesn't want to live", Some("life")),
        ("she is self-harming", Some("self-harm")),
        ("suicdal thoughts", Some("life")),
        ("her dad hits her", Some("abuse")),
        ("son gone missing", Some("missing")),
        ("she has a plan to end it all", Some("life")),
        ("he said he would jump off a bridge", Some("life")),
        ("i dont want to be alive any more", Some("life")),
        ("my son wants to be dead", Some("life")),
        ("he keeps talking about dying", Some("life")),
        ("she feels there is no reason to live", Some("life")),
        ("he tried to hang himself", Some("life")),
        ("took a load of paracetamol", Some("life")),
        ("suiside", Some("life")),
        ("wants to kil himself", Some("life")),
        ("kms", Some("life")),
        ("my girl says she wishes she was never born", Some("life")),
        ("they would all be better off without me", Some("life")),
        ("i cant go on any more", Some("life")),
        ("she cut her wrists", Some("self-harm")),
        ("found razor blades in her room", Some("self-harm")),
        ("he is cutting his legs", Some("self-harm")),
        ("selfharming teen", Some("self-harm")),
        ("she hurts herself on purpose", Some("self-harm")),
        ("uncle touches her", Some("abuse")),
        ("daddy hurts me", Some("abuse")),
        ("my husband hits me in front of the kids", Some("abuse")),
        ("a man online asked her for pictures", Some("abuse")),
        ("im scared i will hurt my child", Some("abuse")),
        ("frightened of my partner", Some("abuse")),
        ("he ran off and hasnt come home", Some("missing")),
        ("she cant breathe", Some("ill")),
        ("he has swallowed bleach", Some("ill")),
        ("she hits me and has meltdowns", None),
        ("short breaks", None),
        ("missing school", None),
        ("he put a rope round his neck", Some("life")),
        ("she says nobody would miss her", Some("life")),
        ("scars all up her arms", Some("self-harm")),
        ("i think my stepdad is touching my sister", Some("abuse")),
        ("boyfriend choked me", Some("abuse")),
        ("he has got a knife", Some("abuse")),
        ("my ex threatened me", Some("abuse")),
        ("she wont wake", Some("ill")),
        ("dying to get some sleep", None),
        ("hanging on by a thread", None),
        ("cannot use a knife and fork", None),
        ("wont wake for school", Some("ill")),
        ("this waiting list is killing me", None),
        ("cutting and sticking group", None),
        ("hates having his hair cut", None),
        ("cuts to her hours", None),
        ("cutting her toenails is a nightmare", None),
        ("beaten at chess club", None),
        ("grooming ponies", None),
        ("dog grooming course", None),
        ("the council neglected us", None),
        ("drowning in paperwork", None),
        ("somewhere to hang out", None),
        ("jump off the sofa all day", None),
        ("missing his friends", None),
        ("his dad died", None),
        ("hamster died and she is sad", None),
        ("he hit a brick wall with maths", None),
        ("end of term", None),
        ("not at home here in school", None),
        ("poem about love and death", None),
        ("touches everything in shops", None),
        // Written together and before their first run.
        ("she keeps saying she doesnt want to wake up", Some("life")),
        ("hes written a goodbye note", Some("life")),
        ("i want to disappear forever", Some("life")),
        ("shes been cutting again", Some("self-harm")),
        ("says hed be better off gone", Some("life")),
        ("googling how to die", Some("life")),
        ("stockpiling tablets", Some("life")),
        ("someone at school is touching her", Some("abuse")),
        ("his carer slapped him", Some("abuse")),
        ("older man picks her up in a car", Some("abuse")),
        ("im going to lose it and hit him", Some("abuse")),
        ("shes not been seen since last night", Some("missing")),
        ("having a fit that wont stop", Some("ill")),
        ("drank cleaning fluid", Some("ill")),
        ("he stopped breathing", Some("ill")),
        ("he would die for pizza", None),
        ("cut off from friends", None),
        ("cutting his food up", None),
        ("the bus hit the kerb", None),
        ("missed his appointment", None),
        ("killing time at weekends", None),
        ("his phone died", None),
        ("shot put club", None),
        ("choking hazard toys", None),
        ("burnt toast at cooking class", None),
        ("beat the traffic to school", None),
        ("dead end with camhs", None),
        ("tablets for adhd", None),
        ("hits the roof over homework", None),
        ("scared of the dark", None),
        // And these after those had been mended.
        ("found a letter saying sorry to everyone", Some("life")),
        ("he keeps asking what its like to be dead", Some("life")),
        ("she wants to vanish", Some("life")),
        ("my son is saving up his paracetamol", Some("life")),
        ("scratches her arms until they bleed", Some("self-harm")),
        ("burns himself with a lighter", Some("self-harm")),
        ("i slapped him and i feel awful", Some("abuse")),
        ("men keep giving her vapes", Some("abuse")),
        ("nobody has seen him since lunch", Some("missing")),
        ("gone floppy and blue", Some("ill")),
        ("waiting since september not seen by camhs", None),
        ("havent heard from the council for weeks", None),
        ("cant find a nursery", None),
        ("his words have disappeared", None),
        ("cutting out sugar for adhd", None),
        ("hours cut again at school", None),
        ("he will not stop talking", None),
        ("picks him up from school at 1", None),
        ("older brother is jealous", None),
        ("reading about death at school", None),
        ("fits in well but needs help", None),
        ("drinks only milk", None),
    ] {
        let dangers = finder.understand(words).dangers;
        let seen = dangers.first().cloned();
        if seen.as_deref() != danger {
            wrong.push((words, seen, danger));
        }
    }
    assert_eq!(wrong, [], "words, seen, meant");
}

#[test]
fn things_lead_and_needs_follow() {
    let directory = area();
    let finder = finder(&directory);
    let understood = finder.understand("autism friendly swimming");
    let kinds: Vec<ConceptKind> = understood.concepts.iter().map(|one| one.kind).collect();
    assert_eq!(kinds, [ConceptKind::Thing, ConceptKind::Need]);
}

#[test]
fn there_is_always_something_to_go_on_with() {
    let directory = area();
    let finder = finder(&directory);
    for words in ["zzqxqzz", "hello", "???", "the of and", "ظظظ", "🙂"] {
        let found = finder.find(&finder.understand(words), &Narrow::default(), 5).unwrap();
        assert!(!found.hits.is_empty(), "{words}");
        if found.fallback {
            assert_eq!(found.hits[0].id, made_up_id("ald", "sendiass"), "{words}");
        }
    }
    let long = "autism ".repeat(10_000);
    assert!(
        !finder.find(&finder.understand(&long), &Narrow::default(), 5).unwrap().hits.is_empty()
    );
}

#[test]
fn an_empty_directory_answers_too() {
    let finder = finder(&Directory::default());
    let found = finder.find(&finder.understand("speech"), &Narrow::default(), 5).unwrap();
    assert!(found.hits.is_empty() && found.fallback);
}

#[test]
fn a_list_is_narrowed_to_what_is_asked_for() {
    let directory = area();
    let finder = finder(&directory);
    let understood = finder.understand("help with talking");
    let narrow = Narrow {
        free: true,
        no_referral: true,
        no_diagnosis: true,
        no_plan: true,
        delivery: vec![Delivery::Phone],
        ..Narrow::default()
    };
    let found = finder.find(&understood, &narrow, 50).unwrap();
    assert!(!found.relaxed && !found.hits.is_empty());
    for hit in &found.hits {
        let service = &directory.services[&hit.id];
        assert!(service.is_free() && service.has("delivery/phone"), "{}", service.name);
    }
    let near = Narrow { within_miles: Some(1.0), ..Narrow::default() };
    let found = finder.find(&finder.understand("play AL4 3TT"), &near, 50).unwrap();
    assert!(found.hits.iter().all(|hit| hit.miles.is_none_or(|miles| miles <= 1.0)));
}

#[test]
fn an_area_lays_its_own_words_over_ours() {
    let own = "version = \"ald 1\"\n[[concept]]\nid = \"gruffalo\"\nkind = \"thing\"\n\
               name = \"the Gruffalo group\"\nsays = [\"gruffalo\"]\nalso = [\"playgroup\"]\n";
    let lexicon = Lexicon::of(&[("own.toml", own)]).unwrap();
    assert!(lexicon.version.ends_with("ald 1"));
    let directory = area();
    let finder = Finder::of(&directory, Arc::new(lexicon)).unwrap();
    assert_eq!(finder.understand("grufalo group").concepts[0].id, "gruffalo");
    let missing = own.replace("playgroup", "nothing-like-it");
    assert!(matches!(Lexicon::of(&[("own.toml", &missing)]), Err(LexiconError::Missing { .. })));
    assert!(matches!(Lexicon::of(&[("own.toml", "concept = 3")]), Err(LexiconError::Form { .. })));
}

#[test]
fn of_words_that_are_counted_no_name_place_or_number_is_kept() {
    let directory = area();
    let finder = finder(&directory);
    for (words, kept) in [
        ("horse riding for Tansy Okonjo, AL4 2QT", "horse riding, sport"),
        ("my 9 year old Idris hits", "behaviour that is hard"),
        ("Mrs Larkfield", ""),
        ("ring 01632 960140", "ring"),
        ("zzqxqzz trumpet", ""),
        ("a garden in Thornbeck", "outdoors and animals"),
    ] {
        assert_eq!(finder.keepable(&finder.understand(words)), kept, "{words}");
    }
}
