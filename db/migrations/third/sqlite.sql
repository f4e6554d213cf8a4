-- What brings the second schema to the third on SQLite. Never edited once released.

ALTER TABLE message ADD COLUMN erased_for INTEGER CONSTRAINT fk_message_erased_for REFERENCES person (id);

CREATE INDEX ix_invoice_line_credits_line_id ON invoice_line (credits_line_id);

PRAGMA writable_schema = ON;

UPDATE sqlite_schema SET sql = replace(sql,
    'CONSTRAINT ck_event_decision_decided_known CHECK (decided in (''confirmed to run'', ''cancelled''))',
    'CONSTRAINT ck_event_decision_decided_known CHECK (decided in (''confirmed to run'', ''cancelled'', ''moved''))')
    WHERE type = 'table' AND name = 'event_decision';

PRAGMA writable_schema = RESET;
