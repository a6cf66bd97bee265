-- A million lines of a year, over 40 entities and 400 accounts, with the balances they make. Triggers sleep.
SET session_replication_role = replica;
INSERT INTO ledger_account (code, name, level, valid_from, source, confirmed)
    SELECT '8.1.99.99.99.' || lpad(n::text, 4, '0'), 'Akun ukur ' || n, 6, '2021-01-01', 'ukuran', false
    FROM generate_series(1, 400) n;
CREATE TEMP TABLE made AS SELECT n, gen_random_uuid() AS id, 'UKUR' || lpad((n % 40)::text, 2, '0') AS entity,
    n / 40 % 12 + 1 AS month, make_date(2025, n / 40 % 12 + 1, n % 28 + 1) AS day FROM generate_series(1, 125000) n;
INSERT INTO ledger_document (id, type, variant, entity, year, number, label, source_kind, source, part, value_date,
        posted_on, description, told, actor, at)
    SELECT id, 'UKUR', '', entity, 2025, n, 'UKUR/' || n, 'bench', id, '', day, day, '', '{}', 'bench', now() FROM made;
INSERT INTO ledger_entry (uid, document_id, entity, book, year, month, booked_on)
    SELECT id, id, entity, 'finansial', 2025, month, day FROM made;
INSERT INTO ledger_line (entry_id, no, account, entity, book, year, month, booked_on, counterpart, debit, credit)
    SELECT e.id, k, '8.1.99.99.99.' || lpad(((hashint4(m.n * 8 + k) & 1048575) % 400 + 1)::text, 4, '0'), e.entity, e.book, e.year,
        e.month, e.booked_on, '', CASE WHEN k % 2 = 0 THEN m.n ELSE 0 END, CASE WHEN k % 2 = 0 THEN 0 ELSE m.n END
    FROM made m JOIN ledger_entry e ON e.document_id = m.id, generate_series(1, 8) k;
INSERT INTO ledger_balance (entity, book, account, counterpart, year, month, slot, debit, credit)
    SELECT entity, book, account, counterpart, year, month, 0, sum(debit), sum(credit) FROM ledger_line
    WHERE account LIKE '8.1.99.%' GROUP BY 1, 2, 3, 4, 5, 6;
