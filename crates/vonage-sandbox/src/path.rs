//! Splits the path of a request into its segments.

use percent_encoding::percent_decode_str;

/// The decoded segments after the first slash, or `None` where the path has none or its escapes are broken.
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    path.strip_prefix('/')?.split('/').map(decode).collect()
}

/// One segment with `%XX` replaced, which the library leaves as it is where it is broken. An escaped slash stays inside its segment.
fn decode(segment: &str) -> Option<String> {
    let is_whole = |escape: &str| {
        let digits = escape.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    let text = percent_decode_str(segment).decode_utf8().ok()?;
    segment
        .split('%')
        .skip(1)
        .all(is_whole)
        .then(|| text.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_split_before_they_are_decoded() {
        assert_eq!(segments("/v1/a%2Fb/%C3%BC").unwrap(), ["v1", "a/b", "ü"]);
        assert_eq!(segments("/v1//").unwrap(), ["v1", "", ""]);
    }

    #[test]
    fn broken_escapes_and_paths_without_a_slash_are_none() {
        for path in ["", "v1", "*", "/%", "/%2", "/%2x", "/%ff"] {
            assert_eq!(segments(path), None, "{path}");
        }
    }
}
