#+ summary: A comment says the definition again.
#+ rule: note-repeats
#+ focus: qes:Study
#+ by: rules
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT { qes:Study rdfs:comment ?definition } WHERE { qes:Study iao:0000115 ?definition }
