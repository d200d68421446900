//! Tries the addresses that entries of the Local Offer send families to. Slowly, a server at a time,
//! within bounds, and never at an address that is not open to everybody: an entry may hold any words.

use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr};
use std::time::{Duration, Instant};

use jiff::civil::Date;
use sendero_app::house::offer::Directory;
use sendero_app::{App, AreaDetail, Tried, addresses_of};
use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};

use crate::outcome::{Failure, say};

/// An address that answered within so many days is not asked again.
const AGAIN_AFTER_DAYS: i32 = 7;
/// The longest that one run takes.
const RUN_WITHIN: Duration = Duration::from_secs(60 * 60);
/// The rest between two questions to one server.
const REST: Duration = Duration::from_secs(1);
/// Times that one question may be sent on.
const SENT_ON_MOST: u32 = 5;
/// Answers written in one commit.
const NOTED_AT_ONCE: usize = 50;

/// Whether an address is one that anybody on the internet can reach.
type MayAsk = fn(IpAddr) -> bool;

/// Tries what has not been tried of late, at most `most` addresses, and says what came.
pub(super) async fn check(
    app: &App,
    area: &AreaDetail,
    most: usize,
    wait: Duration,
) -> Result<(), Failure> {
    let today = app.now().today;
    let offer = app.local_offer(&area.code).await?;
    let known = app.tried(&area.code).await?;
    let asked = to_ask(&offer.directory, &known, today);
    let left = asked.len().saturating_sub(most);
    let agent = format!(
        "Sendero/{} (Local Offer, trying links; {})",
        env!("CARGO_PKG_VERSION"),
        area.address
    );
    let asker = Asker::of(&agent, wait, is_public);
    let (begun, mut counts) = (Instant::now(), BTreeMap::<&str, usize>::new());
    let mut last: BTreeMap<String, Instant> = BTreeMap::new();
    let mut noted = Vec::new();
    for (address, services) in asked.into_iter().take(most) {
        if begun.elapsed() > RUN_WITHIN {
            say("An hour is over. Run it again to go on.");
            break;
        }
        let host = host_of(&address);
        if let Some(before) = last.get(&host) {
            tokio::time::sleep(REST.saturating_sub(before.elapsed())).await;
        }
        let (asker, question) = (asker.clone(), address.clone());
        let came = tokio::task::spawn_blocking(move || asker.ask(&question))
            .await
            .map_err(|_| Failure::Ours("the trying of links broke off".to_owned()))?;
        last.insert(host, Instant::now());
        *counts.entry(came).or_default() += 1;
        noted.extend(services.into_iter().map(|service| Tried {
            service,
            address: address.clone(),
            on: today,
            came: came.to_owned(),
        }));
        if noted.len() >= NOTED_AT_ONCE {
            app.note_tried(&area.code, &noted).await?;
            noted.clear();
        }
    }
    app.note_tried(&area.code, &noted).await?;
    report(&area.name, &counts, left);
    Ok(())
}

fn report(area: &str, counts: &BTreeMap<&str, usize>, left: usize) {
    let count = |came: &str| counts.get(came).copied().unwrap_or_default();
    say(&format!(
        "{area}: {} addresses tried. {} answer, {} are gone, {} are broken, {} are silent, {} do not say; \
         {} are no public address and were not asked.",
        counts.values().sum::<usize>() - count("not-asked"),
        count("there"),
        count("gone"),
        count("broken"),
        count("silent"),
        count("not-said"),
        count("not-asked"),
    ));
    if left > 0 {
        say(&format!("{left} more wait for the next run."));
    }
}

/// The addresses to try, each with the services that have it. Those that were tried longest ago, or
/// never, come first; those that answered of late are left alone.
fn to_ask(directory: &Directory, known: &[Tried], today: Date) -> Vec<(String, Vec<String>)> {
    let mut asked: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for service in directory.services.values().filter(|service| service.is_shown()) {
        for address in addresses_of(service) {
            asked.entry(address).or_default().push(service.id.clone());
        }
    }
    let lately = |address: &str, service: &str| {
        known.iter().find(|one| one.address == address && one.service == service)
    };
    let mut list: Vec<(Option<Date>, String, Vec<String>)> = asked
        .into_iter()
        .filter_map(|(address, services)| {
            let tried = services.iter().map(|service| lately(address, service));
            let oldest = tried.clone().map(|one| one.map(|one| one.on)).min().flatten();
            let rests = tried.into_iter().all(|one| {
                one.is_some_and(|one| one.came == "there" && days(one.on, today) < AGAIN_AFTER_DAYS)
            });
            (!rests).then(|| (oldest, address.to_owned(), services))
        })
        .collect();
    list.sort();
    list.into_iter().map(|(_, address, services)| (address, services)).collect()
}

fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(i32::MAX, |span| span.get_days())
}

fn host_of(address: &str) -> String {
    let uri: Option<Uri> = address.parse().ok();
    uri.and_then(|uri| uri.host().map(str::to_owned)).unwrap_or_default()
}

/// Asks one address after another.
#[derive(Clone)]
struct Asker {
    agent: Agent,
}

impl Asker {
    fn of(agent: &str, wait: Duration, may: MayAsk) -> Self {
        let config = Config::builder()
            .timeout_global(Some(wait))
            .max_redirects(SENT_ON_MOST)
            .max_redirects_will_error(true)
            .http_status_as_error(false)
            // A proxy would look the name up where we do not see what it found.
            .proxy(None)
            .user_agent(agent)
            .build();
        let open = Open { inner: DefaultResolver::default(), may };
        Self { agent: Agent::with_parts(config, DefaultConnector::default(), open) }
    }

    /// What came, in a word. Nothing of the answer but its status is read.
    fn ask(&self, address: &str) -> &'static str {
        if !(address.starts_with("http://") || address.starts_with("https://")) {
            return "not-asked";
        }
        match self.agent.get(address).call() {
            Ok(answer) => match answer.status().as_u16() {
                200..=299 => "there",
                404 | 410 => "gone",
                500..=599 => "broken",
                // Many sites turn programs away and are there for people.
                _ => "not-said",
            },
            Err(ureq::Error::Io(error)) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                "not-asked"
            }
            Err(ureq::Error::BadUri(_)) => "gone",
            Err(ureq::Error::TooManyRedirects) => "broken",
            Err(_) => "silent",
        }
    }
}

/// Looks names up, and gives back only what anybody may ask. It is asked anew wherever a question is
/// sent on to, and what it gives is what is connected to: a name cannot change in between.
#[derive(Debug)]
struct Open<R> {
    inner: R,
    may: MayAsk,
}

impl<R: Resolver> Resolver for Open<R> {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.inner.resolve(uri, config, timeout)?;
        // One private address among several is reason enough: it is not a page for families.
        if found.iter().all(|at| (self.may)(at.ip())) {
            return Ok(found);
        }
        let kind = std::io::ErrorKind::PermissionDenied;
        Err(ureq::Error::Io(std::io::Error::new(kind, "no public address")))
    }
}

/// Whether anybody on the internet can reach this address.
fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => {
            if let Some(four) = ip.to_ipv4_mapped() {
                return is_public_v4(four);
            }
            // Only what is given out to the world, without the parts that hold another address,
            // a tunnel or an example.
            let [first, second, ..] = ip.segments();
            (0x2000..0x4000).contains(&first)
                && first != 0x2002
                && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
                && first != 0x3fff
        }
    }
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let shared = a == 100 && (64..128).contains(&b);
    let protocol = a == 192 && b == 0 && c == 0;
    let measuring = a == 198 && (b == 18 || b == 19);
    let relay = a == 192 && b == 88 && c == 99;
    !(a == 0
        || a >= 224
        || ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_documentation()
        || shared
        || protocol
        || measuring
        || relay)
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use sendero_app::house::offer::Service;

    use super::*;

    #[test]
    fn only_what_anybody_can_reach_is_asked() {
        let check = |text: &str, expected: bool| {
            assert_eq!(is_public(text.parse().unwrap()), expected, "{text}");
        };
        for open in ["8.8.8.8", "151.101.0.81", "100.63.255.255", "100.128.0.1", "2a00:1450::1"] {
            check(open, true);
        }
        for shut in [
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.255.255",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "224.0.0.1",
            "255.255.255.255",
            "192.0.0.8",
            "198.18.0.1",
            "192.0.2.1",
            "::1",
            "::",
            "fe80::1",
            "fc00::1",
            "fd12::1",
            "ff02::1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::a00:1",
            "2002:a00:1::",
            "2001:db8::1",
            "2001::1",
        ] {
            check(shut, false);
        }
    }

    /// A server that gives one answer to each question; tells how many came.
    fn server(answer: &'static str) -> (String, std::sync::mpsc::Receiver<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/page", listener.local_addr().unwrap());
        let (sender, came) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { return };
                let _ = stream.read(&mut [0; 2048]);
                let _ = stream.write_all(answer.as_bytes());
                let _ = sender.send(());
            }
        });
        (address, came)
    }

    fn asked(answer: &'static str) -> &'static str {
        let (address, _came) = server(answer);
        Asker::of("test", Duration::from_secs(5), |_| true).ask(&address)
    }

    #[test]
    fn what_comes_has_a_word() {
        assert_eq!(
            asked("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "there"
        );
        assert_eq!(
            asked("HTTP/1.1 404 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "gone"
        );
        assert_eq!(
            asked("HTTP/1.1 503 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "broken"
        );
        assert_eq!(
            asked("HTTP/1.1 403 No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"),
            "not-said"
        );
        assert_eq!(asked("nonsense\r\n\r\n"), "silent");
        let asker = Asker::of("test", Duration::from_secs(5), |_| true);
        assert_eq!(asker.ask("mailto:somebody@example.org"), "not-asked");
    }

    #[test]
    fn a_private_address_is_never_asked_nor_sent_on_to() {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        let (address, came) = server(answer);
        let asker = Asker::of("test", Duration::from_secs(5), is_public);
        assert_eq!(asker.ask(&address), "not-asked");
        assert!(came.try_recv().is_err(), "the server was asked");
    }

    #[test]
    fn what_answered_of_late_is_left_alone() {
        let today = jiff::civil::date(2026, 11, 22);
        let mut directory = Directory::default();
        for (id, url) in [
            ("a", "https://one.example/"),
            ("b", "https://one.example/"),
            ("c", "https://two.example/"),
        ] {
            let service = Service { id: id.into(), url: url.into(), ..Service::default() };
            directory.services.insert(id.into(), service);
        }
        let tried = |service: &str, address: &str, ago: i64, came: &str| Tried {
            service: service.into(),
            address: address.into(),
            on: today.saturating_sub(jiff::Span::new().days(ago)),
            came: came.into(),
        };
        let both = [
            tried("a", "https://one.example/", 2, "there"),
            tried("b", "https://one.example/", 2, "there"),
            tried("c", "https://two.example/", 2, "silent"),
        ];
        let asked = to_ask(&directory, &both, today);
        assert_eq!(asked, [("https://two.example/".to_owned(), vec!["c".to_owned()])]);
        let asked = to_ask(&directory, &both[..1], today);
        assert_eq!(asked.len(), 2, "a second entry has the address now");
    }
}
