//! Ctrl-C, where a command would go on for ever.

use std::process;

use tokio::runtime::Builder;

/// How a program ends that was interrupted.
pub const INTERRUPTED: u8 = 130;

/// From here on Ctrl-C ends the program at once. What is published is one whole site at every moment, so that nothing has
/// to be brought to an end.
pub fn exit_on_interrupt() {
    on_interrupt(|| process::exit(INTERRUPTED.into()));
}

/// From here on Ctrl-C leads to `what`, once.
pub fn on_interrupt(what: impl FnOnce() + Send + 'static) {
    std::thread::spawn(|| {
        let Ok(runtime) = Builder::new_current_thread().enable_io().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            what();
        }
    });
}
