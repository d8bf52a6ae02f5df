//! Whom to ring now: which contact answers at a given local time, and who answers instead of one that does not. No clock:
//! the time is an argument, and it is the time in the authority's zone, not the device's.
//!
//! There are three answers: open, closed, and not known. Not known is never read as closed or as open: both numbers are
//! then in view. Every line-up has a number that answers now, or two of which one does.

use jiff::civil::{Date, DateTime, Weekday};

use super::RulePack;
use super::bank_holidays::{BankHolidays, IsBankHoliday};
use super::day;
use super::opening_hours::{OnBankHolidays, OpeningHours, Period, TimeOfDay, WeeklyHours};
use super::pack::{HARM_ACTION, OUT_OF_HOURS_ACTION};
use super::source::{Contact, UrgentAction};

/// Days that are searched for the next opening. The longest closure in the calendar, Christmas, is four or five days.
const DAYS_AHEAD: usize = 31;
/// Hours: an action that may wait longer can wait for the office to open.
const UNTIL_TOMORROW: u32 = 24;

/// Now, and which bank holidays are known.
#[derive(Debug, Clone, Copy)]
pub struct LocalTime<'a> {
    /// Date and time in the authority's zone; `None` where the device cannot tell.
    pub now: Option<DateTime>,
    /// The bank holidays that apply to the authority.
    pub bank_holidays: &'a BankHolidays,
}

/// Whether a contact answers now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// It answers.
    Open {
        /// Until then; `None` where it never closes, or not for a month.
        until: Option<DateTime>,
    },
    /// It does not.
    Closed {
        /// When it next certainly answers; `None` where that is not known for the month ahead.
        opens: Option<DateTime>,
    },
    /// It may or may not.
    Unknown(Doubt),
}

/// Why nobody can say whether a contact answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Its hours are not known.
    NoHours,
    /// Published hours differ.
    HoursDiffer,
    /// Today may be a bank holiday, or what it does on this one is not known.
    BankHoliday,
    /// The device's date or time cannot be trusted: see [`TimeDoubt`].
    Time,
}

/// Why the device's date or time cannot be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeDoubt {
    /// The device cannot tell the time in the authority's zone.
    NotKnown,
    /// It shows a day before this one, on which the rules and numbers were already there.
    Before(Date),
    /// It shows a day after this one, the last for which bank holidays are known.
    After(Date),
}

/// A contact and whether it answers now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answering {
    /// The contact.
    pub contact: Contact,
    /// Whether it answers.
    pub openness: Openness,
}

/// Whom to ring now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineUp {
    /// What must be in view, the one to ring first at the front. Never empty.
    pub first: Vec<Answering>,
    /// Everybody else whom the action names.
    pub others: Vec<Answering>,
    /// Whether the number that usually comes first is closed, and another comes in its place.
    pub is_out_of_hours: bool,
    /// Why the opening hours may be wrong.
    pub doubt: Option<TimeDoubt>,
}

/// What the hours say of a moment, whether or not the device's date can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    Open,
    Closed,
    Unknown(Doubt),
}

impl RulePack {
    /// Whom to ring now, out of contacts in the order in which an action names them.
    #[must_use]
    pub fn line_up(&self, contacts: &[String], time: LocalTime<'_>) -> LineUp {
        let named: Vec<&Contact> = contacts.iter().filter_map(|id| self.contact(id)).collect();
        let usual = named.iter().find(|contact| contact.phone.is_some()).or(named.first()).copied();
        let doubt = self.time_doubt(time);
        let state = |contact: &Contact| self.state(contact, time.now, time.bank_holidays);
        let usual_state = usual.map(state);
        let mut first: Vec<&Contact> = Vec::new();
        if let Some(usual) = usual.filter(|_| usual_state != Some(State::Closed)) {
            first.push(usual);
        }
        if let Some(usual) = usual.filter(|_| usual_state != Some(State::Open) || doubt.is_some()) {
            first.extend(self.instead_of(usual, state, doubt.is_some()));
            if !first.contains(&usual) {
                first.push(usual);
            }
        }
        if !self.is_answered(&first, state) {
            let by_number = |contact: &&Contact| contact.phone.is_some() && state(contact) == State::Open;
            let national = self.contacts().iter().filter(|contact| contact.national);
            if let Some(answers) = named.iter().copied().chain(national).find(by_number) {
                first.insert(if usual_state == Some(State::Closed) { 0 } else { first.len() }, answers);
            }
        }
        let others = named.into_iter().filter(|contact| !first.contains(contact));
        let others: Vec<&Contact> = others.collect();
        let is_out_of_hours = usual_state == Some(State::Closed) && first.first().copied() != usual;
        let answering = |contact: &Contact| self.answering(contact, time, doubt);
        LineUp {
            first: first.into_iter().map(answering).collect(),
            others: self.in_order(&others, state).into_iter().map(answering).collect(),
            is_out_of_hours,
            doubt,
        }
    }

    /// All contacts, in their order; before one that is closed comes the one that answers instead.
    #[must_use]
    pub fn all_lined_up(&self, time: LocalTime<'_>) -> Vec<Answering> {
        let doubt = self.time_doubt(time);
        let state = |contact: &Contact| self.state(contact, time.now, time.bank_holidays);
        let all: Vec<&Contact> = self.contacts().iter().collect();
        let answering = |contact: &Contact| self.answering(contact, time, doubt);
        self.in_order(&all, state).into_iter().map(answering).collect()
    }

    /// The words of IA-03 where they apply: the number that IA-02 gives is closed, the one of IA-03 comes first, and the
    /// action may not wait for a later day.
    #[must_use]
    pub fn out_of_hours_words(&self, action: &UrgentAction, line_up: &LineUp) -> Option<&str> {
        let (harm, out_of_hours) = (self.action(HARM_ACTION)?, self.action(OUT_OF_HOURS_ACTION)?);
        let first = line_up.first.first()?;
        let applies = line_up.is_out_of_hours
            && action.contacts.first() == harm.contacts.first()
            && out_of_hours.contacts.contains(&first.contact.id)
            && self.hours_allowed(action).is_some_and(|hours| hours <= UNTIL_TOMORROW);
        applies.then_some(out_of_hours.action.as_str())
    }

    /// Why opening hours cannot be relied on now. A day before the pack was approved or a number in it checked, or a day
    /// after the last bank holiday that is known, points to a device with a wrong date.
    #[must_use]
    pub fn time_doubt(&self, time: LocalTime<'_>) -> Option<TimeDoubt> {
        let Some(now) = time.now else { return Some(TimeDoubt::NotKnown) };
        let approved = self.approval().map(|(_, day)| day);
        let checked = self.contacts().iter().filter_map(|contact| contact.checked_on.as_deref());
        let begun = approved.into_iter().chain(checked).filter_map(day::parse).max();
        let begun = begun.or(self.in_force().0).filter(|begun| now.date() < *begun);
        let until = time.bank_holidays.known_until();
        begun.map(TimeDoubt::Before).or((now.date() > until).then_some(TimeDoubt::After(until)))
    }

    /// Whether a contact answers. In doubt about the time nothing is certain but what is always open.
    fn answering(&self, contact: &Contact, time: LocalTime<'_>, doubt: Option<TimeDoubt>) -> Answering {
        let state = self.state(contact, time.now, time.bank_holidays);
        let next = |wanted: &dyn Fn(State) -> bool| self.next(contact, time, wanted);
        let openness = match state {
            State::Unknown(doubt) => Openness::Unknown(doubt),
            _ if doubt.is_some() && contact.hours != OpeningHours::Always => Openness::Unknown(Doubt::Time),
            State::Open => Openness::Open { until: next(&|state| state != State::Open) },
            State::Closed => Openness::Closed { opens: next(&|state| state == State::Open) },
        };
        Answering { contact: contact.clone(), openness }
    }

    /// Those who answer instead of a contact, up to the first who certainly does; all of them where nothing is certain.
    fn instead_of<'a>(
        &'a self,
        contact: &'a Contact,
        state: impl Fn(&Contact) -> State,
        all: bool,
    ) -> Vec<&'a Contact> {
        let (mut seen, mut found, mut at) = (vec![contact], Vec::new(), contact);
        while let Some(next) = stands_in(at, self.contacts()).filter(|next| !seen.contains(next)) {
            seen.push(next);
            at = next;
            let state = state(next);
            if all || state != State::Closed {
                found.push(next);
            }
            if !all && state == State::Open {
                break;
            }
        }
        found
    }

    /// Whether one of these certainly answers: one is open, or one is open whenever another of them is not.
    fn is_answered(&self, contacts: &[&Contact], state: impl Fn(&Contact) -> State) -> bool {
        contacts.iter().any(|contact| {
            let is_other = |id: &String| contacts.iter().any(|other| other.id == *id);
            let pair = matches!(&contact.hours, OpeningHours::Outside(id) if is_other(id));
            contact.phone.is_some() && (pair || state(contact) == State::Open)
        })
    }

    /// Contacts in their order, but before one that is closed comes the one that answers instead, if it is among them.
    fn in_order<'a>(
        &'a self,
        contacts: &[&'a Contact],
        state: impl Fn(&Contact) -> State + Copy,
    ) -> Vec<&'a Contact> {
        let mut ordered: Vec<&Contact> = Vec::new();
        for contact in contacts {
            let instead = match state(contact) {
                State::Closed => self.instead_of(contact, state, false),
                _ => Vec::new(),
            };
            let instead = instead.into_iter().filter(|other| contacts.contains(other));
            for next in instead.chain([*contact]) {
                if !ordered.contains(&next) {
                    ordered.push(next);
                }
            }
        }
        ordered
    }

    fn state(&self, contact: &Contact, now: Option<DateTime>, bank_holidays: &BankHolidays) -> State {
        match now {
            None if contact.hours == OpeningHours::Always => State::Open,
            None if contact.hours == OpeningHours::Unknown => State::Unknown(Doubt::NoHours),
            None => State::Unknown(Doubt::Time),
            Some(now) => {
                let (day, time) = (now.date(), TimeOfDay::of(now.time()));
                state(contact, self.contacts(), (day.weekday(), time), bank_holidays.on(day))
            }
        }
    }

    /// The next moment at which the hours say what is wanted. Hours change at the ends of periods and at midnight only.
    fn next(
        &self,
        contact: &Contact,
        time: LocalTime<'_>,
        wanted: &dyn Fn(State) -> bool,
    ) -> Option<DateTime> {
        let now = time.now?;
        let hours = match &contact.hours {
            OpeningHours::Weekly(hours) => hours,
            OpeningHours::Outside(other) => weekly_hours(other, self.contacts())?,
            OpeningHours::Always | OpeningHours::Unknown => return None,
        };
        let periods = hours.open.iter().chain(&hours.may_be_open);
        let mut edges: Vec<TimeOfDay> = periods.flat_map(|period| [period.from, period.to]).collect();
        edges.push(TimeOfDay::MIDNIGHT);
        let is_wanted = |moment: &DateTime| {
            *moment > now && wanted(self.state(contact, Some(*moment), time.bank_holidays))
        };
        let mut days = std::iter::successors(Some(now.date()), |day| day.tomorrow().ok()).take(DAYS_AHEAD);
        days.find_map(|day| {
            let moments = edges.iter().filter_map(|edge| Some(day.to_datetime(edge.on_clock()?)));
            moments.filter(is_wanted).min()
        })
    }
}

/// Who is named to answer when a contact does not.
pub(super) fn stands_in<'a>(contact: &Contact, all: &'a [Contact]) -> Option<&'a Contact> {
    let outside = match &contact.hours {
        OpeningHours::Outside(other) => Some(other),
        _ => None,
    };
    let id = contact.when_closed.as_ref().or(outside)?;
    all.iter().find(|other| other.id == *id)
}

/// What the hours of a contact say of a time on a day of the week.
pub(super) fn state(
    contact: &Contact,
    all: &[Contact],
    at: (Weekday, TimeOfDay),
    holiday: IsBankHoliday,
) -> State {
    match &contact.hours {
        OpeningHours::Always => State::Open,
        OpeningHours::Unknown => State::Unknown(Doubt::NoHours),
        OpeningHours::Weekly(hours) => weekly(hours, at, holiday),
        OpeningHours::Outside(other) => {
            match weekly_hours(other, all).map(|hours| weekly(hours, at, holiday)) {
                None => State::Unknown(Doubt::NoHours),
                Some(State::Open) => State::Closed,
                Some(State::Closed) => State::Open,
                Some(unknown) => unknown,
            }
        }
    }
}

fn weekly_hours<'a>(id: &str, all: &'a [Contact]) -> Option<&'a WeeklyHours> {
    match all.iter().find(|contact| contact.id == id).map(|contact| &contact.hours) {
        Some(OpeningHours::Weekly(hours)) => Some(hours),
        _ => None,
    }
}

fn weekly(hours: &WeeklyHours, (day, time): (Weekday, TimeOfDay), holiday: IsBankHoliday) -> State {
    let covers = |periods: &[Period]| periods.iter().any(|period| period.covers(day, time));
    let usual = if covers(&hours.open) {
        State::Open
    } else if covers(&hours.may_be_open) {
        State::Unknown(Doubt::HoursDiffer)
    } else {
        State::Closed
    };
    let on_bank_holiday = match hours.bank_holidays {
        OnBankHolidays::Closed => State::Closed,
        OnBankHolidays::AllDay => State::Open,
        OnBankHolidays::AsUsual => usual,
        OnBankHolidays::Unknown => State::Unknown(Doubt::BankHoliday),
    };
    match holiday {
        IsBankHoliday::No => usual,
        IsBankHoliday::Yes => on_bank_holiday,
        IsBankHoliday::Unknown if usual == on_bank_holiday => usual,
        IsBankHoliday::Unknown => State::Unknown(Doubt::BankHoliday),
    }
}
