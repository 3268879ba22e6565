//! A file that is not understood → what was most likely meant by it, and the edits that mend it.
//!
//! The rooms before are strict readers: they say what is wrong and where. Here stand the slips that authors make, one row of
//! a table each (`Slip`), and the one loop that mends in memory, reads on and tells the rest (`read_on`). A pure function of
//! one file and the rules by which it is read; knows nothing of how pages are built.

mod lines;
mod read_on;
mod slip;
mod toml;

pub use lines::Line;
pub use read_on::{Obstacle, ReadOn, Round, read_on};
pub use slip::{Candidates, Slip, choose};
pub use toml::read_site;
