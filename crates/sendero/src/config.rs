//! Where the record is kept, and how a server is set up: one TOML file with the environment over
//! it. Unknown keys are errors.

use std::net::IpAddr;
use std::path::Path;

use serde::Deserialize;

use crate::outcome::Failure;

/// The variable that names the database.
pub(crate) const DATABASE: &str = "SENDERO_DATABASE";
/// The variable that names the configuration file.
const CONFIG: &str = "SENDERO_CONFIG";

/// What a configuration file may hold.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(crate) struct Config {
    /// `sqlite:PATH` or `postgres://…`.
    pub(crate) database: Option<String>,
    /// Address and port to listen on.
    pub(crate) listen: Option<String>,
    /// Folder into which messages are written.
    pub(crate) outbox: Option<String>,
    /// Folder with areas' own standards, which stand beside the law: one in it for each area.
    pub(crate) local: Option<String>,
    /// Whether cookies are for https alone. True unless said otherwise.
    pub(crate) secure_cookies: Option<bool>,
    /// Addresses of proxies that stand in front, which are believed about where visitors come from.
    #[serde(default)]
    pub(crate) proxies: Vec<IpAddr>,
}

impl Config {
    /// The file that the command line or the environment names, or nothing.
    pub(crate) fn read(named: Option<&Path>) -> Result<Self, Failure> {
        let named = named.map(Path::to_owned).or_else(|| std::env::var_os(CONFIG).map(Into::into));
        let Some(path) = named else { return Ok(Self::default()) };
        let text = std::fs::read_to_string(&path).map_err(|error| {
            Failure::Given(format!("{} cannot be read: {error}", path.display()))
        })?;
        toml::from_str(&text)
            .map_err(|error| Failure::Given(format!("{}: {}", path.display(), error.message())))
    }
}

/// The database that `--database`, `--data`, the environment or the configuration names.
pub(crate) fn database(
    url: Option<&str>,
    data: Option<&Path>,
    config: &Config,
) -> Result<String, Failure> {
    if let Some(url) = url {
        return Ok(url.to_owned());
    }
    if let Some(data) = data {
        return in_folder(data);
    }
    if let Ok(url) = std::env::var(DATABASE) {
        return Ok(url);
    }
    config.database.clone().ok_or_else(|| {
        Failure::Use(format!(
            "no database is named: give --database URL or --data DIR, or set {DATABASE}"
        ))
    })
}

/// The SQLite file of a folder.
pub(crate) const DATABASE_FILE: &str = "sendero.sqlite";

/// The SQLite file in a folder, which is made if it is not there.
pub(crate) fn in_folder(data: &Path) -> Result<String, Failure> {
    std::fs::create_dir_all(data)
        .map_err(|error| Failure::Ours(format!("{} cannot be made: {error}", data.display())))?;
    Ok(format!("sqlite:{}", data.join(DATABASE_FILE).display()))
}

/// A database address with its password hidden, for the log.
pub(crate) fn hidden(url: &str) -> String {
    match (url.split_once("://"), url.rfind('@')) {
        (Some((scheme, _)), Some(at)) => {
            format!("{scheme}://…{}", url.get(at..).unwrap_or_default())
        }
        _ => url.to_owned(),
    }
}
