//! Sizes inside a Wasm file: by section, by crate and by function. It reads just enough of the format for that
//! (section headers, code bodies, the name section) and validates nothing.

use std::collections::BTreeMap;

/// Sizes in bytes with names, largest first.
pub(super) struct Parts {
    pub(super) sections: Vec<(usize, String)>,
    pub(super) crates: Vec<(usize, String)>,
    pub(super) functions: Vec<(usize, String)>,
}

const NAMES: [&str; 13] = [
    "custom",
    "types",
    "imports",
    "function list",
    "tables",
    "memory",
    "globals",
    "exports",
    "start",
    "elements",
    "code",
    "data (texts and tables)",
    "data count",
];

/// Nothing if the bytes are not a Wasm file.
pub(super) fn parts(bytes: &[u8]) -> Option<Parts> {
    let mut file = Reader { bytes: bytes.strip_prefix(b"\0asm\x01\0\0\0")? };
    let (mut sections, mut bodies, mut names, mut imported) = (Vec::new(), Vec::new(), BTreeMap::new(), 0);
    while !file.bytes.is_empty() {
        let id = file.byte()?;
        let content = file.block()?;
        let mut section = Reader { bytes: content };
        let mut title =
            NAMES.get(usize::from(id)).map_or_else(|| format!("section {id}"), |name| (*name).to_owned());
        match id {
            0 => {
                let name = section.text()?;
                if name == "name" {
                    names = function_names(&mut section)?;
                    // The names themselves are stripped from what is shipped.
                    continue;
                }
                title = format!("custom: {name}");
            }
            2 => imported = imported_functions(&mut section)?,
            10 => {
                for _ in 0..section.number()? {
                    bodies.push(section.block()?.len());
                }
            }
            _ => {}
        }
        sections.push((content.len(), title));
    }
    let functions: Vec<(usize, String)> = bodies
        .into_iter()
        .enumerate()
        .map(|(index, size)| {
            (size, names.get(&(index + imported)).cloned().unwrap_or_else(|| format!("function {index}")))
        })
        .collect();
    let mut crates = BTreeMap::new();
    for (size, name) in &functions {
        *crates.entry(owner(name)).or_insert(0) += size;
    }
    let crates = crates.into_iter().map(|(name, size)| (size, name)).collect();
    Some(Parts { sections: sorted(sections), crates: sorted(crates), functions: sorted(functions) })
}

fn sorted(mut list: Vec<(usize, String)>) -> Vec<(usize, String)> {
    list.sort_unstable_by(|one, other| other.cmp(one));
    list
}

/// The crate of the type or function that a name starts with: `<alloc::vec::Vec<T> as …>` belongs to `alloc`.
fn owner(name: &str) -> String {
    let start = name
        .trim_start_matches(['<', '&', '[', '(', '*'])
        .trim_start_matches("mut ")
        .trim_start_matches("dyn ");
    match start.split_once("::") {
        Some((owner, _)) if owner.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') => owner.to_owned(),
        _ => "(other)".to_owned(),
    }
}

fn function_names(section: &mut Reader<'_>) -> Option<BTreeMap<usize, String>> {
    while !section.bytes.is_empty() {
        let kind = section.byte()?;
        let mut content = Reader { bytes: section.block()? };
        if kind == 1 {
            let count = content.number()?;
            return (0..count).map(|_| Some((content.number()?, without_hashes(content.text()?)))).collect();
        }
    }
    Some(BTreeMap::new())
}

/// Both ways in which Rust marks a crate's build: `core[c5930c85a12de822]::fmt` and `core::fmt::h1547ca7ab4a34119`.
fn without_hashes(name: &str) -> String {
    let is_hash = |text: &str| text.len() > 10 && text.chars().all(|c| c.is_ascii_hexdigit());
    let name = match name.rsplit_once("::h") {
        Some((start, end)) if is_hash(end) => start,
        _ => name,
    };
    let mut parts = name.split('[');
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(']') {
            Some((hash, rest)) if is_hash(hash) => plain.push_str(rest),
            _ => {
                plain.push('[');
                plain.push_str(part);
            }
        }
    }
    plain
}

fn imported_functions(section: &mut Reader<'_>) -> Option<usize> {
    let mut functions = 0;
    for _ in 0..section.number()? {
        section.text()?;
        section.text()?;
        match section.byte()? {
            0 => {
                section.number()?;
                functions += 1;
            }
            // A table has its element type before its limits.
            1 => {
                section.byte()?;
                section.limits()?;
            }
            2 => section.limits()?,
            3 => {
                section.byte()?;
                section.byte()?;
            }
            _ => return None,
        }
    }
    Some(functions)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    /// An unsigned LEB128 number.
    fn number(&mut self) -> Option<usize> {
        let (mut value, mut shift) = (0_usize, 0);
        loop {
            let byte = self.byte()?;
            value |= usize::from(byte & 0x7f).checked_shl(shift)?;
            if byte & 0x80 == 0 {
                return Some(value);
            }
            shift += 7;
        }
    }

    /// A length and that many bytes.
    fn block(&mut self) -> Option<&'a [u8]> {
        let length = self.number()?;
        let (block, rest) = self.bytes.split_at_checked(length)?;
        self.bytes = rest;
        Some(block)
    }

    fn text(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.block()?).ok()
    }

    fn limits(&mut self) -> Option<()> {
        let bounded = self.byte()? & 1 == 1;
        self.number()?;
        if bounded {
            self.number()?;
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::{owner, parts, without_hashes};

    #[test]
    fn sizes_and_names_are_read_from_a_small_file() {
        // One imported function, one own function of three bytes called `app::go`.
        let file = [
            b"\0asm\x01\0\0\0".as_slice(),
            &[1, 4, 1, 0x60, 0, 0],
            &[2, 7, 1, 1, b'm', 1, b'f', 0, 0],
            &[3, 2, 1, 0],
            &[10, 5, 1, 3, 0, 1, 0x0b],
            &[0, 17, 4, b'n', b'a', b'm', b'e', 1, 10, 1, 1, 7],
            b"app::go",
        ]
        .concat();
        let parts = parts(&file).expect("it is a Wasm file");
        assert_eq!(parts.functions, [(3, "app::go".to_owned())]);
        assert_eq!(parts.crates, [(3, "app".to_owned())]);
        assert_eq!(
            parts.sections.iter().find(|section| section.1 == "code").map(|section| section.0),
            Some(5)
        );
    }

    #[test]
    fn a_name_belongs_to_the_crate_it_starts_with() {
        assert_eq!(owner("<alloc::vec::Vec<T> as core::ops::drop::Drop>::drop"), "alloc");
        assert_eq!(owner("<&mut core::fmt::Formatter as core::fmt::Write>::write_str"), "core");
        assert_eq!(owner("memcpy"), "(other)");
    }

    #[test]
    fn hashes_are_left_out_of_names() {
        assert_eq!(
            without_hashes("<u32 as core[c5930c85a12de822]::fmt::Display>::fmt"),
            "<u32 as core::fmt::Display>::fmt"
        );
        assert_eq!(
            without_hashes("alloc::vec::Vec<[u8]>::grow::h1547ca7ab4a34119"),
            "alloc::vec::Vec<[u8]>::grow"
        );
    }

    #[test]
    fn other_bytes_give_nothing() {
        assert!(parts(b"<!doctype html>").is_none());
        assert!(parts(b"\0asm\x01\0\0\0\x0a\xff").is_none());
    }
}
