#+ summary: The ontology is called by the name of a file.
#+ rule: ontology-header
#+ focus: <https://w3id.org/qes-kg>
#+ by: rules
DELETE { <https://w3id.org/qes-kg> ?said ?value }
INSERT { <https://w3id.org/qes-kg.owl> ?said ?value }
WHERE { <https://w3id.org/qes-kg> ?said ?value }
