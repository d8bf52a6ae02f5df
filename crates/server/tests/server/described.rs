//! Every reply to every test is compared with the description of the interface: its status, its media type, its headers and
//! its body. Here no list of operations can be forgotten: whatever a test asks is checked.

use std::{
    collections::BTreeMap,
    sync::{LazyLock, Mutex, PoisonError},
};

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::wire::Reply;

/// The description. References in it lead to where it is in [`schema`].
static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    let document =
        assessment_server::openapi_document().replace("\"#/components/", "\"#/document/components/");
    serde_json::from_str(&document).expect("JSON")
});

/// Schemas that were used, by their place in the document. Making one takes longer than asking it.
static VALIDATORS: Mutex<BTreeMap<String, &'static Validator>> = Mutex::new(BTreeMap::new());

/// Asserts that the description has this reply. What is no operation, such as a file of the form, is not looked at.
#[track_caller]
pub(crate) fn check(method: &str, path: &str, reply: &Reply) {
    let method = method.to_lowercase();
    let Some((address, operation)) = operation(&method, path) else { return };
    let place = format!("{method} {address} {}", reply.status);
    let responses = operation["responses"].as_object().expect("responses");
    let status = reply.status.to_string();
    let Some(response) = responses.get(&status) else { panic!("{place} is not described: {}", reply.text) };
    let own = ["paths", address, &method, "responses", &status].map(escaped).join("/");
    // What many operations may answer is described once.
    let shared = response["$ref"].as_str().and_then(|at| at.strip_prefix("#/document/"));
    let at = shared.map_or(own, str::to_owned);
    let response = DOCUMENT.pointer(&format!("/{at}")).expect("what is referred to");
    for (name, header) in response["headers"].as_object().into_iter().flatten() {
        let is_there = reply.headers.contains_key(name.as_str());
        assert!(is_there || header["required"] != json!(true), "{place} has no {name}");
    }
    let Some(content) = response["content"].as_object().filter(|content| !content.is_empty()) else {
        assert_eq!(reply.text, "", "{place} has a body, and none is described");
        return;
    };
    let found = reply.header("content-type");
    let media_type = found.split(';').next().unwrap_or_default();
    let described = content.get(media_type);
    assert!(described.is_some(), "{place} is {found}, and {:?} are described", content.keys());
    if !media_type.ends_with("json") {
        return;
    }
    let pointer = format!("{at}/content/{}/schema", escaped(media_type));
    let body = reply.json();
    let wrong: Vec<String> = validator(&pointer)
        .iter_errors(&body)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(wrong.is_empty(), "{place} is not as described: {wrong:#?}");
}

/// A name as a part of a pointer.
fn escaped(part: &str) -> String {
    part.replace('~', "~0").replace('/', "~1")
}

/// The operation that takes this request, and its address in the description.
fn operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let parts: Vec<&str> = path.split('/').collect();
    let fits = |address: &str| {
        let described: Vec<&str> = address.split('/').collect();
        let is_same =
            |(one, found): (&&str, &&str)| one == found || (one.starts_with('{') && !found.is_empty());
        described.len() == parts.len() && described.iter().zip(&parts).all(is_same)
    };
    let all = DOCUMENT["paths"].as_object()?;
    // An address without a placeholder comes before one with: `/people/search` is no person.
    let exact = all.get_key_value(path);
    let (address, item) = exact.or_else(|| all.iter().find(|(address, _)| fits(address)))?;
    Some((address, item.get(method)?))
}

fn validator(pointer: &str) -> &'static Validator {
    let mut made = VALIDATORS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(validator) = made.get(pointer) {
        return validator;
    }
    let validator: &'static Validator = Box::leak(Box::new(schema(pointer)));
    made.insert(pointer.to_owned(), validator);
    validator
}

/// The schema at that place in the document, with the others that it names.
pub(crate) fn schema(pointer: &str) -> Validator {
    // A reference is a URI, and the addresses of operations have braces.
    let reference = format!("#/document/{}", pointer.replace('{', "%7B").replace('}', "%7D"));
    let schema = json!({ "$ref": reference, "document": &*DOCUMENT });
    jsonschema::options()
        .should_validate_formats(true)
        .build(&schema)
        .unwrap_or_else(|error| panic!("{pointer}: {error}"))
}

#[test]
fn every_example_is_right_by_its_schema() {
    let mut examples = 0;
    let mut check = |pointer: &str, example: &Value| {
        let wrong: Vec<String> =
            schema(pointer).iter_errors(example).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{pointer}: {wrong:#?}");
        examples += 1;
    };
    for (address, item) in DOCUMENT["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("operations") {
            let place = format!("paths/{}/{method}", address.replace('/', "~1"));
            if let Some(example) = operation.pointer("/requestBody/content/application~1json/example") {
                check(&format!("{place}/requestBody/content/application~1json/schema"), example);
            } else {
                assert!(
                    operation.get("requestBody").is_none(),
                    "{method} {address} has no example of what is sent"
                );
            }
            for (index, parameter) in operation["parameters"].as_array().into_iter().flatten().enumerate() {
                for example in parameter["schema"]["examples"].as_array().into_iter().flatten() {
                    check(&format!("{place}/parameters/{index}/schema"), example);
                }
            }
        }
    }
    assert!(examples > 30, "{examples}");
}

#[test]
fn complete_answers_are_right_by_the_schema_of_answers_and_made_up_ones_are_not() {
    let answers = schema("components/schemas/Answers");
    let complete = crate::answers::complete(crate::answers::fixed_today());
    let wrong: Vec<String> =
        answers.iter_errors(&complete).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(answers.is_valid(&crate::answers::first_version()));
    for made_up in [
        json!({ "no_such_section": {} }),
        json!({ "identifying_details": { "shoe_size": "4" } }),
        json!({ "identifying_details": { "family_name": 4 } }),
        json!({ "services_involved": {} }),
        json!([]),
    ] {
        assert!(!answers.is_valid(&made_up), "{made_up}");
    }
}
