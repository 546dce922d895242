//! The command-line programs under test: finding them and telling them apart.

use std::{
    cmp::Ordering,
    fmt,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::settings::Settings;

/// Who made a CLI.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Product {
    Terraform,
    OpenTofu,
}

/// One CLI: a product in a version, at a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cli {
    pub(crate) product: Product,
    pub(crate) version: Version,
    pub(crate) path: PathBuf,
}

/// A version as the CLI says it: `1.11.4`, `1.12.6-dev`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Version(String);

impl Version {
    pub(crate) fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// Whether this is `minimum` or later; what follows a dash does not count.
    pub(crate) fn is_at_least(&self, minimum: &Self) -> bool {
        self.numbers().cmp(minimum.numbers()) != Ordering::Less
    }

    fn numbers(&self) -> impl Iterator<Item = u32> {
        let release = self.0.split('-').next().unwrap_or_default();
        release.split('.').map(|part| part.parse().unwrap_or(0))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl Product {
    /// The registry that an address without one means.
    pub(crate) fn registry(self) -> &'static str {
        match self {
            Self::Terraform => "registry.terraform.io",
            Self::OpenTofu => "registry.opentofu.org",
        }
    }
}

impl fmt::Display for Product {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Terraform => "Terraform",
            Self::OpenTofu => "OpenTofu",
        })
    }
}

impl Cli {
    /// The last part of the trials' names: `terraform_1_11_4`.
    pub(crate) fn label(&self) -> String {
        format!("{}_{}", self.product, self.version)
            .to_lowercase()
            .replace(|character: char| !character.is_ascii_alphanumeric(), "_")
    }

    /// Asks the program at `path` what it is.
    fn probe(path: &Path) -> Result<Self, String> {
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        let output = Command::new(path)
            .arg("version")
            .current_dir(folder.path())
            .env("CHECKPOINT_DISABLE", "1")
            .env_remove("TF_CLI_CONFIG_FILE")
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("{}: {error}", path.display()))?;
        let text = String::from_utf8_lossy(&output.stdout);
        let mut words = text.lines().next().unwrap_or_default().split(" v");
        let product = match words.next() {
            Some("Terraform") => Product::Terraform,
            Some("OpenTofu") => Product::OpenTofu,
            _ => {
                return Err(format!(
                    "{}: neither Terraform nor OpenTofu",
                    path.display()
                ));
            }
        };
        let version = Version::new(words.next().unwrap_or_default());
        Ok(Self {
            product,
            version,
            path: path.to_owned(),
        })
    }
}

/// All CLIs to test on, without repetitions, or what to tell the person who has none.
///
/// A CLI that was asked for and does not run is an error; one that was only come across is left out.
pub(crate) fn discover(settings: &Settings) -> Result<Vec<Cli>, String> {
    let mut found: Vec<Cli> = Vec::new();
    let mut add = |cli: Cli| {
        if !found
            .iter()
            .any(|known| (known.product, &known.version) == (cli.product, &cli.version))
        {
            found.push(cli);
        }
    };
    if let Some(named) = &settings.named_clis {
        for path in named {
            add(Cli::probe(path).map_err(|error| format!("TF_ACC_CLIS: {error}"))?);
        }
    } else {
        candidates(settings)
            .iter()
            .filter_map(|path| Cli::probe(path).ok())
            .for_each(&mut add);
    }
    if found.is_empty() {
        return Err("no terraform or tofu was found: run scripts/clis, put one on PATH, name one in TF_ACC_CLIS, \
                    or set TF_ACC=0 to leave the acceptance tests out"
            .to_owned());
    }
    Ok(found)
}

/// `terraform` and `tofu` on the search path, then each in the folders of the cache, sorted.
fn candidates(settings: &Settings) -> Vec<PathBuf> {
    let on_path = ["terraform", "tofu"].iter().filter_map(|name| {
        settings
            .path
            .iter()
            .map(|folder| folder.join(name))
            .find(|file| file.is_file())
    });
    let mut cached: Vec<PathBuf> = settings
        .cache
        .iter()
        .filter_map(|cache| cache.read_dir().ok())
        .flatten()
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .flat_map(|entry| ["terraform", "tofu"].map(|name| entry.path().join(name)))
        .filter(|file| file.is_file())
        .collect();
    cached.sort();
    on_path.chain(cached).collect()
}
