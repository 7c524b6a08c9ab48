//! Small programs over the generated SDK, as its users would write them: see `src/bin`.
