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

/// A kind's keys that take a line of text, and those that take something else, with what may stand there.
type Keys = (&'static [&'static str], &'static [(&'static str, &'static str)]);

/// The keys of every page.
const COMMON: Keys = (
    &["description"],
    &[
        ("slug", "another"),
        ("path", "/an/other/"),
        ("aliases", "[/older/, /oldest.html]"),
        ("template", "help"),
        ("date", "2026-01-02"),
        ("updated", "2026-11-22"),
        ("order", "3"),
        ("draft", "false"),
        ("sources", "[walker2020]"),
    ],
);
const SIGN: Keys = (&["statement", "guard"], &[("seen", "2026-02-28")]);
const PRACTICE: Keys = (
    &["try_this", "cost", "place", "not_tonight", "guard"],
    &[("minutes", "10"), ("energy", "low"), ("indoors", "true")],
);

/// The next page.
pub fn page(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut page = match random.below(4) {
        0 => return written(corpus, random),
        1 => written(corpus, random),
        _ => corpus[random.below(corpus.len())].clone(),
    };
    for _ in 0..random.below(5) {
        twist(&mut page, corpus, random);
        page.truncate(LONGEST);
    }
    page
}

/// A page that is written well, with what means something to somebody in every text.
fn written(corpus: &[Vec<u8>], random: &mut Random) -> Vec<u8> {
    let mut out = format!("---\ntitle: {}\n", quoted(random));
    let own = [SIGN, PRACTICE, (&[], &[])][random.below(3)];
    for (texts, others) in [COMMON, own] {
        for key in texts {
            line(&mut out, key, &quoted(random));
        }
        for (key, value) in others.iter().filter(|_| random.below(4) == 0) {
            line(&mut out, key, value);
        }
    }
    let is_sign = own.0.contains(&"statement");
    for key in ["tags", "heard"].iter().take(1 + usize::from(is_sign)) {
        let texts: Vec<String> = (0..random.below(4)).map(|_| quoted(random)).collect();
        line(&mut out, key, &format!("[{}]", texts.join(", ")));
    }
    line(&mut out, "extra", &format!("{{ a: {} }}", quoted(random)));
    if is_sign {
        let whys = [quoted(random), quoted(random)];
        let [walking, tea] = whys.map(|why| format!("\n    why: {why}\n"));
        out.extend(["practices:\n  - to: walking", &walking, "  - to: tea", &tea]);
    }
    out.push_str("---\n");
    if random.below(2) == 0 {
        return (out + &quoted(random)).into_bytes();
    }
    for _ in 0..random.below(20) {
        out.push_str(random.one_of(WORDS));
    }
    let mut out = out.into_bytes();
    let other = &corpus[random.below(corpus.len())];
    out.extend_from_slice(&other[random.place(other.len())..]);
    out
}

/// Adds a key with its value.
fn line(out: &mut String, key: &str, value: &str) {
    out.extend([key, ": ", value, "\n"]);
}

/// A text of a few words in quotes, as YAML reads it.
fn quoted(random: &mut Random) -> String {
    let mut words: String = (0..=random.below(3)).map(|_| random.one_of(WORDS)).collect();
    if random.below(20) > 0 {
        // One of these in any text, and the page is complained of.
        words.retain(|c| !betwixt::base::is_forbidden(c));
        words.push('a');
    }
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
