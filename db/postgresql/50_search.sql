-- What Ctrl+K finds. The row triggers of the searched tables are made by core/guards.py.

CREATE FUNCTION search_fold(words text) RETURNS text LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, pg_temp AS $$
    SELECT translate(lower(words), 'áàâäãåéèêëíìîïóòôöõúùûüŵẃẁẅŷýỳÿñç',
        'aaaaaaeeeeiiiiooooouuuuwwwwyyyync')
$$;

CREATE FUNCTION search_words_fold() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, app, pg_temp AS $$
BEGIN
    new.words := app.search_fold(new.words);
    RETURN new;
END $$;
CREATE TRIGGER search_words_fold BEFORE INSERT OR UPDATE OF words ON search_entry
    FOR EACH ROW EXECUTE FUNCTION search_words_fold();
