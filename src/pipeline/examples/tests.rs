use super::*;
use crate::base::Request;
use crate::pipeline::build;

const SITE: &str =
    "title = \"A guide\"\nbase_url = \"https://guide.example/\"\ntheme = \"plain\"\nauthor = \"Your name\"\n";
const HOME: &str = "---\ntitle: A guide\n---\nCome in.\n\n> [!TIP]\n> Begin here. Take this\n> out, with `care`.\n";
const OWN: &str =
    "title = \"A guide\"\nbase_url = \"https://wanda.github.io/\"\ntheme = \"plain\"\nauthor = \"Wanda\"\n";

/// What is told of a guide with these settings and this first page, by file, line and the text of the place.
fn told(request: Request, settings: &str, home: &str) -> Vec<String> {
    let mut examples = Examples::default();
    examples.add(SITE, HOME);
    let template = "<meta http-equiv=\"Content-Security-Policy\" content=\"{{ csp }}\">";
    let files = [("site.toml", settings), ("content/_index.md", home), ("themes/plain/templates/page.html", template)];
    let mut sources = Sources::new(request);
    for (path, text) in files {
        sources.insert(SourcePath::new(path), Source::bytes(text.as_bytes()));
    }
    let mut memory = Memory::new();
    assert_eq!(build(&sources, &mut memory).0.diagnostics, [], "no build asks");
    let told = tell_examples(&sources, &memory, &examples);
    let place = |found: &Diagnostic| {
        let span = found.place.span.expect("it has a place");
        let text = sources.text(&found.place.path).expect("it is a text");
        format!("{} {}: {}", found.code, found.place.path, &text[span.start..span.end])
    };
    told.iter().map(place).collect()
}

#[test]
fn what_a_starter_says_is_told_where_it_stands_and_not_what_an_author_says() {
    let wanted = [
        "example-address site.toml: \"https://guide.example/\"",
        "example-words site.toml: \"Your name\"",
        "example-words content/_index.md: Begin here.",
    ];
    assert_eq!(told(Request::default(), SITE, HOME), wanted);
    assert_eq!(told(Request::default(), OWN, "---\ntitle: A guide\n---\nCome in.\n"), [""; 0]);
}

#[test]
fn words_are_found_however_they_are_broken_into_lines_but_not_in_a_note_to_oneself() {
    let home = |body: &str| told(Request::default(), OWN, &format!("---\ntitle: A guide\n---\n{body}\n"));
    assert_eq!(home("Take\nthis out, with `care`."), ["example-words content/_index.md: Take\nthis out, with `care`."]);
    assert_eq!(home("<!--\n> Begin here.\n-->\nWords."), [""; 0]);
    assert_eq!(home("> Begin here, or elsewhere."), [""; 0]);
}

#[test]
fn who_names_another_address_publishes_there() {
    let request = Request { base_url: Some("https://wanda.github.io/".to_owned()), ..Request::default() };
    let settings = SITE.replace("Your name", "Wanda");
    assert_eq!(told(request, &settings, "---\ntitle: A guide\n---\n"), [""; 0]);
}

#[test]
fn an_author_ignores_in_settings_and_on_the_page() {
    let settings = format!("{SITE}checks.ignore = [\"example-address\"]\n");
    let home = HOME.replace("title: A guide", "title: A guide\nignore: [example-words]");
    assert_eq!(told(Request::default(), &settings, &home), ["example-words site.toml: \"Your name\""]);
}
