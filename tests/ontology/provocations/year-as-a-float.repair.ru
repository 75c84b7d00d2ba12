#+ summary: Repairs year-as-a-float.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
DELETE DATA { ce:a-report qes:publicationYear "2019"^^xsd:float } ;
INSERT DATA { ce:a-report qes:publicationYear 2019 }
