//! Answers: what can be typed, stored and sent, and the dictionary of the paper form.

mod dictionary;
mod drafts;
mod edits;
mod facts;
mod reading;
mod robustness;
