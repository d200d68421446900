-- How entries of the Local Offer are kept, as it stands now; the history is in the stream of each service.
CREATE TABLE offer_keep (
    authority TEXT NOT NULL,
    service TEXT NOT NULL,
    keeper TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (authority, service)
);
CREATE INDEX offer_keep_by_keeper ON offer_keep (authority, keeper, service);

-- What came of it when an address of an entry was last tried.
CREATE TABLE offer_address (
    authority TEXT NOT NULL,
    service TEXT NOT NULL,
    address TEXT NOT NULL,
    tried_on TEXT NOT NULL,
    came TEXT NOT NULL,
    PRIMARY KEY (authority, service, address)
);
