-- A paper is born a draft, takes the next number of its series when issued, and never changes.

CREATE TRIGGER invoice_born_draft BEFORE INSERT ON invoice BEGIN
    SELECT raise(ABORT, 'invoice_born_draft') WHERE new.state <> 'draft' OR new.number IS NOT NULL;
    SELECT raise(ABORT, 'invoice_is_issued') WHERE EXISTS (
        SELECT 1 FROM invoice
        WHERE (id = new.id OR client_uuid = new.client_uuid) AND state = 'issued');
END;
CREATE TRIGGER invoice_is_issued_u BEFORE UPDATE ON invoice WHEN old.state = 'issued' BEGIN
    SELECT raise(ABORT, 'invoice_is_issued');
END;
CREATE TRIGGER invoice_is_issued_d BEFORE DELETE ON invoice WHEN old.state = 'issued' BEGIN
    SELECT raise(ABORT, 'invoice_is_issued');
END;
CREATE TRIGGER invoice_issue BEFORE UPDATE ON invoice
WHEN old.state = 'draft' AND new.state = 'issued' BEGIN
    SELECT raise(ABORT, 'invoice_has_lines') WHERE NOT EXISTS (
        SELECT 1 FROM invoice_line WHERE invoice_id = new.id);
    SELECT raise(ABORT, 'invoice_adds_up') WHERE (new.net, new.vat) <> (
        SELECT sum(net), sum(vat) FROM invoice_line WHERE invoice_id = new.id);
    SELECT raise(ABORT, 'number_is_next') WHERE new.number IS NOT (
        SELECT next_number FROM invoice_series WHERE series = new.series);
    SELECT raise(ABORT, 'period_locked') WHERE new.issued_on <= (
        SELECT locked_to FROM period_lock);
    SELECT raise(ABORT, 'charge_not_unbilled') WHERE EXISTS (
        SELECT 1 FROM invoice_line JOIN charge ON charge.id = invoice_line.charge_id
        WHERE invoice_line.invoice_id = new.id AND charge.state <> 'unbilled');
    SELECT raise(ABORT, 'credit_within_invoice') WHERE new.credits_id IS NOT NULL AND (
        new.total > 0
        OR NOT EXISTS (SELECT 1 FROM invoice WHERE id = new.credits_id AND state = 'issued'
            AND customer_id = new.customer_id AND credits_id IS NULL)
        OR 0 > new.total + (SELECT total FROM invoice WHERE id = new.credits_id)
            + coalesce((SELECT sum(total) FROM invoice
                WHERE credits_id = new.credits_id AND state = 'issued'), 0));
END;
CREATE TRIGGER invoice_issued AFTER UPDATE ON invoice
WHEN old.state = 'draft' AND new.state = 'issued' BEGIN
    UPDATE invoice_series SET next_number = next_number + 1 WHERE series = new.series;
    UPDATE charge SET state = 'billed', version = version + 1 WHERE id IN (
        SELECT charge_id FROM invoice_line WHERE invoice_id = new.id);
END;
CREATE TRIGGER invoice_number_taken BEFORE UPDATE ON invoice WHEN new.number IS NOT NULL BEGIN
    SELECT raise(ABORT, 'number_is_next') WHERE EXISTS (
        SELECT 1 FROM invoice AS other WHERE other.series = new.series
        AND other.number = new.number AND other.id <> old.id);
END;

CREATE TRIGGER series_counts_up_i BEFORE INSERT ON invoice_series BEGIN
    SELECT raise(ABORT, 'series_counts_up') WHERE new.next_number <> 1
        OR EXISTS (SELECT 1 FROM invoice_series WHERE series = new.series);
END;
CREATE TRIGGER series_counts_up_u BEFORE UPDATE ON invoice_series BEGIN
    SELECT raise(ABORT, 'series_counts_up') WHERE new.next_number <> old.next_number + 1
        OR new.series <> old.series OR NOT EXISTS (
            SELECT 1 FROM invoice WHERE series = old.series AND number = old.next_number);
END;
CREATE TRIGGER series_counts_up_d BEFORE DELETE ON invoice_series BEGIN
    SELECT raise(ABORT, 'series_counts_up');
END;

CREATE TRIGGER invoice_line_issued_i BEFORE INSERT ON invoice_line BEGIN
    SELECT raise(ABORT, 'invoice_is_issued') WHERE EXISTS (
            SELECT 1 FROM invoice WHERE id = new.invoice_id AND state = 'issued')
        OR EXISTS (SELECT 1 FROM invoice_line AS line JOIN invoice ON invoice.id = line.invoice_id
            WHERE invoice.state = 'issued' AND (line.id = new.id
                OR line.client_uuid = new.client_uuid OR line.charge_id = new.charge_id));
END;
CREATE TRIGGER invoice_line_issued_u BEFORE UPDATE ON invoice_line BEGIN
    SELECT raise(ABORT, 'invoice_is_issued') WHERE EXISTS (
            SELECT 1 FROM invoice
            WHERE id IN (old.invoice_id, new.invoice_id) AND state = 'issued')
        OR EXISTS (SELECT 1 FROM invoice_line AS line JOIN invoice ON invoice.id = line.invoice_id
            WHERE invoice.state = 'issued' AND line.id <> old.id AND (line.id = new.id
                OR line.client_uuid = new.client_uuid OR line.charge_id = new.charge_id));
END;
CREATE TRIGGER invoice_line_issued_d BEFORE DELETE ON invoice_line BEGIN
    SELECT raise(ABORT, 'invoice_is_issued') WHERE EXISTS (
        SELECT 1 FROM invoice WHERE id = old.invoice_id AND state = 'issued');
END;

CREATE TRIGGER charge_billed_fixed_i BEFORE INSERT ON charge BEGIN
    SELECT raise(ABORT, 'charge_billed_fixed') WHERE new.state = 'billed' OR EXISTS (
        SELECT 1 FROM charge WHERE (id = new.id OR client_uuid = new.client_uuid)
        AND state = 'billed');
END;
CREATE TRIGGER charge_billed_fixed_u BEFORE UPDATE ON charge BEGIN
    SELECT raise(ABORT, 'charge_billed_fixed') WHERE old.state = 'billed';
    SELECT raise(ABORT, 'charge_billed_fixed') WHERE new.state = 'billed' AND NOT EXISTS (
        SELECT 1 FROM invoice_line AS line JOIN invoice ON invoice.id = line.invoice_id
        WHERE line.charge_id = new.id AND invoice.state = 'issued');
END;
CREATE TRIGGER charge_kept BEFORE DELETE ON charge BEGIN
    SELECT raise(ABORT, 'charge_kept');
END;

CREATE TRIGGER period_lock_forward_u BEFORE UPDATE ON period_lock BEGIN
    SELECT raise(ABORT, 'period_lock_forward') WHERE new.locked_to < old.locked_to;
END;
CREATE TRIGGER period_lock_forward_d BEFORE DELETE ON period_lock BEGIN
    SELECT raise(ABORT, 'period_lock_forward');
END;
