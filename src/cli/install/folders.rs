//! Where Terraform and OpenTofu look for a provider's program by themselves: paths alone, nothing is read or written.

use std::env::consts::{ARCH, EXE_SUFFIX, OS};
use std::path::{Path, PathBuf};

use crate::env::Environment;
use crate::provider::VERSION;

/// The source addresses under which configurations name this provider: `vonage/vonage` as each CLI completes it.
pub(in crate::cli) const SOURCES: [&str; 2] = [
    "registry.terraform.io/vonage/vonage",
    "registry.opentofu.org/vonage/vonage",
];

/// The folders of settings and data whose `plugins` both CLIs search without being told to.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Roots {
    /// The one that documentation names.
    pub(super) usual: PathBuf,
    /// The system's own folder for data of programs.
    pub(super) data: PathBuf,
    /// Whether OpenTofu keeps settings elsewhere for as long as the usual folder does not exist.
    pub(super) settings_elsewhere: bool,
}

/// The roots on a system, or the variable that should say where they are.
pub(super) fn roots(system: &str, environment: &dyn Environment) -> Result<Roots, &'static str> {
    let folder = |name| environment.get(name).map(PathBuf::from);
    if system == "windows" {
        let settings = folder("APPDATA").ok_or("APPDATA")?;
        return Ok(Roots {
            usual: settings.join("terraform.d"),
            data: settings.join("HashiCorp").join("Terraform"),
            settings_elsewhere: false,
        });
    }
    let home = folder("HOME").ok_or("HOME")?;
    let data = if system == "macos" {
        home.join("Library/Application Support/io.terraform")
    } else {
        // A relative folder counts as none, says the standard of these variables, and so do the CLIs.
        let data = folder("XDG_DATA_HOME").filter(|folder| folder.is_absolute());
        data.unwrap_or_else(|| home.join(".local/share"))
            .join("terraform")
    };
    Ok(Roots {
        usual: home.join(".terraform.d"),
        data,
        settings_elsewhere: folder("XDG_CONFIG_HOME").is_some(),
    })
}

/// The folder of `root` that is searched.
pub(super) fn plugins(root: &Path) -> PathBuf {
    root.join("plugins")
}

/// Where the program belongs.
pub(in crate::cli) struct Place {
    /// The folder of the version. What is not finished yet is in it.
    pub(super) version: PathBuf,
    /// The folder of the package, which a CLI reads as a whole.
    pub(in crate::cli) package: PathBuf,
    pub(in crate::cli) program: PathBuf,
}

impl Place {
    /// The one below a root, for this version and this machine, under a source address.
    pub(in crate::cli) fn new(root: &Path, source: &str) -> Self {
        let system = if OS == "macos" { "darwin" } else { OS };
        let processor = match ARCH {
            "x86_64" => "amd64",
            "aarch64" => "arm64",
            "x86" => "386",
            other => other,
        };
        // Part by part, so that Windows shows one kind of slash.
        let mut version = plugins(root);
        version.extend(source.split('/'));
        version.push(VERSION);
        let package = version.join(format!("{system}_{processor}"));
        let program = package.join(format!("terraform-provider-vonage_v{VERSION}{EXE_SUFFIX}"));
        Self {
            version,
            package,
            program,
        }
    }
}
