//! The engine's own tests, one module for each part of it. What several of them need is in `material`.

mod agreement;
mod answers;
mod code_lists;
mod contradictions;
mod disclosure;
mod evaluation;
mod filled_wrongly;
mod material;
mod nothing_else;
mod people;
mod real_families;
mod real_families_proof;
mod refer;
mod rule_packs;
mod sibling;
mod triangle;
mod validation;
mod vignettes;
mod wording;
