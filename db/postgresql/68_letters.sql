-- A letter that was sent stays as it was.

CREATE TRIGGER letter_sent_kept BEFORE UPDATE OR DELETE ON letter_sent
    FOR EACH ROW EXECUTE FUNCTION row_kept();
