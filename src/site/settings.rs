//! Every setting of `site.toml`, described once: the reader asks for no other, complaints name these, and editors are
//! told of them (`site/schema.rs`).

use super::setting::{Need, Setting, SettingShape, Taken};

/// The types that a field can have.
pub const TYPES: [&str; 18] = [
    "text",
    "markdown",
    "integer",
    "number",
    "boolean",
    "date",
    "choice",
    "list",
    "map",
    "list of map",
    "url",
    "email",
    "phone",
    "file",
    "picture",
    "page",
    "source",
    "list of source",
];

/// Those that a key within a `map` can have.
pub const KEY_TYPES: [&str; 15] = [
    "text",
    "integer",
    "number",
    "boolean",
    "date",
    "choice",
    "list",
    "url",
    "email",
    "phone",
    "file",
    "picture",
    "page",
    "source",
    "list of source",
];

/// Those that can have a `default`.
pub const SCALAR_TYPES: [&str; 5] = ["text", "integer", "number", "boolean", "choice"];

const fn must(key: &'static str, shape: SettingShape, example: &'static str, help: &'static str) -> Setting {
    Setting { key, shape, need: Need::Must, example, help }
}

const fn may(key: &'static str, shape: SettingShape, example: &'static str, help: &'static str) -> Setting {
    Setting { key, shape, need: Need::May, example, help }
}

/// The settings at the top of `site.toml`.
pub const SETTINGS: [Setting; 26] = [
    must("title", SettingShape::Filled, "\"My guide\"", "What the guide is called; shown at the top of every page."),
    must(
        "base_url",
        SettingShape::Address,
        "\"https://guide.example/\"",
        "Where the guide lives on the web: a whole address, with its folder if it does not lie at the top.",
    ),
    may(
        "description",
        SettingShape::Text,
        "\"All that beginners ask.\"",
        "One sentence on the guide; shown by search engines.",
    ),
    may("language", SettingShape::Text, "\"en\"", "The language of the pages, as a tag such as `en` or `pt-BR`."),
    may(
        "author",
        SettingShape::Text,
        "\"The makers of the guide\"",
        "Who answers for the guide; without it, its title stands.",
    ),
    may(
        "contact",
        SettingShape::Contact,
        "\"mistakes@guide.example\"",
        "Where readers tell of a mistake: a mail address, or one that begins with `https://`.",
    ),
    may(
        "social_cards",
        SettingShape::Boolean,
        "false",
        "`true` makes the pictures that other sites show beside a link to a page, as the theme draws them.",
    ),
    may(
        "theme",
        SettingShape::Text,
        "\"hearth\"",
        "The theme: a folder in `themes`, or `hearth`, which comes with Betwixt.",
    ),
    may("output", SettingShape::Output, "\"public\"", "The folder that the finished site is put into."),
    may(
        "menu",
        SettingShape::Tables(&MENU),
        "[{ to = \"@/about.md\" }]",
        "The links at the top of every page, in this order.",
    ),
    may("markdown", SettingShape::Table(&MARKDOWN), "", "How the text of the pages is read."),
    may(
        "kinds",
        SettingShape::Named(Taken::Kinds, "", &KIND),
        "",
        "The kinds of page that the guide has, each under its name.",
    ),
    may("pages", SettingShape::Table(&PAGES), "", "What pages of no kind have of their own, and how they show it."),
    may("checklist", SettingShape::Table(&CHECKLIST), "", "The checklist: each page of one kind is a line to tick."),
    may("references", SettingShape::Table(&REFERENCES), "", "The list of sources, which pages cite by their keys."),
    may("index", SettingShape::Table(&INDEX), "", "The A–Z list of all pages."),
    may("book", SettingShape::Table(&BOOK), "", "The guide as one document: a page to print, and an e-book."),
    may("search", SettingShape::Table(&SEARCH), "", "How the A–Z page finds words in the pages."),
    may(
        "offline",
        SettingShape::Table(&OFFLINE),
        "",
        "If it is there, the guide opens without a connection after the first visit: browsers keep its pages.",
    ),
    may(
        "help",
        SettingShape::Table(&HELP),
        "",
        "The page for readers who are not safe: every safety note leads there.",
    ),
    may("feed", SettingShape::Table(&FEED), "", "The news feed."),
    may("checks", SettingShape::Table(&CHECKS), "", "What pages are checked against."),
    may("advice", SettingShape::Table(&ADVICE), "", "What `betwixt check` gives advice on; it stops nothing."),
    may(
        "external",
        SettingShape::Table(&EXTERNAL),
        "",
        "How `betwixt check --external` looks at links to other sites.",
    ),
    may(
        "words",
        SettingShape::Phrases,
        "{ menu = \"Contents\" }",
        "Words of the theme, by their names, in this guide's own.",
    ),
    may("extra", SettingShape::Free, "", "Whatever the theme may want to know besides."),
];

const MENU: [Setting; 2] = [
    must("to", SettingShape::Page, "\"@/about.md\"", "The page; `@/` stands for the folder `content`."),
    may("title", SettingShape::Text, "\"About us\"", "The words of the link; without them, the page's title stands."),
];

const MARKDOWN: [Setting; 4] = [
    may(
        "unsafe_html",
        SettingShape::Boolean,
        "false",
        "`true` lets HTML in the text of a page through; `false` shows it as text.",
    ),
    may(
        "smart_punctuation",
        SettingShape::Boolean,
        "true",
        "`true` prints curly quotes and dashes where straight quotes and hyphens are written.",
    ),
    may(
        "callouts",
        SettingShape::Table(&CALLOUTS),
        "",
        "The headings of the boxes that begin with `> [!NOTE]` and so on.",
    ),
    may("labels", SettingShape::Table(&LABELS), "", "Words that are read aloud to those who cannot see the page."),
];

const CALLOUTS: [Setting; 5] = [
    may("note", SettingShape::Text, "\"Note\"", "The heading of `> [!NOTE]`."),
    may("tip", SettingShape::Text, "\"Tip\"", "The heading of `> [!TIP]`."),
    may("important", SettingShape::Text, "\"Important\"", "The heading of `> [!IMPORTANT]`."),
    may("warning", SettingShape::Text, "\"Warning\"", "The heading of `> [!WARNING]`."),
    may("caution", SettingShape::Text, "\"Caution\"", "The heading of `> [!CAUTION]`."),
];

const LABELS: [Setting; 3] = [
    may("table", SettingShape::Text, "\"Table\"", "What a table is called, before its number."),
    may("footnotes", SettingShape::Text, "\"Footnotes\"", "What the footnotes are called."),
    may("back", SettingShape::Text, "\"Back to text\"", "Where the sign after a footnote leads."),
];

const KIND: [Setting; 7] = [
    must("folder", SettingShape::Path, "\"topics\"", "The folder below `content` in which its pages live."),
    may("name", SettingShape::Table(&NAME), "", "What pages of this kind are called."),
    FIELDS,
    may(
        "relations",
        SettingShape::Named(Taken::Keys, "{ to = \"topic\", inverse = \"named_by\" }", &RELATION),
        "",
        "How its pages belong with pages of other kinds: stated on these pages, shown on both sides.",
    ),
    may(
        "how_to",
        SettingShape::Table(&HOW_TO),
        "",
        "If its pages say how to do something: search engines are told the steps.",
    ),
    SHOWN,
    SAFETY,
];

const HOW_TO: [Setting; 2] = [
    must(
        "steps",
        SettingShape::Filled,
        "\"steps\"",
        "The id of the heading below which the first numbered list has the steps.",
    ),
    may("time", SettingShape::Key, "\"minutes\"", "The field of whole minutes that it takes."),
];

const PAGES: [Setting; 3] = [FIELDS, SHOWN, SAFETY];

const FIELDS: Setting = may(
    "fields",
    SettingShape::Named(Taken::Keys, "{ type = \"text\" }", &FIELD),
    "",
    "The keys of their own that its pages have.",
);
const SHOWN: Setting = may("show", SettingShape::Table(&SHOW), "", "How its pages show what stands in their fields.");
const SAFETY: Setting = may(
    "safety",
    SettingShape::Word(&["required", "note", "optional"]),
    "\"note\"",
    "`note` puts a note of safety at the end of each page; `required` asks besides that each page's text leads to the page under `[help]`.",
);

const SHOW: [Setting; 9] = [
    may(
        "line",
        SettingShape::Filled,
        "\"summary\"",
        "The field that stands under the title, in place of the description.",
    ),
    may(
        "card",
        SettingShape::Texts,
        "[\"first_step\"]",
        "The fields that stand in a box of their own, above all else.",
    ),
    may(
        "facts",
        SettingShape::Texts,
        "[\"minutes\", \"cost\"]",
        "The fields that stand in a list, each with its label; without it, all that are shown nowhere else.",
    ),
    may("care", SettingShape::Texts, "[\"danger\"]", "The fields that stand in a box of care."),
    may(
        "lists",
        SettingShape::Texts,
        "[\"minutes\"]",
        "The fields that stand beside its title where pages are listed.",
    ),
    may(
        "related",
        SettingShape::Texts,
        "[\"minutes\"]",
        "The fields that stand beside its title on pages that it belongs with.",
    ),
    may(
        "excerpts",
        SettingShape::Texts,
        "[\"steps\"]",
        "The sections of the text that its card on paper holds, by the ids of their headings.",
    ),
    may("excerpt_words", SettingShape::Count, "180", "How many words these sections may have together."),
    may("accent", SettingShape::Filled, "\"second\"", "A colour or figure of the theme, by the theme's name for it."),
];

const NAME: [Setting; 2] = [
    must("one", SettingShape::Filled, "\"topic\"", "What one page is called."),
    must("other", SettingShape::Filled, "\"topics\"", "What several are called."),
];

const FIELD: [Setting; 13] = [
    must("type", SettingShape::Type(&TYPES), "\"text\"", "What stands in it."),
    REQUIRED,
    may("default", SettingShape::Scalar, "\"low\"", "What holds where a page does not say it."),
    may("unique", SettingShape::Boolean, "true", "`true` means that no two pages of the kind may say the same."),
    may("hidden", SettingShape::Boolean, "true", "`true` means that readers do not see it."),
    LABEL,
    UNIT_OF,
    HELP_ON,
    MIN,
    MAX,
    MAX_WORDS,
    VALUES,
    Setting {
        key: "keys",
        shape: SettingShape::Named(Taken::Nothing, "{ type = \"text\" }", &KEY),
        need: Need::With("type", &["map", "list of map"]),
        example: "{ name = { type = \"text\" } }",
        help: "The keys that a `map` has, or each map of a `list of map`.",
    },
];

/// A key of a map: what a field is, without what only whole pages have.
const KEY: [Setting; 9] = [
    must("type", SettingShape::Type(&KEY_TYPES), "\"text\"", "What stands in it."),
    REQUIRED,
    LABEL,
    UNIT_OF,
    HELP_ON,
    MIN,
    MAX,
    MAX_WORDS,
    VALUES,
];

const REQUIRED: Setting =
    may("required", SettingShape::Boolean, "true", "`true` means that a page without this line is not published.");
const LABEL: Setting =
    may("label", SettingShape::Filled, "\"Time\"", "What it is called on the page; without it, its name stands.");
const UNIT_OF: Setting =
    may("unit", SettingShape::Table(&UNIT), "", "How its number is written out; `{n}` stands for the number.");
const HELP_ON: Setting =
    may("help", SettingShape::Text, "\"shown below the title\"", "What it is for; told to authors.");
const MIN: Setting =
    may("min", SettingShape::Number, "1", "The least that a number may be, or the fewest entries of a list.");
const MAX: Setting =
    may("max", SettingShape::Number, "60", "The most that a number may be, or the most entries of a list.");
const MAX_WORDS: Setting = may("max_words", SettingShape::Count, "30", "How many words a text may have at most.");
const VALUES: Setting = Setting {
    key: "values",
    shape: SettingShape::Texts,
    need: Need::With("type", &["choice"]),
    example: "[\"low\", \"high\"]",
    help: "The words that a `choice` chooses from.",
};

const UNIT: [Setting; 6] = [
    must(
        "other",
        SettingShape::Filled,
        "\"{n} minutes\"",
        "How it is written of any number that has no form of its own.",
    ),
    may("zero", SettingShape::Filled, "\"{n} minutes\"", "How it is written of none, in languages that tell it apart."),
    may("one", SettingShape::Filled, "\"{n} minute\"", "How it is written of one."),
    may("two", SettingShape::Filled, "\"{n} minutes\"", "How it is written of two, in languages that tell it apart."),
    may(
        "few",
        SettingShape::Filled,
        "\"{n} minutes\"",
        "How it is written of a few, in languages that tell them apart.",
    ),
    may(
        "many",
        SettingShape::Filled,
        "\"{n} minutes\"",
        "How it is written of many, in languages that tell them apart.",
    ),
];

const RELATION: [Setting; 7] = [
    must("to", SettingShape::Kind, "\"topic\"", "The kind of the pages that it leads to."),
    must("inverse", SettingShape::Key, "\"named_by\"", "What it is called on the pages that it leads to."),
    may("label", SettingShape::Filled, "\"See also\"", "The heading above the pages that it leads to."),
    may("inverse_label", SettingShape::Filled, "\"Seen from\"", "The heading on the pages that it leads to."),
    may("min", SettingShape::Count, "2", "How many pages each page must name at least."),
    may(
        "inverse_min",
        SettingShape::Count,
        "1",
        "By how many pages each page that it leads to must be named at least.",
    ),
    may(
        "why",
        SettingShape::Word(&["required", "optional"]),
        "\"required\"",
        "Whether each page that is named needs a reason.",
    ),
];

const CHECKLIST: [Setting; 9] = [
    must("page", SettingShape::Page, "\"checklist.md\"", "The page that introduces it, below `content`."),
    must("items", SettingShape::Kind, "\"topic\"", "The kind whose pages are its lines."),
    must("statement", SettingShape::Filled, "\"statement\"", "The text field of that kind that is ticked."),
    must("suggest", SettingShape::Filled, "\"related\"", "The relation of that kind whose pages are suggested."),
    may("people", SettingShape::OneOf(&[1, 2]), "2", "How many people fill it in, each for themselves: `1` or `2`."),
    may("answers", SettingShape::Texts, "[\"The first\", \"The second\"]", "What the two are called who take turns."),
    Setting {
        key: "wishes",
        shape: SettingShape::Count,
        need: Need::Beside("people", 2),
        example: "3",
        help: "How many of the suggested pages each of the two may wish for; `0` means that nobody is asked.",
    },
    may(
        "time",
        SettingShape::Filled,
        "\"minutes\"",
        "The integer field of the suggested pages that says how long each takes: of two that help as much, the shorter stands first.",
    ),
    Setting {
        key: "only_if_both_wish",
        shape: SettingShape::Filled,
        need: Need::Beside("wishes", 1),
        example: "\"both_must_wish\"",
        help: "The boolean field of the suggested pages that marks those which are suggested only if both wish for them.",
    },
];

const REFERENCES: [Setting; 3] = [
    must(
        "file",
        SettingShape::Path,
        "\"references.yaml\"",
        "The file with the sources, below `content`, as Hayagriva writes them.",
    ),
    may("style", SettingShape::Style, "\"apa\"", "The citation style in which they are written out."),
    may("page", SettingShape::Text, "\"references.md\"", "The page that lists them, below `content`."),
];

const INDEX: [Setting; 1] =
    [must("page", SettingShape::Page, "\"a-z.md\"", "The page that holds it, below `content`.")];

const BOOK: [Setting; 1] =
    [must("page", SettingShape::Page, "\"book.md\"", "The page that holds all others, below `content`.")];

const SEARCH: [Setting; 1] = [may(
    "synonyms",
    SettingShape::Phrases,
    "{ row = \"quarrel, argument\" }",
    "Words that readers may look for, each with the words of the guide that are meant.",
)];

const HELP: [Setting; 1] = [must("page", SettingShape::Page, "\"help.md\"", "The page itself, below `content`.")];

const OFFLINE: [Setting; 1] = [may(
    "whole_up_to",
    SettingShape::Count,
    "5",
    "How many megabytes the guide may have to be kept whole; of a larger one, the pages that were opened are kept.",
)];

const FEED: [Setting; 1] =
    [may("limit", SettingShape::Count, "20", "How many pages it lists at most; `0` means that there is none.")];

const EXTERNAL: [Setting; 1] = [may(
    "skip",
    SettingShape::Addresses,
    "[\"https://friends.example/\"]",
    "Sites that are not asked: all addresses that begin with one of these.",
)];

const CHECKS: [Setting; 4] = [
    may("longest_description", SettingShape::Count, "160", "How many characters a description may have."),
    may(
        "review_after",
        SettingShape::Period,
        "\"12 months\"",
        "How long after its last review a page is to be looked at again.",
    ),
    may(
        "ignore",
        SettingShape::Codes,
        "[\"same-description\"]",
        "Warnings and advice that are not told, by name; a page may ignore some for itself under `ignore`.",
    ),
    may("error", SettingShape::Codes, "[\"image-alt\"]", "Warnings and advice that count as errors, by name."),
];

const ADVICE: [Setting; 5] = [
    may("reading_age", SettingShape::Count, "12", "The age from which on readers should find a page easy."),
    may("longest_sentence", SettingShape::Count, "25", "How many words a sentence may have."),
    may(
        "words",
        SettingShape::Phrases,
        "{ \"utilise\" = \"say `use`\" }",
        "Words that this guide would rather not use, each with what to do instead.",
    ),
    may(
        "lists",
        SettingShape::Named(Taken::Nothing, "", &WORD_LIST),
        "",
        "Lists of such words by what they do, each under its name; where they are quoted or denied, nothing is said.",
    ),
    may("ignore", SettingShape::Texts, "[\"utilised\"]", "Words that are used on purpose."),
];

const WORD_LIST: [Setting; 2] = [
    must(
        "why",
        SettingShape::Filled,
        "\"is longer than it need be\"",
        "What each word does, so that it follows the word.",
    ),
    must(
        "words",
        SettingShape::Phrases,
        "{ \"utilis*\" = \"say `use`\" }",
        "A word or several, each with what to do instead; `*` stands for any ending.",
    ),
];
