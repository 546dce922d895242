//! Sends one request once, and reads its answer within bounds. The only file that knows the HTTP library.

use std::error::Error as StdError;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use secrecy::ExposeSecret;
use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use super::answer::Answer;
use super::request::Request;
use super::settings::Settings;

/// Connecting may take this long, and at most half of the request's time: a connection that does not come about
/// must be told from an answer that does not come, because only the former makes it safe to create again.
const LONGEST_CONNECT: Duration = Duration::from_secs(10);

/// Why there is no answer. Texts name the host, never the path or a credential.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum TransportError {
    /// The client could not be made; nothing was sent.
    #[error("the HTTP client cannot be set up: {cause}")]
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
    pub fn may_have_been_sent(&self) -> bool {
        !matches!(
            self,
            Self::Setup { .. } | Self::Connect { .. } | Self::Certificate { .. }
        )
    }

    /// Whether another try would only end the same way.
    pub(super) fn is_permanent(&self) -> bool {
        matches!(
            self,
            Self::Setup { .. } | Self::Certificate { .. } | Self::TooLarge { .. }
        )
    }
}

/// Why a body could not be read, though its status could.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
pub enum BodyError {
    /// More than the request's bound; the rest was not read.
    #[error("the body is larger than {limit} bytes")]
    TooLarge {
        /// The bound.
        limit: usize,
    },
    /// The time was up.
    #[error("the body did not end within {} s", after.as_secs_f64())]
    Timeout {
        /// The time the request was given.
        after: Duration,
    },
    /// The connection ended first.
    #[error("the body broke off: {cause}")]
    Cut {
        /// What happened.
        cause: String,
    },
}

impl From<BodyError> for TransportError {
    fn from(error: BodyError) -> Self {
        match error {
            BodyError::TooLarge { limit } => Self::TooLarge { limit },
            BodyError::Timeout { after } => Self::Timeout { after },
            BodyError::Cut { cause } => Self::Interrupted { cause },
        }
    }
}

/// The connections to the API. Costs nothing until the first request.
pub(super) struct Transport {
    http: OnceCell<reqwest::Client>,
    base_url: Url,
    host: String,
    is_loopback: bool,
    authorization: HeaderValue,
    user_agent: String,
    request_timeout: Duration,
}

impl Transport {
    pub(super) fn new(settings: &Settings, user_agent: &str) -> Self {
        Self {
            http: OnceCell::new(),
            base_url: settings.base_url.clone(),
            host: settings.base_url.authority().to_owned(),
            is_loopback: settings.is_loopback(),
            authorization: basic(settings),
            // Parts of it come from the host program; what no header can hold is left out.
            user_agent: user_agent
                .chars()
                .filter(|c| matches!(c, ' '..='~'))
                .collect(),
            request_timeout: settings.request_timeout,
        }
    }

    /// Sends the request once; `time` bounds it from connecting to the answer's last byte.
    pub(super) async fn send(
        &self,
        request: &Request,
        time: Duration,
    ) -> Result<Answer, TransportError> {
        let http = self
            .http
            .get_or_try_init(|| async { self.build(self.tls()?) })
            .await?;
        let mut outgoing = http
            .request(request.name.method.clone(), self.url(request))
            .timeout(time)
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, "application/json");
        if let Some(body) = &request.body {
            outgoing = outgoing
                .header(CONTENT_TYPE, "application/json")
                .body(body.clone());
        }
        let asked = Instant::now();
        let response = outgoing
            .send()
            .await
            .map_err(|error| self.classify(&error, time))?;
        let status = response.status();
        let headers = response.headers().clone();
        // A refusal needs no more room than one object, whatever was asked, and its beginning is enough to quote it.
        let body = if status.is_success() {
            read_body(response, request.answer_limit, Excess::Fails, time).await
        } else {
            let limit = request.answer_limit.min(super::request::OBJECT_LIMIT);
            read_body(response, limit, Excess::IsLeft, time).await
        };
        Ok(Answer {
            status,
            headers,
            body,
            asked,
        })
    }

    fn url(&self, request: &Request) -> Url {
        let mut url = self.base_url.clone();
        url.set_path(&request.path);
        url.set_query(request.query.as_deref());
        url
    }

    fn tls(&self) -> Result<rustls::ClientConfig, TransportError> {
        if self.base_url.scheme() != "https" {
            return super::tls::no_roots().map_err(|error| setup(&error));
        }
        super::tls::system_roots().map_err(|error| TransportError::Setup {
            cause: format!(
                "{error} (look at what SSL_CERT_FILE and SSL_CERT_DIR name, or install the system's certificates)"
            ),
        })
    }

    fn build(&self, tls: rustls::ClientConfig) -> Result<reqwest::Client, TransportError> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(&self.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .connect_timeout(LONGEST_CONNECT.min(self.request_timeout / 2));
        if self.is_loopback {
            // A proxy could not reach this machine, and must not see what was meant for it. `localhost` is taken
            // at its word, whatever a name server says.
            let localhost = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &localhost);
        }
        builder.build().map_err(|error| setup(&error))
    }

    fn classify(&self, error: &reqwest::Error, time: Duration) -> TransportError {
        let cause = innermost(error);
        let host = self.host.clone();
        if error.is_connect() {
            if let Some(tls) = cause.downcast_ref::<rustls::Error>()
                && matches!(tls, rustls::Error::InvalidCertificate(_))
            {
                let cause = tls.to_string();
                return TransportError::Certificate { host, cause };
            }
            let cause = if error.is_timeout() {
                "no connection in time".to_owned()
            } else if is_of_proxy(error) {
                format!("through a proxy (HTTPS_PROXY, ALL_PROXY or the system's): {cause}")
            } else {
                cause.to_string()
            };
            return TransportError::Connect { host, cause };
        }
        if error.is_timeout() {
            return TransportError::Timeout { after: time };
        }
        if error.is_builder() {
            return setup(error);
        }
        TransportError::Interrupted {
            cause: cause.to_string(),
        }
    }
}

fn setup(error: &(dyn StdError + 'static)) -> TransportError {
    TransportError::Setup {
        cause: innermost(error).to_string(),
    }
}

/// The `Authorization` header, which is not printed, and cleared from memory with the last request that carries it.
fn basic(settings: &Settings) -> HeaderValue {
    let pair = Zeroizing::new(format!(
        "{}:{}",
        settings.api_key,
        settings.api_secret.expose_secret()
    ));
    let base64 = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
    let text = Zeroizing::new(format!("Basic {}", base64.as_str()).into_bytes());
    let mut value = HeaderValue::from_maybe_shared(Bytes::from_owner(text))
        // Base64 is all visible ASCII; an empty value would only be refused with a 401.
        .unwrap_or_else(|_| HeaderValue::from_static(""));
    value.set_sensitive(true);
    value
}

/// What becomes of a body that is larger than its bound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Excess {
    /// None of it counts: a part must not pass for the whole.
    Fails,
    /// The rest is not read.
    IsLeft,
}

async fn read_body(
    mut response: reqwest::Response,
    limit: usize,
    excess: Excess,
    time: Duration,
) -> Result<Bytes, BodyError> {
    let announced = response.content_length().unwrap_or(0);
    if announced > limit as u64 && excess == Excess::Fails {
        return Err(BodyError::TooLarge { limit });
    }
    let mut body = BytesMut::new();
    loop {
        match response.chunk().await {
            Ok(None) => return Ok(body.freeze()),
            Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                if excess == Excess::Fails {
                    return Err(BodyError::TooLarge { limit });
                }
                body.extend(chunk.iter().take(limit - body.len()));
                return Ok(body.freeze());
            }
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Err(error) if error.is_timeout() => return Err(BodyError::Timeout { after: time }),
            Err(error) => {
                return Err(BodyError::Cut {
                    cause: innermost(&error).to_string(),
                });
            }
        }
    }
}

/// Whether the way to the proxy, or the proxy itself, is at fault. Only the words of the HTTP library tell.
fn is_of_proxy(error: &(dyn StdError + 'static)) -> bool {
    let first: Option<&dyn StdError> = Some(error);
    std::iter::successors(first, |error| StdError::source(*error))
        .any(|error| error.to_string().starts_with("tunnel error"))
}

/// The cause behind all wrapping. The wrappers' own texts hold the URL, and say little.
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
mod tests;
