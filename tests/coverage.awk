# gcov's report on stdin: one line for each file of ours, then the sum.
/^File '/ { file = $2; gsub(/'/, "", file) }
/^Lines executed:/ {
	if (file ~ /^(core|tui)\/.*\.c$/) {
		split($0, part, /[:% ]+/)
		percent = part[3]
		lines = $NF
		printf "%6.1f %%  %5d  %s\n", percent, lines, file
		hit += percent * lines / 100
		all += lines
	}
	file = ""
}
END { if (all) printf "%6.1f %%  %5d  all\n", 100 * hit / all, all }
