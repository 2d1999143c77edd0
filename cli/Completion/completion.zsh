#compdef benchmark
# Completion of benchmark for zsh: source <(benchmark completion zsh), after compinit.
_benchmark() {
    local -a known
    # Of this command alone: the line may hold others before it.
    local line="${(j: :)words[1,CURRENT-1]} $PREFIX"
    known=("${(@f)$(benchmark "[suggest:${#line}]" "$line" 2>/dev/null)}")
    known=(${known:#})
    # Where nothing is known, files are: psi compares them.
    compadd -- $known || _files
}
compdef _benchmark benchmark
