//! check
use crate::project::{Failure, Project};
pub(crate) fn run(_: &Project, _: bool) -> Result<(), Failure> {
    Ok(())
}
