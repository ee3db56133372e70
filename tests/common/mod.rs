//! What several tests share.

pub mod annotated;
pub mod browser;
pub mod corpus;
pub mod harbour;
pub mod links;
pub mod living;
pub mod many;
pub mod sandbox;
pub mod served;
