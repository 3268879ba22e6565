//! `betwixt serve`: shows the guide in a browser, and every change as it is saved. Writes nothing.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use super::arguments::{Global, Serve};
use super::build::describe_removed;
use super::terminal::Terminal;
use super::watch_log::WatchLog;
use super::{Answer, day, interrupt};
use crate::base::{Diagnostic, Drafts, Files, Hosting, Request, Severity, Sources, is_page, sort_and_dedup};
use crate::pipeline::Memory;
use crate::report::{Problem, plural};
use crate::serve::{Editor, Opener, Preview, PreviewBuilder, Server, ServerOptions};
use crate::watch::{Builder, Event, Rebuild, RebuildLoop, WatchOptions};

/// Serves until Ctrl-C, whatever state the files are in.
pub fn run(global: &Global, options: &Serve, terminal: &Terminal) -> Answer {
    interrupt::exit_on_interrupt();
    let request = global.request(options.base_url.as_deref(), Drafts::Include);
    let request = Request { hosting: Hosting::None, ..request };
    let asked = ServerOptions {
        ip: options.interface,
        port: options.port,
        opener: find_opener(&global.root, terminal),
        ..ServerOptions::default()
    };
    let server = Server::start(asked)?;
    let method = options.finding.method();
    let (root, builder) = (&global.root, global.builder());
    let config = global.config.as_ref();
    let watched = WatchOptions { root, config, request, method, today: || day::today().ok() };
    let (rebuild_loop, mut first) = RebuildLoop::start(watched, builder)?;
    let mut serve_loop = ServeLoop::new(rebuild_loop, server);
    let mut watch_log = WatchLog::new(terminal);
    let is_seen = first.built.output.is_some();
    serve_loop.show(&mut first);
    let outlook = if is_seen { "ready to be seen" } else { "nothing can be seen before this is mended" };
    watch_log.report(&first, serve_loop.rebuild_loop.sources(), outlook);
    announce_address(options, serve_loop.server.address(), &serve_loop.last.prefix, terminal);
    loop {
        match serve_loop.rebuild_loop.wait() {
            Event::Built(mut rebuild) => {
                let before = serve_loop.show(&mut rebuild);
                watch_log.report_recovery();
                watch_log.report(
                    &rebuild,
                    serve_loop.rebuild_loop.sources(),
                    &describe_changes(&rebuild, &before, &serve_loop.last.files),
                );
            }
            Event::Settled(mut rebuild) => drop(serve_loop.show(&mut rebuild)),
            Event::Quiet => {
                if watch_log.report_recovery() {
                    serve_loop.server.show(serve_loop.last.clone());
                }
            }
            Event::Trouble(error) => {
                if watch_log.report_trouble(&error) {
                    serve_loop.show_trouble(&global.root.display().to_string(), &error.to_string());
                }
            }
            Event::Polling(reason) => watch_log.report_polling(&reason),
        }
    }
}

/// What is shown, and what it is made with.
struct ServeLoop {
    rebuild_loop: RebuildLoop,
    server: Server,
    preview_builder: PreviewBuilder,
    /// What was built without drafts, to see what would stand against publishing it.
    published: Memory,
    last: Preview,
}

impl ServeLoop {
    /// Nothing is shown yet.
    fn new(rebuild_loop: RebuildLoop, server: Server) -> Self {
        let (preview_builder, last) = (PreviewBuilder::new(), Preview::default());
        Self { rebuild_loop, server, preview_builder, published: Memory::unpublished(), last }
    }

    /// Shows what was built; the files that were shown before.
    fn show(&mut self, rebuild: &mut Rebuild) -> Arc<Files> {
        let (sources, builder, memory) = self.rebuild_loop.parts();
        if rebuild.built.held > 0 && !rebuild.built.has_errors() {
            rebuild.built.diagnostics.extend(check_without_drafts(sources, builder, &mut self.published));
            sort_and_dedup(&mut rebuild.built.diagnostics);
        }
        let preview = self
            .preview_builder
            .show(&rebuild.built, &rebuild.changes, sources, &mut |patched| builder.build(patched, memory).0);
        self.server.show(preview.clone());
        std::mem::replace(&mut self.last, preview).files
    }

    /// Lays what is wrong with the guide's folder over what is shown.
    fn show_trouble(&self, folder: &str, trouble: &str) {
        let problem = Problem::of_world(folder, trouble);
        let problems = std::iter::once(problem).chain(self.last.problems.iter().cloned()).collect();
        self.server.show(Preview { problems, is_old: true, ..self.last.clone() });
    }
}

/// What would stop publishing, where drafts and the like are left out, as warnings.
fn check_without_drafts(sources: &Sources, builder: &mut Builder, memory: &mut Memory) -> Vec<Diagnostic> {
    let mut published = sources.clone();
    published.request.drafts = Drafts::Leave;
    let (built, _) = builder.build(&published, memory);
    let mut warnings = Vec::new();
    for error in built.diagnostics.into_iter().filter(Diagnostic::is_error) {
        let help = format!("{}; the guide cannot be published before", error.help);
        warnings.push(error.help(help.trim_start_matches("; ")).weighing(Severity::Warning));
    }
    warnings
}

/// What became of a rebuild.
fn describe_changes(rebuild: &Rebuild, before: &Files, after: &Files) -> String {
    let new = after.changed_since(before).filter(|path| before.get(path).is_none()).count();
    let removed = describe_removed(before.len() + new - after.len());
    let (pages, others): (Vec<_>, Vec<_>) = after.changed_since(before).partition(|path| is_page(path.as_str()));
    let changed = match (pages.len(), others.len()) {
        (0, 0) => "no page is different".to_owned(),
        (0, others) => format!("{} changed", plural(others, "file", "files")),
        (pages, _) => format!("{} changed", plural(pages, "page", "pages")),
    };
    let broken = if rebuild.built.has_errors() { "; what is broken is shown as it last was" } else { "" };
    format!("{changed}{removed}{broken}")
}

/// Says where the guide is to be seen, and opens it there if that was asked for.
fn announce_address(options: &Serve, address: SocketAddr, prefix: &str, terminal: &Terminal) {
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

/// The variable that may say how the author's editor is started, such as `code --goto {file}:{line}`.
const EDITOR: &str = "BETWIXT_EDITOR";

/// What opens a source when its place is clicked: nothing, where there is no screen to show it.
fn find_opener(root: &Path, terminal: &Terminal) -> Option<Opener> {
    let root = std::path::absolute(root).ok()?;
    if cfg!(target_os = "linux") && !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") {
        return None;
    }
    let command = std::env::var(EDITOR).unwrap_or_default();
    let editor = Editor::parse(&command);
    if editor.is_none() && is_set(EDITOR) {
        terminal.warn(format_args!("`{EDITOR}` is no command that can be read (is a quote left open?): {command}"));
    }
    Some(Opener::new(root, editor))
}

/// Does this variable of the environment hold anything?
fn is_set(variable: &str) -> bool {
    std::env::var_os(variable).is_some_and(|value| !value.is_empty())
}
