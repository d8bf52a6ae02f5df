//! Taking a join apart: both records as they were, and what was written since where it belongs.

use super::Merge;
use crate::person::{Address, Person, Phone, Phones};
use crate::protection::Protected;

/// Two records again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undone {
    /// The record that was kept, as it was before, with what was written since.
    pub kept: Person,
    /// The record that had gone into it, as it was. Protection that was made stricter since is stricter here too.
    pub merged: Person,
    /// What was written since the join and stays with the record that was kept. A person looks whether it belongs to the
    /// other.
    pub later: Vec<Later>,
}

/// A part of a record that was changed after the join.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Later {
    /// How closely the record is kept.
    Protection,
    /// Names.
    Names,
    /// Date of birth.
    Birth,
    /// Numbers and references.
    Identifiers,
    /// Addresses.
    Addresses,
    /// Telephone numbers.
    Phones,
    /// GP.
    Gp,
    /// Notes.
    Notes,
}

pub(super) fn undo(merge: &Merge, now: &Person) -> Undone {
    let Merge { kept: before, merged, result, .. } = merge;
    let mut later = Vec::new();
    let mut changed = |is_changed: bool, what: Later| {
        if is_changed && !later.contains(&what) {
            later.push(what);
        }
    };
    changed(now.protection != result.protection, Later::Protection);
    changed(now.names != result.names, Later::Names);
    changed(now.birth != result.birth || now.other_births != result.other_births, Later::Birth);
    changed(now.identifiers != result.identifiers, Later::Identifiers);
    changed(now.addresses != result.addresses, Later::Addresses);
    changed(now.phones != result.phones, Later::Phones);
    changed(now.gp != result.gp || now.other_gps != result.other_gps, Later::Gp);
    changed(now.notes != result.notes, Later::Notes);

    let kept = Person {
        id: before.id,
        protection: raised(&before.protection, &result.protection, &now.protection),
        names: list(&before.names, &result.names, &now.names),
        birth: if now.birth == result.birth { before.birth } else { now.birth },
        other_births: list(&before.other_births, &result.other_births, &now.other_births),
        identifiers: list(&before.identifiers, &result.identifiers, &now.identifiers),
        addresses: addresses(&before.addresses, &result.addresses, &now.addresses),
        phones: phones(&before.phones, &result.phones, &now.phones),
        gp: if now.gp == result.gp { before.gp.clone() } else { now.gp.clone() },
        other_gps: list(&before.other_gps, &result.other_gps, &now.other_gps),
        notes: list(&before.notes, &result.notes, &now.notes),
    };
    let mut merged = merged.clone();
    merged.protection = raised(&merged.protection, &result.protection, &now.protection);
    for address in &mut merged.addresses {
        address.protection = guarded(address, &result.addresses, &now.addresses);
    }
    for phone in merged.phones.main.iter_mut().chain(&mut merged.phones.others) {
        warn(phone, result, now);
    }
    Undone { kept, merged, later }
}

/// A protection as it was before, and stricter where it became stricter since. It never falls.
fn raised(before: &Protected, result: &Protected, now: &Protected) -> Protected {
    let mut one = before.clone();
    if now.level > result.level {
        one.level = one.level.join(now.level);
    }
    one.reasons.extend(now.reasons.difference(&result.reasons).cloned());
    one
}

/// What the list had before, without what was taken out since, and with what came since.
fn list<T: Clone + PartialEq>(before: &[T], result: &[T], now: &[T]) -> Vec<T> {
    let is_left = |one: &&T| !result.contains(one) || now.contains(one);
    let came = now.iter().filter(|one| !result.contains(one));
    before.iter().filter(is_left).chain(came).cloned().collect()
}

fn at<'a>(address: &Address, all: &'a [Address]) -> Option<&'a Address> {
    all.iter().find(|other| other.is_same_place(address))
}

/// The protection of an address, stricter where that of the same place became stricter since.
fn guarded(address: &Address, result: &[Address], now: &[Address]) -> Protected {
    match (at(address, result), at(address, now)) {
        (Some(then), Some(now)) => raised(&address.protection, &then.protection, &now.protection),
        _ => address.protection.clone(),
    }
}

fn addresses(before: &[Address], result: &[Address], now: &[Address]) -> Vec<Address> {
    if result == now {
        return before.to_vec();
    }
    let is_left = |address: &&Address| at(address, result).is_none() || at(address, now).is_some();
    let left = before
        .iter()
        .filter(is_left)
        .map(|address| Address { protection: guarded(address, result, now), ..address.clone() });
    let came = now.iter().filter(|address| at(address, result).is_none()).cloned();
    left.chain(came).collect()
}

fn of<'a>(phone: &Phone, phones: &'a Phones) -> Option<&'a Phone> {
    let number = phone.number()?;
    phones.all().find(|other| other.number().as_ref() == Some(&number))
}

/// Danger that was noted since is noted wherever the number is.
fn warn(phone: &mut Phone, result: &Person, now: &Person) {
    if let (Some(then), Some(now)) = (of(phone, &result.phones), of(phone, &now.phones))
        && now.safe > then.safe
    {
        phone.safe = phone.safe.max(now.safe);
    }
}

fn phones(before: &Phones, result: &Phones, now: &Phones) -> Phones {
    if result == now {
        return before.clone();
    }
    let own: Vec<Phone> = before.all().cloned().collect();
    let mut all =
        list(&own, &result.all().cloned().collect::<Vec<_>>(), &now.all().cloned().collect::<Vec<_>>());
    // A number that came with the other record goes back with it, however it was changed since.
    all.retain(|phone| of(phone, before).is_some() || of(phone, result).is_none());
    let main = if now.main == result.main { &before.main } else { &now.main };
    let at = main.as_ref().and_then(|main| all.iter().position(|phone| phone == main));
    let at = at.or_else(|| before.main.as_ref().and_then(|main| all.iter().position(|phone| phone == main)));
    let main = at.map(|at| all.remove(at));
    Phones { main, others: all }
}
