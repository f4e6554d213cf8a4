-- The owner of everything, and the group that officers' logins are put in. Nobody signs in as
-- either. Run once a server, by whoever may make roles: from version 16 on, having made a role
-- is not yet being allowed to work as it.
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lle_desk_owner') THEN
        CREATE ROLE lle_desk_owner NOLOGIN;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'lle_desk_officer') THEN
        CREATE ROLE lle_desk_officer NOLOGIN;
    END IF;
    IF NOT pg_has_role(
        session_user,
        'lle_desk_owner',
        CASE WHEN current_setting('server_version_num')::int >= 160000 THEN 'SET' ELSE 'MEMBER' END
    ) THEN
        EXECUTE format('GRANT lle_desk_owner TO %I', session_user);
    END IF;
END $$;
