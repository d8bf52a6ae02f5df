//! budget
use crate::project::{Failure, Project};
pub(crate) fn run(_: &Project) -> Result<(), Failure> {
    Ok(())
}
