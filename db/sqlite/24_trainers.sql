-- A trainer is in one place at a time: each row of trainer_time has its claim, which follows it.
-- The times of a visit are held exactly while it is not cancelled.

CREATE TRIGGER claim_follows_time_i BEFORE INSERT ON claim
WHEN new.trainer_time_id IS NOT NULL OR new.room_use_id IS NULL BEGIN
    SELECT raise(ABORT, 'claim_follows_time') WHERE new.trainer_time_id IS NOT NULL
        AND new.room_use_id IS NOT NULL;
    SELECT raise(ABORT, 'claim_follows_time') WHERE new.trainer_time_id IS NULL AND EXISTS (
        SELECT 1 FROM trainer WHERE resource_id = new.resource_id);
    SELECT raise(ABORT, 'claim_follows_time') WHERE new.trainer_time_id IS NOT NULL
        AND NOT EXISTS (
            SELECT 1 FROM trainer_time AS used
            JOIN trainer ON trainer.id = used.trainer_id
            WHERE used.id = new.trainer_time_id AND trainer.resource_id = new.resource_id
                AND used.reserved_from = new.starts_at AND used.reserved_to = new.ends_at
                AND used.holds_space = new.holds_space);
    SELECT raise(ABORT, 'claim_follows_time') WHERE new.trainer_time_id IS NOT NULL AND EXISTS (
        SELECT 1 FROM claim WHERE id = new.id OR trainer_time_id = new.trainer_time_id);
END;
CREATE TRIGGER claim_follows_time_u BEFORE UPDATE ON claim
WHEN old.trainer_time_id IS NOT NULL OR new.trainer_time_id IS NOT NULL
    OR new.resource_id <> old.resource_id BEGIN
    SELECT raise(ABORT, 'claim_follows_time') WHERE old.trainer_time_id IS NOT NULL
        OR new.trainer_time_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM trainer WHERE resource_id = new.resource_id);
END;
CREATE TRIGGER claim_follows_time_d BEFORE DELETE ON claim
WHEN old.trainer_time_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'claim_follows_time') WHERE EXISTS (
        SELECT 1 FROM trainer_time AS used
        JOIN trainer ON trainer.id = used.trainer_id
        WHERE used.id = old.trainer_time_id AND trainer.resource_id = old.resource_id
            AND used.reserved_from = old.starts_at AND used.reserved_to = old.ends_at
            AND used.holds_space = old.holds_space);
END;

CREATE TRIGGER trainer_time_claims_i AFTER INSERT ON trainer_time BEGIN
    INSERT INTO claim (resource_id, trainer_time_id, starts_at, ends_at, holds_space)
        SELECT resource_id, new.id, new.reserved_from, new.reserved_to, new.holds_space
        FROM trainer WHERE id = new.trainer_id;
END;
CREATE TRIGGER trainer_time_claims_u
AFTER UPDATE OF trainer_id, reserved_from, reserved_to, holds_space ON trainer_time
WHEN new.trainer_id <> old.trainer_id OR new.reserved_from <> old.reserved_from
    OR new.reserved_to <> old.reserved_to OR new.holds_space <> old.holds_space BEGIN
    DELETE FROM claim WHERE trainer_time_id = new.id;
    INSERT INTO claim (resource_id, trainer_time_id, starts_at, ends_at, holds_space)
        SELECT resource_id, new.id, new.reserved_from, new.reserved_to, new.holds_space
        FROM trainer WHERE id = new.trainer_id;
END;
CREATE TRIGGER trainer_time_kept BEFORE DELETE ON trainer_time BEGIN
    SELECT raise(ABORT, 'trainer_time_kept');
END;

CREATE TRIGGER trainer_is_resource_i BEFORE INSERT ON trainer BEGIN
    SELECT raise(ABORT, 'trainer_is_resource') WHERE NOT EXISTS (
        SELECT 1 FROM resource WHERE id = new.resource_id AND kind = 'trainer')
        OR EXISTS (SELECT 1 FROM claim WHERE resource_id = new.resource_id)
        OR EXISTS (SELECT 1 FROM trainer WHERE resource_id = new.resource_id);
END;
CREATE TRIGGER trainer_is_resource_u BEFORE UPDATE OF resource_id ON trainer
WHEN new.resource_id <> old.resource_id BEGIN
    SELECT raise(ABORT, 'trainer_is_resource');
END;
CREATE TRIGGER trainer_kept BEFORE DELETE ON trainer BEGIN
    SELECT raise(ABORT, 'trainer_kept');
END;
CREATE TRIGGER resource_of_trainer_u BEFORE UPDATE OF kind ON resource
WHEN new.kind <> old.kind BEGIN
    SELECT raise(ABORT, 'trainer_is_resource') WHERE EXISTS (
        SELECT 1 FROM trainer WHERE resource_id = old.id);
END;
CREATE TRIGGER cell_is_no_trainer_i BEFORE INSERT ON space_cell BEGIN
    SELECT raise(ABORT, 'trainer_is_resource') WHERE EXISTS (
        SELECT 1 FROM trainer WHERE resource_id = new.resource_id);
END;
CREATE TRIGGER cell_is_no_trainer_u BEFORE UPDATE ON space_cell BEGIN
    SELECT raise(ABORT, 'trainer_is_resource') WHERE EXISTS (
        SELECT 1 FROM trainer WHERE resource_id = new.resource_id);
END;

CREATE TRIGGER visit_holds_time_i BEFORE INSERT ON visit BEGIN
    SELECT raise(ABORT, 'visit_holds_time') WHERE NOT EXISTS (
        SELECT 1 FROM trainer_time WHERE id = new.trainer_time_id AND purpose = 'visit'
            AND holds_space = (new.state <> 'cancelled'));
END;
CREATE TRIGGER visit_time_fixed_u BEFORE UPDATE OF trainer_time_id ON visit
WHEN new.trainer_time_id <> old.trainer_time_id BEGIN
    SELECT raise(ABORT, 'visit_holds_time');
END;
CREATE TRIGGER visit_frees_time_u AFTER UPDATE OF state ON visit
WHEN (new.state = 'cancelled') <> (old.state = 'cancelled') BEGIN
    UPDATE trainer_time SET holds_space = (new.state <> 'cancelled'), version = version + 1
    WHERE id = new.trainer_time_id AND holds_space <> (new.state <> 'cancelled');
END;
CREATE TRIGGER visit_holds_time_u AFTER UPDATE OF holds_space, purpose ON trainer_time BEGIN
    SELECT raise(ABORT, 'visit_holds_time') WHERE EXISTS (
        SELECT 1 FROM visit WHERE trainer_time_id = new.id
            AND (new.holds_space <> (state <> 'cancelled') OR new.purpose <> 'visit'));
END;
CREATE TRIGGER visit_kept BEFORE DELETE ON visit BEGIN
    SELECT raise(ABORT, 'visit_kept');
END;
