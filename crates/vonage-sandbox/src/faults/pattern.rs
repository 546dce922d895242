//! Which paths a fault falls on.

use std::fmt;
use std::str::FromStr;

use crate::json::as_text;
use crate::path;

/// A path in which `{anything}` stands for one segment, and `*` at the end for all that follow, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathPattern {
    text: String,
    segments: Vec<String>,
}

/// A text that is no pattern.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a path such as /v1/psip/mydomain, /v1/psip/{{domain}} or /v1/psip/*")]
pub struct InvalidPattern(String);

impl PathPattern {
    /// Whether the path of a request, still escaped, is one of those meant.
    pub(super) fn matches(&self, path: &str) -> bool {
        let Some(segments) = path::segments(path) else {
            return false;
        };
        let mut given = segments.iter();
        for expected in &self.segments {
            if expected == "*" {
                return true;
            }
            match given.next() {
                Some(segment) if is_placeholder(expected) || segment == expected => {}
                _ => return false,
            }
        }
        given.next().is_none()
    }
}

fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

impl FromStr for PathPattern {
    type Err = InvalidPattern;

    fn from_str(text: &str) -> Result<Self, InvalidPattern> {
        let segments = path::segments(text).ok_or_else(|| InvalidPattern(text.to_owned()))?;
        let star = segments.iter().position(|segment| segment == "*");
        if star.is_some_and(|index| index + 1 < segments.len()) {
            return Err(InvalidPattern(text.to_owned()));
        }
        Ok(Self {
            text: text.to_owned(),
            segments,
        })
    }
}

impl fmt::Display for PathPattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

as_text!(PathPattern);

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(pattern: &str, path: &str) -> bool {
        pattern.parse::<PathPattern>().unwrap().matches(path)
    }

    #[test]
    fn a_plain_path_is_matched_exactly_whatever_is_escaped() {
        assert!(matches("/v1/psip/office", "/v1/psip/off%69ce"));
        for path in [
            "/v1/psip/office/",
            "/v1/psip/offices",
            "/v1/psip",
            "office",
            "/v1/psip/%zz",
        ] {
            assert!(!matches("/v1/psip/office", path), "{path}");
        }
    }

    #[test]
    fn a_placeholder_is_one_segment_and_a_star_is_any_number() {
        assert!(matches(
            "/v1/psip/{domain}/users/{key}",
            "/v1/psip/office/users/alice"
        ));
        assert!(!matches("/v1/psip/{domain}", "/v1/psip/office/users"));
        assert!(!matches("/v1/psip/{domain}", "/v1/psip"));
        for path in ["/v1/psip", "/v1/psip/office", "/v1/psip/office/users/alice"] {
            assert!(matches("/v1/psip/*", path), "{path}");
        }
    }

    #[test]
    fn what_is_no_path_is_refused() {
        for text in ["", "v1/psip", "/v1/*/users", "/v1/%zz"] {
            assert!(text.parse::<PathPattern>().is_err(), "{text:?}");
        }
    }
}
