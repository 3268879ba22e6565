//! `betwixt serve`: shows the guide in a browser, and every change as it is saved. Writes nothing.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;

use super::arguments::{Global, Serve};
use super::build::plural;
use super::chronicle::Chronicle;
use super::terminal::Terminal;
use super::{Outcome, interrupt};
use crate::base::{Drafts, Files, OutPath};
use crate::serve::{Asked, Desktop, Opener, Server, Showing, Steady};
use crate::watch::{Event, Round, Rounds};

/// Serves until Ctrl-C, whatever state the files are in.
pub fn run(global: &Global, options: &Serve, terminal: &Terminal) -> Outcome {
    interrupt::ends_the_program();
    let request = global.request(options.base_url.as_deref(), Drafts::Include);
    let asked = Asked { ip: options.interface, port: options.port, opener: opener(&global.root), ..Asked::default() };
    let server = match Server::start(asked) {
        Ok(server) => server,
        Err(error) => {
            terminal.fail(error);
            return Outcome::Problems;
        }
    };
    let started = Rounds::start(&global.root, global.config.as_ref(), request, options.finding.method());
    let (mut rounds, first) = match started {
        Ok(started) => started,
        Err(error) => {
            terminal.fail(error);
            return Outcome::Problems;
        }
    };
    let mut steady = Steady::new();
    let mut chronicle = Chronicle::new(terminal);
    let mut last = show(&first, &mut steady, &mut rounds, &server);
    chronicle.tell(&first, rounds.sources(), "ready to be seen");
    invite(options, server.address(), &last.prefix, terminal);
    loop {
        match rounds.wait() {
            Event::Built(round) => {
                let showing = show(&round, &mut steady, &mut rounds, &server);
                chronicle.tell(&round, rounds.sources(), &what(&round, &last.files, &showing.files));
                last = showing;
            }
            Event::Quiet => chronicle.recover(),
            Event::Trouble(error) => chronicle.fail(&error),
            Event::Polling(reason) => chronicle.tell_polling(&reason),
        }
    }
}

/// Shows what was built.
fn show(round: &Round, steady: &mut Steady, rounds: &mut Rounds, server: &Server) -> Showing {
    let (sources, memory) = rounds.parts();
    let showing = steady.show(&round.built, &round.changes, sources, memory);
    server.show(showing.clone());
    showing
}

/// What became of a round.
fn what(round: &Round, before: &Files, after: &Files) -> String {
    let is_page = |path: &&OutPath| path.as_str().rsplit_once('.').is_some_and(|(_, end)| end == "html");
    let new = after.changed_since(before).filter(|path| before.get(path).is_none()).count();
    let removed = match before.len() + new - after.len() {
        0 => String::new(),
        gone => format!(", {gone} removed"),
    };
    let (pages, others): (Vec<_>, Vec<_>) = after.changed_since(before).partition(is_page);
    let changed = match (pages.len(), others.len()) {
        (0, 0) => "no page is different".to_owned(),
        (0, others) => format!("{} changed", plural(others, "file", "files")),
        (pages, _) => format!("{} changed", plural(pages, "page", "pages")),
    };
    let broken = if round.built.has_errors() { "; what is broken is shown as it last was" } else { "" };
    format!("{changed}{removed}{broken}")
}

/// Says where the guide is to be seen, and opens it there if that was asked for.
fn invite(options: &Serve, address: SocketAddr, prefix: &str, terminal: &Terminal) {
    if options.port != 0 && options.port != address.port() {
        terminal.say(format_args!("port {} is taken, so it is {}", options.port, address.port()));
    }
    let mut own = address;
    if address.ip().is_unspecified() {
        own.set_ip(IpAddr::V4(Ipv4Addr::LOCALHOST));
        terminal.say("everyone in this network can see it, drafts too");
    }
    let url = format!("http://{own}{prefix}");
    terminal.say(format_args!("the guide is at {url} (Ctrl-C ends it)"));
    if options.open
        && let Err(error) = open::that_detached(&url)
    {
        terminal.warn(format_args!("no browser could be opened: {error}"));
    }
}

/// What opens a source in the author's editor.
fn opener(root: &Path) -> Option<Opener> {
    let editors: Vec<String> =
        ["BETWIXT_EDITOR", "VISUAL", "EDITOR"].iter().filter_map(|name| std::env::var(name).ok()).collect();
    let has_screen = !cfg!(target_os = "linux")
        || ["DISPLAY", "WAYLAND_DISPLAY"]
            .iter()
            .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()));
    let desktop = if has_screen { Desktop::Present } else { Desktop::Absent };
    Opener::new(&std::path::absolute(root).ok()?, &editors, desktop)
}
