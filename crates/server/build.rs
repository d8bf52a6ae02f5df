//! Rebuilds the crate when a migration is added or changed: they are compiled into the program.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
