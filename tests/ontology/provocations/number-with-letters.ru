#+ summary: A number has letters in it.
#+ rule: owl2-dl-profile
#+ focus: ce:a-report
#+ by: owl
#+ violation: LexicalNotInLexicalSpace
#+ also: ill-typed-literal
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX iao: <http://purl.obolibrary.org/obo/IAO_>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
INSERT DATA {
  ce:a-report a qes:Report ;
    rdfs:label "a report of the year 2019"@en ;
    iao:0000115 "A report that is from the year 2019."@en ;
    skos:definition "A report that is from the year 2019."@en ;
    dcterms:source "Working definition of collective-efficacy-kg; not taken from a source" ;
    qes:publicationYear "ca. 2019"^^xsd:integer .
}
