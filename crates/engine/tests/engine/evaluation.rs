//! Evaluation: results, explanations, what-if, laws and proof, and a second evaluator from the original lists.

mod explain;
mod laws;
mod naive;
mod outcome;
mod proof;
mod what_if;
