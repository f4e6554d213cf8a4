-- The outbox never sends twice: a message begins queued, steps one way, and once it is sent or
-- taken out it stays as it is. What is in it never changes at all.

CREATE TRIGGER message_begins_queued BEFORE INSERT ON message
WHEN new.state <> 'queued' OR new.attempts <> 0 OR new.claimed_by <> '' BEGIN
    SELECT raise(ABORT, 'message_begins_queued');
END;
CREATE TRIGGER message_kept_d BEFORE DELETE ON message BEGIN
    SELECT raise(ABORT, 'message_kept');
END;
CREATE TRIGGER message_steps BEFORE UPDATE ON message BEGIN
    SELECT raise(ABORT, 'message_kept')
    WHERE old.state IN ('sent', 'withdrawn')
        OR (new.kind, new.record_kind, new.record_id, new.record_name, new.to_address, new.to_name,
            new.subject, new.message_id, new.eml, new.queued_at, new.queued_by)
        IS NOT (old.kind, old.record_kind, old.record_id, old.record_name, old.to_address,
            old.to_name, old.subject, old.message_id, old.eml, old.queued_at, old.queued_by);
    SELECT raise(ABORT, 'message_step')
    WHERE (new.state <> old.state AND (old.state || '>' || new.state) NOT IN (
            'queued>sending', 'queued>withdrawn', 'sending>sent', 'sending>failed',
            'sending>unsure', 'failed>queued', 'failed>withdrawn', 'unsure>queued',
            'unsure>sent', 'unsure>withdrawn'))
        OR new.attempts <> old.attempts + (old.state = 'queued' AND new.state = 'sending')
        OR (new.state = 'sending' AND (new.claimed_by = '' OR new.claimed_at IS NULL))
        OR (old.state = 'sending' AND new.claimed_by <> old.claimed_by);
END;
