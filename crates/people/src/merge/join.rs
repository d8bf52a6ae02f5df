//! Two records of one person as one.

use crate::person::{Address, Birth, Name, NameKind, Person, Phone, Phones};

/// `kept` with everything of `merged` that it does not have. The stricter protection counts.
pub(super) fn join(kept: &Person, merged: &Person) -> Person {
    let mut one = kept.clone();
    one.protection = kept.protection.join(&merged.protection);
    one.names = names(kept, merged);
    one.birth = if kept.birth == Birth::NotKnown { merged.birth } else { kept.birth };
    add_new(&mut one.identifiers, &merged.identifiers);
    one.addresses = addresses(&kept.addresses, &merged.addresses);
    one.phones = phones(&kept.phones, &merged.phones);
    one.gp = kept.gp.as_ref().or(merged.gp.as_ref()).cloned();
    for birth in merged.births().filter(|birth| *birth != one.birth) {
        add_new(&mut one.other_births, &[birth]);
    }
    let gps = merged.gp.iter().chain(&merged.other_gps);
    for gp in gps {
        if !one.gp.iter().chain(&one.other_gps).any(|other| other.is_same(gp)) {
            one.other_gps.push(gp.clone());
        }
    }
    one.notes.extend(merged.notes.iter().cloned());
    one.notes.sort_by_key(|note| note.on);
    one
}

fn add_new<T: Clone + PartialEq>(all: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !all.contains(one) {
            all.push(one.clone());
        }
    }
}

/// Names of both. The usual name of `merged` is another name of this person now, where it is not the same.
fn names(kept: &Person, merged: &Person) -> Vec<Name> {
    let mut all = kept.names.clone();
    let has_usual = all.iter().any(|name| name.kind == NameKind::Usual && !name.is_blank());
    for name in &merged.names {
        let is_there = all.iter().any(|other| (&other.given, &other.family) == (&name.given, &name.family));
        let kind = if has_usual && name.kind == NameKind::Usual { NameKind::Alias } else { name.kind };
        let one = Name { kind, ..name.clone() };
        let says_more = !matches!(kind, NameKind::Usual | NameKind::Alias) && !all.contains(&one);
        if !is_there || says_more {
            all.push(one);
        }
    }
    all
}

/// The addresses of both, each once, as closely kept as in either.
fn addresses(kept: &[Address], merged: &[Address]) -> Vec<Address> {
    let mut all: Vec<Address> = Vec::with_capacity(kept.len() + merged.len());
    for address in kept.iter().chain(merged) {
        match all.iter_mut().find(|other| other.is_same_place(address)) {
            Some(other) => other.protection = other.protection.join(&address.protection),
            None => all.push(address.clone()),
        }
    }
    all
}

/// The numbers of both, each once, with one main number. What was written beside a number is kept, and where either says
/// that it is not safe to ring, it is not.
fn phones(kept: &Phones, merged: &Phones) -> Phones {
    let mut all: Vec<Phone> = Vec::new();
    for phone in kept.all().chain(merged.all()) {
        let is_same = |other: &&mut Phone| other.number().is_some() && other.number() == phone.number();
        let safest = match all.iter_mut().find(is_same) {
            Some(other) => {
                other.safe = other.safe.max(phone.safe);
                let safe = other.safe;
                (other.written != phone.written).then(|| Phone { safe, ..phone.clone() })
            }
            None => Some(phone.clone()),
        };
        if let Some(phone) = safest.filter(|phone| !all.contains(phone)) {
            all.push(phone);
        }
    }
    warn_alike(&mut all);
    let has_main = kept.main.is_some() || merged.main.is_some();
    let first = if kept.main.is_some() { kept.main.as_ref() } else { merged.main.as_ref() };
    let at = first.and_then(|main| all.iter().position(|phone| phone.written == main.written));
    match at {
        Some(at) if has_main => {
            let main = all.remove(at);
            Phones { main: Some(main), others: all }
        }
        _ => Phones { main: None, others: all },
    }
}

/// All ways of writing one number are as unsafe as the least safe of them.
fn warn_alike(all: &mut [Phone]) {
    let said: Vec<_> = all.iter().map(|phone| (phone.number(), phone.safe)).collect();
    for phone in all {
        let number = phone.number();
        let alike = said.iter().filter(|(other, _)| number.is_some() && *other == number);
        phone.safe = alike.map(|(_, safe)| *safe).fold(phone.safe, Ord::max);
    }
}
