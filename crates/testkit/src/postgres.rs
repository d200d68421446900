//! A PostgreSQL cluster for tests: started once a process, reached by a Unix socket alone, and
//! removed by a watchdog when the process ends, however it ends.

use std::ffi::OsStr;
use std::io;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where Debian keeps the servers, one folder a version.
const DEBIAN: &str = "/usr/lib/postgresql";
/// Connections the server takes: many tests at once, each with its pool.
const CONNECTIONS: u32 = 400;

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    /// Holds the data and the socket.
    home: PathBuf,
    bin: PathBuf,
    databases: AtomicU64,
    /// Waits for the end of our pipe, then stops the server and removes the folder.
    _watchdog: Child,
}

/// The cluster of this process, started when first asked for. Where PostgreSQL is not installed,
/// says so and answers `None`; with `CI=true` that is a panic, so that it is never skipped unseen.
///
/// # Panics
/// If PostgreSQL is there but does not start, or is missing under `CI=true`.
#[must_use]
pub fn postgres() -> Option<&'static Cluster> {
    static CLUSTER: OnceLock<Option<Cluster>> = OnceLock::new();
    CLUSTER.get_or_init(start).as_ref()
}

#[expect(clippy::panic, clippy::print_stderr, reason = "a test without its server must be loud")]
fn start() -> Option<Cluster> {
    let Some(bin) = binaries() else {
        let why = "PostgreSQL not found: its tests are skipped. \
                   Install: apt-get install postgresql";
        if std::env::var_os("CI").is_some_and(|ci| ci == "true") {
            panic!("{why}");
        }
        eprintln!("{why}");
        return None;
    };
    match Cluster::start(bin) {
        Ok(cluster) => Some(cluster),
        Err(error) => panic!("PostgreSQL is installed but its test cluster did not start: {error}"),
    }
}

impl Cluster {
    /// A new empty database, compared by byte as far as the cluster goes; answers its address.
    ///
    /// # Errors
    /// If the server refuses.
    pub fn database(&self) -> io::Result<String> {
        self.create(&[])
    }

    /// A new empty database whose texts sort by the rules of a language, not by byte.
    ///
    /// # Errors
    /// If the server refuses, for example because it was built without ICU.
    pub fn database_of_language(&self) -> io::Result<String> {
        self.create(&["--locale-provider=icu", "--icu-locale=en-GB"])
    }

    /// Runs one statement as the superuser in the database at `url`, and answers what it printed.
    ///
    /// # Errors
    /// If the server refuses it.
    pub fn psql(&self, url: &str, statement: &str) -> io::Result<String> {
        let mut command = Command::new(self.bin.join("psql"));
        command.args(["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement]);
        run(&mut command)
    }

    fn create(&self, extra: &[&str]) -> io::Result<String> {
        let name = format!("t{}", self.databases.fetch_add(1, Ordering::Relaxed));
        let mut command = Command::new(self.bin.join("createdb"));
        command.arg("--host").arg(&self.home).args(["--username=postgres", "--template=template0"]);
        run(command.args(extra).arg(&name))?;
        Ok(format!("postgres://postgres@localhost/{name}?host={}", self.home.display()))
    }

    fn start(bin: PathBuf) -> io::Result<Self> {
        // Kept out of the user's own temporary folder, which `nobody` may not be able to enter.
        let home = tempfile::Builder::new().prefix("sendero-pg.").tempdir_in("/var/tmp")?.keep();
        let watchdog = watch(&bin, &home)?;
        if root()? {
            run(Command::new("chown").arg("nobody").arg(&home))?;
        }
        let data = home.join("data");
        run(server(&bin, "initdb")?.arg("-D").arg(&data).args([
            "--username=postgres",
            "--auth=trust",
            "--no-sync",
            "--encoding=UTF8",
            "--locale=C",
        ]))?;
        // Safe only because nothing here outlives the tests: no write waits for the disk.
        let options = format!(
            "-c listen_addresses='' -c unix_socket_directories={} -c fsync=off \
             -c synchronous_commit=off -c full_page_writes=off -c max_connections={CONNECTIONS}",
            home.display()
        );
        let log = home.join("log");
        let mut start = server(&bin, "pg_ctl")?;
        start.arg("-D").arg(&data).args(["-w", "-l"]).arg(&log).arg("-o").arg(options).arg("start");
        // The server inherits these, so a pipe here would never end.
        let started = start.stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        if !started.success() {
            let said = std::fs::read_to_string(&log).unwrap_or_default();
            return Err(io::Error::other(format!("pg_ctl: {started}: {said}")));
        }
        Ok(Self { home, bin, databases: AtomicU64::new(0), _watchdog: watchdog })
    }
}

/// Starts the process that cleans up. It is a process of its own since a static is never dropped
/// and a killed test runs nothing; it sees our end by the end of the pipe.
fn watch(bin: &Path, home: &Path) -> io::Result<Child> {
    let script = "cat >/dev/null; cd /; \"$@\" -D \"$HOME_OF_CLUSTER/data\" -m immediate stop \
                  >/dev/null 2>&1; rm -rf \"$HOME_OF_CLUSTER\"";
    let stop = server(bin, "pg_ctl")?;
    Command::new("sh")
        .args(["-c", script, "sh"])
        .arg(stop.get_program())
        .args(stop.get_args())
        .env("HOME_OF_CLUSTER", home)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .process_group(0)
        .spawn()
}

/// A server program, run as `nobody` if we are root, since it refuses root.
fn server(bin: &Path, program: &str) -> io::Result<Command> {
    let mut command = if root()? {
        let mut command = Command::new("runuser");
        command.args(["-u", "nobody", "--"]).arg(bin.join(program));
        command
    } else {
        Command::new(bin.join(program))
    };
    command.current_dir("/").stdin(Stdio::null());
    Ok(command)
}

fn root() -> io::Result<bool> {
    Ok(run(Command::new("id").arg("-u"))?.trim() == "0")
}

/// The newest folder that holds the server programs: on the path, or Debian's.
fn binaries() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).collect::<Vec<_>>();
    let mut debian: Vec<PathBuf> = std::fs::read_dir(DEBIAN)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .collect();
    debian.sort_by_key(|bin| version(bin));
    let complete = |bin: &PathBuf| {
        ["initdb", "pg_ctl", "postgres", "createdb", "psql"]
            .iter()
            .all(|program| bin.join(program).is_file())
    };
    on_path.into_iter().chain(debian.into_iter().rev()).find(complete)
}

/// `/usr/lib/postgresql/15/bin` is of version 15.
fn version(bin: &Path) -> u32 {
    bin.parent()
        .and_then(Path::file_name)
        .and_then(OsStr::to_str)
        .and_then(|name| name.parse().ok())
        .unwrap_or_default()
}

/// Runs to the end and answers what it printed; its errors carry what it complained of.
fn run(command: &mut Command) -> io::Result<String> {
    let output = command.stdin(Stdio::null()).output()?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let program = command.get_program().display().to_string();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        Err(io::Error::other(format!("{program}: {}: {said}", output.status)))
    }
}
