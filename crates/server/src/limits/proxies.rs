//! Which address a request comes from, when proxies pass it on.
//!
//! Anyone can write `X-Forwarded-For`. It is believed only where a proxy that the settings name wrote it, and only as far
//! back as such proxies reach.

use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use ipnet::IpNet;
use serde::{Deserialize, Serialize};

/// The header in which a proxy names whom it speaks for.
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The other end of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

/// The proxies whose `X-Forwarded-For` is believed: addresses or networks, in a list or with commas between.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Vec<String>")]
pub struct TrustedProxies(Vec<IpNet>);

/// What is neither an address nor a network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address or a network")]
pub struct NotANetwork;

/// As the settings have it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Written {
    One(String),
    Many(Vec<String>),
}

impl TryFrom<Written> for TrustedProxies {
    type Error = NotANetwork;

    fn try_from(written: Written) -> Result<Self, NotANetwork> {
        let texts = match written {
            Written::One(text) => text.split(',').map(str::to_owned).collect(),
            Written::Many(texts) => texts,
        };
        texts.iter().map(|text| network(text.trim())).collect::<Result<_, _>>().map(Self)
    }
}

impl From<TrustedProxies> for Vec<String> {
    fn from(proxies: TrustedProxies) -> Self {
        proxies.0.iter().map(ToString::to_string).collect()
    }
}

fn network(text: &str) -> Result<IpNet, NotANetwork> {
    let alone = text.parse::<IpAddr>().map(IpNet::from);
    alone.or_else(|_| text.parse()).map_err(|_| NotANetwork)
}

impl TrustedProxies {
    /// Whom a request comes from: the last address that no trusted proxy vouches for. What cannot be read ends the search,
    /// and the one who wrote it is the answer.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut client = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).iter().map(|line| line.to_str().unwrap_or_default());
        let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
        let mut hops = hops.into_iter().rev();
        while self.has(client)
            && let Some(before) = hops.next().and_then(|hop| address(hop.trim()))
        {
            client = before;
        }
        client
    }

    fn has(&self, address: IpAddr) -> bool {
        self.0.iter().any(|network| network.contains(&address))
    }
}

/// An address as proxies write it, some with a port.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let alone = bare.parse::<IpAddr>().ok();
    alone
        .or_else(|| hop.parse::<SocketAddr>().ok().map(|both| both.ip()))
        .map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn client(proxies: &str, peer: &str, lines: &[&str]) -> String {
        let proxies = match proxies {
            "" => TrustedProxies::default(),
            text => TrustedProxies::try_from(Written::One(text.to_owned())).unwrap_or_default(),
        };
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(
                FORWARDED_FOR,
                HeaderValue::from_bytes(line.as_bytes()).unwrap_or(HeaderValue::from_static("")),
            );
        }
        let peer = peer.parse().unwrap_or(IpAddr::from([0, 0, 0, 0]));
        proxies.client(peer, &headers).to_string()
    }

    #[test]
    fn a_header_from_anyone_but_a_trusted_proxy_changes_nothing_b46() {
        for forged in [&["192.0.2.9"][..], &["192.0.2.9, 10.0.0.1"], &["x", "192.0.2.9"]] {
            assert_eq!(client("", "198.51.100.1", forged), "198.51.100.1");
            assert_eq!(client("10.0.0.0/8", "198.51.100.1", forged), "198.51.100.1");
        }
    }

    #[test]
    fn behind_trusted_proxies_the_last_address_that_is_not_one_of_them_counts_b46() {
        for (lines, expected) in [
            (&["192.0.2.9"][..], "192.0.2.9"),
            // What the client itself wrote comes first and is not believed.
            (&["203.0.113.5, 192.0.2.9"], "192.0.2.9"),
            (&["203.0.113.5", "192.0.2.9, 10.1.1.1"], "192.0.2.9"),
            (&["192.0.2.9:4711"], "192.0.2.9"),
            (&["[2001:db8::1]:4711"], "2001:db8::1"),
            (&["[2001:db8::1]"], "2001:db8::1"),
            (&["::ffff:192.0.2.9"], "192.0.2.9"),
            (&["192.0.2.9, unknown"], "10.0.0.1"),
            (&["unknown, 10.2.2.2"], "10.2.2.2"),
            (&["\u{e9}"], "10.0.0.1"),
            (&[""], "10.0.0.1"),
            (&[], "10.0.0.1"),
        ] {
            assert_eq!(client("10.0.0.0/8, ::1", "::ffff:10.0.0.1", lines), expected, "{lines:?}");
        }
    }

    #[test]
    fn proxies_are_addresses_and_networks() {
        let read = |text: &str| TrustedProxies::try_from(Written::One(text.to_owned()));
        assert!(read("10.0.0.0/8, 192.0.2.1,2001:db8::/32").is_ok());
        for wrong in ["proxy", "10.0.0.0/33", "10.0.0.1,", "10.0.0"] {
            assert_eq!(read(wrong), Err(NotANetwork), "{wrong}");
        }
    }
}
