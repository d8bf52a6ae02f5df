//! Whose a record is, and the form while it is locked. A record that was begun by somebody who has signed in is theirs: on a
//! shared computer nobody else opens it, and it is sent under no other name (decision record 0045). One that was begun while
//! nobody was signed in is anybody's, as it always was, until somebody sends it.

use super::own_page::Known;
use super::update::{PORTAL_SIGN_IN, SIGN_IN, save_unsaved, send};
use super::{Effect, Event, Focus, FormState, Page, Record, SaveStatus, SavedRecord, SavedRecords, Sent};

/// What is kept of a form that shows nothing until its person signs in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Locked {
    /// For whom it opens.
    pub whose: Whose,
    /// The page that they were at.
    pub page: Page,
    /// The id of the record that was open.
    pub record: Option<String>,
    /// Why it did not open when somebody tried last: a wording key.
    pub not_opened: Option<&'static str>,
}

/// For whom a form opens that is locked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whose {
    /// For this person, and for nobody else.
    Person(String),
    /// Nobody was signed in: for the next one who signs in, who then gets what is theirs.
    Nobodys,
    /// For the one who gave the portal's token that counted when it was locked. Who that is is not known yet.
    NotKnownYet,
    /// For nobody: who was there cannot be found out any more. The page has to be loaded again.
    Unknown,
}

/// Records on this device that belong to somebody who is not signed in here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Others {
    /// How many there are.
    pub count: usize,
    /// How many of them wait to be sent.
    pub waiting: usize,
}

impl FormState {
    /// Whether a record with this owner can be opened and sent by the person who is signed in here.
    #[must_use]
    pub fn is_own(&self, owner: Option<&String>) -> bool {
        owner.is_none() || owner == self.person.as_ref()
    }

    /// Whether a record that waits goes without another press. What was sent while nobody was signed in goes in the name of
    /// the one who followed its link to sign in, and in no one else's.
    #[must_use]
    pub fn goes_by_itself(&self, id: &str, owner: Option<&String>) -> bool {
        match (owner, &self.person) {
            (None, Some(_)) => self.followed.as_deref() == Some(id),
            (owner, person) => owner.is_none() || owner == person.as_ref(),
        }
    }

    /// What is said of a record in the list that waits to be sent, as a wording key. Where the server said last that somebody
    /// else is signed in, or that somebody has to sign in, it does not go by itself.
    #[must_use]
    pub fn waiting_key(&self, record: &SavedRecord) -> &'static str {
        if !self.goes_by_itself(&record.id, record.owner.as_ref()) {
            return "drafts.waiting_for_a_press";
        }
        match self.others_wait.get(&record.id) {
            Some(&"submit.other_person") => "drafts.waiting_for_its_person",
            Some(&SIGN_IN) => "drafts.waiting_for_sign_in",
            Some(&PORTAL_SIGN_IN) => "drafts.waiting_for_portal",
            _ => "drafts.waiting",
        }
    }

    /// Whether the open record waits until the person who is signed in says that it goes in their name.
    #[must_use]
    pub fn waits_for_a_press(&self) -> bool {
        self.record.as_ref().is_some_and(|record| {
            let is_nobodys = record.owner.is_none() && matches!(record.sent, Sent::Waiting(_));
            is_nobodys && !self.goes_by_itself(&record.id, None)
        })
    }

    /// Leaves other people's records out of the list and counts them: nothing of them is shown or kept.
    pub(super) fn own(&self, records: Vec<SavedRecord>) -> (Vec<SavedRecord>, Others) {
        let mut others = Others::default();
        let mut own = Vec::with_capacity(records.len());
        for record in records {
            if self.is_own(record.owner.as_ref()) {
                own.push(record);
            } else {
                others.count += 1;
                others.waiting += usize::from(record.waiting);
            }
        }
        (own, others)
    }

    /// A record that begins here belongs to the person who is signed in, also where that became known a moment later. Not
    /// once it was sent: it goes in nobody's name without a press.
    pub(super) fn claim(&mut self) -> bool {
        // Who asks while the form is locked need not be the one who wrote.
        let Some(person) = self.person.as_ref().filter(|_| self.locked.is_none()) else { return false };
        let is_new =
            |record: &&mut Record| record.owner.is_none() && record.base.is_empty() && record.is_open();
        let Some(record) = self.record.as_mut().filter(is_new) else { return false };
        record.owner = Some(person.clone());
        record.revision > 0
    }
}

/// Whether a form that is locked takes an event: it only ends what it was doing, and opens and shows nothing.
pub(super) fn goes_on(event: &Event) -> bool {
    matches!(
        event,
        Event::PersonKnown(_)
            | Event::LockedFor(_)
            | Event::NotUnlocked(_)
            | Event::Saved(..)
            | Event::NotSaved(_)
            | Event::Copied(_)
            | Event::Delivered(..)
            | Event::StoreLost
            | Event::TokenCame(_)
            | Event::PrefillGiven(_)
    )
}

/// Somebody has signed in or out, here or in another window.
pub(super) fn person_known(state: &mut FormState, person: Option<String>) -> Vec<Effect> {
    if person.is_none() {
        // Who followed a link to sign in came back without doing so, and may be gone. The next person is not the sender.
        state.followed = None;
    }
    if person == state.person {
        return Vec::new();
    }
    let before = std::mem::replace(&mut state.person, person);
    // Why something could not be sent for one person says nothing about the next.
    state.others_wait.clear();
    // What the server showed one person is not for the next.
    state.own_page = Known::Nothing;
    if let Some(locked) = &state.locked {
        let may = match (&locked.whose, &state.person) {
            (Whose::Person(theirs), Some(person)) => theirs == person,
            (Whose::Nobodys, Some(_)) => true,
            (Whose::NotKnownYet | Whose::Unknown, _) | (_, None) => false,
        };
        return if may { unlocked(state) } else { Vec::new() };
    }
    let is_closed = |record: &Record| state.person.is_none() || !state.is_own(record.owner.as_ref());
    let is_work = before.is_some() && matches!(state.page, Page::Work(_));
    if is_work || state.record.as_ref().is_some_and(is_closed) {
        return lock(state, before.map_or(Whose::Nobodys, Whose::Person));
    }
    let mut effects = vec![Effect::ReadRemembered];
    if state.person.is_some()
        && let Some((id, page)) = state.awaited.take()
    {
        effects.push(Effect::Read(id, page));
    }
    if state.page == Page::Start {
        // Names that are not for the next person go at once.
        state.saved_records = SavedRecords::Unread;
        effects.push(Effect::ReadSavedRecords);
    }
    if state.person.is_some() {
        effects.extend(send(state));
        effects.push(Effect::SendWaiting);
    }
    effects
}

/// The form is to show nothing until its person signs in again. `is_portals` says that a portal knows who that is, where
/// nobody here does.
pub(super) fn locked(state: &mut FormState, is_portals: bool) -> Vec<Effect> {
    if state.locked.is_some() {
        return Vec::new();
    }
    let whose = match state.person.take() {
        Some(person) => Whose::Person(person),
        None if is_portals => Whose::NotKnownYet,
        None => Whose::Nobodys,
    };
    lock(state, whose)
}

/// Who gave the token that counted when the form was locked, or that nobody can say any more. It opens for nobody by that: who
/// is there now has to be asked for again.
pub(super) fn locked_for(state: &mut FormState, person: Option<String>) -> Vec<Effect> {
    let Some(locked) = state.locked.as_mut().filter(|locked| locked.whose == Whose::NotKnownYet) else {
        return Vec::new();
    };
    locked.not_opened = None;
    match person {
        Some(person) => {
            // What was begun before anybody was known is theirs.
            locked.whose = Whose::Person(person.clone());
            match &mut state.record {
                Some(record) if record.owner.is_none() && record.is_open() => {
                    record.owner = Some(person);
                    record.revision += 1;
                    vec![Effect::Save(Box::new(record.written()))]
                }
                _ => Vec::new(),
            }
        }
        None => {
            locked.whose = Whose::Unknown;
            // The page that is loaded again does not come back to the record.
            vec![Effect::Remember(Page::Start)]
        }
    }
}

/// Why the form stays locked.
pub(super) fn not_unlocked(state: &mut FormState, why: &'static str) {
    if let Some(locked) = &mut state.locked {
        locked.not_opened = Some(why);
    }
}

/// Saves first. What is on disk then leaves the page's memory.
fn lock(state: &mut FormState, whose: Whose) -> Vec<Effect> {
    let mut effects = save_unsaved(state);
    // What was about to be opened is where they were.
    let (record, page) = match (&state.record, state.awaited.take()) {
        (None, Some((id, page))) => (Some(id), page.unwrap_or(Page::Tasks)),
        (record, _) => (record.as_ref().map(|record| record.id.clone()), state.page.clone()),
    };
    state.locked = Some(Locked { whose, page, record, not_opened: None });
    (state.saved_records, state.remembered, state.followed, state.own_page) = Default::default();
    // The page comes back as it was before it was blanked.
    state.privacy.is_blank = false;
    effects.push(Effect::KeepPrivacy(state.privacy));
    if !state.is_unsaved() {
        let_go(state);
    }
    effects
}

/// What is on disk is not kept here while the form is locked. It may have become a copy, under another id.
pub(super) fn let_go(state: &mut FormState) {
    if let Some(locked) = &mut state.locked
        && let Some(record) = state.record.take()
    {
        locked.record = Some(record.id);
        state.save = SaveStatus::Nothing;
    }
}

/// Back to where they were. What could not be saved meanwhile is still here.
fn unlocked(state: &mut FormState) -> Vec<Effect> {
    let Some(Locked { page, record, .. }) = state.locked.take() else { return Vec::new() };
    let mut effects = vec![Effect::ReadRemembered];
    match record {
        Some(id) if state.record.is_none() => {
            state.page = Page::Start;
            effects.push(Effect::Read(id, Some(page)));
        }
        Some(_) => effects.push(Effect::Move(Focus::Heading)),
        None => effects.extend([Effect::ReadSavedRecords, Effect::Move(Focus::Heading)]),
    }
    // While the form was locked nothing was tried again.
    effects.push(Effect::SendWaiting);
    effects
}
