//! Finding the CLI that the demo runs.

use std::{
    env::split_paths,
    fs,
    os::unix::fs::PermissionsExt,
    path::{Path, PathBuf},
};

use super::DemoError;
use crate::env::Environment;

/// Terraform before OpenTofu: where both are installed, the former is the one that more readers know.
const NAMES: [&str; 2] = ["terraform", "tofu"];

/// The CLI that was named, or else the first one on `PATH`, as an absolute path.
pub(super) fn cli(
    named: Option<&Path>,
    environment: &dyn Environment,
) -> Result<PathBuf, DemoError> {
    let found = match named {
        Some(path) => Some(path.to_owned())
            .filter(|path| path.is_file())
            .ok_or_else(|| no_such(path))?,
        None => on_path(&environment.get("PATH").unwrap_or_default()).ok_or(DemoError::NoCli)?,
    };
    // The CLI runs in another folder than this one.
    std::path::absolute(found).map_err(DemoError::Prepare)
}

fn no_such(path: &Path) -> DemoError {
    DemoError::NoSuchCli(path.to_owned())
}

fn on_path(path: &str) -> Option<PathBuf> {
    let in_any_folder = |name| {
        split_paths(path)
            .map(|folder| folder.join(name))
            .find(|file| is_executable(file))
    };
    NAMES.into_iter().find_map(in_any_folder)
}

fn is_executable(path: &Path) -> bool {
    fs::metadata(path)
        .is_ok_and(|metadata| metadata.is_file() && metadata.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn program(folder: &Path, name: &str, mode: u32) {
        fs::create_dir_all(folder).unwrap();
        fs::write(folder.join(name), "").unwrap();
        fs::set_permissions(folder.join(name), fs::Permissions::from_mode(mode)).unwrap();
    }

    fn path_of(folders: &[&Path]) -> BTreeMap<String, String> {
        let path = std::env::join_paths(folders)
            .unwrap()
            .into_string()
            .unwrap();
        BTreeMap::from([("PATH".to_owned(), path)])
    }

    #[test]
    fn terraform_comes_before_tofu_in_whatever_folder_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        program(&first, "tofu", 0o755);
        program(&second, "terraform", 0o755);
        assert_eq!(
            cli(None, &path_of(&[&first, &second])).unwrap(),
            second.join("terraform")
        );
        assert_eq!(cli(None, &path_of(&[&first])).unwrap(), first.join("tofu"));
    }

    #[test]
    fn what_cannot_be_executed_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "terraform", 0o644);
        assert!(matches!(
            cli(None, &path_of(&[folder.path()])),
            Err(DemoError::NoCli)
        ));
    }

    #[test]
    fn with_no_cli_the_error_says_what_to_install() {
        let error = cli(None, &BTreeMap::new()).unwrap_err().to_string();
        assert!(
            error.contains("install Terraform") && error.contains("OpenTofu"),
            "{error}"
        );
    }

    #[test]
    fn a_named_cli_that_does_not_exist_is_an_error_that_names_it() {
        let error = cli(Some(Path::new("/nowhere/terraform")), &BTreeMap::new()).unwrap_err();
        assert!(error.to_string().contains("/nowhere/terraform"), "{error}");
    }
}
