-- What a paper gives back is of its own kind: a credit note an invoice, a recharge a recharge.

CREATE TRIGGER credit_of_its_kind_u BEFORE UPDATE ON invoice
WHEN new.state = 'issued' AND new.credits_id IS NOT NULL BEGIN
    SELECT raise(ABORT, 'credit_of_its_kind') WHERE EXISTS (
        SELECT 1 FROM invoice WHERE id = new.credits_id
        AND series <> CASE new.series WHEN 'CRN' THEN 'INV' ELSE new.series END);
END;
