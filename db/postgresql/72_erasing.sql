-- What the audit trail keeps apart about somebody who was erased is emptied; officers may not
-- write there themselves. Nothing is emptied of anybody else.

CREATE FUNCTION forget_words(erased bigint) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE emptied bigint;
BEGIN
    UPDATE app.audit_detail SET words = NULL, salt = NULL
    WHERE words IS NOT NULL AND position IN (
        SELECT a.position FROM app.audit a
        WHERE a.table_name = 'person' AND a.record_id IN (
            SELECT id FROM app.person WHERE id = erased AND erased_on IS NOT NULL)
        UNION ALL
        SELECT a.position FROM app.audit a
        WHERE a.table_name = 'message' AND a.record_id IN (
            SELECT id FROM app.message WHERE erased_for = erased)
        UNION ALL
        SELECT a.position FROM app.audit a
        WHERE a.table_name = 'course_booking' AND a.record_id IN (
            SELECT b.id FROM app.course_booking b
            JOIN app.person p ON p.id = b.contact_id OR p.customer_id = b.customer_id
            WHERE p.id = erased AND p.erased_on IS NOT NULL AND EXISTS (
                SELECT 1 FROM app.audit e
                WHERE e.table_name = 'course_booking' AND e.record_id = b.id
                AND e.payload::json ->> 'action' = 'erase_person'))
        UNION ALL
        SELECT a.position FROM app.audit a
        WHERE a.table_name = 'charge' AND a.record_id IN (
            SELECT c.id FROM app.charge c JOIN app.person p ON p.customer_id = c.customer_id
            WHERE p.id = erased AND p.erased_on IS NOT NULL
            AND c.source = 'place' AND c.state <> 'billed' AND EXISTS (
                SELECT 1 FROM app.audit h
                WHERE h.table_name = 'place' AND h.record_id = c.source_id
                AND erased::text IN (
                    h.payload::json #>> '{after,person_id}',
                    h.payload::json #>> '{before,person_id}'))));
    GET DIAGNOSTICS emptied = ROW_COUNT;
    RETURN emptied;
END $$;
