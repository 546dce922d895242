//! A checkout in a folder of its own, with what `scripts/release` packs from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;
use terraform_provider_vonage::env::{Environment as _, ProcessEnvironment};

use crate::support::program::write_program;

pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");
pub(crate) const PASSPHRASE: &str = "open, S3same!";

/// A checkout with what a release is packed from, without programs.
pub(crate) struct Checkout {
    folder: TempDir,
    variables: BTreeMap<&'static str, String>,
}

impl Checkout {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let checkout = Self {
            folder,
            variables: BTreeMap::new(),
        };
        for name in ["source", "home", "tmp", "bin"] {
            fs::create_dir(checkout.folder.path().join(name)).unwrap();
        }
        checkout.fill();
        checkout.with_cargo("#!/bin/sh\nexit 101\n");
        for arguments in [
            &["init", "--quiet"][..],
            &["add", "."],
            &["commit", "--quiet", "--message=All"],
        ] {
            checkout.git(arguments);
        }
        checkout
    }

    fn fill(&self) {
        let (from, to) = (Path::new(env!("CARGO_MANIFEST_DIR")), self.source());
        fs::create_dir_all(to.join("scripts/packaging")).unwrap();
        for name in [
            "Cargo.toml",
            "LICENSE",
            "NOTICE",
            "terraform-registry-manifest.json",
            "scripts/release",
            "scripts/packaging/archive.py",
            "scripts/packaging/components.py",
        ] {
            fs::copy(from.join(name), to.join(name)).unwrap();
        }
        fs::write(to.join(".gitignore"), "/target\n").unwrap();
        let changelog = format!("## [{VERSION}]\n");
        fs::write(to.join("CHANGELOG.md"), changelog).unwrap();
    }

    /// Where a program for a platform is built.
    pub(crate) fn program(&self, platform: &str, extension: &str) -> PathBuf {
        let folder = self.source().join("target/dist").join(platform);
        fs::create_dir_all(&folder).unwrap();
        folder.join(format!("terraform-provider-vonage{extension}"))
    }

    /// The same with two programs that stand in for the provider.
    pub(crate) fn with_programs() -> Self {
        let checkout = Self::new();
        for (platform, extension) in [("linux_amd64", ""), ("windows_amd64", ".exe")] {
            let program = checkout.program(platform, extension);
            fs::write(program, format!("a program for {platform}")).unwrap();
        }
        checkout
    }

    pub(crate) fn source(&self) -> PathBuf {
        self.folder.path().join("source")
    }

    pub(crate) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.variables.insert(name, value.to_owned());
        self
    }

    /// Puts something in the place of the tool that lists components.
    pub(crate) fn with_components(self) -> Self {
        self.with_cargo(
            "#!/bin/sh\n\
             env | grep -q 'KEY\\|PASS' && exit 1\n\
             [ \"$2\" = --version ] || echo \"{\\\"serialNumber\\\": $$, \\\"of\\\": \\\"$PWD\\\"}\" \
             >terraform-provider-vonage_components.json\n",
        );
        self
    }

    fn with_cargo(&self, script: &str) {
        write_program(&self.folder.path().join("bin/cargo"), script);
    }

    /// A program on the search path, in front of which Cargo is one that lacks the tool that lists components.
    pub(crate) fn command(&self, program: &str) -> Command {
        let inherited = ProcessEnvironment.get("PATH").unwrap();
        let folders = std::env::split_paths(&inherited);
        let own = self.folder.path().join("bin");
        let path = std::env::join_paths(std::iter::once(own).chain(folders)).unwrap();
        let mut command = Command::new(program);
        command
            .current_dir(self.source())
            .env_clear()
            .env("PATH", path)
            .env("HOME", self.folder.path().join("home"))
            .env("TMPDIR", self.folder.path().join("tmp"))
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Somebody")))
            .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "a@example.com")))
            .envs(
                ["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_DATE"), "1700000001 +0000")),
            )
            .stdin(Stdio::null());
        command
    }

    pub(crate) fn git(&self, arguments: &[&str]) {
        expect_success(&self.command("git").args(arguments).output().unwrap());
    }

    pub(crate) fn release(&self, arguments: &[&str]) -> Output {
        let mut command = self.command("scripts/release");
        let output = command.args(arguments).envs(&self.variables).output();
        let output = output.unwrap();
        let kept = fs::read_dir(self.folder.path().join("tmp")).unwrap();
        assert_eq!(kept.count(), 0, "temporary files were left");
        assert!(!text(&output).contains(PASSPHRASE));
        output
    }

    /// Where a release is.
    pub(crate) fn packed_folder(&self) -> PathBuf {
        self.source().join("target/releases").join(VERSION)
    }

    /// The files of a release by their names.
    pub(crate) fn packed(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.packed_folder())
            .unwrap()
            .map(Result::unwrap);
        entries
            .map(|entry| {
                let name = entry.file_name().into_string().unwrap();
                (name, fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    /// What is under the folder of releases, whole or not.
    pub(crate) fn anything_packed(&self) -> usize {
        fs::read_dir(self.source().join("target/releases")).map_or(0, Iterator::count)
    }
}

pub(crate) fn text(output: &Output) -> String {
    let both = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    both.concat()
}

#[track_caller]
pub(crate) fn expect_success(output: &Output) {
    assert!(output.status.success(), "{}", text(output));
}
