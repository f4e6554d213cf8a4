-- A trainer is in one place at a time: each row of trainer_time has its claim, which follows it.
-- The times of a visit are held exactly while it is not cancelled.

CREATE FUNCTION claim_follows_time() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE follows boolean; asked app.claim;
BEGIN
    asked := CASE WHEN tg_op = 'INSERT' THEN new ELSE old END;
    IF tg_op = 'UPDATE' THEN
        IF old.trainer_time_id IS NULL AND new.trainer_time_id IS NULL AND NOT EXISTS (
            SELECT 1 FROM app.trainer WHERE resource_id = new.resource_id) THEN
            RETURN new;
        END IF;
        RAISE EXCEPTION USING message = 'claim_follows_time', errcode = '23514';
    END IF;
    IF asked.trainer_time_id IS NULL THEN
        IF tg_op = 'INSERT' AND EXISTS (
            SELECT 1 FROM app.trainer WHERE resource_id = asked.resource_id) THEN
            RAISE EXCEPTION USING message = 'claim_follows_time', errcode = '23514';
        END IF;
        RETURN asked;
    END IF;
    follows := EXISTS (
        SELECT 1 FROM app.trainer_time AS used
        JOIN app.trainer ON trainer.id = used.trainer_id
        WHERE used.id = asked.trainer_time_id AND trainer.resource_id = asked.resource_id
            AND used.reserved_from = asked.starts_at AND used.reserved_to = asked.ends_at
            AND used.holds_space = asked.holds_space);
    IF follows <> (tg_op = 'INSERT') OR (tg_op = 'INSERT' AND (asked.room_use_id IS NOT NULL
        OR EXISTS (SELECT 1 FROM app.claim WHERE trainer_time_id = asked.trainer_time_id))) THEN
        RAISE EXCEPTION USING message = 'claim_follows_time', errcode = '23514';
    END IF;
    RETURN asked;
END $$;
CREATE TRIGGER claim_follows_time_i BEFORE INSERT ON claim FOR EACH ROW
    WHEN (new.trainer_time_id IS NOT NULL OR new.room_use_id IS NULL)
    EXECUTE FUNCTION claim_follows_time();
CREATE TRIGGER claim_follows_time_u BEFORE UPDATE ON claim FOR EACH ROW
    EXECUTE FUNCTION claim_follows_time();
CREATE TRIGGER claim_follows_time_d BEFORE DELETE ON claim FOR EACH ROW
    WHEN (old.trainer_time_id IS NOT NULL)
    EXECUTE FUNCTION claim_follows_time();

CREATE FUNCTION trainer_time_claims() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'UPDATE' THEN
        IF (new.trainer_id, new.reserved_from, new.reserved_to, new.holds_space)
            = (old.trainer_id, old.reserved_from, old.reserved_to, old.holds_space) THEN
            RETURN NULL;
        END IF;
        DELETE FROM app.claim WHERE trainer_time_id = new.id;
    END IF;
    INSERT INTO app.claim (resource_id, trainer_time_id, starts_at, ends_at, holds_space)
        SELECT resource_id, new.id, new.reserved_from, new.reserved_to, new.holds_space
        FROM app.trainer WHERE id = new.trainer_id;
    RETURN NULL;
END $$;
CREATE TRIGGER trainer_time_claims
    AFTER INSERT OR UPDATE OF trainer_id, reserved_from, reserved_to, holds_space ON trainer_time
    FOR EACH ROW EXECUTE FUNCTION trainer_time_claims();
CREATE TRIGGER trainer_time_kept BEFORE DELETE ON trainer_time
    FOR EACH ROW EXECUTE FUNCTION row_kept();
CREATE TRIGGER trainer_kept BEFORE DELETE ON trainer
    FOR EACH ROW EXECUTE FUNCTION row_kept();
CREATE TRIGGER visit_kept BEFORE DELETE ON visit
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION trainer_is_resource() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_table_name = 'trainer' THEN
        IF tg_op = 'INSERT' AND EXISTS (
                SELECT 1 FROM app.resource WHERE id = new.resource_id AND kind = 'trainer')
            AND NOT EXISTS (SELECT 1 FROM app.claim WHERE resource_id = new.resource_id)
            OR tg_op = 'UPDATE' AND new.resource_id = old.resource_id THEN
            RETURN new;
        END IF;
    ELSIF tg_table_name = 'resource' THEN
        IF new.kind = old.kind OR NOT EXISTS (
            SELECT 1 FROM app.trainer WHERE resource_id = old.id) THEN
            RETURN new;
        END IF;
    ELSIF NOT EXISTS (SELECT 1 FROM app.trainer WHERE resource_id = new.resource_id) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION USING message = 'trainer_is_resource', errcode = '23514';
END $$;
CREATE TRIGGER trainer_is_resource BEFORE INSERT OR UPDATE OF resource_id ON trainer
    FOR EACH ROW EXECUTE FUNCTION trainer_is_resource();
CREATE TRIGGER resource_of_trainer BEFORE UPDATE OF kind ON resource
    FOR EACH ROW EXECUTE FUNCTION trainer_is_resource();
CREATE TRIGGER cell_is_no_trainer BEFORE INSERT OR UPDATE ON space_cell
    FOR EACH ROW EXECUTE FUNCTION trainer_is_resource();

CREATE FUNCTION visit_holds_time() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE fits boolean;
BEGIN
    IF tg_table_name = 'trainer_time' THEN
        fits := NOT EXISTS (SELECT 1 FROM app.visit WHERE trainer_time_id = new.id
            AND (new.holds_space <> (state <> 'cancelled') OR new.purpose <> 'visit'));
    ELSIF tg_op = 'INSERT' THEN
        fits := EXISTS (SELECT 1 FROM app.trainer_time WHERE id = new.trainer_time_id
            AND purpose = 'visit' AND holds_space = (new.state <> 'cancelled'));
    ELSE
        fits := new.trainer_time_id = old.trainer_time_id;
        IF fits AND (new.state = 'cancelled') <> (old.state = 'cancelled') THEN
            UPDATE app.trainer_time
            SET holds_space = (new.state <> 'cancelled'), version = version + 1
            WHERE id = new.trainer_time_id AND holds_space <> (new.state <> 'cancelled');
        END IF;
    END IF;
    IF NOT fits THEN
        RAISE EXCEPTION USING message = 'visit_holds_time', errcode = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER visit_holds_time
    AFTER INSERT OR UPDATE OF state, trainer_time_id ON visit
    FOR EACH ROW EXECUTE FUNCTION visit_holds_time();
CREATE TRIGGER visit_time_held AFTER UPDATE OF holds_space, purpose ON trainer_time
    FOR EACH ROW EXECUTE FUNCTION visit_holds_time();
