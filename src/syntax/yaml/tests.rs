use super::*;

fn key(name: &str) -> Step {
    Step::Key(name.into())
}

#[track_caller]
fn check(yaml: &str, path: &[Step], expected: &str) {
    let text = format!("---\n{yaml}---\n");
    let span = Places::read(&text, 4..4 + yaml.len()).value(path);
    assert_eq!(&text[span.start..span.end], expected);
}

#[track_caller]
fn fails(yaml: &str, kind: ErrorKind) {
    assert_eq!(Document::read(yaml, 0..yaml.len()).map(|_| ()).map_err(|error| error.kind), Err(kind), "{yaml}");
}

#[test]
fn values_are_found_where_they_stand() {
    check("a: [ 'x' , \"y\" ]\n", &[key("a"), Step::Index(0)], "'x'");
    check("a: [ 'x' , \"y\" ]\n", &[key("a"), Step::Index(1)], "\"y\"");
    let yaml = "title: Café talk\r\npractices:\r\n  - to: ten-minutes\r\n    why: \"It is short.\"\r\n  - empathy\r\n";
    check(yaml, &[key("title")], "Café talk");
    check(yaml, &[key("practices"), Step::Index(0), key("to")], "ten-minutes");
    check(yaml, &[key("practices"), Step::Index(0), key("why")], "\"It is short.\"");
    check(yaml, &[key("practices"), Step::Index(1)], "empathy");
    let list = "- to: ten-minutes\r\n    why: \"It is short.\"\r\n  - empathy";
    check(yaml, &[key("practices"), Step::Index(7)], list);
}

#[test]
fn each_node_knows_its_place_and_the_way_to_it() {
    let text = "title: a\ntags: [x, 1.10]\ntitle: b\n";
    let document = Document::read(text, 0..text.len()).expect("it is YAML");
    let root = document.root();
    let keys: Vec<_> = root.children().map(|child| (child.name(), child.key_span().start)).collect();
    assert_eq!(keys, [("title".into(), 0), ("tags".into(), 9), ("title".into(), 25)]);
    let tags = root.get("tags").expect("it is there");
    let second = tags.children().nth(1).expect("it is there");
    assert_eq!((second.written(), second.span()), ("1.10".into(), Span::new(19, 23)));
    assert_eq!((second.path(), second.name()), (vec![key("tags"), Step::Index(1)], "tags".into()));
}

#[test]
fn what_stands_behind_an_alias_has_the_place_of_the_alias() {
    let text = "a: &x {b: 1}\nc: *x\n";
    let document = Document::read(text, 0..text.len()).expect("it is YAML");
    let root = document.root();
    let alias = root.get("c").expect("it is there");
    let inner = alias.get("b").expect("the alias is followed");
    assert_eq!((inner.span(), inner.written()), (Span::new(16, 18), "1".into()));
}

#[test]
fn what_is_no_yaml_says_what_kind_of_mistake_it_is() {
    fails("a: *x\n", ErrorKind::UnknownAlias);
    fails("a: 1\n...\nb: 2\n", ErrorKind::SecondDocument);
    fails("a: \"x \\d\"\n", ErrorKind::Escape);
    fails("a: \u{7}\n", ErrorKind::Control);
    fails("a: \"x\nb: 2\n", ErrorKind::OpenQuote);
    fails("a: [x, y\nb: 2\n", ErrorKind::Brackets);
    fails("a: x]\n b: [}\n", ErrorKind::Lines);
    fails("a: x\n  b: y\n", ErrorKind::Lines);
    fails(" a: x\nb: y\n", ErrorKind::Lines);
    fails("a: x\n---\nb: y\n", ErrorKind::SecondDocument);
}

#[test]
fn depth_and_repetition_are_bounded() {
    fails(&format!("a: {}\n", "[".repeat(500_000)), ErrorKind::TooDeep);
    fails(&format!("a: {}{}\n", "[".repeat(200), "]".repeat(200)), ErrorKind::TooDeep);
    let list = format!("a: &a [{}]\n", "1,".repeat(10_000));
    fails(&format!("{list}b: [{}]\n", "*a,".repeat(10_000)), ErrorKind::TooMuch);
    let bomb: Vec<String> = (1..30).map(|i| format!("a{i}: &a{i} [*a{0}, *a{0}]\n", i - 1)).collect();
    fails(&format!("a0: &a0 [x]\n{}", bomb.concat()), ErrorKind::TooMuch);
    fails("a: &a [*a]\n", ErrorKind::TooDeep);
    let _ = Places::read("{ ? [a]: b, c\n", 0..14);
}

#[test]
fn names_that_nothing_uses_are_found_with_their_values() {
    let text = "a: &x one\nb: &y two\nc: *x\nd: &z\n";
    let unused = Places::read(text, 0..text.len()).unused_names(text);
    assert_eq!(unused.iter().map(|span| &text[span.start..span.end]).collect::<Vec<_>>(), ["&y two", "&z"]);
}
