#+ summary: Repairs note-that-repeats.
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE { qes:Study rdfs:comment ?definition } WHERE { qes:Study iao:0000115 ?definition }
