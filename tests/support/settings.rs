//! What the environment says about a run of the acceptance tests.

use std::env::consts::EXE_SUFFIX;
use std::path::{Path, PathBuf};

use terraform_provider_vonage::env::{Environment, ProcessEnvironment};

/// The provider's name, which is that of its file in the folder of a build.
pub(crate) const PROVIDER_PROGRAM: &str = "terraform-provider-vonage";

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
    /// The folder of the user's caches.
    pub(crate) caches: Option<PathBuf>,
    /// Gets CLIs.
    pub(crate) installer: PathBuf,
    /// The folder of the provider under test.
    pub(crate) provider_folder: PathBuf,
    /// Whether folders of failed trials stay.
    pub(crate) keep_folders: bool,
    /// Whether every scenario runs with a sandbox that is restarted between steps.
    pub(crate) restart_sandbox: bool,
    /// Whether everything runs on every CLI.
    pub(crate) deep: bool,
    /// The seed of the pairs of switches that the run is about instead.
    pub(crate) pairs: Option<u64>,
    /// Whether the run is about the scenarios for a real account instead.
    pub(crate) live: bool,
    /// That account; `None` without its credentials.
    pub(crate) account: Option<Account>,
    /// Whether this is a run that must not skip a scenario silently.
    pub(crate) continuous_integration: bool,
}

/// What leads the provider to a real account, or to what plays one.
#[derive(Clone, Debug)]
pub(crate) struct Account {
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl Account {
    fn from_environment(environment: &dyn Environment) -> Option<Self> {
        let given = |name| Some((name, environment.get(name)?));
        let url = given("VONAGE_BASE_URL");
        let mut variables = vec![
            given("VONAGE_API_KEY")?,
            given("VONAGE_API_SECRET")?,
            // Said also where it is the default, for the commands of a trial have a sandbox otherwise.
            url.unwrap_or_else(|| ("VONAGE_BASE_URL", "https://api.nexmo.com".to_owned())),
        ];
        variables.extend(given("VONAGE_REST_BASE_URL"));
        Some(Self { variables })
    }
}

impl Settings {
    /// The folders in which `scripts/clis` has put a program each, sorted.
    pub(crate) fn cached(&self) -> Vec<PathBuf> {
        let cache = self.caches.iter();
        let cache = cache.map(|caches| caches.join("terraform-provider-vonage/clis"));
        let entries = cache.filter_map(|cache| cache.read_dir().ok()).flatten();
        let mut folders: Vec<PathBuf> = entries
            .filter_map(|entry| Some(entry.ok()?.path()))
            .collect();
        folders.sort();
        folders
    }

    /// The provider's own program.
    pub(crate) fn provider_program(&self) -> PathBuf {
        let program = format!("{PROVIDER_PROGRAM}{EXE_SUFFIX}");
        self.provider_folder.join(program)
    }

    /// Whether the cache has tfplugindocs, in whichever version.
    pub(crate) fn has_tfplugindocs(&self) -> bool {
        let mut folders = self.cached().into_iter();
        folders.any(|folder| folder.join("tfplugindocs").is_file())
    }

    /// A program of the search path.
    pub(crate) fn program(&self, name: &str) -> Option<PathBuf> {
        let mut files = self.path.iter().map(|folder| folder.join(name));
        files.find(|file| file.is_file())
    }

    pub(crate) fn from_process() -> Self {
        Self::from_environment(&ProcessEnvironment)
    }

    pub(crate) fn from_environment(environment: &dyn Environment) -> Self {
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
            caches: folder("XDG_CACHE_HOME")
                .or_else(|| folder("HOME").map(|home| home.join(".cache"))),
            installer: Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/clis"),
            provider_folder: folder("TF_ACC_PROVIDER_DIR").unwrap_or_else(|| {
                let mut provider = PathBuf::from(env!("CARGO_BIN_EXE_terraform-provider-vonage"));
                provider.pop();
                provider
            }),
            keep_folders: environment.get("TF_ACC_KEEP").as_deref() == Some("1"),
            restart_sandbox: environment.get("TF_ACC_RESTART").as_deref() == Some("1"),
            deep: environment.get("TF_ACC_DEEP").as_deref() == Some("1"),
            pairs: environment.get("TF_ACC_PAIRS").map(|seed| {
                seed.parse()
                    .unwrap_or_else(|_| panic!("TF_ACC_PAIRS={seed}"))
            }),
            live: environment.get("TF_ACC_LIVE").as_deref() == Some("1"),
            account: Account::from_environment(environment),
            continuous_integration: environment.get("CI").as_deref() == Some("true"),
        }
    }
}
