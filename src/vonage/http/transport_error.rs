//! Why there is no answer, or no whole one, in our own words where the kind of trouble is known.

use std::error::Error as StdError;
use std::time::Duration;

use rustls::{CertificateError, InvalidMessage};

use super::secrets::Secrets;

/// Why there is no answer. Texts name the host, never the path or a credential.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub(crate) enum TransportError {
    /// The client could not be made.
    #[error("nothing was sent: {cause}")]
    Setup {
        /// What is wrong.
        cause: String,
    },
    /// No connection; nothing was sent.
    #[error("cannot connect to {host}: {cause}")]
    Connect {
        /// Where to.
        host: String,
        /// What happened.
        cause: String,
    },
    /// TLS failed on grounds that another try does not change; nothing was sent.
    #[error(
        "no trusted connection to {host}: {cause} (behind a proxy that inspects TLS, let SSL_CERT_FILE name its \
         certificate authority)"
    )]
    Certificate {
        /// Where to.
        host: String,
        /// What was wrong with the certificate.
        cause: String,
    },
    /// The server does not speak TLS; nothing was sent.
    #[error(
        "the server at {host} speaks plain HTTP; check the port of `base_url`, or write `http://` where it is a server \
         on this machine, such as the sandbox"
    )]
    PlainHttp {
        /// Where to.
        host: String,
    },
    /// The answer did not come in time.
    #[error("no complete answer within {} s", after.as_secs_f64())]
    Timeout {
        /// The time it was given.
        after: Duration,
    },
    /// The connection broke after the request may have gone out.
    #[error("the connection broke: {cause}")]
    Interrupted {
        /// What happened.
        cause: String,
    },
    /// The answer is larger than what is read of one.
    #[error("the answer is larger than {limit} bytes, the most that is read")]
    TooLarge {
        /// The bound.
        limit: usize,
    },
}

impl TransportError {
    /// Whether the request may have reached the API.
    pub(crate) fn may_have_been_sent(&self) -> bool {
        !matches!(
            self,
            Self::Setup { .. }
                | Self::Connect { .. }
                | Self::Certificate { .. }
                | Self::PlainHttp { .. }
        )
    }

    /// Whether another try would only end the same way.
    pub(crate) fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Setup { .. }
                | Self::Certificate { .. }
                | Self::PlainHttp { .. }
                | Self::TooLarge { .. }
        )
    }
}

/// The cause behind all wrapping, whose own texts hold the URL and say little. What is not known here may repeat words
/// of the other side.
pub(crate) fn cause_of(error: &(dyn StdError + 'static), secrets: &Secrets) -> String {
    let cause = innermost(error);
    match cause.downcast_ref() {
        Some(rustls::Error::InvalidCertificate(problem)) => certificate(problem, secrets),
        Some(rustls::Error::AlertReceived(alert)) => format!("the server ended TLS ({alert:?})"),
        _ => secrets.shown(&cause.to_string()),
    }
}

fn certificate(problem: &CertificateError, secrets: &Secrets) -> String {
    match problem {
        CertificateError::UnknownIssuer => {
            "no known authority has issued its certificate (UnknownIssuer)".to_owned()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "its certificate has expired; is this machine's clock right?".to_owned()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "its certificate is not valid yet; is this machine's clock right?".to_owned()
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for other names".to_owned()
        }
        other => secrets.shown(&other.to_string()),
    }
}

/// The certificate was refused.
pub(crate) fn is_certificate(error: &(dyn StdError + 'static)) -> bool {
    matches!(
        innermost(error).downcast_ref(),
        Some(rustls::Error::InvalidCertificate(_))
    )
}

/// What came during the handshake is no TLS. On a port where there is something else, that is HTTP.
pub(crate) fn is_plain_http(error: &(dyn StdError + 'static)) -> bool {
    matches!(
        innermost(error).downcast_ref(),
        Some(rustls::Error::InvalidMessage(
            InvalidMessage::InvalidContentType
        ))
    )
}

/// What went wrong between us and the proxy, which `proxy` describes. Only the words of the HTTP library tell.
pub(crate) fn proxy_cause(
    error: &(dyn StdError + 'static),
    proxy: &str,
    secrets: &Secrets,
) -> Option<String> {
    let first: Option<&dyn StdError> = Some(error);
    let told = std::iter::successors(first, |error| StdError::source(*error))
        .map(ToString::to_string)
        .find(|text| text.starts_with(TUNNEL))?;
    Some(match told.trim_start_matches(TUNNEL) {
        "unsuccessful" => format!("{proxy} refused to connect to it"),
        "proxy authorization required" => {
            format!("{proxy} does not accept its user name and password (407)")
        }
        "unexpected end of file" => format!("{proxy} closed the connection"),
        _ => format!("{proxy} cannot be reached: {}", cause_of(error, secrets)),
    })
}

const TUNNEL: &str = "tunnel error: ";

fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    let mut error = error;
    loop {
        // An I/O error hides the one it was made from: its `source` is that one's source.
        let inner = error
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .map(|inner| inner as &(dyn StdError + 'static));
        match inner.or_else(|| error.source()) {
            Some(deeper) => error = deeper,
            None => return error,
        }
    }
}

#[cfg(test)]
mod tests {
    use rustls::{AlertDescription, Error};

    use super::*;

    /// An error that wraps another one, as the HTTP library does.
    #[derive(Debug, thiserror::Error)]
    #[error("{0}")]
    struct Wrapped(String, #[source] Box<dyn StdError>);

    fn wrapped(error: impl Into<Box<dyn StdError>>) -> Wrapped {
        Wrapped("error sending request".to_owned(), error.into())
    }

    #[test]
    fn what_ended_tls_is_told() {
        let alert = Error::AlertReceived(AlertDescription::HandshakeFailure);
        let told = cause_of(&wrapped(alert), &Secrets::default());
        assert_eq!(told, "the server ended TLS (HandshakeFailure)");
    }

    #[test]
    fn plain_http_is_told_from_other_troubles() {
        let http = Error::InvalidMessage(InvalidMessage::InvalidContentType);
        assert!(is_plain_http(&wrapped(http)));
        assert!(!is_plain_http(&wrapped(Error::DecryptError)));
    }

    #[test]
    fn each_refusal_of_a_proxy_is_told_in_our_words() {
        for (words, told) in [
            ("unsuccessful", "P refused to connect to it"),
            (
                "proxy authorization required",
                "P does not accept its user name and password (407)",
            ),
            ("unexpected end of file", "P closed the connection"),
            ("io error", "P cannot be reached: it is down"),
        ] {
            let tunnel = Wrapped(format!("{TUNNEL}{words}"), "it is down".into());
            let found = proxy_cause(&wrapped(tunnel), "P", &Secrets::default());
            assert_eq!(found.as_deref(), Some(told));
        }
        let other = wrapped("it is down");
        assert_eq!(proxy_cause(&other, "P", &Secrets::default()), None);
    }
}
