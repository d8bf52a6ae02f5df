//! What is erased when, and what keeps it: the list of what a run would erase, the run itself, erasing what a person decided
//! on, and erasing again after a backup was restored. Knows no HTTP and no SQL. Periods and reasons to keep are
//! `assessment_people::retention`'s.
//!
//! ```text
//! page of episodes ─► Facts: holds, requests, joins, births ─► verdict ─► listed
//!                                      └─► asked again, with the record locked ─► store: erase ─► audit, one transaction
//! ```

mod draft;
mod erasing;
mod facts;
mod plan;
mod reapply;
mod run;
pub(crate) mod story;

pub(crate) use erasing::{NotErased, Wanted, erase};
pub(crate) use facts::Child;
pub use plan::{Line, page};
pub use reapply::{Reapplied, reapply};
pub use run::{Done, Listed, erased, list, operator, run};

use assessment_people::retention::Periods;

/// How many episodes are looked at in one unit of work. On SQLite nobody else writes meanwhile.
const PAGE: u32 = 100;

/// An authority's periods, from its profile; the usual ones where it names none.
///
/// # Errors
/// Why its periods are refused, in words for the person who edits the profile.
pub fn periods(profile: &str) -> Result<Periods, String> {
    #[derive(serde::Deserialize)]
    struct Profile {
        retention: Option<Periods>,
    }
    match serde_json::from_str::<Profile>(profile) {
        Ok(profile) => Ok(profile.retention.unwrap_or_else(Periods::usual)),
        Err(error) => Err(format!("profile: retention: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_names_its_periods_or_has_the_usual_ones() {
        assert_eq!(periods("{\"id\":\"x\"}"), Ok(Periods::usual()));
        let of = |years: u8| {
            format!(
                "{{\"retention\":{{\"early_help\":{{\"keep\":\"until-age\",\"years\":{years}}},\
                 \"draft\":{{\"keep\":\"days-after-change\",\"days\":30}},\
                 \"access_log\":{{\"keep\":\"years-after-change\",\"years\":7}}}}}}"
            )
        };
        assert!(periods(&of(21)).is_ok_and(|periods| periods != Periods::usual()));
        let refused = periods(&of(0)).err().unwrap_or_default();
        assert!(refused.contains("nought"), "{refused}");
        assert!(periods("{\"retention\":{\"early_help\":7}}").is_err());
    }
}
