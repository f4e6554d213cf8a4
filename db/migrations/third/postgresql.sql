-- What brings the second schema to the third on PostgreSQL. Never edited once released.

ALTER TABLE message ADD COLUMN erased_for BIGINT;

ALTER TABLE message ADD CONSTRAINT fk_message_erased_for FOREIGN KEY(erased_for) REFERENCES person (id);

CREATE INDEX ix_invoice_line_credits_line_id ON invoice_line (credits_line_id);

ALTER TABLE event_decision DROP CONSTRAINT ck_event_decision_decided_known;

ALTER TABLE event_decision ADD CONSTRAINT ck_event_decision_decided_known CHECK (decided in ('confirmed to run', 'cancelled', 'moved'));
