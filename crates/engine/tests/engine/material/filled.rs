//! Answers filled by walking the catalogue: every text, every list, every row. Made for measuring and for touching every
//! question, not lifelike; lifelike records are cases.

use assessment_engine::answers::Caf;
use assessment_engine::answers::Facts;
use assessment_engine::answers::Question;
use assessment_engine::answers::{Answers, NodeMut};
use assessment_engine::standards::Standards;
use assessment_form::Kind;
use assessment_form::{Edit, Group, WrittenDate};
use jiff::civil::Date;

/// How much is typed.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    /// The most characters of a text; its own limit may be lower.
    pub(crate) characters: usize,
    /// The most rows of a repeating group; its own limit may be lower.
    pub(crate) rows: usize,
    /// The household has as many rows as it may have.
    pub(crate) large_household: bool,
}

/// A record with every question answered, ready to submit on [`today`].
pub(crate) fn filled(standards: &Standards, amount: Amount) -> Answers {
    let mut answers = Answers::default();
    fill(&mut answers, standards, amount);
    let child = &mut answers.identifying_details;
    child.dob = date("2024-02-03");
    child.dob_estimated = "no".to_owned();
    child.edd = WrittenDate::default();
    child.age_about = String::new();
    child.age_band = String::new();
    child.independently_mobile = "no".to_owned();
    for (row, service) in ["gp", "early_years"].into_iter().enumerate() {
        let _ = answers.apply(&format!("services_involved[{row}].service"), Edit::Text(service.to_owned()));
    }
    let facts = Facts::of(&answers, today());
    for indicator in standards.pack.indicators() {
        // A mixture: most are no, some are unsure, and those that matter most are yes.
        let mark = match (indicator.strength, &indicator.action, indicator.id.as_bytes().last()) {
            _ if indicator.set_aside(facts.age, facts.disabled).is_some() => "no",
            (true, ..) | (_, Some(_), Some(b'1' | b'2')) => "yes",
            (_, _, Some(b'3' | b'4')) => "unsure",
            _ => "no",
        };
        let path = format!("elements.{}.indicators.{}", indicator.element, indicator.id);
        let _ = answers.apply(&path, Edit::Text(mark.to_owned()));
    }
    answers
}

/// The day on which filled records are checked.
pub(crate) fn today() -> Date {
    Date::new(2026, 11, 23).unwrap()
}

fn date(iso: &str) -> WrittenDate {
    WrittenDate::from_iso(iso).unwrap_or_default()
}

fn fill(group: &mut dyn Group<Caf>, standards: &Standards, amount: Amount) {
    let questions = group.questions();
    for (index, question) in questions.iter().enumerate() {
        match group.get_mut(index) {
            Some(NodeMut::Group(inner)) => fill(inner, standards, amount),
            Some(NodeMut::Rows(list)) => {
                let most = if let Kind::Rows(most) = question.kind { usize::from(most) } else { 0 };
                let large = amount.large_household && question.name == "household";
                for row in 0..if large { most } else { most.min(amount.rows) } {
                    list.push();
                    if let Some(row) = list.row_mut(row) {
                        fill(row, standards, amount);
                    }
                }
            }
            Some(NodeMut::Text(text)) => *text = typed(question, standards, amount),
            Some(NodeMut::List(items)) => *items = listed(question, standards),
            Some(NodeMut::Date(date)) => {
                *date =
                    self::date(if question.kind == Kind::ComingDate { "2026-12-18" } else { "2026-11-20" });
            }
            Some(NodeMut::Marks(_)) | None => {}
        }
    }
}

/// Something that fits.
fn typed(question: &Question, standards: &Standards, amount: Amount) -> String {
    let text = match question.kind {
        Kind::Choice(list) => match standards.lists.list(list).first() {
            Some(option) => option.code.as_str(),
            None => "",
        },
        Kind::NhsNumber => "943 476 5919",
        Kind::Upn => "N383400012001",
        Kind::Uln => "1234567899",
        Kind::Uci => "378990240001H",
        Kind::Postcode => "LS2 8BB",
        Kind::Phone => "0113 376 0336",
        Kind::Email => "a.name@example.org",
        Kind::Reference => "CAF1234",
        Kind::Time => "14:30",
        Kind::Score => "7",
        Kind::Text if question.name == "country" => "England",
        _ => {
            let length = amount.characters.min(question.max.into());
            return "Words as a family says them, é and ’ too. ".chars().cycle().take(length).collect();
        }
    };
    text.to_owned()
}

fn listed(question: &Question, standards: &Standards) -> Vec<String> {
    match question.kind {
        Kind::Choices(list) => {
            let options = standards.lists.list(list).iter().filter(|option| !option.exclusive);
            options.map(|option| option.code.clone()).collect()
        }
        Kind::Phones => vec!["0113 376 0336".to_owned(), "07700 900123".to_owned()],
        _ => vec!["A name".to_owned(), "Another name".to_owned()],
    }
}
