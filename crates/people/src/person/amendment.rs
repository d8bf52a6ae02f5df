//! What a later version of an assessment changes in the record of its child: names, date of birth and numbers. Not addresses and
//! telephone numbers, which the newest version has, and nothing that another record said.

use super::{Birth, Identifier, Name, NameKind, Person, System};

impl Person {
    /// The record as a version tells of the child, which was written from one that told `before` and now tells `now`. Only what
    /// differs between the two changes, so that what came from elsewhere stays.
    ///
    /// A name that is not told any more is a former one: it is looked for, and shown to nobody who does not know it. A date of
    /// birth that a correction puts right comes first, and the one that was there stays beside it, since how long everything is
    /// kept counts from both. A number that a correction takes back goes: it may be another child's.
    #[must_use]
    pub fn told(mut self, before: &Self, now: &Self, is_correction: bool) -> Self {
        self.tell_names(&before.names, &now.names);
        self.tell_birth(before.birth, now.birth, is_correction);
        let is_numbered = |one: &&Identifier| one.system() != System::Reference;
        if is_correction {
            let is_taken_back = |one: &Identifier| {
                one.system() != System::Reference
                    && before.identifiers.contains(one)
                    && !now.identifiers.contains(one)
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

    fn tell_names(&mut self, before: &[Name], now: &[Name]) {
        let is_same = |one: &Name, other: &Name| one.given == other.given && one.family == other.family;
        // Nobody is left without a name.
        if !now.iter().any(|name| name.kind == NameKind::Usual && !name.is_blank()) {
            return;
        }
        for name in &mut self.names {
            let was_told = before.contains(name);
            if was_told && !now.iter().any(|one| is_same(one, name)) {
                name.kind = NameKind::Former;
            }
        }
        for name in now.iter().filter(|name| !before.contains(name)) {
            self.names.retain(|one| !is_same(one, name));
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
