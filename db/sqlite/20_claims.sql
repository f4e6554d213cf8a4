-- What holds space may not overlap on one resource; the claims of a room use follow it.
-- Written "= 1" because only so SQLite sees that ix_claim_held holds all that is asked for.

CREATE TRIGGER claim_no_overlap_i BEFORE INSERT ON claim WHEN new.holds_space BEGIN
    SELECT raise(ABORT, 'claim_no_overlap') WHERE EXISTS (
        SELECT 1 FROM claim AS held
        WHERE held.holds_space = 1 AND held.resource_id = new.resource_id
            AND held.starts_at < new.ends_at AND held.ends_at > new.starts_at
            AND held.starts_at >= datetime(new.starts_at, '-31 days'));
END;
CREATE TRIGGER claim_no_overlap_u BEFORE UPDATE ON claim WHEN new.holds_space BEGIN
    SELECT raise(ABORT, 'claim_no_overlap') WHERE EXISTS (
        SELECT 1 FROM claim AS held
        WHERE held.holds_space = 1 AND held.resource_id = new.resource_id
            AND held.starts_at < new.ends_at AND held.ends_at > new.starts_at
            AND held.starts_at >= datetime(new.starts_at, '-31 days') AND held.id <> old.id);
END;

CREATE TRIGGER claim_follows_use_i BEFORE INSERT ON claim WHEN new.room_use_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'claim_follows_use') WHERE NOT EXISTS (
        SELECT 1 FROM room_use AS used
        JOIN space_cell AS cell ON cell.space_id = used.space_id
        WHERE used.id = new.room_use_id AND cell.resource_id = new.resource_id
            AND used.reserved_from = new.starts_at AND used.reserved_to = new.ends_at
            AND used.holds_space = new.holds_space);
    SELECT raise(ABORT, 'claim_follows_use') WHERE EXISTS (
        SELECT 1 FROM claim WHERE id = new.id);
END;
CREATE TRIGGER claim_follows_use_u BEFORE UPDATE ON claim
WHEN old.room_use_id IS NOT NULL OR new.room_use_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'claim_follows_use');
END;
CREATE TRIGGER claim_follows_use_d BEFORE DELETE ON claim WHEN old.room_use_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'claim_follows_use') WHERE EXISTS (
        SELECT 1 FROM room_use AS used
        JOIN space_cell AS cell ON cell.space_id = used.space_id
        WHERE used.id = old.room_use_id AND cell.resource_id = old.resource_id
            AND used.reserved_from = old.starts_at AND used.reserved_to = old.ends_at
            AND used.holds_space = old.holds_space);
END;

CREATE TRIGGER room_use_claims_i AFTER INSERT ON room_use WHEN new.space_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'space_has_cells') WHERE NOT EXISTS (
        SELECT 1 FROM space_cell WHERE space_id = new.space_id);
    INSERT INTO claim (resource_id, room_use_id, starts_at, ends_at, holds_space)
        SELECT resource_id, new.id, new.reserved_from, new.reserved_to, new.holds_space
        FROM space_cell WHERE space_id = new.space_id ORDER BY resource_id;
END;
CREATE TRIGGER room_use_claims_u
AFTER UPDATE OF space_id, reserved_from, reserved_to, holds_space ON room_use BEGIN
    SELECT raise(ABORT, 'space_has_cells') WHERE new.space_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM space_cell WHERE space_id = new.space_id);
    DELETE FROM claim WHERE room_use_id = new.id AND NOT EXISTS (
        SELECT 1 FROM space_cell AS cell
        WHERE cell.space_id = new.space_id AND cell.resource_id = claim.resource_id
            AND claim.starts_at = new.reserved_from AND claim.ends_at = new.reserved_to
            AND claim.holds_space = new.holds_space);
    INSERT INTO claim (resource_id, room_use_id, starts_at, ends_at, holds_space)
        SELECT cell.resource_id, new.id, new.reserved_from, new.reserved_to, new.holds_space
        FROM space_cell AS cell
        WHERE cell.space_id = new.space_id AND NOT EXISTS (
            SELECT 1 FROM claim
            WHERE claim.room_use_id = new.id AND claim.resource_id = cell.resource_id)
        ORDER BY cell.resource_id;
END;
CREATE TRIGGER room_use_kept BEFORE DELETE ON room_use BEGIN
    SELECT raise(ABORT, 'room_use_kept');
END;

CREATE TRIGGER space_cells_fixed_i BEFORE INSERT ON space_cell BEGIN
    SELECT raise(ABORT, 'space_cells_fixed') WHERE EXISTS (
        SELECT 1 FROM room_use WHERE space_id = new.space_id);
END;
CREATE TRIGGER space_cells_fixed_u BEFORE UPDATE ON space_cell BEGIN
    SELECT raise(ABORT, 'space_cells_fixed') WHERE EXISTS (
        SELECT 1 FROM room_use WHERE space_id IN (old.space_id, new.space_id));
END;
CREATE TRIGGER space_cells_fixed_d BEFORE DELETE ON space_cell BEGIN
    SELECT raise(ABORT, 'space_cells_fixed') WHERE EXISTS (
        SELECT 1 FROM room_use WHERE space_id = old.space_id);
END;
