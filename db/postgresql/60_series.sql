-- A repeating booking keeps its rule and its dates: changes are changes of its bookings.

CREATE FUNCTION booking_series_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    RAISE EXCEPTION USING message = 'booking_series_fixed', errcode = '23514';
END $$;
CREATE TRIGGER booking_series_fixed BEFORE UPDATE ON booking_series
    FOR EACH ROW EXECUTE FUNCTION booking_series_fixed();
CREATE TRIGGER booking_series_kept BEFORE DELETE ON booking_series
    FOR EACH ROW EXECUTE FUNCTION row_kept();

-- Those who add dates of one series at the same time wait for each other, else both count 365.
CREATE FUNCTION series_date_limit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.booking_series WHERE id = new.series_id FOR UPDATE;
    IF (SELECT count(*) FROM app.series_date WHERE series_id = new.series_id) >= 366 THEN
        RAISE EXCEPTION USING message = 'series_date_limit', errcode = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM app.booking_series WHERE id = new.series_id AND (
        new.original_on < starts_on OR new.original_on > until_on)) THEN
        RAISE EXCEPTION USING message = 'series_date_in_rule', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER series_date_limit BEFORE INSERT ON series_date
    FOR EACH ROW EXECUTE FUNCTION series_date_limit();

CREATE FUNCTION series_date_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF new.series_id <> old.series_id OR new.original_on <> old.original_on
        OR (old.room_booking_id IS NOT NULL
            AND new.room_booking_id IS DISTINCT FROM old.room_booking_id) THEN
        RAISE EXCEPTION USING message = 'series_date_fixed', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER series_date_fixed BEFORE UPDATE ON series_date
    FOR EACH ROW EXECUTE FUNCTION series_date_fixed();
CREATE TRIGGER series_date_kept BEFORE DELETE ON series_date
    FOR EACH ROW EXECUTE FUNCTION row_kept();
