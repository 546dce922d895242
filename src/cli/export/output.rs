//! Where an export goes: to standard output, or to a new file, whole or not at all.

use std::io::{self, Write as _};
use std::path::Path;

use tfplugin::diagnostics::Diagnostics;

/// Refuses to write over something, or into nowhere, before anything is asked of the API.
pub(super) fn must_be_new(file: &Path) -> Result<(), Diagnostics> {
    if file.symlink_metadata().is_ok() {
        return Err(not_written(
            Some(file),
            &io::ErrorKind::AlreadyExists.into(),
        ));
    }
    let folder = folder_of(file).metadata();
    folder.map_err(|error| not_written(Some(file), &error))?;
    Ok(())
}

fn folder_of(file: &Path) -> &Path {
    let folder = file.parent();
    folder
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

pub(super) fn write(file: Option<&Path>, text: &str) -> Result<(), Diagnostics> {
    let written = match file {
        None => io::stdout().lock().write_all(text.as_bytes()),
        Some(file) => write_new(file, text),
    };
    written.map_err(|error| not_written(file, &error))
}

/// The file appears under its name when it is complete, and only where nothing has that name.
fn write_new(file: &Path, text: &str) -> io::Result<()> {
    #[cfg_attr(not(unix), expect(unused_mut, reason = "only Unix has modes"))]
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As any file that a program makes: the person's mask says who may read it.
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder_of(file))?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    temporary.persist_noclobber(file)?;
    Ok(())
}

fn not_written(file: Option<&Path>, error: &io::Error) -> Diagnostics {
    let target = file.map_or_else(
        || "standard output".to_owned(),
        |file| file.display().to_string(),
    );
    let remedy = match error.kind() {
        io::ErrorKind::AlreadyExists => {
            "A file or folder of this name exists and is left as it is. Remove it, or give --output another name."
        }
        io::ErrorKind::NotFound => "Make its folder first, or give --output another one.",
        _ => "Nothing was left behind. Correct that and run the command again.",
    };
    Diagnostics::from_error(
        format!("Cannot write {target}"),
        format!("{error}. {remedy}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    fn told(result: Result<(), Diagnostics>) -> String {
        let error = result.unwrap_err().into_iter().next().unwrap();
        format!("{}\n\n{}", error.summary, error.detail)
    }

    #[test]
    fn a_new_file_has_all_of_the_text_and_nothing_stays_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("existing.tf");
        must_be_new(&file).unwrap();
        write(Some(&file), "text").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "text");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[test]
    fn what_has_the_name_already_is_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("existing.tf");
        fs::write(&file, "mine").unwrap();
        for refusal in [must_be_new(&file), write(Some(&file), "text")] {
            assert!(told(refusal).contains("left as it is"));
        }
        assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
        assert_eq!(folder.path().read_dir().unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_that_leads_nowhere_is_something_too() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("existing.tf");
        std::os::unix::fs::symlink("nowhere", &file).unwrap();
        assert!(told(must_be_new(&file)).contains("existing.tf"));
    }

    #[test]
    fn a_folder_that_is_not_there_is_named_as_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("none/existing.tf");
        assert!(told(must_be_new(&file)).contains("Make its folder first"));
    }
}
