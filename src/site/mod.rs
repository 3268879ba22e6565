//! `site.toml` → `Site`.

/// How Markdown is read: the part of the configuration that a page's body depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct MarkdownRules {
    /// Whether raw HTML in Markdown is passed on.
    pub unsafe_html: bool,
    /// Whether straight quotes, `--` and `...` become their printed forms.
    pub smart_punctuation: bool,
    /// The titles of the five callouts: note, tip, important, warning, caution.
    pub callouts: [Box<str>; 5],
}
