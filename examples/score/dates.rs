//! Texts annotated by hand: how many of their expressions are found and dated right.

use crate::annotated::{self, Score};
use std::path::PathBuf;

/// Scores every folder, and prints one line for each.
pub fn score(folders: &[PathBuf], wrong: bool) -> Result<(), String> {
    for folder in folders {
        let mut sum = Score::default();
        for text in annotated::folder(folder)? {
            annotated::score(&text, &mut sum, &mut |message| {
                if wrong {
                    println!("{message}");
                }
            });
        }
        println!("{}: {sum}", folder.display());
    }
    Ok(())
}
