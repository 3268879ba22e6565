//! How secure connections are made: with the certificates that this computer trusts, and cryptography in Rust alone.

use thiserror::Error;
use ureq::tls::{Certificate, RootCerts, TlsConfig};

/// This computer's processor cannot make secure connections: it is older than ten years, or a very small one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("this computer's processor is too old, or too small, to ask other sites")]
pub struct UnsupportedProcessor;

/// What secure connections rest on.
///
/// # Errors
/// If this processor cannot make them.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(super) fn configure_tls() -> Result<TlsConfig, UnsupportedProcessor> {
    if !graviola::util::is_cpu_supported() {
        return Err(UnsupportedProcessor);
    }
    // Some of them may not be readable, or all: then no site can prove who it is, and that is said of each.
    let roots = rustls_native_certs::load_native_certs().certs;
    let roots: Vec<_> = roots.iter().map(|root| Certificate::from_der(root).to_owned()).collect();
    let builder = TlsConfig::builder().root_certs(RootCerts::new_with_certs(&roots));
    Ok(builder.unversioned_rustls_crypto_provider(std::sync::Arc::new(rustls_graviola::default_provider())).build())
}

/// There is no such cryptography for other processors.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(super) fn configure_tls() -> Result<TlsConfig, UnsupportedProcessor> {
    Err(UnsupportedProcessor)
}
