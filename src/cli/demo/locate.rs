//! Finding the CLI that the demo runs.

use std::env::split_paths;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::DemoError;
use crate::env::Environment;

/// Terraform before OpenTofu: where both are installed, the former is the one that more readers know.
const NAMES: [&str; 2] = ["terraform", "tofu"];

/// The CLI that was named, by a path or by a name on `PATH`, or else the first one on `PATH`, if any; as an absolute path.
pub(super) fn cli(
    named: Option<&Path>,
    environment: &dyn Environment,
) -> Result<Option<PathBuf>, DemoError> {
    let path = environment.get("PATH").unwrap_or_default();
    let on_path = |name: &Path| {
        split_paths(&path)
            .map(|folder| folder.join(name))
            .find(|file| is_executable(file))
    };
    let found = match named {
        // As shells have it: what has a slash in it is a path.
        Some(file) if file.as_os_str().as_encoded_bytes().contains(&b'/') => {
            let there = is_executable(file).then(|| file.to_owned());
            Some(there.ok_or_else(|| DemoError::NoProgram(format!("at {}", file.display())))?)
        }
        Some(name) => {
            let there = on_path(name);
            Some(there.ok_or_else(|| DemoError::NoProgram(format!("{} on PATH", name.display())))?)
        }
        None => NAMES.iter().find_map(|name| on_path(Path::new(name))),
    };
    // The CLI runs in another folder than this one.
    let found = found.map(std::path::absolute).transpose();
    found.map_err(DemoError::Prepare)
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
        let found = |folders: &[&Path]| cli(None, &path_of(folders)).unwrap();
        assert_eq!(found(&[&first, &second]), Some(second.join("terraform")));
        assert_eq!(found(&[&first]), Some(first.join("tofu")));
    }

    #[test]
    fn what_cannot_be_executed_is_passed_over() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "terraform", 0o644);
        assert_eq!(cli(None, &path_of(&[folder.path()])).unwrap(), None);
    }

    #[test]
    fn a_name_is_looked_for_on_the_path_and_nowhere_else() {
        let folder = tempfile::tempdir().unwrap();
        let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
        program(&first, "terraform", 0o755);
        program(&first, "tofu", 0o644);
        program(&second, "tofu", 0o755);
        let path = path_of(&[&first, &second]);
        let named = |name: &str| cli(Some(Path::new(name)), &path);
        assert_eq!(named("tofu").unwrap(), Some(second.join("tofu")));
        // Tests run in the folder of this file.
        let error = named("Cargo.toml").unwrap_err().to_string();
        assert!(error.contains("no program Cargo.toml on PATH"), "{error}");
        assert!(error.contains("--cli"), "{error}");
    }

    #[test]
    fn a_named_path_that_leads_to_no_program_is_an_error_that_names_it() {
        let folder = tempfile::tempdir().unwrap();
        program(folder.path(), "terraform", 0o644);
        let not_executable = folder.path().join("terraform");
        for path in [Path::new("/nowhere/terraform"), &not_executable] {
            let error = cli(Some(path), &BTreeMap::new()).unwrap_err().to_string();
            assert!(error.contains(&path.display().to_string()), "{error}");
        }
        program(folder.path(), "tofu", 0o755);
        let there = folder.path().join("tofu");
        let found = cli(Some(&there), &BTreeMap::new()).unwrap();
        assert_eq!(found, Some(there));
    }
}
