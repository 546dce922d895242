//! The rules of what calls and messages may go to.

use url::{Host, Url};

use super::fields::{Fields, is_msisdn};

/// How long, in milliseconds, a call may be tried at one SIP address.
const TIMEOUTS: std::ops::RangeInclusive<u32> = 2000..=20_000;

/// A field with something in it: an empty one is none.
pub(super) fn filled<'a>(sent: &'a Fields, name: &str) -> Option<&'a str> {
    sent.get(name)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
}

/// Checks all that an update sends, but for what only the store knows.
pub(super) fn check(sent: &Fields) -> Result<(), String> {
    let filled = |name| filled(sent, name);
    for name in ["moHttpUrl", "voiceStatusCallback"] {
        if filled(name).is_some_and(|url| host(url).is_none()) {
            return Err(format!("{name} must be an http or https URL"));
        }
    }
    match (
        filled("messagesCallbackType"),
        filled("messagesCallbackValue"),
    ) {
        (None, None) | (Some("app"), Some(_)) => {}
        (Some("app"), None) | (None, Some(_)) => return Err(both("messagesCallback")),
        _ => return Err("messagesCallbackType must be app".to_owned()),
    }
    match (filled("voiceCallbackType"), filled("voiceCallbackValue")) {
        (None, None) | (Some("app"), Some(_)) => Ok(()),
        (Some("tel"), Some(value)) if is_msisdn(value) => Ok(()),
        (Some("tel"), Some(_)) => Err("voiceCallbackValue must have digits alone".to_owned()),
        (Some("sip"), Some(value)) => value.split(',').try_for_each(check_sip),
        (Some("app" | "sip" | "tel"), None) | (None, Some(_)) => Err(both("voiceCallback")),
        _ => Err("voiceCallbackType must be sip, tel or app".to_owned()),
    }
}

fn both(callback: &str) -> String {
    format!("{callback}Type and {callback}Value need each other")
}

/// One of the SIP addresses that a call is tried at in turn.
fn check_sip(uri: &str) -> Result<(), String> {
    let invalid = |reason| Err(format!("voiceCallbackValue {uri:?} {reason}"));
    let mut parts = uri.split(';');
    let address = parts.next().and_then(|first| first.strip_prefix("sip:"));
    let Some(address) = address.filter(|_| !uri.contains(char::is_whitespace)) else {
        return invalid("is no SIP URI");
    };
    let host = address.rsplit('@').next().unwrap_or_default();
    if host.is_empty() || address.starts_with('@') {
        return invalid("has no host or no user");
    }
    for parameter in parts {
        let is_known = match parameter.split_once('=') {
            Some(("transport", value)) => matches!(value, "udp" | "tcp" | "tls"),
            Some(("media", value)) => value == "srtp",
            Some(("timeout", value)) => value.parse().is_ok_and(|ms| TIMEOUTS.contains(&ms)),
            _ => false,
        };
        if !is_known {
            let reason = format!(
                "has the parameter {parameter:?}, which is none of transport, media=srtp and timeout=2000 to 20000"
            );
            return invalid(&reason);
        }
    }
    Ok(())
}

/// The host of a web address.
fn host(text: &str) -> Option<String> {
    let url = Url::parse(text).ok()?;
    let is_web = matches!(url.scheme(), "http" | "https");
    let host = url.host().filter(|_| is_web)?;
    Some(Host::to_owned(&host).to_string())
}

/// Whether a webhook answers. Nothing is asked: names under `.invalid` never lead anywhere (RFC 2606), all others do.
pub(super) fn answers(url: &str) -> bool {
    host(url).is_some_and(|host| !host.ends_with(".invalid"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(fields: &[(&str, &str)]) -> Result<(), String> {
        let fields = fields.iter();
        check(
            &fields
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn forwards_that_the_documents_know_are_taken() {
        for value in [
            "sip:447700900000@pbx.example.com",
            "sip:pbx.example.com",
            "sip:a@pbx.example.com:5061;transport=tls;media=srtp",
            "sip:a@one.example.com;timeout=2000,sip:a@two.example.com;timeout=20000",
            "sip:a@[2001:db8::1]",
        ] {
            let sent = [("voiceCallbackType", "sip"), ("voiceCallbackValue", value)];
            assert_eq!(checked(&sent), Ok(()), "{value}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for (kind, value) in [
            ("sip", "447700900000"),
            ("sip", "sip:"),
            ("sip", "sip:a@"),
            ("sip", "sip:@pbx.example.com"),
            ("sip", "sips:a@pbx.example.com"),
            ("sip", "sip:a@one.example.com, sip:a@two.example.com"),
            ("sip", "sip:a@one.example.com,"),
            ("sip", "sip:a@pbx.example.com;timeout=1999"),
            ("sip", "sip:a@pbx.example.com;timeout=20001"),
            ("sip", "sip:a@pbx.example.com;timeout=5s"),
            ("sip", "sip:a@pbx.example.com;transport=sctp"),
            ("sip", "sip:a@pbx.example.com;media=rtp"),
            ("sip", "sip:a@pbx.example.com;lr"),
            ("tel", "+447700900000"),
            ("vxml", "https://example.com"),
            ("trunk", "office"),
            ("sip", ""),
            ("", "447700900000"),
        ] {
            let sent = [("voiceCallbackType", kind), ("voiceCallbackValue", value)];
            assert!(checked(&sent).is_err(), "{kind} {value}");
        }
        for sent in [
            ("moHttpUrl", "example.com"),
            ("moHttpUrl", "ftp://example.com"),
            ("voiceStatusCallback", "status"),
            ("messagesCallbackType", "app"),
            (
                "messagesCallbackValue",
                "aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
            ),
        ] {
            assert!(checked(&[sent]).is_err(), "{sent:?}");
        }
    }
}
