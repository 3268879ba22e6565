//! Why a server cannot be started.

use std::fmt;
use std::io;
use std::net::IpAddr;

/// What the world did not allow.
#[derive(Debug)]
pub enum ServeError {
    /// It cannot listen at this address.
    Address {
        /// The address.
        ip: IpAddr,
        /// The port.
        port: u16,
        /// What the system says.
        source: io::Error,
    },
    /// There is no thread, no events to wait for, or no randomness.
    Runtime(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address { ip, port, source } => match source.kind() {
                io::ErrorKind::AddrNotAvailable => write!(f, "this computer has no address {ip}"),
                io::ErrorKind::PermissionDenied => {
                    write!(f, "port {port} is kept for programs with more rights; one above 1023 is free to use")
                }
                io::ErrorKind::AddrInUse => write!(f, "every port from {port} on is taken"),
                _ => write!(f, "cannot listen at {ip}, port {port}: {source}"),
            },
            Self::Runtime(source) => write!(f, "cannot start the server: {source}"),
        }
    }
}

impl std::error::Error for ServeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Address { source, .. } | Self::Runtime(source) => Some(source),
        }
    }
}
