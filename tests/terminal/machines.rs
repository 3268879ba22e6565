//! What programs read: every line of `--format json` fits the schema that is documented for it.

use std::fs;
use std::path::Path;

use serde_json::Value;

use super::{cases, run};

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
