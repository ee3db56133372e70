//! The site's configuration, read from `dateline.yaml`.

/// What `dateline.yaml` and the command line say, resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// The site's title.
    pub title: String,
    /// One or two sentences on what the timeline tells.
    pub description: String,
    /// Where the site will stand (`https://me.github.io/repo/`, always with a final slash); `None`: every link is relative.
    pub base_url: Option<String>,
    /// BCP 47 tag of the site's language.
    pub language: String,
}

impl Default for Config {
    fn default() -> Config {
        Config {
            title: "Timeline".to_owned(),
            description: String::new(),
            base_url: None,
            language: "en".to_owned(),
        }
    }
}
