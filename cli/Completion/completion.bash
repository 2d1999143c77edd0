# Completion of benchmark for bash: source <(benchmark completion bash)
_benchmark() {
    local IFS=$'\n'
    local word="${COMP_WORDS[COMP_CWORD]}"
    COMPREPLY=($(compgen -W "$(benchmark "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)" -- "$word"))
}
# Where nothing is known, files are: psi compares them.
complete -o default -F _benchmark benchmark
