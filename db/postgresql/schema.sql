-- A schema of our own; nothing in public. Run once a database.
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('ALTER DATABASE %I SET search_path = app', current_database());
END $$;
CREATE SCHEMA IF NOT EXISTS app AUTHORIZATION lle_desk_owner;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA app;
ALTER DEFAULT PRIVILEGES FOR ROLE lle_desk_owner REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;
