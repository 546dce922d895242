//! The `install` command: where things go, what stays as it was, and what is said when something is in the way.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use super::*;

/// A home folder, and a program to install.
struct Home {
    folder: TempDir,
    variables: BTreeMap<String, String>,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = folder.path().join("home");
        fs::create_dir(&home).unwrap();
        fs::write(folder.path().join("program"), "the program").unwrap();
        let mut variables = BTreeMap::new();
        for name in ["HOME", "APPDATA"] {
            variables.insert(name.to_owned(), home.display().to_string());
        }
        Self { folder, variables }
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    fn root(&self) -> PathBuf {
        roots(&self.variables).unwrap().usual
    }

    fn programs(&self) -> [PathBuf; 2] {
        SOURCES.map(|source| Place::new(&self.root(), source).program)
    }

    fn install(&self) -> (String, Result<(), Failure>) {
        let mut told = String::new();
        let program = self.folder.path().join("program");
        let outcome = install(&program, &self.variables, &mut told);
        (told, outcome)
    }

    fn uninstall(&self) -> String {
        let mut told = String::new();
        uninstall(&self.variables, &mut told).unwrap();
        told
    }
}

fn variables(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    pairs.iter().map(owned).collect()
}

/// Everything in a folder but folders.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}

#[test]
fn each_system_has_its_folders() {
    let here = variables(&[
        ("HOME", "/home/a"),
        ("APPDATA", "/roaming"),
        ("XDG_DATA_HOME", "relative"),
    ]);
    for (system, usual, data) in [
        (
            "linux",
            "/home/a/.terraform.d",
            "/home/a/.local/share/terraform",
        ),
        (
            "freebsd",
            "/home/a/.terraform.d",
            "/home/a/.local/share/terraform",
        ),
        (
            "macos",
            "/home/a/.terraform.d",
            "/home/a/Library/Application Support/io.terraform",
        ),
        (
            "windows",
            "/roaming/terraform.d",
            "/roaming/HashiCorp/Terraform",
        ),
    ] {
        let expected = Roots {
            usual: usual.into(),
            data: data.into(),
            settings_elsewhere: false,
        };
        assert_eq!(folders::roots(system, &here), Ok(expected), "{system}");
    }
    let absolute = if cfg!(windows) { r"C:\d" } else { "/d" };
    let moved = variables(&[
        ("HOME", "/h"),
        ("XDG_DATA_HOME", absolute),
        ("XDG_CONFIG_HOME", "/c"),
    ]);
    let moved = folders::roots("linux", &moved).unwrap();
    assert_eq!(moved.data, Path::new(absolute).join("terraform"));
    assert!(moved.settings_elsewhere);
}

#[test]
fn the_variable_that_is_missing_is_named() {
    let nothing = BTreeMap::new();
    assert_eq!(folders::roots("linux", &nothing), Err("HOME"));
    assert_eq!(folders::roots("windows", &nothing), Err("APPDATA"));
}

#[test]
fn both_registries_get_the_program_and_a_second_time_changes_nothing() {
    let home = Home::new();
    let (told, outcome) = home.install();
    outcome.unwrap();
    for program in home.programs() {
        assert_eq!(fs::read_to_string(&program).unwrap(), "the program");
        let line = format!("installed: {}", program.display());
        assert!(told.lines().any(|it| it == line), "{told}");
    }
    assert!(told.contains(&format!("version = \"{VERSION}\"")), "{told}");
    assert_eq!(files(&home.path()).len(), 2);
    let (again, outcome) = home.install();
    outcome.unwrap();
    assert_eq!(again.matches("already installed: ").count(), 2, "{again}");
}

#[cfg(unix)]
#[test]
fn everybody_may_run_it_and_it_is_there_once() {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let home = Home::new();
    home.install().1.unwrap();
    let [first, second] = home
        .programs()
        .map(|program| fs::metadata(program).unwrap());
    assert_eq!(first.permissions().mode() & 0o777, 0o755);
    assert_eq!(first.ino(), second.ino());
    fs::set_permissions(&home.programs()[0], fs::Permissions::from_mode(0o600)).unwrap();
    let (told, _) = home.install();
    assert_eq!(told.matches("already").count(), 0, "{told}");
    let mode = fs::metadata(&home.programs()[1])
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o755);
}

#[test]
fn another_build_takes_the_place_of_the_file_and_does_not_write_into_it() {
    let home = Home::new();
    let before = &home.programs()[0];
    fs::create_dir_all(before.parent().unwrap()).unwrap();
    fs::write(before, "an older build").unwrap();
    let running = home.folder.path().join("running");
    fs::hard_link(before, &running).unwrap();
    home.install().1.unwrap();
    assert_eq!(fs::read_to_string(before).unwrap(), "the program");
    assert_eq!(fs::read_to_string(running).unwrap(), "an older build");
}

/// What a power cut leaves cannot be tried, so the order of the steps is.
#[cfg(unix)]
#[test]
fn the_program_takes_its_place_when_it_is_on_the_disk_and_then_its_folder_is_written() {
    let home = Home::new();
    let place = Place::new(&home.root(), SOURCES[0]);
    let steps = std::cell::RefCell::new(Vec::new());
    let sync = |file: &File| {
        let step = (file.metadata()?.is_dir(), place.program.exists());
        steps.borrow_mut().push(step);
        file.sync_all()
    };
    let mut program = Program {
        bytes: b"the program".to_vec(),
        copy: None,
        sync: &sync,
    };
    program.put(&place).unwrap();
    assert_eq!(*steps.borrow(), [(false, false), (true, true)]);
}

#[cfg(unix)]
#[test]
fn a_program_that_does_not_get_to_the_disk_leaves_nothing() {
    let home = Home::new();
    let place = Place::new(&home.root(), SOURCES[0]);
    let mut program = Program {
        bytes: b"the program".to_vec(),
        copy: None,
        sync: &|_| Err(ErrorKind::StorageFull.into()),
    };
    let said = explain(&program.put(&place).unwrap_err());
    assert!(said.contains("make room"), "{said}");
    assert_eq!(files(&home.path()), Vec::<PathBuf>::new());
}

#[test]
fn where_opentofu_has_its_settings_elsewhere_it_goes_on_to_have_them_there() {
    let mut home = Home::new();
    home.variables
        .insert("XDG_CONFIG_HOME".to_owned(), "/c".to_owned());
    home.install().1.unwrap();
    if cfg!(not(windows)) {
        assert!(!home.root().exists());
    }
    assert_eq!(files(&home.path()).len(), 2);
    assert_eq!(home.uninstall().matches("removed: ").count(), 2);
    assert_eq!(files(&home.path()), Vec::<PathBuf>::new());
    // With the folder there, whoever made it, nothing is to be kept from.
    fs::create_dir(home.root()).unwrap();
    home.install().1.unwrap();
    assert!(home.programs().iter().all(|program| program.exists()));
}

#[test]
fn uninstall_leaves_nothing_and_no_folder() {
    let home = Home::new();
    home.install().1.unwrap();
    let unfinished = Place::new(&home.root(), SOURCES[0])
        .version
        .join(".terraform-provider-vonage.1");
    fs::write(unfinished, "half a pro").unwrap();
    let told = home.uninstall();
    let expected = home
        .programs()
        .map(|program| format!("removed: {}\n", program.display()));
    assert_eq!(told, expected.concat());
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    let told = home.uninstall();
    assert!(told.starts_with("not installed: "), "{told}");
}

#[test]
fn uninstall_keeps_what_is_not_of_this_version() {
    let home = Home::new();
    home.install().1.unwrap();
    let others = [
        home.root().join("credentials.tfrc.json"),
        Place::new(&home.root(), SOURCES[0])
            .version
            .with_file_name("9.9.9"),
        Place::new(&home.root(), SOURCES[1]).package.join("LICENSE"),
    ];
    for other in &others {
        fs::write(other, "").unwrap();
    }
    home.uninstall();
    let left = files(&home.path());
    assert_eq!(left.len(), others.len(), "{left:?}");
    assert!(others.iter().all(|other| left.contains(other)), "{left:?}");
}

#[test]
fn a_file_in_the_way_of_a_folder_is_named_and_kept() {
    let home = Home::new();
    let in_the_way = home.root().join("plugins");
    fs::create_dir(home.root()).unwrap();
    fs::write(&in_the_way, "mine").unwrap();
    let (told, outcome) = home.install();
    let said = outcome.unwrap_err().to_string();
    assert!(
        said.starts_with(&format!("{} is in the way", in_the_way.display())),
        "{said}"
    );
    assert_eq!(told, "");
    assert_eq!(fs::read_to_string(in_the_way).unwrap(), "mine");
}

#[test]
fn a_folder_in_the_way_of_the_program_is_named_and_what_was_done_before_is_said() {
    let home = Home::new();
    let [first, second] = home.programs();
    fs::create_dir_all(second.join("mine")).unwrap();
    let (told, outcome) = home.install();
    let said = outcome.unwrap_err().to_string();
    assert!(
        said.starts_with(&format!("{} is in the way", second.display())),
        "{said}"
    );
    assert_eq!(told, format!("installed: {}\n", first.display()));
    assert_eq!(files(&home.path()), [first]);
}

#[test]
fn a_failure_says_what_to_do_about_it() {
    let failure =
        |kind: ErrorKind| explain(&Failure::new("write", Path::new("/there"), kind.into()));
    let full = failure(ErrorKind::StorageFull);
    assert!(full.starts_with("cannot write /there (make room"), "{full}");
    let denied = failure(ErrorKind::PermissionDenied);
    assert!(denied.contains("may write to"), "{denied}");
}

#[test]
fn a_program_that_is_gone_leaves_the_place_as_it_was() {
    let home = Home::new();
    fs::remove_file(home.folder.path().join("program")).unwrap();
    let said = explain(&home.install().1.unwrap_err());
    assert!(said.starts_with("cannot read "), "{said}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
