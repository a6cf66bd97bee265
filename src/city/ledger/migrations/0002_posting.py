"""The one way into the books: functions that run as their owner, and triggers that hold against the owner too."""

from django.db import migrations

GROUND = r"""
-- Rows that are written again and again keep their new versions on their own page.
ALTER TABLE ledger_balance SET (fillfactor = 60);
ALTER TABLE ledger_series SET (fillfactor = 60);

CREATE FUNCTION ledger_refuse(code text, detail text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING ERRCODE = 'KP001', MESSAGE = code, DETAIL = coalesce(detail, ''); END $$;

CREATE FUNCTION ledger_fits(book text, account text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN book = 'finansial' THEN account ~ '^([1278]|3\.1\.01|3\.1\.03)(\.|$)'
                ELSE account ~ '^([456]|3\.1\.02)(\.|$)' END
$$;

-- Every open month lies after this: year * 12 + month of the last closed one.
CREATE FUNCTION ledger_closed_until() RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN RETURN coalesce((SELECT max(year * 12 + month) FROM ledger_closing WHERE month <= 12), 0); END $$;

CREATE FUNCTION ledger_month(day date) RETURNS integer LANGUAGE sql IMMUTABLE AS $$
    SELECT extract(year FROM day)::integer * 12 + extract(month FROM day)::integer
$$;

-- The day an action is told, in WIB; refused when it is further from the database's clock than this city allows.
CREATE FUNCTION ledger_day(at timestamptz) RETURNS date LANGUAGE plpgsql STABLE AS $$
DECLARE
    told date := (at AT TIME ZONE 'Asia/Jakarta')::date;
    today date := (now() AT TIME ZONE 'Asia/Jakarta')::date;
    slack bigint := coalesce((SELECT value FROM ledger_setting WHERE name = 'clock_slack_days'), 1);
BEGIN
    IF told IS NULL OR abs(told - today) > slack THEN
        PERFORM ledger_refuse('ledger.posting_date', coalesce(told::text, '?'));
    END IF;
    RETURN told;
END $$;
"""

TRIGGERS = r"""
CREATE FUNCTION ledger_entries_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM fresh e JOIN ledger_document d ON d.id = e.document_id
        WHERE d.xid <> pg_current_xact_id() OR e.xid <> pg_current_xact_id();
    IF FOUND THEN PERFORM ledger_refuse('ledger.later_entry', ''); END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_entries_written AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_written();

-- All lines of an entry come in one statement, in the transaction that made the entry.
CREATE FUNCTION ledger_lines_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wrong record;
BEGIN
    PERFORM 1 FROM fresh l JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_account a ON a.code = l.account
        GROUP BY l.entry_id HAVING count(*) < 2 OR sum(l.debit) <> sum(l.credit) OR bool_or(e.xid <> pg_current_xact_id()
            OR l.entity <> e.entity OR l.book <> e.book OR l.year <> e.year OR l.month <> e.month OR l.booked_on <> e.booked_on
            OR a.level <> 6 OR l.booked_on < a.valid_from OR coalesce(l.booked_on > a.valid_until, false)
            OR NOT ledger_fits(l.book, l.account) OR (l.account LIKE '1.1.13.%') <> (l.counterpart <> '')) LIMIT 1;
    IF FOUND THEN
        SELECT * INTO wrong FROM (
            SELECT CASE
                WHEN e.xid <> pg_current_xact_id() THEN 'ledger.later_line'
                WHEN (l.entity, l.book, l.year, l.month, l.booked_on)
                    IS DISTINCT FROM (e.entity, e.book, e.year, e.month, e.booked_on) THEN 'ledger.line_apart'
                WHEN a.level <> 6 THEN 'ledger.account_not_leaf'
                WHEN l.booked_on < a.valid_from OR l.booked_on > a.valid_until THEN 'ledger.account_expired'
                WHEN NOT ledger_fits(l.book, l.account) THEN 'ledger.book_mixed'
                WHEN (l.account LIKE '1.1.13.%') <> (l.counterpart <> '') THEN 'ledger.counterpart'
            END AS code, l.account AS detail
            FROM fresh l JOIN ledger_entry e ON e.id = l.entry_id JOIN ledger_account a ON a.code = l.account
            ORDER BY l.entry_id, l.no) told WHERE code IS NOT NULL LIMIT 1;
        PERFORM ledger_refuse(coalesce(wrong.code, 'ledger.unbalanced'), coalesce(wrong.detail, ''));
    END IF;

    SELECT e.document_id, sum(l.debit - l.credit) AS apart INTO wrong
        FROM fresh l JOIN ledger_entry e ON e.id = l.entry_id
        WHERE l.account LIKE '1.1.13.%' OR l.account LIKE '3.1.03.%'
        GROUP BY e.document_id, CASE WHEN l.account LIKE '1.1.13.%' THEN l.counterpart ELSE l.entity END
        HAVING sum(l.debit - l.credit) <> 0 LIMIT 1;
    IF FOUND THEN PERFORM ledger_refuse('ledger.mirror', wrong.apart::text); END IF;

    -- One statement, sorted: calls that touch the same balances wait for each other in the same order.
    -- The treasury's are 16 rows each, by who writes: else all receipts of the city would wait for one row's commit.
    INSERT INTO ledger_balance AS b (entity, book, account, counterpart, year, month, slot, debit, credit)
        SELECT l.entity, l.book, l.account, l.counterpart, l.year, l.month,
            CASE WHEN l.entity = 'PPKD' THEN pg_backend_pid() % 16 ELSE 0 END, sum(l.debit), sum(l.credit) FROM fresh l
        GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY 1, 2, 3, 4, 5, 6, 7
        ON CONFLICT (entity, book, account, counterpart, year, month, slot)
        DO UPDATE SET debit = b.debit + excluded.debit, credit = b.credit + excluded.credit;
    RETURN NULL;
END $$;
CREATE TRIGGER ledger_lines_written AFTER INSERT ON ledger_line REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_lines_written();

-- Asked once more at the commit, of whole entries: lines that came in two statements, or never.
CREATE FUNCTION ledger_entry_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    apart numeric;
    many integer;
BEGIN
    SELECT sum(debit) - sum(credit), count(*) INTO apart, many FROM ledger_line WHERE entry_id = NEW.id;
    IF many < 2 OR apart <> 0 THEN PERFORM ledger_refuse('ledger.unbalanced', NEW.id::text); END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_entry_whole AFTER INSERT ON ledger_entry DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_whole();
"""

POST = r"""
-- What is wrong with new documents beside their rules: amounts, accounts. NULL when nothing is.
CREATE FUNCTION ledger_fault(documents uuid[]) RETURNS text[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    found text[];
BEGIN
    WITH d AS (SELECT id, rule_id, told FROM ledger_document WHERE id = ANY (documents) AND reverses_id IS NULL),
    asked AS (SELECT d.id, r.amount, r.placeholder, r.prefix, d.told FROM d JOIN ledger_ruleline r ON r.rule_id = d.rule_id)
    SELECT ARRAY[code, detail] INTO found FROM (
        SELECT 'ledger.amount_unknown', k.key FROM d, jsonb_object_keys(d.told -> 'amounts') k (key)
            WHERE NOT EXISTS (SELECT 1 FROM asked a WHERE a.id = d.id AND a.amount = k.key)
        UNION ALL
        SELECT 'ledger.amount_missing', a.amount FROM asked a WHERE NOT (a.told -> 'amounts') ? a.amount
        UNION ALL
        SELECT 'ledger.amount_form', k.key FROM d, jsonb_each(d.told -> 'amounts') k (key, value)
            WHERE jsonb_typeof(k.value) <> 'number' OR k.value::text !~ '^[0-9]{1,17}$'
        UNION ALL
        SELECT 'ledger.placeholder_unknown', k.key FROM d, jsonb_object_keys(d.told -> 'accounts') k (key)
            WHERE NOT EXISTS (SELECT 1 FROM asked a WHERE a.id = d.id AND a.placeholder = k.key)
        UNION ALL
        SELECT 'ledger.account_missing', a.placeholder FROM asked a
            WHERE a.placeholder <> '' AND NOT (a.told -> 'accounts') ? a.placeholder
        UNION ALL
        SELECT 'ledger.account_wrong', a.told -> 'accounts' ->> a.placeholder FROM asked a
            WHERE a.placeholder <> '' AND a.prefix <> '' AND NOT EXISTS (SELECT 1
                FROM unnest(string_to_array(a.prefix, '|')) p (prefix) WHERE starts_with(a.told -> 'accounts' ->> a.placeholder, p.prefix))
        UNION ALL
        SELECT 'ledger.account_unknown', a.told -> 'accounts' ->> a.placeholder FROM asked a
            WHERE a.placeholder <> ''
              AND NOT EXISTS (SELECT 1 FROM ledger_account c WHERE c.code = a.told -> 'accounts' ->> a.placeholder)
    ) AS fault (code, detail) LIMIT 1;
    RETURN found;
END $$;

-- Whether a new document says exactly what its rule asks for: the quick look before ledger_fault finds the words.
CREATE FUNCTION ledger_sound(of_rule uuid, amounts jsonb, accounts jsonb) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT count(DISTINCT r.amount) = (SELECT count(*) FROM jsonb_object_keys(amounts))
            AND count(DISTINCT nullif(r.placeholder, '')) = (SELECT count(*) FROM jsonb_object_keys(accounts))
            AND bool_and(jsonb_typeof(amounts -> r.amount) IS NOT DISTINCT FROM 'number' AND amounts ->> r.amount ~ '^[0-9]{1,17}$'
                AND (r.placeholder = ''
                    OR (r.prefix = '' OR accounts ->> r.placeholder ~ ('^(' || replace(r.prefix, '.', '\.') || ')'))
                    AND EXISTS (SELECT 1 FROM ledger_account c WHERE c.code = accounts ->> r.placeholder)))
        FROM ledger_ruleline r WHERE r.rule_id = of_rule);
END $$;

-- Entries and lines of new documents, all in one statement, so that balances are locked once and in order.
CREATE FUNCTION ledger_write(documents uuid[], closed integer) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    WITH d AS (
        SELECT id, ord, entity, rule_id, reverses_id, told,
            CASE WHEN told ? 'audit_year' THEN make_date((told ->> 'audit_year')::integer, 12, 31)
                 WHEN value_date > posted_on OR ledger_month(value_date) <= closed THEN posted_on
                 ELSE value_date END AS booked_on
        FROM unnest(documents) WITH ORDINALITY a (id, ord) JOIN ledger_document USING (id)
    ), planned AS MATERIALIZED (
        SELECT d.id, d.ord, d.booked_on, d.told ? 'audit_year' AS audit, r.no, r.book, r.side = 'D' AS debits,
            CASE r.role WHEN 'entity' THEN d.entity ELSE 'PPKD' END AS entity,
            coalesce(nullif(r.account, ''), d.told -> 'accounts' ->> r.placeholder) AS account,
            CASE WHEN r.account LIKE '1.1.13.%' THEN d.entity ELSE '' END AS counterpart,
            (d.told -> 'amounts' ->> r.amount)::bigint AS amount
        FROM d JOIN ledger_ruleline r ON r.rule_id = d.rule_id
        WHERE d.reverses_id IS NULL AND (d.told -> 'amounts' ->> r.amount)::bigint > 0
        UNION ALL
        SELECT d.id, d.ord, d.booked_on, false, l.no, l.book, l.credit > 0, l.entity, l.account, l.counterpart, l.debit + l.credit
        FROM d JOIN ledger_entry e ON e.document_id = d.reverses_id JOIN ledger_line l ON l.entry_id = e.id
    ), made AS (
        INSERT INTO ledger_entry (uid, document_id, entity, book, year, month, booked_on)
        SELECT gen_random_uuid(), p.id, p.entity, p.book, extract(year FROM p.booked_on),
            CASE WHEN p.audit THEN 13 ELSE extract(month FROM p.booked_on) END, p.booked_on
        FROM (SELECT DISTINCT id, ord, entity, book, booked_on, audit FROM planned) p ORDER BY p.ord, p.entity, p.book
        RETURNING id, document_id, entity, book, year, month, booked_on
    ), lines AS (
        INSERT INTO ledger_line (entry_id, no, account, entity, book, year, month, booked_on, counterpart, debit, credit)
        SELECT m.id, p.no, p.account, m.entity, m.book, m.year, m.month,
            m.booked_on, p.counterpart, CASE WHEN p.debits THEN p.amount ELSE 0 END, CASE WHEN p.debits THEN 0 ELSE p.amount END
        FROM planned p JOIN made m ON m.document_id = p.id AND m.entity = p.entity AND m.book = p.book
    )
    INSERT INTO ledger_unsealed (entry_id) SELECT id FROM made;
END $$;

-- The counter of an entity's documents of a type in a year, locked until the transaction ends.
CREATE FUNCTION ledger_lock_series(of_entity text, of_type text, of_year integer, day date) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM ledger_series s WHERE s.entity = of_entity AND s.type = of_type AND s.year = of_year FOR NO KEY UPDATE;
    IF FOUND THEN RETURN; END IF;
    IF NOT EXISTS (SELECT 1 FROM ledger_entity WHERE code = of_entity) THEN
        IF NOT EXISTS (SELECT 1 FROM people_agency WHERE code = of_entity) THEN
            PERFORM ledger_refuse('ledger.entity_unknown', of_entity);
        END IF;
        INSERT INTO ledger_entity (code, opened_at) VALUES (of_entity, now()) ON CONFLICT DO NOTHING;
    END IF;
    INSERT INTO ledger_series (entity, type, year, last, last_on) VALUES (of_entity, of_type, of_year, 0, day) ON CONFLICT DO NOTHING;
    PERFORM 1 FROM ledger_series s WHERE s.entity = of_entity AND s.type = of_type AND s.year = of_year FOR NO KEY UPDATE;
END $$;

-- The rule a document follows; refused when there is none that two people agreed on.
CREATE FUNCTION ledger_rule_for(document jsonb, closed integer) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE
    found_rule ledger_postingrule;
    audited integer := document ->> 'audit_year';
    day date := CASE WHEN audited IS NULL THEN (document ->> 'value_date')::date ELSE make_date(audited, 12, 31) END;
BEGIN
    SELECT r.* INTO found_rule FROM ledger_postingrule r
        WHERE r.type = document ->> 'type' AND r.variant = coalesce(document ->> 'variant', '') AND r.reviewed_by <> ''
          AND r.valid_from <= day AND (r.valid_until IS NULL OR r.valid_until >= day)
        ORDER BY r.valid_from DESC LIMIT 1;
    IF NOT FOUND THEN
        PERFORM ledger_refuse('ledger.rule_unknown', concat_ws(' ', document ->> 'type', document ->> 'variant', day::text));
    END IF;
    IF found_rule.audit <> (audited IS NOT NULL) THEN PERFORM ledger_refuse('ledger.audit_period', found_rule.type); END IF;
    IF audited IS NOT NULL AND (closed < audited * 12 + 12
            OR EXISTS (SELECT 1 FROM ledger_closing c WHERE c.year = audited AND c.month = 13)) THEN
        PERFORM ledger_refuse('ledger.audit_period', audited::text);
    END IF;
    RETURN found_rule.id;
END $$;

CREATE FUNCTION ledger_post(documents jsonb, actor text, at timestamptz)
RETURNS TABLE (id uuid, number integer, label text, entries uuid[])
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- Every look-up is by key: a plan made while the tables were small must not read them whole when they have grown.
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
DECLARE
    told_actor text := actor;
    told_at timestamptz := at;
    day date := ledger_day(at);
    closed integer;
    one record;
    old ledger_document;
    series ledger_series;
    rule uuid;
    fresh uuid[] := '{}';
    answer uuid[] := '{}';
    fault text[];
    sound boolean := true;
    alone boolean;
    new_id uuid;
BEGIN
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        -- An older snapshot would not see a month that was closed meanwhile.
        PERFORM ledger_refuse('ledger.isolation', current_setting('transaction_isolation'));
    END IF;
    IF coalesce(told_actor, '') = '' OR jsonb_typeof(documents) IS DISTINCT FROM 'array' OR jsonb_array_length(documents) = 0 THEN
        PERFORM ledger_refuse('ledger.nothing', '');
    END IF;
    PERFORM pg_advisory_xact_lock_shared(7301002);  -- whoever closes a month waits for us, and we for him
    closed := ledger_closed_until();
    IF ledger_month(day) <= closed THEN PERFORM ledger_refuse('ledger.closed_month', day::text); END IF;

    alone := jsonb_array_length(documents) = 1;
    IF NOT alone THEN FOR one IN
        SELECT DISTINCT coalesce(o.entity, e ->> 'entity') COLLATE "C" AS entity,
            CASE WHEN e ? 'reverses' THEN 'KOREKSI' ELSE e ->> 'type' END COLLATE "C" AS type
        FROM jsonb_array_elements(documents) e LEFT JOIN ledger_document o ON o.id = (e ->> 'reverses')::uuid
        ORDER BY 1, 2
    LOOP
        PERFORM ledger_lock_series(one.entity, one.type, extract(year FROM day)::integer, day);
    END LOOP; END IF;

    FOR one IN
        SELECT e AS told, o.id AS reversed, o.reverses_id AS undone, e ? 'reverses' AS is_reversal,
            coalesce(o.entity, e ->> 'entity') AS entity,
            CASE WHEN e ? 'reverses' THEN 'KOREKSI' ELSE e ->> 'type' END AS type,
            CASE WHEN e ? 'reverses' THEN '' ELSE coalesce(e ->> 'variant', '') END AS variant,
            coalesce(o.source_kind, e ->> 'source_kind') AS source_kind, coalesce(o.source, (e ->> 'source')::uuid) AS source,
            coalesce(o.id::text, e ->> 'part', '') AS part,
            CASE WHEN e ? 'reverses' THEN day ELSE (e ->> 'value_date')::date END AS value_date,
            CASE WHEN e ? 'reverses' THEN jsonb_build_object('reverses', o.id)
                ELSE jsonb_build_object('amounts', coalesce(e -> 'amounts', '{}'), 'accounts', coalesce(e -> 'accounts', '{}'))
                    || CASE WHEN e ->> 'audit_year' IS NULL THEN '{}' ELSE jsonb_build_object('audit_year', e -> 'audit_year') END
            END AS kept
        FROM jsonb_array_elements(documents) WITH ORDINALITY a (e, ord)
        LEFT JOIN ledger_document o ON o.id = (e ->> 'reverses')::uuid ORDER BY ord
    LOOP
        IF one.is_reversal AND one.reversed IS NULL THEN PERFORM ledger_refuse('ledger.document_unknown', ''); END IF;
        IF one.undone IS NOT NULL THEN PERFORM ledger_refuse('ledger.reversal_of_reversal', ''); END IF;
        IF alone THEN PERFORM ledger_lock_series(one.entity, one.type, extract(year FROM day)::integer, day); END IF;
        SELECT d.* INTO old FROM ledger_document d
            WHERE d.source_kind = one.source_kind AND d.source = one.source AND d.type = one.type AND d.part = one.part;
        IF FOUND THEN
            IF (old.entity, old.variant, old.told) IS DISTINCT FROM (one.entity, one.variant, one.kept) THEN
                PERFORM ledger_refuse('ledger.told_otherwise', old.label);
            END IF;
            answer := answer || old.id;
            CONTINUE;
        END IF;
        IF one.value_date IS NULL OR one.value_date > day + 31 THEN
            PERFORM ledger_refuse('ledger.value_date', one.value_date::text);
        END IF;
        rule := NULL;
        IF NOT one.is_reversal THEN
            rule := ledger_rule_for(one.told, closed);
            sound := sound AND ledger_sound(rule, one.kept -> 'amounts', one.kept -> 'accounts');
        END IF;
        UPDATE ledger_series SET last = last + 1, last_on = greatest(last_on, day)
            WHERE entity = one.entity AND type = one.type AND year = extract(year FROM day) RETURNING * INTO series;
        INSERT INTO ledger_document (id, type, variant, entity, year, number, label, source_kind, source, part, value_date,
                posted_on, description, told, rule_id, reverses_id, actor, at)
            VALUES (gen_random_uuid(), one.type, one.variant, one.entity, series.year, series.last,
                format('%s/%s/%s/%s', one.type, one.entity, series.year, lpad(series.last::text, 6, '0')), one.source_kind,
                one.source, one.part, one.value_date, series.last_on, coalesce(one.told ->> 'description', ''), one.kept, rule,
                one.reversed, told_actor, told_at) RETURNING ledger_document.id INTO new_id;
        fresh := fresh || new_id;
        answer := answer || new_id;
    END LOOP;

    IF fresh <> '{}' THEN
        IF NOT sound THEN
            fault := ledger_fault(fresh);
            PERFORM ledger_refuse(coalesce(fault[1], 'ledger.nothing'), fault[2]);
        END IF;
        PERFORM ledger_write(fresh, closed);
        PERFORM 1 FROM unnest(fresh) f (id) WHERE NOT EXISTS (SELECT 1 FROM ledger_entry e WHERE e.document_id = f.id);
        IF FOUND THEN PERFORM ledger_refuse('ledger.nothing', ''); END IF;
    END IF;
    RETURN QUERY SELECT d.id, d.number, d.label::text, ARRAY(SELECT e.uid FROM ledger_entry e WHERE e.document_id = d.id ORDER BY e.id)
        FROM unnest(answer) WITH ORDINALITY a (id, ord) JOIN ledger_document d ON d.id = a.id ORDER BY a.ord;
END $$;
"""

REST = r"""
CREATE FUNCTION ledger_close(of_year integer, of_month integer, actor text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    day date := ledger_day(at);
    closed integer;
BEGIN
    IF coalesce(actor, '') = '' OR of_month NOT BETWEEN 1 AND 13 THEN PERFORM ledger_refuse('ledger.no_such_month', ''); END IF;
    PERFORM pg_advisory_xact_lock(7301002);
    closed := ledger_closed_until();
    IF EXISTS (SELECT 1 FROM ledger_closing WHERE year = of_year AND month = of_month)
        OR of_month <= 12 AND of_year * 12 + of_month <= closed THEN RETURN false; END IF;
    IF of_month <= 12 AND ledger_month(day) <= of_year * 12 + of_month THEN PERFORM ledger_refuse('ledger.month_not_over', ''); END IF;
    IF of_month = 13 AND closed < of_year * 12 + 12 THEN PERFORM ledger_refuse('ledger.year_not_closed', ''); END IF;
    INSERT INTO ledger_closing (year, month, closed_by, closed_at) VALUES (of_year, of_month, actor, at);
    RETURN true;
END $$;

CREATE FUNCTION ledger_draft_rule(rule jsonb, actor text, at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made uuid := (rule ->> 'id')::uuid;
    wrong text;
BEGIN
    IF coalesce(actor, '') = '' OR coalesce(rule ->> 'type', '') = '' OR coalesce(rule ->> 'source', '') = ''
        OR coalesce(jsonb_array_length(rule -> 'lines'), 0) < 2 THEN PERFORM ledger_refuse('ledger.rule_incomplete', ''); END IF;
    SELECT account INTO wrong FROM jsonb_array_elements(rule -> 'lines') l,
            unnest(string_to_array(coalesce(nullif(l ->> 'account', ''), l ->> 'prefix', ''), '|')) a (account)
        WHERE NOT coalesce(ledger_fits(l ->> 'book', account), false)
           OR coalesce(l ->> 'account', '') <> '' AND NOT EXISTS (SELECT 1 FROM ledger_account a WHERE a.code = l ->> 'account' AND a.level = 6);
    IF FOUND THEN PERFORM ledger_refuse('ledger.rule_account', wrong); END IF;
    INSERT INTO ledger_postingrule (id, type, variant, title, source, audit, valid_from, valid_until, drafted_by, drafted_at, reviewed_by)
        VALUES (made, rule ->> 'type', coalesce(rule ->> 'variant', ''), coalesce(rule ->> 'title', ''), rule ->> 'source',
            coalesce((rule ->> 'audit')::boolean, false), (rule ->> 'valid_from')::date, (rule ->> 'valid_until')::date, actor, at, '');
    INSERT INTO ledger_ruleline (rule_id, no, role, book, side, amount, account, placeholder, prefix)
        SELECT made, ord, l ->> 'role', l ->> 'book', l ->> 'side', coalesce(l ->> 'amount', 'amount'), coalesce(l ->> 'account', ''),
            coalesce(l ->> 'placeholder', ''), coalesce(l ->> 'prefix', '')
        FROM jsonb_array_elements(rule -> 'lines') WITH ORDINALITY a (l, ord);
    RETURN made;
END $$;

CREATE FUNCTION ledger_review_rule(of_rule uuid, actor text, at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found_rule ledger_postingrule;
BEGIN
    SELECT * INTO found_rule FROM ledger_postingrule WHERE id = of_rule FOR NO KEY UPDATE;
    IF NOT FOUND OR coalesce(actor, '') = '' THEN PERFORM ledger_refuse('ledger.rule_unknown', ''); END IF;
    IF found_rule.drafted_by = actor THEN PERFORM ledger_refuse('ledger.rule_own', ''); END IF;
    IF found_rule.reviewed_by <> '' THEN RETURN false; END IF;
    IF EXISTS (SELECT 1 FROM ledger_postingrule r WHERE r.type = found_rule.type AND r.variant = found_rule.variant
            AND r.valid_from = found_rule.valid_from AND r.reviewed_by <> '') THEN PERFORM ledger_refuse('ledger.rule_twice', ''); END IF;
    UPDATE ledger_postingrule SET reviewed_by = actor, reviewed_at = at WHERE id = of_rule;
    RETURN true;
END $$;
"""

TAKE_AWAY = """
DROP TRIGGER ledger_entries_written ON ledger_entry;
DROP TRIGGER ledger_lines_written ON ledger_line;
DROP TRIGGER ledger_entry_whole ON ledger_entry;
DROP FUNCTION ledger_review_rule, ledger_draft_rule, ledger_close, ledger_post, ledger_rule_for, ledger_lock_series, ledger_write,
    ledger_sound, ledger_fault, ledger_entry_whole, ledger_lines_written, ledger_entries_written, ledger_day, ledger_month, ledger_closed_until,
    ledger_fits, ledger_refuse;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial"), ("people", "0002_code_language")]

    operations = [
        migrations.RunSQL([GROUND, TRIGGERS, POST, REST], [TAKE_AWAY]),
    ]
