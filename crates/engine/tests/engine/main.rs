//! The engine's own tests, one module for each part of it. What several of them need is in `shared`.

mod answers;
mod evaluation;
mod rule_packs;
mod shared;
mod validation;
mod vignettes;
mod wording;
