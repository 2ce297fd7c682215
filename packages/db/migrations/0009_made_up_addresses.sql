-- Imports from before it was kept which of them said an address: those they made up are told by their pattern. They must
-- have come while the import ran, to customers of whom nobody but imports has told anything since.
WITH "told" AS (
  SELECT DISTINCT i.workspace_id, i.value, m.id AS import_id
  FROM imports m
  JOIN events e ON e.import_id = m.id
  JOIN identifiers own ON own.customer_id = e.customer_id AND own.type = m.mapping #>> '{customer,identifier}'
  JOIN identifiers i ON i.customer_id = e.customer_id AND i.type = 'email' AND i.import_ids IS NULL
  WHERE m.status <> 'undone'
    AND i.created_at BETWEEN coalesce(m.started_at, m.created_at) AND coalesce(m.finished_at, now())
    AND i.value = lower(replace(replace(m.mapping #>> '{emailAddress,pattern}',
      '{external_id}', regexp_replace(lower(own.value), '[^a-z0-9._-]', '-', 'g')),
      '{customer}', regexp_replace(lower(own.value), '[^a-z0-9._-]', '-', 'g')))
    AND NOT EXISTS (SELECT 1 FROM identifiers k WHERE k.import_ids @> ARRAY[m.id])
    AND NOT EXISTS (
      SELECT 1 FROM events o
      WHERE o.customer_id = e.customer_id AND o.import_id IS NULL AND o.received_at > i.created_at)
)
UPDATE identifiers i SET import_ids = t.import_ids
FROM (SELECT workspace_id, value, array_agg(import_id ORDER BY import_id) AS import_ids FROM "told" GROUP BY 1, 2) t
WHERE i.type = 'email' AND i.workspace_id = t.workspace_id AND i.value = t.value;
