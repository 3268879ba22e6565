//! What programs read: every line of `--format json` fits the schema that is documented for it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{cases, run, words};

/// Does `value` fit, as far as our schema's few words go?
fn fits(value: &Value, schema: &Value, whole: &Value) -> bool {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(value, whole.pointer(name.trim_start_matches('#')).expect("it is defined"), whole);
    }
    if let Some(words) = schema["enum"].as_array() {
        return words.contains(value);
    }
    let is = |name: &str| match name {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.as_str().is_some_and(|text| text.len() as u64 >= schema["minLength"].as_u64().unwrap_or(0)),
        "integer" => value.as_u64().is_some_and(|number| number >= schema["minimum"].as_u64().unwrap_or(0)),
        "null" => value.is_null(),
        _ => panic!("this test does not know the type {name}"),
    };
    let types = &schema["type"];
    let has_type = types
        .as_str()
        .map_or_else(|| types.as_array().is_some_and(|all| all.iter().filter_map(Value::as_str).any(is)), is);
    let is_required = |name: &Value| name.as_str().is_some_and(|name| value.get(name).is_some());
    let has_required = schema["required"].as_array().is_none_or(|names| names.iter().all(is_required));
    let known = |(name, inner): (&String, &Value)| {
        schema["properties"].get(name).is_some_and(|schema| fits(inner, schema, whole))
    };
    let has_known = value.as_object().is_none_or(|object| object.iter().all(known));
    has_type
        && has_required
        && has_known
        && value.as_array().is_none_or(|items| items.iter().all(|item| fits(item, &schema["items"], whole)))
}

#[test]
fn every_problem_fits_its_schema() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/report/problem.schema.json");
    let schema: Value = serde_json::from_str(&fs::read_to_string(path).expect("it is there")).expect("it is JSON");
    let mut count = 0;
    for path in cases::paths() {
        let case = cases::sections(&fs::read_to_string(&path).expect("a case is text"));
        let root = tempfile::tempdir().expect("a temporary folder");
        cases::write(root.path(), &cases::of(&case[1..]));
        let output = run(root.path(), &["check", "--format", "json"]);
        for line in String::from_utf8(output.stdout).expect("JSON is text").lines() {
            let problem = serde_json::from_str(line).expect("each line is JSON");
            assert!(fits(&problem, &schema, &schema), "{}: {line}", path.display());
            count += 1;
        }
    }
    assert!(count > 100, "there are problems");
    assert!(!fits(&serde_json::json!({ "code": "odd" }), &schema, &schema));
}

/// A guide with three warnings on one page, and what its author chose to hear of them.
fn guide(checks: &str) -> TempDir {
    let root = tempfile::tempdir().expect("a temporary folder");
    let mut site = cases::of(&[]);
    let text = b"---\ntitle: Walking\n---\n## How\n\n#### When\n\n![](/a.png) and [this] (../signs/silence.md).\n";
    site.insert("content/practices/walking.md".to_owned(), text.to_vec());
    site.insert("static/a.png".to_owned(), b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01".to_vec());
    let settings = String::from_utf8_lossy(&site["site.toml"]).replace("guide.example", "wanda.github.io");
    let settings = settings.replace("ignore = [\"example-address\"]", checks);
    site.insert("site.toml".to_owned(), settings.into_bytes());
    cases::write(root.path(), &site);
    root
}

/// The severities and codes in an answer of each form, and the code that the command ends with.
fn told(root: &Path, format: &str, options: &[&str]) -> (Vec<String>, Option<i32>) {
    let output = run(root, &[&["check", "--format", format], options].concat());
    let text = String::from_utf8(output.stdout).expect("it is text");
    let line = |value: &Value, severity: &str, code: &str| {
        format!("{} {}", value[severity].as_str().unwrap_or_default(), value[code].as_str().unwrap_or_default())
    };
    let value = |line: &str| serde_json::from_str::<Value>(line).expect("it is JSON");
    let told = match format {
        "json" => text.lines().map(|one| line(&value(one), "severity", "code")).collect(),
        "sarif" => {
            let log = value(&text);
            let results = log["runs"][0]["results"].as_array().expect("there are results");
            results.iter().map(|one| line(one, "level", "ruleId")).collect()
        }
        _ => {
            let command = |line: &str| {
                let (severity, rest) = line.strip_prefix("::")?.split_once(' ')?;
                let code = rest.split_once("title=")?.1.split(['[', ']', ',', ':']).next()?;
                Some(format!("{severity} {code}"))
            };
            text.lines().map(|line| command(line).unwrap_or_else(|| line.to_owned())).collect()
        }
    };
    (told, output.status.code())
}

#[test]
fn what_an_author_chose_weighs_the_same_in_every_form() {
    let all = "warning heading-skip, warning image-alt, warning like-a-link";
    for (checks, options, expected, end) in [
        ("", &[][..], all, 0),
        ("", &["--strict"], all, 1),
        ("ignore = [\"heading-skip\"]", &[], "warning image-alt, warning like-a-link", 0),
        ("error = [\"image-alt\"]", &[], "warning heading-skip, error image-alt, warning like-a-link", 1),
        ("ignore = [\"heading-skip\", \"image-alt\", \"like-a-link\"]", &["--strict"], "", 0),
    ] {
        let root = guide(checks);
        for format in ["json", "github", "sarif"] {
            let (told, code) = told(root.path(), format, options);
            assert_eq!((&*told.join(", "), code), (expected, Some(end)), "{format}, {checks}, {options:?}");
        }
    }
}

#[test]
fn a_warning_that_counts_as_an_error_stops_publishing_and_one_that_is_ignored_does_not() {
    let choices = "ignore = [\"heading-skip\", \"like-a-link\"]";
    let root = guide(&format!("{choices}\nerror = [\"image-alt\"]"));
    let shown = words(&run(root.path(), &["build"]));
    assert!(shown.starts_with("error[image-alt]") && shown.contains("nothing was published"), "{shown}");
    let root = guide("ignore = [\"heading-skip\", \"like-a-link\", \"image-alt\"]");
    assert_eq!(run(root.path(), &["build", "--strict"]).status.code(), Some(0));
}
