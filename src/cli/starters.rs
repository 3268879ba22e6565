//! The guides that `betwixt init` starts from: what each is called, what it is, and its files.

use clap::ValueEnum;
use clap::builder::PossibleValue;
use include_dir::{Dir, include_dir};

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

impl ValueEnum for Starter {
    fn value_variants<'a>() -> &'a [Self] {
        &STARTERS
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name).help(self.about))
    }
}
