//! Where a visitor comes from, also where a server of somebody else stands in front of ours. Limits on
//! tries are kept by it.

use std::net::{IpAddr, Ipv6Addr};

use axum::http::HeaderMap;

/// How the server stands to the world.
#[derive(Clone, Debug, Default)]
pub struct Front {
    /// Whether cookies are for https alone.
    pub secure: bool,
    /// Addresses of the proxies that stand in front. Only what they say of where a visitor comes from is
    /// believed: anybody can write the header.
    pub proxies: Vec<IpAddr>,
}

/// The header in which each proxy adds the address that it was asked from.
const FORWARDED: &str = "x-forwarded-for";
/// So many bits of an address of version 6 name a house; the rest its owner chooses.
const HOUSE_BITS: u32 = 64;

impl Front {
    /// The place that a request came from, under which tries are counted.
    pub(crate) fn place(&self, peer: Option<IpAddr>, headers: &HeaderMap) -> String {
        let Some(peer) = peer else { return String::new() };
        house(self.visitor(peer.to_canonical(), headers)).to_string()
    }

    /// The nearest address that is not one of our proxies. What stands further off in the header was
    /// written by the visitor.
    fn visitor(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let lines: Vec<&str> =
            headers.get_all(FORWARDED).iter().filter_map(|line| line.to_str().ok()).collect();
        let mut told = lines.iter().rev().flat_map(|line| line.rsplit(','));
        let mut nearest = peer;
        while self.proxies.contains(&nearest) {
            let Some(before) = told.next().and_then(address) else { break };
            nearest = before;
        }
        nearest
    }
}

/// An address as proxies write it, some of them with a port.
fn address(text: &str) -> Option<IpAddr> {
    let text = text.trim();
    let with_port = || text.parse::<std::net::SocketAddr>().ok().map(|both| both.ip());
    let bare = text.trim_start_matches('[').trim_end_matches(']');
    bare.parse().ok().or_else(with_port).map(|address: IpAddr| address.to_canonical())
}

fn house(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(six) => {
            let mask = u128::MAX << (u128::BITS - HOUSE_BITS);
            IpAddr::V6(Ipv6Addr::from(u128::from(six) & mask))
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderMap, HeaderValue};

    use super::Front;

    #[test]
    fn a_visitor_behind_our_proxy_is_not_the_proxy() {
        fn check(peer: &str, lines: &[&str], expected: &str) {
            let proxies = ["10.0.0.1", "10.0.0.2", "fd00::1"];
            let proxies = proxies.iter().map(|one| one.parse().unwrap()).collect();
            let front = Front { secure: true, proxies };
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append("x-forwarded-for", HeaderValue::from_str(line).unwrap());
            }
            let place = front.place(Some(peer.parse().unwrap()), &headers);
            assert_eq!(place, expected, "{peer} {lines:?}");
        }
        check("203.0.113.9", &[], "203.0.113.9");
        // Whoever asks us directly may write what they like.
        check("203.0.113.9", &["198.51.100.7"], "203.0.113.9");
        check("10.0.0.1", &["198.51.100.7"], "198.51.100.7");
        check("10.0.0.1", &["198.51.100.7:4711"], "198.51.100.7");
        check("::ffff:10.0.0.1", &["198.51.100.7"], "198.51.100.7");
        // Of what the visitor wrote before the proxy, nothing counts.
        check("10.0.0.1", &["192.0.2.1, 198.51.100.7"], "198.51.100.7");
        check("10.0.0.1", &["192.0.2.1", "198.51.100.7, 10.0.0.2"], "198.51.100.7");
        check("10.0.0.1", &["192.0.2.1, nonsense"], "10.0.0.1");
        check("10.0.0.1", &[], "10.0.0.1");
        // One house has a whole range of addresses of version 6.
        check("fd00::1", &["2001:db8:1:2:a:b:c:d"], "2001:db8:1:2::");
        check("2001:db8:1:2::5", &[], "2001:db8:1:2::");
        check("fd00::1", &["[2001:db8:1:2::5]:443"], "2001:db8:1:2::");
    }
}
