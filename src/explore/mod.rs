//! What every pane shows, without drawing it: the collection, one filter, one selection, clusters.
