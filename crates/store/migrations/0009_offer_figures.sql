-- What was last counted of a Local Offer in a month and follows from no stream: what came of the addresses
-- that were tried, and how our own pages read.
CREATE TABLE offer_figure (
    authority TEXT NOT NULL,
    month TEXT NOT NULL,
    word TEXT NOT NULL,
    counted BIGINT NOT NULL,
    of_all BIGINT NOT NULL,
    PRIMARY KEY (authority, month, word)
);
