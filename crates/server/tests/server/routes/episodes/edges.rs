//! Where pages of lists may begin and end: as far as the databases count, and not a number further.

use super::{Person, on_both};
use crate::app::App;

on_both! {
    a_page_begins_at_no_number_beyond_those_that_there_are;
}

const LAST: &str = "9223372036854775807";
const BEYOND: [&str; 3] = ["9223372036854775808", "18446744073709551615", "18446744073709551616"];

async fn a_page_begins_at_no_number_beyond_those_that_there_are(app: App) {
    let lead = Person::new(&app, "health-visitor").await;
    let episode = lead.start().await;
    let coordinator = Person::new(&app, "coordinator").await;
    for (who, path, edge) in [
        (&coordinator, "/api/v1/audit".to_owned(), "before"),
        (&coordinator, "/api/v1/audit".to_owned(), "after"),
        (&lead, format!("{episode}/access-log"), "before"),
        (&lead, format!("{episode}/notes"), "after"),
    ] {
        for number in ["0", LAST] {
            let read = who.get(&format!("{path}?{edge}={number}")).await;
            assert_eq!(read.status, 200, "{path} {edge} {number}: {}", read.text);
        }
        for number in BEYOND {
            who.get(&format!("{path}?{edge}={number}")).await.refused(400, "bad-query");
        }
    }
}
