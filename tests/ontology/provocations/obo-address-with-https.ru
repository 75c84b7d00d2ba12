#+ summary: The address of an annotation of IAO starts with https.
#+ rule: invalid_entity_uri
#+ focus: <https://purl.obolibrary.org/obo/IAO_0000119>
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
INSERT DATA {
  <https://purl.obolibrary.org/obo/IAO_0000119> a owl:AnnotationProperty ;
    rdfs:label "definition source (IAO)"@en ;
    rdfs:isDefinedBy <http://purl.obolibrary.org/obo/iao.owl> .
  qes:Study <https://purl.obolibrary.org/obo/IAO_0000119> "Working definition" .
}
