#+ summary: Repairs obo-address-with-https.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
DELETE { <https://purl.obolibrary.org/obo/IAO_0000119> ?said ?value }
INSERT { iao:0000119 ?said ?value }
WHERE { <https://purl.obolibrary.org/obo/IAO_0000119> ?said ?value } ;
DELETE { ?term <https://purl.obolibrary.org/obo/IAO_0000119> ?text }
INSERT { ?term iao:0000119 ?text }
WHERE { ?term <https://purl.obolibrary.org/obo/IAO_0000119> ?text }
