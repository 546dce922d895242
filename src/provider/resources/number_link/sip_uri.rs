//! A SIP URI that calls are forwarded to (Vonage's documents of 2021: `transport`, `media` and `timeout` as parameters).

use std::collections::BTreeMap;
use std::fmt;
use std::net::Ipv6Addr;

/// Milliseconds.
const TIMEOUTS: std::ops::RangeInclusive<u32> = 2_000..=20_000;

/// A URI as it was written. Two are equal where they mean the same.
#[derive(Clone, Debug)]
pub(in crate::provider) struct SipUri(String);

impl From<&str> for SipUri {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<SipUri> for tfplugin::value::Value {
    fn from(uri: SipUri) -> Self {
        uri.0.into()
    }
}

impl PartialEq for SipUri {
    fn eq(&self, other: &Self) -> bool {
        match (self.parts(), other.parts()) {
            (Ok(one), Ok(other)) => one == other,
            _ => self.0 == other.0,
        }
    }
}

/// What a URI means: schemes, hosts and names of parameters are the same in upper and lower case (RFC 3261, section 19.1.4).
#[derive(Debug, PartialEq)]
struct Parts {
    user: String,
    host: String,
    parameters: BTreeMap<String, String>,
}

impl fmt::Display for Parts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "sip:{}@{}", self.user, self.host)?;
        let mut parameters = self.parameters.iter();
        parameters.try_for_each(|(name, value)| write!(f, ";{name}={value}"))
    }
}

impl SipUri {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// As a message may show it: cut off where it is long, and without what may be a password.
    pub(super) fn shown(&self) -> String {
        let shown = match self.0.rsplit_once('@') {
            Some((user, host)) if user.matches(':').count() > 1 => format!("sip:…@{host}"),
            _ => self.0.clone(),
        };
        shown.chars().take(100).collect()
    }

    /// The same in one spelling for all that mean the same.
    pub(super) fn canonical(&self) -> String {
        self.parts()
            .map_or_else(|_| self.0.clone(), |parts| parts.to_string())
    }

    /// Why it is none that calls can be forwarded to. The text continues a sentence that begins with the URI.
    pub(super) fn problem(&self) -> Option<String> {
        self.parts().err()
    }

    fn parts(&self) -> Result<Parts, String> {
        if self
            .0
            .contains(|letter: char| letter == ',' || letter.is_whitespace() || letter.is_control())
        {
            return Err(
                "holds a comma or white space. Give each URI as an element of its own".to_owned(),
            );
        }
        let scheme = self.0.get(..4).unwrap_or_default();
        if !scheme.eq_ignore_ascii_case("sip:") {
            return Err("does not begin with `sip:`".to_owned());
        }
        let mut pieces = self.0.get(4..).unwrap_or_default().split(';');
        let address = pieces.next().unwrap_or_default();
        let (user, host) = address
            .split_once('@')
            .ok_or("has no `@` between user and host")?;
        if user.is_empty() || host.contains('@') {
            return Err("is not `sip:user@host`".to_owned());
        }
        if user.contains(':') {
            return Err(
                "holds a password, which would stand in the state for all to read".to_owned(),
            );
        }
        check_host(host)?;
        let mut parameters = BTreeMap::new();
        for piece in pieces {
            let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
            let (name, value) = (name.to_ascii_lowercase(), value.to_ascii_lowercase());
            check_parameter(&name, &value)?;
            if parameters.insert(name.clone(), value).is_some() {
                return Err(format!("has the parameter `{name}` twice"));
            }
        }
        Ok(Parts {
            user: user.to_owned(),
            host: host.to_ascii_lowercase(),
            parameters,
        })
    }
}

/// A name or address, with or without a port.
fn check_host(text: &str) -> Result<(), String> {
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (text, None),
    };
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    if port.is_some_and(|port| !is_port(port)) {
        return Err("has a port that is not from 1 to 65535".to_owned());
    }
    let is_host = match host.strip_prefix('[') {
        Some(address) => address
            .strip_suffix(']')
            .is_some_and(|address| address.parse::<Ipv6Addr>().is_ok()),
        None => url::Host::parse(host).is_ok() && host.is_ascii() && !host.contains(['/', '%']),
    };
    if is_host {
        Ok(())
    } else {
        Err("has a host that is neither a name nor an address".to_owned())
    }
}

fn check_parameter(name: &str, value: &str) -> Result<(), String> {
    let is_right = match name {
        "transport" => matches!(value, "tls" | "tcp" | "udp"),
        "media" => value == "srtp",
        "timeout" => value
            .parse()
            .is_ok_and(|timeout| TIMEOUTS.contains(&timeout)),
        _ => {
            return Err("has a parameter other than `transport`, `media` and `timeout`".to_owned());
        }
    };
    if is_right {
        return Ok(());
    }
    Err(match name {
        "timeout" => format!(
            "has a `timeout` that is not from {} to {} milliseconds",
            TIMEOUTS.start(),
            TIMEOUTS.end()
        ),
        "media" => "has a `media` other than `srtp`".to_owned(),
        _ => "has a `transport` other than `tls`, `tcp` and `udp`".to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uris_that_mean_the_same_are_equal() {
        let uri = |text: &str| SipUri::from(text);
        let one = uri("sip:14155550100@pbx.example.com;transport=tls;media=srtp");
        assert_eq!(
            one,
            uri("SIP:14155550100@PBX.example.com;media=SRTP;Transport=tls")
        );
        assert_eq!(
            uri("SIP:A@PBX.example.com;transport=TLS;Media=srtp").canonical(),
            "sip:A@pbx.example.com;media=srtp;transport=tls"
        );
        assert_eq!(uri("sip:PBX").canonical(), "sip:PBX", "what is none stays");
        assert_eq!(uri("sip:PBX"), uri("sip:PBX"));
        assert_ne!(uri("sip:PBX"), uri("sip:pbx"));
        for other in [
            "sip:14155550101@pbx.example.com;transport=tls;media=srtp",
            "sip:14155550100@pbx.example.com;transport=tls",
            "sip:14155550100@pbx.example.org;transport=tls;media=srtp",
            "sip:14155550100@pbx.example.com:5061;transport=tls;media=srtp",
        ] {
            assert_ne!(one, uri(other), "{other}");
        }
    }

    #[test]
    fn what_is_no_uri_to_forward_to_is_told() {
        for (text, words) in [
            ("", "does not begin"),
            ("tel:+14155550100", "does not begin"),
            ("sips:a@b", "does not begin"),
            ("sip:pbx.example.com", "no `@`"),
            ("sip:@pbx.example.com", "is not `sip:user@host`"),
            ("sip:a@", "neither a name nor an address"),
            ("sip:a@pbx_1/x", "neither a name nor an address"),
            ("sip:a@[2001:db8::1", "neither a name nor an address"),
            ("sip:a@10.0.0.256", "neither a name nor an address"),
            ("sip:a@pbx.example.com:0", "from 1 to 65535"),
            ("sip:a@pbx.example.com:65536", "from 1 to 65535"),
            ("sip:a@pbx.example.com:", "from 1 to 65535"),
            ("sip:a:secret@pbx.example.com", "password"),
            ("sip:a@b@c", "is not `sip:user@host`"),
            ("sip:a@b,sip:c@d", "comma"),
            ("sip:a @b", "white space"),
            ("sip:a@b;timeout=1999", "from 2000 to 20000"),
            ("sip:a@b;timeout=20001", "from 2000 to 20000"),
            ("sip:a@b;timeout=5s", "from 2000 to 20000"),
            ("sip:a@b;media=rtp", "other than `srtp`"),
            ("sip:a@b;transport=ws", "other than `tls`"),
            ("sip:a@b;maddr=c", "other than `transport`"),
            ("sip:a@b;media=srtp;media=srtp", "twice"),
        ] {
            let problem = SipUri::from(text).problem();
            assert!(
                problem.as_ref().is_some_and(|it| it.contains(words)),
                "{text}: {problem:?}"
            );
        }
        for text in [
            "sip:a@[2001:db8::1]:5061;timeout=2000",
            "sip:a@[2001:db8::1]",
            "sip:+14155550100@192.0.2.1:5060",
            "sip:a@pbx_1.example.com",
        ] {
            assert_eq!(SipUri::from(text).problem(), None, "{text}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let shown = |text: &str| SipUri::from(text).shown();
        assert_eq!(shown("sip:a:secret@b;x=@c"), "sip:…@c");
        assert_eq!(shown("sip:a:secret@b"), "sip:…@b");
        assert_eq!(shown("sip:a@b:5061"), "sip:a@b:5061");
    }
}
