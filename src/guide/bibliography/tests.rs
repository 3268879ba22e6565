use super::*;
use crate::base::{Code, line_column};

/// Two sources in the guide's own world.
const TWO: &str = "\
moon2019:
  type: book
  title: Listening for Two
  author: Moon, Ada
  date: 2019
  publisher: Lantern
reed2021:
  type: article
  title: Ten minutes an evening
  author: [\"Reed, Bo\", \"Moon, Ada\"]
  date: 2021-05
  page-range: 12-19
  serial-number: { doi: 10.1000/ten }
  parent:
    title: Slow Talk
    volume: 3
";

fn load_as(style: &str, language: &str, text: &str) -> (Bibliography, Vec<Diagnostic>) {
    let place = Place::at(&SourcePath::new("site.toml"), Span::new(10, 13));
    load(text, &SourcePath::new("references.yaml"), &Manner { name: style, place: &place, language })
}

/// One line for each complaint: place, code, message, label.
fn complaints_of(text: &str) -> Vec<String> {
    let (_, diagnostics) = load_as("apa", "en-US", text);
    let line = |diagnostic: &Diagnostic| {
        let span = diagnostic.place.span.unwrap_or_default();
        let at = line_column(text, span.start);
        let shown = text.get(span.start..span.end).unwrap_or("?");
        let label = if diagnostic.label.is_empty() { String::new() } else { format!(" ({})", diagnostic.label) };
        format!("{}:{} `{shown}` {}: {}{label}", at.line, at.column, diagnostic.code, diagnostic.message)
    };
    diagnostics.iter().map(line).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(complaints_of(text), expected, "{text}");
}

/// The HTML of the entry `a`.
fn html(style: &str, fields: &str) -> String {
    let (bibliography, diagnostics) = load_as(style, "en-US", &format!("a: {{{fields}}}"));
    assert_eq!(diagnostics, []);
    bibliography.get("a").expect("the entry is there").html.to_string()
}

#[test]
fn a_source_is_written_out_in_the_style_that_is_asked_for() {
    let (bibliography, diagnostics) = load_as("apa", "en-US", TWO);
    assert_eq!(diagnostics, []);
    let book = bibliography.get("moon2019").unwrap();
    assert_eq!(&*book.html, "Moon, A. (2019). <em>Listening for Two</em>. Lantern.");
    assert_eq!(&*book.text, "Moon, A. (2019). Listening for Two. Lantern.");
    assert_eq!(book.url, None);
    let article = bibliography.get("reed2021").unwrap();
    assert_eq!(
        &*article.html,
        "Reed, B., &amp; Moon, A. (2021). Ten minutes an evening. <em>Slow Talk</em>, <em>3</em>, 12–19. \
         <a rel=\"external noopener\" href=\"https://doi.org/10.1000/ten\">https://doi.org/10.1000/ten</a>"
    );
    assert_eq!(article.url.as_deref(), Some("https://doi.org/10.1000/ten"));
    assert_eq!(&TWO[article.span.start..article.span.end], "reed2021");
}

#[test]
fn numeric_styles_lose_their_number() {
    let fields = "type: book, title: Listening, author: 'Moon, Ada', date: 2019, publisher: Lantern";
    assert_eq!(html("ieee", fields), "A. Moon, <em>Listening</em>. Lantern, 2019.");
    assert_eq!(html("american-institute-of-physics", fields), "A. Moon, <em>Listening</em> (Lantern, 2019).");
    assert_eq!(html("springer-vancouver", fields), "Moon A. Listening. Lantern; 2019.");
    assert_eq!(html("nature", fields), "Moon, A. <em>Listening</em>. (Lantern, 2019).");
}

#[test]
fn vancouver_names_the_authors() {
    let fields = "type: book, title: Listening, author: ['Moon, Ada', 'Reed, Bo'], date: 2019";
    assert_eq!(html("vancouver", fields), "Moon A, Reed B. Listening. 2019.");
}

#[test]
fn the_words_between_are_in_the_language_of_the_guide() {
    let (bibliography, _) = load_as("chicago-author-date", "de", TWO);
    let text = &bibliography.get("reed2021").unwrap().text;
    assert!(text.starts_with("Reed, Bo, und Ada Moon. 2021."), "{text}");
}

#[test]
fn no_markup_of_an_author_comes_through() {
    let html = html("apa", "type: book, title: '<script>x</script> & \"y\"', date: 2019, author: '<b>, A'");
    assert!(html.contains("&lt;script&gt;x&lt;/script&gt; &amp;"), "{html}");
    assert!(!html.contains("<script") && !html.contains("<b>"), "{html}");
}

#[test]
fn only_web_addresses_become_links() {
    let (bibliography, _) = load_as("apa", "en-US", "a: {type: web, title: T, url: 'javascript:alert(1)'}");
    let reference = bibliography.get("a").unwrap();
    assert!(!reference.html.contains("<a"), "{}", reference.html);
    assert_eq!(reference.url, None);
}

#[test]
fn a_doi_may_be_pasted_as_an_address() {
    let html = html("apa", "type: article, title: T, serial-number: {doi: 'https://doi.org/10.1000/ten'}");
    assert!(html.ends_with(">https://doi.org/10.1000/ten</a>"), "{html}");
}

#[test]
fn addresses_are_known_with_the_places_where_they_are_written() {
    let text = "a:\n  type: web\n  title: A\n  url: { value: \"https://a.example/x y\", date: 2020-01-01 }\n\
                b:\n  type: article\n  title: B\n  serial-number: { doi: https://doi.org/10.1000/ten }\n\
                c:\n  type: article\n  title: C\n  parent: { title: P, url: HTTPS://C.example }\n\
                d:\n  type: book\n  title: D\n";
    let (bibliography, _) = load_as("apa", "en-US", text);
    let outward = bibliography.iter().flat_map(|reference| &reference.outward);
    let shown: Vec<_> =
        outward.map(|link| format!("{} {}", link.address, &text[link.span.start..link.span.end])).collect();
    assert_eq!(
        shown,
        [
            "https://a.example/x%20y \"https://a.example/x y\"",
            "https://doi.org/10.1000/ten https://doi.org/10.1000/ten",
            "https://c.example/ HTTPS://C.example",
        ]
    );
}

#[test]
fn numbers_and_words_of_yaml_may_be_titles() {
    assert_eq!(html("apa", "type: book, title: 1984, date: 1949"), "<em>1984</em>. (1949).");
    assert_eq!(html("apa", "type: book, title: no, date: 1949"), "<em>no</em>. (1949).");
}

#[test]
fn sources_are_in_the_order_of_their_text() {
    let text = "z: {type: book, title: Z, author: 'Émile, A'}\ny: {type: book, title: Y, author: 'Zed, A'}\n\
                x: {type: book, title: X, author: 'eve, A'}\nw: {type: article, title: '“Dusk”'}";
    let (bibliography, diagnostics) = load_as("apa", "en-US", text);
    assert_eq!(diagnostics, []);
    let keys: Vec<_> = bibliography.in_order().iter().map(|reference| &*reference.key).collect();
    assert_eq!(keys, ["w", "z", "x", "y"]);
    assert_eq!(bibliography.keys().collect::<Vec<_>>(), ["w", "x", "y", "z"]);
}

#[test]
fn an_empty_file_has_no_sources() {
    for text in ["", "# nothing yet\n", "---\n", "~"] {
        let (bibliography, diagnostics) = load_as("apa", "en-US", text);
        assert!(bibliography.is_empty() && diagnostics.is_empty(), "{text}");
    }
}

#[test]
fn an_unknown_style_is_reported_at_its_place_and_apa_stands_in() {
    let (bibliography, diagnostics) = load_as("appa", "en-US", TWO);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(diagnostics[0].message, "there is no citation style `appa`");
    assert_eq!(diagnostics[0].label, "did you mean `apa`?");
    assert_eq!(diagnostics[0].place, Place::at(&SourcePath::new("site.toml"), Span::new(10, 13)));
    assert_eq!(bibliography.iter().len(), 2);
    let (_, diagnostics) = load_as("alphanumeric", "en-US", "");
    assert_eq!(diagnostics[0].code, Code::UnknownStyle);
}

#[test]
fn broken_yaml_is_reported_where_it_breaks() {
    check(
        "moon2019:\n  type: book\n  title: Listening: a guide\n",
        &["3:19 `:` references-file: the references cannot be read from here on"],
    );
    check(
        "a:\n  type: book\n---\nb:\n",
        &[
            "3:1 `---` references-file: the references cannot be read from here on (a line of three hyphens stands at the beginning or nowhere)",
        ],
    );
    check("- a\n", &["1:1 `- a` references-shape: this file does not list sources below their keys"]);
}

#[test]
fn keys_are_made_of_plain_letters() {
    check(
        "moon & reed: {type: misc, title: T}",
        &["1:1 `moon & reed` reference-key: `moon & reed` cannot be the key of a source"],
    );
    check("'': {type: misc, title: T}", &["1:1 `''` reference-key: this cannot be the key of a source"]);
    check("müller: {type: misc, title: T}", &["1:1 `müller` reference-key: `müller` cannot be the key of a source"]);
    check("2019_a-B: {type: misc, title: T}", &[]);
}

#[test]
fn a_key_stands_once() {
    let text = "a: {type: misc, title: T}\na: {type: misc, title: U}";
    check(text, &["2:1 `a` reference-twice: there are two sources with the key `a`"]);
    let (_, diagnostics) = load_as("apa", "en-US", text);
    assert_eq!(diagnostics[0].notes[0].place.span, Some(Span::new(0, 1)));
}

#[test]
fn each_mistake_of_an_entry_is_reported_at_its_value() {
    check(
        "moon2019:\n  type: bok\n  titel: Listening\n  title: [a]\n  date: May 2019\n  url: moon.org\n  parent:\n    date: soon\n",
        &[
            "3:3 `titel` unknown-reference-field: `moon2019` has the field `titel`, which sources do not have (did you mean `title`?)",
            "2:9 `bok` reference-type: `moon2019` has the type `bok`, which sources do not have (did you mean `book`?)",
            "4:10 `[a]` reference-value: this list cannot be the `title` of `moon2019`",
            "5:9 `May 2019` reference-value: `May 2019` cannot be the `date` of `moon2019`",
            "6:8 `moon.org` reference-value: `moon.org` cannot be the `url` of `moon2019`",
            "8:11 `soon` reference-value: `soon` cannot be the `date` of `moon2019`",
        ],
    );
    check("a:\n  title: T\n", &["1:1 `a` reference-without-type: the source `a` does not say what kind of work it is"]);
    check("a: Listening\n", &["1:1 `a` reference-without-fields: the source `a` has no fields"]);
    check(
        "a: {type: misc, note: lent}\n",
        &["1:1 `a` reference-without-name: the source `a` has neither a title nor an author"],
    );
    check(
        "a: {type: web, title: T, url: 'ftp://a'}",
        &["1:31 `'ftp://a'` reference-address: readers cannot follow the address `ftp://a` of `a`"],
    );
    check(
        "a: {type: misc, title: T, title: U}",
        &["1:27 `title` reference-field-twice: `a` has the field `title` twice"],
    );
}

#[test]
fn a_source_with_mistakes_is_still_there() {
    let (bibliography, _) = load_as("apa", "en-US", "a: {type: book, title: Listening, date: soon}\nb: 3");
    assert_eq!(&*bibliography.get("a").unwrap().text, "Listening. (n.d.).");
    assert_eq!(&*bibliography.get("b").unwrap().text, "b");
}

#[test]
fn places_are_right_after_a_byte_order_mark_and_with_crlf() {
    let text = "\u{feff}# für zwei\r\na:\r\n  type: misc\r\n  titel: 💛\r\n  title: T\r\n";
    check(
        text,
        &[
            "4:3 `titel` unknown-reference-field: `a` has the field `titel`, which sources do not have (did you mean `title`?)",
        ],
    );
}

#[test]
fn a_parent_may_be_written_once_and_pointed_to() {
    let text =
        "a: {type: article, title: T, parent: &talk {title: Slow Talk}}\nb: {type: article, title: U, parent: *talk}";
    check(text, &[]);
    let (bibliography, _) = load_as("apa", "en-US", text);
    assert!(bibliography.get("b").unwrap().text.contains("Slow Talk"));
}

#[test]
fn hostile_files_end_soon_in_one_complaint() {
    let nested = "[".repeat(20_000);
    let indented = (0..600).fold(String::new(), |text, depth| text + &" ".repeat(depth) + "a:\n");
    let bomb = (1..30).fold("a0: &a0 [x, x]\n".to_owned(), |text, i| {
        text + &format!("a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 20].join(", "))
    });
    for text in [nested, indented, bomb, "a: &a [*a]".to_owned(), "x".repeat(LIMIT + 1), "{".repeat(LIMIT)] {
        let (bibliography, diagnostics) = load_as("apa", "en-US", &text);
        assert!(bibliography.is_empty());
        assert_eq!(diagnostics.len(), 1, "{text:.40}");
        assert!(diagnostics[0].is_error());
    }
}

/// Odd values in every field: nothing may panic, in styles that differ as much as can be.
#[test]
fn odd_values_are_written_out_or_refused() {
    let values = [
        "''",
        "', '",
        "'{'",
        "'$x'",
        "-5",
        "99999999999999999999",
        "'1--2,3'",
        "2020-13",
        "-0001",
        "{name: ''}",
        "[]",
        "['', a]",
        "'É “ß’'",
    ];
    let mut text = String::new();
    for (i, field) in entries::FIELDS.iter().enumerate().filter(|(_, field)| **field != "type") {
        for (j, value) in values.iter().enumerate() {
            let fields = format!("{field}: {value}");
            text.extend([
                &format!("k{i}-{j}: {{type: article, title: T, {fields}, "),
                "parent: {title: P, ",
                &fields,
                "}}\n",
            ]);
        }
    }
    for style in ["apa", "vancouver", "chicago-author-date", "gost-r-705-2008-numeric", "deutsche-sprache"] {
        let (bibliography, _) = load_as(style, "fr", &text);
        assert_eq!(bibliography.iter().len(), (entries::FIELDS.len() - 1) * values.len());
    }
}
