//! Urgent actions as time goes on: since when they are known, what went and why, and the log of what was done.
//!
//! Long because each test is one small story, and they are read side by side.

use assessment_rules::Due;
use jiff::ToSpan;

use super::*;
use crate::state::Urgency;

/// Marks that call for an action: harm with IA-02, and IA-08 for a child who is pregnant and under 13.
const HARM: &str = "elements.basic_care_safety.indicators.BC-404";
const UNDER_13: &str = "elements.general_health.indicators.GH-408";
const BORN: &str = "identifying_details.dob";

impl Bench {
    fn urgency(&self) -> &Urgency {
        &self.record().urgency
    }

    fn later(&mut self, hours: i64) {
        self.now.local = self.now.local.checked_add(hours.hours()).unwrap();
        self.now.instant += hours * 3600;
    }

    /// Long enough for somebody to have seen what is shown.
    fn wait(&mut self) {
        self.now.instant += 10;
    }

    fn born(&mut self, text: &str) {
        let date = assessment_form::WrittenDate::from_iso(text).unwrap();
        self.event(Event::Answered(BORN.into(), Edit::Date(date)));
    }

    /// Since when an action is known, and whether that is "at least".
    fn since(&self, action: &str) -> Option<(Moment, bool)> {
        self.urgency().known(action).map(|known| (known.since, known.at_least))
    }

    fn due(&self, action: &str, certainty: Certainty) -> Option<Due> {
        let deadline = self.urgency().deadline(&self.record().answers, &self.standards, action, certainty)?;
        Some(deadline.at(self.now))
    }

    fn is_done(&self, action: &str, certainty: Certainty) -> bool {
        self.urgency().done(&self.record().answers, action, certainty).is_some()
    }

    fn news(&self) -> Vec<(&str, Certainty, Option<Certainty>, Vec<&str>)> {
        let each = self.urgency().unread();
        each.map(|gone| {
            (gone.action.as_str(), gone.was, gone.now, gone.because.iter().map(String::as_str).collect())
        })
        .collect()
    }

    fn begin_entry(&mut self, action: &str, certainty: Certainty) -> Vec<Effect> {
        self.event(Event::LogBegan { action: action.into(), certainty, what: "Phone them today.".into() })
    }

    /// Writes down what came of an action, as the page of the log does.
    fn log(&mut self, action: &str, certainty: Certainty, result: &str) {
        self.begin_entry(action, certainty);
        let row = self.record().answers.urgent_log.len() - 1;
        self.answer(&format!("urgent_log[{row}].result"), result);
    }

    /// The record as another window reads it from the disk.
    fn reopened(&mut self) {
        let text = self.record().written().text(false, "today").unwrap();
        let record = Record::from_json(&text).unwrap();
        self.opened(Record { opening: "again".into(), ..record }, false);
    }
}

#[test]
fn an_action_is_known_since_its_answer_and_stays_so_when_it_becomes_certain() {
    let mut bench = Bench::open();
    let first = bench.now;
    assert_eq!(bench.answer(HARM, "unsure"), [Effect::SaveSoon]);
    assert_eq!(bench.since("IA-02"), Some((first, false)));
    bench.later(1);
    bench.answer(HARM, "yes");
    assert_eq!(bench.since("IA-02"), Some((first, false)), "the earliest is shown");
    bench.reopened();
    assert_eq!(bench.since("IA-02"), Some((first, false)), "also when it is opened again");
    bench.later(8);
    assert_eq!(bench.due("IA-02", Certainty::Certain), Some(Due::Today));
    bench.later(1);
    assert_eq!(bench.due("IA-02", Certainty::Certain), Some(Due::Overdue));
}

/// What was overdue at "not sure" and was never done is not due later because it is worse than thought.
#[test]
fn becoming_certain_takes_nothing_off_what_is_overdue() {
    let mut bench = Bench::open();
    bench.answer(HARM, "unsure");
    bench.later(24);
    assert_eq!(bench.due("IA-02", Certainty::NotSure), Some(Due::Overdue));
    bench.answer(HARM, "yes");
    assert_eq!(bench.due("IA-02", Certainty::Certain), Some(Due::Overdue));
}

#[test]
fn what_was_done_about_not_sure_starts_a_new_clock_for_certain() {
    let mut bench = Bench::open();
    bench.answer(HARM, "unsure");
    bench.log("IA-02", Certainty::NotSure, "done");
    bench.later(24);
    bench.answer(HARM, "yes");
    assert!(!bench.is_done("IA-02", Certainty::Certain), "it unfolds again");
    assert_eq!(bench.due("IA-02", Certainty::Certain), Some(Due::Today));
    bench.log("IA-02", Certainty::Certain, "done");
    assert!(bench.is_done("IA-02", Certainty::Certain) && bench.is_done("IA-02", Certainty::NotSure));
}

/// A record of an earlier version says nothing of since when: longer, perhaps, and never less.
#[test]
fn in_an_old_record_an_action_is_known_at_least_since_the_first_opening() {
    let text = r#"{"id":"old","answers":{"danger_now":"yes"},"revision":4,"place":"tasks"}"#;
    let mut bench = Bench::open();
    let effects = bench.opened(Record::from_json(text).unwrap(), false);
    assert_eq!(effects.last(), Some(&Effect::SaveSoon), "it is kept");
    assert_eq!(bench.since("IA-01"), Some((bench.now, true)));
    let first = bench.now;
    bench.later(2);
    bench.reopened();
    assert_eq!(bench.since("IA-01"), Some((first, true)));
    bench.answer(HARM, "yes");
    assert_eq!(bench.since("IA-02"), Some((bench.now, false)), "what comes later is known exactly");
}

#[test]
fn a_record_that_can_only_be_read_is_not_watched_here() {
    let text = r#"{"id":"old","answers":{"danger_now":"yes"},"revision":4,"place":"tasks"}"#;
    let mut bench = Bench::open();
    let effects = bench.opened(Record::from_json(text).unwrap(), true);
    assert!(!effects.contains(&Effect::SaveSoon));
    assert_eq!(bench.since("IA-01"), None);
}

#[test]
fn a_warning_that_goes_says_why_until_it_is_read_and_is_kept_for_good() {
    let mut bench = Bench::open();
    bench.answer(HARM, "yes");
    bench.wait();
    bench.answer(HARM, "no");
    assert_eq!(bench.news(), [("IA-02", Certainty::Certain, None, vec![HARM])]);
    bench.reopened();
    assert_eq!(bench.news().len(), 1, "closing the record reads nothing");
    assert_eq!(bench.event(Event::GoneRead("14:09".into())), [Effect::SaveSoon]);
    assert_eq!(bench.news(), []);
    assert_eq!(bench.event(Event::GoneRead("14:10".into())), [], "it is read once");
    bench.reopened();
    let [kept] = bench.urgency().gone() else { panic!("{:?}", bench.urgency()) };
    assert_eq!((kept.action.as_str(), kept.read.as_deref(), kept.at), ("IA-02", Some("14:09"), bench.now));
}

#[test]
fn a_warning_that_is_only_to_be_checked_now_says_so() {
    let mut bench = Bench::open();
    bench.answer("danger_now", "yes");
    bench.wait();
    bench.answer("danger_now", "unsure");
    let went = ("IA-01", Certainty::Certain, Some(Certainty::NotSure), vec!["danger_now"]);
    assert_eq!(bench.news(), [went]);
    bench.answer("danger_now", "no");
    assert_eq!(
        bench.news(),
        [("IA-01", Certainty::Certain, None, vec!["danger_now"])],
        "one message for one action"
    );
    bench.answer("danger_now", "unsure");
    let went = ("IA-01", Certainty::Certain, Some(Certainty::NotSure), vec!["danger_now"]);
    assert_eq!(bench.news(), [went], "back, but less than it was");
    bench.answer("danger_now", "yes");
    assert_eq!(bench.news(), [], "as it was");
}

/// The arrow keys pass through "yes" and "not sure" on their way to "no". That is kept, and nobody has to read it.
#[test]
fn what_was_there_in_passing_is_not_news() {
    let mut bench = Bench::open();
    for answer in ["yes", "unsure", "no", "yes", "no"] {
        bench.answer(HARM, answer);
    }
    assert_eq!(bench.news(), []);
    let [kept] = bench.urgency().gone() else { panic!("{:?}", bench.urgency()) };
    assert!(kept.is_in_passing() && kept.was == Certainty::Certain);
    bench.answer(HARM, "unsure");
    bench.wait();
    bench.answer(HARM, "yes");
    bench.answer(HARM, "unsure");
    assert_eq!(bench.news(), [], "certain in passing");
    bench.answer(HARM, "no");
    assert_eq!(bench.news(), [("IA-02", Certainty::NotSure, None, vec![HARM])]);
}

#[test]
fn what_is_changed_back_keeps_its_first_clock() {
    let mut bench = Bench::open();
    let first = bench.now;
    bench.answer(HARM, "yes");
    bench.later(2);
    bench.answer(HARM, "");
    bench.later(2);
    bench.answer(HARM, "yes");
    assert_eq!((bench.news(), bench.since("IA-02")), (Vec::new(), Some((first, false))));
    bench.answer(HARM, "no");
    bench.event(Event::GoneRead("18:03".into()));
    bench.answer(HARM, "yes");
    assert_eq!(bench.since("IA-02"), Some((bench.now, false)), "its going was read: this is new");
    assert_eq!(bench.urgency().gone().len(), 1, "and the earlier time is kept");
}

#[test]
fn a_birth_date_changed_five_times_is_one_message_and_nothing_is_lost() {
    let mut bench = Bench::open();
    bench.born("2015-07-01");
    bench.answer(UNDER_13, "yes");
    bench.wait();
    for date in ["2012-07-01", "2011-07-01", "2009-07-01", "2008-07-01", "2012-08-01"] {
        bench.born(date);
    }
    let went = ("IA-08", Certainty::Certain, Some(Certainty::NotSure), vec![BORN]);
    assert_eq!(bench.news(), [went]);
    bench.born("2015-08-01");
    assert_eq!(bench.news(), [], "changed back");
}

#[test]
fn another_day_says_what_it_took_away() {
    let mut bench = Bench::open();
    bench.born("2014-01-01");
    bench.answer(UNDER_13, "yes");
    assert_eq!(bench.event(Event::TimePassed), [], "nothing new");
    bench.later(24 * 365);
    assert_eq!(bench.event(Event::TimePassed), [Effect::SaveSoon]);
    assert_eq!(bench.news(), [("IA-08", Certainty::Certain, Some(Certainty::NotSure), vec![])]);
}

#[test]
fn an_entry_of_the_log_begins_on_its_own_page_and_leads_back() {
    let mut bench = Bench::open();
    bench.answer(HARM, "yes");
    bench.event(Event::Went(Page::Element("identity".into())));
    let effects = bench.begin_entry("IA-02", Certainty::Certain);
    assert_eq!(bench.state.page, Page::Section("urgent_log".into()));
    assert_eq!(effects.last(), Some(&Effect::Move(Focus::Id("urgent_log[0]".into()))));
    let [entry] = bench.record().answers.urgent_log.as_slice() else { panic!() };
    assert_eq!(
        (entry.action.as_str(), entry.certainty.as_str(), entry.what.as_str()),
        ("IA-02", "yes", "Phone them today.")
    );
    bench.begin_entry("IA-02", Certainty::Certain);
    assert_eq!(bench.record().answers.urgent_log.len(), 1, "one that says nothing yet is taken up again");
    assert!(!bench.is_done("IA-02", Certainty::Certain));
    bench.answer("urgent_log[0].done_at", "99");
    bench.event(Event::Continued);
    assert_eq!(bench.state.page, Page::Section("urgent_log".into()), "what cannot be read is shown");
    bench.answer("urgent_log[0].done_at", "14:20");
    bench.event(Event::Continued);
    assert_eq!(bench.state.page, Page::Element("identity".into()));
}

#[test]
fn tried_does_not_fold_an_action_and_neither_does_somebody_else() {
    let mut bench = Bench::open();
    bench.answer(HARM, "yes");
    for result in ["not_reached", "someone_else"] {
        bench.log("IA-02", Certainty::Certain, result);
        assert!(!bench.is_done("IA-02", Certainty::Certain), "{result}");
    }
    bench.log("IA-02", Certainty::Certain, "done");
    assert!(bench.is_done("IA-02", Certainty::Certain));
    bench.log("IA-02", Certainty::Certain, "not_reached");
    assert!(!bench.is_done("IA-02", Certainty::Certain), "the last entry counts");
}

/// What was rung about in the morning is not what was heard in the afternoon.
#[test]
fn something_more_that_calls_for_it_unfolds_what_was_done() {
    let mut bench = Bench::open();
    bench.answer(HARM, "yes");
    bench.log("IA-02", Certainty::Certain, "done");
    assert!(bench.is_done("IA-02", Certainty::Certain));
    bench.later(24);
    bench.answer("exceptional_circumstances.what", "Another thing");
    bench.answer("pre_assessment_checklist.safe", "no");
    assert!(!bench.is_done("IA-02", Certainty::Certain));
    assert_eq!(bench.due("IA-02", Certainty::Certain), Some(Due::Today), "with a clock of its own");
    bench.log("IA-02", Certainty::Certain, "done");
    bench.reopened();
    assert!(bench.is_done("IA-02", Certainty::Certain));
}

/// The log changes no rule: an action is called for as long as its answers are.
#[test]
fn what_is_logged_changes_no_outcome() {
    let mut bench = Bench::open();
    bench.answer(HARM, "yes");
    let outcome = |bench: &Bench| {
        assessment_rules::evaluate(&bench.record().answers, bench.now.local.date(), &bench.standards.pack)
    };
    let before = outcome(&bench);
    bench.log("IA-02", Certainty::Certain, "done");
    assert_eq!(outcome(&bench), before);
}

#[test]
fn after_sending_the_log_goes_on_here_and_what_was_sent_stays_as_it_was() {
    let mut bench = Bench::open();
    bench.fill();
    bench.log("IA-02", Certainty::Certain, "not_reached");
    bench.event(Event::Went(Page::Check));
    bench.event(Event::Submitted("k1".into()));
    let sent = bench.record().sent.clone();
    assert!(matches!(&sent, Sent::Waiting(_)), "{:?}", bench.state.problems);
    assert_eq!(bench.answer("urgent_log[0].result", "done"), [], "what was sent");
    assert_eq!(bench.event(Event::Answered("urgent_log".into(), Edit::RemoveRow(0))), []);
    assert_eq!(bench.answer(HARM, "no"), []);
    bench.log("IA-02", Certainty::Certain, "done");
    assert_eq!(bench.record().answers.urgent_log.len(), 2);
    assert!(bench.is_done("IA-02", Certainty::Certain));
    assert_eq!(bench.record().sent, sent, "the same bytes go again");
    bench.reopened();
    assert_eq!((bench.record().log_sent, bench.record().answers.urgent_log.len()), (1, 2));
    bench.state.read_only = true;
    assert_eq!(bench.begin_entry("IA-02", Certainty::Certain), []);
}

/// Two windows that write down the same action: the second becomes a copy, and both entries are kept.
#[test]
fn two_windows_that_log_the_same_action_lose_nothing() {
    let mut bench = Bench::open();
    bench.answer(HARM, "yes");
    let base = bench.record().written();
    let stored = base.text(false, "today").unwrap();
    let mut entries = Vec::new();
    let mut stamps = vec![base.stamp(false)];
    for (opening, who) in [("one", "Asha at the front door"), ("two", "Ben at the police")] {
        let record = Record::from_json(&stored).unwrap();
        bench.opened(Record { opening: opening.into(), base: stamps[0].clone(), ..record }, false);
        bench.log("IA-02", Certainty::Certain, "done");
        bench.answer("urgent_log[0].spoke_to", who);
        let written = bench.record().written();
        let as_copy = !written.may_replace(stamps.last().unwrap());
        stamps.push(written.stamp(as_copy));
        let text = written.text(as_copy, "today").unwrap();
        entries.push((as_copy, Record::from_json(&text).unwrap().answers.urgent_log[0].spoke_to.clone()));
    }
    assert_eq!(entries, [(false, "Asha at the front door".into()), (true, "Ben at the police".into())]);
}

/// For any sequence of answers, each action that was ever shown is shown now, or is among those that went.
#[test]
fn no_warning_ever_goes_silently() {
    let mut seed = 1_u64;
    let mut random = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    let standards = Standards::built_in().unwrap();
    let mut paths: Vec<(String, Vec<&str>)> = vec![
        ("danger_now".into(), vec!["yes", "no", "unsure", ""]),
        ("pre_assessment_checklist.safe".into(), vec!["yes", "no", ""]),
        ("exceptional_circumstances.what".into(), vec!["Harm", ""]),
        ("conclusions.decision".into(), vec!["R4", "R1", ""]),
        ("identifying_details.dob_estimated".into(), vec!["yes", "no"]),
        ("identifying_details.independently_mobile".into(), vec!["yes", "no"]),
    ];
    for indicator in standards.pack.indicators().iter().filter(|indicator| !indicator.strength) {
        paths.push((standards.pack.path_of(indicator), vec!["yes", "unsure", "no", ""]));
    }
    for _ in 0..60 {
        let mut bench = Bench::open();
        let mut ever: Vec<(String, Certainty)> = Vec::new();
        for step in 0..60 {
            match random(10) {
                0 => bench.born(["2026-09-01", "2019-02-03", "2012", "2009-01-01", "2027-01-01"][random(5)]),
                1 => bench.reopened(),
                2 if step % 7 == 0 => drop(bench.event(Event::GoneRead("14:03".into()))),
                3 => bench.later(1),
                4 => bench.wait(),
                _ => {
                    let (path, answers) = paths[random(paths.len())].clone();
                    bench.answer(&path, answers[random(answers.len())]);
                }
            }
            let answers = &bench.record().answers;
            let outcome = assessment_rules::evaluate(answers, bench.now.local.date(), &standards.pack);
            let shown = |code: &str| match (
                outcome.urgent.iter().any(|other| other == code),
                outcome.urgent_to_check.iter().any(|other| other == code),
            ) {
                (true, _) => Some(Certainty::Certain),
                (_, true) => Some(Certainty::NotSure),
                _ => None,
            };
            for code in outcome.urgent.iter().chain(&outcome.urgent_to_check) {
                let certainty = shown(code).unwrap();
                assert!(
                    bench.urgency().known(code).is_some_and(|known| known.shown == Some(certainty)),
                    "{code}"
                );
                if !ever.contains(&(code.clone(), certainty)) {
                    ever.push((code.clone(), certainty));
                }
            }
            for (code, certainty) in &ever {
                let is_shown = shown(code).is_some_and(|now| now >= *certainty);
                let is_kept =
                    bench.urgency().gone().iter().any(|gone| gone.action == *code && gone.was >= *certainty);
                assert!(is_shown || is_kept, "{code} {certainty:?} went silently: {:?}", bench.urgency());
            }
        }
    }
}
