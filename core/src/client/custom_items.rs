//! Custom items: the athlete's own fields, charts and zones.
