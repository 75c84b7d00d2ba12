#+ summary: Repairs address-with-a-file-extension.
DELETE { <https://w3id.org/qes-kg.owl> ?said ?value }
INSERT { <https://w3id.org/qes-kg> ?said ?value }
WHERE { <https://w3id.org/qes-kg.owl> ?said ?value }
