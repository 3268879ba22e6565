//! Pages to begin with: those of the guide, those of the mistakes, and some that are nasty from the start.

use std::fs;
use std::path::{Path, PathBuf};

use betwixt::base::SourcePath;

/// Pages of every sort, sorted by where they come from.
pub fn pages() -> Vec<Vec<u8>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let guides = [root.join("content"), root.join("tests/sites")];
    let mut pages: Vec<Vec<u8>> = guides.iter().flat_map(|folder| read(folder, "md")).collect();
    for case in read(&root.join("tests/mistakes"), "txt") {
        let text = String::from_utf8_lossy(&case).into_owned();
        pages.extend(text.split("\n-- ").filter_map(|section| {
            let (name, page) = section.split_once(" --\n")?;
            SourcePath::new(name).is_markdown().then(|| format!("{page}\n").into_bytes())
        }));
    }
    assert!(pages.len() > 100, "the corpus is there");
    pages.extend(NASTY.iter().map(|page| page.as_bytes().to_vec()));
    pages
}

/// Pages that once were too much.
pub fn found() -> Vec<Vec<u8>> {
    read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/found"), "md")
}

/// The files with that end in a folder and below it.
fn read(folder: &Path, end: &str) -> Vec<Vec<u8>> {
    let mut paths = Vec::new();
    collect(folder, &mut paths);
    paths.sort();
    let wanted = paths.iter().filter(|path| path.extension().is_some_and(|found| found == end));
    wanted.map(|path| fs::read(path).expect("it can be read")).collect()
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it can be read").path();
        if path.is_dir() {
            collect(&path, paths);
        } else {
            paths.push(path);
        }
    }
}

/// Whole pages that bring many things together.
const NASTY: &[&str] = &[
    "---\ntitle: \"</title><script>alert(1)</script>\"\ndescription: \"\\\"><img src=x onerror=alert(1)>\"\nstatement: \"<!-- & ]]>\"\n---\n<b onclick=x>\n",
    "---\ntitle: &a [*a, *a]\nextra: { ? [x]: !tag y, \"\\u0000\": \"\\x1b[31m\" }\n---\n[x]: javascript:alert(1)\n[x] ![x] <x>\n",
    "\u{feff}---\r\ntitle: |\r\n  two\r\n  lines\r\ntags: [\"<b>\", \"../..\", \"\u{202e}x\"]\r\n---\r\n> [!NOTE]\r\n> [^a]\r\n\r\n[^a]: [^a] > ```\r\n",
    "---\ntitle: x\nslug: \"../x\"\naliases: [\"/a\\\"b/\", \"//x\", \"/%00/\"]\npath: /con/\n---\n| a | `|` |\n|:-|-:|\n| [[x|<b>]] | {#a} |\n",
    "---\n{title: x, title: y, practices: [{to: walking, why: [a], weight: 1e9}, null, 3, {to: ~}]}\n---\n## a {#b}\n## a {#b .c}\n### {#}\n",
    "---\ntitle: F\nstatement: s\npractices: [walking]\nnext: \"walking#<b>\"\nphoto: \"javascript:alert(1)\"\nshop: 'https://x.example/\"><script>'\ncall: \"+1 <b>\"\nnote: |\n  <b>x</b> [a](javascript:alert(1)) [[walking|<i>]]\n\n  | a |\n  |-|\nparts: [{name: \"<b>\", mail: \"a@b.example\"}, {}]\n---\n[@mayo2011]\n",
    "---\ntitle: F\nstatement: <b>s</b>\npractices: [walking]\nnext: walking\nshop: 'https://x.example/?a=\"&b=<i>'\ncall: '*#06#'\nnote: \"[w](../practices/walking.md) & <b> `x`\"\nparts: [{name: \"<b>\", mail: \"a@b.example\"}, {}]\nheard: [\"<i>\", \"\\\"&\"]\nseen: 2026-01-02\nguard: \"<b>\"\n---\n[@mayo2011]\n",
    "---\ntitle: Words\nsources: [walker2020, \"@mayo2011\", 3]\ntemplate: base\norder: 99999999999999999999\n---\n[@walker2020; @mayo2011, @walker2020] [@] [@a;] \\[@x]\n",
];
