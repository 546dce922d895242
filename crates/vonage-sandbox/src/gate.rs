//! Turns away what a web page could make a browser on this machine send: foreign names for the sandbox, and foreign sites.

use std::net::{IpAddr, SocketAddr};

use http::StatusCode;
use http::header::{HOST, HeaderName, HeaderValue, ORIGIN};
use http::request;
use http::uri::Authority;

use crate::problem::{self, Problem};

/// Set by browsers alone; pages cannot change it.
const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

const FOREIGN_SITE: &str = "The sandbox does not answer web pages of other sites. Send the request without Origin and \
                            Sec-Fetch-Site, as curl does";

/// Knows how the sandbox may be addressed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Gate {
    port: u16,
    is_loopback: bool,
}

impl Gate {
    pub(crate) fn new(address: SocketAddr) -> Self {
        Self {
            port: address.port(),
            is_loopback: address.ip().is_loopback(),
        }
    }

    pub(crate) fn check(self, head: &request::Parts) -> Result<(), Problem> {
        let headers = head.headers.get_all(HOST).iter();
        let hosts: Vec<&str> = headers
            .map(|host| host.to_str().unwrap_or_default())
            .chain(head.uri.authority().map(Authority::as_str))
            .collect();
        if hosts.is_empty() || !hosts.iter().all(|host| self.is_own(host)) {
            let port = self.port;
            let detail = format!(
                "The sandbox answers only requests to 127.0.0.1:{port}, [::1]:{port}, localhost:{port} or, where other \
                 machines can reach it, its own IP address. Use one of these, such as the URL that it printed"
            );
            return Err(problem::closing(StatusCode::FORBIDDEN, &detail));
        }
        let mut origins = head.headers.get_all(ORIGIN).iter();
        let mut sites = head.headers.get_all(SEC_FETCH_SITE).iter();
        let is_foreign = origins.any(|origin| !hosts.iter().all(|host| is_origin(origin, host)))
            || sites.any(|site| *site != "same-origin" && *site != "none");
        if is_foreign {
            return Err(problem::closing(StatusCode::FORBIDDEN, FOREIGN_SITE));
        }
        Ok(())
    }

    /// Whether this is the sandbox's own port under a name that no foreign name server can have given out.
    fn is_own(self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else {
            return false;
        };
        let host = authority.host().trim_matches(['[', ']']);
        let is_here = match host.parse::<IpAddr>() {
            Ok(ip) => ip.to_canonical().is_loopback() || !self.is_loopback,
            Err(_) => host.eq_ignore_ascii_case("localhost"),
        };
        is_here && authority.port_u16().unwrap_or(80) == self.port
    }
}

/// Whether a page with this origin came from this very host: another loopback address may be somebody else's.
fn is_origin(origin: &HeaderValue, host: &str) -> bool {
    let origin = origin.to_str().unwrap_or_default();
    origin
        .strip_prefix("http://")
        .is_some_and(|from| from.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(listen: &str, uri: &str, headers: &[(&str, &str)]) -> bool {
        let mut request = http::Request::builder().uri(uri);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let head = request.body(()).unwrap().into_parts().0;
        Gate::new(listen.parse().unwrap()).check(&head).is_ok()
    }

    fn hosted(listen: &str, host: &str) -> bool {
        passes(listen, "/v1/psip", &[("host", host)])
    }

    #[test]
    fn only_loopback_names_with_the_own_port_are_answered() {
        for host in [
            "127.0.0.1:4010",
            "localhost:4010",
            "LOCALHOST:4010",
            "[::1]:4010",
            "127.0.0.2:4010",
        ] {
            assert!(hosted("127.0.0.1:4010", host), "{host}");
        }
        for host in [
            "",
            "127.0.0.1",
            "127.0.0.1:4011",
            "localhost",
            "evil.example:4010",
            "localhost.evil.example:4010",
            "127.0.0.1.evil.example:4010",
            "192.168.0.2:4010",
            "0.0.0.0:4010",
            "[::]:4010",
            "127.0.0.1:x",
            "sandbox",
        ] {
            assert!(!hosted("127.0.0.1:4010", host), "{host}");
        }
        assert!(hosted("127.0.0.1:80", "127.0.0.1") && hosted("[::1]:80", "[::1]"));
    }

    #[test]
    fn a_sandbox_that_others_can_reach_is_addressed_by_its_address() {
        assert!(hosted("0.0.0.0:4010", "192.168.0.2:4010"));
        assert!(hosted("0.0.0.0:4010", "localhost:4010"));
        assert!(!hosted("0.0.0.0:4010", "evil.example:4010"));
        let from = |origin| {
            let host = ("host", "192.168.0.2:4010");
            passes("0.0.0.0:4010", "/v1/psip", &[host, ("origin", origin)])
        };
        assert!(from("http://192.168.0.2:4010"));
        assert!(!from("http://192.168.0.3:4010"));
    }

    #[test]
    fn every_name_of_a_request_counts_and_one_is_needed() {
        let own = ("host", "127.0.0.1:4010");
        let foreign = ("host", "evil.example:4010");
        assert!(!passes("127.0.0.1:4010", "/v1/psip", &[]));
        assert!(!passes("127.0.0.1:4010", "/v1/psip", &[own, foreign]));
        assert!(!passes(
            "127.0.0.1:4010",
            "http://evil.example:4010/v1/psip",
            &[own]
        ));
        assert!(passes(
            "127.0.0.1:4010",
            "http://127.0.0.1:4010/v1/psip",
            &[own]
        ));
    }

    #[test]
    fn pages_of_other_sites_are_turned_away() {
        let host = ("host", "127.0.0.1:4010");
        for (name, value, is_own) in [
            ("origin", "http://127.0.0.1:4010", true),
            ("origin", "http://localhost:4010", false),
            ("origin", "http://127.0.0.2:4010", false),
            ("origin", "https://127.0.0.1:4010", false),
            ("origin", "http://127.0.0.1:3000", false),
            ("origin", "http://evil.example", false),
            ("origin", "null", false),
            ("sec-fetch-site", "none", true),
            ("sec-fetch-site", "same-origin", true),
            ("sec-fetch-site", "same-site", false),
            ("sec-fetch-site", "cross-site", false),
            ("sec-fetch-site", "", false),
        ] {
            let passed = passes(
                "127.0.0.1:4010",
                "/_sandbox/domains",
                &[host, (name, value)],
            );
            assert_eq!(passed, is_own, "{name}: {value}");
        }
    }
}
