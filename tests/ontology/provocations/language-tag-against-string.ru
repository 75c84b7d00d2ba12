#+ summary: A text has a language tag where its property takes strings.
#+ rule: ontology-inconsistent
#+ focus: ce:a-study
#+ by: owl
#+ also: value-against-range
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  ce:a-study a qes:Study ;
    rdfs:label "a study from Leipzig"@en ;
    iao:0000115 "A study that was done in Leipzig."@en ;
    skos:definition "A study that was done in Leipzig."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    qes:country "Germany"@en .
}
