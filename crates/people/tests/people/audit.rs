//! The chain of the audit trail finds whatever was done to it.

use assessment_people::audit::{Broken, Cut, Entry, Hash, Head, Linked, Verifier, Word, verify};

const ROWS: u64 = 1_000;

fn word(text: &str) -> Word {
    Word::parse(text).unwrap_or_else(|_| panic!("{text}"))
}

/// All at the same time: a join or an import writes many at once (A10).
fn entry(id: u64) -> Entry {
    Entry {
        seq: 0,
        at: 1_795_000_000_000_000,
        actor: word("https://login.example|7"),
        action: word("person-read"),
        subject_kind: word("person"),
        subject_id: word(&id.to_string()),
        reason: id.is_multiple_of(3).then(|| word("safeguarding")),
    }
}

fn chain(rows: u64) -> (Vec<Linked>, Vec<Head>) {
    let mut head = Head::START;
    let mut heads = Vec::new();
    let linked = (1..=rows).map(|id| {
        let (linked, next) = entry(id).link(head);
        head = next;
        heads.push(next);
        linked
    });
    (linked.collect(), heads)
}

#[test]
fn b43_an_untouched_chain_is_whole() {
    let (chain, heads) = chain(ROWS);
    let last = *heads.last().expect("rows");
    assert_eq!(verify(&chain, &[last]), Ok(last));
    assert_eq!(verify(&chain, &heads), Ok(last));
    assert_eq!(verify(&[], &[]), Ok(Head::START));
}

#[test]
fn b43_an_edited_row_is_found_and_named() {
    let (chain, heads) = chain(ROWS);
    let changes: [fn(&mut Linked); 7] = [
        |row| row.entry.at += 1,
        |row| row.entry.actor = word("https://login.example|8"),
        |row| row.entry.action = word("person-written"),
        |row| row.entry.subject_kind = word("episode"),
        |row| row.entry.subject_id = word("someone-else"),
        |row| row.entry.reason = Some(word("none")),
        |row| row.hash = Hash::from_bytes([7; 32]),
    ];
    for at in (0..chain.len()).step_by(37) {
        for change in changes {
            let mut edited = chain.clone();
            change(&mut edited[at]);
            assert_eq!(verify(&edited, &heads[999..]), Err(Broken::Changed { seq: at as u64 + 1 }));
        }
    }
}

#[test]
fn b43_a_deleted_row_is_found_and_named() {
    let (chain, heads) = chain(ROWS);
    for at in (0..chain.len() - 1).step_by(37) {
        let mut cut = chain.clone();
        cut.remove(at);
        let seq = at as u64 + 1;
        assert_eq!(verify(&cut, &heads[999..]), Err(Broken::Missing { from: seq, to: seq }));
        // The same with the numbers closed up.
        for row in &mut cut[at..] {
            row.entry.seq -= 1;
        }
        assert_eq!(verify(&cut, &heads[999..]), Err(Broken::Changed { seq }));
    }
}

#[test]
fn b43_an_inserted_row_is_found_and_named() {
    let (chain, heads) = chain(ROWS);
    for at in (0..chain.len() - 1).step_by(37) {
        let seq = at as u64 + 1;
        let mut more = chain.clone();
        let before = at.checked_sub(1).map_or(Head::START, |at| heads[at]);
        let (forged, _) = entry(424_242).link(before);
        more.insert(at, forged);
        // It fits the row before it; the row after it has its number.
        assert_eq!(verify(&more, &heads[999..]), Err(Broken::OutOfPlace { seq, expected: seq + 1 }));
        for row in &mut more[at + 1..] {
            row.entry.seq += 1;
        }
        assert_eq!(verify(&more, &heads[999..]), Err(Broken::Changed { seq: seq + 1 }));
    }
}

#[test]
fn b43_swapped_rows_are_found_and_named() {
    let (chain, heads) = chain(ROWS);
    for at in (0..chain.len() - 1).step_by(37) {
        let seq = at as u64 + 1;
        let mut swapped = chain.clone();
        swapped.swap(at, at + 1);
        assert_eq!(verify(&swapped, &heads[999..]), Err(Broken::Missing { from: seq, to: seq }));
        swapped[at].entry.seq = seq;
        swapped[at + 1].entry.seq = seq + 1;
        assert_eq!(verify(&swapped, &heads[999..]), Err(Broken::Changed { seq }));
    }
}

#[test]
fn b43_a_cut_tail_is_found_by_the_head_that_was_kept() {
    let (chain, heads) = chain(ROWS);
    for left in [0, 1, 500, 999] {
        let cut = &chain[..left];
        assert!(verify(cut, &[]).is_ok(), "the rows alone cannot tell");
        assert_eq!(verify(cut, &heads[999..]), Err(Broken::CutOff { from: left as u64 + 1, to: ROWS }));
    }
}

#[test]
fn b43_a_chain_that_was_made_again_does_not_fit_the_heads_that_were_kept() {
    let (chain, heads) = chain(ROWS);
    let mut head = heads[499];
    let mut forged = chain[..500].to_vec();
    for id in 501..=ROWS {
        let (linked, next) = entry(id + u64::from(id == 640)).link(head);
        head = next;
        forged.push(linked);
    }
    let kept = [heads[99], heads[599], heads[699], heads[999]];
    assert_eq!(verify(&forged, &kept), Err(Broken::Rewritten { after_seq: 601, seq: 700 }));
    assert!(verify(&forged, &kept[..2]).is_ok(), "heads from before it cannot tell");
}

#[test]
fn b43_what_a_form_says_does_not_fit_into_an_entry() {
    for text in ["", "she is afraid of him", "Siân", "tab\there", "line\nbreak", &"x".repeat(301)] {
        assert!(Word::parse(text).is_err(), "{text:?}");
    }
}

#[test]
fn the_bytes_of_an_entry_are_fixed() {
    let (linked, head) = entry(3).link(Head::START);
    assert_eq!(linked.entry.seq, 1);
    assert_eq!(Hash::parse(&head.hash.to_string()), Some(head.hash));
    assert_eq!(head.hash.to_string(), EXPECTED);
    // Moving a letter from one field to the next makes another entry.
    let moved = Entry { action: word("person-rea"), subject_kind: word("dperson"), ..entry(3) };
    assert_ne!(moved.link(Head::START).1.hash, head.hash);
}

/// Worked out by another program from the description in `Entry::hash_after`.
const EXPECTED: &str = "4af3f455d1a08b436afa69ed752a58dbf8ce20b74ee4892f09cea3710c87e487";

/// A chain whose last entry tells that of the entries up to a number only these are left, as a store then has it: the entries, and
/// the hashes of all.
fn erased(rows: u64, through: u64, left: &[u64]) -> (Vec<Linked>, Vec<Head>, Cut) {
    let (mut linked, mut heads) = chain(rows);
    let cut = Cut::new(through, left.iter().copied());
    let told = Entry {
        action: word(Cut::ACTION),
        subject_kind: word(Cut::KIND),
        subject_id: word(&cut.to_string()),
        ..entry(1)
    };
    let (last, head) = told.link(*heads.last().expect("rows"));
    linked.push(last);
    heads.push(head);
    linked.retain(|one| one.entry.seq > through || left.contains(&one.entry.seq));
    (linked, heads, cut)
}

fn verify_what_is_left(linked: &[Linked], heads: &[Head], cut: Option<Cut>) -> Result<Head, Broken> {
    let kept = &heads[heads.len() - 1..];
    let mut verifier = Verifier::new(kept).after(cut);
    for one in linked {
        let before = usize::try_from(one.entry.seq).expect("small").checked_sub(2).map(|at| heads[at].hash);
        verifier.erased_before(one.entry.seq, before.unwrap_or(Hash::START));
        verifier.next(one)?;
    }
    verifier.finish()
}

#[test]
fn b43_a_chain_is_whole_without_the_entries_whose_period_is_over() {
    for (through, left) in [(400, vec![]), (400, vec![1, 7, 8, 400]), (1_000, vec![]), (1, vec![])] {
        let (linked, heads, cut) = erased(ROWS, through, &left);
        assert_eq!(Cut::parse(&cut.to_string()), Some(cut));
        assert_eq!(verify_what_is_left(&linked, &heads, Some(cut)), Ok(heads[1_000]), "{through} {left:?}");
    }
}

#[test]
fn b43_no_more_may_be_missing_than_the_chain_itself_tells() {
    let left = [1, 7, 8, 400];
    let (linked, heads, cut) = erased(ROWS, 400, &left);
    let otherwise = Err(Broken::LeftOtherwise { through: 400 });
    // One of those that were left, taken out; one of those that went, put back.
    for seq in left {
        let fewer: Vec<Linked> = linked.iter().filter(|one| one.entry.seq != seq).cloned().collect();
        assert_eq!(verify_what_is_left(&fewer, &heads, Some(cut)), otherwise, "{seq}");
    }
    let mut more = linked.clone();
    more.insert(1, chain(ROWS).0[2].clone());
    assert_eq!(verify_what_is_left(&more, &heads, Some(cut)), otherwise);
    // Another account of what is left than the chain's: none of it, and one that would let more go.
    assert_eq!(verify_what_is_left(&linked, &heads, None), Err(Broken::Missing { from: 2, to: 6 }));
    let wider = Cut::new(500, left);
    let fewer: Vec<Linked> =
        linked.iter().filter(|one| !(401..=500).contains(&one.entry.seq)).cloned().collect();
    assert_eq!(verify_what_is_left(&fewer, &heads, Some(wider)), otherwise);
    let later: Vec<Linked> = linked.iter().filter(|one| one.entry.seq != 700).cloned().collect();
    assert_eq!(verify_what_is_left(&later, &heads, Some(cut)), Err(Broken::Missing { from: 700, to: 700 }));
}
