//! The guides that `betwixt init` starts from: what each is called, what it is, and its files.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use include_dir::{Dir, include_dir};

use crate::base::{Sources, sort_and_dedup};
use crate::pipeline::{self, Built, Examples, Memory};

/// A small whole guide to start from.
#[derive(Debug, Clone)]
pub struct Starter {
    /// What `--kind` calls it.
    pub name: &'static str,
    /// What it is, in a line.
    pub about: &'static str,
    /// Its files, as they are written.
    pub files: Dir<'static>,
}

/// All of them; the first is for those who name none and cannot be asked.
pub static STARTERS: [Starter; 3] = [
    Starter {
        name: "plain",
        about: "Any guide: short pages on topics, and a list from A to Z",
        files: include_dir!("$CARGO_MANIFEST_DIR/src/cli/starters/plain"),
    },
    Starter {
        name: "couple",
        about: "For two people: signs, practices, and a checklist that both tick",
        files: include_dir!("$CARGO_MANIFEST_DIR/src/cli/starters/couple"),
    },
    Starter {
        name: "repair",
        about: "For the owner of a machine: symptoms, repairs, and a checklist",
        files: include_dir!("$CARGO_MANIFEST_DIR/src/cli/starters/repair"),
    },
];

impl Starter {
    fn text(&self, path: &str) -> &str {
        self.files.get_file(path).and_then(|file| file.contents_utf8()).expect("every starter has it")
    }
}

/// Adds to what a build tells, if it can be published, what of a starter still stands in the guide.
pub fn tell_examples(built: &mut Built, sources: &Sources, memory: &Memory) {
    // Who has mistakes to mend does not publish yet.
    if built.has_errors() {
        return;
    }
    built.diagnostics.extend(pipeline::tell_examples(sources, memory, &examples()));
    sort_and_dedup(&mut built.diagnostics);
}

/// What the starters say, and no guide of somebody's own.
fn examples() -> Examples {
    let mut examples = Examples::default();
    for starter in &STARTERS {
        examples.add(starter.text("site.toml"), starter.text("content/_index.md"));
    }
    examples
}

impl ValueEnum for Starter {
    fn value_variants<'a>() -> &'a [Self] {
        &STARTERS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name).help(self.about))
    }
}
