//! What is known of a child, as typed, made into a person who can be compared. What is blank or cannot be read says nothing.

use assessment_api::{person::ChildDetails, problem::ProblemItem};
use assessment_form::{WrittenDate, is_blank};
use assessment_people::{
    id::PersonId,
    matching::MAX_SEARCH,
    person::{Address, Birth, Identifier, Name, NameKind, Person, Phone, System},
    protection::{Protected, Protection},
};

/// The most names, lines or numbers of one kind.
const MAX_OF_A_KIND: usize = 10;

/// The child.
///
/// # Errors
/// Something is longer than anybody's, or nothing says who it is.
pub(crate) fn child(id: PersonId, details: &ChildDetails) -> Result<Person, Vec<ProblemItem>> {
    let mut problems = Vec::new();
    let single = [
        ("given_names", &details.given_names),
        ("family_name", &details.family_name),
        ("born", &details.born),
        ("nhs_number", &details.nhs_number),
        ("upn", &details.upn),
        ("uln", &details.uln),
        ("reference", &details.reference),
        ("postcode", &details.postcode),
    ];
    let several =
        [("other_names", &details.other_names), ("address", &details.address), ("phones", &details.phones)];
    let is_long = |text: &String| text.chars().nth(MAX_SEARCH).is_some();
    problems.extend(single.into_iter().filter(|(_, text)| is_long(text)).map(|(member, _)| too_long(member)));
    for (member, all) in several {
        if all.len() > MAX_OF_A_KIND {
            problems.push(ProblemItem::new(format!("child.{member}"), "too-many"));
        } else if all.iter().any(is_long) {
            problems.push(too_long(member));
        }
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    let person = read(id, details);
    if person.names.is_empty() && person.identifiers.is_empty() {
        return Err(vec![ProblemItem::new("child", "nobody")]);
    }
    Ok(person)
}

fn too_long(member: &str) -> ProblemItem {
    ProblemItem::new(format!("child.{member}"), "too-long")
}

fn read(id: PersonId, details: &ChildDetails) -> Person {
    let mut person = Person::new(id, Protected::at(Protection::Ordinary));
    let usual = Name::usual(&details.given_names, &details.family_name);
    let others = details.other_names.iter().map(|name| whole(name));
    person.names = [usual].into_iter().chain(others).filter(|name| !name.is_blank()).collect();
    let born = WrittenDate::from_iso(details.born.trim()).or_else(|| WrittenDate::spread(&details.born));
    person.birth = born
        .and_then(|date| date.partial())
        .map_or(Birth::NotKnown, |date| Birth::written(date, details.born_estimated));
    person.identifiers = [
        (System::NhsNumber, &details.nhs_number),
        (System::Upn, &details.upn),
        (System::Uln, &details.uln),
        (System::Reference, &details.reference),
    ]
    .into_iter()
    .filter_map(|(system, text)| Identifier::parse(system, text))
    .collect();
    let lines: Vec<String> = details.address.iter().filter(|line| !is_blank(line)).cloned().collect();
    if !lines.is_empty() || !is_blank(&details.postcode) {
        let protection = Protected::at(Protection::Ordinary);
        person.addresses.push(Address { lines, postcode: details.postcode.clone(), protection });
    }
    person.phones.others =
        details.phones.iter().filter(|phone| !is_blank(phone)).map(|phone| Phone::new(phone)).collect();
    person
}

/// A name that was written as a whole: its last word is the family name.
fn whole(name: &str) -> Name {
    match name.trim().rsplit_once(char::is_whitespace) {
        Some((given, family)) => Name::of(NameKind::Alias, given, family),
        None => Name::of(NameKind::Alias, name, ""),
    }
}
