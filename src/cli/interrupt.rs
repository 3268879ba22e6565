//! Ctrl-C, where a command would go on for ever.

use std::process;

use tokio::runtime::Builder;

/// How a program ends that was interrupted.
const INTERRUPTED: i32 = 130;

/// From here on Ctrl-C ends the program at once. What is published is one whole site at every moment, so that nothing has
/// to be brought to an end.
pub fn ends_the_program() {
    std::thread::spawn(|| {
        let Ok(runtime) = Builder::new_current_thread().enable_io().build() else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            process::exit(INTERRUPTED);
        }
    });
}
