-- The twin of facets.rq for many rows: what is asked, and what the columns mean, stands there.
-- Each file is read once, and numbers stand for ids: to tell many texts apart takes most of the time.
WITH s AS MATERIALIZED (
  SELECT id, row_number() OVER () AS study, counted_as, role, design, country, reports, settings, populations,
    role IN ('included by the source review', 'demonstration corpus', 'target-context evidence') AS counts
  FROM studies
),
first AS (SELECT id, study FROM s WHERE id IN (SELECT counted_as FROM s WHERE counted_as <> id)),
t AS MATERIALIZED (
  SELECT s.*, coalesce(first.study, s.study) AS sample FROM s LEFT JOIN first ON first.id = s.counted_as
),
f AS MATERIALIZED (
  SELECT f.id, row_number() OVER () AS finding, t.study, t.sample, t.counts, f.modality, f.settings
  FROM findings f JOIN (SELECT id, study, sample, counts FROM t) t ON t.id = f.study
),
u AS MATERIALIZED (
  SELECT t.study, t.sample, t.counts, t.role, t.design, t.country, coalesce(n.findings, 0) AS findings
  FROM t LEFT JOIN (SELECT study, count(*) AS findings FROM f GROUP BY study) n USING (study)
),
b AS MATERIALIZED (
  SELECT f.finding, f.sample, b.towards, b.sense, b.polarity, b.kind
  FROM bearings b JOIN (SELECT id, finding, sample FROM f WHERE counts) f ON f.id = b.finding
),
kind_of AS (
  SELECT s.id, k.label FROM (SELECT id, unnest(classes) AS class FROM settings) s JOIN kinds k USING (class)
),
years AS (
  SELECT DISTINCT r.year::VARCHAR AS value, study
  FROM (SELECT study, unnest(reports) AS report FROM t WHERE counts) t JOIN reports r ON r.id = t.report
),
ill AS (
  SELECT DISTINCT c.label AS value, study
  FROM (
    SELECT t.study, unnest(p.has_condition) AS condition
    FROM (SELECT study, unnest(populations) AS population FROM t WHERE counts) t
    JOIN populations p ON p.id = t.population
  ) t JOIN conditions c ON c.id = t.condition
),
placed AS (
  SELECT k.label AS value, sample, finding
    FROM (SELECT finding, sample, unnest(settings) AS setting FROM f WHERE counts) f JOIN kind_of k ON k.id = f.setting
  UNION ALL SELECT k.label, sample, NULL
    FROM (SELECT sample, unnest(settings) AS setting FROM t WHERE counts) t JOIN kind_of k ON k.id = t.setting
),
meanings AS (
  SELECT s.id, c.label || ' (' || s.label || ')' AS label FROM senses s JOIN concepts c ON c.id = s.concept
),
answer AS (
  SELECT 'role' AS facet, role AS value, count(DISTINCT sample) AS studies, sum(findings) AS findings FROM u GROUP BY role
  UNION ALL SELECT 'design', design, count(DISTINCT sample), sum(findings) FROM u WHERE counts GROUP BY design
  UNION ALL SELECT 'country', country, count(DISTINCT sample), sum(findings) FROM u WHERE counts GROUP BY country
  UNION ALL SELECT 'year', value, count(DISTINCT sample), sum(findings) FROM years JOIN u USING (study) GROUP BY value
  UNION ALL SELECT 'condition', value, count(DISTINCT sample), sum(findings) FROM ill JOIN u USING (study) GROUP BY value
  UNION ALL SELECT 'setting', value, count(DISTINCT sample), count(DISTINCT finding) FROM placed GROUP BY value
  UNION ALL SELECT 'modality', modality, count(DISTINCT sample), count(*) FROM f WHERE counts GROUP BY modality
  UNION ALL SELECT 'concept', c.label, count(DISTINCT sample), count(DISTINCT finding)
    FROM b JOIN concepts c ON c.id = b.towards GROUP BY c.label
  UNION ALL SELECT 'sense', m.label, count(DISTINCT sample), count(DISTINCT finding)
    FROM b JOIN meanings m ON m.id = b.sense GROUP BY m.label
  UNION ALL SELECT 'polarity', polarity, count(DISTINCT sample), count(DISTINCT finding) FROM b GROUP BY polarity
  UNION ALL SELECT 'kind of evidence', kind, count(DISTINCT sample), count(DISTINCT finding) FROM b GROUP BY kind
)
SELECT facet, value, studies, findings::BIGINT AS findings
FROM answer
WHERE value IS NOT NULL
ORDER BY facet, studies DESC, findings DESC, value
