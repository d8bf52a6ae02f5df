//! One file per resource, as in `src/routes/`.

mod assessments;
mod drafts;
mod episodes;
mod evaluations;
mod lists;
mod people;
mod service;
mod staff;
