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
    /// Whether this is `minimum` or later; what follows a dash does not count.
    fn is_at_least(&self, minimum: &str) -> bool {
        numbers(&self.0).cmp(numbers(minimum)) != Ordering::Less
    }
}

fn numbers(version: &str) -> impl Iterator<Item = u32> {
    let release = version.split('-').next().unwrap_or_default();
    release.split('.').map(|part| part.parse().unwrap_or(0))
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

    /// Why it cannot run what needs these versions of Terraform and OpenTofu, if so; `None` is what no version can.
    pub(crate) fn obstacle(
        &self,
        terraform: Option<&str>,
        opentofu: Option<&str>,
    ) -> Option<String> {
        let minimum = match self.product {
            Product::Terraform => terraform,
            Product::OpenTofu => opentofu,
        };
        match minimum {
            Some(minimum) if self.version.is_at_least(minimum) => None,
            Some(minimum) => Some(format!("needs {} {minimum}", self.product)),
            None => Some(format!("{} cannot do this", self.product)),
        }
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
        let version = Version(words.next().unwrap_or_default().to_owned());
        Ok(Self {
            product,
            version,
            path: path.to_owned(),
        })
    }
}

/// What a person does who has none.
pub(crate) const NONE: &str = "no terraform or tofu was found: put one on PATH, name one in TF_ACC_CLIS, or run scripts/clis, \
                               which needs Python with pip, or Go";

/// All CLIs to test on, without repetitions; none where there is none.
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
    Ok(found)
}

/// Has `scripts/clis` get a CLI, by what there is to get it with, and discovers again.
pub(crate) fn install(settings: &Settings) -> Result<Vec<Cli>, String> {
    for (tool, cli) in [("python3", "terraform"), ("go", "opentofu")] {
        let (Some(_), Some(caches)) = (settings.program(tool), &settings.caches) else {
            continue;
        };
        let path = std::env::join_paths(&settings.path).map_err(|error| error.to_string())?;
        let mut command = Command::new(&settings.installer);
        command.arg(cli).stdin(Stdio::null()).stdout(Stdio::null());
        // What keeps it from its end, it says itself.
        let _ = command
            .env("PATH", path)
            .env("XDG_CACHE_HOME", caches)
            .status();
        let found = discover(settings)?;
        if !found.is_empty() {
            return Ok(found);
        }
    }
    Ok(Vec::new())
}

/// `terraform` and `tofu` on the search path, then those in the cache.
fn candidates(settings: &Settings) -> Vec<PathBuf> {
    const NAMES: [&str; 2] = ["terraform", "tofu"];
    let on_path = NAMES.iter().filter_map(|name| settings.program(name));
    let cached = settings.cached().into_iter();
    let cached = cached.flat_map(|folder| NAMES.map(|name| folder.join(name)));
    on_path.chain(cached).collect()
}
