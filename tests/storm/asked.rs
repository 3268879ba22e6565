//! How many rounds a test program is asked for, and from which seed: `-- --rounds 1000 --seed 7`.

/// How many rounds, and from which seed.
pub struct Asked {
    pub rounds: usize,
    pub seed: u64,
}

impl Asked {
    /// What stands on the command line; `rounds` where it says nothing.
    pub fn read(rounds: usize) -> Result<Self, String> {
        let mut asked = Self { rounds, seed: 1 };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut number =
                || words.next().and_then(|n| n.parse::<u64>().ok()).ok_or(format!("{word} wants a number"));
            match word.as_str() {
                "--rounds" => asked.rounds = usize::try_from(number()?).map_err(|error| error.to_string())?,
                "--seed" => asked.seed = number()?,
                // What cargo hands to every test program, such as `--nocapture`, means nothing here.
                _ => {}
            }
        }
        Ok(asked)
    }
}
