# What `make robot` says in the end, from ROBOT's tables: own.tsv, all.tsv (report on our terms, on
# every term) and counts.tsv (measure). A stub of another vocabulary has no definition here, so a
# missing one is no fault there; any other warning is printed and makes the exit status 1.
BEGIN { FS = "\t" }
FNR == 1 { file++; next }
file < 3 { found[file, $1]++ }
file == 2 && $1 == "WARN" && $2 != "missing_definition" { print; faults++ }
file == 3 { count[$1] = $2 }
END {
  if (file != 3) { print "ROBOT left a table out" > "/dev/stderr"; exit 1 }
  say("our terms", 1)
  say("all terms, stubs too", 2)
  print "OWL 2 DL: in the profile; HermiT: consistent, no class empty, none equal to another"
  printf "the OWL API 4.5 counts %d classes, %d object and %d data properties, ",
    count["class_count"], count["obj_property_count"], count["dataproperty_count"]
  printf "%d annotation properties (with OWL's own), %d individuals, %d axioms\n",
    count["annotation_property_count"], count["individual_count"], count["axiom_count"]
  exit faults > 0
}

function say(what, table) {
  printf "ROBOT on %s: %d ERROR, %d WARN, %d INFO\n",
    what, found[table, "ERROR"], found[table, "WARN"], found[table, "INFO"]
}
