//! How much is read of one file. A file that has more is refused by its size, before it takes any memory.
//!
//! The limits are a hundred times what the largest real file of a kind has, or thereabouts: none is met by accident, and
//! what passes is read in seconds.

/// The most bytes of a page. The largest of three trees of Microsoft's has 82 kB.
pub const MAX_PAGE_BYTES: u64 = 8 * 1024 * 1024;

/// The most bytes of a file that people write or keep under version control: corrections, profile, attribution, lock,
/// baseline. The baseline of all findings in Microsoft's pages of July 2021 has 300 kB.
pub const MAX_TEXT_BYTES: u64 = 32 * 1024 * 1024;

/// The most bytes of a file that another program writes: the metadata of a service, identifiers of permissions. The
/// metadata of a service of 4,000 operations has 1.6 MB.
pub const MAX_DATA_BYTES: u64 = 64 * 1024 * 1024;

/// The most bytes of a saved model. That of Microsoft's pages of July 2021 has 11 MB.
pub const MAX_MODEL_BYTES: u64 = 512 * 1024 * 1024;
