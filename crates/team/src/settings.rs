//! What an authority's profile says about teams: its clocks, and whether lead professionals have money to spend on a plan.
//! Who may do what is not here: see `docs/access.md`.

use strict_json::{Fields, read_data};

use crate::clocks::{Timescale, Timescales, timescale};

/// The settings of an authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSettings {
    /// Whether lead professionals have money to spend on a plan.
    pub uses_budget: bool,
    /// How long each clock may run.
    pub timescales: Timescales,
}

/// Whether lead professionals have money to spend on a plan, by a profile that a server has checked. Nothing else of it is
/// read: a browser needs no clocks.
#[must_use]
pub fn uses_budget(profile: &str) -> bool {
    let read = |all: &Fields<'_>| {
        all.ignore_rest();
        let mut uses_budget = false;
        all.optional_group("team", &mut |team| {
            team.ignore_rest();
            uses_budget = team.optional_flag("uses_budget");
        });
        uses_budget
    };
    read_data(profile, read).unwrap_or_default()
}

impl TeamSettings {
    /// Reads the part `team` of a profile. A profile without it has the built-in clocks and no budgets.
    ///
    /// # Errors
    /// What is wrong and where, in words for the person who edits the profile.
    pub fn read(profile: &str) -> Result<TeamSettings, Vec<String>> {
        let read = |all: &Fields<'_>| {
            all.ignore_rest();
            let (mut uses_budget, mut changes) = (false, Vec::<Timescale>::new());
            all.optional_group("team", &mut |team| {
                uses_budget = team.optional_flag("uses_budget");
                team.optional_list("timescales", &mut |one| {
                    let Some(change) = timescale(one) else { return };
                    if changes.iter().any(|other| other.clock == change.clock) {
                        one.wrong("code", "this clock is there twice");
                    }
                    changes.push(change);
                });
            });
            (uses_budget, changes)
        };
        let (uses_budget, changes) = read_data(profile, read)
            .map_err(|wrong| wrong.iter().map(ToString::to_string).collect::<Vec<_>>())?;
        let timescales = Timescales::load(Timescales::built_in())?.with(&changes).map_err(|refused| {
            let why = |code: &crate::clocks::ClockCode| {
                [
                    "team.timescales: `",
                    code.as_str(),
                    "` is set by law or national guidance. It may be shorter, not longer",
                ]
                .concat()
            };
            refused.iter().map(why).collect::<Vec<_>>()
        })?;
        Ok(TeamSettings { uses_budget, timescales })
    }
}
