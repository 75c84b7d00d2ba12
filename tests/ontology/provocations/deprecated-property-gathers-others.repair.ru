#+ summary: Repairs deprecated-property-gathers-others.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
DELETE DATA { qes:findingOf rdfs:subPropertyOf qes:hasStudy }
