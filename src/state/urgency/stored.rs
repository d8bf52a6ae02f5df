//! Urgency as it is stored with a record: JSON members that later and earlier versions can read. What cannot be read is
//! left out, and the record then counts as not watched since it began: an action may be older than it seems.

use assessment_form::{PartialDate, parse_day};
use assessment_rules::Moment;
use jiff::civil::{DateTime, Time};
use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::{Gone, Known, Urgency};
use crate::state::Certainty;

/// Urgency ready to be written.
pub(in crate::state) struct StoredUrgency<'a>(pub(in crate::state) &'a Urgency);

impl Serialize for StoredUrgency<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Urgency { known, gone, .. } = self.0;
        let mut codes = Map::new();
        codes.extend(known.iter().map(|(code, known)| (code.clone(), known_json(known))));
        let gone: Vec<Value> = gone.iter().map(gone_json).collect();
        json!({"known": codes, "gone": gone}).serialize(serializer)
    }
}

impl Urgency {
    /// Reads what was stored; for a record of an earlier version, nothing.
    pub(in crate::state) fn from_stored(stored: &Value) -> Urgency {
        let mut urgency = Urgency { is_whole: stored.is_object(), ..Urgency::default() };
        for (code, value) in stored["known"].as_object().into_iter().flatten() {
            match known(value) {
                Some(known) => drop(urgency.known.insert(code.clone(), known)),
                None => urgency.is_whole = false,
            }
        }
        for value in stored["gone"].as_array().into_iter().flatten() {
            match gone(value) {
                Some(gone) => urgency.gone.push(gone),
                None => urgency.is_whole = false,
            }
        }
        urgency
    }
}

fn known_json(known: &Known) -> Value {
    json!({
        "since": moment_json(known.since),
        "certain_since": known.certain_since.map(moment_json),
        "again_since": known.again_since.map(moment_json),
        "at_least": known.at_least,
        "shown": known.shown.map(code),
        "causes": known.causes,
        "spent": known.spent,
    })
}

fn known(value: &Value) -> Option<Known> {
    Some(Known {
        since: moment(&value["since"])?,
        certain_since: moment(&value["certain_since"]),
        again_since: moment(&value["again_since"]),
        at_least: value["at_least"].as_bool().unwrap_or(true),
        shown: certainty(&value["shown"]),
        causes: texts(&value["causes"]),
        spent: value["spent"].as_u64().and_then(|spent| usize::try_from(spent).ok()).unwrap_or_default(),
    })
}

fn gone_json(gone: &Gone) -> Value {
    json!({
        "action": gone.action,
        "was": code(gone.was),
        "now": gone.now.map(code),
        "because": gone.because,
        "at": moment_json(gone.at),
        "read": gone.read,
    })
}

fn gone(value: &Value) -> Option<Gone> {
    Some(Gone {
        action: value["action"].as_str()?.to_owned(),
        was: certainty(&value["was"])?,
        now: certainty(&value["now"]),
        because: texts(&value["because"]),
        at: moment(&value["at"])?,
        read: value["read"].as_str().map(str::to_owned),
    })
}

fn code(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Certain => "certain",
        Certainty::NotSure => "not_sure",
    }
}

fn certainty(value: &Value) -> Option<Certainty> {
    [Certainty::Certain, Certainty::NotSure]
        .into_iter()
        .find(|certainty| value.as_str() == Some(code(*certainty)))
}

fn texts(value: &Value) -> Vec<String> {
    let texts = value.as_array().into_iter().flatten();
    texts.filter_map(|text| text.as_str().map(str::to_owned)).collect()
}

/// The instant in seconds, and the minute that the authority's clocks showed.
fn moment_json(moment: Moment) -> Value {
    let time = moment.local.time();
    let local = format!("{}T{:02}:{:02}", PartialDate::Day(moment.local.date()), time.hour(), time.minute());
    json!({"at": moment.instant, "local": local})
}

fn moment(value: &Value) -> Option<Moment> {
    let (day, time) = value["local"].as_str()?.split_once('T')?;
    let (hour, minute) = time.split_once(':')?;
    let time = Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()?;
    let local = DateTime::from_parts(parse_day(day)?, time);
    Some(Moment { instant: value["at"].as_i64()?, local })
}
