//! Draws every example page into `target/gallery`, with the stylesheet beside, for eyes and for
//! the accessibility checker (`npm --prefix ui run check`).

#[path = "../tests/it/examples/mod.rs"]
mod examples;

use std::path::Path;
use std::{fs, io};

use sendero_web::assets::{MARK, STYLE};

fn main() -> io::Result<()> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/gallery");
    fs::create_dir_all(folder.join("assets"))?;
    for asset in [&STYLE, &MARK] {
        fs::write(folder.join(asset.path.trim_start_matches('/')), asset.plain)?;
    }
    for (name, html) in examples::all() {
        fs::write(folder.join(format!("{name}.html")), html.replace("=\"/assets/", "=\"assets/"))?;
    }
    Ok(())
}
