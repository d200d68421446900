//! sendero
fn main() {}
