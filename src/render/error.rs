//! Why a site cannot be rendered.

/// Why a site cannot be rendered.
#[derive(Debug, thiserror::Error)]
pub enum RenderError {
    /// A template cannot be read or filled.
    #[error("{0}")]
    Template(String),
    /// A template is not UTF-8.
    #[error("`{0}` is not UTF-8")]
    Encoding(String),
    /// The events cannot be written as JSON.
    #[error("the events cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
}

impl From<tera::Error> for RenderError {
    fn from(error: tera::Error) -> RenderError {
        use std::error::Error;
        let mut said = error.to_string();
        let mut cause = error.source();
        while let Some(deeper) = cause {
            said.push_str(": ");
            said.push_str(&deeper.to_string());
            cause = deeper.source();
        }
        RenderError::Template(said)
    }
}
