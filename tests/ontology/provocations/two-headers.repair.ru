#+ summary: Repairs two-headers.
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE DATA {
  <https://w3id.org/collective-efficacy> a owl:Ontology ;
    dcterms:title "Concepts of collective efficacy"@en .
}
