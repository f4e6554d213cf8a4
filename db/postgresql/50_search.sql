-- What Ctrl+K finds: each entry's words, for a search that reads no more than it shows. The row
-- triggers of the searched tables are made by core/guards.py.

-- Lower case, without accents, words with one space between: as core/search.py folds what is typed.
CREATE FUNCTION search_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT btrim(regexp_replace(
        regexp_replace(lower(normalize(words, NFD)), '[\u0300-\u036f]+', '', 'g'),
        '[\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f]+', ' ', 'g'))
$$;

CREATE FUNCTION search_entry_fold() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    new.words := app.search_fold(new.words);
    RETURN new;
END $$;
CREATE TRIGGER search_entry_fold BEFORE INSERT OR UPDATE ON search_entry
    FOR EACH ROW EXECUTE FUNCTION search_entry_fold();

CREATE FUNCTION search_word_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    IF tg_op <> 'INSERT' THEN
        DELETE FROM app.search_word WHERE kind = old.kind AND entry_id = old.id
            AND word = ANY (string_to_array(old.words, ' '));
    END IF;
    IF tg_op <> 'DELETE' THEN
        INSERT INTO app.search_word (kind, word, entry_id)
            SELECT DISTINCT new.kind, word, new.id
            FROM unnest(string_to_array(new.words, ' ')) AS word;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER search_word_kept AFTER INSERT OR UPDATE OR DELETE ON search_entry
    FOR EACH ROW EXECUTE FUNCTION search_word_kept();
