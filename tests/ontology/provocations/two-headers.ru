#+ summary: The case has a header of its own in the same ontology.
#+ rule: ontology-header
#+ focus: <https://w3id.org/collective-efficacy>
#+ by: rules
#+ also: ontology-version
#+ also: ontology-credits
#+ also: namespace-unnamed
#+ also: missing_ontology_description
#+ also: missing_ontology_license
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
INSERT DATA {
  <https://w3id.org/collective-efficacy> a owl:Ontology ;
    dcterms:title "Concepts of collective efficacy"@en .
}
