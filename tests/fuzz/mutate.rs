//! Pages → other pages, by a seed: twisted, joined, repeated, cut, and filled with what means something to somebody.

/// Numbers that are the same for the same seed.
pub struct Random(pub u64);

impl Random {
    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit.max(1) as u64).expect("it is below a small number")
    }

    fn one_of<'a, T: ?Sized>(&mut self, all: &[&'a T]) -> &'a T {
        all[self.below(all.len())]
    }

    /// A place in something of this length, its end among them.
    fn place(&mut self, length: usize) -> usize {
        self.below(length + 1)
    }
}

/// The longest page, in bytes: what is longer takes longer, and shows nothing else.
const LONGEST: usize = 48 * 1024;

/// What means something in YAML, Markdown, HTML, templates, addresses or letters.
const WORDS: &[&str] = &[
    "---\n",
    "\n---\n",
    "...\n",
    ": ",
    "- ",
    "? ",
    "&a ",
    "*a",
    "!x ",
    "!!binary ",
    "| \n",
    ">-\n",
    "\"",
    "'",
    "[",
    "]",
    "{",
    "}",
    ",",
    "#",
    " #",
    "%YAML 1.2\n",
    "<<: *a\n",
    "\t",
    "~",
    "null",
    "true",
    "1e999",
    "0x7f",
    "2026-02-30",
    "\n\n",
    "\r",
    "\r\n",
    "\\",
    "title: ",
    "statement: ",
    "practices:\n  - to: walking\n    why: ",
    "tags: [",
    "draft: true\n",
    "slug: ",
    "aliases: [/a/]\n",
    "extra:\n  a: ",
    "sources: [walker2020]\n",
    "template: ",
    "order: ",
    "date: ",
    "# ",
    "###### ",
    "> ",
    "> [!NOTE]\n",
    "> [!X] ",
    "1. ",
    "10) ",
    "- [ ] ",
    "- [x] ",
    "* ",
    "***",
    "___\n",
    "===\n",
    "```",
    "```html\n",
    "~~~\n",
    "    ",
    "`",
    "``",
    "*",
    "**",
    "_",
    "~~",
    "[a](",
    "](",
    "![",
    "[[",
    "]]",
    "|",
    "|-|\n",
    "\n|a|b|\n|-|:-:|\n|1|2|\n",
    "[^1]",
    "\n[^1]: ",
    "[^",
    "[@walker2020]",
    "[@walker2020; @mayo2011]",
    "[@",
    "; @",
    "{#why}",
    "{#a .b c=d}",
    "{#",
    "\n: ",
    "<",
    ">",
    "</",
    "<!--",
    "-->",
    "<!-->",
    "<![CDATA[",
    "]]>",
    "<?",
    "?>",
    "<!doctype html>",
    "&amp;",
    "&lt;",
    "&#0;",
    "&#x1b;",
    "&colon;",
    "&NewLine;",
    "&",
    "<b>",
    "</p>",
    "</div>",
    "<img src=x onerror=canary()>",
    "<script>canary()</script>",
    "</script>",
    "</title>",
    "</style>",
    "\"><b onfocus=canary()>",
    "' onclick='canary()",
    "<svg onload=canary()>",
    "<math><mi//xlink:href=\"data:x,<script>canary()</script>\">",
    "<template>",
    "<a href=\"javascript:canary()\">",
    "javascript:canary()",
    "JaVa\tScript:canary()",
    "data:text/html,<b>",
    "vbscript:x",
    "//x.example",
    "https://x.example/\"><b>",
    "mailto:a@b.example?subject=<b>",
    "../signs/silence.md",
    "silence.md#why",
    "@/about.md",
    "/about/",
    "#why",
    "?a=1&b=\"2",
    "%00",
    "%2e%2e/",
    "%",
    "{{ 7 * 7 }}",
    "{% include \"base.html\" %}",
    "{#",
    "#}",
    "{{",
    "{%",
    "__tera_context",
    "\u{0}",
    "\u{1b}[31m",
    "\u{7}",
    "\u{8}",
    "\u{85}",
    "\u{a0}",
    "\u{ad}",
    "\u{200b}",
    "\u{200f}",
    "\u{202e}",
    "\u{2028}",
    "\u{2029}",
    "\u{feff}",
    "\u{fffd}",
    "\u{fffe}",
    "\u{10ffff}",
    "\u{300}",
    "e\u{301}",
    "\u{1f469}\u{200d}\u{1f467}",
    "\u{e000}",
    "\u{e001}",
    "\u{f8ff}",
    "ß",
    "İ",
    "ﬁ",
    "…",
    "“",
    "”",
    "–",
    "中文",
    "שלום",
    "fuzzed",
    "walking",
    "silence",
];

/// What may stand before a line, many times over.
const NESTING: &[&str] =
    &["> ", "- ", "1. ", "  ", "\t", "- > ", "*", "**a ", "[", "![", "[a](", "{", "[[", "(", "`", "<b>", "\"", "~~"];

/// Keys that take text, each in one of the forms in which it may be written.
const TEXTS: &[&str] = &[
    "title",
    "description",
    "statement",
    "guard",
    "try_this",
    "cost",
    "place",
    "not_tonight",
    "slug",
    "path",
    "template",
    "date",
    "updated",
    "order",
    "minutes",
    "energy",
    "draft",
    "seen",
    "indoors",
];

/// The next page.
pub fn page(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut page =
        if random.below(4) == 0 { written(corpus, random) } else { corpus[random.below(corpus.len())].clone() };
    for _ in 0..random.below(6) {
        twist(&mut page, corpus, random);
        page.truncate(LONGEST);
    }
    page
}

/// A page that is written well, with what means something to somebody in every text.
fn written(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut out = "---\n".to_owned();
    let mut line = |random: &mut Random, key: &str| {
        let text = quoted(random);
        out.push_str(&format!("{key}: {text}\n"));
    };
    line(random, "title");
    for key in TEXTS.iter().skip(1) {
        if random.below(3) == 0 {
            line(random, key);
        }
    }
    let texts = |random: &mut Random| (0..random.below(4)).map(|_| quoted(random)).collect::<Vec<_>>().join(", ");
    let lists = format!(
        "tags: [{}]\naliases: [{}]\nheard: [{}]\nextra: {{ a: [{}] }}\n",
        texts(random),
        texts(random),
        texts(random),
        texts(random)
    );
    out.push_str(&lists);
    if random.below(2) == 0 {
        out.push_str(&format!(
            "practices:\n  - to: walking\n    why: {}\n  - to: {}\n    why: {}\n",
            quoted(random),
            quoted(random),
            quoted(random)
        ));
    }
    out.push_str("---\n");
    let mut out = out.into_bytes();
    let other = &corpus[random.below(corpus.len())];
    let from = random.place(other.len());
    out.extend_from_slice(&other[from..]);
    for _ in 0..random.below(20) {
        out.extend_from_slice(random.one_of(WORDS).as_bytes());
    }
    out
}

/// A text of a few words in quotes, as YAML reads it.
fn quoted(random: &mut Random) -> String {
    let words: String = (0..=random.below(3)).map(|_| random.one_of(WORDS)).collect();
    serde_json::to_string(&words).expect("text is JSON")
}

/// One change.
fn twist(page: &mut Vec<u8>, corpus: &[Vec<u8>], random: &mut Random) {
    let at = random.place(page.len());
    let end = at + random.place((page.len() - at).min(200));
    match random.below(12) {
        0 => page.truncate(at),
        1 => drop(page.drain(at..end)),
        2 => {
            let other = &corpus[random.below(corpus.len())];
            let from = random.place(other.len());
            let to = from + random.place((other.len() - from).min(600));
            page.splice(at..end, other[from..to].iter().copied());
        }
        3 => {
            let again = page[at..end].repeat(1 + random.below(40));
            page.splice(at..at, again);
        }
        4 => {
            let word = random.one_of(WORDS);
            let many = 1 << random.below(11);
            page.splice(at..at, word.repeat(many).into_bytes());
        }
        5 => {
            let many = 1 << random.below(12);
            let start = page[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |newline| newline + 1);
            page.splice(start..start, random.one_of(NESTING).repeat(many).into_bytes());
        }
        6 => {
            if let Some(byte) = page.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        7 => {
            let text = String::from_utf8_lossy(page).replace('\n', "\r\n");
            *page = text.into_bytes();
        }
        8 => value(page, random),
        _ => {
            let word = random.one_of(WORDS);
            page.splice(at..at, word.bytes());
        }
    }
}

/// Another value behind a colon.
fn value(page: &mut Vec<u8>, random: &mut Random) {
    let colons: Vec<usize> =
        page.windows(2).enumerate().filter(|(_, pair)| pair == b": ").map(|(at, _)| at + 2).collect();
    let Some(at) = colons.get(random.below(colons.len())).copied() else { return };
    let end = page[at..].iter().position(|byte| *byte == b'\n').map_or(page.len(), |newline| at + newline);
    let text = if random.below(2) == 0 { quoted(random) } else { random.one_of(WORDS).to_owned() };
    page.splice(at..end, text.into_bytes());
}
