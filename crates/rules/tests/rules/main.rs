//! A toy vocabulary and a toy record, to show that rules know no particular form: two elements, two questions, a pack
//! of three rules; and contacts with opening hours. What packs for the real form do is tested in the engine.

#![expect(clippy::unwrap_used, reason = "a test says what must exist")]

mod answering;
mod due;
mod toy;
