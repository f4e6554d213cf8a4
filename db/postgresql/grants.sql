-- What an officer may do with plain SQL. Triggers work as the owner, so nothing here lets
-- anyone write the audit trail, a claim, a count of places or a number of a series.
GRANT USAGE ON SCHEMA app TO lle_desk_officer;
REVOKE ALL ON ALL TABLES IN SCHEMA app FROM lle_desk_officer;
GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA app TO lle_desk_officer;
REVOKE INSERT, UPDATE ON meta, audit, audit_head, audit_detail, search_entry, search_word, claim,
    invoice_series, alembic_version, vat_rule, vat_code_rate, period_lock, care_access
    FROM lle_desk_officer;
GRANT INSERT ON care_access TO lle_desk_officer;
GRANT INSERT ON anchor TO lle_desk_officer;
GRANT DELETE ON invoice, invoice_line, officer_service, person_care, closure, closure_allowance,
    event, event_materials, event_session, missed_session, course, offer, price
    TO lle_desk_officer;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA app TO lle_desk_officer;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA app TO lle_desk_officer;
