-- The yardstick's tables: the ledger's shape, keys and indexes, and a check of balance alone.
CREATE TABLE raw_document (LIKE ledger_document INCLUDING ALL);
CREATE TABLE raw_entry (LIKE ledger_entry INCLUDING ALL);
CREATE TABLE raw_line (LIKE ledger_line INCLUDING ALL);
ALTER TABLE raw_document ADD FOREIGN KEY (entity) REFERENCES ledger_entity,
    ADD FOREIGN KEY (rule_id) REFERENCES ledger_postingrule;
ALTER TABLE raw_entry ADD FOREIGN KEY (document_id) REFERENCES raw_document;
ALTER TABLE raw_line ADD FOREIGN KEY (entry_id) REFERENCES raw_entry,
    ADD FOREIGN KEY (account) REFERENCES ledger_account;
CREATE SEQUENCE raw_number;
CREATE FUNCTION raw_balanced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM fresh GROUP BY entry_id HAVING sum(debit) <> sum(credit)) THEN RAISE 'unbalanced'; END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER raw_balanced AFTER INSERT ON raw_line REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION raw_balanced();
