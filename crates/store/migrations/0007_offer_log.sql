-- What an area does about its Local Offer: gaps and what was decided, services cut, people asked. A row
-- is the fold of its stream.
CREATE TABLE offer_log (
    authority TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    happened_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (authority, id)
);
CREATE INDEX offer_log_by_kind ON offer_log (authority, kind, happened_on, id);

-- How often families search and find nothing, a month: of nobody and from nowhere. A key is a hash; the
-- words stay '' until enough searches had the same. The row without a key counts all searches.
CREATE TABLE offer_search (
    authority TEXT NOT NULL,
    key TEXT NOT NULL,
    month TEXT NOT NULL,
    words TEXT NOT NULL,
    searches BIGINT NOT NULL,
    found_none BIGINT NOT NULL,
    pressed BIGINT NOT NULL,
    PRIMARY KEY (authority, key, month)
);
