/**
 * Scripts that let a shell ask `sdc complete -- <words>` (see `command/completion.ts`). They never evaluate what was typed, put values
 * behind `=` right, and offer names of files where a path is wanted. Tests press the tab key in each of these shells.
 */
export const COMPLETION_SCRIPTS = {
  bash: `# Completion of sdc for bash: source <(sdc complete bash)
_sdc() {
    local typed=() cur="\${COMP_WORDS[COMP_CWORD]}" before="" at token line last word begun
    # bash splits words at = and : as well; put them together again.
    for ((at = 1; at <= COMP_CWORD; at++)); do
        token="\${COMP_WORDS[at]}"
        if ((\${#typed[@]} > 0)) && [[ $token == [=:]* || $before == *[=:] ]] &&
            ! [[ $at -eq $COMP_CWORD && -z $token && "\${COMP_LINE:0:COMP_POINT}" == *[[:space:]] ]]; then
            typed[\${#typed[@]} - 1]+="$token"
        else
            typed+=("$token")
        fi
        before="$token"
    done
    begun="\${typed[\${#typed[@]} - 1]}"
    # What stands there before the part that bash replaces.
    [[ $cur == [=:]* ]] || begun="\${begun%"$cur"}"
    COMPREPLY=()
    while IFS= read -r line; do
        last="$line"
        word="\${line%%$'\\t'*}"
        [[ $line == :* ]] || COMPREPLY+=("\${word#"$begun"}")
    done < <(sdc complete -- "\${typed[@]}" 2>/dev/null)
    if [[ $last == :0 ]]; then
        compopt -o default 2>/dev/null
    fi
}
if type compopt >/dev/null 2>&1; then
    complete -F _sdc sdc
else
    complete -o default -F _sdc sdc
fi
`,
  zsh: `#compdef sdc
# Completion of sdc for zsh: source <(sdc complete zsh), or this text as a file _sdc in a folder of $fpath
_sdc() {
    local -a answer described
    local line word text
    answer=("\${(@f)$(sdc complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
    # A value behind = is completed alone.
    [[ $PREFIX == -*=* ]] && compset -P '*='
    for line in "\${(@)answer}"; do
        [[ $line == *$'\\t'* ]] || continue
        word="\${line%%$'\\t'*}"
        text="\${line#*$'\\t'}"
        [[ $word == -*=* ]] && word="\${word#*=}"
        described+=("\${word//:/\\\\:}\${text:+:$text}")
    done
    (( $#described )) && _describe -t sdc 'sdc' described
    [[ $answer[-1] == :0 ]] && _files
    return 0
}
if [[ $funcstack[1] == _sdc ]]; then
    _sdc "$@"
else
    (( $+functions[compdef] )) || { autoload -Uz compinit && compinit }
    compdef _sdc sdc
fi
`,
  fish: `# Completion of sdc for fish: sdc complete fish | source
function __sdc_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -l answer (sdc complete -- $typed[2..-1] "$current" 2>/dev/null)
    for line in $answer
        string match -q -- "*"\\t"*" $line; and echo $line
    end
    if test "$answer[-1]" = ':0'
        # Of --option=value only the value is a path.
        set -l option (string match -r -- '^--[^=]*=' "$current")
        for path in (__fish_complete_path (string replace -r -- '^--[^=]*=' '' "$current"))
            echo "$option$path"
        end
    end
end
complete -c sdc -f -a '(__sdc_complete)'
`,
} as const;
