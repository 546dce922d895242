//! `terraform-provider-vonage install`: this very program, where `terraform init` and `tofu init` look without a network.
//!
//! [`folders`] knows the folders, [`file`] writes and removes; here is what is said about it.

mod file;
pub(in crate::cli) mod folders;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::file::Program;
use self::folders::{Place, Roots, SOURCES, plugins};
use super::report;
use crate::causes::explain;
use crate::env::Environment;
use crate::provider::VERSION;

/// Why something is not in its place, or still there.
#[derive(Debug, thiserror::Error)]
enum Failure {
    /// Where the CLIs look is not known.
    #[error("{0} is not set: set it to your folder that Terraform and OpenTofu look in")]
    NoFolder(&'static str),
    /// A file is where a folder must be, or a folder where the program must be.
    #[error("{} is in the way: move it elsewhere, and run this again", .0.display())]
    InTheWay(PathBuf),
    /// The system refused.
    #[error("cannot {doing} {} ({})", path.display(), advice(source))]
    System {
        doing: &'static str,
        path: PathBuf,
        source: io::Error,
    },
}

impl Failure {
    fn new(doing: &'static str, path: &Path, source: io::Error) -> Self {
        Self::System {
            doing,
            path: path.to_owned(),
            source,
        }
    }
}

/// What to do about an error of the system.
fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        // Windows denies it also where the program runs.
        ErrorKind::PermissionDenied if cfg!(windows) => {
            "end every Terraform and OpenTofu that runs; the folder must be one that you may write to"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => {
            "the folder must be one that you may write to"
        }
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "make room, and run this again",
        _ => "correct this, and run this again",
    }
}

/// Installs this program, or takes its version away. What was done is said also where the rest could not be done.
pub(super) fn run(away: bool, environment: &dyn Environment) -> ExitCode {
    let mut told = String::new();
    let outcome = if away {
        uninstall(environment, &mut told)
    } else {
        std::env::current_exe()
            .map_err(|error| Failure::new("find", Path::new("this program"), error))
            .and_then(|program| install(&program, environment, &mut told))
    };
    report(false, &told);
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => report(
            true,
            &format!("Error: {}. Nothing else has changed.\n", explain(&failure)),
        ),
    }
}

fn install(
    program: &Path,
    environment: &dyn Environment,
    told: &mut String,
) -> Result<(), Failure> {
    let roots = roots(environment)?;
    // Making the usual folder would lead OpenTofu to it, away from settings and credentials that it has elsewhere.
    let root = if roots.settings_elsewhere && !roots.usual.exists() {
        roots.data
    } else {
        roots.usual
    };
    let bytes = fs::read(program).map_err(|error| Failure::new("read", program, error))?;
    let mut program = Program {
        bytes,
        copy: None,
        sync: &File::sync_all,
    };
    for source in SOURCES {
        let place = Place::new(&root, source);
        let done = if program.put(&place)? {
            "installed"
        } else {
            "already installed"
        };
        let _ = writeln!(told, "{done}: {}", place.program.display());
    }
    let _ = write!(
        told,
        "
Put this into your configuration, and then run `terraform init` or `tofu init`:

terraform {{
  required_providers {{
    vonage = {{
      source  = \"vonage/vonage\"
      version = \"{VERSION}\"
    }}
  }}
}}

From now on `init` takes vonage/vonage from this folder only, not from a registry, until you run `install --uninstall`.
If `init` says that checksums do not match, delete vonage/vonage from .terraform.lock.hcl and run it again.
If it does not find the provider, a `provider_installation` block in your {} names other places.
Add to that block: filesystem_mirror {{ path = {:?} }}
",
        if cfg!(windows) {
            "%APPDATA%\\terraform.rc or tofu.rc"
        } else {
            ".terraformrc or .tofurc"
        },
        plugins(&root).to_string_lossy()
    );
    Ok(())
}

fn uninstall(environment: &dyn Environment, told: &mut String) -> Result<(), Failure> {
    let Roots { usual, data, .. } = roots(environment)?;
    for root in [&usual, &data] {
        for source in SOURCES {
            let place = Place::new(root, source);
            if file::remove(&place, root)? {
                let _ = writeln!(told, "removed: {}", place.program.display());
            }
        }
    }
    if told.is_empty() {
        let [usual, data] = [plugins(&usual), plugins(&data)];
        let _ = writeln!(
            told,
            "not installed: version {VERSION} is neither in {} nor in {}",
            usual.display(),
            data.display()
        );
    }
    Ok(())
}

fn roots(environment: &dyn Environment) -> Result<Roots, Failure> {
    folders::roots(std::env::consts::OS, environment).map_err(Failure::NoFolder)
}

#[cfg(test)]
mod tests;
