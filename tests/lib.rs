//! Acceptance tests. The library itself holds only what several test files share.
