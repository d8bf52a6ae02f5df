//! Every type is written and read by the same derives, so what one side sends the other understands.

mod assessment;
mod draft;
mod problem;
