//! `dateline clean`: removes what earlier builds wrote.

use super::flags::Common;
use super::report::{self, Exit, count};
use crate::io::{IoError, output, output_folder};

/// Removes the files that the manifest lists and the cache; what others put there stays.
pub fn run(common: &Common) -> anyhow::Result<Exit> {
    let root = common.root.canonicalize().map_err(|source| IoError::File {
        action: "open",
        path: common.root.clone(),
        source,
    })?;
    let out = output_folder(&root, common.out.as_deref())?;
    let removed = output::clean(&out)?;
    let cache = if output::clean_cache(&root)? { " and the cache" } else { "" };
    report::note(common, &format!("removed {}{cache}", count(removed, "file")));
    Ok(Exit::Done)
}
