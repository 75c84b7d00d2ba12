#+ summary: Repairs inverse-for-nobody.
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE { qes:hasFinding ?said ?value } WHERE { qes:hasFinding ?said ?value }
