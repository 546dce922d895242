//! Who is let in: HTTP Basic, the API's one security scheme, and for the control routes a token besides.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rustls::crypto::{GetRandomFailed, ring};
use subtle::ConstantTimeEq;

/// What requests must carry.
pub(crate) struct Credentials {
    api_key: String,
    api_secret: String,
    /// Opens the control routes, and nothing else: it stands in a URL, where a secret should not.
    pub(crate) token: String,
}

impl Credentials {
    /// This key and secret, and a new token that nobody can guess.
    pub(crate) fn new(api_key: String, api_secret: String) -> Result<Self, GetRandomFailed> {
        let mut token = [0; 16];
        ring::default_provider().secure_random.fill(&mut token)?;
        Ok(Self {
            api_key,
            api_secret,
            token: format!("{:032x}", u128::from_ne_bytes(token)),
        })
    }

    /// Whether an `Authorization` header carries exactly these credentials.
    pub(crate) fn admit(&self, authorization: Option<&str>) -> bool {
        authorization
            .and_then(|header| parameter(header, "basic"))
            .and_then(decode)
            .is_some_and(|(key, secret)| {
                same(&key, &self.api_key) & same(&secret, &self.api_secret)
            })
    }

    /// Whether the control routes are open to a request with this `Authorization` header and this `token` in its query.
    pub(crate) fn admit_to_control(
        &self,
        authorization: Option<&str>,
        token: Option<&str>,
    ) -> bool {
        let bearer = authorization.and_then(|header| parameter(header, "bearer"));
        let mut tokens = bearer.into_iter().chain(token);
        self.admit(authorization) || tokens.any(|given| same(given, &self.token))
    }
}

/// Compares in a time that does not depend on how much of it is right.
fn same(given: &str, expected: &str) -> bool {
    given.as_bytes().ct_eq(expected.as_bytes()).into()
}

/// What follows the scheme of an `Authorization` header, where it is this one.
fn parameter<'a>(authorization: &'a str, scheme: &str) -> Option<&'a str> {
    let (given, parameter) = authorization.split_once(' ')?;
    given
        .eq_ignore_ascii_case(scheme)
        .then_some(parameter.trim())
}

/// Key and secret of a Basic header. A secret may hold colons, a key may not.
fn decode(pair: &str) -> Option<(String, String)> {
    let pair = String::from_utf8(STANDARD.decode(pair).ok()?).ok()?;
    let (key, secret) = pair.split_once(':')?;
    Some((key.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials() -> Credentials {
        Credentials::new("key".into(), "se:cret".into()).unwrap()
    }

    fn admits(header: Option<&str>) -> bool {
        credentials().admit(header)
    }

    fn basic(pair: &str) -> String {
        format!("Basic {}", STANDARD.encode(pair))
    }

    #[test]
    fn the_right_pair_is_admitted_whatever_the_case_of_the_scheme() {
        assert!(admits(Some(&basic("key:se:cret"))));
        assert!(admits(Some(
            &basic("key:se:cret").replace("Basic", "bAsIc")
        )));
    }

    #[test]
    fn everything_else_is_refused() {
        for header in [
            basic("key:wrong"),
            basic("wrong:se:cret"),
            basic("key"),
            basic(""),
            basic("key:se:cret "),
            "bad_auth".into(),
            "Basic".into(),
            "Basic !!!".into(),
            "Bearer token".into(),
            "Basic /w==".into(),
            basic("key:se:cret").replace("Basic", "Bearer"),
        ] {
            assert!(!admits(Some(&header)), "{header}");
        }
        assert!(!admits(None));
    }

    #[test]
    fn a_token_opens_the_control_routes_and_nothing_else() {
        let credentials = credentials();
        let token = &credentials.token;
        let bearer = format!("Bearer {token}");
        assert_eq!(token.len(), 32);
        assert!(credentials.admit_to_control(None, Some(token)));
        assert!(credentials.admit_to_control(Some(&bearer), None));
        assert!(credentials.admit_to_control(Some(&basic("key:se:cret")), None));
        assert!(!credentials.admit(Some(&bearer)));
        let other = Credentials::new(String::new(), String::new()).unwrap();
        for given in ["", "token", &token[1..], &other.token] {
            assert!(!credentials.admit_to_control(None, Some(given)), "{given}");
            let bearer = format!("Bearer {given}");
            assert!(
                !credentials.admit_to_control(Some(&bearer), None),
                "{given}"
            );
        }
        assert!(!credentials.admit_to_control(Some(&basic("key:wrong")), None));
        assert!(!credentials.admit_to_control(None, None));
    }
}
