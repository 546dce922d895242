//! What the environment says about a run of the acceptance tests.

use std::path::PathBuf;

use terraform_provider_vonage::env::{Environment, ProcessEnvironment};

/// The variables that `main.rs` documents, read once.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a variable of its own, set or not"
)]
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    /// False when `TF_ACC=0`.
    pub(crate) enabled: bool,
    /// Paths from `TF_ACC_CLIS`; `None` when CLIs are to be discovered.
    pub(crate) named_clis: Option<Vec<PathBuf>>,
    /// Folders of `PATH`, in order.
    pub(crate) path: Vec<PathBuf>,
    /// Where `scripts/clis` puts what it gets.
    pub(crate) cache: Option<PathBuf>,
    /// The folder of the provider under test.
    pub(crate) provider_folder: PathBuf,
    /// Whether folders of failed trials stay.
    pub(crate) keep_folders: bool,
    /// Whether every scenario runs with a sandbox that is restarted between steps.
    pub(crate) restart_sandbox: bool,
    /// How far the matrix of switches goes.
    pub(crate) matrix: Matrix,
    /// Whether this is a run that must not skip a scenario silently.
    pub(crate) continuous_integration: bool,
}

/// How the core runs under the values of the sandbox's switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Matrix {
    /// Each value on one CLI, in turn.
    InTurn,
    /// Each value on each CLI.
    All,
    /// Pairs of values, chosen by a seed, and nothing else.
    Pairs(u64),
}

impl Matrix {
    fn from_environment(environment: &dyn Environment) -> Self {
        let seed = environment
            .get("TF_ACC_SEED")
            .map(|seed| seed.parse().expect("TF_ACC_SEED is a number"));
        match environment.get("TF_ACC_MATRIX").as_deref() {
            None => Self::InTurn,
            Some("all") => Self::All,
            Some("pairs") => Self::Pairs(seed.unwrap_or(1)),
            Some(other) => panic!("TF_ACC_MATRIX is `all` or `pairs`, not {other:?}"),
        }
    }
}

impl Settings {
    /// Whether the cache has tfplugindocs, in whichever version.
    pub(crate) fn has_tfplugindocs(&self) -> bool {
        let entries = self.cache.iter().filter_map(|cache| cache.read_dir().ok());
        let mut programs = entries
            .flatten()
            .filter_map(Result::ok)
            .map(|entry| entry.path().join("tfplugindocs"));
        programs.any(|program| program.is_file())
    }

    pub(crate) fn from_process() -> Self {
        Self::from_environment(&ProcessEnvironment)
    }

    fn from_environment(environment: &dyn Environment) -> Self {
        let folder = |name: &str| environment.get(name).map(PathBuf::from);
        Self {
            enabled: environment.get("TF_ACC").as_deref() != Some("0"),
            named_clis: environment
                .get("TF_ACC_CLIS")
                .map(|paths| paths.split(',').map(|path| path.trim().into()).collect()),
            path: environment
                .get("PATH")
                .map(|path| std::env::split_paths(&path).collect())
                .unwrap_or_default(),
            cache: folder("XDG_CACHE_HOME")
                .or_else(|| folder("HOME").map(|home| home.join(".cache")))
                .map(|cache| cache.join("terraform-provider-vonage").join("clis")),
            provider_folder: folder("TF_ACC_PROVIDER_DIR").unwrap_or_else(|| {
                let mut provider = PathBuf::from(env!("CARGO_BIN_EXE_terraform-provider-vonage"));
                provider.pop();
                provider
            }),
            keep_folders: environment.get("TF_ACC_KEEP").as_deref() == Some("1"),
            restart_sandbox: environment.get("TF_ACC_RESTART").as_deref() == Some("1"),
            matrix: Matrix::from_environment(environment),
            continuous_integration: environment.get("CI").as_deref() == Some("true"),
        }
    }
}
