//! Background work: reading and geoparsing on threads, told over a channel, with cancel.
