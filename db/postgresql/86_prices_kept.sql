-- A price at which something was sold stays in the list; any other may be taken back.

CREATE FUNCTION price_kept() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM app.charge WHERE offer_id = old.offer_id AND band = old.band
        AND unit_price = old.amount AND state <> 'void' AND tax_point_on >= old.valid_from) THEN
        RAISE EXCEPTION USING message = 'price_kept', errcode = '23514';
    END IF;
    RETURN old;
END $$;
CREATE TRIGGER price_kept BEFORE DELETE ON price
    FOR EACH ROW EXECUTE FUNCTION price_kept();
