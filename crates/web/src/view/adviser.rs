//! adviser
