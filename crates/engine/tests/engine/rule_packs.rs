//! Rule packs: the built-in one, another authority's, and what loading refuses.

mod built_in;
mod floor;
mod hours;
mod mutations;
mod refusals;
mod second_authority;
