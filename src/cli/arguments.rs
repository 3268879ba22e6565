//! What can be written after `betwixt`; the doc comments are the help texts.

use std::net::IpAddr;
use std::path::{Component, Path, PathBuf, absolute};
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::day;
use super::external::Freshness;
use super::locate_config::suggest_configuration;
use super::starters::Starter;
use crate::base::{Drafts, Request, SourcePath, Sources};
use crate::disk::{self, DiskError};
use crate::pipeline::Built;
use crate::watch::{Builder, Method};

/// A compiler for guides: Markdown in, a whole website out.
#[derive(Debug, Parser)]
#[command(name = "betwixt", version, about, max_term_width = 100)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// What every command understands.
#[derive(Debug, Clone, Args)]
pub struct Global {
    /// The folder of the guide.
    #[arg(short, long, value_name = "DIR", default_value = ".", global = true)]
    pub root: PathBuf,
    /// The configuration, relative to the guide's folder.
    #[arg(short, long, value_name = "FILE", default_value = "site.toml", global = true)]
    pub config: String,
    /// Say only what is wrong.
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more.
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to use colour.
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: When,
    /// How to write problems: for people, as JSON lines, as annotations for GitHub, or as a SARIF log.
    #[arg(long, value_name = "FORMAT", default_value = "human", global = true)]
    pub format: FormatName,
    /// How long one page's template may take, in milliseconds: tests have no ten seconds.
    #[arg(long, value_name = "TIME", default_value_t = 10_000, global = true, hide = true)]
    pub template_timeout: u64,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// If a person is looking, and `NO_COLOR` is not set.
    Auto,
    /// In any case.
    Always,
    /// Not at all.
    Never,
}

/// How problems are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FormatName {
    /// With the line and the place in it.
    Human,
    /// One JSON object a line, on standard output.
    Json,
    /// Workflow commands of GitHub Actions, on standard output.
    Github,
    /// One SARIF 2.1.0 log, on standard output.
    Sarif,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Build the guide and publish it into a folder.
    Build(Build),
    /// Build and publish, and again whenever a file is saved.
    Watch(Watch),
    /// Show the guide in a browser, and every change as it is saved.
    Serve(Serve),
    /// Look for every mistake; with `--fix`, mend those whose cure is certain.
    Check(Check),
    /// Start a new guide.
    Init(Init),
    /// Start a new page of a kind.
    New(New),
    /// Rename a page or a folder of pages, and edit whatever names it.
    Mv(Mv),
    /// List the pages.
    List(List),
    /// Remove what was published; files that Betwixt did not write stay.
    Clean(Clean),
    /// Explain a code such as `unknown-key`; without one, list all codes.
    Explain(Explain),
    /// Tell an editor what may stand in `site.toml` and in the front matter of pages, as JSON Schema.
    Schema(Schema),
    /// Print completions for a shell.
    Completions(Completions),
    /// Print the manual page.
    Man,
}

/// What a command does with the sources of a guide that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// It leaves them alone.
    None,
    /// It reads them.
    Reads,
    /// It may write some of them.
    Writes,
}

impl Command {
    /// What it does with the sources.
    pub fn access(&self) -> Access {
        match self {
            Self::Build(_) | Self::New(_) => Access::Writes,
            Self::Mv(options) if !options.dry_run => Access::Writes,
            Self::Check(options) if options.mending.writes() => Access::Writes,
            Self::Watch(_) | Self::Serve(_) | Self::Check(_) | Self::Mv(_) | Self::List(_) | Self::Schema(_) => {
                Access::Reads
            }
            Self::Init(_) | Self::Clean(_) | Self::Explain(_) | Self::Completions(_) | Self::Man => Access::None,
        }
    }
}

/// How to build.
#[derive(Debug, Args)]
pub struct Build {
    #[command(flatten)]
    pub place: Folder,
    #[command(flatten)]
    pub publishing: Publishing,
    /// Have the pages lead from file to file, so that the folder opens without a host: from a stick, or unpacked.
    #[arg(long)]
    pub relative: bool,
    /// Put the whole guide into one file, with its search and its checklist, into `OUTPUT-single-file`.
    #[arg(long, conflicts_with = "relative")]
    pub single_file: bool,
    /// Show how long each stage took, and what memory the program held then.
    #[arg(long)]
    pub timings: bool,
}

/// The form that a guide is published in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A site for a host.
    Site,
    /// A folder that opens without one.
    Folder,
    /// One file.
    SingleFile,
}

/// What to publish, and where.
#[derive(Debug, Args)]
pub struct Publishing {
    /// Publish for this address instead of `base_url` in the configuration.
    #[arg(short = 'u', long, value_name = "URL", visible_alias = "baseURL")]
    pub base_url: Option<String>,
    /// Publish into this folder instead of `output` in the configuration.
    #[arg(short, long, value_name = "DIR", visible_alias = "output-dir", alias = "out", alias = "destination")]
    pub output: Option<PathBuf>,
    /// Build drafts too, and pages that come out later or have expired.
    #[arg(long)]
    pub drafts: bool,
    /// Let warnings stop publishing, as errors do.
    #[arg(long)]
    pub strict: bool,
    /// Publish into a folder that holds files of somebody else's; they stay.
    #[arg(short, long)]
    pub force: bool,
}

/// How to build again and again.
#[derive(Debug, Args)]
pub struct Watch {
    #[command(flatten)]
    pub place: Folder,
    #[command(flatten)]
    pub publishing: Publishing,
    #[command(flatten)]
    pub finding: Finding,
}

/// Which guide.
#[derive(Debug, Args)]
pub struct Folder {
    /// The folder of the guide, as after `--root`.
    #[arg(value_name = "DIR", conflicts_with = "root")]
    pub dir: Option<PathBuf>,
}

/// How changes are found.
#[derive(Debug, Args)]
pub struct Finding {
    /// Read all files again and again, for disks that do not tell of changes (Docker, WSL, network).
    #[arg(long)]
    pub poll: bool,
}

/// How to show the guide.
#[derive(Debug, Args)]
pub struct Serve {
    #[command(flatten)]
    pub place: Folder,
    /// The address of this computer to listen at. Any other than 127.0.0.1 lets others see the guide.
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1", visible_alias = "bind")]
    pub interface: IpAddr,
    /// The port; if it is taken, the next free one.
    #[arg(short, long, default_value_t = 1111)]
    pub port: u16,
    /// Open the guide in the browser.
    #[arg(short = 'O', long)]
    pub open: bool,
    /// Show the guide as for this address instead of `base_url` in the configuration.
    #[arg(short = 'u', long, value_name = "URL", visible_alias = "baseURL")]
    pub base_url: Option<String>,
    #[command(flatten)]
    pub finding: Finding,
}

/// How to check.
#[derive(Debug, Args)]
pub struct Check {
    #[command(flatten)]
    pub place: Folder,
    /// Check drafts too, and pages that come out later or have expired.
    #[arg(long)]
    pub drafts: bool,
    #[command(flatten)]
    pub mending: Mending,
    /// Let warnings count as errors.
    #[arg(long)]
    pub strict: bool,
    #[command(flatten)]
    pub asking: Asking,
}

/// Whether to ask others.
#[derive(Debug, Args)]
pub struct Asking {
    /// Ask other sites whether the pages that are linked to are still there.
    #[arg(long)]
    pub external: bool,
    /// Ask them even if they have answered in the last days.
    #[arg(long, requires = "external")]
    pub fresh: bool,
}

/// Whether mistakes are mended.
#[derive(Debug, Args)]
pub struct Mending {
    /// Mend the mistakes whose cure is certain, show what was changed, and tell of the others.
    #[arg(long)]
    pub fix: bool,
    /// Show what `--fix` changes, and write nothing.
    #[arg(long, visible_alias = "dry-run")]
    pub diff: bool,
}

/// Where to start.
#[derive(Debug, Args)]
pub struct Init {
    /// The folder of the new guide; without one, that of `--root`.
    pub dir: Option<PathBuf>,
    /// What the guide will be; without it you are asked, and where nobody can answer it is `plain`.
    #[arg(short, long)]
    pub kind: Option<Starter>,
}

/// Which page to start.
#[derive(Debug, Args)]
pub struct New {
    /// The kind, as `site.toml` calls it, or `page` for one of no kind.
    pub kind: String,
    /// Its title.
    pub title: String,
}

/// What to rename.
#[derive(Debug, Args)]
pub struct Mv {
    /// The page's file, such as `content/folder/page.md` or `folder/page`; or a folder of pages.
    pub old: String,
    /// Its other name; a folder that is there takes the page in.
    pub new: String,
    /// Show what would be changed, and change nothing.
    #[arg(long)]
    pub dry_run: bool,
}

/// Which pages to list.
#[derive(Debug, Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of the command line")]
pub struct List {
    /// Only pages of this kind.
    #[arg(short, long)]
    pub kind: Option<String>,
    /// Only pages that are held back: drafts, and those that come out later or have expired.
    #[arg(long)]
    pub drafts: bool,
    /// Only pages that no text, no relation and no menu leads to.
    #[arg(long)]
    pub orphans: bool,
    /// Only pages that are due for a review, as `review_after` below `[checks]` in `site.toml` says.
    #[arg(long)]
    pub stale: bool,
    /// The references that no page cites, instead of pages.
    #[arg(long, conflicts_with_all = ["kind", "drafts", "orphans", "stale"])]
    pub uncited: bool,
}

/// What to remove.
#[derive(Debug, Args)]
pub struct Clean {
    /// The published folder, instead of `output` in the configuration.
    #[arg(short, long, value_name = "DIR", visible_alias = "output-dir")]
    pub output: Option<PathBuf>,
}

/// What to explain.
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as it stands in brackets after `error`.
    pub code: Option<String>,
    /// Print the explanations of all codes, as one text in Markdown.
    #[arg(long, conflicts_with = "code")]
    pub all: bool,
}

/// What to tell an editor of.
#[derive(Debug, Args)]
pub struct Schema {
    /// What to print the schema of: `site.toml`, a kind of page, `page`, `section` or `home`; without one, list all.
    pub name: Option<String>,
    /// Write all of them into the guide's folder `.schemas`, or into DIR.
    #[arg(short, long, value_name = "DIR", num_args = 0..=1, conflicts_with = "name")]
    pub write: Option<Vec<PathBuf>>,
}

/// Which shell to complete for.
#[derive(Debug, Args)]
pub struct Completions {
    /// The shell.
    pub shell: clap_complete::Shell,
}

impl Command {
    /// The folder of the guide, where it is named behind the command.
    pub fn folder(&self) -> Option<&PathBuf> {
        match self {
            Self::Build(options) => options.place.dir.as_ref(),
            Self::Watch(options) => options.place.dir.as_ref(),
            Self::Serve(options) => options.place.dir.as_ref(),
            Self::Check(options) => options.place.dir.as_ref(),
            _ => None,
        }
    }
}

impl Global {
    /// The same with another root, if one is named behind the command.
    pub fn in_folder(self, folder: Option<&PathBuf>) -> Self {
        Self { root: folder.cloned().unwrap_or(self.root), ..self }
    }

    /// The same, with the configuration as a path below the root, however it was written.
    pub fn in_plain_form(mut self) -> Self {
        let config = Path::new(&self.config);
        let below = [absolute(&self.root), self.root.canonicalize()];
        let below = below.iter().flatten().find_map(|root| config.strip_prefix(root).ok()).unwrap_or(config);
        let plain: PathBuf = below.components().filter(|part| *part != Component::CurDir).collect();
        self.config = plain.to_string_lossy().into_owned();
        self
    }

    /// The same, with a root that stays the same wherever the folder of the process is moved to.
    pub fn with_absolute_root(&self) -> Self {
        Self { root: absolute(&self.root).unwrap_or_else(|_| self.root.clone()), ..self.clone() }
    }

    /// Who builds.
    pub fn builder(&self) -> Builder {
        Builder::new(Duration::from_millis(self.template_timeout))
    }

    /// All sources, for a build that is asked for this.
    pub fn read(&self, base_url: Option<&str>, drafts: Drafts) -> Result<Sources, DiskError> {
        disk::read(&self.root, self.config.as_ref(), self.request(base_url, drafts))
    }

    /// What a build is asked for.
    pub fn request(&self, base_url: Option<&str>, drafts: Drafts) -> Request {
        let configuration = SourcePath::new(&self.config.replace('\\', "/"));
        Request {
            configuration,
            where_instead: suggest_configuration(&self.root, &self.config).map(String::into_boxed_str),
            base_url: base_url.map(str::to_owned),
            drafts,
            today: day::today().ok(),
            ..Request::default()
        }
    }
}

impl Build {
    /// The form that the guide is published in.
    pub fn form(&self) -> Form {
        match (self.relative, self.single_file) {
            (true, _) => Form::Folder,
            (_, true) => Form::SingleFile,
            _ => Form::Site,
        }
    }
}

impl Finding {
    /// How changes are found.
    pub fn method(&self) -> Method {
        if self.poll { Method::Poll } else { Method::Events }
    }
}

impl Publishing {
    /// Does anything stand against publishing this?
    pub fn is_stopped_by(&self, built: &Built) -> bool {
        built.has_errors() || (self.strict && built.has_warnings())
    }

    /// Whether drafts are built.
    pub fn drafts(&self) -> Drafts {
        if self.drafts { Drafts::Include } else { Drafts::Leave }
    }
}

impl Mending {
    /// Are files written?
    pub fn writes(&self) -> bool {
        self.fix && !self.diff
    }
}

impl Asking {
    /// Whether answers of the last days will do.
    pub fn freshness(&self) -> Freshness {
        if self.fresh { Freshness::AskAll } else { Freshness::UseKept }
    }
}

impl Check {
    /// Whether drafts are checked.
    pub fn drafts(&self) -> Drafts {
        if self.drafts { Drafts::Include } else { Drafts::Leave }
    }
}
