//! One flat row to every format; no format differs from another in facts.
