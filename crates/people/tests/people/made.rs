//! People for the tests. All are invented; NHS numbers are of the range kept for tests.

use assessment_people::id::PersonId;
use assessment_people::person::{Address, Birth, Identifier, Name, Person, System};
use assessment_people::protection::{Protected, Protection};
use jiff::civil::Date;
use uuid::Uuid;

/// A person with this id, name and date of birth.
pub(crate) fn person(id: u128, given: &str, family: &str, born: Date) -> Person {
    let mut person = Person::new(person_id(id), Protected::at(Protection::Ordinary));
    person.names.push(Name::usual(given, family));
    person.birth = Birth::on(born);
    person
}

pub(crate) fn person_id(id: u128) -> PersonId {
    PersonId::from_uuid(Uuid::from_u128(id))
}

/// An address that is kept like any.
pub(crate) fn address(line: &str, postcode: &str) -> Address {
    Address {
        lines: vec![line.to_owned()],
        postcode: postcode.to_owned(),
        protection: Protected::at(Protection::Ordinary),
    }
}

/// A valid number.
pub(crate) fn number(system: System, text: &str) -> Identifier {
    Identifier::parse(system, text).unwrap_or_else(|| panic!("{text} is not valid"))
}
