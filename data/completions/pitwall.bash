# bash completion for pitwall, made by: pitwall --generate bash
_pitwall() {
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command='' words i
	COMPREPLY=()
	case $prev in
	--data) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--format) mapfile -t COMPREPLY < <(compgen -W 'text json csv' -- "$cur"); return ;;
	--source) mapfile -t COMPREPLY < <(compgen -W 'auto csv store snowflake json' -- "$cur"); return ;;
	--lap)  return ;;
	--car)  return ;;
	--track)  return ;;
	--class)  return ;;
	--exclude)  return ;;
	--to) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--speed)  return ;;
	--consistency)  return ;;
	--racecraft)  return ;;
	--tire)  return ;;
	--from)  return ;;
	--cars)  return ;;
	--laps)  return ;;
	--columns)  return ;;
	--max-rows)  return ;;
	--store) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--corner)  return ;;
	--env-file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--follow) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--theme) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--color) mapfile -t COMPREPLY < <(compgen -W 'auto always never' -- "$cur"); return ;;
	--charset) mapfile -t COMPREPLY < <(compgen -W 'auto braille block ascii' -- "$cur"); return ;;
	--config) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	--log) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$cur"); return ;;
	esac
	for ((i = 1; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		sessions|standings|laps|stints|compare|coach|report|telemetry|weather|replay|tracks|drivers|driver|stats|results|similar|factors|predict|improve|fetch|import|health) command=${COMP_WORDS[i]}; break ;;
		esac
	done
	case $command in
	sessions) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	standings) words='--data --format --source --lap --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	laps) words='--data --format --source --lap --car --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	stints) words='--data --format --source --lap --car --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	compare) words='--data --format --source --lap --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	coach) words='--data --format --source --lap --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	report) words='--data --format --source --lap --car --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	telemetry) words='--data --format --source --lap --class --exclude --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	weather) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	replay) words='--data --source --to --speed --from --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	tracks) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	drivers) words='--data --format --source --track --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	driver) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	stats) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	results) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	similar) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	factors) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	predict) words='--data --format --source --track --check --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	improve) words='--data --format --source --speed --consistency --racecraft --tire --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	fetch) words='--data --format --source --track --to --cars --laps --columns --max-rows --again --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	import) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	health) words='--data --format --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	*) words='sessions standings laps stints compare coach report telemetry weather replay tracks drivers driver stats results similar factors predict improve fetch import health --data --source --store --corner --env-file --follow --theme --color --charset --plain --no-mouse --config --log --version --help ' ;;
	esac
	mapfile -t COMPREPLY < <(compgen -W "$words" -- "$cur")
}
complete -F _pitwall pitwall
