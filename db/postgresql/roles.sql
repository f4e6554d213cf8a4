-- The owner of everything, and the group that officers' logins are put in. Nobody signs in as
-- either. Run once a server, by whoever may make roles.
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lle_desk_owner') THEN
        CREATE ROLE lle_desk_owner NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lle_desk_officer') THEN
        CREATE ROLE lle_desk_officer NOLOGIN;
    END IF;
    IF NOT pg_has_role(session_user, 'lle_desk_owner', 'MEMBER') THEN
        EXECUTE format('GRANT lle_desk_owner TO %I', session_user);
    END IF;
END $$;
