//! Roughly where an episode is, for the register: from the child's school and postcode, and only where somebody has said that
//! the address may be known. Anything else would say how to find a child whose address is kept.

use assessment_engine::{answers::Answers, areas::district_and_sector};
use assessment_form::{is_blank, typed::squeezed};
use jiff::Timestamp;

use crate::store::{Store, StoreError, episodes::Asker, register::Locality};

/// Where the child of these answers is.
pub(super) fn of(answers: &Answers) -> Locality {
    let details = &answers.identifying_details;
    if details.address_confidential != "no" {
        return Locality::default();
    }
    let school = Some(&details.setting).filter(|name| !is_blank(name)).map(|name| squeezed(name));
    let (district, sector) = district_and_sector(&details.address.postcode).unzip();
    Locality { school, district, sector }
}

/// The step as the database remembers it.
const STEP: &str = "episode-places";

/// How many episodes at a time.
const AT_ONCE: u32 = 500;

/// Notes where the episodes are that were stored before the register was; once, in one transaction.
///
/// # Errors
/// If the store fails. Nothing is noted then.
pub(crate) async fn place_old(store: &dyn Store, at: Timestamp) -> Result<(), StoreError> {
    match attempt(store, at).await {
        // Another program did it at the same time.
        Err(StoreError::Conflict(_)) => attempt(store, at).await,
        outcome => outcome,
    }
}

async fn attempt(store: &dyn Store, at: Timestamp) -> Result<(), StoreError> {
    let mut unit = store.begin().await?;
    if unit.is_upgraded(STEP).await? {
        return unit.cancel().await;
    }
    let Some(system) = Asker::program() else { return unit.cancel().await };
    loop {
        let old = unit.register().unplaced(&system, AT_ONCE).await?;
        if old.is_empty() {
            return unit.upgraded(STEP, at).await;
        }
        for (id, answers) in old {
            // What was accepted once can be read; of anything else nothing is known.
            let place = Answers::read(&answers).map(|reading| of(&reading.answers)).unwrap_or_default();
            unit.register().place(&system, id, &place).await?;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(address_confidential: &str) -> Locality {
        let mut answers = Answers::default();
        let details = &mut answers.identifying_details;
        details.address_confidential = address_confidential.to_owned();
        details.address.postcode = "ls6 1ab".to_owned();
        details.setting = "Woodhouse Moor Primary School".to_owned();
        of(&answers)
    }

    #[test]
    fn an_address_that_nobody_said_may_be_known_places_nothing_b42() {
        for kept in ["yes", "", "unknown"] {
            assert_eq!(place(kept), Locality::default(), "{kept}");
        }
        let open = place("no");
        assert_eq!((open.district.as_deref(), open.sector.as_deref()), (Some("LS6"), Some("LS6 1")));
        assert_eq!(open.school, Some(squeezed("Woodhouse Moor Primary School")));
    }
}
