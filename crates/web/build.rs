//! Makes the one stylesheet of the pages and packs it with the site's mark, so that the program
//! serves both by itself. GOV.UK Frontend comes through npm at build time and is never committed.

use std::error::Error;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use sha2::{Digest, Sha256};

type Outcome<T> = Result<T, Box<dyn Error>>;

/// The blocks of GOV.UK Frontend that our templates use. Everything else is left behind: a page
/// is paid for by the kilobyte.
const BLOCKS: &[&str] = &[
    "back-link",
    "button",
    "button-group",
    "checkboxes",
    "date-input",
    "error-message",
    "error-summary",
    "fieldset",
    "file-upload",
    "form-group",
    "frontend-supported",
    "hint",
    "input",
    "label",
    "link",
    "list",
    "radios",
    "select",
    "skip-link",
    "summary-list",
    "template",
    "textarea",
    "visually-hidden",
];

/// What our own styles may weigh, compressed.
const OWN_BYTES: usize = 8 * 1024;

const STYLESHEET: &str = "dist/govuk/govuk-frontend.min.css";

fn tell(line: &str) {
    println!("cargo::{line}");
}

fn main() -> Outcome<()> {
    let ui = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("../../ui");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    for file in ["package-lock.json", "tokens.css", "style.css", "plain.css", "mark.svg"] {
        tell(&format!("rerun-if-changed={}", ui.join(file).display()));
    }
    tell("rerun-if-changed=build.rs");
    tell("rerun-if-env-changed=SENDERO_GOVUK_FRONTEND");
    tell("rerun-if-env-changed=SENDERO_REQUIRE_GOVUK");

    let own =
        fs::read_to_string(ui.join("tokens.css"))? + &fs::read_to_string(ui.join("style.css"))?;
    let base = match govuk_frontend(&ui, &out) {
        Ok(css) => without_branding(&css)?,
        Err(problem) if env::var("SENDERO_REQUIRE_GOVUK").is_ok_and(|v| v == "1") => {
            return Err(format!(
                "GOV.UK Frontend is needed here (SENDERO_REQUIRE_GOVUK=1) and is missing: {problem}"
            )
            .into());
        }
        Err(problem) => {
            tell(&format!(
                "warning=GOV.UK Frontend is missing ({problem}); pages use our plain sheet. \
                 Install npm, or set SENDERO_GOVUK_FRONTEND to an unpacked govuk-frontend."
            ));
            squeezed(&fs::read_to_string(ui.join("plain.css"))?)
        }
    };
    let own = squeezed(&own);
    let weight = gzipped(&own)?.len();
    if weight >= OWN_BYTES {
        return Err(format!("our own styles weigh {weight} bytes, {OWN_BYTES} are allowed").into());
    }
    let mark = fs::read_to_string(ui.join("mark.svg"))?;
    let table = [
        packed(&out, "STYLE", "css", "text/css; charset=utf-8", &format!("{base}\n{own}"))?,
        packed(&out, "MARK", "svg", "image/svg+xml", mark.trim())?,
    ];
    fs::write(out.join("assets.rs"), table.concat())?;
    Ok(())
}

/// The package's compiled sheet: from the folder named in the environment, else through `npm ci`
/// with our lock (which holds the digest of every package) into the build's own folder.
fn govuk_frontend(ui: &Path, out: &Path) -> Outcome<String> {
    if let Ok(given) = env::var("SENDERO_GOVUK_FRONTEND") {
        let file = Path::new(&given).join(STYLESHEET);
        return fs::read_to_string(&file)
            .map_err(|e| format!("cannot read {}: {e}", file.display()).into());
    }
    let place = out.join("npm");
    fs::create_dir_all(&place)?;
    for file in ["package.json", "package-lock.json", ".npmrc"] {
        fs::copy(ui.join(file), place.join(file))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let run = Command::new(npm)
        .args(["ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&place)
        .output()
        .map_err(|e| format!("npm did not start: {e}"))?;
    if !run.status.success() {
        let words = String::from_utf8_lossy(&run.stderr);
        let last = words.lines().rfind(|l| l.contains("npm error")).unwrap_or("no reason given");
        return Err(format!("npm ci failed: {last}").into());
    }
    Ok(fs::read_to_string(place.join("node_modules/govuk-frontend").join(STYLESHEET))?)
}

/// Takes out what belongs to GOV.UK alone (its font, its crest) and the blocks we do not use, and
/// fails when the package no longer has the shape that this was written for.
fn without_branding(css: &str) -> Outcome<String> {
    let faces = css.matches("@font-face{").count();
    let uses = css.matches("font-family:GDS Transport,arial,sans-serif").count();
    if faces != 2 || uses <= 10 {
        return Err(format!(
            "GOV.UK Frontend has changed shape: {faces} font faces (2 expected), \
             {uses} uses of the font (more than 10 expected)"
        )
        .into());
    }
    let mut kept = String::new();
    keep_rules(&without_comments(css), &mut kept);
    let kept =
        kept.replace("font-family:GDS Transport,arial,sans-serif", "font-family:var(--s-font)");
    for word in ["GDS Transport", "url(", "crest"] {
        if kept.contains(word) {
            return Err(format!("`{word}` is still in the sheet taken from GOV.UK Frontend").into());
        }
    }
    for word in [".govuk-button{", ".govuk-radios__input", ".govuk-error-summary{"] {
        if !kept.contains(word) {
            return Err(format!("`{word}` is not in the sheet taken from GOV.UK Frontend").into());
        }
    }
    Ok(kept)
}

fn without_comments(css: &str) -> String {
    let mut kept = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        kept.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    kept + rest
}

/// Copies rules one by one, going into `@media` and `@supports`; a rule stays when one of its
/// selectors does.
fn keep_rules(css: &str, kept: &mut String) {
    let mut rest = css;
    while let Some((head, after)) = rest.split_once('{') {
        let end = closing(after);
        let (body, next) = (after.get(..end).unwrap_or(""), after.get(end + 1..).unwrap_or(""));
        let head = head.rsplit(';').next().unwrap_or(head).trim();
        if head.starts_with("@font-face") {
            // dropped: the face may be used on GOV.UK only
        } else if head.starts_with('@') && body.contains('{') {
            let mut inner = String::new();
            keep_rules(body, &mut inner);
            if !inner.is_empty() {
                for part in [head, "{", &inner, "}"] {
                    kept.push_str(part);
                }
            }
        } else {
            let selectors: Vec<&str> = head.split(',').filter(|s| is_used(s)).collect();
            if !selectors.is_empty() {
                for part in [&selectors.join(","), "{", body, "}"] {
                    kept.push_str(part);
                }
            }
        }
        rest = next;
    }
}

/// Where the block that `css` is inside of ends.
fn closing(css: &str) -> usize {
    let mut depth = 1_u32;
    for (at, letter) in css.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    css.len()
}

/// Whether every GOV.UK block that a selector names is one of ours.
fn is_used(selector: &str) -> bool {
    selector.split(".govuk-").skip(1).all(|tail| {
        let end = tail.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(tail.len());
        let name = tail.get(..end).unwrap_or("");
        let block = name.split("__").next().unwrap_or(name);
        let block = block.split("--").next().unwrap_or(block);
        BLOCKS.contains(&block)
    })
}

/// Our own sheets without comments and without the space that only people need.
fn squeezed(css: &str) -> String {
    let mut text = without_comments(css).split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in ["{", "}", ";", ","] {
        text = text.replace(&format!(" {mark}"), mark).replace(&format!("{mark} "), mark);
    }
    text.replace(": ", ":").replace(";}", "}")
}

fn gzipped(text: &str) -> Outcome<Vec<u8>> {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    gzip.write_all(text.as_bytes())?;
    Ok(gzip.finish()?)
}

/// Writes one asset, plain and compressed, and gives the Rust that names it by its content.
fn packed(out: &Path, name: &str, kind: &str, content_type: &str, text: &str) -> Outcome<String> {
    let mut hash = String::new();
    for byte in Sha256::digest(text.as_bytes()).iter().take(8) {
        write!(hash, "{byte:02x}")?;
    }
    let (plain, small) = (out.join(format!("asset.{kind}")), out.join(format!("asset.{kind}.gz")));
    fs::write(&plain, text)?;
    fs::write(&small, gzipped(text)?)?;
    Ok(format!(
        "pub static {name}: Asset = Asset {{ path: \"/assets/{hash}.{kind}\", \
         content_type: \"{content_type}\", plain: include_bytes!({plain:?}), \
         gzip: include_bytes!({small:?}) }};\n"
    ))
}
