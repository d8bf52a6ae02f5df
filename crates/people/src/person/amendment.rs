//! What a later version of an assessment changes in the record of its child: names, date of birth and numbers. Not addresses and
//! telephone numbers, which the newest version has, and nothing that another record said.

use super::{Birth, Identifier, Name, NameKind, Person, System};

impl Person {
    /// The record as a version tells of the child, which was written from one that told `before` and now tells `now`. Only what
    /// differs between the two changes, so that what came from elsewhere stays. `others` is what the newest versions of the
    /// child's other episodes tell: nothing that one of them tells is taken back.
    ///
    /// A name that is not told any more is a former one: it is looked for, and shown to nobody who does not know it. A date of
    /// birth that a correction puts right comes first, and the one that was there stays beside it, since how long everything is
    /// kept counts from both. A number that a correction takes back goes: it may be another child's.
    #[must_use]
    pub fn told(mut self, before: &Self, now: &Self, others: &[Self], is_correction: bool) -> Self {
        let elsewhere: Vec<&Name> = others.iter().flat_map(|other| &other.names).collect();
        self.tell_names(&before.names, &now.names, &elsewhere);
        self.tell_birth(before.birth, now.birth, is_correction);
        let is_numbered = |one: &&Identifier| one.system() != System::Reference;
        if is_correction {
            let is_taken_back = |one: &Identifier| {
                one.system() != System::Reference
                    && before.identifiers.contains(one)
                    && !now.identifiers.contains(one)
                    && !others.iter().any(|other| other.identifiers.contains(one))
            };
            self.identifiers.retain(|one| !is_taken_back(one));
        }
        // The newest is the one that is quoted.
        let told = now.identifiers.iter().filter(is_numbered).rev();
        for number in told.filter(|one| !before.identifiers.contains(one)) {
            self.identifiers.retain(|one| one != number);
            self.identifiers.insert(0, number.clone());
        }
        self
    }

    fn tell_names(&mut self, before: &[Name], now: &[Name], elsewhere: &[&Name]) {
        // Nobody is left without a name.
        if !now.iter().any(|name| name.kind == NameKind::Usual && !name.is_blank()) {
            return;
        }
        let is_told_elsewhere = |name: &Name| elsewhere.iter().any(|one| one.is_same_as(name));
        for name in &mut self.names {
            let is_told = now.iter().any(|one| one.is_same_as(name)) || is_told_elsewhere(name);
            if before.contains(name) && !is_told {
                name.kind = NameKind::Former;
            }
        }
        let told_before = once(before);
        for name in once(now).into_iter().filter(|name| !told_before.contains(name)) {
            // What is the usual name or the one in law elsewhere is not less for being another name here.
            let is_more = |one: &Name| {
                matches!(one.kind, NameKind::Usual | NameKind::Legal)
                    && (!before.contains(one) || is_told_elsewhere(one))
            };
            let is_kept = |one: &Name| one.is_same_as(name) && is_more(one);
            if name.kind == NameKind::Alias && self.names.iter().any(is_kept) {
                continue;
            }
            self.names.retain(|one| !one.is_same_as(name));
            match name.kind {
                NameKind::Usual => self.names.insert(0, name.clone()),
                _ => self.names.push(name.clone()),
            }
        }
    }

    fn tell_birth(&mut self, before: Birth, now: Birth, is_correction: bool) {
        if now == Birth::NotKnown || now == self.birth {
            return;
        }
        let is_put_right = is_correction && now != before;
        if is_put_right || self.birth == Birth::NotKnown {
            self.other_births = self.births().filter(|one| *one != now).collect();
            self.birth = now;
        } else if self.births().all(|one| one != now) {
            self.other_births.push(now);
        }
    }
}

/// The names that a version tells, each once: the first counts, since the usual name may be told as another one too.
fn once(names: &[Name]) -> Vec<&Name> {
    let mut told: Vec<&Name> = Vec::new();
    for name in names {
        if !told.iter().any(|one| one.is_same_as(name)) {
            told.push(name);
        }
    }
    told
}
