-- What brings the second schema to the third on PostgreSQL. Never edited once released.

ALTER TABLE invoice DROP CONSTRAINT ck_invoice_credit_names_it;

ALTER TABLE invoice ADD CONSTRAINT ck_invoice_credit_names_it CHECK (series = 'RCH' or (series = 'CRN') = (credits_id is not null));

CREATE INDEX ix_person_customer_id_id ON person (customer_id, id);

ALTER TABLE message ADD COLUMN erased_for BIGINT;

ALTER TABLE message ADD CONSTRAINT fk_message_erased_for FOREIGN KEY(erased_for) REFERENCES person (id);

CREATE INDEX ix_invoice_line_credits_line_id ON invoice_line (credits_line_id);

ALTER TABLE event_decision DROP CONSTRAINT ck_event_decision_decided_known;

ALTER TABLE event_decision ADD CONSTRAINT ck_event_decision_decided_known CHECK (decided in ('confirmed to run', 'cancelled', 'moved'));

CREATE TABLE missed_session (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    client_uuid TEXT NOT NULL,
    version BIGINT NOT NULL,
    place_id BIGINT NOT NULL,
    event_session_id BIGINT NOT NULL,
    CONSTRAINT pk_missed_session PRIMARY KEY (id),
    CONSTRAINT ck_missed_session_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_missed_session_version_counts CHECK (version >= 1),
    CONSTRAINT uq_missed_session_place_id_event_session_id UNIQUE (place_id, event_session_id),
    CONSTRAINT uq_missed_session_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_missed_session_place_id FOREIGN KEY(place_id) REFERENCES place (id),
    CONSTRAINT fk_missed_session_event_session_id FOREIGN KEY(event_session_id) REFERENCES event_session (id)
);

CREATE INDEX ix_missed_session_event_session_id ON missed_session (event_session_id);

DROP INDEX ix_person_customer_id;
