//! A small form of another type than the assessment's is asked by the same handle.

use assessment_engine::validation::ProblemCode;
use assessment_form::{apply, group, node_at};
use validator::Validate as _;

use super::*;

/// A form that exists only here.
struct Visits;

impl Form for Visits {
    type Scope<'a> = &'a Visit;
    type Detail = ();
    fn in_row<'a>(scope: &Self::Scope<'a>, _row: usize) -> Self::Scope<'a> {
        scope
    }
}

type VisitQuestion = assessment_form::Question<Visits>;

group! {
    /// A visit.
    pub struct Visit of Visits as "visit" {
        /// Where.
        #[validate(length(max = 20))]
        place: String => VisitQuestion::text(&[]).needed(),
        /// How it was gathered.
        how: Vec<String> => VisitQuestion::choices(&[], "how"),
        /// When.
        on: WrittenDate => VisitQuestion::of(&[], Kind::PastDate),
        /// Why nobody was at home.
        why: String => VisitQuestion::multiline(&[]).asked_when(nowhere),
        /// Who was there.
        #[validate(nested)]
        people: Vec<Person> => VisitQuestion::rows(4),
    }
}

group! {
    /// A person.
    pub struct Person of Visits as "visit_person" {
        /// Their name.
        name: String => VisitQuestion::text(&[]),
    }
}

fn nowhere(visit: &&Visit) -> bool {
    visit.place == "nowhere"
}

#[derive(Clone, Copy)]
struct OpenVisit {
    answers: RwSignal<Visit>,
    is_locked: RwSignal<bool>,
}

impl Asks for OpenVisit {
    fn group(&self, path: &str) -> Option<(&'static str, Vec<AnyQuestion>)> {
        let answers = self.answers.read_untracked();
        let group: &dyn assessment_form::Group<Visits> = match path {
            "" => &*answers,
            _ => match node_at::<Visits>(&*answers, path)? {
                Node::Group(group) => group,
                _ => return None,
            },
        };
        let open = self.answers;
        let at = |question: &'static VisitQuestion| AnyQuestion {
            name: question.name,
            kind: question.kind,
            max: question.max,
            shown: question.asked.map(|_| Memo::new(move |_| question.is_asked(&&*open.read()))),
            holds: None,
            of_assessment: None,
        };
        Some((group.key(), group.questions().iter().map(at).collect()))
    }
    fn value(&self, path: &str) -> Value {
        node_at::<Visits>(&*self.answers.read(), path).into()
    }
    fn is_blank(&self, path: &str) -> bool {
        node_at::<Visits>(&*self.answers.read(), path).is_none_or(|node| node.is_blank())
    }
    fn answer(&self, path: &str, edit: Edit) {
        if !self.is_locked.get_untracked() {
            self.answers.update(|answers| apply::<Visits>(answers, path, edit).expect("a question"));
        }
    }
    fn text(&self, key: &str) -> Option<String> {
        (key == "visit.place.hint").then(|| "A street is enough".to_owned())
    }
    fn label(&self, key: &str, _question: AnyQuestion) -> String {
        key.to_owned()
    }
    fn options(&self, _list: &'static str) -> Vec<Code> {
        Vec::new()
    }
    fn problem(&self, problem: &Problem) -> String {
        format!("{}: {}", problem.path, problem.code.as_str())
    }
    fn problems_at_the_end(&self) -> Vec<Problem> {
        Vec::new()
    }
    fn passed(&self, _path: &str) -> Option<&'static str> {
        None
    }
}

fn with_visit(test: impl FnOnce(Questionnaire, OpenVisit, RwSignal<Vec<Problem>>)) {
    Owner::new().with(|| {
        let visit = OpenVisit { answers: RwSignal::default(), is_locked: RwSignal::new(false) };
        let problems = RwSignal::new(Vec::new());
        let is_locked = Memo::new(move |_| visit.is_locked.get());
        let asking = Questionnaire::new(visit, is_locked, Memo::new(move |_| problems.get()));
        test(asking, visit, problems);
    });
}

#[test]
fn each_kind_of_answer_is_read_and_changed_by_its_path() {
    with_visit(|asking, visit, _| {
        let (place, how, people) = (asking.text_at("place"), asking.list_at("how"), asking.rows_at("people"));
        asking.answer("place", Edit::Text("at school".to_owned()));
        asking.answer("how", Edit::List(vec!["talked".to_owned()]));
        asking.answer("people", Edit::AddRow);
        let name = asking.text_at("people[0].name");
        asking.answer("people[0].name", Edit::Text("Sam".to_owned()));
        assert_eq!((place.get_untracked(), how.get_untracked()), ("at school".into(), vec!["talked".into()]));
        assert_eq!((people.get_untracked(), name.get_untracked()), (1, "Sam".into()));
        assert_eq!(asking.asks().value("on"), Value::Date(WrittenDate::default()));
        assert_eq!(asking.asks().value("no.such.question"), Value::None);
        assert!(!asking.asks().is_blank("people[0]") && asking.asks().is_blank("on"));
        visit.is_locked.set(true);
        asking.answer("place", Edit::Text("elsewhere".to_owned()));
        assert!(asking.is_locked.get_untracked());
        assert_eq!(place.get_untracked(), "at school");
    });
}

#[test]
fn the_questions_of_a_group_come_in_its_order_and_say_when_they_are_on_the_page() {
    with_visit(|asking, _, _| {
        let (key, questions) = asking.asks().group("").expect("the top");
        let names: Vec<&str> = questions.iter().map(|question| question.name).collect();
        assert_eq!((key, &*names), ("visit", &["place", "how", "on", "why", "people"][..]));
        assert_eq!(questions.iter().map(|question| question.max).max(), Some(20));
        let why = questions.iter().find_map(|question| question.shown).expect("a condition");
        assert!(!why.get_untracked());
        asking.answer("place", Edit::Text("nowhere".to_owned()));
        assert!(why.get_untracked());
        assert!(asking.asks().group("place").is_none());
        asking.answer("people", Edit::AddRow);
        assert_eq!(asking.asks().group("people[0]").map(|(key, _)| key), Some("visit_person"));
    });
}

#[test]
fn a_problem_is_shown_at_its_question_and_nowhere_else() {
    with_visit(|asking, _, problems| {
        let (place, why) = (asking.error_at("place"), asking.error_at("why"));
        assert_eq!(place.get_untracked(), None);
        problems.set(vec![Problem::new("place", ProblemCode::Needed)]);
        assert_eq!(place.get_untracked().as_deref(), Some("place: needed"));
        assert_eq!(why.get_untracked(), None);
    });
}
