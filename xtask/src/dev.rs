//! dev
use crate::project::{Failure, Project};
pub(crate) fn run(_: &Project, _: u16) -> Result<(), Failure> {
    Ok(())
}
