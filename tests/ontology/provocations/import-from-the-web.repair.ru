#+ summary: Repairs import-from-the-web.
PREFIX owl: <http://www.w3.org/2002/07/owl#>
DELETE DATA { <https://w3id.org/qes-kg> owl:imports <http://www.w3.org/ns/prov-o#> }
