//! The key and the secret of the account, which belong together: what the credentials file adds where one is not given.

use std::collections::BTreeMap;

use tfplugin::diagnostics::Diagnostics;
use tfplugin::path::AttributePath;

use super::credentials_file::{self, FileProblem};
use super::settings::{API_KEY, API_SECRET, CREDENTIALS_FILE};
use super::{Found, Origin, Reader};

/// What of the credentials file counts, by setting.
pub(super) type FromFile = BTreeMap<&'static str, Found>;

/// Reads the credentials file, if it is needed, and tells where a half is missing in the end.
pub(super) fn from_file(reader: &mut Reader<'_>) -> FromFile {
    let key = reader.given(&API_KEY);
    let has_secret = reader.given(&API_SECRET).is_some();
    if key.is_some() && has_secret {
        return FromFile::new();
    }
    let Some((file, remark)) = read(reader, key.as_ref()) else {
        return FromFile::new();
    };
    let has_key = key.is_some() || file.contains_key(API_KEY.name);
    let has_secret = has_secret || file.contains_key(API_SECRET.name);
    tell_missing(has_key, has_secret, &remark, &mut reader.diagnostics);
    file
}

/// What the file gives, or a remark for where credentials are missing in the end; `None` where a file that the person named
/// cannot be used, which has been told then.
fn read(reader: &mut Reader<'_>, key: Option<&Found>) -> Option<(FromFile, String)> {
    let home = reader.environment.get("HOME");
    let home = home.or_else(|| reader.environment.get("USERPROFILE"));
    let named = reader.given(&CREDENTIALS_FILE);
    let default = home.as_ref().and(CREDENTIALS_FILE.by_default());
    let Some(Found { origin, text }) = named.or(default) else {
        return Some(Default::default());
    };
    let path = credentials_file::expand_home(&text, home.as_deref());
    let credentials = match credentials_file::read(&path) {
        Ok(credentials) => credentials,
        Err(FileProblem::Missing) if origin == Origin::Default => return Some(Default::default()),
        Err(problem) if origin == Origin::Default => {
            let path = path.display();
            let remark = format!(" The default file {path} was not used: it {problem}.");
            return Some((FromFile::new(), remark));
        }
        Err(problem) => {
            let what = format!("names {}, which {problem}.", path.display());
            reader.problem(&CREDENTIALS_FILE, &origin, what);
            return None;
        }
    };
    // A secret belongs to its key; another account's would only give a puzzling 401.
    let of_file = credentials.api_key.as_ref();
    if key.is_some_and(|key| of_file.is_some_and(|of_file| key.text != *of_file)) {
        let path = path.display();
        let remark =
            format!(" The secret in {path} was not used, because it belongs to another API key.");
        return Some((FromFile::new(), remark));
    }
    let halves = [
        (API_KEY.name, credentials.api_key),
        (API_SECRET.name, credentials.api_secret),
    ];
    let found = halves.into_iter().filter_map(|(name, text)| {
        let (origin, text) = (Origin::File(path.clone()), text?);
        Some((name, Found { origin, text }))
    });
    Some((found.collect(), String::new()))
}

fn tell_missing(has_key: bool, has_secret: bool, remark: &str, diagnostics: &mut Diagnostics) {
    let (setting, what) = match (has_key, has_secret) {
        (true, true) => return,
        (false, false) => (API_KEY, "Neither an API key nor an API secret was"),
        (true, false) => (API_SECRET, "An API key, but no API secret was"),
        (false, true) => (API_KEY, "An API secret, but no API key was"),
    };
    diagnostics.error(
        AttributePath::root(setting.name),
        "Missing Vonage API credentials",
        format!(
            "{what} found.{remark} Give both in one of three ways: set `api_key` and `api_secret` in the provider \
             configuration; set the environment variables VONAGE_API_KEY and VONAGE_API_SECRET; or keep them in the \
             Vonage CLI's file ~/.vonage/config.json, or in another such file that `credentials_file` or \
             VONAGE_CREDENTIALS_FILE names. The values are on the API settings page of the Vonage dashboard."
        ),
    );
}
