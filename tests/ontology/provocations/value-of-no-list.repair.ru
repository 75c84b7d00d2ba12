#+ summary: Repairs value-of-no-list.
PREFIX qes: <https://w3id.org/qes-kg/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
DELETE DATA { qes:polarity-mixed skos:inScheme qes:polarities } ;
INSERT DATA { qes:polarity-mixed skos:inScheme qes:polarity }
