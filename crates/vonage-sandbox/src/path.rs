//! Splits the path of a request into its segments.

/// The decoded segments after the first slash, or `None` where the path has none or its escapes are broken.
pub(crate) fn segments(path: &str) -> Option<Vec<String>> {
    path.strip_prefix('/')?.split('/').map(decode).collect()
}

/// One segment with `%XX` replaced. An escaped slash stays inside its segment.
fn decode(segment: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit)
        .to_digit(16)
        .and_then(|value| u8::try_from(value).ok())
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
