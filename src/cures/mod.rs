//! A file that is not understood → what was most likely meant by it, and the edits that mend it.
//!
//! The rooms before are strict readers: they say what is wrong and where. Here stand the slips that authors make, one row of
//! a table each (`Slip`), and the one loop that mends in memory, reads on and tells the rest (`read_on`). A pure function of
//! one file and the rules by which it is read; knows nothing of how pages are built.

mod fence;
mod lines;
mod matter;
mod page;
mod read_on;
mod references;
mod slip;
mod toml;
mod yaml;

pub use lines::Line;
pub use page::explain_page;
pub use read_on::{Obstacle, ReadOn, Round, read_on};
pub use references::explain_references;
pub use slip::{Candidates, Slip, choose};
pub use toml::read_site;
