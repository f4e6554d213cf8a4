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
            SELECT id FROM app.message WHERE erased_for = erased));
    GET DIAGNOSTICS emptied = ROW_COUNT;
    RETURN emptied;
END $$;
