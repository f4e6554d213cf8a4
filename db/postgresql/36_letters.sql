-- The outbox never sends twice: a message begins queued, steps one way, and once it is sent or
-- taken out it stays as it is. What is in it never changes at all.

CREATE FUNCTION message_steps() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'queued' OR new.attempts <> 0 OR new.claimed_by <> '' THEN
            RAISE EXCEPTION USING message = 'message_begins_queued', errcode = '23514';
        END IF;
        RETURN new;
    END IF;
    IF old.state IN ('sent', 'withdrawn')
        OR (new.kind, new.record_kind, new.record_id, new.record_name, new.to_address, new.to_name,
            new.subject, new.message_id, new.eml, new.queued_at, new.queued_by)
        IS DISTINCT FROM (old.kind, old.record_kind, old.record_id, old.record_name,
            old.to_address, old.to_name, old.subject, old.message_id, old.eml, old.queued_at,
            old.queued_by) THEN
        RAISE EXCEPTION USING message = 'message_kept', errcode = '23514';
    END IF;
    IF (new.state <> old.state AND (old.state || '>' || new.state) NOT IN (
            'queued>sending', 'queued>withdrawn', 'sending>sent', 'sending>failed',
            'sending>unsure', 'failed>queued', 'failed>withdrawn', 'unsure>queued',
            'unsure>sent', 'unsure>withdrawn'))
        OR new.attempts <> old.attempts
            + (old.state = 'queued' AND new.state = 'sending')::integer
        OR (new.state = 'sending' AND (new.claimed_by = '' OR new.claimed_at IS NULL))
        OR (old.state = 'sending' AND new.claimed_by <> old.claimed_by) THEN
        RAISE EXCEPTION USING message = 'message_step', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER message_steps BEFORE INSERT OR UPDATE ON message
    FOR EACH ROW EXECUTE FUNCTION message_steps();
CREATE TRIGGER message_kept BEFORE DELETE ON message
    FOR EACH ROW EXECUTE FUNCTION row_kept();
