#+ summary: Repairs value-in-camel-case.
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE { qes:polarityTooVague ?said ?value }
INSERT { qes:polarity-too-vague ?said ?value }
WHERE { qes:polarityTooVague ?said ?value }
