#+ summary: Repairs property-called-by-a-number.
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE { qes:12345 ?said ?value . ?term ?uses qes:12345 }
INSERT { qes:regards ?said ?value . ?term ?uses qes:regards }
WHERE { qes:12345 ?said ?value . ?term ?uses qes:12345 }
