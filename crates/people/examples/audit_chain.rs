//! How long a chain of 1,000,000 entries takes to make and to check.
//! `cargo run --release -p assessment-people --example audit_chain`

#![expect(clippy::print_stdout, reason = "a program that prints")]

use std::time::Instant;

use assessment_people::audit::{Entry, Head, NotAWord, Verifier, Word};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    const ENTRIES: u64 = 1_000_000;
    let start = Instant::now();
    let mut head = Head::START;
    let mut chain = Vec::new();
    for id in 1..=ENTRIES {
        let (linked, next) = entry(id)?.link(head);
        chain.push(linked);
        head = next;
    }
    println!("{ENTRIES} entries made in {:.2?}", start.elapsed());
    let start = Instant::now();
    let kept = [head];
    let mut verifier = Verifier::new(&kept);
    for linked in &chain {
        verifier.next(linked)?;
    }
    verifier.finish()?;
    println!("{ENTRIES} entries checked in {:.2?}", start.elapsed());
    Ok(())
}

fn entry(id: u64) -> Result<Entry, NotAWord> {
    Ok(Entry {
        seq: 0,
        at: 1_795_000_000_000_000,
        actor: Word::parse("https://login.example|0b5c0f2e-6f5c-4b36-9c62-3f4f9f1d2a10")?,
        action: Word::parse("person-read")?,
        subject_kind: Word::parse("person")?,
        subject_id: Word::parse(&format!("0b5c0f2e-6f5c-4b36-9c62-{id:012x}"))?,
        reason: Some(Word::parse("safeguarding")?),
    })
}
