//! A server whose folder of local settings does not fit its areas does not start, and says why.

use std::process::Command;

const PROGRAM: &str = env!("CARGO_BIN_EXE_sendero");

/// What a server says that is started with this file in its folder of local settings.
fn refused(file: &str, text: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let (data, local) = (folder.path().join("data"), folder.path().join("local"));
    let path = local.join(file);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
    let ended = Command::new(PROGRAM)
        .args(["serve", "--listen", "127.0.0.1:0", "--data"])
        .arg(&data)
        .arg("--local")
        .arg(&local)
        .output()
        .unwrap();
    assert!(!ended.status.success());
    String::from_utf8(ended.stderr).unwrap()
}

#[test]
fn a_folder_that_is_no_area_of_the_server_stops_it() {
    let term = "from,last,closed\n2026-09-02,2026-10-23,\n";
    for (file, text, words) in [
        ("elsewhere/terms.csv", term, "no area of that code here"),
        ("elsewhere/terms.csv", term, "`elsewhere`"),
        ("promises.toml", "", "is no area's"),
        ("999/terms.csv", "from,last,closed\n2026-10-23,2026-09-02,\n", "terms.csv line 2"),
    ] {
        let said = refused(file, text);
        assert!(said.contains(words), "{file}: {said}");
    }
}
