-- What brings the second schema to the third on SQLite. Never edited once released.

CREATE INDEX ix_person_customer_id_id ON person (customer_id, id);

ALTER TABLE message ADD COLUMN erased_for INTEGER CONSTRAINT fk_message_erased_for REFERENCES person (id);

CREATE INDEX ix_invoice_line_credits_line_id ON invoice_line (credits_line_id);

CREATE TABLE missed_session (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    client_uuid TEXT NOT NULL,
    version INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    event_session_id INTEGER NOT NULL,
    CONSTRAINT ck_missed_session_client_uuid_given CHECK (length(client_uuid) between 32 and 36),
    CONSTRAINT ck_missed_session_version_counts CHECK (version >= 1),
    CONSTRAINT uq_missed_session_place_id_event_session_id UNIQUE (place_id, event_session_id),
    CONSTRAINT uq_missed_session_client_uuid UNIQUE (client_uuid),
    CONSTRAINT fk_missed_session_place_id FOREIGN KEY(place_id) REFERENCES place (id),
    CONSTRAINT fk_missed_session_event_session_id FOREIGN KEY(event_session_id) REFERENCES event_session (id)
)
 STRICT;

CREATE INDEX ix_missed_session_event_session_id ON missed_session (event_session_id);

DROP INDEX ix_person_customer_id;

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql,
    'CONSTRAINT ck_invoice_credit_names_it CHECK ((series = ''CRN'') = (credits_id is not null))',
    'CONSTRAINT ck_invoice_credit_names_it CHECK (series = ''RCH'' or (series = ''CRN'') = (credits_id is not null))')
    WHERE type = 'table' AND name = 'invoice';

UPDATE sqlite_schema SET sql = replace(sql,
    'CONSTRAINT ck_event_decision_decided_known CHECK (decided in (''confirmed to run'', ''cancelled''))',
    'CONSTRAINT ck_event_decision_decided_known CHECK (decided in (''confirmed to run'', ''cancelled'', ''moved''))')
    WHERE type = 'table' AND name = 'event_decision';

PRAGMA writable_schema = RESET;
