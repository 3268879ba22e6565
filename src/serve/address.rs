//! The path of a request → the file that answers it.
//!
//! Files are looked up by name in a map, and redirects are made of names in that map alone. So no spelling of an
//! address leads out of the site.

use std::sync::Arc;

use crate::base::{Files, OutPath, decode_path, encode_path};

/// The folder on the server in which the site lies: it begins and ends with a slash, and is not encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Prefix(String);

impl Prefix {
    /// The folder that `path` names, however many slashes it is written with.
    pub(super) fn new(path: &str) -> Self {
        let mut folder = String::from("/");
        for part in decode_path(path).split('/').filter(|part| !part.is_empty()) {
            folder.push_str(part);
            folder.push('/');
        }
        Self(folder)
    }

    /// The address of a file's path, or of the start of one.
    pub(super) fn address(&self, path: &str) -> String {
        encode_path(&format!("{}{path}", self.0))
    }
}

/// What stands at an address.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Resolved<'f> {
    /// A file.
    File(OutPath, &'f Arc<[u8]>),
    /// Nothing, but there is a page at this address.
    Redirect(String),
    /// Nothing.
    NotFound,
}

/// What stands at `address`, the path of a request as it came.
pub(super) fn resolve<'f>(files: &'f Files, prefix: &Prefix, address: &str) -> Resolved<'f> {
    let address = decode_path(address);
    let Some(path) = address.strip_prefix(&prefix.0) else {
        let is_above = address == "/" || format!("{address}/") == prefix.0;
        return if is_above { Resolved::Redirect(prefix.address("")) } else { Resolved::NotFound };
    };
    let is_folder = path.is_empty() || path.ends_with('/');
    let name = if is_folder { format!("{path}index.html") } else { path.to_owned() };
    let Ok(name) = OutPath::new(&name) else { return Resolved::NotFound };
    if let Some(bytes) = files.get(&name) {
        return Resolved::File(name, bytes);
    }
    match OutPath::new(&format!("{name}/index.html")) {
        Ok(index) if files.get(&index).is_some() => Resolved::Redirect(prefix.address(&format!("{name}/"))),
        _ => Resolved::NotFound,
    }
}

/// Where the file lies now that stood at `address` when the site lay in the folder `former`.
pub(super) fn resolve_former(files: &Files, former: &Prefix, prefix: &Prefix, address: &str) -> Option<String> {
    let address = decode_path(address);
    let path = address.strip_prefix(&former.0)?;
    match resolve(files, former, &encode_path(&address)) {
        Resolved::NotFound => None,
        Resolved::File(..) | Resolved::Redirect(_) => Some(prefix.address(path)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(prefix: &str, address: &str, expected: &str) {
        let names = ["index.html", "404.html", "signs/listening/index.html", "größe/index.html", ".well-known/a.txt"];
        let files: Files =
            names.iter().map(|name| (OutPath::new(name).expect("plain"), Arc::from(name.as_bytes()))).collect();
        let shown = match resolve(&files, &Prefix::new(prefix), address) {
            Resolved::File(path, _) => path.to_string(),
            Resolved::Redirect(address) => format!("-> {address}"),
            Resolved::NotFound => "nothing".to_owned(),
        };
        assert_eq!(shown, expected, "{address} in {prefix}");
    }

    #[test]
    fn folders_are_answered_by_their_index() {
        check("/", "/", "index.html");
        check("/", "/signs/listening/", "signs/listening/index.html");
        check("/", "/signs/listening/index.html", "signs/listening/index.html");
        check("/", "/gr%C3%B6%C3%9fe/", "größe/index.html");
        check("/", "/gro%CC%88%C3%9fe/", "größe/index.html");
        check("/", "/.well-known/a.txt", ".well-known/a.txt");
        check("/", "/signs/", "nothing");
    }

    #[test]
    fn a_page_without_its_slash_is_shown_where_it_is() {
        check("/", "/signs/listening", "-> /signs/listening/");
        check("/", "/gr%C3%B6%C3%9fe", "-> /gr%C3%B6%C3%9Fe/");
        check("/", "/signs", "nothing");
    }

    #[test]
    fn a_site_in_a_folder_is_found_in_it() {
        for prefix in ["/guide/", "/guide", "guide", "//guide//"] {
            check(prefix, "/guide/signs/listening", "-> /guide/signs/listening/");
            check(prefix, "/guide/", "index.html");
            check(prefix, "/guide", "-> /guide/");
            check(prefix, "/", "-> /guide/");
            check(prefix, "/signs/listening/", "nothing");
            check(prefix, "/guidebook", "nothing");
        }
    }

    #[test]
    fn no_spelling_leads_out_or_elsewhere() {
        for address in [
            "/../Cargo.toml",
            "/%2e%2e/Cargo.toml",
            "/..%2fCargo.toml",
            "/..%5cindex.html",
            "//example.org/",
            "//index.html",
            "/%2fexample.org",
            "/\\example.org",
            "/%00",
            "/index.html%00.txt",
            "/.betwixt",
            "/signs//listening/",
            "/signs/./listening/",
            "/%252e%252e/index.html",
            "*",
        ] {
            check("/", address, "nothing");
        }
    }
}
