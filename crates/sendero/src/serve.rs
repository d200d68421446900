//! `sendero serve`: pages over the use cases, the job that sends messages, and a graceful stop.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use sendero_app::App;
use sendero_web::Front;
use tokio::net::TcpListener;

use crate::command::{Place, app_at};
use crate::config::{Config, database, hidden};
use crate::outbox::Folder;
use crate::outcome::Failure;

/// What `serve` is told.
#[derive(Args)]
pub(crate) struct Arguments {
    #[command(flatten)]
    place: Place,
    /// Address and port.
    #[arg(long, value_name = "ADDR")]
    listen: Option<String>,
    /// Cookies also over plain http. Only for trying things out on one machine.
    #[arg(long)]
    insecure_cookies: bool,
    /// Address of a proxy that stands in front, which is believed about where visitors come from. Once
    /// for each.
    #[arg(long = "proxy", value_name = "IP")]
    proxies: Vec<IpAddr>,
}

/// Serves until it is told to stop.
pub(crate) async fn run(arguments: Arguments) -> Result<(), Failure> {
    start_log();
    let config = Config::read(arguments.place.config.as_deref())?;
    let place = &arguments.place;
    let url = database(place.database.as_deref(), place.data.as_deref(), &config)?;
    let address = arguments.listen.or(config.listen).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    let outbox: PathBuf = config.outbox.map_or_else(|| PathBuf::from("outbox"), PathBuf::from);
    let secure = config.secure_cookies.unwrap_or(true) && !arguments.insecure_cookies;
    tracing::info!(
        database = %hidden(&url), listen = %address, outbox = %outbox.display(),
        secure_cookies = secure, "serving"
    );
    let app = app_at(place).await?;
    if let Some(code) = app.promised_by_nobody().await?.first() {
        return Err(Failure::Given(format!(
            "there are standards of `{code}`, and no area of that code here: name the folder by the \
             code of its area, or open the area first with `sendero area set FILE`"
        )));
    }
    let listener = listen(&address).await?;
    let proxies = [arguments.proxies, config.proxies].concat();
    serve(app, listener, outbox, Front { secure, proxies }).await
}

/// Logs go to standard error, as JSON where nobody watches.
pub(crate) fn start_log() {
    use std::io::IsTerminal as _;
    let filter = tracing_subscriber::EnvFilter::try_from_env("SENDERO_LOG")
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,sendero=info"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = if std::io::stderr().is_terminal() { log.try_init() } else { log.json().try_init() };
}

/// Takes an address.
pub(crate) async fn listen(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| {
        Failure::Ours(format!("{address} cannot be listened on: {error}. Try another port"))
    })
}

/// The port that was taken.
pub(crate) fn port_of(listener: &TcpListener) -> Result<u16, Failure> {
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|error| Failure::Ours(format!("the address cannot be read: {error}")))
}

/// How often waiting messages are looked for.
const LOOK_FOR_MESSAGES: Duration = Duration::from_secs(5);

/// Serves pages and sends messages until the process is told to stop.
pub(crate) async fn serve(
    app: App,
    listener: TcpListener,
    outbox: PathBuf,
    front: Front,
) -> Result<(), Failure> {
    let post = Folder(outbox);
    let sender = app.clone();
    let job = tokio::spawn(async move {
        loop {
            if let Err(problem) = sender.send_waiting(&post).await {
                tracing::warn!(%problem, "messages wait");
            }
            tokio::time::sleep(LOOK_FOR_MESSAGES).await;
        }
    });
    let served = sendero_web::serve(app, listener, front, stopped()).await;
    job.abort();
    served.map_err(|error| Failure::Ours(format!("serving stopped: {error}")))
}

/// Ends when the process is asked to stop.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! { _ = interrupt => {}, _ = terminate.recv() => {} }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}
