//! The address of the site → what its pages' addresses are, and which addresses lie within it.

use crate::base::UrlPath;

/// Where the site is published: scheme, host and folder. The default stands for an address that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct BaseUrl {
    /// Scheme and host without a slash at the end, such as `https://example.org`.
    origin: Box<str>,
    /// The folder without a slash at the end: empty, or `/guide`.
    folder: Box<str>,
}

impl BaseUrl {
    /// `https://host/folder/` in its two parts; no user, query, fragment, or sign that would need escaping.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let scheme = &text[..text.len() - rest.len()];
        let (host, folder) = rest.find('/').map_or((rest, ""), |slash| rest.split_at(slash));
        let host_is_plain = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || "-.:[]".contains(c));
        let folder = folder.trim_end_matches('/');
        let folder_is_plain = folder.chars().all(|c| c.is_ascii_alphanumeric() || "/-._~%".contains(c))
            && !folder.contains("//")
            && !folder.split('/').any(|part| part == "..");
        (host_is_plain && folder_is_plain)
            .then(|| Self { origin: format!("{scheme}{host}").into(), folder: folder.into() })
    }

    /// Could it be read? If not, nobody can tell which links lead into its folder.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.origin.is_empty()
    }

    /// The address of `path` within the site, for links: `/guide/folder/`.
    #[must_use]
    pub fn link(&self, path: &UrlPath) -> String {
        format!("{}{path}", self.folder)
    }

    /// The full address of `path`, for the world outside.
    #[must_use]
    pub fn permalink(&self, path: &UrlPath) -> String {
        format!("{}{}{path}", self.origin, self.folder)
    }

    /// The full address that the link `address` within the site leads to.
    #[must_use]
    pub fn whole(&self, address: &str) -> String {
        format!("{}{address}", self.origin)
    }

    /// The full address of the site itself, with a slash at its end.
    #[must_use]
    pub fn home(&self) -> String {
        format!("{}{}/", self.origin, self.folder)
    }

    /// The folder of the site: empty, or `/guide`.
    #[must_use]
    pub fn folder(&self) -> &str {
        &self.folder
    }

    /// Is nobody's site there, as far as the name tells: is it kept for examples, or this very computer?
    #[must_use]
    pub fn is_example(&self) -> bool {
        let host = self.origin.split_once("://").map_or("", |(_, host)| host).to_ascii_lowercase();
        let name = host.rsplit_once(':').map_or(&*host, |(name, port)| if port.ends_with(']') { &host } else { name });
        // RFC 2606 and RFC 6761 keep these.
        let kept = ["example", "example.com", "example.org", "example.net", "test", "invalid", "localhost"];
        let is_kept =
            kept.iter().any(|kept| name.strip_suffix(kept).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')));
        is_kept || name.starts_with("127.") || name == "[::1]" || name.is_empty()
    }

    /// The path within the site that the link `address` means, if it lies within the site.
    #[must_use]
    pub fn within<'a>(&self, address: &'a str) -> &'a str {
        match address.strip_prefix(&*self.folder) {
            Some("") => "/",
            Some(rest) if rest.starts_with('/') => rest,
            _ => address,
        }
    }

    /// The path of a whole web address, with the site's folder, if it lies within the site; by `http` or `https`.
    #[must_use]
    pub fn own<'a>(&self, address: &'a str) -> Option<&'a str> {
        let host = self.origin.split_once("://")?.1;
        let rest = address.split_once("://")?.1;
        let (own, path) = rest.split_at_checked(host.len())?;
        let below = path.strip_prefix(&*self.folder)?;
        let is_within = below.is_empty() || below.starts_with(['/', '?', '#']);
        (own.eq_ignore_ascii_case(host) && is_within).then_some(path)
    }
}
