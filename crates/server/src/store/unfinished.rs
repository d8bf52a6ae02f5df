//! A file that is being made: private, under another name, and under its own only once it is whole. Nothing is ever
//! overwritten, and nothing is left behind if it is given up.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
};

/// The file. Removed unless [`Unfinished::finish`] is called.
pub(super) struct Unfinished {
    path: PathBuf,
    name: String,
    goal: PathBuf,
}

impl Unfinished {
    /// Makes an empty file beside the one that is wanted, readable by its owner only.
    pub(super) fn begin(goal: &Path) -> Result<Self, String> {
        let shown = goal.display();
        let Some(name) = goal.to_str().map(|goal| format!("{goal}.part")) else {
            return Err(format!("the name {shown} is not UTF-8. Choose another."));
        };
        if goal.exists() {
            return Err(format!("{shown} exists, and nothing is overwritten. Choose another name."));
        }
        let path = PathBuf::from(&name);
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        match options.open(&path) {
            Ok(_) => Ok(Self { path, name, goal: goal.to_owned() }),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(format!(
                "{name} exists: another program is making {shown}, or was cut off. If none is, remove it and start again."
            )),
            Err(error) => Err(cannot(goal, &error)),
        }
    }

    /// Where it is made.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The same as text.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Copies that file into it. It stays private, even if others may read the original.
    pub(super) fn fill(&self, from: &Path) -> Result<(), String> {
        let copy = || -> io::Result<u64> {
            let mut to = fs::OpenOptions::new().write(true).truncate(true).open(&self.path)?;
            io::copy(&mut File::open(from)?, &mut to)
        };
        copy().map(drop).map_err(|error| cannot(&self.goal, &error))
    }

    /// Puts it on the disk and gives it its own name, unless another file has got that meanwhile.
    pub(super) fn finish(self) -> Result<(), String> {
        self.publish().map_err(|error| cannot(&self.goal, &error))
    }

    fn publish(&self) -> io::Result<()> {
        File::open(&self.path)?.sync_all()?;
        // Unlike a rename, a second name is refused where there is a file. Not every file system has second names.
        match fs::hard_link(&self.path, &self.goal) {
            Ok(()) => fs::remove_file(&self.path)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
            Err(_) if self.goal.exists() => return Err(io::ErrorKind::AlreadyExists.into()),
            Err(_) => fs::rename(&self.path, &self.goal)?,
        }
        let folder = self.goal.parent().filter(|folder| !folder.as_os_str().is_empty());
        // A name is on the disk once its folder is. Windows opens no folders, and needs none.
        match File::open(folder.unwrap_or(Path::new("."))) {
            Ok(folder) => folder.sync_all(),
            Err(_) => Ok(()),
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(format!("{}{end}", self.name));
        }
    }
}

fn cannot(goal: &Path, error: &io::Error) -> String {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "there is no such folder",
        io::ErrorKind::PermissionDenied => "you have no permission to write there",
        io::ErrorKind::ReadOnlyFilesystem => "that disk is read only",
        io::ErrorKind::StorageFull => "the disk is full",
        io::ErrorKind::AlreadyExists => "it exists by now, and nothing is overwritten",
        _ => "the system refused",
    };
    format!("cannot write {}: {reason}.", goal.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_gets_its_name_when_it_is_whole_and_overwrites_nothing_b25() {
        let folder = tempfile::TempDir::new().unwrap_or_else(|error| panic!("{error}"));
        let goal = folder.path().join("backup");
        let names = || {
            let names = fs::read_dir(folder.path()).into_iter().flatten().flatten();
            names.map(|one| one.file_name().into_string().unwrap_or_default()).collect::<Vec<_>>()
        };
        let given_up = Unfinished::begin(&goal);
        assert_eq!(names(), ["backup.part"]);
        assert!(Unfinished::begin(&goal).is_err_and(|reason| reason.contains("cut off")));
        drop(given_up);
        assert!(names().is_empty());

        let whole = Unfinished::begin(&goal).unwrap_or_else(|reason| panic!("{reason}"));
        assert_eq!(whole.finish(), Ok(()));
        assert_eq!(names(), ["backup"]);
        assert!(Unfinished::begin(&goal).is_err_and(|reason| reason.contains("nothing is overwritten")));

        let other = folder.path().join("other");
        let late = Unfinished::begin(&other).unwrap_or_else(|reason| panic!("{reason}"));
        fs::write(&other, "somebody's").unwrap_or_else(|error| panic!("{error}"));
        assert!(late.finish().is_err_and(|reason| reason.contains("exists by now")));
        assert_eq!(fs::read_to_string(&other).unwrap_or_default(), "somebody's");
    }
}
