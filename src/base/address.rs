//! What a browser, or a person, may find in an address: its scheme, plain or in disguise.

use url::{Host, Url};

use super::{all_bytes, unseen};

/// The scheme in small letters, and what follows its colon, as RFC 3986 defines it.
#[must_use]
pub fn scheme(address: &str) -> Option<(String, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

/// What an address hides that looks as if it had neither scheme nor host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Disguise {
    /// A scheme, with what follows its colon.
    Scheme(String, String),
    /// The host of another site: it begins with `//`.
    Host,
}

/// The scheme or host that is hidden in `address`.
///
/// Browsers drop tabs, line ends and leading control characters and read `\` as `/`; encoded forms are harmless
/// to them, but nobody writes them in good faith.
#[must_use]
pub fn disguise(address: &str) -> Option<Disguise> {
    let is_plain = |byte| matches!(byte, b' '..=b'~') && !matches!(byte, b':' | b'%' | b'&' | b'\\');
    if all_bytes(address, is_plain) && !address.trim_start().starts_with("//") {
        return None;
    }
    let mut text = address.to_owned();
    for _ in 0..3 {
        let bare: String = text.chars().filter(|&c| c == ' ' || unseen(c).is_none()).collect();
        let bare = bare.trim_start();
        if let Some((scheme, rest)) = scheme(bare) {
            return Some(Disguise::Scheme(scheme, rest.to_owned()));
        }
        if bare.chars().take(2).filter(|c| "/\\".contains(*c)).count() == 2 {
            return Some(Disguise::Host);
        }
        let decoded = decode_entities(&String::from_utf8_lossy(&decode_bytes(bare)));
        if decoded == bare {
            return None;
        }
        text = decoded;
    }
    None
}

/// The scheme of an address that a browser would run as a program, or show as a page of its own, in any disguise.
///
/// `Data: what we know` is a sentence: an address with `data:` names a type or has none before its comma.
#[must_use]
pub fn runs(address: &str) -> Option<&'static str> {
    let (scheme, rest) = match disguise(address)? {
        Disguise::Scheme(scheme, rest) => (scheme, rest),
        Disguise::Host => return None,
    };
    let is_data = || {
        let (kind, _) = rest.split_once(',')?;
        (kind.is_empty() || kind.contains(['/', ';'])).then_some("data")
    };
    match scheme.as_str() {
        "javascript" => Some("javascript"),
        "vbscript" => Some("vbscript"),
        "data" => is_data(),
        _ => None,
    }
}

/// The host of `address`, if each reader's computer or network knows another one under this name, or none.
#[must_use]
pub fn near_host(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host()?;
    let is_near = match &host {
        Host::Domain(name) => {
            let name = name.trim_end_matches('.');
            let last = name.rsplit('.').next().unwrap_or_default();
            !name.contains('.') || matches!(last, "localhost" | "local" | "internal")
        }
        Host::Ipv4(ip) => ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified(),
        Host::Ipv6(ip) => ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local(),
    };
    is_near.then(|| host.to_string())
}

/// The bytes of `text` with each `%XX` as the byte it stands for.
#[must_use]
pub fn decode_bytes(text: &str) -> Vec<u8> {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let encoded = bytes.get(i + 1..i + 3).and_then(|digits| {
            let high = char::from(digits[0]).to_digit(16)?;
            let low = char::from(digits[1]).to_digit(16)?;
            u8::try_from(high * 16 + low).ok()
        });
        match encoded {
            Some(byte) if bytes[i] == b'%' => {
                out.push(byte);
                i += 3;
            }
            _ => {
                out.push(bytes[i]);
                i += 1;
            }
        }
    }
    out
}

/// `text` with its numbered characters, and the named ones that can hide a scheme or a tag, written out.
#[must_use]
pub fn decode_entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '#').unwrap_or(rest.len());
        match character(&rest[..length]) {
            Some(c) => {
                out.push(c);
                rest = rest[length..].strip_prefix(';').unwrap_or(&rest[length..]);
            }
            None => out.push('&'),
        }
    }
    out.push_str(rest);
    out
}

fn character(name: &str) -> Option<char> {
    let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => number.parse().ok(),
    });
    match (number, name) {
        (Some(number), _) => char::from_u32(number),
        (None, "colon") => Some(':'),
        (None, "Tab") => Some('\t'),
        (None, "NewLine") => Some('\n'),
        (None, "sol") => Some('/'),
        (None, "amp") => Some('&'),
        (None, "lt") => Some('<'),
        (None, "gt") => Some('>'),
        (None, "quot") => Some('"'),
        (None, "apos") => Some('\''),
        _ => None,
    }
}

/// Is this a mail address, with nothing that would say more in a link?
#[must_use]
pub fn is_mail_address(text: &str) -> bool {
    let is_address = text.split_once('@').is_some_and(|(name, host)| {
        let is_host = host.contains('.') && !host.contains('@') && !host.starts_with('.') && !host.ends_with('.');
        !name.is_empty() && is_host
    });
    is_address && !text.contains(|c: char| c.is_whitespace() || "<>,;:?&%#\"".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_found_in_every_disguise() {
        for address in [
            "javascript:alert(1)",
            " JaVaScRiPt:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "\u{1}javascript:alert(1)",
            "\u{200b}javascript:alert(1)",
            "java\u{fe0f}script:alert(1)",
            "java\u{3164}script\u{2028}:alert(1)",
            "\u{e0001}java\u{61c}script:alert(1)",
            "javascript&colon;alert(1)",
            "&#106;avascript:alert(1)",
            "&#x6A;avascript&#58;alert(1)",
            "&amp;#106;avascript:alert(1)",
            "javascript%3Aalert(1)",
            "vbscript:msgbox(1)",
            "data:text/html,<script>alert(1)</script>",
            "data:;base64,PHNjcmlwdD4=",
            "data:,x",
        ] {
            assert!(runs(address).is_some(), "{address:?}");
        }
    }

    #[test]
    fn what_people_write_is_no_program() {
        for text in
            ["https://friends.example/a:b", "Data: what we know, and what not", "Note: call", "/signs/", "", "1:2"]
        {
            assert_eq!(runs(text), None, "{text:?}");
        }
    }
}
