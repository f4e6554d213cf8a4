-- The outbox never sends twice: a message begins queued, steps one way, and once it is sent or
-- taken out it stays as it is. What is in it never changes; only when somebody it tells of was
-- erased, may its words give way to the mark, and nothing else of it.

-- Whom a message tells of: the booking's contact and delegates, and whoever it went to by name or
-- address, as far as they are people of the customer who booked.
CREATE VIEW message_person AS
SELECT m.id AS message_id, b.contact_id AS person_id
FROM message m JOIN course_booking b ON m.record_kind = 'course_booking' AND b.id = m.record_id
WHERE b.contact_id IS NOT NULL
UNION
SELECT m.id, p.person_id
FROM message m JOIN place p
    ON m.record_kind = 'course_booking' AND p.course_booking_id = m.record_id
WHERE p.person_id IS NOT NULL AND m.kind <> 'joining' -- those name their own delegate only
UNION
SELECT m.id, pe.id
FROM message m JOIN course_booking b ON m.record_kind = 'course_booking' AND b.id = m.record_id
JOIN person pe ON pe.customer_id = b.customer_id
WHERE (pe.email <> '' AND lower(pe.email) = lower(m.to_address))
    OR (pe.family_name <> '' AND trim(pe.given_name || ' ' || pe.family_name) = m.to_name);

CREATE TRIGGER message_begins_queued BEFORE INSERT ON message
WHEN new.state <> 'queued' OR new.attempts <> 0 OR new.claimed_by <> ''
    OR new.erased_for IS NOT NULL BEGIN
    SELECT raise(ABORT, 'message_begins_queued');
END;
CREATE TRIGGER message_kept_d BEFORE DELETE ON message BEGIN
    SELECT raise(ABORT, 'message_kept');
END;
CREATE TRIGGER message_steps BEFORE UPDATE ON message BEGIN
    SELECT raise(ABORT, 'message_kept')
    WHERE new.erased_for IS NOT NULL AND NOT (
        old.state IN ('sent', 'withdrawn')
        AND EXISTS (SELECT 1 FROM person WHERE id = new.erased_for AND erased_on IS NOT NULL)
        AND EXISTS (SELECT 1 FROM message_person
            WHERE message_id = old.id AND person_id = new.erased_for)
        AND new.eml = 'Erased' AND new.subject = 'Erased' AND new.error IN (old.error, '')
        AND (new.to_address, new.to_name) IN (
            VALUES (old.to_address, old.to_name), ('erased', 'Erased'))
        AND (new.kind, new.record_kind, new.record_id, new.record_name, new.message_id,
            new.state, new.attempts, new.claimed_by, new.claimed_at, new.sent_at, new.queued_at,
            new.queued_by)
        IS (old.kind, old.record_kind, old.record_id, old.record_name, old.message_id,
            old.state, old.attempts, old.claimed_by, old.claimed_at, old.sent_at, old.queued_at,
            old.queued_by));
    SELECT raise(ABORT, 'message_kept')
    WHERE new.erased_for IS NULL AND (old.erased_for IS NOT NULL OR old.state IN ('sent', 'withdrawn')
        OR (new.kind, new.record_kind, new.record_id, new.record_name, new.to_address, new.to_name,
            new.subject, new.message_id, new.eml, new.queued_at, new.queued_by)
        IS NOT (old.kind, old.record_kind, old.record_id, old.record_name, old.to_address,
            old.to_name, old.subject, old.message_id, old.eml, old.queued_at, old.queued_by));
    SELECT raise(ABORT, 'message_step')
    WHERE (new.state <> old.state AND (old.state || '>' || new.state) NOT IN (
            'queued>sending', 'queued>withdrawn', 'sending>sent', 'sending>failed',
            'sending>unsure', 'failed>queued', 'failed>withdrawn', 'unsure>queued',
            'unsure>sent', 'unsure>withdrawn'))
        OR new.attempts <> old.attempts + (old.state = 'queued' AND new.state = 'sending')
        OR (new.state = 'sending' AND (new.claimed_by = '' OR new.claimed_at IS NULL))
        OR (old.state = 'sending' AND new.claimed_by <> old.claimed_by);
END;
