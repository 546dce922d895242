//! The rules for the API's base URL: HTTPS, or HTTP on this very machine, and nothing behind the host and port.

use url::{Host, Url};

/// Reads a base URL. The error continues the sentence `The value of … `.
///
/// It shows no more of the value than scheme, host and port: what else stands there may be a password.
pub(crate) fn parse(text: &str) -> Result<Url, String> {
    let url = Url::parse(text).map_err(|error| {
        format!("is not a URL: {error}. It should look like \"https://api.nexmo.com\".")
    })?;
    let Some(host) = url.host() else {
        return Err(
            "is not a URL with a host. It should look like \"https://api.nexmo.com\".".to_owned(),
        );
    };
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&host) => {}
        "http" => {
            return Err(format!(
                "uses plain `http` to {host}, which would send the API secret unencrypted. \
                 Use `https`; `http` is accepted only for 127.0.0.0/8, [::1] and localhost."
            ));
        }
        scheme => {
            return Err(format!(
                "has the scheme `{scheme}`. Use `https`, or `http` for a server on this machine."
            ));
        }
    }
    let shown = origin(&url);
    if !url.username().is_empty() || url.password().is_some() {
        return Err(format!(
            "holds a user name or a password. Leave {shown} there and use `api_key` and `api_secret`."
        ));
    }
    let extra = if url.query().is_some() {
        "a query"
    } else if url.fragment().is_some() {
        "a fragment"
    } else if url.path() != "/" {
        "a path"
    } else {
        return Ok(url);
    };
    Err(format!(
        "has {extra}. Give scheme, host and port only: \"{shown}\"."
    ))
}

/// The base URL of the Numbers API beside this one, where none is given: a server on this machine stands for all APIs.
pub(crate) fn rest_beside(base_url: &Url) -> Option<Url> {
    if is_on_this_machine(base_url) {
        return Some(base_url.clone());
    }
    parse("https://rest.nexmo.com").ok()
}

/// Whether this host is this machine, so that no proxy may stand between.
pub(crate) fn is_on_this_machine(url: &Url) -> bool {
    url.host().is_some_and(|host| is_loopback(&host))
}

/// `localhost` is, by RFC 6761, and the transport holds it to that.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
        Host::Domain(name) => name.eq_ignore_ascii_case("localhost"),
    }
}

fn origin(url: &Url) -> String {
    url.origin().ascii_serialization()
}
