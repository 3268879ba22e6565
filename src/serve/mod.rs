//! The built site in memory → browsers on this computer.
