//! Reads the Vonage CLI's credentials file, `~/.vonage/config.json`.
//!
//! The CLI (version 3) writes `api-key` and `api-secret`; it also reads `apiKey` and `apiSecret`, and those win.
//! Its other file, `.vonagerc` in the current folder, is never read: it comes with whatever repository one is in.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

/// Far more than a credentials file needs; it may hold a private key as well.
const LARGEST_FILE: u64 = 256 * 1024;

/// What the file holds of an account's credentials. It cannot be printed.
pub(super) struct Credentials {
    pub(super) api_key: Option<String>,
    pub(super) api_secret: Option<String>,
}

/// Why a file cannot be used. `Display` continues a sentence such as `the file …`, and never shows its content.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileProblem {
    #[error("does not exist")]
    Missing,
    #[error("is not a regular file")]
    NotAFile,
    #[error("cannot be read: {0}")]
    Unreadable(std::io::Error),
    #[error("is larger than 256 KiB, so it is no credentials file")]
    TooLarge,
    #[error("is not valid JSON (line {}, column {})", .0.line(), .0.column())]
    Json(serde_json::Error),
    #[error("does not hold a JSON object")]
    NotAnObject,
    #[error("has a `{0}` that is not a string")]
    NotAString(&'static str),
    #[error("holds neither `api-key` nor `api-secret`")]
    NoCredentials,
}

/// Replaces a leading `~/`, which no shell has expanded in a configuration file.
pub(super) fn expand_home(path: &str, home: Option<&str>) -> PathBuf {
    let (Some(rest), Some(home)) = (path.strip_prefix("~/"), home) else {
        return PathBuf::from(path);
    };
    let mut file = PathBuf::from(home);
    // Part by part, so that Windows shows one kind of slash.
    file.extend(rest.split('/'));
    file
}

pub(super) fn read(path: &Path) -> Result<Credentials, FileProblem> {
    // Asked before opening: opening a named pipe would wait for its writer.
    let metadata = std::fs::metadata(path).map_err(from_io)?;
    if !metadata.is_file() {
        return Err(FileProblem::NotAFile);
    }
    let mut content = Vec::new();
    File::open(path)
        .and_then(|file| file.take(LARGEST_FILE + 1).read_to_end(&mut content))
        .map_err(from_io)?;
    if content.len() as u64 > LARGEST_FILE {
        return Err(FileProblem::TooLarge);
    }
    parse(&content)
}

fn from_io(error: std::io::Error) -> FileProblem {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => FileProblem::Missing,
        _ => FileProblem::Unreadable(error),
    }
}

fn parse(content: &[u8]) -> Result<Credentials, FileProblem> {
    // Some editors put a byte order mark in front.
    let content = content.strip_prefix(b"\xef\xbb\xbf").unwrap_or(content);
    let value: Value = serde_json::from_slice(content).map_err(FileProblem::Json)?;
    let Value::Object(object) = value else {
        return Err(FileProblem::NotAnObject);
    };
    let api_key = first_string(&object, ["apiKey", "api-key"])?;
    let api_secret = first_string(&object, ["apiSecret", "api-secret"])?;
    if api_key.is_none() && api_secret.is_none() {
        return Err(FileProblem::NoCredentials);
    }
    Ok(Credentials {
        api_key,
        api_secret,
    })
}

fn first_string(
    object: &Map<String, Value>,
    names: [&'static str; 2],
) -> Result<Option<String>, FileProblem> {
    for name in names {
        match object.get(name) {
            None | Some(Value::Null) => {}
            Some(Value::String(text)) if text.is_empty() => {}
            Some(Value::String(text)) => return Ok(Some(text.clone())),
            Some(_) => return Err(FileProblem::NotAString(name)),
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pair(content: &str) -> (Option<String>, Option<String>) {
        let credentials = parse(content.as_bytes()).ok().unwrap();
        (credentials.api_key, credentials.api_secret)
    }

    #[test]
    fn camel_case_wins_over_kebab_case() {
        let content =
            r#"{"api-key":"a","api-secret":"b","apiKey":"c","apiSecret":"d","app-id":"x"}"#;
        assert_eq!(pair(content), (Some("c".into()), Some("d".into())));
        let content = r#"{"api-key":"a","apiKey":"","api-secret":"b","apiSecret":null}"#;
        assert_eq!(pair(content), (Some("a".into()), Some("b".into())));
    }

    #[test]
    fn a_byte_order_mark_is_passed_over() {
        assert_eq!(
            pair("\u{feff}{\"api-key\":\"a\"}"),
            (Some("a".into()), None)
        );
    }

    #[test]
    fn each_bad_content_is_named_without_showing_it() {
        for (content, expected) in [
            ("", "is not valid JSON (line 1, column 0)"),
            (
                "{\"api-key\": hunter2}",
                "is not valid JSON (line 1, column 13)",
            ),
            ("[]", "does not hold a JSON object"),
            (
                "{\"api-key\": 12345}",
                "has a `api-key` that is not a string",
            ),
            (
                "{\"private-key\": \"x\"}",
                "holds neither `api-key` nor `api-secret`",
            ),
        ] {
            assert_eq!(
                parse(content.as_bytes()).err().unwrap().to_string(),
                expected,
                "{content}"
            );
        }
    }

    #[test]
    fn a_folder_and_an_oversized_file_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        assert!(matches!(read(folder.path()), Err(FileProblem::NotAFile)));
        let file = folder.path().join("big");
        std::fs::write(&file, vec![b' '; 256 * 1024 + 1]).unwrap();
        assert!(matches!(read(&file), Err(FileProblem::TooLarge)));
        assert!(matches!(
            read(&folder.path().join("none")),
            Err(FileProblem::Missing)
        ));
    }

    #[test]
    fn only_a_leading_tilde_with_a_slash_is_the_home_folder() {
        assert_eq!(expand_home("~/a", Some("/h")), Path::new("/h/a"));
        assert_eq!(expand_home("~x/a", Some("/h")), Path::new("~x/a"));
        assert_eq!(expand_home("~/a", None), Path::new("~/a"));
    }
}
