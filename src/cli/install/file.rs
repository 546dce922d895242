//! Putting a program in its place, and taking it away: whole or not at all, whoever runs it meanwhile.

use std::fs::{self, File, Metadata};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use super::Failure;
use super::folders::Place;

pub(super) struct Program<'a> {
    pub(super) bytes: Vec<u8>,
    /// Where this run has put it, so that the next place can be a link to that.
    pub(super) copy: Option<PathBuf>,
    /// Waits until a file, or the names in a folder, are on the disk.
    pub(super) sync: &'a dyn Fn(&File) -> io::Result<()>,
}

/// How the names of unfinished files begin.
const UNFINISHED: &str = ".terraform-provider-vonage.";

impl Program<'_> {
    /// Puts the program into its place; false if it is there already.
    ///
    /// The place gets another file, by renaming: what runs from there goes on with the file that it has, and a power cut
    /// leaves the former one or the whole new one.
    pub(super) fn put(&mut self, place: &Place) -> Result<bool, Failure> {
        if self.is_at(&place.program) {
            return Ok(false);
        }
        if let Err(error) = self.write(place) {
            // An empty package would keep a CLI from the registry, and give it nothing.
            let _ = fs::remove_dir(&place.package);
            return Err(not_written(&place.program, error));
        }
        self.sync_folder(&place.package);
        self.copy = Some(place.program.clone());
        Ok(true)
    }

    fn is_at(&self, path: &Path) -> bool {
        let fits = |there: Metadata| there.is_file() && can_run(&there);
        path.symlink_metadata().is_ok_and(fits)
            && fs::read(path).is_ok_and(|there| there == self.bytes)
    }

    fn write(&self, place: &Place) -> io::Result<()> {
        fs::create_dir_all(&place.version)?;
        let mut unfinished = tempfile::Builder::new();
        unfinished.prefix(UNFINISHED);
        let link = self.copy.as_ref().and_then(|copy| {
            let linked = unfinished.make_in(&place.version, |path| fs::hard_link(copy, path));
            linked.ok()
        });
        let finished = if let Some(link) = link {
            link.into_temp_path()
        } else {
            let mut file = unfinished.tempfile_in(&place.version)?;
            file.write_all(&self.bytes)?;
            let_run(file.path())?;
            (self.sync)(file.as_file())?;
            file.into_temp_path()
        };
        fs::create_dir_all(&place.package)?;
        Ok(finished.persist(&place.program)?)
    }

    /// Not every file system can, and where it fails a power cut may bring the former program back, whole.
    fn sync_folder(&self, folder: &Path) {
        if cfg!(unix) {
            let _ = File::open(folder).and_then(|folder| (self.sync)(&folder));
        }
    }
}

/// Takes the program away, with the folders that are empty then, `root` the last of them; false if it is not there.
pub(super) fn remove(place: &Place, root: &Path) -> Result<bool, Failure> {
    let removed = match fs::remove_file(&place.program) {
        Ok(()) => true,
        Err(error) if is_absence(&error) => false,
        Err(error) => return Err(Failure::new("remove", &place.program, error)),
    };
    // What was killed could not tidy up.
    for entry in fs::read_dir(&place.version).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) {
            let _ = fs::remove_file(entry.path());
        }
    }
    let package = fs::remove_dir(&place.package);
    if package.is_ok() || package.is_err_and(|error| is_absence(&error)) {
        // A folder that holds anything cannot be removed, nor can those around it.
        let _ = place
            .version
            .ancestors()
            .take_while(|folder| folder.starts_with(root))
            .try_for_each(fs::remove_dir);
    }
    Ok(removed)
}

/// Whether the error says that there is no such file, or not even its folder.
fn is_absence(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Why the program is not in its place. The system does not say what is in the way, so that is looked for.
fn not_written(program: &Path, error: io::Error) -> Failure {
    let exists = |path: &&Path| path.symlink_metadata().is_ok();
    match program.ancestors().find(exists) {
        Some(path) if path.is_dir() == (path == program) => Failure::InTheWay(path.to_owned()),
        _ => Failure::new("write", program, error),
    }
}

#[cfg(unix)]
fn can_run(there: &Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    there.permissions().mode() & 0o777 == 0o755
}

#[cfg(unix)]
fn let_run(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755))
}

#[cfg(not(unix))]
fn can_run(_: &Metadata) -> bool {
    true
}

#[cfg(not(unix))]
fn let_run(_: &Path) -> io::Result<()> {
    Ok(())
}
