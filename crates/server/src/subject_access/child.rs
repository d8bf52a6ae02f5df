//! What is known of a child beside the answers: names, birth, numbers, addresses, telephone numbers, GP, notes.

use assessment_people::{person::Person, protection::Protection};

use super::answers::Sorted;

/// Everything that a record of the child has. `is_guarded` as in [`super::is_guarded`].
pub(super) fn sorted(person: &Person, is_guarded: bool) -> Vec<Sorted> {
    let hidden = |level: Protection| (is_guarded || level > Protection::Ordinary).then_some("address");
    // Where one address is kept from somebody, so is what leads to the door.
    let any = person.addresses.iter().map(|one| one.protection.level).chain([person.protection.level]).max();
    let near = any.and_then(hidden);
    let one =
        |question: &str, answer: String, because| Sorted { question: question.to_owned(), answer, because };
    let names = person.names.iter().map(|name| format!("{} {}", name.given, name.family).trim().to_owned());
    let births = person.births().filter_map(|birth| birth.range());
    let births =
        births.map(|(from, to)| if from == to { from.to_string() } else { format!("{from} to {to}") });
    let numbers = person.identifiers.iter().map(|number| number.value().to_owned());
    let addresses = person.addresses.iter().map(|address| {
        let lines = address.lines.iter().chain([&address.postcode]);
        let lines: Vec<&str> = lines.map(String::as_str).filter(|line| !line.trim().is_empty()).collect();
        one(
            "person.address",
            lines.join(", "),
            hidden(address.protection.level.join(person.protection.level)),
        )
    });
    let phones = person.phones.all().map(|phone| one("person.phone", phone.written.clone(), near));
    let gps = person.gp.iter().chain(&person.other_gps).map(|gp| one("person.gp", gp.written.clone(), near));
    let notes = person.notes.iter().map(|note| one("person.note", note.text.clone(), Some("not-sorted")));
    names
        .map(|text| one("person.name", text, None))
        .chain(births.map(|text| one("person.born", text, None)))
        .chain(numbers.map(|text| one("person.number", text, None)))
        .chain(addresses)
        .chain(phones)
        .chain(gps)
        .chain(notes)
        .filter(|sorted| !sorted.answer.is_empty())
        .collect()
}
