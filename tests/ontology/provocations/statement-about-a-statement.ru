#+ summary: A statement is described with the words of RDF.
#+ rule: unparsed-triples
#+ focus: qes:statement-on-meaning
#+ by: owl
#+ also: rdf-vocabulary
#+ also: owl2-dl-profile
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
INSERT DATA {
  qes:statement-on-meaning a rdf:Statement ;
    rdfs:label "statement on meaning"@en ;
    iao:0000115 "A statement that one sense belongs to a concept."@en ;
    skos:definition "A statement that one sense belongs to a concept."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    rdf:subject ce:sense-group-belief ;
    rdf:predicate qes:senseOf ;
    rdf:object ce:collective-efficacy .
}
