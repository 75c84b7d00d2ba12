#+ summary: Repairs orphan.
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE { qes:Rumour ?said ?value } WHERE { qes:Rumour ?said ?value }
