-- An agreement pays only for what its own customer booked. The booking or visit is locked before
-- its customer is read, so that nobody gives it to another customer meanwhile.

CREATE FUNCTION agreement_draw_own() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE whose bigint;
BEGIN
    IF new.source = 'place' THEN
        SELECT b.customer_id INTO whose FROM app.place AS p
            JOIN app.course_booking AS b ON b.id = p.course_booking_id
            WHERE p.id = new.source_id FOR SHARE;
    ELSIF new.source = 'visit' THEN
        SELECT customer_id INTO whose FROM app.visit WHERE id = new.source_id FOR SHARE;
    END IF;
    PERFORM 1 FROM app.agreement WHERE id = new.agreement_id AND customer_id = whose FOR SHARE;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING message = 'agreement_draw_own', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_draw_own
    AFTER INSERT OR UPDATE OF agreement_id, source, source_id, is_returned ON agreement_draw
    FOR EACH ROW WHEN (NOT new.is_returned) EXECUTE FUNCTION agreement_draw_own();

CREATE FUNCTION keeps_own_agreement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM app.agreement_draw AS d WHERE NOT d.is_returned AND CASE tg_table_name
            WHEN 'agreement' THEN d.agreement_id = new.id
            WHEN 'course_booking' THEN d.source = 'place' AND d.source_id IN (
                SELECT id FROM app.place WHERE course_booking_id = new.id)
            ELSE d.source = tg_table_name AND d.source_id = new.id END) THEN
        RAISE EXCEPTION USING message = 'agreement_draw_own', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER agreement_own_draws AFTER UPDATE OF customer_id ON agreement
    FOR EACH ROW WHEN (new.customer_id <> old.customer_id) EXECUTE FUNCTION keeps_own_agreement();
CREATE TRIGGER visit_own_agreement AFTER UPDATE OF customer_id ON visit
    FOR EACH ROW WHEN (new.customer_id <> old.customer_id) EXECUTE FUNCTION keeps_own_agreement();
CREATE TRIGGER booking_own_agreement AFTER UPDATE OF customer_id ON course_booking
    FOR EACH ROW WHEN (new.customer_id <> old.customer_id) EXECUTE FUNCTION keeps_own_agreement();
CREATE TRIGGER place_own_agreement AFTER UPDATE OF course_booking_id ON place
    FOR EACH ROW WHEN (new.course_booking_id <> old.course_booking_id)
    EXECUTE FUNCTION keeps_own_agreement();
