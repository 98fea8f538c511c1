# What stands before a command on its line is for that command alone.
LANG=C SORTED=1 deploy lines
WHO=me
# <- definition variable
FROM=1 TO=2
# <- definition variable
#      ^ definition variable
deploy "$WHO"
day="$(now=1; echo "$now")"
# <- definition variable
