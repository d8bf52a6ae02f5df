//! Where a page is from, exactly as browsers say it, and which hosts can only be this machine.

use std::net::IpAddr;

/// An origin exactly as browsers send it: scheme, host, and a port if it is not the usual one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Origin(String);

impl Origin {
    /// Reads one. `None` if no browser would send that: a path, a slash at the end, capitals, the usual port, a wildcard;
    /// or if anyone on the way could change the page: HTTP to another machine.
    #[must_use]
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let url: reqwest::Url = text.parse().ok()?;
        let host = url.host_str()?;
        // What is plain in a header of sources and in an attribute: `frame-ancestors` takes no IPv6 address, and a name that
        // ends in a dot is another origin than the one people mean.
        let is_plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
        let is_private = url.scheme() == "https" || (url.scheme() == "http" && is_loopback(host));
        let is_exact = url.origin().ascii_serialization() == text;
        (is_plain && is_private && is_exact && !host.ends_with('.')).then(|| Self(text.to_owned()))
    }

    /// As browsers send it.
    #[must_use]
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Whether a host name or address can only be this machine.
#[must_use]
pub(crate) fn is_loopback(host: &str) -> bool {
    let bare = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(host);
    bare.eq_ignore_ascii_case("localhost")
        || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_what_browsers_send_and_nothing_else_b36() {
        for right in [
            "https://portal.example",
            "https://portal.example:8443",
            "https://xn--mnchen-3ya.example",
            "http://127.0.0.1:5173",
            "http://localhost:5173",
            "https://10.0.0.7",
        ] {
            assert_eq!(Origin::parse(right).as_ref().map(Origin::as_str), Some(right), "{right}");
        }
        for wrong in [
            "",
            "null",
            "*",
            "https://*",
            "https://*.portal.example",
            "portal.example",
            "//portal.example",
            "https://portal.example/",
            "https://portal.example/caf",
            "https://portal.example?a",
            "https://portal.example#a",
            "https://portal.example:443",
            "http://127.0.0.1:80",
            "https://Portal.example",
            "HTTPS://portal.example",
            "https://münchen.example",
            "https://portal.example.",
            "https://user@portal.example",
            "https://portal.example;",
            "https://portal.example 'unsafe-inline'",
            "https://a,b.example",
            "https://[::1]:5173",
            "http://portal.example",
            "http://127.0.0.1.example",
            "file:///portal",
            "data:text/html,x",
            " https://portal.example",
            "https://portal.example\n",
        ] {
            assert_eq!(Origin::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn only_this_machine_is_loopback() {
        for host in ["localhost", "LOCALHOST", "127.0.0.1", "127.9.9.9", "[::1]"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in
            ["localhost.example", "127.0.0.1.example", "0.0.0.0", "192.168.1.4", "[::]", "", "example.org"]
        {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
