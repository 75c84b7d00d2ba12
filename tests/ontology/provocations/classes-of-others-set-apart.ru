#+ summary: An axiom stands between classes of PROV alone.
#+ rule: foreign-not-stub
#+ focus: prov:Activity
#+ by: rules
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX prov: <http://www.w3.org/ns/prov#>
INSERT DATA { [] a owl:AllDisjointClasses ; owl:members ( prov:Activity prov:Entity ) }
