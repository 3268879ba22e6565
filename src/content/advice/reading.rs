//! How easy a page is to read, and which of its sentences make it hard.

use std::ops::Range;

use super::{Asked, syllables};
use crate::base::{Code, Diagnostic, Note, Place};
use crate::content::body::prose::Block;

/// A page with fewer words is too short to be measured.
const FEWEST_WORDS: usize = 100;
/// How many hard sentences are shown besides the hardest.
const MORE_SHOWN: usize = 2;

/// What the ease of a text is reckoned from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ease {
    /// Its sentences.
    pub sentences: usize,
    /// Its words.
    pub words: usize,
    /// Their syllables, as English is spoken.
    pub syllables: usize,
}

impl Ease {
    /// The age from which on readers find it easy, in years: five more than the school year of the formula by Flesch and
    /// Kincaid (1975), which is made for English. `None` for a text that is too short to tell.
    #[must_use]
    pub fn reading_age(self) -> Option<f64> {
        if self.words < FEWEST_WORDS || self.sentences == 0 {
            return None;
        }
        Some(self.grade() + 5.0)
    }

    fn grade(self) -> f64 {
        let [sentences, words, syllables] = [self.sentences, self.words, self.syllables].map(number);
        0.39 * words / sentences + 11.8 * syllables / words - 15.59
    }
}

/// A count as the formula takes it.
fn number(count: usize) -> f64 {
    u32::try_from(count).unwrap_or(u32::MAX).into()
}

/// What the ease of these blocks is reckoned from.
#[must_use]
pub fn ease(blocks: &[Block]) -> Ease {
    let sentences = blocks.iter().flat_map(|block| block.sentences().into_iter().map(|range| of(&block.text[range])));
    let add = |a: Ease, b: Ease| Ease {
        sentences: a.sentences + b.sentences,
        words: a.words + b.words,
        syllables: a.syllables + b.syllables,
    };
    sentences.fold(Ease::default(), add)
}

/// What one sentence adds.
fn of(sentence: &str) -> Ease {
    let mut ease = Ease::default();
    for word in sentence.split(|c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '/')) {
        let letters: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
        if !letters.is_empty() {
            ease.words += 1;
            ease.syllables += syllables::count(&letters);
        }
    }
    ease.sentences = usize::from(ease.words > 0);
    ease
}

/// Gives advice on long sentences and on the page as a whole.
pub(super) fn check(asked: &Asked, found: &mut Vec<Diagnostic>) {
    let mut sentences: Vec<(&Block, Range<usize>, Ease)> = Vec::new();
    for block in &asked.blocks {
        sentences.extend(block.sentences().into_iter().map(|range| (block, range.clone(), of(&block.text[range]))));
    }
    if let Some(most) = asked.rules.longest_sentence {
        for (block, range, ease) in sentences.iter().filter(|(.., ease)| ease.words > most) {
            found.push(long_sentence(asked.place(block, range), ease.words, most));
        }
    }
    let Some(target) = asked.rules.reading_age.filter(|_| asked.is_english) else { return };
    let Some(age) = ease(&asked.blocks).reading_age().filter(|age| age.round() > number(target)) else { return };
    sentences.retain(|(.., ease)| ease.words > 0);
    sentences.sort_by(|(.., a), (.., b)| b.grade().total_cmp(&a.grade()));
    let mut places = sentences.iter().map(|(block, range, _)| asked.place(block, range));
    if let Some(hardest) = places.next() {
        let notes = places.take(MORE_SHOWN).map(|place| Note { place, label: "and this one".to_owned() });
        let advice = hard_to_read(hardest, age, target);
        found.push(Diagnostic { notes: notes.collect(), ..advice });
    }
}

/// A sentence that is longer than this guide wants its sentences to be.
fn long_sentence(place: Place, words: usize, most: usize) -> Diagnostic {
    Diagnostic::new(Code::LongSentence, place, format!("this sentence has {words} words, and {most} is the target"))
        .help("make two of it: one thing at a time")
}

/// A page that is harder to read than this guide wants its pages to be.
fn hard_to_read(place: Place, age: f64, target: usize) -> Diagnostic {
    let message = format!("readers find this page easy from the age of {age:.0} on, and {target} is the target");
    Diagnostic::new(Code::HardToRead, place, message)
        .label("the hardest sentence")
        .help("make short sentences of long ones, and take short words where they say the same")
}
