-- What is closed can be used only by those who are allowed although it is closed. What was there
-- before the closure was made stays, to be given another room; it can leave, but not move within.

CREATE FUNCTION room_closed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF NOT new.holds_space OR new.space_id IS NULL THEN
        RETURN new;
    END IF;
    IF tg_op = 'UPDATE' THEN
        IF old.space_id IS NOT DISTINCT FROM new.space_id
            AND old.reserved_from = new.reserved_from AND old.reserved_to = new.reserved_to
            AND old.holds_space = new.holds_space
            AND old.room_booking_id = new.room_booking_id THEN
            RETURN new;
        END IF;
    END IF;
    IF EXISTS (
        SELECT 1 FROM app.space AS used JOIN app.closure AS shut ON shut.site_id = used.site_id
        WHERE used.id = new.space_id
            AND shut.starts_at < new.reserved_to AND shut.ends_at > new.reserved_from
            AND shut.starts_at >= new.reserved_from - interval '366 days'
            AND (shut.space_id IS NULL OR EXISTS (
                SELECT 1 FROM app.space_cell AS closed JOIN app.space_cell AS cell
                    ON cell.resource_id = closed.resource_id
                WHERE closed.space_id = shut.space_id AND cell.space_id = new.space_id))
            AND NOT EXISTS (
                SELECT 1 FROM app.closure_allowance AS allowed
                JOIN app.room_booking AS booking
                    ON booking.id = allowed.room_booking_id
                    OR booking.customer_id = allowed.customer_id
                WHERE allowed.closure_id = shut.id AND booking.id = new.room_booking_id)) THEN
        RAISE EXCEPTION USING message = 'room_closed', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER room_closed
    BEFORE INSERT OR UPDATE OF space_id, reserved_from, reserved_to, holds_space, room_booking_id
    ON room_use FOR EACH ROW EXECUTE FUNCTION room_closed();
