-- A repeating booking keeps its rule and its dates: changes are changes of its bookings.

CREATE TRIGGER booking_series_fixed BEFORE UPDATE ON booking_series BEGIN
    SELECT raise(ABORT, 'booking_series_fixed');
END;
CREATE TRIGGER booking_series_kept BEFORE DELETE ON booking_series BEGIN
    SELECT raise(ABORT, 'booking_series_kept');
END;
CREATE TRIGGER series_date_limit BEFORE INSERT ON series_date BEGIN
    SELECT raise(ABORT, 'series_date_limit') WHERE (
        SELECT count(*) FROM series_date WHERE series_id = new.series_id) >= 366;
    SELECT raise(ABORT, 'series_date_in_rule') WHERE EXISTS (
        SELECT 1 FROM booking_series WHERE id = new.series_id AND (
            new.original_on < starts_on OR new.original_on > until_on));
END;
CREATE TRIGGER series_date_fixed BEFORE UPDATE ON series_date
WHEN new.series_id <> old.series_id OR new.original_on <> old.original_on
    OR (old.room_booking_id IS NOT NULL AND new.room_booking_id IS NOT old.room_booking_id) BEGIN
    SELECT raise(ABORT, 'series_date_fixed');
END;
CREATE TRIGGER series_date_kept BEFORE DELETE ON series_date BEGIN
    SELECT raise(ABORT, 'series_date_kept');
END;
