//! Who can see the screen, and whether it is blank. It belongs to the window and not to the record: it is not saved with it,
//! not sent and not printed, and it changes no answer.

use super::{Effect, FormState};

/// Who can see the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mode {
    /// The family can: the practitioner's own parts and all warnings are hidden, and it is only said that there is
    /// something to read. A window begins like this (decision record 0023).
    #[default]
    WithFamily,
    /// Only the practitioner can.
    OnOwn,
}

/// What a window keeps of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Privacy {
    /// Who can see the screen.
    pub mode: Mode,
    /// Whether nothing of the form is shown.
    pub is_blank: bool,
}

/// The practitioner said who can see the screen.
pub(super) fn chosen(state: &mut FormState, mode: Mode) -> Vec<Effect> {
    if state.privacy.mode == mode {
        return Vec::new();
    }
    state.privacy.mode = mode;
    let said = match mode {
        // A screen reader is loud in a room: it does not say what was hidden from whom.
        Mode::WithFamily => "mode.ready",
        Mode::OnOwn => "mode.on_own",
    };
    vec![Effect::KeepPrivacy(state.privacy), Effect::Announce(said)]
}

/// The screen is blanked or shown again. Nothing else changes: what was being saved or sent goes on.
pub(super) fn blanked(state: &mut FormState, is_blank: bool) -> Vec<Effect> {
    if state.privacy.is_blank == is_blank {
        return Vec::new();
    }
    state.privacy.is_blank = is_blank;
    let show = if is_blank { Effect::Blank } else { Effect::ShowAgain };
    vec![Effect::KeepPrivacy(state.privacy), show]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_window_begins_with_the_family_and_with_the_screen_on() {
        assert_eq!(Privacy::default(), Privacy { mode: Mode::WithFamily, is_blank: false });
    }

    #[test]
    fn blanking_changes_nothing_else_and_twice_is_once() {
        let mut state = FormState::default();
        let before = state.clone();
        assert!(blanked(&mut state, true).contains(&Effect::Blank));
        assert_eq!(blanked(&mut state, true), []);
        assert!(blanked(&mut state, false).contains(&Effect::ShowAgain));
        assert_eq!(state, before);
    }

    #[test]
    fn the_mode_is_kept_and_said_once() {
        let mut state = FormState::default();
        let effects = chosen(&mut state, Mode::OnOwn);
        assert_eq!(effects, [Effect::KeepPrivacy(state.privacy), Effect::Announce("mode.on_own")]);
        assert_eq!(chosen(&mut state, Mode::OnOwn), []);
    }
}
