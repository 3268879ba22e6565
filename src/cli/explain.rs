//! stub until written
pub fn explain(_: &str) -> Option<String> { None }
pub fn codes() -> Vec<(String, String)> { Vec::new() }
