-- What is closed can be used only by those who are allowed although it is closed. What was there
-- before the closure was made stays, to be given another room; it can leave, but not move within.

CREATE TRIGGER room_closed_i BEFORE INSERT ON room_use
WHEN new.holds_space AND new.space_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'room_closed') WHERE EXISTS (
        SELECT 1 FROM space AS used JOIN closure ON closure.site_id = used.site_id
        WHERE used.id = new.space_id
            AND closure.starts_at < new.reserved_to AND closure.ends_at > new.reserved_from
            AND closure.starts_at >= datetime(new.reserved_from, '-366 days')
            AND (closure.space_id IS NULL OR EXISTS (
                SELECT 1 FROM space_cell AS shut JOIN space_cell AS cell
                    ON cell.resource_id = shut.resource_id
                WHERE shut.space_id = closure.space_id AND cell.space_id = new.space_id))
            AND NOT EXISTS (
                SELECT 1 FROM closure_allowance AS allowed JOIN room_booking AS booking
                    ON booking.id = allowed.room_booking_id
                    OR booking.customer_id = allowed.customer_id
                WHERE allowed.closure_id = closure.id AND booking.id = new.room_booking_id));
END;
CREATE TRIGGER room_closed_u
BEFORE UPDATE OF space_id, reserved_from, reserved_to, holds_space, room_booking_id ON room_use
WHEN new.holds_space AND new.space_id IS NOT NULL AND (
    old.space_id IS NOT new.space_id OR old.reserved_from <> new.reserved_from
    OR old.reserved_to <> new.reserved_to OR old.holds_space <> new.holds_space
    OR old.room_booking_id <> new.room_booking_id) BEGIN
    SELECT raise(ABORT, 'room_closed') WHERE EXISTS (
        SELECT 1 FROM space AS used JOIN closure ON closure.site_id = used.site_id
        WHERE used.id = new.space_id
            AND closure.starts_at < new.reserved_to AND closure.ends_at > new.reserved_from
            AND closure.starts_at >= datetime(new.reserved_from, '-366 days')
            AND (closure.space_id IS NULL OR EXISTS (
                SELECT 1 FROM space_cell AS shut JOIN space_cell AS cell
                    ON cell.resource_id = shut.resource_id
                WHERE shut.space_id = closure.space_id AND cell.space_id = new.space_id))
            AND NOT EXISTS (
                SELECT 1 FROM closure_allowance AS allowed JOIN room_booking AS booking
                    ON booking.id = allowed.room_booking_id
                    OR booking.customer_id = allowed.customer_id
                WHERE allowed.closure_id = closure.id AND booking.id = new.room_booking_id));
END;
