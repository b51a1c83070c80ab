-- A metric of any aggregation but count may say which property has the quantity of a record.

DO $$
DECLARE
    old text;
BEGIN
    SELECT conname INTO STRICT old FROM pg_constraint
    WHERE conrelid = 'metric'::regclass AND pg_get_constraintdef(oid) LIKE '%property IS NOT NULL) = (aggregation%';
    EXECUTE format('ALTER TABLE metric DROP CONSTRAINT %I', old);
END
$$;
ALTER TABLE metric ADD CHECK (aggregation <> 'unique_count' OR property IS NOT NULL),
                   ADD CHECK (aggregation <> 'count' OR property IS NULL);
