#+ summary: Repairs annotation-and-data-property.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { skos:notation a owl:DatatypeProperty }
