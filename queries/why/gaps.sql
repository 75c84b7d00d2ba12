-- The twin of gaps.rq for many rows: what is asked, and what the columns mean, stands there.
WITH counted AS (
  SELECT b.towards AS topic, unnest(s.classes) AS class, b.polarity, t.counted_as
  FROM bearings b
  JOIN (SELECT id, unnest(settings) AS setting FROM findings WHERE modality <> 'conjecture') f ON f.id = b.finding
  JOIN settings s ON s.id = f.setting
  JOIN studies t ON t.id = b.study
  WHERE b.kind = 'interpretive qualitative' AND b.presupposes IS DISTINCT FROM true
    AND t.role IN ('included by the source review', 'demonstration corpus', 'target-context evidence')
),
cells AS (
  SELECT topic, class,
    count(DISTINCT counted_as) FILTER (polarity IN ('supports', 'mixed')) AS pros,
    count(DISTINCT counted_as) FILTER (polarity IN ('refutes', 'reported absent', 'mixed')) AS cons,
    count(*) FILTER (polarity = 'refutes') AS deniers,
    count(*) FILTER (polarity = 'no effect seen') AS neithers
  FROM counted
  GROUP BY ALL
),
searched AS (
  SELECT DISTINCT w.topic, unnest(s.classes) AS class
  FROM (
    SELECT topic, unnest(target) AS target FROM (SELECT unnest("for") AS topic, target FROM searches)
  ) w
  JOIN targets t ON t.id = w.target
  JOIN settings s ON s.id = t.setting
)
SELECT c.label AS concept, k.label AS setting,
  CASE WHEN pros > 0 AND cons > 0 THEN 'contradicted' WHEN pros > 0 THEN 'supported'
    WHEN cons > 0 AND deniers > 0 THEN 'refuted' WHEN cons > 0 THEN 'reported absent'
    WHEN neithers > 0 THEN 'no effect seen' ELSE 'silent' END AS cell,
  coalesce(pros, 0) AS "for", coalesce(cons, 0) AS against,
  CASE WHEN w.topic IS NULL THEN 'no' ELSE 'yes' END AS searched
FROM concepts c
CROSS JOIN kinds k
LEFT JOIN cells ON cells.topic = c.id AND cells.class = k.class
LEFT JOIN searched w ON w.topic = c.id AND w.class = k.class
WHERE c.id IN (SELECT towards FROM bearings)
ORDER BY ALL
