//! Random tests that can be run again: each prints its seed, which is shown where it fails.

#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "a random test knows the environment, and says how it is run again"
)]

use proptest::test_runner::{Config, RngSeed};

/// As many cases as `PROPTEST_CASES` says, or else `cases`; from the seed in `PROPTEST_RNG_SEED`, or from another each time.
pub fn configure(cases: u32) -> Config {
    let mut config = Config { failure_persistence: None, ..Config::default() };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if config.rng_seed == RngSeed::Random {
        config.rng_seed = RngSeed::Fixed(getrandom::u64().expect("the system has randomness"));
    }
    eprintln!("to run this again: PROPTEST_RNG_SEED={} PROPTEST_CASES={}", config.rng_seed, config.cases);
    config
}
