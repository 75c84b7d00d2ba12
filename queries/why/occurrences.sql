-- The twin of occurrences.rq for many rows: what is asked, and what the columns mean, stands there.
SELECT DISTINCT t.iri AS study, c.iri AS concept
FROM (
  SELECT study, towards AS concept FROM bearings
  UNION ALL
  SELECT study, unnest(concept) FROM constructs
) o
JOIN concepts c ON c.id = o.concept
JOIN studies s ON s.id = o.study
JOIN studies t ON t.id = s.counted_as
WHERE s.role IN ('included by the source review', 'demonstration corpus', 'target-context evidence')
ORDER BY ALL
