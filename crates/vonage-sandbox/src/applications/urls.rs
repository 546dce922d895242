//! The rules of webhook addresses. Nobody outside Vonage knows those beyond the plainest, so they follow a switch.

use url::{Host, Url};

use crate::switches::UrlRules;

/// The longest address where the rules are plain.
const LONGEST: usize = 2000;

pub(super) fn check(text: &str, rules: UrlRules) -> Result<(), &'static str> {
    let url = Url::parse(text).ok();
    let url = url.filter(|url| matches!(url.scheme(), "http" | "https"));
    let Some((url, host)) = url.as_ref().and_then(|url| Some((url, url.host()?))) else {
        return Err("must be a valid URL");
    };
    let is_plain = url.username().is_empty()
        && url.password().is_none()
        && url.fragment().is_none()
        && text.len() <= LONGEST;
    match rules {
        UrlRules::Https if url.scheme() != "https" => Err("must be an https URL"),
        UrlRules::Public if is_local(&host) => Err("must be reachable from the internet"),
        UrlRules::Plain if !is_plain => {
            Err("must have no user info, no fragment and at most 2000 characters")
        }
        UrlRules::Probed if is_unreachable(&host) => Err("did not answer"),
        _ => Ok(()),
    }
}

fn is_local(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_private() || address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// Nothing is asked: names under `.invalid` never lead anywhere (RFC 2606).
fn is_unreachable(host: &Host<&str>) -> bool {
    matches!(host, Host::Domain(name) if name.ends_with(".invalid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_rule_refuses_what_it_is_about_and_nothing_else() {
        let odd = "https://user:word@voice.example.org/a#b";
        for (rules, refused) in [
            (UrlRules::Web, vec![]),
            (UrlRules::Https, vec!["http://voice.example.org/a"]),
            (
                UrlRules::Public,
                vec!["https://localhost/", "https://10.0.0.1/", "https://[::1]/"],
            ),
            (UrlRules::Plain, vec![odd]),
            (UrlRules::Probed, vec!["https://voice.invalid/"]),
        ] {
            for url in [
                "https://voice.example.org/a",
                "http://voice.example.org/a",
                "https://localhost/",
                "https://10.0.0.1/",
                "https://[::1]/",
                odd,
                "https://voice.invalid/",
            ] {
                let is_refused = check(url, rules).is_err();
                assert_eq!(is_refused, refused.contains(&url), "{rules:?} {url}");
            }
        }
        for url in [
            "",
            "answer",
            "//voice.example.org",
            "ftp://voice.example.org",
            "https://",
        ] {
            assert!(check(url, UrlRules::Web).is_err(), "{url}");
        }
    }
}
