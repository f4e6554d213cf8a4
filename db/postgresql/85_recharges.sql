-- What a paper gives back is of its own kind: a credit note an invoice, a recharge a recharge.

CREATE FUNCTION credit_of_its_kind() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM app.invoice WHERE id = new.credits_id
        AND series <> CASE new.series WHEN 'CRN' THEN 'INV' ELSE new.series END) THEN
        RAISE EXCEPTION USING message = 'credit_of_its_kind', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER credit_of_its_kind BEFORE UPDATE ON invoice
    FOR EACH ROW WHEN (new.state = 'issued' AND new.credits_id IS NOT NULL)
    EXECUTE FUNCTION credit_of_its_kind();
