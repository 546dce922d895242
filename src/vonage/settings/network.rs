//! What the environment says of the way to the API: the proxy, and the certificates of authorities.

use std::path::{Path, PathBuf};

use secrecy::SecretString;
use url::Url;

use crate::env::Environment;
use crate::vonage::http::secrets::{Secrets, percent_decoded};

/// The variables that name a proxy for HTTPS; the first that is set counts.
const PROXIES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];
/// Others that programs take a proxy's password from, which is a secret all the same.
const OTHER_PROXIES: [&str; 2] = ["HTTP_PROXY", "http_proxy"];
const CERTIFICATE_FILE: &str = "SSL_CERT_FILE";
const CERTIFICATE_FOLDERS: &str = "SSL_CERT_DIR";

/// The way to the API. `Debug` shows no password.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    pub(in crate::vonage) proxy: Option<Proxy>,
    certificates: Vec<Certificates>,
}

/// The proxy that a variable names.
#[derive(Clone, Debug)]
pub(in crate::vonage) struct Proxy {
    pub(in crate::vonage) variable: &'static str,
    /// Its URL, with what it should be where it cannot be read: then nothing may be sent past it.
    pub(in crate::vonage) url: Result<SecretString, &'static str>,
}

/// A variable, with a path that it names.
#[derive(Clone, Debug)]
struct Certificates {
    variable: &'static str,
    path: PathBuf,
}

impl Network {
    /// Reads the variables; the passwords in them are hidden from then on.
    pub(crate) fn read(environment: &dyn Environment) -> Self {
        for variable in PROXIES.into_iter().chain(OTHER_PROXIES) {
            if let Some(text) = environment.get(variable) {
                hide_password(&text);
            }
        }
        let proxy = PROXIES.into_iter().find_map(|variable| {
            let url = match environment.get(variable) {
                Some(text) => proxy_url(&text),
                None if environment.is_not_unicode(variable) => Err(WHAT_A_PROXY_IS),
                None => return None,
            };
            Some(Proxy { variable, url })
        });
        let named = |variable, path: &Path| Certificates {
            variable,
            path: path.to_owned(),
        };
        let file = environment.get(CERTIFICATE_FILE);
        let folders = environment.get(CERTIFICATE_FOLDERS).unwrap_or_default();
        let file = file.map(|file| named(CERTIFICATE_FILE, Path::new(&file)));
        let folders = std::env::split_paths(&folders)
            .filter(|folder| !folder.as_os_str().is_empty())
            .map(|folder| named(CERTIFICATE_FOLDERS, &folder));
        Self {
            proxy,
            certificates: file.into_iter().chain(folders).collect(),
        }
    }

    /// Makes sure that the files with certificates can be read to an end.
    pub(in crate::vonage) fn check_certificates(&self) -> Result<(), String> {
        // These systems' own stores are asked, whatever the variables say.
        if cfg!(any(windows, target_vendor = "apple")) {
            return Ok(());
        }
        self.certificates.iter().try_for_each(Certificates::check)
    }
}

const WHAT_A_PROXY_IS: &str =
    "it should be a URL such as \"http://proxy.example.com:3128\", with `http` or `https`";

fn proxy_url(text: &str) -> Result<SecretString, &'static str> {
    let text = text.trim();
    let url = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("http://{text}"))
    };
    let url = url.map_err(|_| WHAT_A_PROXY_IS)?;
    if !matches!(url.scheme(), "http" | "https") || url.host().is_none() {
        return Err(WHAT_A_PROXY_IS);
    }
    let url = String::from(url);
    // The library passes by what it cannot read in its own way.
    url.parse::<http::Uri>().map_err(|_| WHAT_A_PROXY_IS)?;
    Ok(url.into())
}

/// Also where the rest of the URL cannot be read.
fn hide_password(proxy: &str) {
    let authority = proxy.split_once("://").map_or(proxy, |(_, rest)| rest);
    let Some((user, password)) = authority
        .rsplit_once('@')
        .and_then(|(user_info, _)| user_info.split_once(':'))
    else {
        return;
    };
    let secrets = Secrets::of_this_process();
    secrets.register_pair(user, password);
    secrets.register_pair(&percent_decoded(user), &percent_decoded(password));
}

impl Certificates {
    /// All authorities of the world are less than 1 MiB.
    const LARGEST: u64 = 16 * 1024 * 1024;

    fn check(&self) -> Result<(), String> {
        self.size()
            .and_then(|size| {
                let is_bounded = size <= Self::LARGEST;
                is_bounded
                    .then_some(())
                    .ok_or("holds more than 16 MiB".to_owned())
            })
            .map_err(|problem| {
                format!(
                    "{} names {}, which {problem}",
                    self.variable,
                    self.path.display()
                )
            })
    }

    /// Of a folder, only the regular files in it are read.
    fn size(&self) -> Result<u64, String> {
        let unreadable = |error: std::io::Error| format!("cannot be read: {error}");
        let found = self.path.metadata().map_err(unreadable)?;
        if self.variable == CERTIFICATE_FILE {
            return if found.is_file() {
                Ok(found.len())
            } else {
                Err("is not a regular file".to_owned())
            };
        }
        let files = self.path.read_dir().map_err(unreadable)?;
        let files = files.filter_map(|file| file.ok()?.path().metadata().ok());
        Ok(files
            .filter(std::fs::Metadata::is_file)
            .map(|file| file.len())
            .sum())
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use secrecy::ExposeSecret as _;

    use super::*;

    fn read(variables: &[(&str, &str)]) -> Network {
        let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        let environment: BTreeMap<String, String> = variables.iter().map(own).collect();
        Network::read(&environment)
    }

    #[test]
    fn the_first_proxy_that_is_set_counts() {
        let own = ("HTTPS_PROXY", "https://proxy.example.com");
        let all = ("ALL_PROXY", "socks5://localhost");
        for (variables, variable, url) in [
            (
                vec![own, all],
                "HTTPS_PROXY",
                Some("https://proxy.example.com/"),
            ),
            (
                vec![("https_proxy", "a.example:3128"), all],
                "https_proxy",
                Some("http://a.example:3128/"),
            ),
            (vec![("HTTPS_PROXY", ""), all], "ALL_PROXY", None),
            (
                vec![("HTTPS_PROXY", " http://u:p@[::1]:1 ")],
                "HTTPS_PROXY",
                Some("http://u:p@[::1]:1/"),
            ),
        ] {
            let proxy = read(&variables).proxy.unwrap();
            let found = proxy.url.as_ref().ok().map(SecretString::expose_secret);
            assert_eq!((proxy.variable, found), (variable, url));
        }
        assert!(
            read(&[("HTTP_PROXY", "http://proxy.example.com")])
                .proxy
                .is_none()
        );
    }

    #[test]
    fn a_variable_that_is_not_unicode_is_one_that_cannot_be_read() {
        struct NotUnicode;
        impl Environment for NotUnicode {
            fn get(&self, _: &str) -> Option<String> {
                None
            }
            fn is_not_unicode(&self, name: &str) -> bool {
                name == "https_proxy"
            }
        }
        let proxy = Network::read(&NotUnicode).proxy.unwrap();
        assert_eq!(proxy.variable, "https_proxy");
        assert!(proxy.url.is_err());
    }

    #[test]
    fn the_passwords_of_proxies_are_secrets_however_the_rest_reads() {
        let passwords = ["Pr0xy-one", "Pr0xy@two", "Pr0xy three", "Pr0xy-four"];
        let network = read(&[
            (
                "HTTPS_PROXY",
                "http://user:Pr0xy-one@proxy.example.com:port",
            ),
            ("https_proxy", "user:Pr0xy@two@proxy.example.com"),
            ("ALL_PROXY", "socks5://user:Pr0xy%20three@proxy.example.com"),
            ("http_proxy", "http://user:Pr0xy-four@"),
        ]);
        for password in passwords {
            let shown = Secrets::of_this_process().shown(&format!("not {password}"));
            assert_eq!(shown, "not [redacted]");
            assert!(!format!("{network:?}").contains(password));
        }
    }
}
