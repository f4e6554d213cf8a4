-- A paper is born a draft, takes the next number of its series when issued, and never changes.

CREATE FUNCTION invoice_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE broken text; line_net bigint; line_vat bigint; line_count bigint;
BEGIN
    IF tg_op = 'INSERT' THEN
        IF new.state <> 'draft' OR new.number IS NOT NULL THEN
            RAISE EXCEPTION USING message = 'invoice_born_draft', errcode = '23514';
        END IF;
        RETURN new;
    END IF;
    IF old.state = 'issued' THEN
        RAISE EXCEPTION USING message = 'invoice_is_issued', errcode = '23514';
    END IF;
    IF tg_op = 'DELETE' THEN RETURN old; END IF;
    IF new.state <> 'issued' THEN RETURN new; END IF;
    SELECT count(*), sum(net), sum(vat) INTO line_count, line_net, line_vat
        FROM app.invoice_line WHERE invoice_id = new.id;
    broken := CASE
        WHEN line_count = 0 THEN 'invoice_has_lines'
        WHEN line_net <> new.net OR line_vat <> new.vat THEN 'invoice_adds_up'
        WHEN new.issued_on <= (SELECT locked_to FROM app.period_lock) THEN 'period_locked'
        WHEN EXISTS (
            SELECT 1 FROM app.invoice_line JOIN app.charge ON charge.id = invoice_line.charge_id
            WHERE invoice_line.invoice_id = new.id AND charge.state <> 'unbilled')
            THEN 'charge_not_unbilled'
        WHEN new.credits_id IS NOT NULL AND NOT app.credit_fits(new) THEN 'credit_within_invoice'
    END;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION USING message = broken, errcode = '23514';
    END IF;
    UPDATE app.invoice_series SET next_number = next_number + 1
        WHERE series = new.series AND next_number = new.number;
    IF NOT FOUND THEN
        RAISE EXCEPTION USING message = 'number_is_next', errcode = '23514';
    END IF;
    RETURN new;
END $$;

CREATE FUNCTION credit_fits(credit invoice) RETURNS boolean LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
DECLARE credited app.invoice; given bigint;
BEGIN
    SELECT * INTO credited FROM app.invoice WHERE id = credit.credits_id FOR UPDATE;
    SELECT coalesce(sum(total), 0) INTO given FROM app.invoice
        WHERE credits_id = credit.credits_id AND state = 'issued';
    RETURN credit.total <= 0 AND credited.state = 'issued' AND credited.credits_id IS NULL
        AND credited.customer_id = credit.customer_id
        AND credited.total + given + credit.total >= 0;
END $$;

CREATE TRIGGER invoice_guard BEFORE INSERT OR UPDATE OR DELETE ON invoice
    FOR EACH ROW EXECUTE FUNCTION invoice_guard();

CREATE FUNCTION invoice_issued() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    UPDATE app.charge SET state = 'billed', version = version + 1 WHERE id IN (
        SELECT charge_id FROM app.invoice_line WHERE invoice_id = new.id);
    RETURN NULL;
END $$;
CREATE TRIGGER invoice_issued AFTER UPDATE ON invoice
    FOR EACH ROW WHEN (old.state = 'draft' AND new.state = 'issued')
    EXECUTE FUNCTION invoice_issued();

CREATE FUNCTION series_counts_up() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF (tg_op = 'INSERT' AND new.next_number = 1)
        OR (tg_op = 'UPDATE' AND new.series = old.series
            AND new.next_number = old.next_number + 1 AND pg_trigger_depth() > 1) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION USING message = 'series_counts_up', errcode = '23514';
END $$;
CREATE TRIGGER series_counts_up BEFORE INSERT OR UPDATE OR DELETE ON invoice_series
    FOR EACH ROW EXECUTE FUNCTION series_counts_up();

CREATE FUNCTION invoice_line_guard() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    PERFORM 1 FROM app.invoice WHERE id IN (
        CASE WHEN tg_op <> 'INSERT' THEN old.invoice_id END,
        CASE WHEN tg_op <> 'DELETE' THEN new.invoice_id END) AND state = 'issued' FOR SHARE;
    IF FOUND THEN
        RAISE EXCEPTION USING message = 'invoice_is_issued', errcode = '23514';
    END IF;
    RETURN CASE WHEN tg_op = 'DELETE' THEN old ELSE new END;
END $$;
CREATE TRIGGER invoice_line_guard BEFORE INSERT OR UPDATE OR DELETE ON invoice_line
    FOR EACH ROW EXECUTE FUNCTION invoice_line_guard();

CREATE FUNCTION charge_billed_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF (tg_op = 'INSERT' AND new.state = 'billed') OR (tg_op = 'UPDATE' AND (
        old.state = 'billed' OR (new.state = 'billed' AND NOT EXISTS (
            SELECT 1 FROM app.invoice_line AS line JOIN app.invoice ON invoice.id = line.invoice_id
            WHERE line.charge_id = new.id AND invoice.state = 'issued')))) THEN
        RAISE EXCEPTION USING message = 'charge_billed_fixed', errcode = '23514';
    END IF;
    RETURN new;
END $$;
CREATE TRIGGER charge_billed_fixed BEFORE INSERT OR UPDATE ON charge
    FOR EACH ROW EXECUTE FUNCTION charge_billed_fixed();
CREATE TRIGGER charge_kept BEFORE DELETE ON charge
    FOR EACH ROW EXECUTE FUNCTION row_kept();

CREATE FUNCTION period_lock_forward() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op = 'UPDATE' AND new.locked_to >= old.locked_to THEN RETURN new; END IF;
    RAISE EXCEPTION USING message = 'period_lock_forward', errcode = '23514';
END $$;
CREATE TRIGGER period_lock_forward BEFORE UPDATE OR DELETE ON period_lock
    FOR EACH ROW EXECUTE FUNCTION period_lock_forward();
