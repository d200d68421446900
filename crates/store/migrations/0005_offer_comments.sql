-- What people say of the Local Offer, as it stands now; its history is in the stream of each comment.
CREATE TABLE offer_comment (
    authority TEXT NOT NULL,
    id TEXT NOT NULL,
    standing TEXT NOT NULL,
    service TEXT NOT NULL,
    made_on TEXT NOT NULL,
    version BIGINT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (authority, id)
);
CREATE INDEX offer_comment_by_standing ON offer_comment (authority, standing, made_on, id);
CREATE INDEX offer_comment_by_service ON offer_comment (authority, service, standing, made_on, id);
