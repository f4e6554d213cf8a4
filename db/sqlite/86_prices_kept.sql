-- A price at which something was sold stays in the list; any other may be taken back.

CREATE TRIGGER price_kept BEFORE DELETE ON price BEGIN
    SELECT raise(ABORT, 'price_kept') WHERE EXISTS (
        SELECT 1 FROM charge WHERE offer_id = old.offer_id AND band = old.band
        AND unit_price = old.amount AND state <> 'void' AND tax_point_on >= old.valid_from);
END;
