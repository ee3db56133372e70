//! The types that flow from stage to stage; chrono and serde only.

mod article;
mod edit;
mod edtf;
mod event;
mod meaning;
mod mention;
mod resolved;
mod source;
mod timeline;
mod timex;

pub use article::{
    Article, Block, BlockKind, DateBasis, Domain, Inline, InlineKind, Published, Sentence, Stated, TextBasis,
};
pub use edit::{Change, Corrected, Edit};
pub use edtf::{DateWords, Edtf, EdtfError, Precision};
pub use event::{Claim, Disagreement, Event, Link, LinkReason};
pub use meaning::*;
pub use mention::{Mention, Status};
pub use resolved::{Anchor, Choice, Resolved};
pub use source::{Assembly, OutputFile, OutputPart, Portion, RawArticle, RawFile};
pub use timeline::Timeline;
pub use timex::{Lead, LeadKind, Modifier, POSTS, RuleId, Timex, TimexClass};
