//! Sends one request once, and reads its answer within bounds. The only file that knows the HTTP library.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::{Bytes, BytesMut};
use http::HeaderValue;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, IF_MATCH};
use secrecy::ExposeSecret;
use tokio::sync::OnceCell;
use tokio::time::Instant;
use url::Url;
use zeroize::Zeroizing;

use super::answer::Answer;
use super::request::Request;
use super::secrets::Secrets;
use super::transport_error::{
    TransportError, cause_of, is_certificate, is_plain_http, proxy_cause,
};
use crate::vonage::settings::base_url::is_on_this_machine;
use crate::vonage::settings::{Network, Proxy, Settings};

/// A connection that was idle for longer is not used again. What lies between may have forgotten it by then, or the other
/// side may be closing it, and a create that goes out on it ends unclearly.
const LONGEST_IDLE: Duration = Duration::from_secs(4);

/// The connections to the API. Costs nothing until the first request.
pub(crate) struct Transport {
    http: OnceCell<reqwest::Client>,
    base_url: Url,
    host: String,
    is_loopback: bool,
    authorization: HeaderValue,
    user_agent: String,
    request_timeout: Duration,
    network: Network,
    secrets: Secrets,
}

impl Transport {
    pub(crate) fn new(
        settings: &Settings,
        base_url: &Url,
        user_agent: &str,
        secrets: Secrets,
    ) -> Self {
        Self {
            http: OnceCell::new(),
            base_url: base_url.clone(),
            host: base_url.authority().to_owned(),
            is_loopback: is_on_this_machine(base_url),
            authorization: basic(settings),
            // Parts of it come from the host program; what no header can hold is left out.
            user_agent: user_agent
                .chars()
                .filter(|c| matches!(c, ' '..='~'))
                .collect(),
            request_timeout: settings.request_timeout,
            network: settings.network.clone(),
            secrets,
        }
    }

    /// Sends the request once; `time` bounds it from connecting to the answer's last byte.
    pub(crate) async fn send(
        &self,
        request: &Request,
        time: Duration,
    ) -> Result<Answer, TransportError> {
        let http = self
            .http
            .get_or_try_init(|| async { self.build(self.tls()?) })
            .await
            .map_err(|cause| TransportError::Setup { cause })?;
        let mut outgoing = http
            .request(request.name.method.clone(), self.url(request))
            .timeout(time)
            .header(AUTHORIZATION, self.authorization.clone())
            .header(ACCEPT, "application/json");
        if let Some(body) = &request.body {
            outgoing = outgoing
                .header(CONTENT_TYPE, body.media_type)
                .body(body.bytes.clone());
        }
        if request.any_version {
            outgoing = outgoing.header(IF_MATCH, "*");
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
            self.read_body(response, request.answer_limit, Overflow::Reject, time)
                .await
        } else {
            let limit = request.answer_limit.min(super::request::OBJECT_LIMIT);
            self.read_body(response, limit, Overflow::Truncate, time)
                .await
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
        url.set_path(&request.name.path);
        url.set_query(request.query.as_deref());
        url
    }

    fn tls(&self) -> Result<rustls::ClientConfig, String> {
        if self.base_url.scheme() != "https" {
            return super::tls::no_roots().map_err(|error| error.to_string());
        }
        self.network.check_certificates()?;
        super::tls::system_roots().map_err(|error| {
            format!(
                "{error} (look at what SSL_CERT_FILE and SSL_CERT_DIR name, or install the system's certificates)"
            )
        })
    }

    fn build(&self, tls: rustls::ClientConfig) -> Result<reqwest::Client, String> {
        let mut builder = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .user_agent(&self.user_agent)
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .pool_idle_timeout(LONGEST_IDLE)
            .connect_timeout(time_to_connect(self.request_timeout));
        if self.is_loopback {
            // A proxy could not reach this machine, and must not see what was meant for it. `localhost` is taken
            // at its word, whatever a name server says.
            let localhost = [
                SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
                SocketAddr::from((Ipv6Addr::LOCALHOST, 0)),
            ];
            builder = builder.no_proxy().resolve_to_addrs("localhost", &localhost);
        } else if let Some(proxy) = &self.network.proxy {
            builder = builder.proxy(self.proxy(proxy)?);
        }
        builder
            .build()
            .map_err(|error| cause_of(&error, &self.secrets))
    }

    /// The proxy that a variable names. One that cannot be read must not be passed by.
    fn proxy(&self, proxy: &Proxy) -> Result<reqwest::Proxy, String> {
        let unreadable = |what: &str| format!("{} cannot be read: {what}", proxy.variable);
        let url = proxy.url.as_ref().map_err(|what| unreadable(what))?;
        let https = reqwest::Proxy::https(url.expose_secret())
            .map_err(|error| unreadable(&cause_of(&error, &self.secrets)))?;
        Ok(https.no_proxy(reqwest::NoProxy::from_env()))
    }

    fn classify(&self, error: &reqwest::Error, time: Duration) -> TransportError {
        let host = self.host.clone();
        if error.is_connect() {
            let variable = self.network.proxy.as_ref().map(|proxy| proxy.variable);
            let proxy = variable.map_or("the system's proxy".to_owned(), |variable| {
                format!("the proxy that {variable} names")
            });
            if let Some(cause) = proxy_cause(error, &proxy, &self.secrets) {
                return TransportError::Connect { host, cause };
            }
            if is_plain_http(error) {
                return TransportError::PlainHttp { host };
            }
            let cause = cause_of(error, &self.secrets);
            return if is_certificate(error) {
                TransportError::Certificate { host, cause }
            } else if error.is_timeout() {
                let cause = "no connection in time".to_owned();
                TransportError::Connect { host, cause }
            } else {
                TransportError::Connect { host, cause }
            };
        }
        if error.is_timeout() {
            return TransportError::Timeout { after: time };
        }
        let cause = cause_of(error, &self.secrets);
        if error.is_builder() {
            return TransportError::Setup { cause };
        }
        TransportError::Interrupted { cause }
    }

    async fn read_body(
        &self,
        mut response: reqwest::Response,
        limit: usize,
        overflow: Overflow,
        time: Duration,
    ) -> Result<Bytes, TransportError> {
        let announced = response.content_length().unwrap_or(0);
        if announced > limit as u64 && overflow == Overflow::Reject {
            return Err(TransportError::TooLarge { limit });
        }
        let expected = usize::try_from(announced).map_or(limit, |announced| announced.min(limit));
        let mut body = BytesMut::with_capacity(expected);
        loop {
            match response.chunk().await {
                Ok(None) => return Ok(body.freeze()),
                Ok(Some(chunk)) if body.len() + chunk.len() > limit => {
                    if overflow == Overflow::Reject {
                        return Err(TransportError::TooLarge { limit });
                    }
                    body.extend(chunk.iter().take(limit - body.len()));
                    return Ok(body.freeze());
                }
                Ok(Some(chunk)) => body.extend_from_slice(&chunk),
                Err(error) => return Err(self.classify(&error, time)),
            }
        }
    }
}

/// Connecting may take at most half of the request's time: a connection that does not come about must be told from an answer
/// that does not come, because only the former makes it safe to create again.
fn time_to_connect(request_timeout: Duration) -> Duration {
    const LONGEST: Duration = Duration::from_secs(10);
    LONGEST.min(request_timeout / 2)
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

/// What happens to a body that is larger than its bound.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Overflow {
    /// None of it counts: a part must not pass for the whole.
    Reject,
    /// The rest is not read.
    Truncate,
}

#[cfg(test)]
mod tests;
