//! Betwixt, a compiler for guides.
//!
//! The rooms below stand in the order in which data flows; a room uses only rooms above it.
//! From `base` to `pipeline` everything is a pure function: no disk, clock, environment or lock.
#![forbid(unsafe_code)]

pub mod base;

pub mod syntax;

pub mod site;

pub mod content;

pub mod guide;

pub mod search;

pub mod offline;

pub mod portable;

pub mod views;

pub mod theme;

pub mod book;

pub mod cures;

pub mod pipeline;

pub mod report;

pub mod disk;

pub mod link_checker;

pub mod watch;

pub mod serve;

pub mod cli;

#[cfg(test)]
#[path = "../tests/random/mod.rs"]
mod random;
