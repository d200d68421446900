//! How long one case takes.
fn main() {
    divan::main();
}
