#+ summary: Repairs deprecated-in-quotation-marks.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX qes: <https://w3id.org/qes-kg/>
DELETE DATA { qes:pmid owl:deprecated "false" } ;
INSERT DATA { qes:pmid owl:deprecated false }
