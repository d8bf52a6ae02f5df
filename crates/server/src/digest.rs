//! SHA-256 in lower-case hexadecimal, for receipts and entity tags.

use sha2::{Digest, Sha256};

/// The digest of those exact bytes: 64 characters.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
