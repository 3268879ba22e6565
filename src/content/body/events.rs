//! The parser's events → a draft: HTML with places to be filled in, and everything that was found on the way.
//!
//! This file knows blocks; what stands within a line is in `inlines`.

use std::collections::BTreeMap;
use std::ops::Range;

use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, Event, Tag, TagEnd};

use super::html::{Buffer, Hole, clean, escape_attribute, escape_text, one_line};
use super::inlines::OpenLink;
use super::page::{Complaints, Page, suggestion};
use super::raw_html::{Kind, ids, kind};
use super::sentences::{Words, around, with_marks};
use super::{Link, Numbered, Outward, cells, citations, complaints, footnotes, headings};
use crate::base::{Known, Span, escape_html, has_forbidden, is_forbidden};

/// How deep lists, quotes and emphasis may stand within each other: browsers give up at about 500.
const DEEPEST: usize = 100;

/// A page's body as it is written, before anything is numbered.
#[derive(Default)]
pub(super) struct Draft {
    /// The HTML without the footnotes.
    pub text: Buffer,
    /// The footnotes.
    pub definitions: Vec<footnotes::Definition>,
    /// The places that name a footnote.
    pub references: Vec<footnotes::Reference>,
    /// The places that look like naming a footnote that is not there.
    pub unknown: Vec<footnotes::Reference>,
    /// The links within the guide.
    pub links: Vec<Link>,
    /// The links to other sites.
    pub outward: Vec<Outward>,
    /// The links that lead away from the page.
    pub marks: Vec<Mark>,
    /// The citations, each of one or more keys.
    pub citations: Vec<Vec<citations::Key>>,
    /// The headings.
    pub headings: Vec<headings::Draft>,
    /// The words of the tasks in task lists.
    pub tasks: Vec<String>,
    /// The ids that raw HTML gives.
    pub ids: Vec<String>,
    /// The words of the text.
    pub words: Words,
    /// The words of the footnotes.
    pub note_words: Words,
    /// What follows: nothing, or what a comment or a block of code hides that never ends.
    pub rest: Known<()>,
}

/// A link that leads away from the page.
pub(super) struct Mark {
    /// Where it leads; within the guide, by the draft's link.
    pub to: Numbered,
    /// Whether its words are its address.
    pub says_address: bool,
}

/// The plain text of the innermost block, and what waits for it to be whole.
#[derive(Default)]
pub(super) struct Block {
    /// What has been read of it.
    pub text: String,
    /// The draft's links in it, with their words.
    pub links: Vec<(usize, Range<usize>)>,
    /// The names of wiki links without words of their own.
    pub names: Vec<Range<usize>>,
    /// The draft's task that it is the label of.
    task: Option<usize>,
    /// How many raw HTML elements of each name in it have been complained of, and not ended.
    pub raw_elements: BTreeMap<String, usize>,
}

/// The table that is being read.
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    /// Where the last cell ended.
    end: usize,
    cell: &'static str,
}

/// The state of the walk over the events.
pub(super) struct Reader<'a> {
    pub page: Page<'a>,
    pub complaints: &'a mut Complaints,
    pub draft: Draft,
    /// Where the HTML goes: the text, or the footnote that is being read.
    pub out: Buffer,
    pub block: Block,
    /// The links and images around what is being read.
    pub open: Vec<OpenLink>,
    /// How many of them show something else than their words.
    pub muted: usize,
    /// Whether one of them is an `<a>`, which cannot hold another.
    pub in_anchor: bool,
    /// Where the last event ended.
    pub last_end: usize,
    /// Whether each open list, quote and emphasis is shown.
    nest: Vec<bool>,
    complained_of_depth: bool,
    notes: Vec<(footnotes::Definition, Vec<bool>)>,
    /// The level of the last heading; the page's title is one of level 1.
    pub heading_level: u8,
    table: Option<Table>,
    tables: usize,
    pub in_code: bool,
    /// The HTML block that is being read.
    pub raw: Option<String>,
}

impl<'a> Reader<'a> {
    /// A walk that has not begun.
    pub fn new(page: Page<'a>, complaints: &'a mut Complaints) -> Self {
        if let Some(place) = page.lines.too_deep {
            complaints.push(complaints::deep_nesting(page.place(place..place + 1)));
        }
        Self {
            page,
            complaints,
            draft: Draft::default(),
            out: Buffer::with_capacity(page.body.len() + page.body.len() / 4),
            block: Block::default(),
            open: Vec::new(),
            muted: 0,
            in_anchor: false,
            last_end: 0,
            nest: Vec::new(),
            complained_of_depth: page.lines.too_deep.is_some(),
            notes: Vec::new(),
            heading_level: 1,
            table: None,
            tables: 0,
            in_code: false,
            raw: None,
        }
    }

    /// Takes in one event.
    pub fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        let end = match &event {
            Event::Start(Tag::Image { .. }) => range.start + 2,
            Event::Start(_) => range.start + 1,
            _ => range.end,
        };
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, &range),
            Event::Code(text) => self.code(&text, &range),
            Event::Html(html) => self.raw.get_or_insert_default().push_str(&html),
            Event::InlineHtml(html) => self.inline_html(&html, &range),
            Event::FootnoteReference(label) => self.footnote_reference(&label, &range),
            Event::SoftBreak => self.line_break("\n"),
            Event::HardBreak => self.line_break("<br>\n"),
            Event::Rule => {
                self.finish_block();
                self.out.fresh_line();
                self.out.push("<hr>\n");
            }
            Event::TaskListMarker(done) => self.task(if done { " checked" } else { "" }),
        }
        self.last_end = end;
    }

    /// The draft, when all events have been taken in.
    pub fn finish(mut self) -> Draft {
        self.finish_block();
        self.draft.text = self.out;
        self.draft
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Emphasis => return self.open_nested("<em>", &range),
            Tag::Strong => return self.open_nested("<strong>", &range),
            Tag::Strikethrough => return self.open_nested("<del>", &range),
            Tag::Superscript => return self.open_nested("<sup>", &range),
            Tag::Subscript => return self.open_nested("<sub>", &range),
            Tag::Link { link_type, dest_url, title, id } => {
                return self.start_link(link_type, &dest_url, &title, &id, &range);
            }
            Tag::Image { link_type, dest_url, title, id } => {
                return self.start_image(link_type, &dest_url, &title, &id, &range);
            }
            _ => self.finish_block(),
        }
        match tag {
            Tag::Paragraph => self.open_block("<p>"),
            Tag::Heading { level, id, classes, attrs } => self.start_heading(level, id, &classes, &attrs, &range),
            Tag::BlockQuote(kind) => self.start_quote(kind, &range),
            Tag::CodeBlock(kind) => self.start_code(&kind, &range),
            Tag::HtmlBlock => self.raw = Some(String::new()),
            Tag::List(start) => self.start_list(start, &range),
            Tag::Item => self.open_in_list("<li>"),
            Tag::FootnoteDefinition(label) => self.start_footnote(&label, &range),
            Tag::DefinitionList => self.start_nested_block("<dl>\n", &range),
            Tag::DefinitionListTitle => self.open_in_list("<dt>"),
            Tag::DefinitionListDefinition => self.open_in_list("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => self.start_row("<thead><tr>", "th"),
            Tag::TableRow => self.start_row("<tr>", "td"),
            Tag::TableCell => self.start_cell(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::Emphasis => return self.close_nested("</em>"),
            TagEnd::Strong => return self.close_nested("</strong>"),
            TagEnd::Strikethrough => return self.close_nested("</del>"),
            TagEnd::Superscript => return self.close_nested("</sup>"),
            TagEnd::Subscript => return self.close_nested("</sub>"),
            TagEnd::Link | TagEnd::Image => return self.end_link(&range),
            TagEnd::Heading(_) => self.finish_heading(),
            _ => {}
        }
        self.finish_block();
        match tag {
            TagEnd::Paragraph => self.out.push("</p>\n"),
            TagEnd::Heading(level) => self.end_heading(level),
            TagEnd::BlockQuote(None) => self.close_nested("</blockquote>\n"),
            TagEnd::BlockQuote(Some(_)) => self.close_nested("</aside>\n"),
            TagEnd::CodeBlock => {
                self.in_code = false;
                self.out.push("</code></pre>\n");
            }
            TagEnd::HtmlBlock => self.end_html_block(&range),
            TagEnd::List(true) => self.close_nested("</ol>\n"),
            TagEnd::List(false) => self.close_nested("</ul>\n"),
            TagEnd::Item => self.close_in_list("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.close_nested("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_in_list("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.close_in_list("</dd>\n"),
            TagEnd::Table => {
                self.table = None;
                self.out.push("</tbody></table></section>\n");
            }
            TagEnd::TableHead => self.out.push("</tr></thead><tbody>\n"),
            TagEnd::TableRow => {
                self.check_row(&range);
                self.out.push("</tr>\n");
            }
            TagEnd::TableCell => self.end_cell(range.end),
            _ => {}
        }
    }

    /// Hands on what the innermost block's text is needed for, and begins the next.
    fn finish_block(&mut self) {
        let words = if self.is_in_footnote() { &mut self.draft.note_words } else { &mut self.draft.words };
        words.count(&self.block.text);
        if let Some(task) = self.block.task.take() {
            self.draft.tasks[task] = one_line(&self.block.text);
        }
        if !self.block.links.is_empty() {
            let (links, words): (Vec<_>, Vec<_>) = self.block.links.drain(..).unzip();
            let sentences = if self.block.names.is_empty() {
                around(&self.block.text, &words)
            } else {
                let (text, words) = with_marks(&self.block.text, &self.block.names, &words);
                around(&text, &words)
            };
            for (link, sentence) in links.into_iter().zip(sentences) {
                self.draft.links[link].sentence = sentence;
            }
        }
        self.block.names.clear();
        self.block.text.clear();
        self.block.raw_elements.clear();
    }

    /// Opens an element that begins a line.
    pub fn open_block(&mut self, tag: &str) {
        self.out.fresh_line();
        self.out.push(tag);
    }

    /// Opens an element that may stand within its like, unless it stands too deep.
    fn open_nested(&mut self, tag: &str, range: &Range<usize>) {
        let is_shown = self.nest.len() < DEEPEST;
        self.nest.push(is_shown);
        if is_shown {
            self.write(tag);
        } else if !self.complained_of_depth {
            self.complained_of_depth = true;
            let place = self.page.place(range.start..range.start + 1);
            self.complaints.push(complaints::deep_nesting(place));
        }
    }

    fn close_nested(&mut self, tag: &str) {
        if self.nest.pop() == Some(true) {
            self.write(tag);
        }
    }

    fn start_nested_block(&mut self, tag: &str, range: &Range<usize>) {
        if self.nest.len() < DEEPEST {
            self.out.fresh_line();
        }
        self.open_nested(tag, range);
    }

    /// Opens a part of a list, unless the list stands too deep to be shown.
    fn open_in_list(&mut self, tag: &str) {
        if self.nest.last() != Some(&false) {
            self.open_block(tag);
        }
    }

    fn close_in_list(&mut self, tag: &str) {
        if self.nest.last() != Some(&false) {
            self.out.push(tag);
        }
    }

    fn start_list(&mut self, start: Option<u64>, range: &Range<usize>) {
        match start {
            None => self.start_nested_block("<ul>\n", range),
            Some(1) => self.start_nested_block("<ol>\n", range),
            Some(start) => self.start_nested_block(&format!("<ol start=\"{start}\">\n"), range),
        }
    }

    fn task(&mut self, checked: &str) {
        let tail = self.out.tail();
        if !tail.ends_with("<li>") && !tail.ends_with("<li>\n<p>") {
            return;
        }
        if let Some(item) = tail.rfind("<li>") {
            tail.insert_str(item + 3, " class=\"task\"");
        }
        self.out.push(&format!("<input type=\"checkbox\" disabled{checked} aria-label=\""));
        self.out.hole(Hole::TaskLabel(self.draft.tasks.len()));
        self.out.push("\"> ");
        self.block.task = Some(self.draft.tasks.len());
        self.draft.tasks.push(String::new());
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>, range: &Range<usize>) {
        let Some(kind) = kind else {
            self.check_callout(range);
            return self.start_nested_block("<blockquote>\n", range);
        };
        let (number, name) = match kind {
            BlockQuoteKind::Note => (0, "note"),
            BlockQuoteKind::Tip => (1, "tip"),
            BlockQuoteKind::Important => (2, "important"),
            BlockQuoteKind::Warning => (3, "warning"),
            BlockQuoteKind::Caution => (4, "caution"),
        };
        let title = escape_html(&self.page.rules.callouts[number]);
        let tag = format!("<aside class=\"callout callout-{name}\" aria-label=\"{title}\">\n");
        self.start_nested_block(&tag, range);
        if self.nest.last() == Some(&true) {
            self.out.push(&format!("<p class=\"callout-title\">{title}</p>\n"));
        }
    }

    /// Complains of `> [!WORD]` where no callout has that name.
    fn check_callout(&mut self, range: &Range<usize>) {
        let quote = self.page.body.get(range.start + 1..range.end).unwrap_or_default();
        let inside = quote.trim_start_matches([' ', '\t']);
        let Some(rest) = inside.strip_prefix("[!") else { return };
        let length = rest.bytes().take(40).position(|b| b == b']').unwrap_or_default();
        let (word, rest) = rest.split_at(length);
        let stands_alone = rest.trim_start_matches([']', ' ']).starts_with(['\n', '\r']) || rest == "]";
        if stands_alone && !word.is_empty() && word.chars().all(char::is_alphanumeric) {
            let start = range.start + 1 + quote.len() - inside.len();
            let known = ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION"].map(str::to_owned);
            let place = self.page.place(start..start + word.len() + 3);
            self.complaints.push(complaints::unknown_callout(place, word, suggestion(word, &known)));
        }
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>, range: &Range<usize>) {
        self.in_code = true;
        self.open_block("<pre><code");
        if let CodeBlockKind::Fenced(info) = kind {
            self.check_controls(info, range);
            if let Some(language) = info.split_whitespace().next() {
                self.out.push(" class=\"language-");
                escape_attribute(self.out.tail(), language);
                self.out.push("\"");
            }
        }
        self.out.push(">");
    }

    fn end_html_block(&mut self, range: &Range<usize>) {
        let html = self.raw.take().unwrap_or_default();
        let span = trimmed(self.page.body, range);
        match (kind(&html), self.page.rules.unsafe_html) {
            (Kind::OpenComment, _) => {
                self.draft.rest = Known::Reported;
                self.complaints.push(complaints::open_comment(self.page.place(span)));
            }
            (_, true) => {
                self.out.fresh_line();
                self.pass_html(&html);
            }
            (Kind::Comments, false) => {}
            (Kind::Markup, false) => {
                self.complaints.push(complaints::raw_html(self.page.place(span), html.trim()));
                self.open_block("<p>");
                escape_text(self.out.tail(), html.trim());
                self.out.push("</p>\n");
            }
        }
    }

    /// Passes HTML on as it is written.
    pub fn pass_html(&mut self, html: &str) {
        let html = clean(html);
        self.draft.ids.extend(ids(&html).map(str::to_owned));
        self.write(&html);
    }

    /// Is what is being read part of a list, a quote or an emphasis?
    pub fn is_nested(&self) -> bool {
        !self.nest.is_empty()
    }

    /// Is what is being read part of a footnote?
    pub fn is_in_footnote(&self) -> bool {
        !self.notes.is_empty()
    }

    fn start_footnote(&mut self, label: &str, range: &Range<usize>) {
        let text = self.page.body.get(range.clone()).unwrap_or_default();
        let length = text.find("]:").map_or(1, |end| end + 1);
        let definition = footnotes::Definition {
            key: footnotes::key(label),
            label: label.to_owned(),
            span: Span::new(range.start, range.start + length),
            html: std::mem::take(&mut self.out),
        };
        self.notes.push((definition, std::mem::take(&mut self.nest)));
    }

    fn end_footnote(&mut self) {
        if let Some((mut definition, nest)) = self.notes.pop() {
            std::mem::swap(&mut definition.html, &mut self.out);
            self.nest = nest;
            self.draft.definitions.push(definition);
        }
    }

    /// Is what is being read part of a table?
    pub fn is_in_table(&self) -> bool {
        self.table.is_some()
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.tables += 1;
        let number = self.tables;
        self.open_block(&format!(
            "<section class=\"table\" tabindex=\"0\" aria-label=\"{} {number}\"><table>",
            escape_html(&self.page.rules.labels.table)
        ));
        self.table = Some(Table { alignments, column: 0, end: 0, cell: "th" });
    }

    fn start_row(&mut self, tag: &str, cell: &'static str) {
        self.out.push(tag);
        if let Some(table) = &mut self.table {
            table.column = 0;
            table.cell = cell;
        }
    }

    fn start_cell(&mut self) {
        let Some(table) = &self.table else { return };
        let tag = if table.cell == "th" { "<th scope=\"col\"" } else { "<td" };
        let class = match table.alignments.get(table.column) {
            Some(Alignment::Left) => " class=\"align-start\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-end\">",
            _ => ">",
        };
        self.out.push(tag);
        self.out.push(class);
    }

    /// Complains of a cell that ends too early, or else of what stands behind the last column: the parser drops it.
    fn check_row(&mut self, range: &Range<usize>) {
        let Some(table) = &self.table else { return };
        if let Some(complaint) = cells::parted(&self.page, range) {
            return self.complaints.push(complaint);
        }
        let is_frame = ['|', ' ', '\t', '\n'];
        let rest = self.page.body.get(table.end..range.end).unwrap_or_default();
        let start = range.end - rest.trim_start_matches(is_frame).len();
        let lost = self.page.body[start..range.end].trim_end_matches(is_frame);
        if !lost.is_empty() {
            let place = self.page.place(start..start + lost.len());
            self.complaints.push(complaints::table_cell(place, table.alignments.len()));
        }
    }

    fn end_cell(&mut self, end: usize) {
        if let Some(table) = &mut self.table {
            table.column += 1;
            table.end = end;
            self.out.push(&format!("</{}>", table.cell));
        }
    }

    /// Adds HTML of a line, unless a link or image shows something else.
    pub fn write(&mut self, html: &str) {
        if self.muted == 0 {
            self.out.push(html);
        }
    }

    /// Complains of control characters that are written as entities; those in the file itself are found before.
    pub fn check_controls(&mut self, text: &str, range: &Range<usize>) {
        if !has_forbidden(text) {
            return;
        }
        let written = self.page.body.get(range.clone()).unwrap_or_default();
        if !written.contains(is_forbidden) {
            let place = self.page.place(range.clone());
            self.complaints.push(complaints::control_character(place));
        }
    }
}

/// A stretch of the body without the white space at its end.
pub(super) fn trimmed(body: &str, range: &Range<usize>) -> Span {
    let text = body.get(range.clone()).unwrap_or_default();
    Span::new(range.start, range.start + text.trim_end().len())
}
