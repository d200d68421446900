-- The Local Offer: services, organisations, locations and taxonomies, each whole as its content.
CREATE TABLE offer_item (
    authority TEXT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    source TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (authority, kind, id)
);

-- Moves with every change, so that servers know when what they hold in memory is old.
CREATE TABLE offer_head (
    authority TEXT NOT NULL PRIMARY KEY,
    version BIGINT NOT NULL
);
