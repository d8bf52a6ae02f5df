//! bench
use crate::project::{Failure, Project};
pub(crate) fn run(_: &Project, _: &str) -> Result<(), Failure> {
    Ok(())
}
