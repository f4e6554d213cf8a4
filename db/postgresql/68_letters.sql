-- A letter that was sent stays as it was, and so does the mark of the audit chain on a paper.

CREATE TRIGGER letter_sent_kept BEFORE UPDATE OR DELETE ON letter_sent
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE TRIGGER anchor_kept BEFORE UPDATE OR DELETE ON anchor
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION anchor_of_chain() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM app.audit_head
            WHERE position = new.position AND hash = new.hash) THEN
        RAISE EXCEPTION USING message = 'anchor_of_chain', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER anchor_of_chain BEFORE INSERT ON anchor
    FOR EACH ROW EXECUTE FUNCTION anchor_of_chain();
