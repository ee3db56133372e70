//! Gives the program a name made of all that it is built from, so that what one program remembered is never
//! believed by another.

#![allow(clippy::disallowed_methods)] // a build script reads the sources

use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

/// What the program is made of: sources with the words of its languages, its theme, its dependencies.
const MADE_OF: [&str; 5] = ["Cargo.lock", "Cargo.toml", "src", "static", "templates"];

fn main() -> io::Result<()> {
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for name in MADE_OF {
        println!("cargo::rerun-if-changed={name}");
        list(&root.join(name), &mut files)?;
    }
    files.sort();
    let mut name = DefaultHasher::new();
    for file in &files {
        file.strip_prefix(&root).unwrap_or(file).hash(&mut name);
        fs::read(file)?.hash(&mut name);
    }
    env::var_os("TARGET").hash(&mut name);
    println!("cargo::rustc-env=DATELINE_PROGRAM={:016x}", name.finish());
    Ok(())
}

/// Lists the files of a folder, or the file itself; one that is not there is none.
fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if path.is_dir() {
        for entry in fs::read_dir(path)? {
            list(&entry?.path(), files)?;
        }
    } else if path.is_file() {
        files.push(path.to_owned());
    }
    Ok(())
}
