# sh tidy.sh 'FLAGS' FILE: clang-tidy on one file, without its count of what it suppressed elsewhere.
flags=$1
file=$2
# The flags are words of the shell, with quotes of their own.
if out=$(eval "clang-tidy --quiet \"\$file\" -- $flags" 2>&1); then exit 0; fi
printf '%s\n' "$out" | grep -vE '^[0-9]+ warnings? (generated|treated)|^Suppressed '
exit 1
