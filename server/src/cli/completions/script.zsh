#compdef PROGRAM
# Asks the program what may stand here; a line is a word, or word:about.

_PROGRAM_asked() {
    local line
    local -a whole open
    for line in "${(@f)$(ASKED=zsh _CLAP_COMPLETE_INDEX=$((CURRENT - 1)) _CLAP_IFS=$'\n' PROGRAM -- "${words[@]}" 2>/dev/null)}"; do
        case "${line%%:*}" in
            '') ;;
            # Something has to follow, so no blank does.
            *[=/]) open+=("$line") ;;
            *) whole+=("$line") ;;
        esac
    done
    (( $#open )) && _describe -V 'values' open -S ''
    (( $#whole )) && _describe -V 'values' whole
}

# Loaded by its name with the first question, or read at the start of a shell.
if [[ $funcstack[1] == _PROGRAM ]]; then
    _PROGRAM_asked "$@"
else
    compdef _PROGRAM_asked PROGRAM
fi
