//! Who reaches which address: drawn from the policies for every route, reviewed as text, and held
//! against the routes that the handlers' sources name.

use std::collections::BTreeSet;
use std::path::Path;

use sendero_app::house::access::matrix_for;
use sendero_web::{ROUTES, Route};

#[test]
fn who_reaches_which_address_is_as_reviewed() {
    let asks: Vec<_> = ROUTES
        .iter()
        .filter_map(|route| match route {
            Route::Asks(address, act) => Some(((*address).to_owned(), *act)),
            Route::Open(_) | Route::SignedIn(_) => None,
        })
        .collect();
    let list = |wanted: fn(&Route) -> Option<&'static str>| {
        ROUTES
            .iter()
            .filter_map(wanted)
            .map(|address| format!("- `{address}`\n"))
            .collect::<String>()
    };
    let open = list(|route| match route {
        Route::Open(address) => Some(address),
        _ => None,
    });
    let signed_in = list(|route| match route {
        Route::SignedIn(address) => Some(address),
        _ => None,
    });
    let drawn = format!(
        "# Who reaches which address\n\nGenerated from the policies and the list of routes; do not \
         edit. After a change, run `SENDERO_BLESS=1 cargo test -p sendero-web routes` and read the \
         difference.\n\n## Open to anybody\n\n{open}\n## Anybody who is signed in, about \
         themselves\n\n{signed_in}\n{}",
        matrix_for(&asks)
    );
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/route-matrix.md");
    if std::env::var_os("SENDERO_BLESS").is_some() {
        std::fs::write(&file, &drawn).unwrap();
    }
    let reviewed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(reviewed == drawn, "docs/route-matrix.md is not what the policies say: bless and read");
}

#[test]
fn every_route_of_the_handlers_is_in_the_list() {
    let mut named = BTreeSet::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&root, &mut named);
    let listed: BTreeSet<String> = ROUTES
        .iter()
        .map(|route| match route {
            Route::Open(address) | Route::SignedIn(address) | Route::Asks(address, _) => {
                (*address).to_owned()
            }
        })
        .collect();
    let missing: Vec<_> = named.difference(&listed).collect();
    let gone: Vec<_> = listed.difference(&named).collect();
    assert!(missing.is_empty() && gone.is_empty(), "not listed {missing:?}; not served {gone:?}");
}

/// The addresses that `.route("…", get(…).post(…))` names in every source file.
fn collect(folder: &Path, named: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, named);
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for part in source.split(".route(").skip(1) {
            let Some((_, rest)) = part.split_once('"') else { continue };
            let Some((address, handlers)) = rest.split_once('"') else { continue };
            let handlers = call_of(handlers);
            for (method, call) in [("GET", "get("), ("POST", "post(")] {
                if handlers.contains(call) {
                    named.insert(format!("{method} {address}"));
                }
            }
        }
    }
}

/// What stands before the bracket that closes the call.
fn call_of(rest: &str) -> &str {
    let mut depth = 0;
    for (at, letter) in rest.char_indices() {
        match letter {
            '(' => depth += 1,
            ')' if depth == 0 => return &rest[..at],
            ')' => depth -= 1,
            _ => {}
        }
    }
    rest
}
