//! Every operation has an action or is public, so that a route without rows in the table of access fails here.
