//! Placeholder until its first real commit.
