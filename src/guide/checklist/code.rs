//! What one person shares ↔ a short code that can be spoken or typed. `manual/content/checklist.md` specifies it.
//!
//! Every single wrong character and every swap of two neighbours is refused, always. Themes have the same in JavaScript, and
//! both read `tests/scripts/code-vectors.json`.

use xxhash_rust::xxh3::xxh3_64;

use super::{Checklist, Level, Mode, Order, Shared};

/// The characters of a code: digits and letters without those that look like others, in the order of their values.
pub const ALPHABET: [u8; 32] = *b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The longest code that people are asked to type, in characters.
pub const LONGEST: usize = 10;

/// So many codes must there be for each that means something.
const SPARSENESS: u128 = 450;

/// How many levels there are.
const LEVELS: u64 = 3;

/// How many modes there are.
const MODES: u64 = 2;

/// Why a code says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unread {
    /// It has more characters than a code of this checklist, or fewer.
    Length,
    /// A character stands in it that no code has.
    Letters,
    /// Its last character does not go with the others: something was mistyped.
    Check,
    /// It is of another edition of the guide, or of another guide.
    Edition,
}

impl Checklist {
    /// A number that stands for the names of the items and practices and for the layout of the code, and for no words,
    /// weights, times or order of the guide.
    #[must_use]
    pub fn version(&self) -> u32 {
        let order = self.order();
        let mut text = format!("betwixt-checklist 1\nstates {LEVELS}\nwishes {}\n", self.wishes);
        for index in order.items {
            text.extend(["item ", &self.items[index].id, "\n"]);
        }
        for index in order.practices {
            text.extend(["practice ", &self.practices[index].id, "\n"]);
        }
        u32::try_from(xxh3_64(text.as_bytes()) & u64::from(u32::MAX)).expect("these are 32 bits")
    }

    /// How many characters a code of two people's checklist takes. Above [`LONGEST`] there is none; 26 stands for all that
    /// would be longer still.
    #[must_use]
    pub fn needed_length(&self) -> usize {
        let levels = power(LEVELS.into(), self.items.len());
        let states = levels.saturating_mul(self.wish_sets()).saturating_mul(MODES.into());
        let least = states.saturating_mul(SPARSENESS);
        (0..26).find(|length| power(32, *length) >= least).unwrap_or(26)
    }

    /// How many characters its code has; 0 if it has none: one person tells nobody, and nobody types more than [`LONGEST`].
    #[must_use]
    pub fn code_length(&self) -> usize {
        let length = self.needed_length();
        if self.people == 2 && length <= LONGEST { length } else { 0 }
    }

    /// The code of what one person shares. Nothing if the checklist has no code, or if they wish for more than they may.
    #[must_use]
    pub fn encode(&self, shared: &Shared, mode: Mode) -> Option<String> {
        let layout = Layout::of(self)?;
        let state = layout.state(self, shared, mode)?;
        let mut value = state + layout.states * layout.residue();
        let mut digits = vec![0; layout.length - 1];
        for digit in digits.iter_mut().rev() {
            *digit = u8::try_from(value % 32).expect("it is below 32");
            value /= 32;
        }
        digits.push(layout.check(&digits));
        Some(digits.into_iter().map(|digit| char::from(ALPHABET[usize::from(digit)])).collect())
    }

    /// What a code says, as it was heard or typed: capitals or not, with spaces and hyphens, `O` for `0`, `I` or `L` for `1`.
    ///
    /// # Errors
    /// Says why it is no code of this checklist, as far as that can be told.
    pub fn decode(&self, code: &str) -> Result<(Mode, Shared), Unread> {
        let layout = Layout::of(self).ok_or(Unread::Length)?;
        let written: Vec<char> = code.chars().filter(|c| !is_between(*c)).collect();
        if written.len() != layout.length {
            return Err(Unread::Length);
        }
        let digits: Vec<u8> = written.into_iter().map(digit).collect::<Option<_>>().ok_or(Unread::Letters)?;
        let (data, check) = digits.split_at(layout.length - 1);
        if check != [layout.check(data)] {
            return Err(Unread::Check);
        }
        let value = data.iter().fold(0, |value, digit| value * 32 + u64::from(*digit));
        if value / layout.states != layout.residue() {
            return Err(Unread::Edition);
        }
        Ok(layout.meaning(self, value % layout.states))
    }

    /// How many sets of wishes there are; the greatest number stands for all that are more.
    fn wish_sets(&self) -> u128 {
        let all = self.practices.len();
        let mut sizes = 0..=self.wishes.min(all);
        sizes.try_fold(0_u128, |sets, size| sets.checked_add(choose(all, size)?)).unwrap_or(u128::MAX)
    }
}

/// How the codes of a checklist are laid out. All of its numbers are below 2⁵⁰.
struct Layout {
    /// The items and practices in the order of the code.
    order: Order,
    /// How many characters a code has.
    length: usize,
    /// How many sets of levels there are.
    level_sets: u64,
    /// How many sets of wishes.
    wish_sets: u64,
    /// How many things can be said in all.
    states: u64,
    /// How many residues of the version a code can tell apart.
    residues: u64,
    version: u64,
}

impl Layout {
    fn of(checklist: &Checklist) -> Option<Self> {
        let length = checklist.code_length();
        if length == 0 {
            return None;
        }
        let level_sets = LEVELS.pow(u32::try_from(checklist.items.len()).ok()?);
        let wish_sets = u64::try_from(checklist.wish_sets()).ok()?;
        let states = level_sets * wish_sets * MODES;
        let residues = 32_u64.pow(u32::try_from(length - 1).ok()?) / states;
        let version = checklist.version().into();
        Some(Self { order: checklist.order(), length, level_sets, wish_sets, states, residues, version })
    }

    /// What a code keeps of the version.
    fn residue(&self) -> u64 {
        self.version % self.residues
    }

    /// What is said, as a number; nothing if too much is wished for.
    fn state(&self, checklist: &Checklist, shared: &Shared, mode: Mode) -> Option<u64> {
        let levels = self.order.items.iter().rev().fold(0, |sum, item| sum * LEVELS + shared.levels[*item] as u64);
        let wished = (0..).zip(&self.order.practices).filter(|(_, practice)| shared.wishes[**practice]);
        let wished: Vec<usize> = wished.map(|(place, _)| place).collect();
        if wished.len() > checklist.wishes {
            return None;
        }
        let rank = rank(&wished, self.order.practices.len());
        Some((mode as u64 * self.wish_sets + rank) * self.level_sets + levels)
    }

    /// What a number says.
    fn meaning(&self, checklist: &Checklist, state: u64) -> (Mode, Shared) {
        let mut levels = vec![Level::Nothing; checklist.items.len()];
        let mut rest = state % self.level_sets;
        for item in &self.order.items {
            levels[*item] = match rest % LEVELS {
                0 => Level::Nothing,
                1 => Level::Sometimes,
                _ => Level::Often,
            };
            rest /= LEVELS;
        }
        let rest = state / self.level_sets;
        let mut wishes = vec![false; checklist.practices.len()];
        for place in unrank(rest % self.wish_sets, wishes.len()) {
            wishes[self.order.practices[place]] = true;
        }
        let mode = if rest < self.wish_sets { Mode::Both } else { Mode::Everything };
        (mode, Shared { levels, wishes })
    }

    /// The last digit. Of the others the first counts twice, the next four times, and so on, and the last once: no two weights
    /// are alike and none is 0, so that every wrong digit and every swap of neighbours changes the sum.
    fn check(&self, data: &[u8]) -> u8 {
        let offset = u8::try_from(self.version / self.residues % 32).expect("it is below 32");
        data.iter().rev().fold(0, |sum, digit| double(sum ^ digit)) ^ offset
    }
}

/// Is it what people, keyboards and messengers put between characters: a space of any kind, a hyphen or a dash?
fn is_between(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// The value of a character, however it is written.
fn digit(written: char) -> Option<u8> {
    let plain = match written.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|known| char::from(*known) == plain)?;
    u8::try_from(at).ok()
}

/// Twice a digit in the field of 32 elements that is made with x⁵ + x² + 1: from 1, it goes through all 31 that are not 0.
fn double(digit: u8) -> u8 {
    if digit < 16 { digit << 1 } else { digit << 1 ^ 0b10_0101 }
}

/// The number of a set of places, given in rising order, among all sets out of `all`: smaller sets come first, and of one size
/// they stand in the order of their greatest place, then of the next.
fn rank(places: &[usize], all: usize) -> u64 {
    let smaller = (0..places.len()).map(|size| sets(all, size));
    let of_size = places.iter().zip(1..).map(|(place, size)| sets(*place, size));
    smaller.chain(of_size).sum()
}

/// The set of places, out of `all`, that has this number.
fn unrank(mut rank: u64, all: usize) -> Vec<usize> {
    let mut size = 0;
    while rank >= sets(all, size) {
        rank -= sets(all, size);
        size += 1;
    }
    let mut places = Vec::with_capacity(size);
    for size in (1..=size).rev() {
        let below = places.last().copied().unwrap_or(all);
        let place = (0..below).rev().find(|place| sets(*place, size) <= rank).expect("the least place has no sets");
        rank -= sets(place, size);
        places.push(place);
    }
    places
}

/// How many sets of `size` there are out of `all`, within a code.
fn sets(all: usize, size: usize) -> u64 {
    choose(all, size).and_then(|sets| u64::try_from(sets).ok()).expect("a code counts them all")
}

/// How many sets of `size` there are out of `all`, if that can be counted.
fn choose(all: usize, size: usize) -> Option<u128> {
    (0..size).try_fold(1_u128, |sets, taken| {
        let left = all.saturating_sub(taken);
        Some(sets.checked_mul(left as u128)? / (taken as u128 + 1))
    })
}

/// A power; the greatest number stands for all that are greater.
fn power(base: u128, exponent: usize) -> u128 {
    u32::try_from(exponent).map_or(u128::MAX, |exponent| base.saturating_pow(exponent))
}
