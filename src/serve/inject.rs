//! A built page → the page as a browser shows it while the guide is being written.
//!
//! Two things are different: the page may ask this server what is new, and it holds a script that does so.

use axum::http::StatusCode;

use crate::theme::find_policy;
use crate::views::CSP;

/// What the policy says of built pages.
const ALONE: &str = "connect-src 'none'";

/// What it says while the guide is being written.
const LIVE: &str = "connect-src 'self'";

/// How far down a page that leads to another says so.
const HEAD: usize = 4096;

/// The page with the script of open pages, which is told what was `seen` and with which `status`. A page without our policy, or one that leads
/// to another at once, stays as it is.
pub(super) fn inject_script(page: &[u8], seen: &str, status: StatusCode) -> Option<Vec<u8>> {
    let start = find_policy(page)?;
    let length = page[start..].iter().position(|byte| *byte == b'>')? + 1;
    let (before, rest) = page.split_at(start);
    let (element, after) = rest.split_at(length);
    if leads_away(after) {
        return None;
    }
    let element = std::str::from_utf8(element).ok()?.replace(CSP, &CSP.replace(ALONE, LIVE));
    Some([before, element.as_bytes(), script_element(seen, status).as_bytes(), after].concat())
}

fn script_element(seen: &str, status: StatusCode) -> String {
    let status = status.as_u16();
    format!("<script src=\"{}\" data-seen=\"{seen}\" data-status=\"{status}\" defer></script>", super::page::SCRIPT)
}

/// Does the page send its readers to another, as those at older addresses do?
fn leads_away(head: &[u8]) -> bool {
    let refresh = b"http-equiv=\"refresh\"";
    head[..head.len().min(HEAD)].windows(refresh.len()).any(|window| window == refresh)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn page(head: &str, body: &str) -> String {
        format!(
            "<!doctype html><html><head><meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" \
             content=\"{CSP}\">{head}</head><body>{body}</body></html>"
        )
    }

    /// The page with what was put in taken out.
    fn remove_script(page: &str, seen: &str) -> String {
        page.replacen(&script_element(seen, StatusCode::OK), "", 1).replacen(LIVE, ALONE, 1)
    }

    #[test]
    fn the_policy_allows_what_the_script_needs_and_no_more() {
        assert!(CSP.contains(ALONE) && CSP.contains("script-src 'self'"));
        let injected =
            String::from_utf8(inject_script(page("", "").as_bytes(), "a-1", StatusCode::OK).unwrap()).unwrap();
        let policy = CSP.replace(ALONE, LIVE);
        let script = "<script src=\"/__betwixt/live.js\" data-seen=\"a-1\" data-status=\"200\" defer></script>";
        assert!(injected.contains(&format!("content=\"{policy}\">{script}</head>")), "{injected}");
    }

    #[test]
    fn pages_that_lead_elsewhere_or_have_no_policy_stay_as_they_are() {
        let redirect = page("<meta http-equiv=\"refresh\" content=\"0; url=/signs/\">", "");
        assert_eq!(inject_script(redirect.as_bytes(), "a-1", StatusCode::OK), None);
        assert_eq!(inject_script(b"<h1>Listening</h1>", "a-1", StatusCode::OK), None);
    }

    proptest! {
        #[test]
        fn what_is_injected_can_be_taken_out(body in "(connect-src 'none'|<script>|[a-z<>é\"'&; \n]){0,40}") {
            let built = page("", &body);
            let injected = String::from_utf8(inject_script(built.as_bytes(), "0a-1", StatusCode::OK).unwrap()).unwrap();
            prop_assert_ne!(&injected, &built);
            prop_assert_eq!(remove_script(&injected, "0a-1"), built);
        }
    }
}
