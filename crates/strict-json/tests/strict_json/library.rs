//! Whatever the text, the strict reader and the library see the same value, or it is refused for being ambiguous.

use proptest::prelude::*;
use serde_json::Value;
use strict_json::{Limits, Reason, read};

fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        "\\PC{0,8}|[\u{0}-\u{7f}]{0,8}".prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 5, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
            proptest::collection::btree_map("[ab\"\\\\é]{0,3}", inner, 0..5)
                .prop_map(|fields| Value::Object(fields.into_iter().collect())),
        ]
    })
}

proptest! {
    #[test]
    fn json_is_read_as_the_library_reads_it(value in json_value(), spoilt in any::<prop::sample::Index>(), with in "\\PC?|[{}:,0e\"\\\\]") {
        for mut text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
            let library = serde_json::from_str::<Value>(&text).unwrap();
            prop_assert_eq!(read(text.as_bytes(), &Limits::default()), Ok(library));
            // One character less or another one: both refuse it, or both see the same.
            let at = (0..text.len()).filter(|at| text.is_char_boundary(*at)).collect::<Vec<_>>();
            let at = at[spoilt.index(at.len())];
            let length = text[at..].chars().next().map_or(0, char::len_utf8);
            text.replace_range(at..at + length, &with);
            let library = serde_json::from_str::<Value>(&text).ok();
            match read(text.as_bytes(), &Limits::default()) {
                Err(refused) if matches!(refused.reason, Reason::RepeatedName { .. }) => {}
                ours => prop_assert_eq!(ours.ok(), library, "{}", text),
            }
        }
    }
}
