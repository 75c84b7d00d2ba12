#+ summary: Repairs property-out-of-nowhere.
PREFIX ce: <https://w3id.org/collective-efficacy/>
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { ce:social-capital qes:usedBy "Sociologists." } ;
INSERT DATA { ce:social-capital skos:scopeNote "Not: money, which can be counted."@en }
