#compdef PROGRAM
# Asks the program for candidates. Each line is a word, or word:description.

_PROGRAM_asked() {
    local line
    local -a whole open
    for line in "${(@f)$(ASKED=zsh _CLAP_COMPLETE_INDEX=$((CURRENT - 1)) _CLAP_IFS=$'\n' PROGRAM -- "${words[@]}" 2>/dev/null)}"; do
        case "${line%%:*}" in
            '') ;;
            # A value follows, so no space is added.
            *[=/]) open+=("$line") ;;
            *) whole+=("$line") ;;
        esac
    done
    (( $#open )) && _describe -V 'values' open -S ''
    (( $#whole )) && _describe -V 'values' whole
}

# Either autoloaded by name with the first completion, or sourced when the shell starts.
if [[ $funcstack[1] == _PROGRAM ]]; then
    _PROGRAM_asked "$@"
else
    compdef _PROGRAM_asked PROGRAM
fi
