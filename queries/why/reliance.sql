-- The twin of reliance.rq for many rows: what is asked, and what the columns mean, stands there.
WITH held AS (
  SELECT node, place FROM evidence GROUP BY ALL HAVING count(DISTINCT removed) = 1
)
SELECT e.kind, e.removed, count(DISTINCT e.claim) AS claims,
  count(DISTINCT e.claim) FILTER (h.node IS NOT NULL) AS alone
FROM evidence e
LEFT JOIN held h ON h.node = e.node AND h.place = e.place
GROUP BY ALL
ORDER BY e.kind DESC, alone DESC, claims DESC, e.removed
