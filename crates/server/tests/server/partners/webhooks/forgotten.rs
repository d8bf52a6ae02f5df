//! How a delivery went is forgotten thirty days after it was taken; what was told is not.

use serde_json::Value;

use super::{
    super::receiver::{Answer, Receiver},
    Told, target,
};

pub(super) async fn what_was_delivered_thirty_days_ago_is_off_the_list_and_can_still_be_replayed(told: Told) {
    let receiver = Receiver::new([Answer::Status(204), Answer::Status(503)]).await;
    let deliverer = told.deliverer(told.store());
    let school = target("school", &receiver);
    told.portals.submit(&told.portals.teacher(), "one").await;
    assert!(deliverer.next(&school).await.expect("sent"));
    told.portals.submit(&told.portals.teacher(), "two").await;
    assert!(deliverer.next(&school).await.expect("tried"));
    let shown = async || told.list(&told.portals.coordinator()).await.json()["webhooks"].clone();
    let states = |list: &Value| -> Vec<String> {
        list.as_array().expect("a list").iter().map(|one| one["state"].to_string()).collect()
    };
    told.portals.clock.minutes_later(30 * 24 * 60 - 2);
    assert_eq!(deliverer.forget_delivered().await.expect("looked"), 0);
    assert_eq!(states(&shown().await), ["\"pending\"", "\"delivered\""]);
    told.portals.clock.minutes_later(5);
    assert_eq!(deliverer.forget_delivered().await.expect("forgotten"), 1);
    assert_eq!(deliverer.forget_delivered().await.expect("looked"), 0);
    assert_eq!(states(&shown().await), ["\"pending\""], "what waits stays");
    // What was told stays: a coordinator who knows the id can ask for it again.
    let id = receiver.received()[0].id().to_owned();
    assert_eq!(told.replay(&told.portals.coordinator(), &id).await.status, 204);
    assert!(deliverer.next(&school).await.expect("sent") && deliverer.next(&school).await.expect("sent"));
    let received = receiver.received();
    assert_eq!(received.iter().filter(|one| one.id() == id).count(), 2);
    assert_eq!(states(&shown().await), ["\"delivered\"", "\"delivered\""]);
}
