//! What adding an article to a site needs: what is known of it beforehand, the file it becomes, and its doubles.

mod doubles;
mod markdown;
mod name;
mod origin;

pub use doubles::{Known, Likeness, Signs, Twin, same_page, untracked};
pub use markdown::file;
pub use name::stem;
pub use origin::Origin;
