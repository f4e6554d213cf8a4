-- No more equipment is held at any instant than there is; its lines follow their use of a room.
-- The most is held where a line begins, so only there it is counted.

CREATE TRIGGER equipment_follows_use_i BEFORE INSERT ON equipment_line BEGIN
    SELECT raise(ABORT, 'equipment_follows_use') WHERE NOT EXISTS (
        SELECT 1 FROM room_use
        WHERE id = new.room_use_id AND reserved_from = new.starts_at
            AND reserved_to = new.ends_at AND holds_space = new.holds_space);
    SELECT raise(ABORT, 'equipment_follows_use') WHERE EXISTS (
        SELECT 1 FROM equipment_line
        WHERE room_use_id = new.room_use_id AND equipment_id = new.equipment_id);
END;
CREATE TRIGGER equipment_follows_use_u BEFORE UPDATE ON equipment_line BEGIN
    SELECT raise(ABORT, 'equipment_follows_use') WHERE new.room_use_id <> old.room_use_id
        OR new.equipment_id <> old.equipment_id OR NOT EXISTS (
            SELECT 1 FROM room_use
            WHERE id = new.room_use_id AND reserved_from = new.starts_at
                AND reserved_to = new.ends_at AND holds_space = new.holds_space);
END;
CREATE TRIGGER equipment_line_kept BEFORE DELETE ON equipment_line BEGIN
    SELECT raise(ABORT, 'equipment_line_kept');
END;

CREATE TRIGGER room_use_extras
AFTER UPDATE OF starts_at, ends_at, reserved_from, reserved_to, holds_space ON room_use BEGIN
    UPDATE equipment_line SET starts_at = new.reserved_from, ends_at = new.reserved_to,
        holds_space = new.holds_space
    WHERE room_use_id = new.id AND (starts_at <> new.reserved_from
        OR ends_at <> new.reserved_to OR holds_space <> new.holds_space);
    UPDATE catering_line SET version = version + 1, served_at = datetime(served_at,
        (strftime('%s', new.starts_at) - strftime('%s', old.starts_at)) || ' seconds')
    WHERE room_use_id = new.id AND new.starts_at <> old.starts_at
        AND strftime('%s', new.ends_at) - strftime('%s', old.ends_at)
            = strftime('%s', new.starts_at) - strftime('%s', old.starts_at);
END;

CREATE TRIGGER equipment_stock_i AFTER INSERT ON equipment_line
WHEN new.holds_space AND new.quantity > 0 BEGIN
    SELECT raise(ABORT, 'equipment_stock') WHERE EXISTS (
        SELECT 1 FROM equipment_line AS begins
        WHERE begins.holds_space = 1 AND begins.equipment_id = new.equipment_id
            AND begins.starts_at < new.ends_at AND begins.ends_at > new.starts_at
            AND begins.starts_at >= datetime(new.starts_at, '-31 days')
            AND (SELECT stock FROM equipment WHERE id = new.equipment_id) < (
                SELECT sum(held.quantity) FROM equipment_line AS held
                WHERE held.holds_space = 1 AND held.equipment_id = new.equipment_id
                    AND held.starts_at <= max(begins.starts_at, new.starts_at)
                    AND held.ends_at > max(begins.starts_at, new.starts_at)
                    AND held.starts_at >= datetime(new.starts_at, '-31 days')));
END;
CREATE TRIGGER equipment_stock_u
AFTER UPDATE OF quantity, starts_at, ends_at, holds_space ON equipment_line
WHEN new.holds_space AND new.quantity > 0 BEGIN
    SELECT raise(ABORT, 'equipment_stock') WHERE EXISTS (
        SELECT 1 FROM equipment_line AS begins
        WHERE begins.holds_space = 1 AND begins.equipment_id = new.equipment_id
            AND begins.starts_at < new.ends_at AND begins.ends_at > new.starts_at
            AND begins.starts_at >= datetime(new.starts_at, '-31 days')
            AND (SELECT stock FROM equipment WHERE id = new.equipment_id) < (
                SELECT sum(held.quantity) FROM equipment_line AS held
                WHERE held.holds_space = 1 AND held.equipment_id = new.equipment_id
                    AND held.starts_at <= max(begins.starts_at, new.starts_at)
                    AND held.ends_at > max(begins.starts_at, new.starts_at)
                    AND held.starts_at >= datetime(new.starts_at, '-31 days')));
END;
-- What is over does not keep a broken projector in the stock.
CREATE TRIGGER equipment_stock_promised AFTER UPDATE OF stock ON equipment
WHEN new.stock < old.stock BEGIN
    SELECT raise(ABORT, 'equipment_stock') WHERE EXISTS (
        SELECT 1 FROM equipment_line AS begins
        WHERE begins.holds_space = 1 AND begins.equipment_id = new.id
            AND begins.ends_at > datetime('now', 'localtime')
            AND new.stock < (
                SELECT sum(held.quantity) FROM equipment_line AS held
                WHERE held.holds_space = 1 AND held.equipment_id = new.id
                    AND held.starts_at <= begins.starts_at AND held.ends_at > begins.starts_at
                    AND held.starts_at >= datetime(begins.starts_at, '-31 days')));
END;

CREATE TRIGGER catering_line_kept BEFORE DELETE ON catering_line BEGIN
    SELECT raise(ABORT, 'catering_line_kept');
END;
CREATE TRIGGER catering_of_use BEFORE UPDATE OF room_use_id ON catering_line
WHEN new.room_use_id <> old.room_use_id BEGIN
    SELECT raise(ABORT, 'catering_of_use');
END;
CREATE TRIGGER final_number_kept BEFORE UPDATE OF least_charged ON catering_line
WHEN old.least_charged IS NOT NULL AND new.least_charged IS NOT old.least_charged BEGIN
    SELECT raise(ABORT, 'final_number_kept');
END;
