#+ summary: Repairs language-tag-against-string.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { ce:a-study qes:country "Germany"@en } ;
INSERT DATA { ce:a-study qes:country "Germany" }
