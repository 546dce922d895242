//! HTTP Basic, the API's one security scheme.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The key and secret that requests must carry.
#[derive(Clone)]
pub(super) struct Credentials {
    /// The Basic user.
    pub(super) api_key: String,
    /// The Basic password.
    pub(super) api_secret: String,
}

impl Credentials {
    /// Whether an `Authorization` header carries exactly these credentials.
    pub(super) fn admit(&self, authorization: Option<&str>) -> bool {
        authorization
            .and_then(decode)
            .is_some_and(|(key, secret)| key == self.api_key && secret == self.api_secret)
    }
}

/// Key and secret of a Basic header. A secret may hold colons, a key may not.
fn decode(authorization: &str) -> Option<(String, String)> {
    let (scheme, token) = authorization.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let pair = String::from_utf8(STANDARD.decode(token.trim()).ok()?).ok()?;
    let (key, secret) = pair.split_once(':')?;
    Some((key.to_owned(), secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(header: Option<&str>) -> bool {
        Credentials {
            api_key: "key".into(),
            api_secret: "se:cret".into(),
        }
        .admit(header)
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
}
